"""Hostile patterns: an answer, or none, but never a hang. Budgets count steps, so the answers are the same everywhere."""

from __future__ import annotations

import time

import pytest

from contractguard.semantics.languages import Emptiness, find_string, matches
from contractguard.semantics.languages.language import Regular, language_of
from contractguard.semantics.languages.product import Budget
from contractguard.semantics.languages.remainders import OutOfStepsError

UNKNOWN = Emptiness.UNKNOWN
EMPTY = Emptiness.EMPTY
SECONDS = 10.0
"""Each takes under half a second on an idle machine; more says that something grows without a bound."""

HOSTILE: list[tuple[str, str | None, str | Emptiness]] = [
    ("(a{1000}){1000}", None, UNKNOWN),
    ("^(a{1000}){1000}$", None, UNKNOWN),
    ("^(a{1000}){1000}$", "^a*$", UNKNOWN),
    ("^a{999999999}$", None, UNKNOWN),
    ("^(a|b)*a(a|b){40}$", "^(a|b)*b(a|b){40}$", "a" * 41),
    ("^[ab]{50}$", "^(a|b)*a(a|b){40}$", UNKNOWN),
    ("^(?:(?:a|b)*a(?:a|b){40})$", "^(a|b)*a(a|b){40}$", UNKNOWN),
    ("(a*)*b", "a", "b"),
    ("(a|aa)+$", "a", EMPTY),
    ("^(a|a?)+$", None, ""),
    ("^((a*)*)*$", "^a*$", EMPTY),
    ("^(a?){500}a{500}$", "^a{500,1000}$", EMPTY),
    ("(?:a?){5000}" * 50, None, UNKNOWN),
    ("a?" * 9000, None, ""),
    ("(" * 5000 + "a" + ")" * 5000, "^a", "ba"),
    ("(" * 5000 + "a" + ")*" * 5000, None, ""),
    ("(?:a|" * 3000 + "b" + ")" * 3000, None, "a"),
    ("x" * 100_000, None, UNKNOWN),
    ("(x+x+)+y", "^x", "axxy"),
    ("^(\\b|a){100000}$", None, UNKNOWN),
    ("^" + "(?:a|b)?" * 1000 + "$", "^[ab]{0,1000}$", UNKNOWN),
    ("(?=a)" * 1000, None, UNKNOWN),
    ("^" + "(?=a)" * 60 + "a$", None, "a"),
    ("^" + "(?:(?=a)|(?=b))" * 20 + "a$", None, UNKNOWN),
    ("^[^]{200001}$", None, UNKNOWN),
    ("^[^]{200000}$", None, "a" * 200_000),
    ("^.{1,65535}$", "^.{1,65534}$", "a" * 65535),
    ("".join(map(chr, range(0x4E00, 0x4E00 + 5000))), None, UNKNOWN),
    ("[" + "".join(map(chr, range(0x4E00, 0x4E00 + 9000, 2))) + "]", "[a-z]", "一"),
]


@pytest.mark.parametrize(("pattern", "avoided", "expected"), HOSTILE, ids=[pattern[:24] for pattern, _, _ in HOSTILE])
def test_hostile_patterns_come_back(pattern: str, avoided: str | None, expected: str | Emptiness) -> None:
    start = time.perf_counter()
    found = find_string(matching=[pattern], avoiding=[avoided] if avoided else [])
    assert time.perf_counter() - start < SECONDS
    assert found == expected


def test_the_budget_is_what_ends_a_search() -> None:
    question = {"matching": ["^a{5,30}b{5,30}c$"], "avoiding": ["^a{5,30}b{5,29}c$", "^a{5,29}b{5,30}c$"]}
    assert find_string(**question, steps=100) is UNKNOWN  # type: ignore[arg-type]
    assert find_string(**question, steps=0) is UNKNOWN  # type: ignore[arg-type]
    assert find_string(**question) == "a" * 30 + "b" * 30 + "c"  # type: ignore[arg-type]
    assert find_string(**question, steps=100) is UNKNOWN, "what is kept from the last time costs the same"  # type: ignore[arg-type]


def least_steps(matching: list[str], avoiding: list[str]) -> int:
    low, high = 0, 20_000
    while low < high:
        middle = (low + high) // 2
        if find_string(matching=matching, avoiding=avoiding, steps=middle) is UNKNOWN:
            low = middle + 1
        else:
            high = middle
    return low


def test_the_same_question_costs_the_same_whatever_is_kept() -> None:
    """The exact figures say what a step is: a state entered, and the work of making it."""
    for matching, avoiding, steps in [
        (["^a$"], [], 4),
        (["^a{2}b$"], ["^a+b$"], 14),
        (["^[a-z]{3}x$"], [], 11),
    ]:
        language_of.cache_clear()
        assert least_steps(matching, avoiding) == steps, (matching, avoiding)
        assert least_steps(matching, avoiding) == steps, "asked a second time"


def test_excluded_strings_cost_steps() -> None:
    many = [f"{number:06}" for number in range(20_000)]
    assert find_string(matching=["^[0-9]{6}$"], excluded=many, steps=10_000) is UNKNOWN
    assert find_string(matching=["^[0-9]{6}$"], excluded=["000000", "000001"]) == "000002"


def test_many_patterns_at_once() -> None:
    patterns = [f"{letter}{{0,9}}[^{letter}]*$" for letter in "abcdefghij"]
    start = time.perf_counter()
    find_string(matching=[f"^{pattern}" for pattern in patterns], avoiding=patterns[:3])
    assert time.perf_counter() - start < SECONDS


def test_a_budget_is_spent_to_the_last_step() -> None:
    budget = Budget(3)
    budget.spend(3)
    assert budget.left == 0
    with pytest.raises(OutOfStepsError):
        budget.spend(1)


def test_an_automaton_that_has_grown_large_is_made_anew() -> None:
    small = language_of("^xa{3}$|b")
    assert small
    regular = small[0][0].language
    assert isinstance(regular, Regular)
    find_string(matching=["^xa{3}$|b"])
    assert regular.automaton(branches=True) is regular.automaton(branches=True)
    assert regular.automaton(branches=True) is not regular.automaton(branches=False)
    large = language_of("^(a{1000}){1000}$")
    assert large
    regular = large[0][0].language
    assert isinstance(regular, Regular)
    before = regular.automaton(branches=True)
    assert find_string(matching=["^(a{1000}){1000}$"]) is UNKNOWN
    assert before.size > 20_000
    assert regular.automaton(branches=True) is not before


def test_matching_of_hostile_patterns() -> None:
    assert matches("(x+x+)+y", "x" * 5000) is False
    assert matches("^(a|a?)+$", "a" * 5000) is True
    assert matches("^.{0,65535}$", "a" * 65535) is True
    assert matches("^.{0,65535}$", "a" * 65536) is False
    assert matches("^x.{0,2500}$", "x" + "a" * 2500) is True
    assert matches("^x.{0,2500}$", "x" + "a" * 2501) is False
    assert matches("^x.{2500}$", "x" + "a" * 2500) is True
    assert matches("^x.{2500}$", "x" + "a" * 2499) is False
    assert matches("^x.{2500,}$", "x" + "a" * 2499) is False
    assert matches("^x.{2500,}$", "x" + "a" * 2600) is True
    assert matches("^x.{1000}$", "x" + "a" * 1000) is True
    assert matches("^x.{1000,2000}$", "x" + "a" * 2000) is True
    assert matches("^x.{1000,2000}$", "x" + "a" * 2001) is False
    assert matches("^x.{10000}$", "x" + "a" * 10000) is True
    assert matches("^x.{10001}$", "x" + "a" * 10001) is None
    assert matches("^x.{0,10000}$", "x" + "a" * 10000) is True
    assert matches("^x.{0,10001}$", "x") is None
    assert matches("^x.{10001,}$", "x") is None
    assert matches("(a{1000}){1000}", "a") is None
