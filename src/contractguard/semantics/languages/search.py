"""Finds a string that is in some languages and not in others, or proves that there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from threading import Lock

from contractguard.semantics.languages.automaton import Automaton
from contractguard.semantics.languages.language import Conjunction, Lengths, Literal, Regular, language_of
from contractguard.semantics.languages.matching import matches
from contractguard.semantics.languages.product import Budget, Product, Requirement
from contractguard.semantics.languages.remainders import OutOfStepsError
from contractguard.semantics.languages.shortest import shortest_text
from contractguard.semantics.languages.syntax import UNBOUNDED, Assertion, Chars, Edge, choice, sequence

_CHARACTERS_A_STEP = 8
_one_at_a_time = Lock()
"""Automata are shared between questions and grow while one is answered."""


class Emptiness(Enum):
    """There is no such string, or nobody knows."""

    EMPTY = "empty"
    UNKNOWN = "unknown"


def find_string(
    *,
    matching: Sequence[str] = (),
    avoiding: Sequence[str] = (),
    min_length: int = 0,
    max_length: int | None = None,
    excluded: Collection[str] = (),
    steps: int | Budget = 20_000,
) -> str | Emptiness:
    """A string that every pattern of `matching` matches, none of `avoiding` matches, with a length in the range, and not one
    of `excluded`.

    Patterns are ECMA-262 regular expressions in `u` mode that match anywhere in the string (JSON Schema validation, section
    6.3.3); lengths count code points. The string is a shortest one, readable where possible, the same in every run, and
    confirmed by `matches` for each pattern. EMPTY: proved that there is none. UNKNOWN: a pattern is not understood, RE2 does
    not agree, the budget of `steps` (states and transitions made) is used up, or the string would be longer than is counted.
    """
    if (max_length is not None and max_length < max(min_length, 0)) or not set(matching).isdisjoint(avoiding):
        return Emptiness.EMPTY
    if min_length >= UNBOUNDED:
        return Emptiness.UNKNOWN
    longest = UNBOUNDED if max_length is None else min(max_length, UNBOUNDED)
    wanted = [language_of(pattern) for pattern in matching]
    unwanted = [language_of(pattern) for pattern in avoiding]
    # What is not understood is left out: if nothing is left without it, nothing is left with it.
    clauses = [language for language in wanted if language is not None]
    for language in unwanted:
        clauses.extend(_negated(language or ()))
    budget = steps if isinstance(steps, Budget) else Budget(steps)
    try:
        clauses.extend(_different_from(sorted(excluded), budget))
        with _one_at_a_time:
            found = next(_found_in_regions(clauses, max(min_length, 0), longest, budget), None)
    except OutOfStepsError:
        return Emptiness.UNKNOWN
    if found is None:
        return Emptiness.EMPTY
    confirmed = (
        min_length <= len(found) <= longest
        and found not in excluded
        and all(matches(pattern, found) is True for pattern in matching)
        and all(matches(pattern, found) is False for pattern in avoiding)
    )
    return found if confirmed else Emptiness.UNKNOWN


def _negated(language: tuple[Conjunction, ...]) -> Iterator[tuple[Conjunction, ...]]:
    """What keeps a text out of the language: of each conjunction, something that does not hold."""
    for conjunction in language:
        yield tuple((Literal(literal.language, wanted=not literal.wanted),) for literal in conjunction)


def _different_from(excluded: Sequence[str], budget: Budget) -> Iterator[tuple[Conjunction, ...]]:
    if excluded:
        budget.spend(sum(map(len, excluded)) // _CHARACTERS_A_STEP)
        start, end = Assertion(Edge.START), Assertion(Edge.END)
        words = [sequence([start, *(Chars(((ord(char), ord(char)),)) for char in text), end]) for text in excluded]
        yield ((Literal(Regular(choice(words)), wanted=False),),)


def _found_in_regions(
    clauses: Sequence[tuple[Conjunction, ...]], least: int, most: int, budget: Budget
) -> Iterator[str]:
    """A string for each range of lengths that has one, in ascending order; within a range all `Lengths` are true or false."""
    lengths = [
        literal.language
        for clause in clauses
        for conjunction in clause
        for literal in conjunction
        if isinstance(literal.language, Lengths)
    ]
    limits = {bound for part in lengths for bound in (part.least, part.most + 1) if least < bound <= most}
    starts = sorted({least, *limits})
    for start, end in zip(starts, [*(start - 1 for start in starts[1:]), most], strict=True):
        known = [_at_length(clause, start) for clause in clauses]
        if all(known):
            automata, requirements = _numbered([clause for clause in known if () not in clause])
            found = shortest_text(Product(automata, requirements), start, end, budget)
            if found is not None:
                yield found


def _at_length(clause: tuple[Conjunction, ...], length: int) -> tuple[Conjunction, ...]:
    """The clause for texts of this length: none of its conjunctions where it cannot hold, an empty one where it holds."""
    kept = []
    for conjunction in clause:
        truths = [
            (literal.language.least <= length <= literal.language.most) == literal.wanted
            for literal in conjunction
            if isinstance(literal.language, Lengths)
        ]
        if all(truths):
            kept.append(tuple(literal for literal in conjunction if isinstance(literal.language, Regular)))
    return tuple(kept)


def _numbered(clauses: Sequence[tuple[Conjunction, ...]]) -> tuple[list[Automaton], list[Requirement]]:
    """The automata that the clauses name, each once, and the clauses with their numbers."""
    roles: dict[int, set[bool]] = {}
    for literal, language in _regular(clauses):
        roles.setdefault(id(language), set()).add(literal.wanted)
    numbers: dict[int, int] = {}
    automata: list[Automaton] = []
    for _, language in _regular(clauses):
        if id(language) not in numbers:
            numbers[id(language)] = len(automata)
            automata.append(language.automaton(branches=roles[id(language)] == {True}))
    return automata, [
        tuple(
            tuple((numbers[id(literal.language)], literal.wanted) for literal in conjunction) for conjunction in clause
        )
        for clause in clauses
    ]


def _regular(clauses: Sequence[tuple[Conjunction, ...]]) -> Iterator[tuple[Literal, Regular]]:
    for clause in clauses:
        for conjunction in clause:
            for literal in conjunction:
                if isinstance(literal.language, Regular):
                    yield literal, literal.language
