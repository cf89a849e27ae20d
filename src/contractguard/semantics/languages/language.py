"""A pattern as a combination of simpler languages: regular expressions without look-around, and ranges of lengths."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from contractguard.semantics.languages.automaton import Automaton
from contractguard.semantics.languages.charsets import EVERY
from contractguard.semantics.languages.parser import NotUnderstoodError, parse
from contractguard.semantics.languages.re2_source import re2_source
from contractguard.semantics.languages.syntax import (
    UNBOUNDED,
    Assertion,
    Chars,
    Choice,
    Edge,
    Look,
    Node,
    Repeat,
    Sequence,
    choice,
    repeat,
    sequence,
)

_MOST_OPTIONS = 64
"""Options with look-arounds are multiplied out up to this number."""

_KEPT_SIZE = 20_000
"""An automaton that has grown beyond this many pieces is not kept from one question to the next."""


@dataclass(slots=True, eq=False)
class Regular:
    """The texts in which an expression without look-around matches somewhere."""

    node: Node
    _automata: dict[bool, Automaton] = field(default_factory=dict, init=False)
    _source: str = field(default="", init=False)

    def automaton(self, *, branches: bool) -> Automaton:
        """Its automaton, deterministic or one that branches, with the states that earlier questions have made."""
        automaton = self._automata.get(branches)
        if automaton is None or automaton.size > _KEPT_SIZE:
            automaton = self._automata[branches] = Automaton(self.node, branches=branches)
        return automaton

    def source(self) -> str:
        """The expression in the syntax of RE2."""
        self._source = self._source or re2_source(self.node)
        return self._source


@dataclass(frozen=True, slots=True)
class Lengths:
    """The texts of `least` to `most` characters."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A language, or (`wanted` false) its complement."""

    language: Regular | Lengths
    wanted: bool = True


Conjunction = tuple[Literal, ...]


@lru_cache(maxsize=512)
def language_of(pattern: str) -> tuple[Conjunction, ...] | None:
    """The conjunctions of which a text must fulfil one for `pattern` to match it. None: the pattern is not understood."""
    try:
        node = parse(pattern)
        options = _spread_out(node.options if isinstance(node, Choice) else (node,))
        conjunctions: list[Conjunction] = []
        plain: list[Node] = []
        for option in options:
            lengths = None if option.looks else _only_lengths(option)
            if lengths:
                conjunctions.append(lengths)
            elif option.looks:
                conjunctions.append(_pinned(option))
            else:
                plain.append(option)
    except NotUnderstoodError:
        return None
    if plain:
        conjunctions.append((Literal(Regular(plain[0] if len(plain) == 1 else choice(plain))),))
    return tuple(conjunctions)


def _only_lengths(option: Node) -> Conjunction | None:
    """`^C{m,n}$` as `^C*$` and a range of lengths, so that large counts need no states."""
    match option:
        case Sequence(
            items=(
                Assertion(edge=Edge.START),
                Repeat(item=Chars() as chars, least=least, most=most),
                Assertion(edge=Edge.END),
            )
        ) if least > 1 or 1 < most < UNBOUNDED:
            lengths = Literal(Lengths(least, most))
            if chars.ranges == EVERY:
                return (lengths,)
            every = repeat(chars, 0, UNBOUNDED)
            return (lengths, Literal(Regular(sequence([option.items[0], every, option.items[2]]))))
        case _:
            return None


def _spread_out(options: tuple[Node, ...]) -> list[Node]:
    """The options, with choices among their parts multiplied out where these have look-arounds: `^(?:(?!a)b|c)` in two."""
    waiting = list(options)
    done: list[Node] = []
    while waiting:
        option = waiting.pop(0)
        items = option.items if isinstance(option, Sequence) else (option,)
        for index, item in enumerate(items):
            if item.looks and isinstance(item, Choice):
                waiting[:0] = [sequence([*items[:index], part, *items[index + 1 :]]) for part in item.options]
                if len(waiting) + len(done) > _MOST_OPTIONS:
                    raise NotUnderstoodError("too many options with look-arounds")
                break
        else:
            done.append(option)
    return done


def _pinned(option: Node) -> Conjunction:
    """Look-arounds as expressions of their own, which needs each to stand at one known position of the text.

    Behind `^` and parts of one length, `^X(?!A)Y` is `^XY` and not `^XA`; before parts of one length and `$`, `X(?<!A)Y$` is
    `XY$` and not `AY$`.
    """
    items = option.items if isinstance(option, Sequence) else (option,)
    plain = [item for item in items if not isinstance(item, Look)]
    literals = [Literal(Regular(sequence(plain)))]
    for index, item in enumerate(items):
        if isinstance(item, Look):
            before = [part for part in items[:index] if not isinstance(part, Look)]
            after = [part for part in items[index + 1 :] if not isinstance(part, Look)]
            if item.behind:
                pinned = _is_pinned(after[::-1], Edge.END)
                look = sequence([item.item, *after])
            else:
                pinned = _is_pinned(before, Edge.START)
                look = sequence([*before, item.item])
            if not pinned or look.looks:
                raise NotUnderstoodError("a look-around that stands at no fixed position")
            literals.append(Literal(Regular(look), wanted=not item.negative))
        elif item.looks:
            raise NotUnderstoodError("a look-around inside a repetition")
    return tuple(literals)


def _is_pinned(parts: list[Node], edge: Edge) -> bool:
    """Whether the parts, read from the edge of the text inwards, begin at that edge and have one length only."""
    for index, part in enumerate(parts):
        if isinstance(part, Assertion) and part.edge is edge:
            return all(after.shortest == after.longest for after in parts[index:])
        if part.longest:
            return False
    return False
