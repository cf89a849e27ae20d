"""What is read wrong of records: a value that a default takes the place of, and aliases that lead crosswise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.misreads import Misread
from contractguard.diff.avro.types import branches, is_named, kind_word, resolved
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroNamedTypes,
    AvroPrimitive,
    AvroType,
)
from contractguard.model.change import Direction
from contractguard.model.values import UNSET, JsonValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from contractguard.diff.avro.outcome import Exposure, Outcome, Place, Sides
    from contractguard.diff.avro.resolution import Resolution
    from contractguard.model.avro import AvroField, AvroRecord

_SAMPLES: Mapping[str, JsonValue] = {
    "boolean": True,
    "int": 7,
    "long": 7,
    "float": 0.5,
    "double": 0.5,
    "bytes": "a",
    "string": "a",
}

_NUMBERS = frozenset({"int", "long", "float", "double"})

_FEW = 3
"""So many fields may go, and so many come, for a like type alone to count."""
_TELLING = 3
"""Letters of a name that says something."""


def misread_records(
    base: AvroRecord,
    head: AvroRecord,
    exposure: Exposure,
    sides: Sides,
    outcome: Outcome,
    *,
    place: Callable[[AvroField], Place],
) -> None:
    """Tell what is read wrong of two records; `place` says where a field is."""
    for direction in Direction:
        if not exposure.reads(direction):
            continue
        inward = direction is Direction.INPUT
        writer, reader = (base, head) if inward else (head, base)
        resolution = sides.head_reads_base if inward else sides.base_reads_head
        names = (sides.base_names, sides.head_names) if inward else (sides.head_names, sides.base_names)
        for written, read in _hidden(writer, reader, resolution, names):
            old, new = (written, read) if inward else (read, written)
            values = (_sample(written.type, names[0]), None if read.default is UNSET else read.default)
            misread = Misread("rename", written.name, read.name, values=values)
            outcome.misread(misread, direction, place(old), base=old.node, head=new.node)
        for read, alias in _crossed(writer, reader):
            there = next((each for each in writer.fields if each.name == alias), read)
            value = _sample(there.type, names[0])
            misread = Misread("crossed-alias", alias, read.name, values=({alias: value}, {read.name: value}))
            old, new = (there, read) if inward else (read, there)
            outcome.misread(misread, direction, place(old), base=old.node, head=new.node)


def _hidden(
    writer: AvroRecord, reader: AvroRecord, resolution: Resolution, names: tuple[AvroNamedTypes, AvroNamedTypes]
) -> Iterator[tuple[AvroField, AvroField]]:
    """Fields of the writer that nobody reads, each with a field of like type that the reader fills from its default.

    Where many fields go and come, a like type means nothing, and the names must be alike as well.
    """
    sources = {field.name: resolution.sources(field, reader, writer) for field in reader.fields}
    taken = {source.name for found in sources.values() for source in found}
    filled = [field for field in reader.fields if not sources[field.name] and field.default is not UNSET]
    lost = [field for field in writer.fields if field.name not in taken]
    few = max(len(lost), len(filled)) <= _FEW
    letters = {field.name: field.name.replace("_", "").lower() for field in (*lost, *filled)}
    for written in lost:
        akin = [field for field in filled if _hold_each_other(letters[field.name], letters[written.name])]
        likely = [*akin, *filled] if few else akin
        partner = next((field for field in likely if _alike(field.type, written.type, resolution, names)), None)
        if partner is not None:
            filled.remove(partner)
            yield written, partner


def _hold_each_other(one: str, other: str) -> bool:
    """Whether one name is in the other."""
    return min(len(one), len(other)) >= _TELLING and (one in other or other in one)


def _alike(
    reader: AvroType, writer: AvroType, resolution: Resolution, names: tuple[AvroNamedTypes, AvroNamedTypes]
) -> bool:
    """Whether one could be the other renamed: apart from null, the reader's type reads the writer's or is of its kind."""
    written, read = _values_of(writer, names[0]), _values_of(reader, names[1])
    while (inner := _items(written, read)) is not None:
        written, read = _values_of(inner[0], names[0]), _values_of(inner[1], names[1])
    return bool(written) and all(
        any(resolution.reads(one, other) or _are_of_a_kind(one, other) for one in read) for other in written
    )


def _items(written: list[AvroType], read: list[AvroType]) -> tuple[AvroType, AvroType] | None:
    """The types of the items or values, where both sides hold arrays alone or maps alone."""
    if len(written) != 1 or len(read) != 1:
        return None
    one, other = written[0], read[0]
    if isinstance(one, AvroArray) and isinstance(other, AvroArray):
        return one.items, other.items
    return (one.values, other.values) if isinstance(one, AvroMap) and isinstance(other, AvroMap) else None


def _are_of_a_kind(one: AvroType, other: AvroType) -> bool:
    """Whether both are numbers, have the same logical type, or are records, enums or fixed types.

    A field and its type are often renamed together.
    """
    if kind_word(one) in _NUMBERS and kind_word(other) in _NUMBERS:
        return True
    if is_named(one) and kind_word(one) == kind_word(other):
        return True
    scalars = AvroPrimitive | AvroFixed
    return (
        isinstance(one, scalars)
        and isinstance(other, scalars)
        and one.logical is not None
        and other.logical is not None
        and one.logical.name == other.logical.name
    )


def _values_of(kind: AvroType, names: AvroNamedTypes) -> list[AvroType]:
    kinds = (resolved(branch, names) for branch in branches(resolved(kind, names)))
    return [each for each in kinds if kind_word(each) != "null"]


def _sample(kind: AvroType, names: AvroNamedTypes) -> JsonValue:
    """A value of a type for a person, the type in a word where its values have parts."""
    value = next(iter(_values_of(kind, names)), None)
    if value is None:
        return None
    if isinstance(value, AvroPrimitive):
        return _SAMPLES[value.name]
    return next(iter(value.symbols), None) if isinstance(value, AvroEnum) else kind_word(value)


def _crossed(writer: AvroRecord, reader: AvroRecord) -> Iterator[tuple[AvroField, str]]:
    """Fields of the reader with an alias that is a field of the writer, and that another field of the reader claims as well."""
    written = {field.name: field for field in writer.fields}
    claims: dict[str, int] = {}
    for field in reader.fields:
        for name in (field.name, *field.aliases):
            claims[name] = claims.get(name, 0) + 1
    for field in reader.fields:
        before = written.get(field.name)
        for alias in field.aliases:
            is_old = before is not None and alias in before.aliases
            if alias in written and claims[alias] > 1 and not is_old:
                yield field, alias
