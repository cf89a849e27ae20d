"""Snapshots whose files are blobs of a repository: those of a commit, and those of the index."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from contractguard.errors import ContractguardError, UnreadableError
from contractguard.sources.repository import lfs
from contractguard.sources.repository.listing import Listing, index_listing
from contractguard.sources.repository.objects import Lack, Unavailable
from contractguard.sources.snapshots import Batch, Budget, ReadableSnapshot, Refusals, too_large

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contractguard.model.snapshot import Entry
    from contractguard.sources.repository.discovery import Repository


class StoredSnapshot(ReadableSnapshot):
    """Files that lie in the object database. All snapshots of one `Repository` read through one git process."""

    def __init__(
        self, repository: Repository, listing: Listing, *, ref: str, commit: str | None, folder: str = ""
    ) -> None:
        super().__init__(ref, commit)
        self._folder = folder
        self._repository = repository
        self._listing = listing

    @property
    def repository(self) -> Repository:
        """The repository that the files come from."""
        return self._repository

    @property
    def folder(self) -> str:
        """The folder of the repository that the paths are relative to; empty for its top."""
        return self._folder

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The regular files, by path."""
        return self._listing.entries

    @cached_property
    def refused(self) -> Mapping[str, str]:
        """Links, submodules and names that are no paths, with the reason."""
        return Refusals(self._listing.refused)

    def read_each(self, paths: Collection[str]) -> Batch:
        """Bytes of these files in one exchange with git; see `ReadableSnapshot.read_each`."""
        ids: dict[str, str] = {}
        batch = Batch({}, {})
        for path in paths:
            entry = self.entries.get(path)
            if entry is None:
                batch.errors[path] = self.not_there(path)
            else:
                ids[path] = entry.blob_id
        read_blobs(self._repository, ids, batch, commit=self.commit, ref=self.ref)
        return batch

    def below(self, folder: str) -> StoredSnapshot:
        """The part below a folder, with paths relative to it."""
        below = self._listing.below(folder)
        return StoredSnapshot(self._repository, below, ref=self.ref, commit=self.commit, folder=folder)

    def close(self) -> None:
        """End the git process behind the object database, for all snapshots of this repository."""
        self._repository.store.close()


def commit_snapshot(repository: Repository, commit: str, *, ref: str) -> StoredSnapshot:
    """The files of a commit, by its full id.

    Raises `UnreadableError` where trees are missing from the clone, `LimitError` where there are too many files.
    """
    return StoredSnapshot(repository, repository.listing(commit), ref=ref, commit=commit)


def index_snapshot(repository: Repository, *, ref: str) -> StoredSnapshot:
    """What is staged. Raises `LimitError` where there are too many files."""
    answer = repository.git.demand("ls-files", "-s", "-z")
    return StoredSnapshot(repository, index_listing(answer.output, "the index"), ref=ref, commit=None)


def read_blobs(repository: Repository, ids: Mapping[str, str], batch: Batch, *, commit: str | None, ref: str) -> None:
    """Put the bytes of the blobs in `ids` (path → id) into `batch`, or errors.

    LFS pointers are replaced by what they stand for where the clone has it. Raises `LimitError` for too many bytes at once.
    """
    paths_of: dict[str, list[str]] = {}
    for path, blob_id in ids.items():
        paths_of.setdefault(blob_id, []).append(path)
    budget = Budget()
    found = repository.store.read(paths_of, lambda blob_id, size: budget.take(paths_of[blob_id][0], size))
    refetch = repository.refetch_command if any(isinstance(data, Unavailable) for data in found.values()) else ""
    for blob_id, paths in paths_of.items():
        data = found[blob_id]
        for path in paths:
            if isinstance(data, Unavailable):
                batch.errors[path] = _unavailable(path, blob_id, data, ref, refetch)
            elif lfs.is_pointer(data):
                _follow_pointer(path, data, batch, repository, commit)
            else:
                batch.contents[path] = data


def _follow_pointer(path: str, pointer: bytes, batch: Batch, repository: Repository, commit: str | None) -> None:
    content = lfs.content_of(pointer, repository.common_dir)
    if content is None:
        batch.errors[path] = lfs.not_fetched(path, commit=commit)
    else:
        batch.contents[path] = content


def _unavailable(path: str, blob_id: str, data: Unavailable, ref: str, refetch: str) -> ContractguardError:
    if data.lack is Lack.TOO_LARGE:
        return too_large(path, data.size)
    if data.lack is Lack.NO_BLOB:
        message = f"git has no file under the id {blob_id} that stands for it at {ref}"
        return UnreadableError(message, path=path, remedy="check the repository with: git fsck")
    message = f"its content at {ref} (blob {blob_id}) is missing from this clone, or damaged"
    return UnreadableError(message, path=path, remedy=refetch)
