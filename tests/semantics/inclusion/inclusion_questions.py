"""Asking the search for a payload that one schema takes and another refuses, and holding what it finds against `jsonschema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from contractguard.diff.unchanged import Unchanged
from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.literals import Side
from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Unknown, Witness
from contractguard.semantics.inclusion.questions import Inclusion

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evaluation"))

from evaluation_cases import oracle, read_schema

DRAFT = "draft-2020-12"


def search(
    old: Any,
    new: Any,
    *,
    reading: Reading = Reading.STRICT,
    role: Role = Role.NEITHER,
    dialect: str = DRAFT,
    sender: Side = Side.BASE,
    budget: Budget | None = None,
) -> Outcome:
    """A payload valid under `old` and not under `new`; dialects of OpenAPI are taken too.

    `old` is what is sent, `new` what is received; `sender` says which of them is the newer version.
    """
    schemas = (read_schema(old, dialect), read_schema(new, dialect))
    base, head = schemas if sender is Side.BASE else schemas[::-1]
    unchanged = Unchanged(base[0], head[0])
    asked = Inclusion(base[0], head[0], unchanged, sender=sender, role=role, reading=reading, budget=budget)
    (_, sent), (_, received) = schemas
    holding = asked.schema(sent, sent.node, sender, holds=True)
    failing = asked.schema(received, received.node, Side(1 - sender), holds=False)
    return asked.search(asked.goal(holding, failing))


def satisfiable(schema: Any, **options: Any) -> Outcome:
    """A payload that the schema takes; options as those of `search`."""
    return search(schema, {"not": {}}, **options)


def counterexample(old: Any, new: Any, **options: Any) -> Any:
    """The payload found by `search`, which `jsonschema` confirms on both sides. Fails where none is found."""
    outcome = search(old, new, **options)
    assert isinstance(outcome, Witness), outcome
    dialect = options.get("dialect", DRAFT)
    assert oracle(old, dialect).is_valid(outcome.value), f"{outcome.value!r} is not valid under the old schema"
    assert not oracle(new, dialect).is_valid(outcome.value), f"{outcome.value!r} is valid under the new schema"
    return outcome.value


def example(schema: Any, **options: Any) -> Any:
    """The payload found by `satisfiable`, which `jsonschema` confirms. Fails where none is found."""
    return counterexample(schema, {"not": {}}, **options)


def included(old: Any, new: Any, **options: Any) -> bool:
    """Whether it is proved that every payload of `old` is one of `new`. Fails where it is not decided, or a witness is wrong."""
    if search(old, new, **options) is EMPTY:
        return True
    counterexample(old, new, **options)
    return False


def empty(schema: Any, **options: Any) -> bool:
    """Whether it is proved that the schema takes nothing. Fails where it is not decided, or a payload is wrong."""
    return included(schema, {"not": {}}, **options)


def doubts(old: Any, new: Any, **options: Any) -> set[str]:
    """The reasons for which `search` does not decide. Fails where it does."""
    outcome = search(old, new, **options)
    assert isinstance(outcome, Unknown), outcome
    return set(outcome.reasons)
