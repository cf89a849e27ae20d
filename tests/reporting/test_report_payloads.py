from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_strategies import values

from contractguard.reporting.payloads import laid_out, one_line
from contractguard.reporting.values import json_outline, middle_cut
from contractguard.reporting.wrapping import cells


def lines(value: Any, width: int = 30, most: int | None = 12, opening: str = "") -> list[str]:
    return list(laid_out(value, width, most=most, opening=opening).lines)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        ("", '""'),
        ("5", '"5"'),
        (5, "5"),
        (5.0, "5.0"),
        (False, "false"),
        ([], "[]"),
        ({}, "{}"),
        (" ", '" "'),
    ],
)
def test_what_fits_is_json_on_one_line(value: Any, shown: str) -> None:
    assert lines(value) == [shown]


def test_what_does_not_fit_has_a_line_for_each_part_that_does() -> None:
    value = {"id": 7, "total": {"amount": "12.50"}, "items": [{"sku": "A-1", "quantity": 100}, {"sku": "B"}]}

    assert lines(value) == [
        "{",
        '  "id": 7,',
        '  "total": {"amount": "12.50"},',
        '  "items": [',
        "    {",
        '      "sku": "A-1",',
        '      "quantity": 100',
        "    },",
        '    {"sku": "B"}',
        "  ]",
        "}",
    ]


def test_an_array_of_one_takes_no_level_of_its_own() -> None:
    value = [{"street": "a", "number": 12, "town": "b"}]

    assert lines(value) == ["[{", '  "street": "a", "number": 12,', '  "town": "b"', "}]"]


def test_parts_of_one_line_share_a_line() -> None:
    value = {"a": 1, "b": [1, 2], "c": {"d": "x" * 30}, "e": 2, "f": 3}

    assert lines(value) == [
        "{",
        '  "a": 1, "b": [1, 2],',
        '  "c": {',
        '    "d": "xxxxxxxxxxxxx… 17 more"',
        "  },",
        '  "e": 2, "f": 3',
        "}",
    ]


def test_opening_stands_before_the_value_and_takes_its_room() -> None:
    assert lines("x" * 10, opening="query parameter q = ", width=40) == ['query parameter q = "xxxxxxxxxx"']
    assert lines([1, 2], opening="query parameter ids = ", width=25, most=12) == ["query parameter ids = [1, 2]"]


def test_long_string_shows_its_beginning_and_how_much_is_missing() -> None:
    (line,) = lines("ab" * 500)

    assert line == '"abababababababab… 984 more"'
    assert len(line) <= 30
    assert laid_out("x" * 1000, 30, most=12).shortened
    assert not laid_out("x" * 28, 30, most=12).shortened


def test_string_of_escapes_is_cut_between_them() -> None:
    (line,) = lines("\x1b" * 1000)

    assert line == '"\\u001b\\u001b… 998 more"'


def test_long_array_and_object_show_both_ends() -> None:
    items = [f"value number {i}" for i in range(100)]

    assert lines(items)[4:6] == ['  "value number 3",', "  … 94 more items"]
    assert lines(items)[-2:] == ['  "value number 99"', "]"]
    members = lines({f"name {i}": i for i in range(100)})
    assert "  … 90 more members" in members
    assert members[-2] == '  "name 98": 98, "name 99": 99'


def test_one_item_more_is_shown_rather_than_counted() -> None:
    assert "more" not in "".join(lines([f"value number {i}" for i in range(7)]))


def test_what_lies_deep_is_counted_where_there_are_too_many_lines() -> None:
    value = {"id": 1, "orders": [{"lines": [{"sku": "x" * 20, "n": 1}] * 4, "note": "y" * 20}] * 4}
    shown = lines(value, most=4)

    assert shown == ["{", '  "id": 1,', '  "orders": [… 4 items]', "}"]
    assert laid_out(value, 30, most=4).shortened


def test_lines_in_the_middle_are_left_out_where_nothing_else_helps() -> None:
    shown = lines({"a" * 20: 1, "b" * 20: 2, "c" * 20: 3, "d" * 20: 4}, most=3)

    assert shown == ["{", "  … 4 more lines", "}"]


def test_nothing_is_left_out_of_a_whole_payload() -> None:
    value = {"text": "x" * 500, "items": [f"value number {i}" for i in range(100)]}
    layout = laid_out(value, 30, most=None)

    assert json.loads("".join(layout.lines)) == value
    assert not layout.shortened


@given(values, st.integers(20, 100), st.integers(3, 40))
def test_shortened_or_the_same_value(value: Any, width: int, most: int) -> None:
    layout = laid_out(value, width, most=most)

    assert len(layout.lines) <= most + 2
    if not layout.shortened:
        assert json.loads("".join(layout.lines)) == value
    assert json.loads("".join(laid_out(value, width, most=None).lines)) == value


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_payload(opening: str) -> None:
    value: Any = "x" * 100
    for _ in range(250):
        value = [value] if opening == "[" else {"a": value}

    assert len(lines(value)) <= 14
    assert json.loads("".join(lines(value, most=None))) == value


def test_huge_payload_costs_little() -> None:
    value: Any = [{"name": "x" * 50, "values": list(range(20))} for _ in range(20_000)]
    started = time.process_time()
    lines(value)
    one_line("x" * 10**6, 80)

    assert time.process_time() - started < 5


@given(st.text(max_size=60), st.integers(12, 80))
def test_middle_is_cut_to_the_length(text: str, limit: int) -> None:
    cut = middle_cut(text, limit)

    assert len(cut) <= limit
    assert (cut == text) == (len(text) <= limit)


def test_both_ends_of_a_cut_text_stay() -> None:
    assert middle_cut("begin " + "x" * 100 + " is too long", 40).startswith("begin xxx")
    assert middle_cut("begin " + "x" * 100 + " is too long", 40).endswith(" … x is too long")


@pytest.mark.parametrize(
    ("depth", "shown"), [(0, "{…}"), (1, '{"a": {…}, "b": […], "c": []}'), (2, '{"a": {"d": {…}}, "b": [1], "c": []}')]
)
def test_outline(depth: int, shown: str) -> None:
    assert json_outline({"a": {"d": {"e": 1}}, "b": [1], "c": []}, depth) == shown


def test_wide_characters_take_two_columns() -> None:
    (line,) = lines("漢" * 100)

    assert cells(line) <= 30


def test_long_name_is_cut_only_where_it_takes_the_whole_line() -> None:
    assert lines({"a" * 20: "b" * 40})[1] == f'  "{"a" * 20}": "bbbbbbbbbbbbb… 27 more"'
    assert lines({"a" * 90: 1})[1].startswith('  "aaaaaa')
    assert lines({"a" * 90: 1})[1].endswith(' more": 1')
