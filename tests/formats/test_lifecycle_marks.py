"""Lifecycle marks under all their names, and what happens where several stand together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.formats.marks import with_canonical_marks
from contractguard.model.lifecycle import (
    AUDIENCE,
    AUDIENCE_NAMES,
    DEPRECATED,
    KNOWN_ALIASES,
    KNOWN_NAMES,
    STABILITY,
    SUNSET,
    Audience,
    ConflictingMark,
    MarkNames,
    Stability,
    audience_named,
    audience_rank,
    mark_text,
    says_deprecated,
    stability_named,
)
from contractguard.model.places import Node

DAY = "2030-01-31"


def marks(extensions: dict[str, Any], names: MarkNames = KNOWN_NAMES) -> dict[str, Node]:
    return with_canonical_marks(dict(Node(extensions, "a", "").members()), names)


def texts(extensions: dict[str, Any], names: MarkNames = KNOWN_NAMES) -> dict[str, Any]:
    return {name: node.value for name, node in marks(extensions, names).items()}


SPELLINGS = [(mark, alias) for mark, aliases in KNOWN_ALIASES.items() for alias in aliases]


def written(way: tuple[str, ...], value: Any) -> dict[str, Any]:
    for token in reversed(way):
        value = {token: value}
    return value  # type: ignore[no-any-return]  # at least one token


@pytest.mark.parametrize(("mark", "alias"), SPELLINGS, ids=lambda item: item if isinstance(item, str) else item.name)
def test_a_spelling_is_read_into_the_canonical_name_and_nothing_is_left(mark: str, alias: Any) -> None:
    value = True if alias.stands_for else DAY
    assert texts(written(alias.way, value)) == {mark: alias.stands_for or DAY}


@pytest.mark.parametrize(
    ("extensions", "kept"),
    [
        ({"x-sunset": 7}, {"x-sunset": 7}),
        ({"x-sunset": ""}, {"x-sunset": ""}),
        ({"x-unstable": False}, {"x-unstable": False}),
        ({"x-internal": "yes"}, {"x-internal": "yes"}),
        ({"x-github": {"removalDate": DAY, "category": "a"}}, {SUNSET: DAY, "x-github": {"category": "a"}}),
        ({"x-visibility": {"extent": "INTERNAL", "since": 1}}, {AUDIENCE: "INTERNAL", "x-visibility": {"since": 1}}),
        ({"x-logo": "a"}, {"x-logo": "a"}),
    ],
)
def test_what_is_no_mark_stays_as_it_is(extensions: dict[str, Any], kept: dict[str, Any]) -> None:
    assert texts(extensions) == kept


def test_a_mark_stays_where_it_stands() -> None:
    assert marks({"x-github": {"removalDate": DAY}})[SUNSET].pointer == "/x-github/removalDate"


@pytest.mark.parametrize(
    ("extensions", "told"),
    [
        ({"x-sunset": DAY, "x-removal-date": "2030-01-31T00:00:00Z"}, {SUNSET: DAY}),
        ({"x-stability-level": "alpha", "x-stability": "Alpha"}, {STABILITY: "alpha"}),
        ({"x-internal": True, "x-audience": "company-internal"}, {AUDIENCE: "company-internal"}),
        (
            {"x-sunset": DAY, "x-removal-date": "2031-01-31"},
            {SUNSET: "2030-01-31 (x-sunset), 2031-01-31 (x-removal-date)"},
        ),
        ({"x-stability-level": "stable", "x-beta": True}, {STABILITY: "stable (x-stability-level), beta (x-beta)"}),
        ({"x-internal": True, "x-audience": "partner"}, {AUDIENCE: "partner (x-audience), internal (x-internal)"}),
    ],
)
def test_spellings_that_agree_are_one_and_others_are_all_told(extensions: dict[str, Any], told: dict[str, Any]) -> None:
    assert texts(extensions) == told
    (node,) = marks(extensions).values()
    assert isinstance(node, ConflictingMark) == ("(" in node.value)  # type: ignore[operator]  # marks are text


def test_names_of_ones_own_come_first_and_may_lead_into_an_object() -> None:
    names = KNOWN_NAMES.with_own({SUNSET: ["x-end", "x-life.end"], STABILITY: ["x-maturity"]})
    assert texts({"x-end": DAY, "x-maturity": "beta"}, names) == {SUNSET: DAY, STABILITY: "beta"}
    assert texts({"x-life": {"end": DAY}}, names) == {SUNSET: DAY}
    assert texts({"x-life.end": DAY}, names) == {SUNSET: DAY}
    assert texts({"x-sunset": "2031-01-01", "x-end": DAY}, names) == {
        SUNSET: "2030-01-31 (x-end), 2031-01-01 (x-sunset)"
    }
    assert texts({"x-end": DAY}) == {"x-end": DAY}


@given(
    st.dictionaries(st.sampled_from([alias.way[0] for _, alias in SPELLINGS]), st.sampled_from([True, DAY, "beta", 1]))
)
def test_what_was_read_once_reads_the_same_again(extensions: dict[str, Any]) -> None:
    once = marks(extensions)
    told = {name: node for name, node in once.items() if not isinstance(node, ConflictingMark)}
    again = with_canonical_marks(told, KNOWN_NAMES)
    assert {name: node.value for name, node in again.items()} == {name: node.value for name, node in told.items()}


def test_an_extension_may_say_what_the_keyword_says() -> None:
    assert says_deprecated(marks({"x-deprecated": True}))
    assert says_deprecated(marks({"x-deprecatedInVersion": "2.1"}))
    assert not says_deprecated(marks({"x-deprecated": "false"}))
    assert not says_deprecated(marks({}))
    assert mark_text(marks({"x-deprecated": "use amount"}), DEPRECATED) == "use amount"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("draft", Stability.EXPERIMENTAL),
        ("Alpha", Stability.EXPERIMENTAL),
        (" beta ", Stability.BETA),
        ("preview", Stability.BETA),
        ("General Availability", Stability.STABLE),
        ("shiny", None),
    ],
)
def test_levels_have_many_words(text: str, level: Stability | None) -> None:
    assert stability_named(text) is level


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("component-internal", Audience.INTERNAL),
        ("COMPANY_INTERNAL", Audience.INTERNAL),
        ("external-partner", Audience.PARTNER),
        ("external-public", Audience.PUBLIC),
        ("friends", None),
    ],
)
def test_audiences_have_many_words(text: str, audience: Audience | None) -> None:
    assert audience_named(text) is audience


def test_audiences_rank_as_the_guideline_includes_them() -> None:
    named = ("component-internal", "business-unit-internal", "company-internal", "external-partner", "external-public")
    assert [audience_rank(name) for name in named] == [0, 1, 2, 3, 4]
    assert set(named) <= set(AUDIENCE_NAMES)
