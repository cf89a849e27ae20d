"""Keywords about single values: types, listed values, numbers and their bounds."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.formats.jsonschema.dialects import BOOLEAN_EXCLUSIVE
from contractguard.formats.jsonschema.keywords.reader import Read, Reader
from contractguard.formats.jsonschema.keywords.shapes import expect, number_of
from contractguard.formats.jsonschema.open_lists import distinct
from contractguard.model.places import Node
from contractguard.model.schema import Bound, Dialect, JsonType
from contractguard.model.values import canonical


def types(reader: Reader, member: Node) -> None:
    """`type`: a name or a list of names."""
    value = member.value
    names = value if isinstance(value, list) else [value]
    expect(names and all(isinstance(name, str) for name in names))
    if reader.dialect is Dialect.OPENAPI_2_0 and names == ["file"]:
        # Swagger 2.0, "file": bytes in a form part or a response.
        reader.put("types", frozenset({JsonType.STRING}), member)
        reader.put("format", "binary", member)
        return
    expect(all(name in _TYPE_NAMES for name in names))
    reader.put("types", frozenset(JsonType(str(name)) for name in names), member)


_TYPE_NAMES = frozenset(str(kind) for kind in JsonType)


def enum(reader: Reader, member: Node) -> None:
    """`enum`."""
    expect(isinstance(member.value, list) and member.value)
    _restrict_enum(reader, {canonical(item.value): item for item in distinct(member.items())}, member)


def const(reader: Reader, member: Node) -> None:
    """`const`: an `enum` of one."""
    _restrict_enum(reader, {canonical(member.value): member}, member)


def _restrict_enum(reader: Reader, values: Mapping[str, Node], origin: Node) -> None:
    held = reader.fields.get("enum")
    if held is not None:
        kept = {canonical(item.value) for item in held}
        values = {key: item for key, item in values.items() if key in kept}
    reader.put("enum", tuple(values.values()), origin)


def bound(field: str, keyword: str, exclusive_keyword: str) -> Read:
    """For `minimum` and `maximum`, with the flag beside it where the dialect has it so."""

    def read(reader: Reader, member: Node) -> None:
        exclusive = False
        if reader.dialect in BOOLEAN_EXCLUSIVE and isinstance(reader.node.value, dict):
            exclusive = reader.node.value.get(exclusive_keyword) is True
        _tighten(reader, field, Bound(number_of(member.value), exclusive), member, upper=keyword == "maximum")

    return read


def exclusive_bound(field: str, *, upper: bool) -> Read:
    """For `exclusiveMinimum` and `exclusiveMaximum`."""

    def read(reader: Reader, member: Node) -> None:
        if reader.dialect in BOOLEAN_EXCLUSIVE:
            expect(isinstance(member.value, bool))
            return  # read with the bound beside it
        _tighten(reader, field, Bound(number_of(member.value), exclusive=True), member, upper=upper)

    return read


def _tighten(reader: Reader, field: str, bound: Bound, origin: Node, *, upper: bool) -> None:
    held = reader.fields.get(field)
    if held is None or tighter(bound, held, upper=upper) is bound:
        reader.put(field, bound, origin)


def tighter(a: Bound, b: Bound, *, upper: bool) -> Bound:
    """The bound of two that admits less; `a` where they admit the same."""
    if a.value == b.value:
        return b if b.exclusive and not a.exclusive else a
    return a if (a.value < b.value) == upper else b


def multiple_of(reader: Reader, member: Node) -> None:
    """`multipleOf`."""
    number = number_of(member.value)
    expect(number > 0)
    reader.put("multiple_of", number, member)


def default(reader: Reader, member: Node) -> None:
    """`default`: any value."""
    reader.put("default", member.value, member)
