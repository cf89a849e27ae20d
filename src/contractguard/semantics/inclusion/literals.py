"""Literals and goals: "this schema holds", "this one does not", "there is a property for which all of these hold".

Literals are interned, so that goals are equal when they say the same, and can be remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from contractguard.errors import UnreadableError
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, JsonType, Schema, SchemaReader
from contractguard.model.values import JsonValue, canonical
from contractguard.semantics.likeness import Key, Likeness


class Side(IntEnum):
    """The version that a schema belongs to: its references are followed there."""

    BASE = 0
    HEAD = 1


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A schema that holds, or does not."""

    number: int
    schema: Schema
    node: Node
    side: Side
    holds: bool


class Where(IntEnum):
    """Which child of a payload a `Child` literal speaks of."""

    PROPERTY = 0
    """The property called `name`."""
    OTHER_PROPERTY = 1
    """A property whose name is not in `names` and matches none of `avoiding`."""
    MATCHING_PROPERTY = 2
    """A property whose name matches the pattern `name`."""
    NAME = 3
    """The name of a property."""
    ITEM = 4
    """The item at `index`."""
    LATER_ITEM = 5
    """An item at `index` or after it."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a payload to one of its children."""

    where: Where
    name: str = ""
    index: int = 0
    names: frozenset[str] = frozenset()
    avoiding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Child:
    """There is a child of the payload for which a goal holds."""

    number: int
    step: Step
    goal: Goal


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """The schema that the receiver has for this part of the payload. It restricts nothing: a payload that keeps to it where it
    can shows better what is refused, and the declared reading asks it for names.
    """

    number: int
    schema: Schema
    node: Node
    side: Side


Part: TypeAlias = "Literal | Child | Beside"
Goal: TypeAlias = tuple[Part, ...]
"""All of these hold of one payload; sorted by number, each once."""

Mark: TypeAlias = tuple[Side, Key]
"""A side, and what a schema of it says: schemas that are the same on both sides differ in the side only."""

_OTHER = {Side.BASE: Side.HEAD, Side.HEAD: Side.BASE}
_SYNTHETIC = Dialect.DRAFT_2020_12


class Literals:
    """The literals of one comparison."""

    def __init__(self, readers: tuple[SchemaReader, SchemaReader], unchanged: Callable[[Node, Node], bool]) -> None:
        self._readers = readers
        self._unchanged = unchanged
        self._known: dict[object, Part] = {}
        self._sames: dict[tuple[int, int], bool] = {}
        self._likeness = Likeness()
        self._marks: dict[int, Mark | None] = {}
        self._read: dict[tuple[int, Side], tuple[Node, Schema]] = {}
        """The schemas at nodes by the `id` of these, which are kept: a look-up here is cheaper than one by their places."""

    def read(self, node: Node, side: Side) -> Schema:
        """The schema at a node of one side. Raises `UnreadableError`."""
        known = self._read.get((id(node), side))
        if known is None:
            known = self._read[id(node), side] = (node, self._readers[side].read(node))
        return known[1]

    def literal(self, node: Node, side: Side, *, holds: bool) -> Literal:
        """The literal about the schema at `node`. Raises `UnreadableError`."""
        return self.about(self.read(node, side), node, side, holds=holds)

    def about(self, schema: Schema, node: Node, side: Side, *, holds: bool) -> Literal:
        """The literal about a schema that was read already, from `node`."""
        key = (id(schema), side, holds)  # the literal keeps the schema alive, so the id stays its own
        known = self._known.get(key)
        if not isinstance(known, Literal):
            known = Literal(len(self._known), schema, node, side, holds)
            self._known[key] = known
        return known

    def beside(self, node: Node, side: Side) -> Beside:
        """The part of a goal that names the receiver's schema."""
        schema = self.read(node, side)
        key = (id(schema), side, "beside")
        known = self._known.get(key)
        if not isinstance(known, Beside):
            known = Beside(len(self._known), schema, node, side)
            self._known[key] = known
        return known

    def kept_to(self, beside: Beside) -> Literal:
        """The literal that the receiver's schema holds."""
        return self.about(beside.schema, beside.node, beside.side, holds=True)

    def negated(self, literal: Literal) -> Literal:
        """The opposite literal."""
        return self.about(literal.schema, literal.node, literal.side, holds=not literal.holds)

    def both(self, literal: Literal) -> tuple[Literal, Literal]:
        """A literal and its opposite, the one that says that the schema holds first."""
        opposite = self.negated(literal)
        return (literal, opposite) if literal.holds else (opposite, literal)

    def values(self, values: Iterable[JsonValue], *, holds: bool) -> Literal:
        """The payload is one of these values, or none of them."""
        listed = {canonical(value): value for value in values}
        nodes = tuple(Node(value, "", "") for _, value in sorted(listed.items()))
        return self._made(("values", *sorted(listed)), holds=holds, enum=nodes)

    def pattern(self, pattern: str, *, holds: bool) -> Literal:
        """The payload matches a pattern, or does not."""
        return self._made(("pattern", pattern), holds=holds, pattern=pattern)

    def text(self) -> Literal:
        """The payload is a string."""
        return self._made(("text",), holds=True, types=frozenset({JsonType.STRING}))

    def child(self, step: Step, goal: Goal) -> Child:
        """There is such a child."""
        key = (step, goal)
        known = self._known.get(key)
        if not isinstance(known, Child):
            known = Child(len(self._known), step, goal)
            self._known[key] = known
        return known

    @staticmethod
    def goal(literals: Iterable[Part]) -> Goal:
        """The conjunction of literals."""
        return tuple(sorted(set(literals), key=lambda literal: literal.number))

    def mark(self, literal: Literal) -> Mark | None:
        """What literals of the other side about the same schema have as their `facing` mark.

        None where nothing follows for the other side: from a part of a schema that holds, or of what no file says.
        """
        if literal.number not in self._marks:
            tells = bool(literal.node.path) and (not literal.holds or self.whole(literal) is literal.schema)
            key = self._likeness.key(self.whole(literal).node) if tells else None
            self._marks[literal.number] = (literal.side, key) if tells else None
        return self._marks[literal.number]

    def facing(self, literal: Literal) -> Mark | None:
        """The mark of the literals of the other side that may be about the same schema; None as for `mark`."""
        mark = self.mark(literal)
        return None if mark is None else (_OTHER[mark[0]], mark[1])

    def whole(self, literal: Literal | Beside) -> Schema:
        """The schema of which a literal may say a part only."""
        return self.read(literal.node, literal.side)

    def same(self, node: Node, side: Side, literal: Literal | Beside) -> bool:
        """Whether the schema at a node of one side is that of a literal of the other, to the last reference."""
        if side is literal.side or not node.path or not literal.node.path:
            return False
        try:
            schema = self.read(node, side)
        except UnreadableError:  # whoever needs it will say so
            return self._are_unchanged(node, literal.node, side)
        key = (id(schema), literal.number)  # many references lead to one schema; the reader keeps it
        known = self._sames.get(key)
        if known is None:
            known = self._sames[key] = self._are_unchanged(schema.node, self.whole(literal).node, side)
        return known

    def _are_unchanged(self, node: Node, other: Node, side: Side) -> bool:
        return self._unchanged(node, other) if side is Side.BASE else self._unchanged(other, node)

    def _made(self, key: object, *, holds: bool, **fields: object) -> Literal:
        made = self._known.get((key, holds))
        if not isinstance(made, Literal):
            node = Node(value=True, path="", pointer="")
            schema = Schema(node=node, dialect=_SYNTHETIC, **fields)  # type: ignore[arg-type]  # fields of Schema, by name
            made = Literal(len(self._known), schema, node, Side.BASE, holds)
            self._known[(key, holds)] = made
        return made
