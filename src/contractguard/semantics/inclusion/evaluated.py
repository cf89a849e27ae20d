"""`unevaluatedProperties` and `unevaluatedItems` as choices (JSON Schema 2020-12 core, 11.2 and 11.3; 2019-09 core, 9.3).

What they govern depends on which schemas applied in place hold. So each such schema is decided, and every way of deciding them
tells exactly which children were looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from contractguard.model.places import Node
from contractguard.model.schema import Dialect, JsonType, Schema, SchemaReader
from contractguard.semantics.inclusion.literals import Child, Literal, Literals, Side, Step, Where
from contractguard.semantics.inclusion.outcome import UndecidedError
from contractguard.semantics.inclusion.things import Each, Group, Has, Lacks, Thing

_CONTAINS_LOOKS = frozenset({Dialect.DRAFT_2020_12, Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
"""Where items that `contains` finds count as evaluated (2020-12 core, 11.2); in 2019-09 they do not."""

_MOST_WAYS = 256
"""Ways of deciding the schemas in place; more are not looked at."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked at: everything, or these names and patterns, or so many first items and those that a schema finds."""

    everything: bool = False
    names: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    items: int = 0
    found: tuple[Node, ...] = ()

    def joined(self, other: _Looked) -> _Looked:
        """What one or the other looked at."""
        return _Looked(
            self.everything or other.everything,
            self.names | other.names,
            tuple(dict.fromkeys((*self.patterns, *other.patterns))),
            max(self.items, other.items),
            (*self.found, *other.found),
        )


_NOTHING = _Looked()
_Way = tuple[tuple[Thing, ...], _Looked]


class Evaluations:
    """What the two keywords say, for the schemas of both sides."""

    def __init__(self, literals: Literals, readers: tuple[SchemaReader, SchemaReader]) -> None:
        self._literals = literals
        self._readers = readers
        self._either: dict[tuple[int, ...], Node] = {}

    def holds(self, schema: Schema, side: Side, kind: JsonType) -> list[Group]:
        """The choices that a schema with such a keyword leaves where it holds. Raises `UndecidedError`."""
        node = _keyword(schema, kind)
        if node is None:
            return []
        group: Group = []
        for things, looked in self._ways(schema, side, kind):
            if looked.everything:
                group.append(things)
            else:
                literal = self._literals.literal(self._or_found(node, looked), side, holds=True)
                group.append((*things, Each(_rest(looked, kind), literal)))
        return [group]

    def fails(self, schema: Schema, side: Side, kind: JsonType) -> Group:
        """The ways in which the keyword can be wrong. Raises `UndecidedError`."""
        node = _keyword(schema, kind)
        if node is None:
            return []
        return [
            (*things, self._wrong(node, looked, side, kind))
            for things, looked in self._ways(schema, side, kind)
            if not looked.everything
        ]

    def _wrong(self, node: Node, looked: _Looked, side: Side, kind: JsonType) -> Child:
        literal = self._literals.literal(self._or_found(node, looked), side, holds=False)
        return self._literals.child(_rest(looked, kind), (literal,))

    def _or_found(self, node: Node, looked: _Looked) -> Node:
        """The schema of what was not looked at, or one of those by which `contains` finds items: one node that says so."""
        if not looked.found:
            return node
        if any(other.path != node.path for other in looked.found):
            raise UndecidedError("unevaluatedItems")
        key = (id(node.value), *(id(other.value) for other in looked.found))
        if key not in self._either:
            either: list[object] = [node.value, *(other.value for other in looked.found)]
            self._either[key] = node.with_value({"anyOf": either})  # type: ignore[dict-item]  # all of them are JSON
        return self._either[key]

    def _ways(self, schema: Schema, side: Side, kind: JsonType) -> list[_Way]:
        """All ways of deciding the schemas in place, with what each looks at; `schema` itself is taken to hold."""
        ways: list[_Way] = [((), _own(schema, kind))]
        for options in self._options(schema, side, kind):
            if options == [((), _NOTHING)]:
                continue
            if len(ways) * len(options) > _MOST_WAYS:
                raise UndecidedError("unevaluatedProperties" if kind is JsonType.OBJECT else "unevaluatedItems")
            ways = [((*a, *b), seen.joined(more)) for (a, seen), (b, more) in product(ways, options)]
        return ways

    def _options(self, schema: Schema, side: Side, kind: JsonType) -> Iterable[list[_Way]]:
        """For each schema in place, the ways in which it adds to what was looked at."""
        for node in schema.all_of:
            yield self._inner(node, side, kind)
        for node in (*schema.any_of, *schema.one_of):
            yield self._decided(node, (node,), (), side, kind)
        if schema.if_ is not None:
            then = () if schema.then is None else (schema.then,)
            yield self._decided(
                schema.if_, (schema.if_, *then), () if schema.else_ is None else (schema.else_,), side, kind
            )
        if kind is JsonType.OBJECT:
            for name, node in schema.dependent_schemas.items():
                inner = self._inner(node, side, kind)
                if inner != [((), _NOTHING)]:
                    yield [((Lacks(name),), _NOTHING), *(((Has(name), *things), seen) for things, seen in inner)]

    def _decided(
        self, condition: Node, yes: Sequence[Node], no: Sequence[Node], side: Side, kind: JsonType
    ) -> list[_Way]:
        """The condition holds and those of `yes` look, or it does not and those of `no` do."""
        looks = [
            (literal_holds, self._together(nodes, side, kind)) for literal_holds, nodes in ((True, yes), (False, no))
        ]
        if all(ways == [((), _NOTHING)] for _, ways in looks):
            return [((), _NOTHING)]
        decided: list[_Way] = []
        for holds, ways in looks:
            literal: Literal = self._literals.literal(condition, side, holds=holds)
            decided += [((literal, *things), seen) for things, seen in ways]
        return decided

    def _together(self, nodes: Sequence[Node], side: Side, kind: JsonType) -> list[_Way]:
        ways: list[_Way] = [((), _NOTHING)]
        for node in nodes:
            inner = self._inner(node, side, kind)
            ways = [((*a, *b), seen.joined(more)) for (a, seen), (b, more) in product(ways, inner)]
        return ways

    def _inner(self, node: Node, side: Side, kind: JsonType) -> list[_Way]:
        schema = self._readers[side].read(node)
        return [((), _Looked(everything=True))] if _sees_rest(schema, kind) else self._ways(schema, side, kind)


def _keyword(schema: Schema, kind: JsonType) -> Node | None:
    """The node of the keyword, where it has anything left to say."""
    if kind is JsonType.OBJECT:
        return None if _own(schema, kind).everything else schema.unevaluated_properties
    if kind is JsonType.ARRAY:
        return None if _own(schema, kind).everything else schema.unevaluated_items
    return None


def _own(schema: Schema, kind: JsonType) -> _Looked:
    """What the keywords of the schema itself look at."""
    if kind is JsonType.OBJECT:
        everything = schema.additional_properties is not None or schema.evaluates_properties
        return _Looked(everything, frozenset(schema.properties), tuple(schema.pattern_properties))
    everything = schema.items is not None or schema.evaluates_items
    found = (schema.contains,) if schema.contains is not None and schema.dialect in _CONTAINS_LOOKS else ()
    return _Looked(everything, items=len(schema.prefix_items), found=found)


def _sees_rest(schema: Schema, kind: JsonType) -> bool:
    """Whether a schema applied in place looks at all children."""
    unevaluated = schema.unevaluated_properties if kind is JsonType.OBJECT else schema.unevaluated_items
    return unevaluated is not None or _own(schema, kind).everything


def _rest(looked: _Looked, kind: JsonType) -> Step:
    if kind is JsonType.OBJECT:
        return Step(Where.OTHER_PROPERTY, names=looked.names, avoiding=looked.patterns)
    return Step(Where.LATER_ITEM, index=looked.items)
