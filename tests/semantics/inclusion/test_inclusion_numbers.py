"""Finding a number: the smallest one for which everything holds, or the proof that there is none."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inclusion_questions import counterexample, doubts, empty, example, included

from contractguard.model.schema import Bound
from contractguard.semantics.inclusion.numbers import NumberFacts, _common_multiple, _outward, find_number, fraction
from contractguard.semantics.inclusion.outcome import EMPTY, Unknown, Witness, unknown

_TOO_LONG = unknown(["number with too many digits"])
_TOO_MANY = unknown(["multipleOf"])


def bounds(*values: float, exclusive: bool = False) -> list[Bound]:
    return [Bound(value, exclusive=exclusive) for value in values]


def found(
    least: float | None = None,
    most: float | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
    excluded: tuple[float, ...] = (),
    **facts: Any,
) -> Any:
    """The number found, or the outcome where there is none."""
    lower = [Bound(least)] if least is not None else []
    upper = [Bound(most)] if most is not None else []
    lower += [Bound(above, exclusive=True)] if above is not None else []
    upper += [Bound(below, exclusive=True)] if below is not None else []
    outcome = find_number(
        NumberFacts(lower=lower, upper=upper, excluded={fraction(number) for number in excluded}, **facts)
    )
    if not isinstance(outcome, Witness):
        return outcome
    assert isinstance(outcome.value, int | float)
    return outcome.value


def test_a_number_is_what_is_written() -> None:
    assert fraction(3) == 3
    assert fraction(0.1) == Fraction(1, 10)
    assert fraction(-2.5e-7) == Fraction(-25, 10**8)
    assert fraction(10**400) == 10**400


def test_a_whole_float_is_the_integer_that_it_equals() -> None:
    assert fraction(2.0) == 2
    assert fraction(1e23) == int(1e23) != 10**23
    assert empty({"minimum": 1e23, "maximum": 1e23, "type": "number", "not": {"const": 1e23}})


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, 0),
        ({"least": 5}, 5),
        ({"least": -5}, 0),
        ({"least": 0}, 0),
        ({"above": 0}, 1),
        ({"above": 5}, 6),
        ({"above": -1}, 0),
        ({"above": -1, "below": 0}, -0.1),
        ({"most": -5}, -5),
        ({"most": 5}, 0),
        ({"most": 0}, 0),
        ({"below": 0}, -1),
        ({"below": -5}, -6),
        ({"below": 1}, 0),
        ({"least": 0.5}, 1),
        ({"least": 0.5, "most": 0.7}, 0.5),
        ({"above": 0.5, "most": 0.7}, 0.6),
        ({"above": 0.5, "below": 0.6}, 0.51),
        ({"above": 0, "below": 1}, 0.1),
        ({"above": 0, "below": 0.1}, 0.01),
        ({"least": -0.7, "most": -0.5}, -0.5),
        ({"least": -0.7, "below": -0.5}, -0.6),
        ({"least": 0.123455, "most": 0.123465}, 0.12346),
        ({"least": 2.5, "most": 3.5}, 3),
        ({"least": 7, "most": 7}, 7),
        ({"least": 0.1, "most": 0.1}, 0.1),
        ({"least": 10**30, "most": 10**30}, 10**30),
    ],
)
def test_the_number_is_round_and_near_zero(limits: dict[str, float], expected: float) -> None:
    value = found(**limits)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    "limits",
    [
        {"least": 5, "most": 4},
        {"least": 5, "below": 5},
        {"above": 5, "most": 5},
        {"above": 5, "below": 5},
        {"least": 0.3, "most": 0.2},
        {"least": 5, "most": 5, "excluded": (5,)},
        {"least": 0.5, "most": 0.5, "no_steps": [0.25]},
        {"least": 3, "most": 3, "not_integer": True},
        {"least": 0.1, "most": 0.2, "integer": True},
        {"above": 1, "below": 2, "integer": True},
        {"least": 1, "most": 2, "integer": True, "excluded": (1, 2)},
        {"least": 1, "most": 4, "steps": [5]},
        {"above": 5, "below": 10, "steps": [5]},
        {"integer": True, "not_integer": True},
        {"steps": [4], "no_steps": [2]},
        {"steps": [2], "no_steps": [2]},
        {"steps": [2, 3], "no_steps": [6]},
        {"steps": [0.5], "no_steps": [0.1]},
        {"steps": [2], "not_integer": True},
        {"integer": True, "no_steps": [3, 5, 1]},
        {"least": 4, "most": 4, "integer": True, "no_steps": [2]},
    ],
)
def test_no_number_is_there(limits: dict[str, Any]) -> None:
    assert found(**limits) is EMPTY


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"integer": True, "above": 0}, 1),
        ({"integer": True, "least": 0.5}, 1),
        ({"integer": True, "most": -0.5}, -1),
        ({"integer": True, "least": -1.5, "most": -0.5}, -1),
        ({"integer": True, "least": 5, "most": 5}, 5),
        ({"integer": True, "excluded": (0,)}, 1),
        ({"integer": True, "excluded": (0, 1)}, -1),
        ({"integer": True, "excluded": (0, 1, -1)}, 2),
        ({"integer": True, "least": 0, "excluded": (0, 1)}, 2),
        ({"integer": True, "most": 0, "excluded": (0, -1)}, -2),
        ({"not_integer": True}, 0.1),
        ({"not_integer": True, "least": 3, "most": 4}, 3.1),
        ({"not_integer": True, "most": -3}, -3.1),
        ({"not_integer": True, "excluded": (0.1,)}, -0.1),
        ({"steps": [5], "above": 5}, 10),
        ({"steps": [5], "least": 5}, 5),
        ({"steps": [5], "least": 6}, 10),
        ({"steps": [5], "below": -5}, -10),
        ({"steps": [5], "most": -6}, -10),
        ({"steps": [5], "most": -5}, -5),
        ({"steps": [4, 6], "above": 0}, 12),
        ({"steps": [0.4, 0.6], "above": 0}, 1.2),
        ({"steps": [0.1], "above": 0.2}, 0.3),
        ({"steps": [0.5], "integer": True, "above": 0}, 1),
        ({"steps": [1.5], "integer": True, "above": 0}, 3),
        ({"steps": [1.5], "not_integer": True, "above": 0}, 1.5),
        ({"steps": [0.5], "no_steps": [1]}, 0.5),
        ({"steps": [2], "no_steps": [3]}, 2),
        ({"steps": [2], "no_steps": [3], "least": 6}, 8),
        ({"integer": True, "no_steps": [2, 3], "least": 2}, 5),
        ({"no_steps": [0.1]}, 0.01),
        ({"no_steps": [1]}, 0.1),
        ({"no_steps": [2], "least": 2}, 3),
        ({"excluded": (0,)}, 1),
        ({"excluded": (0, 1)}, -1),
        ({"above": 0, "below": 1, "excluded": (0.1, 0.2)}, 0.3),
        ({"least": 0, "most": 0.5, "excluded": (0, 0.1, 0.2, 0.3, 0.4, 0.5)}, 0.01),
    ],
)
def test_multiples_and_exceptions(limits: dict[str, Any], expected: float) -> None:
    value = found(**limits)
    assert value == expected
    assert type(value) is type(expected)


def test_the_tightest_of_several_bounds_counts() -> None:
    facts = NumberFacts(lower=bounds(1, 5, 3), upper=bounds(9, 6, 7))
    assert find_number(facts) == Witness(5)
    assert find_number(NumberFacts(upper=bounds(-1, -5, -3))) == Witness(-5)
    assert find_number(NumberFacts(lower=[*bounds(5), *bounds(5, exclusive=True)])) == Witness(6)
    assert find_number(NumberFacts(lower=[*bounds(5, exclusive=True), *bounds(5)])) == Witness(6)
    assert find_number(NumberFacts(lower=[*bounds(5), *bounds(4, exclusive=True)])) == Witness(5)
    assert find_number(NumberFacts(upper=[*bounds(-5), *bounds(-5, exclusive=True)])) == Witness(-6)
    assert find_number(NumberFacts(upper=[*bounds(-5, exclusive=True), *bounds(-5)])) == Witness(-6)
    assert find_number(NumberFacts(upper=[*bounds(-5), *bounds(-4, exclusive=True)])) == Witness(-5)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], None),
        ([Fraction(3)], 3),
        ([Fraction(4), Fraction(6)], 12),
        ([Fraction(1, 2), Fraction(1, 3)], 1),
        ([Fraction(3, 10), Fraction(1, 5), Fraction(1)], 3),
    ],
)
def test_common_multiples_are_the_least(steps: list[Fraction], expected: Fraction | None) -> None:
    assert _common_multiple(steps) == expected


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (None, None, [0, 1, -1, 2, -2]),
        ((4, False), None, [2, 3, 4, 5, 6]),
        ((4, True), None, [3, 4, 5, 6, 7]),
        ((3, True), None, [2, 3, 4, 5, 6]),
        (None, (-4, False), [-2, -3, -4, -5, -6]),
        (None, (-4, True), [-3, -4, -5, -6, -7]),
        (None, (-3, True), [-2, -3, -4, -5, -6]),
        (None, (2, False), [0, 1, -1, -2, -3]),
        ((-2, False), None, [0, 1, -1, 2, 3]),
        ((-2, True), (6, True), [0, 1, 2]),
        ((-6, True), (2, True), [0, -1, -2]),
        ((-4, False), (2, False), [0, 1, -1, -2]),
        ((0, False), (2, False), [0, 1]),
        ((-2, False), (0, False), [0, -1]),
        ((1, False), (1, False), []),
        ((-1, False), (-1, False), []),
        ((2, False), (2, False), [1]),
        ((4, False), (9, False), [2, 3, 4]),
        ((-9, False), (-4, False), [-2, -3, -4]),
    ],
)
def test_factors_go_outward_from_zero(
    lower: tuple[int, bool] | None, upper: tuple[int, bool] | None, expected: list[int]
) -> None:
    ends = [None if end is None else (Fraction(end[0]), end[1]) for end in (lower, upper)]
    assert list(islice(_outward(Fraction(2), *ends), 5)) == expected


def test_one_period_without_a_fit_is_enough() -> None:
    # Odd numbers that 3, 5 and 7 do not divide: the first above 1 is 11.
    assert found(above=1, integer=True, no_steps=[2, 3, 5, 7]) == 11
    assert found(least=2, most=10, integer=True, no_steps=[2, 3, 5, 7]) is EMPTY
    # Halves that are neither whole nor odd quarters: all multiples of 0.5 are one or the other within a period.
    assert found(steps=[0.5], no_steps=[1, 1.5, 0.5]) is EMPTY
    # However long the period is, no multiple of a number is none of its multiples.
    assert found(steps=[2], no_steps=[99_991, 1]) is EMPTY
    # Numbers taken out one by one hide one fit each, and the search goes on behind them.
    hidden = tuple(range(1, 300, 2))
    assert found(least=0, integer=True, no_steps=[2], excluded=hidden) == 301


def test_multiples_are_tried_five_thousand_times() -> None:
    assert found(least=1, integer=True, excluded=tuple(range(1, 5000))) == 5000
    assert found(least=1, integer=True, excluded=tuple(range(1, 5001))) == _TOO_MANY
    assert found(least=1, most=4999, integer=True, excluded=tuple(range(1, 5000))) is EMPTY
    assert found(least=1, most=5000, integer=True, excluded=tuple(range(1, 5001))) == _TOO_MANY


def test_finer_and_finer_numbers_are_tried_five_thousand_times() -> None:
    assert found(no_steps=[1e-123]) == 1e-124
    assert found(no_steps=[1e-124]) == _TOO_MANY


def test_huge_numbers_are_not_computed_with() -> None:
    assert found(least=2**1200 - 1) == 2**1200 - 1
    assert found(least=2**1200) == _TOO_LONG
    assert found(most=-(2**1200)) == _TOO_LONG
    assert found(steps=[2**1200]) == _TOO_LONG
    assert found(no_steps=[2**1200]) == _TOO_LONG
    assert found(least=1.5, most=float("inf")) == _TOO_LONG
    assert found(least=1e300) == int(1e300)
    assert doubts({"type": "number", "minimum": 10**400}, {"maximum": 0}) == {"number with too many digits"}


def test_numbers_that_no_double_is_are_left_open() -> None:
    assert found(above=0, below=5e-324) == _TOO_LONG
    assert found(above=10**30, below=10**30 + 1) == _TOO_LONG
    assert found(above=10**30, below=10**30 + 2) == 10**30 + 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"type": "number"}, {"type": "integer"}, 0.1),
        ({"type": "integer"}, {"minimum": 3}, 0),
        ({"type": "integer", "minimum": 3}, {"exclusiveMinimum": 3}, 3),
        ({"type": "integer", "maximum": -3}, {"exclusiveMaximum": -3}, -3),
        ({"type": "number", "multipleOf": 0.1}, {"multipleOf": 0.3}, 0.1),
        ({"type": "number", "multipleOf": 0.01}, {"multipleOf": 0.1}, 0.01),
        ({"type": "integer"}, {"not": {"enum": [2, 3]}}, 2),
        ({"type": "integer", "minimum": 2}, {"enum": [2, 3]}, 4),
        ({"type": "number", "exclusiveMinimum": 0.1}, {"minimum": 0.3}, 0.2),
        ({"type": "number", "minimum": 0.1}, {"minimum": 0.2}, 0.1),
    ],
)
def test_numbers_of_schemas(old: Any, new: Any, expected: float) -> None:
    assert counterexample(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "integer", "minimum": 1}, {"exclusiveMinimum": 0}),
        ({"type": "integer", "maximum": -1}, {"exclusiveMaximum": 0}),
        ({"type": "number", "multipleOf": 0.3}, {"multipleOf": 0.1}),
        ({"type": "number", "multipleOf": 2}, {"type": "integer"}),
        ({"type": "integer", "multipleOf": 1.5}, {"multipleOf": 3}),
        ({"type": "number", "multipleOf": 1e308}, {"multipleOf": 1e-308}),
        ({"type": "number", "minimum": 0.1, "maximum": 0.1}, {"const": 0.1}),
        ({"type": "integer", "minimum": 1, "maximum": 3}, {"enum": [1, 2, 3]}),
    ],
)
def test_numbers_included(old: Any, new: Any) -> None:
    assert included(old, new)


def test_booleans_are_no_numbers() -> None:
    assert example({"type": "number", "not": {"enum": [False, True]}}) == 0
    assert example({"type": "integer", "minimum": 1, "maximum": 1, "not": {"enum": [True]}}) == 1


_small = st.integers(min_value=-8, max_value=8)
_ends = st.none() | st.tuples(_small, st.booleans())


@given(_ends, _ends, st.lists(st.integers(1, 4), max_size=2), st.lists(st.integers(1, 4), max_size=2), st.sets(_small))
def test_integers_between_bounds_are_those_that_counting_finds(
    lower: tuple[int, bool] | None,
    upper: tuple[int, bool] | None,
    steps: list[int],
    no_steps: list[int],
    excluded: set[int],
) -> None:
    facts = NumberFacts(integer=True, steps=[*steps], no_steps=[*no_steps])
    facts.lower = [] if lower is None else [Bound(lower[0], exclusive=lower[1])]
    facts.upper = [] if upper is None else [Bound(upper[0], exclusive=upper[1])]
    facts.excluded = {Fraction(number) for number in excluded}
    fitting = [
        number
        for number in range(-60, 61)
        if (lower is None or number > lower[0] or (number == lower[0] and not lower[1]))
        and (upper is None or number < upper[0] or (number == upper[0] and not upper[1]))
        and all(number % step == 0 for step in steps)
        and not any(number % step == 0 for step in no_steps)
        and number not in excluded
    ]
    outcome = find_number(facts)
    assert not isinstance(outcome, Unknown)
    if fitting:
        # Between a positive number and its negative the positive one comes first.
        assert outcome == Witness(min(fitting, key=lambda number: (abs(number), -number)))
    else:
        assert outcome is EMPTY
