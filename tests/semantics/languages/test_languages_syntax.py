r"""What ECMA-262 patterns mean: which strings they match, by our automata and by RE2."""

from __future__ import annotations

import pytest
from pattern_membership import agree

from contractguard.semantics.languages import Emptiness, find_string, matches
from contractguard.semantics.languages.language import language_of
from contractguard.semantics.languages.parser import MOST_CHARACTERS

MEANINGS: list[tuple[str, list[str], list[str]]] = [
    # search semantics and anchors
    ("", ["", "a"], []),
    ("a", ["a", "xa", "ax", "xax"], ["", "x", "A"]),
    ("^a", ["a", "ax"], ["", "xa"]),
    ("a$", ["a", "xa"], ["", "ax", "a\n"]),
    ("^a$", ["a"], ["", "aa", "a\n", "\na", "b"]),
    ("^a|b$", ["a", "ax", "b", "xb"], ["", "xa", "bx"]),
    ("(^|x)a", ["a", "xa", "yxay"], ["ya", "x", ""]),
    ("a(x|$)", ["a", "ax", "yaxy", "ya"], ["ay", "x", ""]),
    ("a^", [], ["", "a", "aa"]),
    ("$a", [], ["", "a", "aa"]),
    ("^$", [""], ["a", "\n"]),
    ("^^a$$", ["a"], ["aa"]),
    ("x*^a", ["a", "ab"], ["xa", "x"]),
    ("a$x*", ["a", "ba"], ["ax"]),
    ("(^a)*b", ["b", "ab", "aab"], ["", "a"]),
    ("(^a)+b", ["ab"], ["b", "aab", "aa"]),
    ("(?:^|,)a(?:,|$)", ["a", "a,a", "b,a", ",a,"], ["ab", "b,ab", "ba"]),
    # characters and classes
    (".", ["a", "\t", "\U0001f600", "\x85", "\x0b"], ["", "\n", "\r", "\u2028", "\u2029"]),
    ("^\\d$", ["0", "9"], ["a", "٣", "", "/", ":"]),
    ("^\\D$", ["a", "٣"], ["0", "9"]),
    ("^\\w$", ["a", "z", "A", "Z", "0", "9", "_"], ["-", "é", "@", "[", "`", "{"]),
    ("^\\W$", ["-", "é"], ["a", "_", "0"]),
    (
        "^\\s$",
        [" ", "\t", "\x0b", "\x0c", "\n", "\r", "\xa0", "\ufeff", "\u2003", "\u2028", "\u3000"],
        ["a", "\x85", "\u200b"],
    ),
    ("^\\S$", ["a", "\x85"], [" ", "\xa0", "\u202f", "\u205f", "\u1680"]),
    ("^[a-c]$", ["a", "b", "c"], ["d", "`", "-"]),
    ("^[^a-c]$", ["d", "\n", "\U0010ffff"], ["a", "b", "c"]),
    ("^[a-]$", ["a", "-"], ["b"]),
    ("^[-a]$", ["a", "-"], ["b"]),
    ("^[\\w-.]$", ["a", "-", "."], ["/", ","]),
    ("^[+-\\d]$", ["+", "-", "5"], [",", "."]),
    ("^[a\\-c]$", ["a", "-", "c"], ["b", "\\"]),
    ("^[\\b]$", ["\x08"], ["b", "\\"]),
    ("^[\\]]$", ["]"], ["\\"]),
    ("^[[]$", ["["], ["]"]),
    ("^[.$^|]$", [".", "^", "$", "|"], ["a"]),
    ("^[^^]$", ["a"], ["^"]),
    ("[]", [], ["", "a", "]"]),
    ("^[^]$", ["a", "\n"], ["", "ab"]),
    ("^[c-ea-c]$", ["a", "b", "c", "d", "e"], ["f"]),
    # escapes
    ("^\\t\\n\\v\\f\\r$", ["\t\n\x0b\x0c\r"], ["tnvfr"]),
    ("^\\x41\\u0042\\u{43}$", ["ABC"], ["abc"]),
    ("^\\u{1F600}$", ["\U0001f600"], ["\uf600"]),
    ("^\\ud83d\\ude00$", ["\U0001f600"], ["a"]),
    ("^\\uD83D\\uDE00+$", ["\U0001f600", "\U0001f600\U0001f600"], []),
    ("^\\cA\\ca\\cZ$", ["\x01\x01\x1a"], ["AaZ"]),
    ("^\\0$", ["\x00"], ["0"]),
    ('^\\.\\*\\/\\-\\_\\ \\"$', ['.*/-_ "'], ["axx"]),
    ("^\\$\\{a\\}$", ["${a}"], ["a"]),
    ("^\\\\$", ["\\"], ["\\\\"]),
    ("^é$", ["é"], ["e"]),
    # quantifiers
    ("^a*$", ["", "a", "aaa"], ["b"]),
    ("^a+$", ["a", "aaa"], ["", "ab"]),
    ("^a?$", ["", "a"], ["aa"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaa"], ["a"]),
    ("^a{1,3}$", ["a", "aa", "aaa"], ["", "aaaa"]),
    ("^a{0}$", [""], ["a"]),
    ("^a{0,1}b$", ["b", "ab"], ["aab"]),
    ("^a+?b*?c??$", ["a", "aab", "abc"], ["bc", "acc"]),
    ("^(ab){2}$", ["abab"], ["ab", "ababab", "aabb"]),
    ("^(ab|c){1,2}$", ["ab", "c", "abc", "cab", "cc"], ["", "abcc", "a"]),
    ("^(a?){2}$", ["", "a", "aa"], ["aaa"]),
    ("^(a*b*){2}$", ["", "aabb", "abab", "ba"], ["ababa"]),
    ("^(a{2}){2}$", ["aaaa"], ["aaa", "aa", "aaaaa"]),
    ("^(a{1,2}){2}$", ["aa", "aaa", "aaaa"], ["a", "aaaaa"]),
    ("^(a{2,3}b?){2}$", ["aaaa", "aabaab", "aaabaaab"], ["aaa", "aabab"]),
    ("^(?:){3}$", [""], ["a"]),
    ("^(?:(?:^|b)a){2}$", ["aba", "baba"], ["aa", "abab"]),
    ("^a{,x$", ["a{,x"], ["a"]),
    ("^a{x}$", ["a{x}"], ["ax"]),
    ("^a{1$", ["a{1"], ["a"]),
    ("^a{1,x}$", ["a{1,x}"], ["a"]),
    ("^{}]$", ["{}]"], [""]),
    # groups and alternatives
    ("^(a|b)$", ["a", "b"], ["ab", "(a|b)"]),
    ("^(a|b|cd)e$", ["ae", "be", "cde"], ["ce", "de"]),
    ("^(|a)$", ["", "a"], ["aa"]),
    ("^(?:a)(?<n>b)(?P<m>c)$", ["abc"], ["ac"]),
    ("^(?<$x>a)$", ["a"], ["b"]),
    ("()", ["", "a"], []),
    ("a||b", ["", "c"], []),
    # word boundaries
    ("\\ba", ["a", " a", "b a", "-ab"], ["ba", "", "_a"]),
    ("a\\b", ["a", "a ", "ba", "a-b"], ["ab", "a_"]),
    ("\\Ba", ["ba", "1a"], ["a", " a"]),
    ("a\\B", ["ab", "a0"], ["a", "a "]),
    ("^\\b$", [], ["", "a"]),
    ("^\\B$", [""], ["a"]),
    ("\\b", ["a", " a"], ["", " ", "-"]),
    ("^a\\b-\\bb$", ["a-b"], ["a-", "ab"]),
    ("^(a\\b|-)+$", ["a", "a-a", "--"], ["aa", "-aa"]),
    ("^(\\b|a){3}$", ["a", "aa", "aaa"], ["", "aaaa"]),
    ("é\\b", ["éa"], ["é", "éé"]),
    # look-around at one known place
    ("^(?!foo)[a-z]+$", ["bar", "fo", "xfoo"], ["foo", "foobar", ""]),
    ("^(?=.*[0-9])(?=.*[a-z])\\w{3,}$", ["a1b", "12z"], ["abc", "123", "a1"]),
    ("^(?!a|b$)[a-c]+$", ["ba", "c"], ["a", "ab", "b"]),
    ("^(?!(?:a|b)c)\\w", ["ab", "cc"], ["ac", "bc", ""]),
    ("^((?!data)([a-z]+):(.*))$", ["http:x", "dat:"], ["data:x", "x"]),
    ("^(?:(?!a)\\w|b1)$", ["b", "c", "b1"], ["a", "bb"]),
    ("^(?!a)b|^c(?!d)", ["b", "bx", "c", "ce"], ["a", "cd"]),
    ("x|^(?!a)b", ["x", "ax", "b"], ["ab", "a"]),
    ("^[ab](?!-).{1,2}$", ["aa", "bab", "ab-"], ["a-", "a-b", "a"]),
    ("^ab{2}(?=c|d)", ["abbc", "abbd1"], ["abb", "abbe"]),
    ("^[a-]+(?<!-)$", ["a", "-a"], ["-", "a-"]),
    ("(?<=a)b$", ["ab", "xab"], ["b", "cb", "abx"]),
    ("^(?!^-)[a-]+(?<!-$)$", ["a", "a-a"], ["-a"]),
    # the categories of Unicode
    ("^\\p{L}$", ["a", "é", "中"], ["1", "-"]),
    ("^\\P{L}$", ["1", "-"], ["a", "é"]),
    ("^\\p{Lu}\\p{Ll}$", ["Éé", "Ab"], ["aB"]),
    ("^\\p{Letter}\\p{Nd}\\p{gc=P}\\p{General_Category=Math_Symbol}$", ["a1!+"], ["11!+"]),
    ("^[\\p{Lu}\\d]$", ["A", "1"], ["a"]),
    ("^\\p{LC}$", ["a", "ǅ"], ["中"]),
    ("^\\p{Any}\\p{ASCII}$", ["éa"], ["éé"]),
    ("^\\p{ASCII}$", ["\x00", "\x7f"], ["\x80"]),
    ("^\\p{Assigned}$", ["a"], ["\u0378"]),
    ("^\\p{Cn}$", ["\u0378", "\U000e0fff"], ["a", "\ue000"]),
    ("^\\p{Co}$", ["\ue000", "\U000f0000", "\U0010fffd"], ["a", "\U000ffffe"]),
]


@pytest.mark.parametrize(("pattern", "inside", "outside"), MEANINGS, ids=[pattern for pattern, _, _ in MEANINGS])
def test_a_pattern_matches_what_ecma_262_says(pattern: str, inside: list[str], outside: list[str]) -> None:
    for text in inside:
        assert agree(pattern, text) is True, (pattern, text)
    for text in outside:
        assert agree(pattern, text) is False, (pattern, text)


# fmt: off
NOT_UNDERSTOOD = [
    "(a", "a)", "[a", "[a-", "*a", "a**", "a*+", "a+*", "a???", "^*", "$+", "\\b+", "(?=a)*", "(?!a)+", "|*", "(*a)", "a\\",
    "[\\", "(?", "(?a)", "(?i)a", "(?i:a)", "(?>a)", "(?#a)", "(?<>a)", "(?<1a>b)", "(?<a", "(?P=a)", "(?P<>a)",
    "\\1", "(a)\\1", "(?<x>a)\\k<x>", "\\00", "\\01", "\\8", "\\A", "\\z", "\\Z", "\\Qa\\E", "\\h", "\\e", "\\a", "\\c", "\\c1",
    "\\cé",
    "\\x", "\\x4", "\\xg1", "\\u", "\\u12", "\\u{}", "\\u{110000}", "\\u{0000000041}", "\\u{g}", "\\u{41", "\\p", "\\pL",
    "\\p{", "\\p{Script=Greek}", "\\p{Greek}", "\\p{Xx}", "\\p{gc}", "\\p{sc=L}", "\\p{}", "\\P{Foo}", "[z-a]", "[\\b-\\a]",
    "a{2,1}", "a{,2}", "a{,}", "[[:alpha:]]", "[[.a.]]", "[[=a=]]", "[\\B]",
    "a(?!b)c*(?!d)", "(?=a)", "(?!a)b", "(?!a)^b", "^a*(?!b)c", "(?:(?!a)b)*", "^(?!(?!a)b)c", "a(?<!b)c*$", "(?<!a)",
    "b(?<=a)", "x(?=^)", "^[a-]+(?<=a)-?$", "(a|^)(?!b)", "^(?:a(?!b)){2}",
]
# fmt: on


@pytest.mark.parametrize("pattern", NOT_UNDERSTOOD)
def test_what_is_not_understood_leads_to_no_answer(pattern: str) -> None:
    assert language_of(pattern) is None
    found = find_string(matching=[pattern])
    assert found is Emptiness.UNKNOWN or (isinstance(found, str) and matches(pattern, found))


@pytest.mark.parametrize("pattern", ["(?i)abc", "(?i:abc)", "\\Aabc\\z", "[[:alpha:]]bc"])
def test_what_only_re2_understands_is_matched_as_it_does(pattern: str) -> None:
    assert matches(pattern, "abc") is True
    assert matches(pattern, "ab") is False


@pytest.mark.parametrize("pattern", ["(a)\\1", "^a*(?!b)c", "(a", "[z-a]"])
def test_what_nobody_understands_is_not_matched(pattern: str) -> None:
    assert matches(pattern, "abc") is None


def test_an_unknown_pattern_does_not_hide_that_the_others_leave_nothing() -> None:
    assert find_string(matching=["(a)\\1", "^a$"], avoiding=["a"]) is Emptiness.EMPTY
    assert find_string(matching=["^a$"], avoiding=["(a)\\1", "a"]) is Emptiness.EMPTY
    assert find_string(matching=["^a$"], avoiding=["(a)\\1"]) is Emptiness.UNKNOWN


def test_lone_surrogates_are_characters_that_re2_cannot_read() -> None:
    assert matches("a", "\ud800") is None
    assert matches("^\ud800$", "a") is False
    assert find_string(matching=["^\\ud800$"]) is Emptiness.UNKNOWN
    assert find_string(matching=["^\\ud800$"], avoiding=["\\ud800"]) is Emptiness.EMPTY
    assert find_string(matching=["^\\ud83da$"], avoiding=["a"]) is Emptiness.EMPTY
    assert find_string(matching=["^\\ud83d\\u{de00}$"], avoiding=["^\\ud83d"]) is Emptiness.EMPTY
    assert find_string(matching=["^\\ud83d\\ud83d$"], avoiding=["^\\ud83d{2}$"]) is Emptiness.EMPTY


def test_the_longest_pattern_that_is_read() -> None:
    assert language_of("a" * MOST_CHARACTERS) is not None
    assert language_of("a" * (MOST_CHARACTERS + 1)) is None
