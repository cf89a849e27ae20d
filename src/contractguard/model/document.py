"""A parsed file, and the set of parsed files in which references are followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from contractguard.model.dialects import Dialects
from contractguard.model.places import Location, Node
from contractguard.model.values import JsonValue


class Syntax(StrEnum):
    """How the bytes of a document were read."""

    JSON = "json"
    YAML = "yaml"


class ContractKind(StrEnum):
    """The three kinds of contract."""

    OPENAPI = "openapi"
    AVRO = "avro"
    JSONSCHEMA = "jsonschema"


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key that stands twice in one object; the last one counts. Line and column (1-based) are of the later one."""

    key: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class RegisteredReference:
    """What a registered schema refers to: the name in the schema, and the subject and version that it stands for."""

    name: str
    subject: str
    version: int


@dataclass(frozen=True, slots=True)
class Registration:
    """How a schema registry knows a schema. `type` is `AVRO`, `JSON` or `OPENAPI`.

    `deleted`: it is kept only for what refers to it.
    """

    subject: str
    version: int
    type: str
    references: tuple[RegisteredReference, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed file. `value` is shared and must never be changed; positions are found from `raw` on demand.

    Integers keep their exact value; object keys are strings (a YAML key `200` is `"200"`); values nest no deeper than
    `MAX_DEPTH`; dates of YAML are strings as written (YAML 1.2 core schema). Of a file that a schema registry exported, `raw` and
    `value` are the schema in it, and `registration` what stands around it.
    """

    path: str
    blob_id: str
    syntax: Syntax
    raw: bytes
    value: JsonValue
    duplicates: tuple[DuplicateKey, ...] = ()
    registration: Registration | None = None

    @property
    def root(self) -> Node:
        """The whole document as a node."""
        return Node(self.value, self.path, "")


class Documents(Protocol):
    """The documents of one snapshot, parsed when first asked for. Nothing outside the snapshot is ever read."""

    @property
    def dialects(self) -> Dialects:
        """Which dialect each `$schema` in these documents names, where that is known."""
        ...

    def document(self, path: str) -> Document:
        """The parsed file. Raises `UnreadableError` or `LimitError`."""
        ...

    def resolve(self, origin: Node, reference: str) -> Node:
        """The target of a `$ref` that stands at `origin`: an RFC 3986 reference, relative to the file of `origin`.

        Its fragment is a JSON pointer, percent-decoded. Raises `UnreadableError` with file, line, column and remedy when the
        target is missing, lies outside the snapshot or on the network. A target that is itself a `$ref` is not followed.
        """
        ...

    def exists(self, path: str) -> bool:
        """Whether the snapshot has a regular file at `path`."""
        ...

    def read_paths(self) -> tuple[str, ...]:
        """The files parsed so far, sorted."""
        ...

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        """Line and column of each (path, pointer): of the key for a member of an object, of the value for an array item.

        One pass over each file. A pointer that does not exist gets the location of its nearest ancestor that does.
        """
        ...
