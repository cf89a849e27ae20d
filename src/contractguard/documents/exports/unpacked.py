"""A snapshot in which files with many schemas are replaced by one file for each schema, below the path of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from contractguard.documents.batches import read_each
from contractguard.errors import ContractguardError
from contractguard.model.snapshot import Entry, Snapshot


class Unpacked:
    """Implements `Snapshot` over another one. Files keep their content and their id wherever they come from."""

    def __init__(self, packed: Snapshot, unpacked: Mapping[str, bytes], gone: Collection[str]) -> None:
        self._packed = packed
        self._unpacked = dict(unpacked)
        made = {path: Entry(path, f"unpacked:{_digest(raw)}", len(raw)) for path, raw in unpacked.items()}
        self._entries = {path: entry for path, entry in packed.entries.items() if path not in gone} | made

    @property
    def ref(self) -> str:
        """What the user named."""
        return self._packed.ref

    @property
    def commit(self) -> str | None:
        """The full commit id, or None."""
        return self._packed.commit

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The regular files and what was unpacked of some of them, by path."""
        return self._entries

    @property
    def refused(self) -> Mapping[str, str]:
        """Path → why what lies there is not read."""
        return self._packed.refused

    def read(self, paths: Collection[str]) -> Mapping[str, bytes]:
        """See `Snapshot.read`."""
        own = {path: self._unpacked[path] for path in paths if path in self._unpacked}
        others = [path for path in paths if path not in self._unpacked]
        return {**own, **(self._packed.read(others) if others else {})}

    def read_each(self, paths: Collection[str]) -> tuple[dict[str, bytes], dict[str, ContractguardError]]:
        """Bytes of the files at `paths`, and for each that cannot be read the error."""
        own = {path: self._unpacked[path] for path in paths if path in self._unpacked}
        found, errors = read_each(self._packed, [path for path in paths if path not in own])
        return {**own, **found}, dict(errors)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
