"""Avro contracts out of Python values, for tests: a snapshot that lies in memory."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from contractguard.formats.avro import read
from contractguard.model.contract import AvroContract
from contractguard.model.document import Document, Syntax
from contractguard.model.places import Location, Node

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "formats"


class MemoryDocuments:
    """Documents from values. A place is "located" on line 7, column 3, and remembered in `asked`."""

    def __init__(self, files: Mapping[str, object]) -> None:
        self._files = files
        self._documents: dict[str, Document] = {}
        self.asked: list[tuple[str, str]] = []

    def document(self, path: str) -> Document:
        if path not in self._documents:
            value = json.loads(json.dumps(self._files[path]))
            self._documents[path] = Document(path, f"sha256:{path}", Syntax.JSON, b"", value)
        return self._documents[path]

    def resolve(self, origin: Node, reference: str) -> Node:
        raise AssertionError((origin, reference))

    def exists(self, path: str) -> bool:
        return path in self._files

    def read_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._documents))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        self.asked += keys
        return {(path, pointer): Location(path, pointer, 7, 3) for path, pointer in keys}


def avro(schema: object, *, path: str = "schema.avsc") -> AvroContract:
    """The contract of one schema."""
    return read(MemoryDocuments({path: schema}), path)


def avro_files(files: Mapping[str, object], path: str, types: Mapping[str, str]) -> AvroContract:
    """The contract at `path`; `types` says which file defines a full name."""
    return read(MemoryDocuments(files), path, find_type=types.get)


def record(name: str, *fields: object, **more: object) -> dict[str, object]:
    """A record schema; a field is a (name, type) pair or an object."""
    listed = [{"name": field[0], "type": field[1]} if isinstance(field, tuple) else field for field in fields]
    return {"type": "record", "name": name, "fields": listed, **more}


def field(name: str, kind: object, **more: object) -> dict[str, object]:
    """A field with more than name and type."""
    return {"name": name, "type": kind, **more}
