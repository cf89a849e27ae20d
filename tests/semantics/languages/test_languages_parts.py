"""The parts that languages are made of: sets of characters, partitions, letters, sources for RE2."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.semantics.languages.automaton import ALL, DEAD, Automaton
from contractguard.semantics.languages.charsets import (
    EVERY,
    LAST,
    Partition,
    Ranges,
    common_stretches,
    complement,
    ranges_of,
)
from contractguard.semantics.languages.classes import unicode_property
from contractguard.semantics.languages.language import Lengths, Literal, language_of
from contractguard.semantics.languages.letters import FAVOURITES, UGLY, letters
from contractguard.semantics.languages.parser import parse
from contractguard.semantics.languages.re2_source import re2_source
from contractguard.semantics.languages.remainders import OutOfStepsError
from contractguard.semantics.languages.syntax import UNBOUNDED, Node, Repeat

POINTS = st.integers(0, 40) | st.integers(LAST - 5, LAST)
PAIRS = st.lists(st.tuples(POINTS, POINTS).map(lambda pair: (min(pair), max(pair))), max_size=6)
PROBES = [*range(45), *range(LAST - 8, LAST + 1)]


def within(point: int, ranges: Ranges) -> bool:
    return any(first <= point <= last for first, last in ranges)


def test_ranges_are_sorted_apart_and_do_not_touch() -> None:
    assert ranges_of([(5, 6), (1, 2), (3, 4)]) == ((1, 6),)
    assert ranges_of([(1, 9), (2, 3), (11, 12)]) == ((1, 9), (11, 12))
    assert ranges_of([]) == ()
    assert complement(()) == ((0, 0x10FFFF),)
    assert complement(complement(EVERY)) == EVERY
    assert complement(EVERY) == ()
    assert complement(((0, 3), (7, LAST))) == ((4, 6),)
    assert complement(((2, 3),)) == ((0, 1), (4, LAST))


@given(PAIRS)
def test_a_set_and_its_complement(pairs: list[tuple[int, int]]) -> None:
    ranges = ranges_of(pairs)
    assert complement(complement(ranges)) == ranges
    for point in PROBES:
        assert within(point, ranges) is any(first <= point <= last for first, last in pairs)
        assert within(point, complement(ranges)) is not within(point, ranges)


@given(st.lists(PAIRS.map(ranges_of), max_size=4))
def test_blocks_tell_apart_what_the_sets_tell_apart(sets: list[Ranges]) -> None:
    partition = Partition(sets)
    assert partition.starts[0] == 0
    assert len(partition.masks) == len(sets)

    def block(point: int) -> int:
        return next(
            b for s, b in zip(reversed(partition.starts), reversed(partition.blocks), strict=True) if s <= point
        )

    for point in PROBES:
        for ranges, mask in zip(sets, partition.masks, strict=True):
            assert bool(mask >> block(point) & 1) is within(point, ranges)
    members = {block(p): tuple(within(p, ranges) for ranges in sets) for p in PROBES}
    assert len(set(members.values())) == len(members), "no two blocks are alike"
    assert partition.count == len(set(partition.blocks))


def test_common_stretches_name_the_block_in_each_partition() -> None:
    first, second = Partition([((5, 9),)]), Partition([((0, 6),), ((20, LAST),)])
    assert common_stretches([first, second]) == ([0, 5, 7, 10, 20], [(0, 0), (1, 0), (1, 1), (0, 1), (0, 2)])
    assert common_stretches([]) == ([0], [()])


def test_letters_are_the_most_readable_of_each_block() -> None:
    assert letters(()) == [(0, "a", ())]
    partition = Partition(
        [((0, 0x1F),), ((0x61, 0x7A),), ((0x30, 0x39),), ((0xE9, 0xE9),), ((0x300, 0x300),), ((0x7F, 0xA1),)]
    )
    found = [(char, rank >= UGLY) for rank, char, _ in letters((partition,))]
    assert found == [
        ("a", False), ("0", False), ("A", False), ("¡", False), ("é", False), ("\x00", True), ("\u0300", True),
    ]  # fmt: skip
    assert [rank for rank, _, _ in letters((Partition([]),))] == [0]
    assert len(set(FAVOURITES)) == len(FAVOURITES) == 95
    assert all(char.isascii() and char.isprintable() for char in FAVOURITES)
    assert sys.maxunicode < UGLY


def test_a_block_without_a_printable_start_is_searched_further() -> None:
    # U+0080 to U+00A0 cannot be printed, and no more than the first characters of a stretch are tried.
    rank, char, _ = letters((Partition([((0, 0x7F),)]),))[1]
    assert (rank, char) == (0xA1, "¡")
    rank, char, _ = next(
        letter for letter in letters((Partition([((0x78, 0x7F),), ((0xE000, 0xF8FF),)]),)) if letter[1] == "\ue000"
    )
    assert rank == UGLY + 0xE000


@pytest.mark.parametrize(
    ("name", "members", "others"),
    [
        ("L", "aZé中", "1 -_"),
        ("Uppercase_Letter", "AÉ", "aé"),
        ("gc=Nd", "0٣", "a½"),
        ("digit", "0", "a"),
        ("punct", "-_(", "a+"),
        ("LC", "aAǅ", "中"),
        ("Cc", "\x00\x7f", "a"),
        ("Cs", "\ud800\udfff", "a\ue000"),
        ("Co", "\ue000\U000f0000\U000ffffd\U00100000", "\U000ffffe"),
        ("Cn", "\u0378\U000e0080\U000affff", "a\U000e0001"),
        ("Z", " \u2028", "a"),
        ("Any", "a\U0010ffff", ""),
    ],
)
def test_categories_of_unicode(name: str, members: str, others: str) -> None:
    ranges = unicode_property(name)
    assert ranges is not None
    assert all(within(ord(char), ranges) for char in members)
    assert not any(within(ord(char), ranges) for char in others)


def test_the_categories_make_up_all_characters() -> None:
    parts = [unicode_property(name) for name in "LMNPSZC"]
    assert ranges_of(pair for part in parts if part for pair in part) == EVERY
    for name in ("L1", "Ll ", "sc=L", "gc=", "Script", "Alphabetic"):
        assert unicode_property(name) is None


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("a", r"\x{61}"),
        ("[a-c]", r"[\x{61}-\x{63}]"),
        ("[]", r"[^\x{0}-\x{10ffff}]"),
        ("^a|b$", r"(?:\A\x{61}|\x{62}\z)"),
        (r"\b\B", r"\b\B"),
        ("(?:ab)*", r"(?:\x{61}\x{62}){0,}"),
        ("a{2,3}", r"(?:\x{61}){2}(?:\x{61}){0,1}"),
        ("a{1500,}", r"(?:\x{61}){500,}(?:\x{61}){1000}"),
    ],
)
def test_the_source_for_re2(pattern: str, source: str) -> None:
    assert sorted(re2_source(parse(pattern))) == sorted(source)


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest", "optional"),
    [
        ("", 0, 0, True),
        ("abc", 3, 3, False),
        ("a|bcd", 1, 3, False),
        ("a*", 0, UNBOUNDED, True),
        ("(ab){2,3}", 4, 6, False),
        ("(ab){2,}c?", 4, UNBOUNDED, False),
        ("^$", 0, 0, False),
        ("(a?){5}", 0, 5, True),
        ("(a|b*)", 0, UNBOUNDED, True),
        ("((((a{999999999}){999999999}){999999999}){999999999})", UNBOUNDED, UNBOUNDED, False),
        ("(\\b)*", 0, 0, True),
        ("(\\b){2,5}", 0, 0, False),
    ],
)
def test_the_parts_know_their_lengths(pattern: str, shortest: int, longest: int, optional: bool) -> None:
    node = parse(pattern)
    assert (node.shortest, node.longest, node.optional) == (shortest, longest, optional)


def test_simplifications() -> None:
    def text(node: Node) -> str:
        return type(node).__name__

    assert text(parse("(a|b|[c-d])")) == "Chars"
    assert text(parse("(a){1}")) == "Chars"
    assert text(parse("(a)(b)")) == "Sequence"
    assert text(parse("(^){2,9}")) == "Assertion"
    assert text(parse("(a?){3,9}")) == "Repeat"
    assert isinstance(node := parse("(a?){3,9}"), Repeat)
    assert (node.least, node.most) == (0, 9)


def walk(automaton: Automaton, text: str) -> int:
    state = automaton.start
    for char in text:
        row, _ = automaton.row(state, 1000)
        block = next(
            block
            for start, block in zip(
                reversed(automaton.partition.starts), reversed(automaton.partition.blocks), strict=True
            )
            if start <= ord(char)
        )
        (state,) = row[block]
    automaton.row(state, 1000)
    return state


def test_deterministic_states() -> None:
    anchored = Automaton(parse("^ab?$"), branches=False)
    assert walk(anchored, "b") == walk(anchored, "abb") == DEAD
    assert not anchored.accepts[DEAD]
    state = walk(anchored, "a")
    assert (anchored.accepts[state], anchored.shortest[state], anchored.longest[state]) == (True, 0, 1)
    assert (anchored.shortest[anchored.start], anchored.longest[anchored.start]) == (1, 2)
    searched = Automaton(parse("ab"), branches=False)
    assert walk(searched, "xxab") == walk(searched, "ababx") == ALL
    assert searched.accepts[ALL]
    assert searched.shortest[walk(searched, "xa")] == 1
    assert walk(Automaton(parse("a^"), branches=False), "a") != ALL
    assert walk(Automaton(parse("^a^b$"), branches=False), "a") == DEAD


def test_counters_that_others_cover_are_dropped() -> None:
    automaton = Automaton(parse("^a{0,9}a{0,9}$"), branches=False)
    assert walk(automaton, "a" * 18) != DEAD
    assert walk(automaton, "a" * 19) == DEAD
    assert len({walk(automaton, "a" * length) for length in range(19)}) == 19
    rows = [automaton.row(walk(automaton, "a" * length), 10_000)[1] for length in range(19)]
    assert max(rows) <= 4, "each state holds two counters, not as many as characters were read"


def test_a_row_costs_steps_and_is_refused_where_there_are_too_few() -> None:
    automaton = Automaton(parse("a?" * 100), branches=False)
    with pytest.raises(OutOfStepsError):
        automaton.row(automaton.start, 10)
    _, cost = automaton.row(automaton.start, 1000)
    assert automaton.row(automaton.start, cost) == automaton.row(automaton.start, 1000)
    with pytest.raises(OutOfStepsError):
        automaton.row(automaton.start, cost - 1)
    again = Automaton(parse("a?" * 100), branches=False)
    with pytest.raises(OutOfStepsError):
        again.row(again.start, cost - 1)
    assert again.row(again.start, cost)[1] == cost


@pytest.mark.parametrize(
    ("pattern", "lengths"),
    [
        ("^a{2}$", (2, 2)),
        ("^[a-z]{0,2}$", (0, 2)),
        ("^.{2,}$", (2, UNBOUNDED)),
        ("^(a|b){3,9}$", (3, 9)),
        ("^a?$", None),
        ("^a*$", None),
        ("^a+$", None),
        ("^(ab){2}$", None),
        ("a{2}", None),
        ("^a{2}b$", None),
    ],
)
def test_repeated_characters_between_anchors_are_a_range_of_lengths(
    pattern: str, lengths: tuple[int, int] | None
) -> None:
    language = language_of(pattern)
    assert language
    found = [literal.language for literal in language[0] if isinstance(literal.language, Lengths)]
    assert found == ([Lengths(*lengths)] if lengths else [])
    assert len(language[0]) == (2 if lengths else 1)


def test_repeated_characters_of_any_kind_are_only_a_range_of_lengths() -> None:
    assert language_of("^[^]{2,5}$") == ((Literal(Lengths(2, 5)),),)


def test_options_are_told_apart_only_where_it_helps() -> None:
    def sizes(pattern: str) -> list[int]:
        return [len(conjunction) for conjunction in language_of(pattern) or ()]

    assert sizes("a|b|^c$") == [1]
    assert sizes("a|^b{2}$|c") == [2, 1]
    assert sizes("^(?!a)(?=b)c|^(?!d)e|f") == [3, 2, 1]
    assert sizes("^(?:(?!a)b|c)") == [2, 1]
    counts = [1 + number.bit_count() for number in range(1, 2**5)]
    assert sizes("^" + "(?:(?=a)|b)" * 5) == [*counts, 1], "what has no look-around comes last"
