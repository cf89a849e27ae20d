"""Laws of languages, on generated patterns, with Python's own engine as the judge."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pattern_membership import agree

from contractguard.semantics.languages import Emptiness, find_string, matches

ALPHABET = "ab1-"
WORDS = ["".join(letters) for length in range(6) for letters in product(ALPHABET, repeat=length)]
ATOMS = st.sampled_from(
    ["a", "b", "1", "-", ".", "\\w", "\\d", "\\W", "[ab]", "[^a]", "[a-b1]", "^", "\\Z", "\\b", "\\B"]
)
"""`\\Z` is what `$` means in ECMA-262; in what we are asked, it is written so."""


def quantified(inner: str, quantifier: str) -> str:
    return f"(?:{inner}){quantifier}"


QUANTIFIERS = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "*?", "{1,2}?"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda options: "(?:" + "|".join(options) + ")"),
        st.builds(quantified, inner, QUANTIFIERS),
    ),
    max_leaves=7,
)
LOOKS = st.builds(
    lambda negative, look, body, end: f"^(?{'!' if negative else '='}{look}){body}{end}",
    st.booleans(), PATTERNS, PATTERNS, st.sampled_from(["", "\\Z"]),
)  # fmt: skip
BEHIND = st.builds(
    lambda body, negative, char: f"{body}(?<{'!' if negative else '='}{char})\\Z",
    PATTERNS, st.booleans(), st.sampled_from("ab-"),
)  # fmt: skip
ALL = st.one_of(PATTERNS, PATTERNS, LOOKS, BEHIND)


def ours(pattern: str) -> str:
    return pattern.replace("\\Z", "$")


def judged(pattern: str, text: str) -> bool:
    # Before Python 3.14, `\\B` does not match in the empty string.
    return re.search(pattern.replace("\\B", "(?!\\b)"), text, re.ASCII) is not None


@settings(max_examples=150, deadline=None)
@given(ALL, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_membership_is_what_python_says(pattern: str, texts: list[str]) -> None:
    for text in texts:
        assert agree(ours(pattern), text) is judged(pattern, text), (pattern, text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ALL, max_size=2),
    st.lists(ALL, max_size=2),
    st.integers(0, 6),
    st.one_of(st.none(), st.integers(0, 6)),
    st.frozensets(st.sampled_from(WORDS[:30]), max_size=3),
)
def test_what_is_found_is_right_and_what_is_empty_has_no_member(
    matching: list[str], avoiding: list[str], least: int, most: int | None, excluded: frozenset[str]
) -> None:
    found = find_string(
        matching=[ours(p) for p in matching],
        avoiding=[ours(p) for p in avoiding],
        min_length=least,
        max_length=most,
        excluded=excluded,
        steps=100_000,
    )
    assume(found is not Emptiness.UNKNOWN)  # a few are as large as any budget
    members = (
        word
        for word in WORDS
        if least <= len(word) <= (99 if most is None else most)
        and word not in excluded
        and all(judged(p, word) for p in matching)
        and not any(judged(p, word) for p in avoiding)
    )
    if isinstance(found, str):
        assert least <= len(found) <= (len(found) if most is None else most)
        assert found not in excluded
        assert all(judged(p, found) for p in matching)
        assert not any(judged(p, found) for p in avoiding)
        assert len(found) <= len(next(members, found)), "there is a shorter one"
    else:
        assert next(members, None) is None


@settings(max_examples=50, deadline=None)
@given(PATTERNS, PATTERNS)
def test_a_language_is_within_every_union_with_it(first: str, second: str) -> None:
    p, q = ours(first), ours(second)
    assert find_string(matching=[p], avoiding=[f"(?:{p})|(?:{q})"]) is Emptiness.EMPTY
    assert find_string(matching=[p, q], avoiding=[p]) is Emptiness.EMPTY
    assert find_string(matching=[f"(?:{p})(?:{q})"], avoiding=[f"{q}"]) is Emptiness.EMPTY


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12), st.text(min_size=1, max_size=4))
def test_any_text_can_be_asked_for_and_excluded(text: str, more: str) -> None:
    literal = "^" + "".join(f"\\u{{{ord(char):x}}}" for char in text) + "$"
    assert find_string(matching=[literal]) == text
    assert find_string(matching=[literal], excluded=[text]) is Emptiness.EMPTY
    assert matches(literal, text) is True
    assert matches(literal, text + more) is False
