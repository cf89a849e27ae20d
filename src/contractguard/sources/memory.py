"""Files that lie in memory: values that a library hands over, bytes that came through a pipe, the built-in catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from contractguard.errors import ContractguardError
from contractguard.model.snapshot import Entry
from contractguard.sources.identity import Identify, plain_identity
from contractguard.sources.snapshots import Batch, ReadableSnapshot


class MemorySnapshot(ReadableSnapshot):
    """A snapshot of the given files; path → bytes."""

    def __init__(self, ref: str, files: Mapping[str, bytes], identify: Identify = plain_identity) -> None:
        super().__init__(ref, None)
        self._files = dict(files)
        self._entries = {path: Entry(path, identify(raw), len(raw)) for path, raw in files.items()}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The files, by path."""
        return self._entries

    @property
    def refused(self) -> Mapping[str, str]:
        """Nothing is refused."""
        return {}

    def read_each(self, paths: Collection[str]) -> Batch:
        """See `ReadableSnapshot.read_each`."""
        errors: dict[str, ContractguardError] = {
            path: self.not_there(path) for path in paths if path not in self._files
        }
        return Batch({path: self._files[path] for path in paths if path in self._files}, errors)
