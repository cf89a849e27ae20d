"""Whether schemas exclude each other, as far as cheap and certain signs tell. `oneOf` over such branches is an `anyOf`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import canonical
from contractguard.semantics.required import required_names

_MOST_BRANCHES = 200
"""Branches are compared two by two; more than this are not tried, and count as overlapping."""

_NUMERIC = frozenset({JsonType.INTEGER, JsonType.NUMBER})


def all_disjoint(reader: SchemaReader, branches: Sequence[Node], role: Role) -> bool:
    """Whether no payload is valid under two of the branches. False where that is not certain."""
    if len(branches) > _MOST_BRANCHES:
        return False
    sides = [OneSide(reader, reader.read(branch), role) for branch in branches]
    return all(disjoint(first, second) for index, first in enumerate(sides) for second in sides[index + 1 :])


@dataclass(frozen=True, slots=True)
class OneSide:
    """A schema with its reader: the two that are compared may belong to two versions."""

    reader: SchemaReader
    schema: Schema
    role: Role

    def property(self, name: str) -> OneSide:
        """The schema of a property that is declared."""
        return OneSide(self.reader, self.reader.read(self.schema.properties[name]), self.role)

    def required(self) -> tuple[str, ...]:
        """The names that an object must have in this role."""
        return required_names(self.reader, self.schema, self.role)


def disjoint(first: OneSide, second: OneSide) -> bool:
    """Whether no payload is valid under both: by type, by listed values, or by a required property whose values differ."""
    a, b = first.schema, second.schema
    if a.boolean is False or b.boolean is False:
        return True
    if a.enum is not None and b.enum is not None:
        return not {canonical(item.value) for item in a.enum} & {canonical(item.value) for item in b.enum}
    if a.types is None or b.types is None:
        return False
    if not _common_types(a.types, b.types):
        return True
    return a.types == b.types == {JsonType.OBJECT} and (
        _tagged_apart(first, second) or _closed_without(a, second) or _closed_without(b, first)
    )


def _common_types(a: frozenset[JsonType], b: frozenset[JsonType]) -> bool:
    return bool(a & b) or bool(a & _NUMERIC and b & _NUMERIC)


def _tagged_apart(first: OneSide, second: OneSide) -> bool:
    """Whether a property that one requires and both declare has no value in common: the usual discriminator."""
    for name in dict.fromkeys((*first.required(), *second.required())):
        if name in first.schema.properties and name in second.schema.properties:
            a, b = first.property(name), second.property(name)
            if a.schema.enum is not None and b.schema.enum is not None and disjoint(a, b):
                return True
            types = (a.schema.types, b.schema.types)
            if types[0] is not None and types[1] is not None and not _common_types(types[0], types[1]):
                return True
    return False


def _closed_without(closed: Schema, other: OneSide) -> bool:
    """Whether `closed` refuses a property that `other` requires."""
    if closed.additional_properties is None or closed.additional_properties.value is not False:
        return False
    return not closed.pattern_properties and any(name not in closed.properties for name in other.required())
