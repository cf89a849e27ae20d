"""What a contract was before base, where base itself cannot be read (law 9 of the design)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from contractguard.documents import DocumentSet
from contractguard.errors import ContractguardError, UnreadableError
from contractguard.sources import ReadableSnapshot, Revision, revisions

MOST_REVISIONS: Final = 20
"""So many earlier versions of a file are tried. What was unreadable for longer is compared with nothing."""

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Earlier(Generic[_Found]):
    """An earlier version that could be read: its commit, all documents of that commit, and what was read from them."""

    commit: str
    documents: DocumentSet
    found: _Found


def last_readable(
    documents: DocumentSet, paths: tuple[str, ...], read: Callable[[DocumentSet], _Found]
) -> Earlier[_Found] | None:
    """The newest of the commits that changed one of `paths` in which `read` succeeds, None where there is none.

    The histories of the paths are tried one after the other: that of the file at fault first, then that of the contract's root.
    `read` raises `ContractguardError` for what it cannot read. None, too, for snapshots without a commit.
    """
    tried: set[str] = set()
    for revision in _revisions(documents, paths):
        if revision.commit in tried:
            continue
        tried.add(revision.commit)
        earlier = DocumentSet(revision.snapshot, dialects=documents.dialects)
        try:
            return Earlier(revision.commit, earlier, read(earlier))
        except ContractguardError:
            continue
    return None


def _revisions(documents: DocumentSet, paths: tuple[str, ...]) -> Iterator[Revision]:
    snapshot = documents.source
    if not isinstance(snapshot, ReadableSnapshot):
        return
    for path in dict.fromkeys(paths):
        try:
            yield from revisions(snapshot, path, most=MOST_REVISIONS)
        except UnreadableError:  # a clone that lacks trees has no history to look through
            continue


def was_ever_readable(documents: DocumentSet, path: str) -> bool:
    """Whether the file at `path` can be parsed in one of the last versions up to the commit of these documents."""
    return last_readable(documents, (path,), lambda earlier: earlier.document(path)) is not None
