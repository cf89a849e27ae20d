"""Finding a string: lengths, patterns, formats, and strings to keep away from."""

from __future__ import annotations

from typing import Any

import pytest
from inclusion_questions import counterexample, doubts, empty, example, included

from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Witness, unknown
from contractguard.semantics.inclusion.strings import StringFacts, _fits, find_text
from contractguard.semantics.languages import Budget, matches

_NOT_UNDERSTOOD = r"(a)\1"
_STEPS = 20_000


def find(**facts: Any) -> Outcome:
    return find_text(StringFacts(**facts), _STEPS)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "text"),
        ({"min_length": 4}, "text"),
        ({"max_length": 4}, "text"),
        ({"min_length": 4, "max_length": 4}, "text"),
        ({"max_length": 0}, ""),
        ({"matching": ["^t"]}, "text"),
        ({"matching": ["^t", "x"]}, "text"),
        ({"avoiding": ["^a"]}, "text"),
        ({"avoiding": ["^a", "b"]}, "text"),
        ({"matching": ["e"], "avoiding": ["a"], "excluded": {"tex"}}, "text"),
        ({"matching": ["^a$"]}, "a"),
        ({"matching": ["^a", "b$"]}, "ab"),
        ({"matching": ["^t", "^a|^tb$"]}, "tb"),
        ({"matching": ["^[ab]{2}$"], "avoiding": ["a"]}, "bb"),
        ({"matching": ["^[ab]$"], "excluded": {"a"}}, "b"),
        ({"matching": ["^[ab]$", "^[ab]$"], "avoiding": ["a", "a"]}, "b"),
        ({"formats": ["date"]}, "2026-01-31"),
        ({"formats": ["date"], "min_length": 10, "max_length": 10}, "2026-01-31"),
        ({"formats": ["date"], "max_length": 9}, "text"),
        ({"formats": ["duration"], "min_length": 4}, "text"),
        ({"formats": ["nobody-knows"]}, "text"),
        ({"formats": ["nobody-knows", "ipv4"]}, "192.0.2.1"),
        ({"formats": ["ipv4", "ipv6"], "matching": [":"]}, "2001:db8::1"),
        ({"formats": ["ipv4", "ipv6"], "avoiding": [r"\."]}, "2001:db8::1"),
        ({"formats": ["email"], "excluded": {"user@example.com"}}, "text"),
    ],
)
def test_the_text_is_plain_or_looks_like_its_format(facts: dict[str, Any], expected: str) -> None:
    assert find(**facts) == Witness(expected)


@pytest.mark.parametrize(
    "facts",
    [
        {"min_length": 5},
        {"min_length": 300},
        {"max_length": 3},
        {"min_length": 1, "max_length": 1},
        {"excluded": {"text"}},
        {"avoiding": ["t"]},
        {"max_length": 2, "excluded": {"", "a"}},
        {"formats": ["date"], "avoiding": ["^2026", "^text$"]},
        {"matching": ["^[a-z]+$"], "min_length": 6, "max_length": 6},
    ],
)
def test_another_text_is_found_where_that_does_not_fit(facts: dict[str, Any]) -> None:
    outcome = find(**facts)
    assert isinstance(outcome, Witness)
    text = outcome.value
    assert isinstance(text, str)
    assert facts.get("min_length", 0) <= len(text) <= facts.get("max_length", len(text))
    assert text not in facts.get("excluded", ())
    assert all(matches(pattern, text) for pattern in facts.get("matching", ()))
    assert not any(matches(pattern, text) for pattern in facts.get("avoiding", ()))


@pytest.mark.parametrize(
    "facts",
    [
        {"min_length": 5, "max_length": 4},
        {"matching": ["a"], "avoiding": ["a"]},
        {"matching": ["^a"], "avoiding": ["a"]},
        {"matching": ["^[ab]$"], "excluded": {"a", "b"}},
        {"matching": ["^ab$"], "min_length": 3},
        {"matching": ["^abc$"], "max_length": 2},
        {"matching": ["^a", "^b"]},
        {"avoiding": [""]},
        {"max_length": 0, "excluded": {""}},
        {"max_length": 0, "matching": ["."]},
        {"matching": [_NOT_UNDERSTOOD], "avoiding": [_NOT_UNDERSTOOD]},
        {"matching": [_NOT_UNDERSTOOD, "^a$"], "min_length": 2},
    ],
)
def test_no_text_is_there(facts: dict[str, Any]) -> None:
    assert find(**facts) is EMPTY


def test_what_is_not_understood_is_left_open() -> None:
    assert find(matching=[_NOT_UNDERSTOOD]) == unknown(["pattern"])
    assert find(avoiding=[_NOT_UNDERSTOOD]) == unknown(["pattern"])
    assert find(matching=["^[ab]$", _NOT_UNDERSTOOD]) == unknown(["pattern"])


def test_steps_in_automata_are_counted() -> None:
    facts = StringFacts(matching=["^(a|b)*a(a|b){9}$"], avoiding=["text"])
    assert find_text(facts, 1) == unknown(["pattern"])
    assert find_text(facts, _STEPS) == Witness("aaaaaaaaaa")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"type": "string"}, {"maxLength": 3}, "text"),
        ({"type": "string"}, {"minLength": 1}, ""),
        ({"type": "string", "maxLength": 3}, {"maxLength": 2}, "aaa"),
        ({"type": "string", "format": "uuid"}, {"type": "number"}, "123e4567-e89b-12d3-a456-426614174000"),
        ({"type": "string", "format": "date"}, {"type": "string", "maxLength": 9}, "2026-01-31"),
        ({"type": "string", "pattern": "^[a-c]$"}, {"pattern": "^[ab]$"}, "c"),
        ({"type": "string"}, {"pattern": "^t"}, ""),
        ({"type": "string", "pattern": "^a+$"}, {"enum": ["a", "aa"]}, "aaa"),
        ({"type": "string", "maxLength": 1}, {"not": {"const": ""}}, ""),
        ({"type": "string", "minLength": 1}, {"not": {"pattern": "z"}}, "z"),
    ],
)
def test_strings_of_schemas(old: Any, new: Any, expected: str) -> None:
    assert counterexample(old, new) == expected


def test_strings_included() -> None:
    assert included({"type": "string", "pattern": "^a{2,3}$"}, {"minLength": 2, "maxLength": 3})
    assert included({"type": "string", "pattern": "^[ab]$"}, {"enum": ["b", "a"]})
    assert included({"type": "string", "pattern": "^abc"}, {"pattern": "^ab"})
    assert included({"type": "string", "format": "date"}, {"type": "string"})
    assert empty({"type": "string", "minLength": 3, "maxLength": 2})
    assert empty({"type": "string", "pattern": "^a$", "minLength": 2})


def test_a_code_point_counts_once() -> None:
    assert example({"type": "string", "pattern": "^\U0001f600$", "maxLength": 1}) == "\U0001f600"


def test_patterns_that_nobody_understands_leave_it_open() -> None:
    assert doubts({"type": "string", "pattern": _NOT_UNDERSTOOD}, {"type": "number"}) == {"pattern"}
    assert doubts({"type": "string"}, {"pattern": _NOT_UNDERSTOOD}) == {"pattern"}
    assert included({"type": "string", "pattern": _NOT_UNDERSTOOD}, {"pattern": _NOT_UNDERSTOOD})


def test_what_fits_is_told_as_yes_or_no() -> None:
    assert StringFacts().min_length == 0
    assert _fits("ab", StringFacts(2, 2, ["a", "b"], ["^b", "a$"], {"a"})) is True
    for facts in (StringFacts(3), StringFacts(0, 1), StringFacts(excluded={"ab"}), StringFacts(avoiding=["^b", "b"])):
        assert _fits("ab", facts) is False


@pytest.mark.parametrize("digits", [18, 19, 20, 400])
def test_strings_longer_than_can_be_counted_are_not_ruled_out(digits: int) -> None:
    length = 10**digits
    assert find_text(StringFacts(min_length=length), _STEPS) == unknown(["pattern"])
    assert find_text(StringFacts(min_length=length, max_length=length), _STEPS) == unknown(["pattern"])
    assert find_text(StringFacts(min_length=length, max_length=length - 1), _STEPS) is EMPTY
    assert find_text(StringFacts(matching=["^b$"], max_length=length), _STEPS) == Witness("b")


def test_a_wide_product_of_patterns_takes_more_steps() -> None:
    def taken(number: int) -> int:
        steps = Budget(20_000)
        find_text(StringFacts(matching=[f"{index}x" for index in range(number)]), steps)
        return 20_000 - steps.left

    assert taken(20) > taken(2) * 10
    assert taken(200) > 20_000  # their states multiply, and are not put together before that is seen
    assert taken(2) < 100
