"""Whether schemas exclude each other, as far as cheap and certain signs tell. `oneOf` over such branches is an `anyOf`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import canonical
from contractguard.semantics.required import required_names

_LOOKS_PER_BRANCH = 128
_LOOKS_PER_NAME = 4
"""Branches that no tag tells apart are looked at two by two: so often for each of them and for each property that they
declare or require, so that the work grows with the size of the union. What is not looked at counts as overlapping.
"""

_NUMERIC = frozenset({JsonType.INTEGER, JsonType.NUMBER})
_OBJECT = frozenset({JsonType.OBJECT})


def all_disjoint(reader: SchemaReader, branches: Sequence[Node], role: Role) -> bool:
    """Whether no payload is valid under two of the branches. False where that is not certain."""
    sides = [Signs(reader, reader.read(branch), role) for branch in branches]
    looks = sum(_LOOKS_PER_BRANCH + _LOOKS_PER_NAME * side.weight for side in sides)
    for first, second in _doubtful(sides):
        looks -= 1 + len(first.required) + len(second.required)
        if looks < 0 or not disjoint(first, second):
            return False
    return True


class Signs:
    """What tells a schema from others, found out once: listed values, required names, and those of its properties."""

    def __init__(self, reader: SchemaReader, schema: Schema, role: Role) -> None:
        self._reader = reader
        self.schema = schema
        self._role = role
        self._properties: dict[str, Signs] = {}

    def of(self, name: str) -> Signs:
        """The signs of a property that is declared."""
        known = self._properties.get(name)
        if known is None:
            known = self._properties[name] = Signs(
                self._reader, self._reader.read(self.schema.properties[name]), self._role
            )
        return known

    @cached_property
    def required(self) -> dict[str, None]:
        """The names that an object must have in this role."""
        return dict.fromkeys(required_names(self._reader, self.schema, self._role))

    @cached_property
    def listed(self) -> frozenset[str] | None:
        """The values that `enum` or `const` lists, as texts that are equal where the values are."""
        enum = self.schema.enum
        return None if enum is None else frozenset(canonical(item.value) for item in enum)

    @property
    def weight(self) -> int:
        """How many names the schema declares and requires."""
        return len(self.schema.properties) + len(self.schema.required)


def disjoint(first: Signs, second: Signs) -> bool:
    """Whether no payload is valid under both: by type, by listed values, or by a required property whose values differ."""
    a, b = first.schema, second.schema
    if a.boolean is False or b.boolean is False:
        return True
    if first.listed is not None and second.listed is not None:
        return first.listed.isdisjoint(second.listed)
    if a.types is None or b.types is None:
        return False
    if not _common_types(a.types, b.types):
        return True
    return a.types == b.types == _OBJECT and (
        _tagged_apart(first, second) or _closed_without(a, second) or _closed_without(b, first)
    )


def _doubtful(sides: Sequence[Signs]) -> Iterator[tuple[Signs, Signs]]:
    """The pairs that are not told apart by what can be told of many at once: the values that they or their tags list."""
    listed = [side for side in sides if side.listed is not None]
    objects = [side for side in sides if side.listed is None and side.schema.types == _OBJECT]
    others = [side for side in sides if side.listed is None and side.schema.types != _OBJECT]
    for index, first in enumerate(others):
        yield from ((first, second) for second in (*others[index + 1 :], *listed, *objects))
    yield from ((first, second) for first in listed for second in objects)
    if not _share_no_value(listed):
        yield from combinations(listed, 2)
    if not _is_any_tag(objects):
        yield from combinations(objects, 2)


def _share_no_value(listed: Sequence[Signs]) -> bool:
    values = [side.listed or frozenset() for side in listed]
    return len(frozenset().union(*values)) == sum(map(len, values))


def _is_any_tag(objects: Sequence[Signs]) -> bool:
    """Whether there is a property of which each lists values that no other does: the usual discriminator."""
    if not objects:
        return False
    smallest = min(objects, key=lambda side: side.weight)
    return any(_is_tag(name, objects) for name in smallest.schema.properties)


def _is_tag(name: str, objects: Sequence[Signs]) -> bool:
    met: set[str] = set()
    optional = 0
    for side in objects:
        if name not in side.schema.properties:
            return False
        listed = side.of(name).listed
        optional += name not in side.required
        # Two objects that both leave it out are not told apart by it.
        if listed is None or optional > 1 or not met.isdisjoint(listed):
            return False
        met |= listed
    return True


def _common_types(a: frozenset[JsonType], b: frozenset[JsonType]) -> bool:
    return bool(a & b) or bool(a & _NUMERIC and b & _NUMERIC)


def _tagged_apart(first: Signs, second: Signs) -> bool:
    """Whether a property that one requires and both declare has no value in common."""
    for name in (*first.required, *second.required):
        if name in first.schema.properties and name in second.schema.properties:
            a, b = first.of(name), second.of(name)
            if a.listed is not None and b.listed is not None and disjoint(a, b):
                return True
            types = (a.schema.types, b.schema.types)
            if types[0] is not None and types[1] is not None and not _common_types(types[0], types[1]):
                return True
    return False


def _closed_without(closed: Schema, other: Signs) -> bool:
    """Whether `closed` refuses a property that `other` requires."""
    if closed.additional_properties is None or closed.additional_properties.value is not False:
        return False
    return not closed.pattern_properties and any(name not in closed.properties for name in other.required)
