"""The search for a payload that makes a goal true, type by type and case by case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from contractguard.model.payload import Role
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation import Evaluator
from contractguard.semantics.inclusion.arrays import ArrayFilling
from contractguard.semantics.inclusion.case import Case, Means
from contractguard.semantics.inclusion.declared import Declared
from contractguard.semantics.inclusion.driver import LOOKS_PER_STEP, Asking, Budget, Search
from contractguard.semantics.inclusion.evaluating import goal_holds
from contractguard.semantics.inclusion.expansion import Expansion, admits
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Literals, Side
from contractguard.semantics.inclusion.numbers import NumberFacts, find_number, fraction
from contractguard.semantics.inclusion.objects import ObjectFilling
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, Outcome, UndecidedError, Witness, unknown
from contractguard.semantics.inclusion.strings import StringFacts, find_text
from contractguard.semantics.inclusion.things import (
    Alternative,
    Differs,
    Group,
    Looks,
    Lower,
    Match,
    Multiple,
    Upper,
    Whole,
)
from contractguard.semantics.languages import Budget as AutomataBudget
from contractguard.semantics.required import hidden_names

_KINDS = (JsonType.NULL, JsonType.BOOLEAN, JsonType.NUMBER, JsonType.STRING, JsonType.OBJECT, JsonType.ARRAY)
"""Plain payloads are tried first: they are easier to read."""

_FEW_VALUES: dict[JsonType, tuple[JsonValue, ...]] = {JsonType.NULL: (None,), JsonType.BOOLEAN: (False, True)}

_FEW = 8
"""Alternatives that are taken as they come."""
_AUTOMATON_STEPS = 20_000
"""Steps that one question about patterns may take in its automata."""
_PATTERN_STEPS = 50
"""What such a question counts for in the budget of the whole, beside the steps in its automata."""
_AUTOMATON_STEPS_A_STEP = 2


class Searcher:
    """Searches payloads for goals about the schemas of two sides, in one role and one reading."""

    def __init__(
        self,
        literals: Literals,
        readers: tuple[SchemaReader, SchemaReader],
        *,
        role: Role,
        sender: Side,
        declared: Declared | None,
        budget: Budget,
    ) -> None:
        self.literals = literals
        self.expansion = Expansion(literals, readers, role)
        # A keyword that nobody understands and that differs is told by itself; here it says nothing, as for every validator.
        self.evaluators = (
            Evaluator(readers[0], role, unknown_is_annotation=True),
            Evaluator(readers[1], role, unknown_is_annotation=True),
        )
        self.readers = readers
        self.role = role
        self.sender = sender
        self.declared = declared
        self._hidden: dict[int, tuple[Schema, frozenset[str]]] = {}
        self.budget = budget
        self._means = Means(self.expansion, literals, budget)

    def search(self, goal: Goal) -> Search:
        """The search for a payload of the goal."""
        kept = self._kept_to_receiver(goal)
        if kept is not None:
            outcome = yield kept
            if isinstance(outcome, Witness):
                return outcome
        holding = [part for part in goal if isinstance(part, Literal) and part.holds]
        if any(literal.schema.enum is not None for literal in holding):
            return self._among(goal, _shortest_list(holding))
        doubts = Doubts()
        for kind in _KINDS:
            if not all(admits(literal.schema, kind) for literal in holding):
                continue
            outcome = yield from self._of_kind(goal, kind)
            if isinstance(outcome, Witness):
                return outcome
            doubts.take(outcome)
        return doubts.verdict()

    def receiving(self, case: Case) -> list[tuple[Schema, Side]]:
        """What the receiver says of the payload of a case: the schemas that it must break, and those beside."""
        broken = [literal for literal in case.failing if literal.side is not self.sender and literal.node.path]
        found = [(self.literals.whole(literal), literal.side) for literal in broken]
        return [*found, *((part.schema, part.side) for part in case.beside)]

    def unsent(self, holding: tuple[Literal, ...]) -> set[str]:
        """The names that the sender's schemas mark as no part of a payload of this role, and that none of them asks for."""
        names: set[str] = set()
        asked: set[str] = set()
        for literal in holding:
            if self.role is not Role.NEITHER and literal.side is self.sender:
                names |= self._hidden_by(literal.schema)
                asked.update(self.expansion.required(literal.schema, literal.side))
                asked.update(*literal.schema.dependent_required.values())
        return names - asked

    def _hidden_by(self, schema: Schema) -> frozenset[str]:
        known = self._hidden.get(id(schema))
        if known is None:
            known = self._hidden[id(schema)] = (schema, hidden_names(self.readers[self.sender], schema, self.role))
        return known[1]

    def _kept_to_receiver(self, goal: Goal) -> Goal | None:
        """The goal with what the receiver takes here, where nothing asks for a payload that it refuses."""
        if not any(isinstance(part, Beside) for part in goal):
            return None
        if any(isinstance(part, Child) or (isinstance(part, Literal) and not part.holds) for part in goal):
            return None
        return self.literals.goal(self.literals.kept_to(part) if isinstance(part, Beside) else part for part in goal)

    def _among(self, goal: Goal, values: list[JsonValue]) -> Outcome:
        """One of some values that makes the goal true."""
        doubts = Doubts()
        for value in values:
            self.budget.step()
            holds = goal_holds(goal, value, self.evaluators, self.budget)
            if holds:
                return Witness(value)
            if holds is None:
                doubts.note("enum")
        return doubts.verdict()

    def _of_kind(self, goal: Goal, kind: JsonType) -> Search:
        values = _FEW_VALUES.get(kind)
        if values is not None:
            return self._among(goal, list(values))
        doubts = Doubts()
        stack: list[_Open] = [Case.of(goal, kind)]
        while stack:
            self.budget.step()
            try:
                outcome = yield from self._look_into(stack.pop(), goal, stack)
            except UndecidedError as undecided:
                outcome = unknown([str(undecided)])
            if isinstance(outcome, Witness):
                return outcome
            doubts.take(outcome)
        return doubts.verdict()

    def _look_into(self, open_one: _Open, goal: Goal, stack: list[_Open]) -> Search:
        """A payload for a case. Where something is left to choose, there is none yet, and each choice goes on the stack."""
        case = open_one if isinstance(open_one, Case) else (yield from self._opened(open_one))
        if case is None or not case.settle(self._means):
            return EMPTY
        return (yield from self._decide(case, goal, stack))

    def _opened(self, choice: _Chosen | _Opened) -> Asking[Case | None]:
        """The case with one more decision, None where a look at what was decided before rules it out."""
        if choice.case.rules_out(choice.alternative, self.literals):
            return None
        if isinstance(choice, _Chosen):
            return choice.case.chosen(choice.group, choice.alternative, self.budget)
        if choice.filling is not None and (yield from choice.filling.excludes(choice.alternative)):
            return None
        return choice.case.failing_for(choice.failing, choice.alternative, self.budget)

    def _decide(self, case: Case, goal: Goal, stack: list[_Open]) -> Search:
        """A payload for a case of which all that is forced is known, or the choices that are left."""
        if case.listed:
            return self._among(goal, _shortest_list(case.holding))
        if case.groups:
            group = min(case.groups, key=len)
            self.budget.look(len(group) + len(case.groups) // LOOKS_PER_STEP)
            stack += [_Chosen(case, group, alternative) for alternative in reversed(_likeliest_first(case, group))]
            return EMPTY
        # Where a part of the payload is asked for, filling the case leads straight to it.
        first = None if case.children else next(case.unexplained(), None)
        if first is not None and (yield from self._cannot_fail(case, first, goal)):
            return EMPTY
        outcome = yield from self._fill(case, goal)
        doubtful = self._not_failing(case, outcome)
        if doubtful is not None:
            stack += self._ways_to_fail(case, doubtful, goal)
            return EMPTY
        return outcome

    def _cannot_fail(self, case: Case, failing: Literal, goal: Goal) -> Asking[bool]:
        """Whether each way in which a schema can fail is ruled out by a look at the one member of the payload it speaks of.

        In most pairs of schemas it is, and then no payload need be put together to find out.
        """
        filling = self._filling(case, goal)
        if filling is None:
            return False
        for alternative in case.why(failing, self._means):
            if case.rules_out(alternative, self.literals) or (yield from filling.excludes(alternative)):
                continue
            self.budget.step()
            if case.failing_for(failing, alternative, self.budget).settle(self._means):
                return False
        return True

    def _filling(self, case: Case, goal: Goal) -> ObjectFilling | ArrayFilling | None:
        if case.kind is JsonType.OBJECT:
            return ObjectFilling(self, case, goal)
        return ArrayFilling(self, case) if case.kind is JsonType.ARRAY else None

    def _ways_to_fail(self, case: Case, failing: Literal, goal: Goal) -> list[_Opened]:
        """The ways in which a schema can fail in a case, the likeliest last."""
        group = case.why(failing, self._means)
        filling = self._filling(case, goal)
        return [_Opened(case, failing, alternative, filling) for alternative in reversed(group)]

    def _not_failing(self, case: Case, outcome: Outcome) -> Literal | None:
        """A schema that must not hold, and does for the payload found without asking; None where that decides nothing."""
        if isinstance(outcome, Witness):
            for literal in case.unexplained():
                evaluator = self.evaluators[literal.side]
                holds = evaluator.holds(literal.schema, outcome.value)
                self.budget.look(evaluator.steps_taken)
                if holds is not False:
                    return literal
            return None
        return None if outcome is EMPTY else next(case.unexplained(), None)

    def _fill(self, case: Case, goal: Goal) -> Search:
        """A payload for a case in which nothing is left to choose."""
        if case.kind is JsonType.NUMBER:
            return _number(case)
        if case.kind is JsonType.STRING:
            return self._text(case)
        filling = self._filling(case, goal)
        return EMPTY if filling is None else (yield from filling.search())

    def _text(self, case: Case) -> Outcome:
        facts = StringFacts(case.at_least, case.at_most)
        for thing in case.values:
            match thing:
                case Match(pattern, holds):
                    (facts.matching if holds else facts.avoiding).append(pattern)
                case Looks(name):
                    facts.formats.append(name)
                case Differs(value) if isinstance(value, str):
                    facts.excluded.add(value)
        if facts.matching or facts.avoiding:
            self.budget.step(_PATTERN_STEPS)
        steps = AutomataBudget(_AUTOMATON_STEPS)
        outcome = find_text(facts, steps)
        self.budget.step((_AUTOMATON_STEPS - max(steps.left, 0)) // _AUTOMATON_STEPS_A_STEP)
        return outcome


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A case with one alternative of a choice, not yet looked into."""

    case: Case
    group: Group
    alternative: Alternative


@dataclass(frozen=True, slots=True)
class _Opened:
    """A case with one more decision, not yet looked into: most are ruled out by a look at the one property they speak of."""

    case: Case
    failing: Literal
    alternative: Alternative
    filling: ObjectFilling | ArrayFilling | None


_Open: TypeAlias = Case | _Chosen | _Opened


def _likeliest_first(case: Case, group: Group) -> Group:
    """The alternatives of a choice; of many, those first that declare what is asked for, or of which a part holds already."""
    if len(group) <= _FEW:
        return group
    met = {literal.schema.node.key for literal in case.holding}
    asked = case.asked()

    def is_new(alternative: Alternative) -> bool:
        first = alternative[0] if alternative else None
        if not isinstance(first, Literal):
            return True
        return first.schema.node.key not in met and asked.isdisjoint(first.schema.properties)

    return sorted(group, key=is_new)


def _number(case: Case) -> Outcome:
    facts = NumberFacts()
    for thing in case.values:
        match thing:
            case Lower(bound):
                facts.lower.append(bound)
            case Upper(bound):
                facts.upper.append(bound)
            case Multiple(of, holds):
                (facts.steps if holds else facts.no_steps).append(of)
            case Whole(holds):
                facts.integer = facts.integer or holds
                facts.not_integer = facts.not_integer or not holds
            case Differs(value) if isinstance(value, int | float) and not isinstance(value, bool):
                facts.excluded.add(fraction(value))
    return find_number(facts)


def _shortest_list(holding: Iterable[Literal]) -> list[JsonValue]:
    """The values that the schemas which hold list, the shortest list where there are several; at least one has a list."""
    lists = [literal.schema.enum for literal in holding if literal.schema.enum is not None]
    return [item.value for item in min(lists, key=len)]
