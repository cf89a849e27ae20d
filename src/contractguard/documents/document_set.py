"""The documents of one snapshot: read and parsed when first asked for, shared with the other side where the bytes are equal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from contractguard.documents import references
from contractguard.documents.avro_names import AvroFinder, AvroTypes
from contractguard.documents.batches import read_each
from contractguard.documents.cache import DocumentCache
from contractguard.documents.exports import Unpacked, is_artifact_version, unpack_artifacts, unpack_records
from contractguard.documents.identifiers import Identifiers
from contractguard.documents.limits import Limits
from contractguard.documents.positions import locate
from contractguard.documents.reader import read_document
from contractguard.documents.registrations import Registrations
from contractguard.documents.sniffing import Sniff, sniff
from contractguard.errors import ContractguardError, UnreadableError
from contractguard.model.dialects import STANDARD, Dialects
from contractguard.model.document import Document
from contractguard.model.places import Location, Node

if TYPE_CHECKING:
    from contractguard.model.snapshot import Snapshot

_DEFAULTS = Limits()
_MANY_COMPLAINTS: Final = 4
_BATCH_FILES: Final = 4000
_BATCH_BYTES: Final = 64 * 1024 * 1024
_USUAL_BYTES: Final = 16 * 1024
"""What a file counts whose size is not known yet."""


class DocumentSet:
    """Implements `Documents` (`model/document.py`) over a snapshot. Nothing outside the snapshot is ever read.

    Give both sides of a comparison the same `cache`: files with equal blob ids then share one parsed value. `dialects` are those
    that a `$schema` may name.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        limits: Limits = _DEFAULTS,
        cache: DocumentCache | None = None,
        dialects: Dialects = STANDARD,
    ) -> None:
        self._source = snapshot
        self._snapshot = snapshot
        self._unpacked: set[str] = set()
        self._dialects = dialects
        self._limits = limits
        self._cache = cache or DocumentCache()
        self._documents: dict[str, Document] = {}
        self._errors: dict[str, ContractguardError] = {}
        self._targets: dict[tuple[str, str], Node] = {}
        self._places: dict[tuple[str, str], Location] = {}
        self._complaints: dict[str, int] = {}
        self._avro_types: AvroTypes | None = None
        self._identifiers: Identifiers | None = None
        self._registrations: Registrations | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The files, with what was unpacked of some of them."""
        return self._snapshot

    @property
    def source(self) -> Snapshot:
        """Where the files come from."""
        return self._source

    @property
    def dialects(self) -> Dialects:
        """Which dialect each `$schema` names; see `Documents.dialects`."""
        return self._dialects

    def document(self, path: str) -> Document:
        """The parsed file. Raises `UnreadableError` or `LimitError`; asked again, the same error."""
        known = self._documents.get(path)
        if known is not None:
            return known
        error = self._errors.get(path)
        if error is not None:
            raise error.with_traceback(None)
        try:
            document = self._parsed(path)
        except ContractguardError as problem:
            self._errors[path] = problem
            raise
        self._documents[path] = document
        return document

    def _parsed(self, path: str) -> Document:
        blob_id = self._blob_id(path)
        shared = self._cache.document(blob_id, path)
        if shared is not None:
            return shared if shared.path == path else replace(shared, path=path)
        raw = self._cache.take_raw(blob_id)
        if raw is None:
            raw = self._snapshot.read([path])[path]
        document = read_document(raw, path, blob_id, self._limits)
        self._cache.keep(document)
        return document

    def _blob_id(self, path: str) -> str:
        if not self.exists(path):
            reason = self._snapshot.refused.get(path) if references.is_inside(path) else None
            message = (
                f"not read at {self._snapshot.ref}: {reason}"
                if reason
                else f"there is no such file at {self._snapshot.ref}"
            )
            raise UnreadableError(message, path=path, remedy="correct the path, or add the file")
        return self._snapshot.entries[path].blob_id

    def prefetch(self, paths: Collection[str]) -> None:
        """Read the bytes of these files in one go, so that `document` need not go to git one by one.

        What cannot be read is passed over: `document` raises the error when the file is needed.
        """
        missing = [path for path in paths if self.exists(path) and path not in self._documents]
        by_blob = {self._snapshot.entries[path].blob_id: path for path in sorted(missing, reverse=True)}
        wanted = sorted(path for blob_id, path in by_blob.items() if not self._cache.holds(blob_id, path))
        contents, _ = self.read_bytes(wanted)
        for path, raw in contents.items():
            self._cache.keep_raw(self._snapshot.entries[path].blob_id, raw)

    def read_bytes(self, paths: Collection[str]) -> tuple[Mapping[str, bytes], Mapping[str, ContractguardError]]:
        """Bytes of these files, and for each that cannot be read the error."""
        return read_each(self._snapshot, paths)

    def resolve(self, origin: Node, reference: str) -> Node:
        """The target of a `$ref` that stands at `origin`; see `Documents.resolve`."""
        key = (origin.path, reference)
        target = self._targets.get(key)
        if target is None:
            target = self._targets[key] = references.resolve(self, origin, reference)
        return target

    def exists(self, path: str) -> bool:
        """Whether the snapshot has a regular file at `path`, or one that holds it."""
        if not references.is_inside(path):
            return False
        if path in self._snapshot.entries:
            return True
        holder = next(
            (str(folder) for folder in PurePosixPath(path).parents if str(folder) in self._source.entries), None
        )
        return holder is not None and holder not in self._unpacked and path in self.unpack([holder])[0]

    def read_paths(self) -> tuple[str, ...]:
        """The files parsed so far, sorted."""
        return tuple(sorted(self._documents))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        """Line and column of each (path, pointer), one pass over each file; see `Documents.locate`.

        A path that this set has not read as a document (a published meta-schema, say) is located at its first line.
        """
        unknown: dict[str, set[str]] = {}
        for path, pointer in keys:
            if (path, pointer) not in self._places:
                unknown.setdefault(path, set()).add(pointer)
        for path, pointers in unknown.items():
            found: Mapping[str, Location] = {}
            if self.exists(path) and path not in self._errors:
                found = locate(self.document(path), pointers)
            for pointer in pointers:
                self._places[path, pointer] = found.get(pointer) or Location(path, pointer, 1, 1)
        return {key: self._places[key] for key in keys}

    def place_of_reference(self, origin: Node) -> Location:
        """Where the `$ref` of `origin` stands, or `origin` itself where it is no object with one.

        Locating is a pass over the file. Of a file with many references to complain about all are located in one more pass, so
        that a hostile file cannot make work that grows with their number times its size.
        """
        key = (origin.path, f"{origin.pointer}/$ref")
        self._complaints[origin.path] = self._complaints.get(origin.path, 0) + 1
        if self._complaints[origin.path] == _MANY_COMPLAINTS:
            value = self.document(origin.path).value
            self.locate([(origin.path, pointer) for pointer in references.reference_pointers(value)])
        return self.locate([key])[key]

    def avro_index(self) -> Mapping[str, str]:
        """Full name of an Avro type → the file that defines it, the first by name where several do.

        Files that cannot be parsed are passed over. Where versions of a schema lie in different folders, `avro_finder` chooses
        better.
        """
        return {name: paths[0] for name, paths in self.avro_types().definers.items()}

    def avro_finder(self, path: str) -> AvroFinder:
        """What finds the file that defines a full name, as seen from the file at `path`: what a registry says of it first,
        then the nearest folder.
        """
        types, registered = self.avro_types(), self.registered(path)
        return lambda fullname: registered.get(fullname) or types.definer(fullname, path)

    def registered(self, path: str) -> Mapping[str, str]:
        """Name → file of what the schema at `path` refers to by registry; nothing for a file that registers no schema, or that
        cannot be read, which whoever reads it is told.
        """
        try:
            registration = self.document(path).registration
        except ContractguardError:
            return {}
        if registration is None:
            return {}
        if self._registrations is None:
            self._registrations = Registrations.of(self)
        return self._registrations.targets(path)

    def avro_types(self, also: Collection[str] = ()) -> AvroTypes:
        """The types of all `.avsc` files of the snapshot, and of the files `also`, now and whenever asked again."""
        if self._avro_types is None or not self._avro_types.names.keys() >= set(also):
            self._avro_types = AvroTypes.of(self, also)
        return self._avro_types

    def identifiers(self) -> Identifiers:
        """What the files of the snapshot call themselves, now and whenever asked again."""
        if self._identifiers is None:
            self._identifiers = Identifiers.of(self)
        return self._identifiers

    def unpack(self, paths: Collection[str]) -> tuple[tuple[str, ...], Mapping[str, ContractguardError]]:
        """Replace files that hold many schemas by one file for each schema, below their path: these files, sorted, and path →
        error for those that cannot be read. A file that holds none stays.
        """
        fresh = [path for path in paths if path not in self._unpacked]
        self._unpacked.update(fresh)
        made: dict[str, bytes] = {}
        failed: dict[str, ContractguardError] = {}
        if any(is_artifact_version(path) for path in fresh):
            made |= unpack_artifacts(self._source.entries, lambda wanted: self.read_bytes(wanted)[0], self._limits)
            self._unpacked.update(path.rpartition("/")[0] for path in made)
        contents, _ = self.read_bytes([path for path in fresh if not is_artifact_version(path)])
        holders = {path.rpartition("/")[0] for path in made}
        for path, raw in contents.items():
            try:
                held = unpack_records(raw, path, self._limits)
            except ContractguardError as error:
                failed[path] = error
                continue
            holders.update([path] if held else [])
            made |= held
        if made:
            self._snapshot = Unpacked(self._snapshot, made, holders)
        return tuple(sorted(made)), failed

    def look_at(
        self, paths: Collection[str], *, keep: Callable[[str, Sniff], bool]
    ) -> Mapping[str, ContractguardError]:
        """Look at the bytes of these files, so that `sniff` answers; path → error for those that cannot be read.

        Files with bytes that were looked at before, on either side, are not read again. The bytes of those that `keep` accepts
        are held until they are parsed.
        """
        entries = self._snapshot.entries
        fresh = {entries[path].blob_id: path for path in sorted(paths, reverse=True)}
        failed: dict[str, ContractguardError] = {}
        for batch in _batches(
            [path for blob_id, path in sorted(fresh.items()) if blob_id not in self._cache.sniffs], self._snapshot
        ):
            contents, errors = self.read_bytes(batch)
            failed.update(errors)
            for path, raw in contents.items():
                look = sniff(raw)
                self._cache.sniffs[entries[path].blob_id] = look
                if keep(path, look):
                    self._cache.keep_raw(entries[path].blob_id, raw)
        return failed

    def sniff(self, path: str) -> Sniff | None:
        """What `look_at` found in a file, on this side or on the other; None where it could not be read."""
        return self._cache.sniffs.get(self._snapshot.entries[path].blob_id)


def _batches(paths: list[str], snapshot: Snapshot) -> Iterator[list[str]]:
    """The paths in portions that are neither many nor large, so that little is held at a time."""
    batch: list[str] = []
    size = 0
    for path in paths:
        batch.append(path)
        size += snapshot.entries[path].size or _USUAL_BYTES
        if len(batch) == _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
