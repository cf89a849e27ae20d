"""Sentences: what values look like in them, and that no value can be more than a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.model.change import Change, Direction, Effect
from contractguard.model.values import UNSET, JsonValue, Unset
from contractguard.rules.templates import (
    MAX_LENGTH,
    TemplateError,
    Values,
    fill,
    parse_template,
    printable,
    short_value,
)


def values(before: JsonValue | Unset = UNSET, after: JsonValue | Unset = UNSET, **details: str) -> Values:
    return Values(
        Change(
            kind="property.added",
            effect=Effect.NONE,
            direction=Direction.INPUT,
            element="GET /a > b",
            subject="property 'b'",
            before=before,
            after=after,
            facts={"location": "query"},
            details=details,
        )
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{before} and {before!s}", "'cash' and cash"),
        ("{after} and {after!s}", '["a", "b"] and a, b'),
        ("{subject}, {element}, {location}, {name}", "property 'b', GET /a > b, query, total"),
        ("{sunset}[[, until {sunset}]]", "none"),
        ("kept[[, by {name}]][[, until {sunset}]], always", "kept, by total, always"),
        ("[[{name} and {sunset}]]", ""),
        ("a {{plain}} brace", "a {plain} brace"),
        ("items[] and a]b", "items[] and a]b"),
    ],
)
def test_templates_are_filled(template: str, text: str) -> None:
    assert fill(template, values("cash", ["a", "b"], name="total")) == text


def test_a_value_is_not_read_as_a_template() -> None:
    assert fill("{before!s}[[ {name}]]", values("{after} [[x]]", name="{before}")) == "{after} [[x]] {before}"


@pytest.mark.parametrize("text", ["{", "}", "a {b", "a}", "[[a", "a]]", "[[a [[b]]"])
def test_what_has_no_partner_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(text)


def test_the_names_that_a_template_uses() -> None:
    assert parse_template("{a}[[ {b!s}]] {{c}}").placeholders == ("a", "b")


@pytest.mark.parametrize(
    ("value", "text", "plain"),
    [
        (None, "null", "null"),
        (True, "true", "true"),
        (1.5, "1.5", "1.5"),
        ("it's", "'it's'", "it's"),
        ([], "[]", "[]"),
        (["a", 1], '["a", 1]', '["a", 1]'),
        ({"a": {"b": []}}, '{"a": {"b": []}}', '{"a": {"b": []}}'),
        ("two\nlines", "'two\\nlines'", "two\\nlines"),
        ("\u202eevil", "'\\u202eevil'", "\\u202eevil"),
        ("é", "'é'", "é"),
    ],
)
def test_short_values(value: JsonValue, text: str, plain: str) -> None:
    assert short_value(value) == text
    assert short_value(value, plain=True) == plain


def test_long_values_are_cut() -> None:
    assert short_value("x" * 1000) == f"'{'x' * (MAX_LENGTH - 1)}…'"
    assert short_value("x" * MAX_LENGTH) == f"'{'x' * MAX_LENGTH}'"
    assert short_value([*range(1000)]).endswith("…")
    assert short_value(["name"] * 1000, plain=True).startswith("name, name, ")
    assert short_value(10**5000) == "an integer of 16610 bits"


_KINDS: list[JsonValue] = [{"group": "", "kind": "DeleteOptions", "version": f"v{number}"} for number in range(9)]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (_KINDS[:6], [*_KINDS[:5], _KINDS[7]], '…ions", "version": "v7"}], was …ions", "version": "v5"}]'),
        (
            _KINDS[:5],
            _KINDS[:4],
            '…s", "version": "v3"}], was …s", "version": "v3"}, {"group": "", "kind": "DeleteOptions"…',
        ),
        ("x" * 99 + "\n1", "x" * 99 + "\n2" + "y" * 99, f"'…{'x' * 19}\\n2{'y' * 38}…', was '…{'x' * 19}\\n1'"),
        ("x" * 99 + "1", "x" * 99, f"'…{'x' * 20}', was '…{'x' * 20}1'"),
        ({"a": "x" * 99 + "1"}, {"a": "x" * 99 + "2"}, f'…{"x" * 20}2"}}, was …{"x" * 20}1"}}'),
        ("x" * 60 + "1", "x" * 58 + "2", f"'{'x' * 58}2', was '{'x' * 59}…'"),
        ("x" * 20_000 + "1", "x" * 20_000 + "2", f"'{'x' * 59}…', was '{'x' * 59}…'"),
    ],
)
def test_values_that_begin_alike_are_shown_where_they_differ(before: JsonValue, after: JsonValue, text: str) -> None:
    assert fill("{after}, was {before}", values(before, after)) == text


def test_lists_that_begin_alike_are_shown_where_they_differ() -> None:
    names: list[JsonValue] = ["first", "second", "third"] * 9
    told = fill("{after!s}, was {before!s}", values([*names, "old"], [*names, "new"]))
    assert told == "…rst, second, third, new, was …rst, second, third, old"


def test_of_one_value_alone_the_beginning_is_shown() -> None:
    assert fill("{after}", values(UNSET, "x" * 99)) == short_value("x" * 99)


@given(st.text(min_size=60, max_size=300), st.text(max_size=90), st.text(max_size=90))
def test_two_texts_never_read_the_same(common: str, before: str, after: str) -> None:
    pair = values(common + before, common + after)
    assert (fill("{before}", pair) == fill("{after}", pair)) is (before == after)


def test_a_large_value_costs_no_more_than_it_shows() -> None:
    class Counting(dict[str, JsonValue]):
        def items(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            for number in range(10**9):
                yield str(number), number

    assert short_value(Counting()).startswith('{"0": 0, "1": 1, ')


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON, st.booleans())
def test_values_are_one_short_printable_line(value: JsonValue, plain: bool) -> None:
    text = short_value(value, plain=plain)
    assert text.isprintable()
    assert len(text) <= 6 * (MAX_LENGTH + 2)  # an escape has at most six characters for one


@given(st.text())
def test_printable_text_is_kept(text: str) -> None:
    assert printable(text).isprintable()
    if text.isprintable():
        assert printable(text) == text
