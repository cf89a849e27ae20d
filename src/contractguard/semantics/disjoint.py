"""Whether schemas exclude each other, as far as cheap and certain signs tell. `oneOf` over such branches is an `anyOf`."""

from __future__ import annotations

from collections.abc import Sequence

from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import canonical

_MOST_BRANCHES = 200
"""Branches are compared two by two; more than this are not tried, and count as overlapping."""

_NUMERIC = frozenset({JsonType.INTEGER, JsonType.NUMBER})


def all_disjoint(reader: SchemaReader, branches: Sequence[Node]) -> bool:
    """Whether no payload is valid under two of the branches. False where that is not certain."""
    if len(branches) > _MOST_BRANCHES:
        return False
    schemas = [reader.read(branch) for branch in branches]
    return all(
        disjoint(reader, first, second) for index, first in enumerate(schemas) for second in schemas[index + 1 :]
    )


def disjoint(reader: SchemaReader, a: Schema, b: Schema) -> bool:
    """Whether no payload is valid under both: by type, by listed values, or by a required property whose values differ."""
    if a.boolean is False or b.boolean is False:
        return True
    if a.enum is not None and b.enum is not None:
        return not {canonical(item.value) for item in a.enum} & {canonical(item.value) for item in b.enum}
    if a.types is None or b.types is None:
        return False
    if not _common_types(a.types, b.types):
        return True
    return a.types == b.types == {JsonType.OBJECT} and (
        _tagged_apart(reader, a, b) or _closed_without(a, b) or _closed_without(b, a)
    )


def _common_types(a: frozenset[JsonType], b: frozenset[JsonType]) -> bool:
    return bool(a & b) or bool(a & _NUMERIC and b & _NUMERIC)


def _tagged_apart(reader: SchemaReader, a: Schema, b: Schema) -> bool:
    """Whether a property that both require has no value in common: the usual discriminator."""
    for name in a.required:
        if name in b.required and name in a.properties and name in b.properties:
            first, second = reader.read(a.properties[name]), reader.read(b.properties[name])
            if first.enum is not None and second.enum is not None and disjoint(reader, first, second):
                return True
            if first.types is not None and second.types is not None and not _common_types(first.types, second.types):
                return True
    return False


def _closed_without(closed: Schema, other: Schema) -> bool:
    """Whether `closed` refuses a property that `other` requires."""
    if closed.additional_properties is None or closed.additional_properties.value is not False:
        return False
    return not closed.pattern_properties and any(name not in closed.properties for name in other.required)
