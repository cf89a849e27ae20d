"""What is read wrong of named types: symbols that a default swallows, symbols that change places, names that match by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.misreads import Misread
from contractguard.diff.avro.types import names_match, unqualified
from contractguard.model.change import Direction
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractguard.diff.avro.outcome import Exposure, Outcome, Place, Sides
    from contractguard.model.avro import AvroEnum, AvroNamed
    from contractguard.model.places import Node

_SHOWN = 5
_NO_NAMESPACE = "the null namespace"


def misread_enums(base: AvroEnum, head: AvroEnum, exposure: Exposure, place: Place, outcome: Outcome) -> None:
    """Tell what is read wrong of the symbols of an enum."""
    for direction in Direction:
        writer, reader = (base, head) if direction is Direction.INPUT else (head, base)
        if exposure.reads(direction) and names_match(reader, writer):
            for misread in (*_swallowed(writer, reader), *_moved(writer, reader)):
                nodes = base.node.child("symbols"), head.node.child("symbols")
                outcome.misread(misread, direction, place, base=nodes[0], head=nodes[1])
    defaults = {default for default in (base.default, head.default) if default is not None}
    if len(defaults) > 1 and not exposure.is_stray:
        misread = Misread("default", str(base.default), str(head.default), values=(base.default, head.default))
        for direction in Direction:
            nodes = base.node.child("default"), head.node.child("default")
            outcome.misread(misread, direction, place, base=nodes[0], head=nodes[1])


def symbols_moved(base: AvroEnum, head: AvroEnum) -> bool:
    """Whether the symbols that both have stand in another order."""
    return [each for each in base.symbols if each in head.symbols] != [
        each for each in head.symbols if each in base.symbols
    ]


def misread_names(
    base: AvroNamed, head: AvroNamed, exposure: Exposure, sides: Sides, outcome: Outcome, *, place: Place
) -> None:
    """Tell where names match only because namespaces do not count.

    Where the reader has a type of the writer's full name as well, nothing has moved: two types are taken for one another.
    """
    if base.fullname == head.fullname or unqualified(base.fullname) != unqualified(head.fullname):
        return
    for direction in Direction:
        writer, reader = (base, head) if direction is Direction.INPUT else (head, base)
        own = sides.head_names if direction is Direction.INPUT else sides.base_names
        if exposure.reads(direction) and writer.fullname not in reader.aliases and writer.fullname not in own:
            misread = Misread(
                "namespace", _namespace(writer), _namespace(reader), values=(writer.fullname, reader.fullname)
            )
            outcome.misread(misread, direction, place, base=_name_node(base), head=_name_node(head))


def _name_node(named: AvroNamed) -> Node:
    return named.node.get("namespace") or named.node.child("name")


def _namespace(named: AvroNamed) -> str:
    return named.fullname.rpartition(".")[0] or _NO_NAMESPACE


def _swallowed(writer: AvroEnum, reader: AvroEnum) -> Iterator[Misread]:
    unknown = [symbol for symbol in writer.symbols if symbol not in reader.symbols]
    if unknown and reader.default is not None:
        more = f", and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        sample = (_schema(writer), _schema(reader), unknown[0])
        yield Misread("unknown-symbol", ", ".join(unknown[:_SHOWN]) + more, reader.default, sample)


def _moved(writer: AvroEnum, reader: AvroEnum) -> Iterator[Misread]:
    if symbols_moved(writer, reader):
        one, other = next(
            (one, other) for one, other in zip(writer.symbols, reader.symbols, strict=False) if one != other
        )
        yield Misread("symbol-order", one, other, values=(one, other))


def _schema(enum: AvroEnum) -> JsonValue:
    schema: dict[str, JsonValue] = {"type": "enum", "name": "Enum", "symbols": list(enum.symbols)}
    return schema if enum.default is None else {**schema, "default": enum.default}
