"""The declared reading (DESIGN, law 5): payloads hold only what is declared where the other side declares something new."""

from __future__ import annotations

from contractguard.model.schema import Schema, SchemaReader
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Side
from contractguard.semantics.languages import matches


class Declared:
    """Tells which names a payload of `sender` does not have: those that `receiver` declares and `sender` leaves unconstrained.

    Names gather through `allOf`, references, and the branches of `anyOf` and `oneOf`.
    """

    def __init__(self, readers: tuple[SchemaReader, SchemaReader], sender: Side) -> None:
        self._readers = readers
        self._sender = sender
        self._gathered: dict[Goal, frozenset[str]] = {}
        self._names: dict[int, tuple[Schema, frozenset[str]]] = {}

    def forbidden(self, goal: Goal, holding: tuple[Literal, ...]) -> frozenset[str]:
        """The names that the object of a goal must not have; `holding` are the schemas that hold in the case at hand."""
        declared = self._gathered.get(goal)
        if declared is None:
            declared = self._gathered[goal] = self._declared_in(goal)
        for literal in holding if declared else ():
            if literal.side is self._sender and literal.node.path:
                declared = _unconstrained(literal.schema, declared)
        return declared

    def _declared_in(self, goal: Goal) -> frozenset[str]:
        names: set[str] = set()
        for literal in goal:
            if not isinstance(literal, Child) and literal.side is not self._sender and literal.node.path:
                names |= self._declared_by(literal)
        return frozenset(names)

    def _declared_by(self, literal: Literal | Beside) -> frozenset[str]:
        # What a literal says may be a part of the schema only; what is declared is read from the whole of it.
        whole = self._readers[literal.side].read(literal.node)
        known = self._names.get(id(whole))
        if known is None:
            names: set[str] = set()
            met: set[int] = set()
            stack = [whole]
            reader = self._readers[literal.side]
            while stack:
                schema = stack.pop()
                if id(schema) not in met:
                    met.add(id(schema))
                    names |= schema.properties.keys()
                    stack += [reader.read(node) for node in (*schema.all_of, *schema.any_of, *schema.one_of)]
            known = (whole, frozenset(names))
            self._names[id(whole)] = known
        return known[1]


def _unconstrained(schema: Schema, names: frozenset[str]) -> frozenset[str]:
    """The names that a schema says nothing of. What cannot be said counts as said: fewer names are left out then."""
    if schema.additional_properties is not None or schema.unevaluated_properties is not None:
        return frozenset()
    left = names - schema.properties.keys() if schema.properties else names
    if not schema.pattern_properties:
        return left
    return frozenset(
        name for name in left if all(matches(pattern, name) is False for pattern in schema.pattern_properties)
    )
