"""Asking whether what one side sends is what the other takes."""

from __future__ import annotations

from collections.abc import Callable

from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Schema, SchemaReader
from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.declared import Declared
from contractguard.semantics.inclusion.driver import Budget, Driver
from contractguard.semantics.inclusion.literals import Goal, Literal, Literals, Part, Side, Step
from contractguard.semantics.inclusion.outcome import Outcome
from contractguard.semantics.inclusion.search import Searcher


class Inclusion:
    """Questions about payloads that `sender` sends and the other side takes, in one role and one reading.

    What was found once is remembered, so questions about schemas that share parts cost little.
    """

    def __init__(
        self,
        base: SchemaReader,
        head: SchemaReader,
        unchanged: Callable[[Node, Node], bool],
        *,
        sender: Side,
        role: Role,
        reading: Reading,
        budget: Budget | None = None,
    ) -> None:
        readers = (base, head)
        self._literals = Literals(readers, unchanged)
        declared = Declared(readers, sender) if reading is Reading.DECLARED else None
        budget = budget or Budget()
        searcher = Searcher(self._literals, readers, role=role, sender=sender, declared=declared, budget=budget)
        self._evaluators = searcher.evaluators
        self._driver = Driver(searcher.search, budget)

    def schema(self, schema: Schema, node: Node, side: Side, *, holds: bool) -> Literal:
        """The literal that a schema, read from `node`, holds or does not."""
        return self._literals.about(schema, node, side, holds=holds)

    def at(self, node: Node, side: Side, *, holds: bool) -> Literal:
        """The literal that the schema at `node` holds or does not. Raises `UnreadableError`."""
        return self._literals.literal(node, side, holds=holds)

    def value(self, value: JsonValue) -> Literal:
        """The literal that the payload is this value."""
        return self._literals.values([value], holds=True)

    def goal(self, *parts: Part) -> Goal:
        """The goal that all parts hold."""
        return self._literals.goal(parts)

    def within(self, steps: tuple[Step, ...], goal: Goal) -> Goal:
        """The same goal for a part of the payload, at the end of a way into it."""
        for step in reversed(steps):
            goal = (self._literals.child(step, goal),)
        return goal

    def weight(self, schema: Schema, side: Side, payload: JsonValue) -> int:
        """How many schemas must be applied to say whether a payload is valid under one."""
        evaluator = self._evaluators[side]
        evaluator.holds(schema, payload)
        return evaluator.steps_taken

    def search(self, *goals: Goal) -> Outcome:
        """A payload that makes all goals true, the proof that there is none, or that it was not decided."""
        return self._driver.solve(self._literals.goal(literal for goal in goals for literal in goal))
