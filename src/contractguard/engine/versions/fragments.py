"""Published versions of what other contracts lead to: fragments of schemas, types in files of their own.

What changes in a fragment is told of the contracts that lead to it, with the operations and places that it reaches. What is told
of the fragment alone is what is wrong with its own version: others may hold it by that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from contractguard.diff import Counterparts
from contractguard.documents import DocumentSet, FoundContract, History
from contractguard.engine.judging import verdict_of
from contractguard.engine.versions.succession import Succession, candidate_at, successions
from contractguard.model.document import ContractKind
from contractguard.model.report import ContractReport

_OF_VERSION = "version."
_ADDED = "version.added"
_NOTE = "other contracts lead to it: what its content breaks is told of them"


def changed_fragments(
    base: Mapping[str, ContractKind],
    head: Mapping[str, ContractKind],
    histories: tuple[Mapping[str, History], Mapping[str, History]],
    changed: Collection[str],
    sides: tuple[DocumentSet, DocumentSet],
) -> list[Counterparts | Succession]:
    """The fragments of both sides that are versions and changed: edited in place, or new beside the version that they follow.

    `base` and `head` are path → kind of the fragments, `histories` those of both sides, `changed` the files that differ.
    """
    found: list[Counterparts | Succession] = [
        Counterparts(candidate_at(sides[0], path, base[path]), candidate_at(sides[1], path, head[path]))
        for path in sorted(base.keys() & head.keys() & set(changed))
        if base[path] is head[path] and path in histories[0] and path in histories[1]
    ]
    fresh = [path for path in sorted(head.keys() - base.keys()) if not sides[0].exists(path)]
    new = [candidate_at(sides[1], path, head[path]) for path in fresh]
    return [*found, *successions([], new, *histories, sides)] if new else found


def gone_fragments(
    base: Mapping[str, ContractKind],
    history: Mapping[str, History],
    contracts: tuple[Mapping[str, FoundContract], Mapping[str, FoundContract]],
    sides: tuple[DocumentSet, DocumentSet],
) -> list[Counterparts]:
    """The fragments that were a published version and are gone, though a contract that led to them is still there.

    Who holds them by their version still does. A fragment whose content lies elsewhere now has moved.
    """
    gone = [path for path in sorted(base) if path in history and not sides[1].exists(path)]
    if not gone:
        return []
    kept = {entry.blob_id for entry in sides[1].snapshot.entries.values()}
    led_to = {file for path, found in contracts[0].items() if path in contracts[1] for file in found.files}
    candidates = (candidate_at(sides[0], path, base[path]) for path in gone if path in led_to)
    return [
        Counterparts(candidate, None)
        for candidate in candidates
        if candidate.blob_id not in kept and _is_published(candidate.path, history[candidate.path])
    ]


def of_version_alone(report: ContractReport) -> ContractReport | None:
    """The report on a fragment with what is told of its version, None where that is nothing."""
    told = tuple(finding for finding in report.findings if finding.change.startswith(_OF_VERSION))
    if report.errors or all(finding.change == _ADDED for finding in told):
        return None
    return replace(report, findings=told, verdict=verdict_of(told), notes=(_NOTE,))


def _is_published(path: str, history: History) -> bool:
    return any(file.is_published for file in history.versions if file.path == path)
