"""The walk over schema and value, and its limits. What each keyword says is in the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from contractguard.model.payload import Role
from contractguard.model.schema import JsonType, Schema, SchemaReader, type_of
from contractguard.model.values import JsonValue

Verdict: TypeAlias = bool | None
"""True, False, or None where it cannot be said (Kleene's third value)."""

MAX_LEVELS = 300
"""Schemas within schemas, in place or around parts of the value. It leaves room for a value of `MAX_DEPTH`, and keeps two
frames a level within Python's stack."""


class Judge:
    """Judges values within a budget of steps: one for each schema applied to a value, and for each item that is looked at."""

    def __init__(self, reader: SchemaReader, role: Role, plan: Callable[[Judge, Schema], Plan]) -> None:
        self.reader = reader
        self.role = role
        self.steps_left = 0
        self._plan = plan
        self._plans: dict[Schema, Plan] = {}

    def verdict(self, schema: Schema, value: JsonValue, level: int) -> Verdict:
        """Whether the value is valid under the schema; `level` is one more than that of the schema around it."""
        self.steps_left -= 1
        if self.steps_left < 0 or level > MAX_LEVELS:
            return None
        plan = self._plans.get(schema)
        if plan is None:
            plan = self._plans[schema] = self._plan(self, schema)
        told: Verdict = True
        for check in plan[type_of(value)]:
            verdict = check(self, value, level)
            if verdict is False:
                return False
            if verdict is None:
                told = None
        return told

    def spend(self, steps: int) -> bool:
        """Take steps for work that no schema below is asked about. False where they are used up: the answer is None."""
        self.steps_left -= steps
        return self.steps_left >= 0


Check: TypeAlias = Callable[[Judge, Any, int], Verdict]
"""One assertion of a schema: judge, value (of the type it is planned for) and level → verdict."""

Plan: TypeAlias = Mapping[JsonType, tuple[Check, ...]]
"""What a schema asserts of a value of each type, cheap assertions first."""


def refuse(_judge: Judge, _value: JsonValue, _level: int) -> Verdict:
    """The assertion that nothing meets."""
    return False


def undecided(_judge: Judge, _value: JsonValue, _level: int) -> Verdict:
    """The assertion of which nothing is known."""
    return None
