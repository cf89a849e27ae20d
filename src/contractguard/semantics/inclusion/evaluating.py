"""Whether a value at hand makes a goal true."""

from __future__ import annotations

from collections.abc import Iterable

from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation import Evaluator
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Part, Step, Where
from contractguard.semantics.languages import matches

Evaluators = tuple[Evaluator, Evaluator]


def goal_holds(goal: Goal, value: JsonValue, evaluators: Evaluators, budget: Budget) -> bool | None:
    """Whether all literals hold of the value; None where that cannot be said. Raises `OutOfStepsError`."""
    told: bool | None = True
    for literal in sorted(goal, key=_is_costly):
        holds = _literal_holds(literal, value, evaluators, budget)
        if holds is False:
            return False
        if holds is None:
            told = None
    return told


def _is_costly(part: Part) -> bool:
    """Whether a part of a goal asks more than what a child of the value says: most values have no such child."""
    return isinstance(part, Literal)


def _literal_holds(literal: Part, value: JsonValue, evaluators: Evaluators, budget: Budget) -> bool | None:
    if isinstance(literal, Beside):
        return True
    if isinstance(literal, Child):
        return _any(goal_holds(literal.goal, child, evaluators, budget) for child in _children(literal.step, value))
    evaluator = evaluators[literal.side]
    valid = evaluator.holds(literal.schema, value)
    budget.look(evaluator.steps_taken)
    return None if valid is None else valid is literal.holds


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    told: bool | None = False
    for verdict in verdicts:
        if verdict:
            return True
        if verdict is None:
            told = None
    return told


def _children(step: Step, value: JsonValue) -> list[JsonValue]:  # noqa: PLR0911  (one for each sort of child)
    """The children of a value that a step speaks of."""
    if isinstance(value, list):
        if step.where is Where.ITEM:
            return value[step.index : step.index + 1]
        return value[step.index :] if step.where is Where.LATER_ITEM else []
    if not isinstance(value, dict):
        return []
    if step.where is Where.PROPERTY:
        return [value[step.name]] if step.name in value else []
    if step.where is Where.NAME:
        return list(value)
    if step.where is Where.MATCHING_PROPERTY:
        return [held for name, held in value.items() if matches(step.name, name)]
    if step.where is Where.OTHER_PROPERTY:
        return [held for name, held in value.items() if is_other(step, name)]
    return []


def is_other(step: Step, name: str) -> bool:
    """Whether a name is none of those of the step, and certainly matches none of its patterns."""
    return name not in step.names and all(matches(pattern, name) is False for pattern in step.avoiding)
