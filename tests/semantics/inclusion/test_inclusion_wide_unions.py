"""Unions of many alternatives: what is said of all of them together is not said of each, and the answers are the same."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from inclusion_questions import counterexample, empty, included, search

from contractguard.model.finding import Reading
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.outcome import EMPTY, Unknown, Witness


def branch(number: int, kind: str = "string", **more: Any) -> dict[str, Any]:
    """An alternative that overlaps with its like: an object may be valid under several."""
    name = f"p{number}"
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"type": kind}, "n": {"type": "integer"}},
        **more,
    }


def referring(keyword: str, branches: list[Any], prefix: str) -> Any:
    """The union with its alternatives in definitions of other names."""
    names = [f"{prefix}{number}" for number in range(len(branches))]
    return {
        keyword: [{"$ref": f"#/$defs/{name}"} for name in names],
        "$defs": dict(zip(names, branches, strict=True)),
    }


@pytest.mark.parametrize("number", [3, 12, 120])
def test_renamed_alternatives_that_overlap_are_the_same_union(number: int) -> None:
    branches = [branch(index) for index in range(number)]
    for keyword in ("oneOf", "anyOf"):
        old, new = referring(keyword, branches, "A"), referring(keyword, branches[::-1], "B")
        assert search(old, new, budget=Budget(question=60 * number)) is EMPTY


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("number", [3, 12, 60])
def test_one_of_many_alternatives_was_changed(number: int, reading: Reading) -> None:
    branches = [branch(index) for index in range(number)]
    changed = [*branches[:-1], branch(number - 1, "integer")]
    value = counterexample(referring("oneOf", branches, "A"), referring("oneOf", changed, "B"), reading=reading)
    assert f"p{number - 1}" in value


def test_descriptions_do_not_make_a_union_another_one() -> None:
    old, new = (referring("oneOf", [branch(index, title=name) for index in range(24)], name) for name in "AB")
    assert included(old, new)
    assert included(new, old)


def test_two_of_many_hold() -> None:
    branches = [branch(index) for index in range(12)]
    assert len(counterexample({"anyOf": branches}, {"oneOf": branches})) > 1
    assert included({"oneOf": branches}, {"anyOf": branches})
    assert empty({"oneOf": [*branches, *branches]})


def test_a_union_beyond_the_budget_is_left_undecided() -> None:
    old, new = (referring("oneOf", [branch(index, title=name) for index in range(60)], name) for name in "AB")
    assert search(old, new, budget=Budget(question=500)) == Unknown(frozenset({"budget"}))


def leaf(random: Random) -> Any:
    """A schema of few payloads, so that alternatives overlap and repeat."""
    return random.choice(
        [
            {"type": random.choice(["null", "integer", "string", "object"])},
            {"enum": random.sample([None, 0, 1, "a", "b", {}, {"a": 1}], 2)},
            {"minimum": random.randrange(3), "type": "number"},
            {"maxLength": random.randrange(2), "type": "string"},
            {"required": ["a"], "properties": {"a": {"type": random.choice(["integer", "null"])}}},
            {"maxProperties": random.randrange(2), "type": "object"},
            {"$ref": "#/$defs/shared"},
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_wide_unions_are_answered_as_they_are_evaluated(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (schemas by the roll of a die)
    shared = {"type": "integer", "maximum": 1}
    keyword = random.choice(["oneOf", "oneOf", "anyOf"])
    branches = [leaf(random) for _ in range(random.randrange(9, 14))]
    edited = list(branches)
    random.shuffle(edited)
    if random.randrange(2):
        edited[0] = leaf(random)
    old = {keyword: branches, "$defs": {"shared": shared}}
    new = {random.choice([keyword, "anyOf"]): edited, "$defs": {"shared": shared}}
    outcome = search(old, new)
    if isinstance(outcome, Witness):
        counterexample(old, new)
    assert not isinstance(outcome, Unknown)
    if outcome is EMPTY:
        from evaluation_cases import oracle  # noqa: PLC0415  (found beside the other folder's tests)

        before, after = oracle(old, "draft-2020-12"), oracle(new, "draft-2020-12")
        values = (
            None,
            False,
            -1,
            0,
            1,
            2,
            3,
            0.5,
            "",
            "a",
            "b",
            "ab",
            [],
            {},
            {"a": 1},
            {"a": None},
            {"b": 1},
            {"a": "", "b": 0},
        )
        assert not [value for value in values if before.is_valid(value) and not after.is_valid(value)]
