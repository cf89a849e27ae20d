"""Small questions about Avro types that resolution and comparison share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroNamed,
    AvroNamedTypes,
    AvroPrimitive,
    AvroRecord,
    AvroReference,
    AvroType,
    AvroUnion,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PROMOTIONS: Mapping[str, frozenset[str]] = {
    "int": frozenset({"long", "float", "double"}),
    "long": frozenset({"float", "double"}),
    "float": frozenset({"double"}),
    "string": frozenset({"bytes"}),
    "bytes": frozenset({"string"}),
}
_LABEL_DEPTH = 3


def resolved(kind: AvroType, names: AvroNamedTypes) -> AvroType:
    """The type itself where `kind` is a reference to a named type."""
    return names[kind.fullname] if isinstance(kind, AvroReference) else kind


def unqualified(fullname: str) -> str:
    """The part of a full name after its last dot."""
    return fullname.rpartition(".")[2]


def is_named(kind: AvroType) -> bool:
    """Whether it is a record, an enum or a fixed."""
    return isinstance(kind, AvroRecord | AvroEnum | AvroFixed)


def reads_primitive(reader: str, writer: str) -> bool:
    """Whether a reader of the one primitive takes data of the other: the same, or promoted."""
    return reader == writer or reader in _PROMOTIONS.get(writer, frozenset())


def names_match(reader: AvroNamed, writer: AvroNamed) -> bool:
    """Whether a reader takes the writer's type for its own: by the name without namespace, or by an alias of the reader."""
    return unqualified(reader.fullname) == unqualified(writer.fullname) or writer.fullname in reader.aliases


class NameIndex:
    """Finds readers by the writer's names that they match, without asking each."""

    def __init__(self, readers: Iterable[AvroType]) -> None:
        self._readers: dict[str, list[AvroNamed]] = {}
        for reader in readers:
            if isinstance(reader, AvroRecord | AvroEnum | AvroFixed):
                for name in {f".{unqualified(reader.fullname)}": None, **dict.fromkeys(reader.aliases)}:
                    self._readers.setdefault(name, []).append(reader)

    def matching(self, writer: AvroNamed) -> list[AvroNamed]:
        """The readers of the writer's kind whose names match the writer's, those by name before those by alias."""
        found = [*self._readers.get(f".{unqualified(writer.fullname)}", ()), *self._readers.get(writer.fullname, ())]
        return [
            reader for reader in dict.fromkeys(found) if type(reader) is type(writer) and names_match(reader, writer)
        ]


def kind_word(kind: AvroType) -> str:
    """What kind of type it is: `record`, `enum`, `fixed`, `array`, `map`, `union`, or the name of the primitive."""
    if isinstance(kind, AvroPrimitive):
        return kind.name
    return _WORDS[type(kind)]


def branches(kind: AvroType) -> tuple[AvroType, ...]:
    """The branches of a union; any other type is its own only branch."""
    return kind.branches if isinstance(kind, AvroUnion) else (kind,)


def identity(kind: AvroType) -> str:
    """By what a union tells its branches apart: the full name of a named type, the kind of any other."""
    if isinstance(kind, AvroRecord | AvroEnum | AvroFixed | AvroReference):
        return kind.fullname
    return kind_word(kind)


def label(kind: AvroType, depth: int = _LABEL_DEPTH) -> str:
    """The type in a few words for a person: `int`, `long (timestamp-millis)`, `array of com.acme.Line`, `null or string`."""
    if not depth:
        return "…"
    if isinstance(kind, AvroArray):
        return f"array of {label(kind.items, depth - 1)}"
    if isinstance(kind, AvroMap):
        return f"map of {label(kind.values, depth - 1)}"
    if isinstance(kind, AvroUnion):
        return " or ".join(label(branch, depth - 1) for branch in kind.branches) or "union of nothing"
    if isinstance(kind, AvroPrimitive) and kind.logical is not None:
        return f"{kind.name} ({kind.logical.name})"
    return identity(kind)


_WORDS: Mapping[type, str] = {
    AvroArray: "array",
    AvroMap: "map",
    AvroUnion: "union",
    AvroRecord: "record",
    AvroEnum: "enum",
    AvroFixed: "fixed",
}
