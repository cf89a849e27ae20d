"""The normal form of an Avro schema (Avro 1.12 specification, "Schema Declaration")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing


@dataclass(frozen=True, slots=True)
class LogicalType:
    """A `logicalType` with its parameters; `precision` and `scale` are of `decimal` (scale 0 where absent)."""

    name: str
    precision: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroPrimitive:
    """null, boolean, int, long, float, double, bytes or string."""

    node: Node
    name: str
    logical: LogicalType | None = None
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroReference:
    """A named type used by its full name. `AvroContract.names` has what it names."""

    node: Node
    fullname: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroArray:
    """An array."""

    node: Node
    items: AvroType
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroMap:
    """A map; keys are strings."""

    node: Node
    values: AvroType
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroUnion:
    """A union; the order of branches matters to resolution."""

    node: Node
    branches: tuple[AvroType, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroFixed:
    """A fixed; `size` in bytes."""

    node: Node
    fullname: str
    size: int
    aliases: tuple[str, ...] = ()
    logical: LogicalType | None = None
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroEnum:
    """An enum: symbol → where it stands, in order; `default` is the symbol a reader takes for unknown ones."""

    node: Node
    fullname: str
    symbols: Mapping[str, Node]
    default: str | None = None
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroField:
    """A field of a record. Aliases are the other names under which the writer may have written it."""

    node: Node
    name: str
    type: AvroType
    default: JsonValue | Unset = UNSET
    aliases: tuple[str, ...] = ()
    order: str = "ascending"
    attributes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroRecord:
    """A record (or error); fields in order. Aliases are full names."""

    node: Node
    fullname: str
    fields: tuple[AvroField, ...]
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Node] = field(default_factory=nothing)


AvroNamed: TypeAlias = AvroRecord | AvroEnum | AvroFixed
AvroType: TypeAlias = AvroPrimitive | AvroReference | AvroArray | AvroMap | AvroUnion | AvroNamed
AvroNamedTypes: TypeAlias = Mapping[str, AvroNamed]
"""Full name → the named type; recursion goes through here. `attributes` above hold doc and custom attributes."""
