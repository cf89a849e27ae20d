"""Inclusion of languages: nothing matches the first pattern and not the second."""

from __future__ import annotations

import pytest

from contractguard.semantics.languages import Emptiness, find_string, matches

EMPTY = Emptiness.EMPTY

INCLUDED = [
    ("^[a-z]+$", "^[a-z0-9]+$"),
    ("^a", "a"),
    ("^abc$", "^abc"),
    ("^abc$", "b"),
    ("^[0-9a-f]{8}-[0-9a-f]{4}$", "^[0-9a-fA-F-]{13}$"),
    ("^[0-9a-f]{64}$", "^([0-9a-f]{2})*$"),
    ("^(ab)*$", "^(a|b)*$"),
    ("^(a|b)*$", "^(a*b*)*$"),
    ("^(a*b*)*$", "^[ab]*$"),
    ("^a{2,4}$", "^a{1,5}$"),
    ("^a{3}$", "^a{1,5}$"),
    ("^(a{2}){3}$", "^(a{3}){2}$"),
    ("^(a{2,3}){2}$", "^a{4,6}$"),
    ("^a{4,6}$", "^(a{2,3}){2}$"),
    ("^a?a?a?$", "^a{0,3}$"),
    ("^\\d+$", "^\\w+$"),
    ("^\\d$", "^[0-9]$"),
    ("^[^\\s]+$", "^\\S*$"),
    ("^.*$", "^[^\\n]*$"),
    ("^\\p{Lu}$", "^\\p{L}$"),
    ("^[A-Z]$", "^\\p{Lu}$"),
    ("^\\w+\\b", "\\w\\b"),
    ("^(25[0-5]|2[0-4]\\d|1?\\d?\\d)$", "^\\d{1,3}$"),
    ("^\\S+@\\S+\\.\\S+$", "^\\S+@\\S+$"),
    ("^(?!foo)[a-z]+$", "^[a-z]+$"),
    ("^foo$", "^(?=f)[a-z]+$"),
    ("^(?!a)[ab]$", "^b$"),
    ("^b$", "^(?!a)[ab]$"),
    ("^(a|b)*a(a|b){40}$", "^[ab]{41,}$"),
    ("^.{0,65535}$", "^.{0,65536}$"),
    ("^.{3,}$", "..."),
    ("^[a-z]{1,63}$", "^[a-z0-9]{0,1000}$"),
    ("^a{1000}$", "^(a{10}){100}$"),
    ("^[^]{0,99999}$", "^[^]{0,100000}$"),
    ("^$|^[a-z]{2,64}$", "^[a-z]{0,64}$"),
    ("^[a-z]{0,1}$|^[a-z]{2,64}$", "^[a-z]{0,64}$"),
    ("[]", "a"),
    ("x^", "a"),
    ("a$b", "c"),
]


@pytest.mark.parametrize(("inner", "outer"), INCLUDED)
def test_included(inner: str, outer: str) -> None:
    assert find_string(matching=[inner], avoiding=[outer]) is EMPTY


DIFFERENT: list[tuple[str, str, str]] = [
    ("^[a-z0-9]+$", "^[a-z]+$", "0"),
    ("a", "^a", "ba"),
    ("^abc", "^abc$", "abca"),
    ("^a{1,5}$", "^a{2,4}$", "a"),
    ("^a{2,5}$", "^a{2,4}$", "aaaaa"),
    ("^a*$", "^(aa)*$", "a"),
    ("^(a|b)*$", "^(ab)*$", "a"),
    ("^(a{2}){1,3}$", "^a{2}$|^a{6}$", "aaaa"),
    ("^\\w+$", "^\\d+$", "a"),
    ("^[^]$", "^.$", "\n"),
    ("^\\s$", "^[ \\t\\n\\r\\f\\v]$", "\xa0"),
    ("^\\p{L}$", "^[A-Za-z]$", "ª"),
    ("^\\S+@\\S+$", "^\\S+@\\S+\\.\\S+$", "a@a"),
    ("^[a-z]+$", "^(?!foo)[a-z]+$", "foo"),
    ("^[a-z]+$", "^(?=f)[a-z]+$", "a"),
    ("^(a|b)*a(a|b){40}$", "^(a|b)*b(a|b){40}$", "a" * 41),
    ("^.{0,65536}$", "^.{0,65535}$", "a" * 65536),
    ("^[a-z]{1,256}$", "^[a-z]{1,255}$", "a" * 256),
    ("^[a-z]{10,20}$", "^[a-z]{11,20}$", "a" * 10),
    ("^x[a-z]{1,1500}y$", "^x[a-z]{1,1499}y$", "x" + "a" * 1500 + "y"),
    ("^x[a-z]{1200,}$", "^x[a-z]{1300,}$", "x" + "a" * 1200),
    ("^$|^[a-z]{2,64}$", "^$", "aa"),
    ("^a\\b.$", "^a $", "a-"),
    ("^(a|b|c)$", "^(a|b)$", "c"),
    ("a", "^[a-z]{0,3}$", "a0"),
    ("^[a-z]{0,3}$", "a", ""),
]


@pytest.mark.parametrize(("left", "right", "witness"), DIFFERENT)
def test_different(left: str, right: str, witness: str) -> None:
    assert find_string(matching=[left], avoiding=[right]) == witness
    assert matches(left, witness) is True
    assert matches(right, witness) is False


@pytest.mark.parametrize("pattern", sorted({pattern for pair in INCLUDED for pattern in pair}))
def test_every_language_is_included_in_itself(pattern: str) -> None:
    assert find_string(matching=[pattern], avoiding=[pattern]) is EMPTY
    if "{40}" not in pattern:  # as many states as subsets of 40 positions
        assert find_string(matching=[f"(?:{pattern})"], avoiding=[pattern]) is EMPTY


def test_several_patterns_at_once() -> None:
    assert find_string(matching=["a", "b", "c"]) == "abc"
    assert find_string(matching=["^[ab]*$", "a", "b"], avoiding=["ab"]) == "ba"
    assert find_string(matching=["^[ab]*$", "a", "b"], avoiding=["ab", "ba"]) is EMPTY
    assert find_string(matching=["^a*$", "^b*$"]) == ""
    assert find_string(matching=["^a+$", "^b+$"]) is EMPTY
    assert find_string(matching=["^(?!a)\\w+$", "^(?!b)\\w+$"]) == "c"
    assert find_string(avoiding=["^(?!a)"]) == "a"
    assert find_string(avoiding=["^(?=a)", "^(?!a)"]) is EMPTY
    assert find_string(matching=["^a{2,20}$"], avoiding=["^a{2,9}$", "^a{11,20}$"]) == "a" * 10
    assert find_string(matching=["^a{2,20}$", "^[ab]{5,9}$"], avoiding=["^[^]{5,8}$"]) == "a" * 9
    assert find_string(avoiding=["^[a-z]{0,10}$", "^[^a-z]"]) == "a0"
    assert find_string(avoiding=["^[^]{0,9}$", "^[^]{11,}$"]) == "a" * 10
    assert find_string(avoiding=["^[^]{0,9}$", "^[^]{10,}$"]) is EMPTY
