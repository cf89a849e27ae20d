"""The tags that name releases: what was published before the commit of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError
from contractguard.sources.repository.refs import unshallow_command
from contractguard.sources.repository.stored import StoredSnapshot, commit_snapshot

if TYPE_CHECKING:
    from contractguard.sources.snapshots import ReadableSnapshot


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag by its name, without `refs/tags/`, and the commit that it stands for; `beside` is in the same repository."""

    name: str
    commit: str
    beside: StoredSnapshot

    def open(self) -> ReadableSnapshot:
        """The files of that commit, below the same folder as those of the snapshot that was asked.

        Raises `UnreadableError` where trees are missing from the clone.
        """
        whole = commit_snapshot(self.beside.repository, self.commit, ref=self.name)
        return whole.below(self.beside.folder) if self.beside.folder else whole


def version_tags(snapshot: ReadableSnapshot) -> list[Tag]:
    """The tags that stand for the commit of a snapshot or for one before it, by name.

    Nothing for snapshots without a commit. Raises `UnreadableError` for a shallow clone, which may lack tags and cannot tell.
    """
    if not isinstance(snapshot, StoredSnapshot) or snapshot.commit is None:
        return []
    repository = snapshot.repository
    if repository.is_shallow:
        msg = "this clone is shallow, so the released versions cannot be found"
        raise UnreadableError(msg, remedy=unshallow_command(repository.remote or "origin"))
    answer = repository.git.ask(
        "for-each-ref", f"--merged={snapshot.commit}", "--format=%(refname) %(objectname) %(*objectname)", "refs/tags"
    )
    found = []
    for line in answer.text.splitlines():
        name, own, *peeled = line.split(" ")
        commit = peeled[0] if peeled and peeled[0] else own
        found.append(Tag(name.removeprefix("refs/tags/"), commit, snapshot))
    return sorted(found, key=lambda tag: tag.name)
