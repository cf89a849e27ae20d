"""The strings that are found: shortest, readable, within the lengths asked for."""

from __future__ import annotations

import pytest

from contractguard.semantics.languages import Emptiness, find_string

EMPTY = Emptiness.EMPTY
UNKNOWN = Emptiness.UNKNOWN


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ""),
        ("^.+$", "a"),
        ("^[^a-z]$", "0"),
        ("^[^a-z0-9]$", "A"),
        ("^[^a-zA-Z0-9]$", "-"),
        ("^\\W$", "-"),
        ("^\\W\\W$", "--"),
        ("^\\s$", " "),
        ("^[x-z][5-9][Q-S]$", "x5Q"),
        ("^(A|B|0|q)$", "q"),
        ("^[^\\x00-\\x7f]$", "¡"),
        ("^[\\u4e00-\\u9fff]{2}$", "一一"),
        ("^[\\x00-\\x1f]$", "\x00"),
        ("^[\\x01-\\x1f]$", "\x01"),
        ("^(\\x01|aa)$", "aa"),
        ("^(x\\x01|yzz)$", "yzz"),
        ("^(x\\u0300|yzz)$", "yzz"),
        ("^[\\x01~]$", "~"),
        ("^[\\u200b\\u00e9]$", "é"),
        ("^(aaaa|bb|ccc)$", "bb"),
        ("^[0-9]{3}-[A-Z]{2}$", "000-AA"),
        ("^https?://", "http://"),
        ("^[^@]+@[^@]+\\.[a-z]{2,}$", "a@a.aa"),
        ("(a|b)*a(a|b){10}", "a" * 11),
        ("^(ab|ba|x)+z$", "xz"),
        ("^(?:b1|aa)$", "aa"),
    ],
)
def test_the_shortest_and_most_readable(pattern: str, expected: str) -> None:
    assert find_string(matching=[pattern]) == expected


@pytest.mark.parametrize(
    ("pattern", "least", "most", "expected"),
    [
        ("", 3, None, "aaa"),
        ("", 3, 3, "aaa"),
        ("", 4, 3, EMPTY),
        ("", -5, None, ""),
        ("", 0, -1, EMPTY),
        ("^[a-z]+$", 1000, None, "a" * 1000),
        ("^[a-z]+$", 100_000, 100_000, "a" * 100_000),
        ("^[0-9]+$", 17, None, "0" * 17),
        ("^x[a-z]*y$", 2, 2, "xy"),
        ("^x[a-z]*y$", 20, 20, "x" + "a" * 18 + "y"),
        ("^x[a-z]*y$", 16, 17, "x" + "a" * 14 + "y"),
        ("^x[a-z]*y$", 1, 1, EMPTY),
        ("^(ab)*$", 1, None, "ab"),
        ("^(ab)*$", 3, 3, EMPTY),
        ("^(ab)*$", 17, 17, EMPTY),
        ("^(ab)*$", 17, 18, "ab" * 9),
        ("^(ab)*$", 1001, None, "ab" * 501),
        ("^(ab)+$", 0, 1, EMPTY),
        ("^a{2,5}$", 4, None, "aaaa"),
        ("^a{2,5}$", 5, None, "aaaaa"),
        ("^a{2,5}$", 6, None, EMPTY),
        ("^a{2,5}$", 0, 1, EMPTY),
        ("^a{2,5}$", 0, 2, "aa"),
        ("^a{2,5}b$", 6, None, "aaaaab"),
        ("^a{2,5}b$", 7, None, EMPTY),
        ("^a|bb$", 3, 3, "aaa"),
        ("^(a|bbb)$", 2, 9, "bbb"),
        ("^(a|bbb)$", 2, 2, EMPTY),
        ("abc", 5, 5, "abcaa"),
        ("abc", 2, 2, EMPTY),
        ("^.{0,65535}$", 65535, None, "a" * 65535),
        ("^.{0,65535}$", 65536, None, EMPTY),
        ("^(a|b{30})$", 20, None, "b" * 30),
        ("^(x\\x01*|yz{0,9})$", 12, None, "x" + "\x01" * 11),
        ("^(x\\x01*|yz{0,30})$", 25, None, "y" + "z" * 24),
        ("\x01", 40, 40, None),
    ],
)
def test_within_the_lengths(pattern: str, least: int, most: int | None, expected: str | Emptiness | None) -> None:
    found = find_string(matching=[pattern], min_length=least, max_length=most)
    if expected is None:
        assert isinstance(found, str)
        assert sorted(found) == sorted("\x01" + "a" * (least - 1))
    else:
        assert found == expected


def test_excluded_strings_are_not_found() -> None:
    assert find_string(excluded=[""]) == "a"
    assert find_string(excluded=["", "a"]) == "b"
    assert find_string(excluded={"", *"abcdefghijklmnopqrstuvwxyz"}) == "0"
    assert find_string(matching=["^a?b?$"], excluded=["", "a"]) == "b"
    assert find_string(matching=["^a?b?$"], excluded=["", "a", "b"]) == "ab"
    assert find_string(matching=["^a?b?$"], excluded=["", "a", "b", "ab"]) is EMPTY
    assert find_string(matching=["^(yes|no)$"], excluded=["no"]) == "yes"
    assert find_string(matching=["^[^]$"], max_length=1, excluded=["a"]) == "b"
    assert find_string(max_length=0, excluded=[""]) is EMPTY
    assert find_string(max_length=0, excluded=["a"]) == ""
    assert find_string(min_length=2, excluded=["aa", "a"]) == "ab"
    assert find_string(matching=["^a*$"], min_length=20, excluded=["a" * 20, "a" * 21]) == "a" * 22
    assert find_string(matching=["\n"], excluded=["\n"]) in {"a\n", "\na"}
    assert find_string(matching=["^[0-9]{2}$"], excluded=[f"{n:02}" for n in range(100)]) is EMPTY
    assert find_string(matching=["^[0-9]{2}$"], excluded=[f"{n:02}" for n in range(100) if n != 73]) == "73"


def test_the_same_question_has_the_same_answer_whatever_was_asked_before() -> None:
    question = {"matching": ["^[a-c]+x{3,9}$"], "avoiding": ["aa", "^b"], "min_length": 9}
    first = find_string(**question)  # type: ignore[arg-type]
    for pattern in ("^[a-c]+$", "x{3,9}", "aa"):
        find_string(matching=[pattern, "^[a-c]+x{3,9}$"])
    assert find_string(**question) == first  # type: ignore[arg-type]
    assert first == "abbbbbxxx"
