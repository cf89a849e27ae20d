"""The files that decide how changes are judged: a change to one of them is itself a finding (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.policy.configuration.sources import POLICY_FILE, PYPROJECT, pyproject_section

if TYPE_CHECKING:
    from contractguard.model.snapshot import Entry

_FOLDER = ".contractguard/"
_CODEOWNERS = frozenset({"CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"})

ReadBytes = Callable[[str], bytes | None]


def changed_judges(
    base: Mapping[str, Entry],
    head: Mapping[str, Entry],
    *,
    read_base: ReadBytes,
    read_head: ReadBytes,
    rule_paths: Sequence[str] = (),
) -> tuple[str, ...]:
    """The files that decide about judgement and that were added, removed or changed between base and head, sorted.

    These are `contractguard.yaml`, `.contractguard/**`, CODEOWNERS where code hosts read it, the folders `rule_paths` of
    rules of one's own, and pyproject.toml when its `[tool.contractguard]` changed.
    """
    folders = (_FOLDER, *(f"{path.rstrip('/')}/" for path in rule_paths))
    changed = [path for path in base.keys() | head.keys() if _blob(base, path) != _blob(head, path)]
    judges = [path for path in changed if path == POLICY_FILE or path in _CODEOWNERS or path.startswith(folders)]
    if PYPROJECT in changed and _section(read_base(PYPROJECT)) != _section(read_head(PYPROJECT)):
        judges.append(PYPROJECT)
    return tuple(sorted(judges))


def _blob(entries: Mapping[str, Entry], path: str) -> str | None:
    entry = entries.get(path)
    return entry.blob_id if entry else None


def _section(raw: bytes | None) -> object:
    """`[tool.contractguard]`; for a file that cannot be read its bytes, so that it differs from whatever can be read."""
    if raw is None:
        return None
    try:
        return pyproject_section(raw)
    except UsageError:
        return raw
