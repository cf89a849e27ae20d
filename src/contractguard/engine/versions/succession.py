"""New versions of a history, each with the version that it follows: they are compared, though no file of base changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from contractguard.diff import Candidate
from contractguard.documents import DocumentSet, History, Rank, VersionFile
from contractguard.model.document import ContractKind
from contractguard.model.values import JsonValue

Sides = tuple[DocumentSet, DocumentSet]
"""The documents of base and of head."""


@dataclass(frozen=True, slots=True, eq=False)
class Succession:
    """A version that head adds beside the one that it follows. `base` is read at base where base has it, else at head."""

    base: Candidate
    head: Candidate
    before: VersionFile
    after: VersionFile
    history: History
    documents: DocumentSet
    """Those in which the older version is read."""

    @property
    def path(self) -> str:
        """The path of the new version."""
        return self.head.path


def candidate_at(documents: DocumentSet, path: str, kind: ContractKind, value: JsonValue = None) -> Candidate:
    """The contract in a file of one side; `value` is its parsed root, where that will be needed."""
    return Candidate(path, kind, documents.snapshot.entries[path].blob_id, value)


def successions(
    old: Sequence[Candidate],
    new: Sequence[Candidate],
    base: Mapping[str, History],
    head: Mapping[str, History],
    sides: Sides,
) -> list[Succession]:
    """The contracts of head that base does not have and that follow a version which head keeps.

    `base` and `head` are path → history of both sides. A version whose predecessor head does not keep has moved: it is paired
    by content, as any file. So has one that lay elsewhere with the same content and version, where a whole history moved. An
    OpenAPI description that shares no path with the one before it is no version of it.
    """
    known = {candidate.path for candidate in old}
    left = _left(old, base, {candidate.path for candidate in new})
    before_all = {(history.kind, history.key): history for history in base.values()}
    files = _files(head)
    found = []
    for candidate in new:
        history = head.get(candidate.path)
        if candidate.path in known or history is None or candidate.path in base:
            continue
        after = files[candidate.path]
        if (candidate.blob_id, after.version.rank) in left:
            continue
        gone = before_all.get((history.kind, history.key))
        older = [*history.before(after.version)[-1:], *(gone.before(after.version)[-1:] if gone else ())]
        if not older:
            continue
        before = max(older, key=lambda file: (file.version.rank, file.path))
        if head.get(before.path) is not history:
            continue
        documents = sides[0] if sides[0].exists(before.path) else sides[1]
        if history.kind is ContractKind.OPENAPI and not _share_a_path(documents, before.path, sides[1], after.path):
            continue
        followed = candidate_at(documents, before.path, before.kind)
        found.append(Succession(followed, candidate, before, after, history, documents))
    return found


def steps_within(
    candidates: Sequence[Candidate], histories: Mapping[str, History], documents: DocumentSet
) -> list[Succession]:
    """Every contract of one side that follows another version, with that; the histories by name, the oldest step first."""
    files = _files(histories)
    found = []
    for candidate in candidates:
        history = histories.get(candidate.path)
        if history is None:
            continue
        after = files[candidate.path]
        older = history.before(after.version)
        if older:
            base = candidate_at(documents, older[-1].path, older[-1].kind)
            found.append(Succession(base, candidate, older[-1], after, history, documents))
    return sorted(found, key=lambda step: (step.history.key, step.after.version.rank))


def _left(old: Sequence[Candidate], base: Mapping[str, History], kept: Collection[str]) -> set[tuple[str, Rank]]:
    """Content and version of those that are no more where they lay."""
    files = _files(base)
    return {
        (candidate.blob_id, files[candidate.path].version.rank)
        for candidate in old
        if candidate.path not in kept and candidate.path in files
    }


def _files(histories: Mapping[str, History]) -> dict[str, VersionFile]:
    """Path → the version that lies there."""
    distinct = {id(history): history for history in histories.values()}
    return {file.path: file for history in distinct.values() for file in history.versions}


def _share_a_path(older: DocumentSet, before: str, newer: DocumentSet, after: str) -> bool:
    paths = []
    for documents, path in ((older, before), (newer, after)):
        value = documents.document(path).value
        named = value.get("paths") if isinstance(value, dict) else None
        paths.append(set(named) if isinstance(named, dict) else set())
    return not paths[0].isdisjoint(paths[1])
