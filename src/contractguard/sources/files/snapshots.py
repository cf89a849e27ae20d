"""Snapshots without git: a folder, or the surroundings of one file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from contractguard.errors import ContractguardError
from contractguard.model.snapshot import Entry
from contractguard.sources.files.disk import Disk
from contractguard.sources.repository import lfs
from contractguard.sources.snapshots import Batch, Budget, ReadableSnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from contractguard.sources.identity import Identify


class FolderSnapshot(ReadableSnapshot):
    """The files below a folder as they lie on disk.

    Asking for a path looks at that path alone; only going through all entries walks the folder. So a file in a home directory
    costs no more than itself.
    """

    def __init__(self, root: Path, identify: Identify, *, ref: str) -> None:
        super().__init__(ref, None)
        self._disk = Disk(root.resolve(), identify)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The regular files, by path. Going through them raises `LimitError` where there are too many."""
        return _FolderEntries(self)

    @cached_property
    def refused(self) -> Mapping[str, str]:
        """Links and what is no file, with the reason."""
        return _FolderRefusals(self)

    @cached_property
    def walked(self) -> dict[str, str | None]:
        """Everything below the folder, sorted by path, with the reason where it is refused."""
        return dict(sorted(self._disk.walk()))

    @property
    def disk(self) -> Disk:
        """The files themselves."""
        return self._disk

    def read_each(self, paths: Collection[str]) -> Batch:
        """Bytes of these files; see `ReadableSnapshot.read_each`."""
        return read_from_disk(self, self._disk, paths, None)


def read_from_disk(snapshot: ReadableSnapshot, disk: Disk, paths: Collection[str], common_dir: Path | None) -> Batch:
    """Bytes of those files of a snapshot that lie on disk. `common_dir` is where Git LFS may have put contents."""
    batch, budget = Batch({}, {}), Budget()
    for path in paths:
        if path not in snapshot.entries:
            batch.errors[path] = snapshot.not_there(path)
            continue
        try:
            data = disk.read(path)
        except ContractguardError as error:
            batch.errors[path] = error
            continue
        budget.take(path, len(data))
        content = lfs.content_of(data, common_dir) if lfs.is_pointer(data) else data
        if content is None:
            batch.errors[path] = lfs.not_fetched(path, commit=None)
        else:
            batch.contents[path] = content
    return batch


class _FolderEntries(Mapping[str, Entry]):
    """Path → entry; bytes are read to identify a file when it is first asked for."""

    def __init__(self, snapshot: FolderSnapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, Entry] = {}

    def __getitem__(self, path: str) -> Entry:
        known = self._known.get(path)
        if known is None:
            if path not in self:
                raise KeyError(path)
            known = self._known[path] = self._snapshot.disk.entry(path)
        return known

    def __contains__(self, path: object) -> bool:
        return path in self._known or (isinstance(path, str) and self._snapshot.disk.is_file(path))

    def __iter__(self) -> Iterator[str]:
        return (path for path, reason in self._snapshot.walked.items() if reason is None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _FolderRefusals(Mapping[str, str]):
    """Path → reason."""

    def __init__(self, snapshot: FolderSnapshot) -> None:
        self._snapshot = snapshot

    def __getitem__(self, path: str) -> str:
        reason = self._snapshot.disk.refusal(path)
        if reason is None:
            raise KeyError(path)
        return reason

    def __iter__(self) -> Iterator[str]:
        return (path for path, reason in self._snapshot.walked.items() if reason is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
