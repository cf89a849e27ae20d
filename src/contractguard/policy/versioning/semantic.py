"""Semantic Versioning 2.0.0."""

from __future__ import annotations

import semver

from contractguard.model.finding import Bump
from contractguard.policy.versioning.schemes import SchemeRules, Version, readable, unprefixed


def _parse(text: str) -> Version | None:
    parsed = _semver(text) if readable(text) else None
    return Version(text, (parsed.major, parsed.minor, parsed.patch), parsed.prerelease or "") if parsed else None


def _semver(text: str) -> semver.Version | None:
    """The version; a single number (`3`, beside `3.1`) only without anything after it: `1-0-2` and `2024-spring` are others'."""
    bare = unprefixed(text)
    if not bare.isdigit() and "." not in bare.partition("-")[0]:
        return None
    try:
        return semver.Version.parse(bare, optional_minor_and_patch=True)
    except ValueError:
        return None


def _compared(base: Version, head: Version) -> int | None:
    base_version, head_version = _semver(base.text), _semver(head.text)
    return head_version.compare(base_version) if base_version and head_version else None


def _step(base: Version, head: Version) -> Bump:
    """The largest change that the step allows.

    Below 1.0.0 anything may change at any time (section 4); as most users do, a step of the minor number is taken for a
    breaking one there, and a step of the last number for a compatible one. A pre-release stands for the step to its release:
    between 2.0.0-rc.1 and 2.0.0-rc.2 anything may change, between 2.0.1-rc.1 and 2.0.1 only patches.
    """
    allowed = _number_step(base.numbers, head.numbers)
    if base.label:
        return min(allowed, _release_step(base.numbers), key=lambda bump: bump.rank)
    return allowed


def _number_step(base: tuple[int, ...], head: tuple[int, ...]) -> Bump:
    unstable = base[0] == 0
    if head[0] != base[0]:
        return Bump.MAJOR
    if head[1] != base[1]:
        return Bump.MAJOR if unstable else Bump.MINOR
    if head[2] != base[2]:
        return Bump.MINOR if unstable else Bump.PATCH
    return Bump.NONE


def _release_step(numbers: tuple[int, ...]) -> Bump:
    """The step that led to a release with these numbers."""
    major, minor, patch = numbers
    if major == 0:
        return Bump.MINOR if patch else Bump.MAJOR
    if patch:
        return Bump.PATCH
    return Bump.MINOR if minor else Bump.MAJOR


def _after(base: Version, bump: Bump) -> str | None:
    major, minor, patch = base.numbers
    if base.label and _release_step(base.numbers).rank <= bump.rank:
        numbers = base.numbers
    elif bump is Bump.NONE:
        return base.text
    elif bump is Bump.MAJOR:
        numbers = (0, minor + 1, 0) if major == 0 else (major + 1, 0, 0)
    elif bump is Bump.MINOR and major > 0:
        numbers = (major, minor + 1, 0)
    else:
        numbers = (major, minor, patch + 1)
    return _written_like(base, numbers)


def _written_like(base: Version, numbers: tuple[int, ...]) -> str:
    """The numbers with the prefix of `base`, and with as few of them as `base` has and the numbers allow."""
    bare = unprefixed(base.text)
    written = len(bare.partition("+")[0].partition("-")[0].split("."))
    while len(numbers) > written and numbers[-1] == 0:
        numbers = numbers[:-1]
    return base.text[: len(base.text) - len(bare)] + ".".join(map(str, numbers))


SEMVER = SchemeRules(parse=_parse, compared=_compared, step=_step, after=_after, smallest=Bump.PATCH)
