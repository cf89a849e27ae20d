"""What a literal says of payloads of one JSON type, one keyword at a time.

A schema that holds says several things, all of which must hold, and leaves some choices (`anyOf`). A schema that does not hold
is one choice: one of the things that it says is wrong. Keywords say nothing of payloads of other types (2020-12 validation, 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Bound, JsonType, Schema, SchemaReader, type_of
from contractguard.model.values import JsonValue
from contractguard.semantics.disjoint import all_disjoint
from contractguard.semantics.inclusion.evaluated import Evaluations
from contractguard.semantics.inclusion.literals import Literal, Literals, Mark, Side, Step, Where
from contractguard.semantics.inclusion.things import (
    AllBut,
    AnyFrom,
    Counted,
    Differs,
    Distinct,
    Group,
    Has,
    Lacks,
    Looks,
    Lower,
    Match,
    Multiple,
    Size,
    Thing,
    Together,
    Upper,
    Whole,
)
from contractguard.semantics.required import required_names

Knowing: TypeAlias = Callable[[Literal], bool | None]

_TRUE_FREE: Group = [()]
"""The choice of a literal that holds without anything more being said."""


def _nothing_known(_: Literal) -> None:
    return None


@dataclass(slots=True)
class Expanded:
    """What a positive literal says: things that hold, choices, and whether the schema's own members are to be kept at hand."""

    things: list[Thing] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


class Expansion:
    """Expands literals of the schemas of both sides."""

    def __init__(self, literals: Literals, readers: tuple[SchemaReader, SchemaReader], role: Role) -> None:
        self._literals = literals
        self._readers = readers
        self._role = role
        self._disjoint: dict[int, bool] = {}
        self._together: dict[tuple[int, ...], Together] = {}
        self._evaluations = Evaluations(literals, readers)

    def positive(self, literal: Literal, kind: JsonType) -> Expanded | None:
        """What holds of payloads of a type where the schema holds; None where no such payload is valid.

        The members of objects and arrays (`properties`, `items`, …) are not told here: filling looks them up in the schema.
        Raises `UndecidedError`.
        """
        schema, side = literal.schema, literal.side
        if schema.boolean is not None:
            return Expanded() if schema.boolean else None
        if not admits(schema, kind):
            return None
        said = Expanded()
        if schema.types is not None and kind is JsonType.NUMBER and JsonType.NUMBER not in schema.types:
            said.things.append(Whole(holds=True))
        said.things += _POSITIVE[kind](self, schema, side)
        self._combined(schema, side, said)
        if kind is JsonType.OBJECT:
            self._dependents(schema, side, said)
        said.groups += self._evaluations.holds(schema, side, kind)
        return said

    def negative(self, literal: Literal, kind: JsonType, knows: Knowing = _nothing_known) -> Group:
        """The ways in which the schema can be false of a payload of a type. Raises `UndecidedError`.

        `knows` says of literals that hold or do not what is known of the payload: other ways need not be told.
        """
        schema, side = literal.schema, literal.side
        if schema.boolean is not None:
            return [] if schema.boolean else _TRUE_FREE
        if not admits(schema, kind):
            return _TRUE_FREE
        group: Group = []
        if schema.enum is not None:
            listed = [item.value for item in schema.enum if _is_kind(item, kind)]
            if not listed:
                return _TRUE_FREE
            group.append(tuple(Differs(value) for value in listed))
        if schema.types is not None and kind is JsonType.NUMBER and JsonType.NUMBER not in schema.types:
            group.append((Whole(holds=False),))
        group += _NEGATIVE[kind](self, schema, side)
        group += self._not_combined(schema, side, knows)
        if kind is JsonType.OBJECT:
            group += self._not_dependents(schema, side)
        group += self._evaluations.fails(schema, side, kind)
        return group

    def required(self, schema: Schema, side: Side) -> tuple[str, ...]:
        """The names that an object must have, in this role."""
        return required_names(self._readers[side], schema, self._role)

    # numbers and strings

    def _number(self, schema: Schema, _: Side) -> list[Thing]:
        things: list[Thing] = []
        if schema.minimum is not None:
            things.append(Lower(schema.minimum))
        if schema.maximum is not None:
            things.append(Upper(schema.maximum))
        if schema.multiple_of is not None:
            things.append(Multiple(schema.multiple_of, holds=True))
        return things

    def _not_number(self, schema: Schema, _: Side) -> Group:
        group: Group = []
        if schema.minimum is not None:
            group.append((Upper(_beyond(schema.minimum)),))
        if schema.maximum is not None:
            group.append((Lower(_beyond(schema.maximum)),))
        if schema.multiple_of is not None:
            group.append((Multiple(schema.multiple_of, holds=False),))
        return group

    def _string(self, schema: Schema, _: Side) -> list[Thing]:
        things: list[Thing] = _sizes(schema.min_length, schema.max_length)
        if schema.pattern is not None:
            things.append(Match(schema.pattern, holds=True))
        if schema.format is not None:
            things.append(Looks(schema.format))
        return things

    def _not_string(self, schema: Schema, _: Side) -> Group:
        group = _not_sizes(schema.min_length, schema.max_length)
        if schema.pattern is not None:
            group.append((Match(schema.pattern, holds=False),))
        return group

    # arrays

    def _array(self, schema: Schema, side: Side) -> list[Thing]:
        things = _sizes(schema.min_items, schema.max_items)
        if schema.unique_items:
            things.append(Distinct(holds=True))
        if schema.contains is not None and (schema.min_contains or schema.max_contains is not None):
            literal = self._literals.literal(schema.contains, side, holds=True)
            things.append(Counted(literal, schema.min_contains or 0, schema.max_contains))
        return things

    def _not_array(self, schema: Schema, side: Side) -> Group:
        group = _not_sizes(schema.min_items, schema.max_items)
        for index, item in enumerate(schema.prefix_items):
            group.append((self._child(Step(Where.ITEM, index=index), item, side),))
        if schema.items is not None:
            group.append((self._child(Step(Where.LATER_ITEM, index=len(schema.prefix_items)), schema.items, side),))
        if schema.contains is not None:
            literal = self._literals.literal(schema.contains, side, holds=True)
            if schema.min_contains:
                group.append((Counted(literal, 0, schema.min_contains - 1),))
            if schema.max_contains is not None:
                group.append((Counted(literal, schema.max_contains + 1, None),))
        if schema.unique_items:
            group.append((Distinct(holds=False),))
        return group

    # objects

    def _object(self, schema: Schema, side: Side) -> list[Thing]:
        things = _sizes(schema.min_properties, schema.max_properties)
        things += [Has(name) for name in self.required(schema, side)]
        return things

    def _not_object(self, schema: Schema, side: Side) -> Group:
        group: Group = [(Lacks(name),) for name in self.required(schema, side)]
        group += _not_sizes(schema.min_properties, schema.max_properties)
        for name, node in schema.properties.items():
            group.append((self._child(Step(Where.PROPERTY, name), node, side),))
        for pattern, node in schema.pattern_properties.items():
            group.append((self._child(Step(Where.MATCHING_PROPERTY, pattern), node, side),))
        if schema.additional_properties is not None:
            group.append((self._child(other_property(schema), schema.additional_properties, side),))
        if schema.property_names is not None:
            group.append((self._child(Step(Where.NAME), schema.property_names, side),))
        return group

    def _dependents(self, schema: Schema, side: Side, said: Expanded) -> None:
        for name, names in schema.dependent_required.items():
            if names - {name}:
                said.groups.append([(Lacks(name),), (Has(name), *(Has(other) for other in sorted(names)))])
        for name, node in schema.dependent_schemas.items():
            said.groups.append([(Lacks(name),), (Has(name), self._literals.literal(node, side, holds=True))])

    def _not_dependents(self, schema: Schema, side: Side) -> Group:
        group: Group = [
            (Has(name), Lacks(other))
            for name, names in schema.dependent_required.items()
            for other in sorted(names)
            if other != name
        ]
        for name, node in schema.dependent_schemas.items():
            group.append((Has(name), self._literals.literal(node, side, holds=False)))
        return group

    def _child(self, step: Step, node: Node, side: Side) -> Thing:
        """There is such a child, and the schema at `node` does not hold for it."""
        return self._literals.child(step, (self._literals.literal(node, side, holds=False),))

    # schemas made of schemas

    def _combined(self, schema: Schema, side: Side, said: Expanded) -> None:
        literal = self._literals.literal
        said.things += [literal(node, side, holds=True) for node in schema.all_of]
        if schema.not_ is not None:
            said.things.append(literal(schema.not_, side, holds=False))
        if schema.any_of:
            said.groups.append([(literal(node, side, holds=True),) for node in schema.any_of])
        if schema.one_of:
            said.groups.append(self._exactly_one(schema, side))
        if schema.if_ is not None and (schema.then is not None or schema.else_ is not None):
            said.groups.append(
                [
                    (literal(schema.if_, side, holds=holds), *(literal(node, side, holds=True) for node in nodes))
                    for holds, nodes in _consequences(schema)
                ]
            )

    def _not_combined(self, schema: Schema, side: Side, knows: Knowing) -> Group:
        literal = self._literals.literal
        group: Group = [(literal(node, side, holds=False),) for node in schema.all_of]
        if schema.not_ is not None:
            group.append((literal(schema.not_, side, holds=True),))
        if schema.any_of:
            group.append((AllBut(self._negated([literal(node, side, holds=True) for node in schema.any_of]), -1),))
        if schema.one_of:
            group += self._not_exactly_one(schema, side, knows)
        if schema.if_ is not None:
            for holds, nodes in _consequences(schema):
                group += [(literal(schema.if_, side, holds=holds), literal(node, side, holds=False)) for node in nodes]
        return group

    def _exactly_one(self, schema: Schema, side: Side) -> Group:
        yes = [self._literals.literal(node, side, holds=True) for node in schema.one_of]
        if self._all_disjoint(schema, side):
            return [(literal,) for literal in yes]
        no = self._negated(yes)
        return [(chosen, AllBut(no, index)) for index, chosen in enumerate(yes)]

    def _negated(self, literals: Sequence[Literal]) -> Together:
        """The opposites of literals; the same object for the same schemas, for there may be many."""
        key = tuple(literal.number for literal in literals)
        known = self._together.get(key)
        if known is None:
            no = tuple(self._literals.negated(literal) for literal in literals)
            by_mark: dict[Mark, tuple[Literal, ...]] = {}
            for literal in no:
                mark = self._literals.mark(literal)
                if mark is not None:
                    by_mark[mark] = (*by_mark.get(mark, ()), literal)
            places = {literal: place for place, literal in enumerate(no)}
            known = self._together[key] = Together(no, places, by_mark)
        return known

    def _not_exactly_one(self, schema: Schema, side: Side, knows: Knowing) -> Group:
        yes = [self._literals.literal(node, side, holds=True) for node in schema.one_of]
        if self._all_disjoint(schema, side):
            return [(AllBut(self._negated(yes), -1),)]
        known = [(literal, knows(literal)) for literal in yes]
        holding = [literal for literal, holds in known if holds]
        if len(holding) > 1:
            return _TRUE_FREE
        open_ones = tuple(literal for literal, holds in known if holds is None)
        if holding:
            return [(literal,) for literal in open_ones]
        none = (AllBut(self._negated(yes), -1),)
        # One of two that hold is the first to do so: a way for each of those, not for each two.
        return [none, *((literal, AnyFrom(open_ones, index + 1)) for index, literal in enumerate(open_ones[:-1]))]

    def differing(self, value: dict[str, JsonValue] | list[JsonValue]) -> Group:
        """The ways in which an object or array differs from this one."""
        if isinstance(value, dict):
            group: Group = [(Lacks(name),) for name in value]
            group += [(self._other_value(Step(Where.PROPERTY, name), held),) for name, held in value.items()]
            return [*group, (self._literals.child(Step(Where.OTHER_PROPERTY, names=frozenset(value)), ()),)]
        group = [(Size(0, len(value) - 1),)] if value else []
        group += [(self._other_value(Step(Where.ITEM, index=index), held),) for index, held in enumerate(value)]
        return [*group, (Size(len(value) + 1),)]

    def _other_value(self, step: Step, value: JsonValue) -> Thing:
        return self._literals.child(step, (self._literals.values([value], holds=False),))

    def _all_disjoint(self, schema: Schema, side: Side) -> bool:
        known = self._disjoint.get(id(schema))
        if known is None:
            known = all_disjoint(self._readers[side], schema.one_of, self._role)
            self._disjoint[id(schema)] = known
        return known


def admits(schema: Schema, kind: JsonType) -> bool:
    """Whether `type` lets payloads of a type through; `NUMBER` stands for integers as well."""
    types = schema.types
    if types is None or kind in types:
        return True
    return kind is JsonType.NUMBER and JsonType.INTEGER in types


def other_property(schema: Schema) -> Step:
    """The properties that `additionalProperties` governs: neither declared nor matched by a pattern."""
    return Step(Where.OTHER_PROPERTY, names=frozenset(schema.properties), avoiding=tuple(schema.pattern_properties))


def _is_kind(item: Node, kind: JsonType) -> bool:
    found = type_of(item.value)
    return found is kind or (kind is JsonType.NUMBER and found is JsonType.INTEGER)


def _beyond(bound: Bound) -> Bound:
    """The bound on the other side: what `bound` leaves out."""
    return Bound(bound.value, exclusive=not bound.exclusive)


def _sizes(at_least: int | None, at_most: int | None) -> list[Thing]:
    return [Size(at_least or 0, at_most)] if at_least or at_most is not None else []


def _not_sizes(at_least: int | None, at_most: int | None) -> Group:
    group: Group = []
    if at_least:
        group.append((Size(0, at_least - 1),))
    if at_most is not None:
        group.append((Size(at_most + 1),))
    return group


def _consequences(schema: Schema) -> Iterator[tuple[bool, tuple[Node, ...]]]:
    yield True, () if schema.then is None else (schema.then,)
    yield False, () if schema.else_ is None else (schema.else_,)


_POSITIVE: dict[JsonType, Callable[[Expansion, Schema, Side], list[Thing]]] = {
    JsonType.NUMBER: Expansion._number,  # noqa: SLF001
    JsonType.STRING: Expansion._string,  # noqa: SLF001
    JsonType.ARRAY: Expansion._array,  # noqa: SLF001
    JsonType.OBJECT: Expansion._object,  # noqa: SLF001
}
_NEGATIVE: dict[JsonType, Callable[[Expansion, Schema, Side], Group]] = {
    JsonType.NUMBER: Expansion._not_number,  # noqa: SLF001
    JsonType.STRING: Expansion._not_string,  # noqa: SLF001
    JsonType.ARRAY: Expansion._not_array,  # noqa: SLF001
    JsonType.OBJECT: Expansion._not_object,  # noqa: SLF001
}
