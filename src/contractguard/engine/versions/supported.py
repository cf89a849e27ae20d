"""Which older versions a contract must stay compatible with: `supported` of the policy, read against the versions there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractguard.documents import VersionName, version_in_path
from contractguard.policy.supported import Supported


def chosen(older: Sequence[VersionName], current: VersionName | None, supported: Supported) -> list[VersionName]:
    """Those of the older versions that are supported, the newest first.

    `current` is the version of head: it is one of the majors that `last N majors` counts, and none of the `last N`.
    """
    newest_first = sorted(older, key=lambda version: version.rank, reverse=True)
    if supported.named:
        return [version for version in newest_first if is_named(version, supported)]
    released = [version for version in newest_first if not version.label]
    if supported.majors is not None:
        majors = _newest_majors([*([current] if current else []), *released], supported.majors)
        return [version for version in released if version.numbers[0] in majors]
    return released if supported.last is None else released[: supported.last]


def is_named(version: VersionName, supported: Supported) -> bool:
    """Whether the policy lists a version."""
    return (version.numbers, version.label) in {_numbers(name) for name in supported.named}


def unknown(older: Iterable[VersionName], supported: Supported) -> list[str]:
    """The names of the policy that no version has: probably slips of the pen."""
    known = {(version.numbers, version.label) for version in older}
    return [name for name in supported.named if _numbers(name) not in known]


def _newest_majors(versions: Sequence[VersionName], count: int) -> set[int]:
    majors = sorted({version.numbers[0] for version in versions}, reverse=True)
    return set(majors[:count])


def _numbers(name: str) -> tuple[tuple[int, ...], str]:
    version = version_in_path(name)
    return (version.numbers, version.label) if version is not None else ((), name)
