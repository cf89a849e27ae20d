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
        self._names: dict[int, tuple[Schema, frozenset[str]]] = {}

    def forbidden(self, goal: Goal, holding: tuple[Literal, ...]) -> frozenset[str]:
        """The names that the object of a goal must not have; `holding` are the schemas that hold in the case at hand."""
        declared: set[str] = set()
        for literal in goal:
            if not isinstance(literal, Child) and literal.side is not self._sender and literal.node.path:
                declared |= self._declared_by(literal)
        if not declared:
            return frozenset()
        senders = [literal.schema for literal in holding if literal.side is self._sender and literal.node.path]
        return frozenset(name for name in declared if not any(_constrains(schema, name) for schema in senders))

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


def _constrains(schema: Schema, name: str) -> bool:
    """Whether a schema says anything of a property. What cannot be said counts as yes: fewer names are left out then."""
    if (
        name in schema.properties
        or schema.additional_properties is not None
        or schema.unevaluated_properties is not None
    ):
        return True
    return any(matches(pattern, name) is not False for pattern in schema.pattern_properties)
