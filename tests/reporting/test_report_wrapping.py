from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.reporting.wrapping import cells, cut, cut_left, wrap

words = st.lists(st.sampled_from([*"ab/,. 漢字", "e\u0301", "👩\u200d👧"]), max_size=80).map("".join)


@given(words, st.integers(2, 30), st.integers(2, 30))
def test_lines_fit_and_nothing_is_lost(text: str, width: int, first: int) -> None:
    lines = wrap(text, width, first)

    assert all(cells(line) <= (width if index else first) for index, line in enumerate(lines))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line and unicodedata.combining(line[0]) for line in lines[1:])


@given(words, st.integers(3, 30))
def test_cut_fits(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cells(cut_left(text, width)) <= width
    assert cells(text) > width or cut(text, width) == cut_left(text, width) == text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("a  b", 10, ["a  b"]),
        ("see /orders/items/sku", 12, ["see", "/orders/", "items/sku"]),
        ("x" * 12, 5, ["xxxxx", "xxxxx", "xx"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("short word", 40, ["short word"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_cells() -> None:
    assert [cells(text) for text in ("abc", "漢字", "e\u0301", "é")] == [3, 4, 1, 1]


def test_cut_keeps_an_end() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut_left("abcdef", 4) == "…def"
