"""Reading the policy of a snapshot."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from contractguard.model.finding import Formats, Impact, Reading, Severity
from contractguard.model.lifecycle import audience_named
from contractguard.policy.configuration.checking import check, meant
from contractguard.policy.configuration.dialects import read_dialects
from contractguard.policy.configuration.sources import Keys, PolicySource, find_policy, given_policy
from contractguard.policy.configuration.structure import ContractEntry, ExtensionsEntry, PolicyEntry, VersionEntry
from contractguard.policy.fingerprints import canonical
from contractguard.policy.policy import (
    DEFAULT_PROFILE,
    ContractRule,
    ContractSelector,
    Extensions,
    Override,
    Policy,
)
from contractguard.policy.supported import Supported, read_supported

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pathspec import GitIgnoreSpec

    from contractguard.model.document import Documents

USER_RULES = ".contractguard/rules"
"""Where rules of one's own lie when the policy does not say."""

_GLOB = frozenset("*?[!")
_MAX_WILDCARDS = 16
_EDITION = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


def load_policy(documents: Documents, *, ref: str | None, read_bytes: Callable[[str], bytes | None]) -> Policy | None:
    """The policy of a snapshot, None where it has none; then `default_policy` applies.

    It is read from contractguard.yaml, or from `[tool.contractguard]` of pyproject.toml, whose bytes `read_bytes` gives (None
    where there is no such file). `ref` is the git ref of the snapshot, for the report.
    Raises `UsageError` with file, line, column and remedy for anything wrong, also for two policies and for unknown keys.
    """
    source = find_policy(documents, read_bytes)
    return None if source is None else _policy(source, ref)


def load_policy_file(documents: Documents, path: str) -> Policy:
    """The policy in a YAML file that the user named (`--config`). Raises as `load_policy`, and where there is no such file."""
    return _policy(given_policy(documents, path), None)


def default_policy() -> Policy:
    """The built-in policy: profile `recommended`, the declared reading, every contract that is found, mode BACKWARD."""
    return Policy(ref=None, path=None, digest=_digest({}), rule_paths=(USER_RULES,))


def _policy(source: PolicySource, ref: str | None) -> Policy:
    entry, notes = check(source)
    return Policy(
        ref=ref,
        path=source.path,
        digest=_digest(source.content),
        selectors=_selectors(source, entry.contracts),
        profile=entry.profile or DEFAULT_PROFILE,
        edition=_edition(source, entry.edition),
        reading=entry.reading or Reading.DECLARED,
        formats=entry.formats or Formats.ANNOTATIONS,
        dialects=read_dialects(source, entry.dialects),
        overrides=_overrides(source, entry),
        rule_paths=_rule_paths(source, entry),
        extensions=_extensions(entry.deprecation.extensions),
        histories=entry.histories,
        fail_on=entry.fail_on,
        notes=notes,
    )


def _digest(content: object) -> str:
    return "sha256:" + hashlib.sha256(canonical(content).encode("ascii")).hexdigest()  # type: ignore[arg-type]  # JSON


def _overrides(source: PolicySource, entry: PolicyEntry) -> dict[str, Override]:
    overrides = {}
    for rule, written in entry.rules.overrides.items():
        keys = ("rules", "overrides", rule)
        if isinstance(written, str):
            severity = _choice(source, keys, written, Severity)
            severities = dict.fromkeys(Impact, severity)
        else:
            severities = {
                _choice(source, (*keys, impact), impact, Impact): _choice(source, (*keys, impact), severity, Severity)
                for impact, severity in written.items()
            }
        overrides[rule] = Override(severities, *source.locate(keys))
    return overrides


_Choice = TypeVar("_Choice", bound=StrEnum)


def _choice(source: PolicySource, keys: Keys, text: str, choices: type[_Choice]) -> _Choice:
    try:
        return choices(text)
    except ValueError:
        raise source.error(
            keys, f"unknown value {text[:80]!r}", meant(text, [str(choice) for choice in choices])
        ) from None


def _rule_paths(source: PolicySource, entry: PolicyEntry) -> tuple[str, ...]:
    paths = entry.rules.paths or [USER_RULES]
    for index, path in enumerate(paths):
        _check_path(source, ("rules", "paths", index), path)
    return tuple(path.rstrip("/") for path in paths)


def _edition(source: PolicySource, edition: str | None) -> str | None:
    if edition is not None and not _EDITION.fullmatch(edition):
        raise source.error(("edition",), f"{edition[:80]!r} is not an edition", 'write a year and a month: "2026-11"')
    return edition


def _extensions(entry: ExtensionsEntry) -> Extensions:
    return Extensions(
        sunset=tuple(entry.sunset),
        replaced_by=tuple(entry.replaced_by),
        stability=tuple(entry.stability),
        guide=tuple(entry.guide),
        audience=tuple(entry.audience),
        deprecated=tuple(entry.deprecated),
    )


def _selectors(source: PolicySource, entries: Sequence[ContractEntry]) -> tuple[ContractSelector, ...]:
    ids: dict[str, int] = {}
    paths: dict[str, int] = {}
    selectors = []
    for index, entry in enumerate(entries):
        selector = _selector(source, ("contracts", index), entry)
        if entry.id is not None:
            _check_unique(source, ("contracts", index, "id"), entry.id, ids)
        for path in sorted(selector.paths):
            _check_unique(source, ("contracts", index, "path"), path, paths)
        selectors.append(selector)
    return tuple(selectors)


def _check_unique(source: PolicySource, keys: Keys, name: str, seen: dict[str, int]) -> None:
    index = keys[1]
    first = seen.setdefault(name, int(index))
    if first != index:
        line, _ = source.locate(("contracts", first, keys[2]))
        where = f"line {line}" if line else f"item {first + 1}"
        raise source.error(
            keys, f"{name!r} is already the {keys[2]} of the contract at {where}", "name each contract once"
        )


def _selector(source: PolicySource, keys: Keys, entry: ContractEntry) -> ContractSelector:
    if entry.id is not None and not _ID.fullmatch(entry.id):
        raise source.error(
            (*keys, "id"),
            f"{entry.id[:80]!r} is not an id",
            "use letters, digits, `.`, `_` and `-`, at most 128 of them",
        )
    names = [entry.path] if isinstance(entry.path, str) else entry.path
    if not names:
        raise source.error((*keys, "path"), "the contract names no path", "name at least one")
    for index, name in enumerate(names):
        _check_path(source, (*keys, "path") if isinstance(entry.path, str) else (*keys, "path", index), name)
    literal = frozenset(name for name in names if not _GLOB & set(name))
    globs = [name for name in names if name not in literal]
    spec = _globs(source, (*keys, "path"), globs) if globs else None
    rule = replace(_rule(entry), supported=_supported(source, (*keys, "supported"), entry.supported))
    return ContractSelector(rule, literal, spec, entry.id or names[0])


def _globs(source: PolicySource, keys: Keys, globs: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - 10 ms that only a policy with globs needs

    try:
        return GitIgnoreSpec.from_lines(globs)
    except ValueError as error:
        raise source.error(keys, "not a glob as in a .gitignore file") from error


def _supported(source: PolicySource, keys: Keys, written: str | list[str] | None) -> Supported | None:
    try:
        return None if written is None else read_supported(written)
    except ValueError as error:
        raise source.error(keys, f"{str(written)[:80]!r} names no versions", str(error)) from None


def _rule(entry: ContractEntry) -> ContractRule:
    version = entry.version or VersionEntry()
    return ContractRule(
        id=entry.id or "",
        entry=entry.id,
        governed=True,
        kind=entry.kind,
        dialect=entry.dialect,
        owner=entry.owner,
        audience=None if entry.audience is None else audience_named(entry.audience),
        stability=entry.stability,
        version_from=version.source,
        scheme=version.scheme,
        compatibility=entry.compatibility,
        history=entry.history,
        reading=entry.reading,
        formats=entry.formats,
        role=entry.role,
        profile=entry.profile,
    )


def _check_path(source: PolicySource, keys: Keys, path: str) -> None:
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or "." in parts or "\\" in path:
        raise source.error(
            keys, f"{path[:80]!r} is not a path in the repository", "write it from the top of the repository, with `/`"
        )
    if path.count("*") > _MAX_WILDCARDS:
        raise source.error(keys, f"more than {_MAX_WILDCARDS} wildcards in one path", "name folders instead")
