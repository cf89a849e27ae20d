"""What is left to match after a part of a text: the states of a non-deterministic automaton, made when asked for.

A remainder is a chain of parts of the pattern, with counters kept as numbers (after one `a`, `a{5}` leaves `a{4}`), so that
`a{1000}` takes no room until somebody walks there.
"""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.semantics.languages.charsets import EVERY, Partition
from contractguard.semantics.languages.classes import WORD
from contractguard.semantics.languages.syntax import (
    UNBOUNDED,
    Assertion,
    Chars,
    Choice,
    Edge,
    Node,
    Repeat,
    Sequence,
    sequence,
)

# What stands before a position, and what may follow it, as far as `^`, `$` and `\b` can tell.
AT_START, AFTER_WORD, AFTER_OTHER = 0, 1, 2
_END, _WORD, _OTHER = 1, 2, 4
_ANY = _END | _WORD | _OTHER


class OutOfStepsError(Exception):
    """The budget of steps is used up."""


class Remainder:
    """`head`, then `tail` (None: nothing more). Each is made once in an automaton, so identity is equality.

    `shortest` and `longest` bound the number of characters that are still to come; `opens` tells that they cannot come but at the
    start of the text.
    """

    __slots__ = ("head", "longest", "number", "opens", "shortest", "tail")

    def __init__(self, number: int, head: Node, tail: Remainder | None) -> None:
        self.number = number
        self.head = head
        self.tail = tail
        self.shortest: int = min(head.shortest + (tail.shortest if tail else 0), UNBOUNDED)
        self.longest: int = min(head.longest + (tail.longest if tail else 0), UNBOUNDED)
        self.opens: bool = head.opens or (tail is not None and tail.opens)


@dataclass(frozen=True, slots=True)
class Moves:
    """Where a remainder leads: (blocks as bits, what is then left); whether the text may end here; pieces of work it took."""

    moves: tuple[tuple[int, Remainder | None], ...]
    accepts: bool
    work: int


class Remainders:
    r"""All remainders of one pattern. `anything` is the one that every text satisfies, `whole` that of the pattern itself.

    `partition` groups the characters that the pattern cannot tell apart; `words` has the bits of the blocks that are `\w`
    where the pattern needs to know, else 0. `work` counts what has been made so far, as a measure of the room it takes.
    """

    def __init__(self, node: Node) -> None:
        characters, boundaries = _survey(node)
        self.partition = Partition(
            [*(part.ranges for part in characters), WORD] if boundaries else [p.ranges for p in characters]
        )
        self.words = self.partition.masks[-1] if boundaries else 0
        every = Chars(EVERY)
        self._masks = {id(part): mask for part, mask in zip(characters, self.partition.masks, strict=False)}
        self._masks[id(every)] = (1 << self.partition.count) - 1
        self._chains: dict[tuple[int, int], Remainder] = {}
        self._counted: dict[tuple[int, int, int], Repeat] = {}
        self._known: dict[tuple[int, int], Moves] = {}
        self.work = self.partition.count + len(characters)
        repeated = Repeat(every, 0, UNBOUNDED)
        self.anything = self.chain(repeated, None)
        self.whole = self.chain(_searched(node, repeated), None)

    def chain(self, head: Node, tail: Remainder | None) -> Remainder:
        """`head`, then `tail`."""
        key = (id(head), tail.number if tail else -1)
        found = self._chains.get(key)
        if found is None:
            found = self._chains[key] = Remainder(len(self._chains), head, tail)
        return found

    def once_less(self, part: Repeat) -> Repeat:
        """The same part repeated once less."""
        most = part.most if part.most == UNBOUNDED else part.most - 1
        least = max(part.least - 1, 0)
        if (least, most) == (part.least, part.most):
            return part
        key = (id(part.item), least, most)
        if key not in self._counted:
            self._counted[key] = Repeat(part.item, least, most)
        return self._counted[key]

    def mask(self, part: Chars, following: int) -> int:
        """The blocks of a set of characters, as bits, where only `following` may follow."""
        mask = self._masks[id(part)]
        if following & (_WORD | _OTHER) == _WORD:
            return mask & self.words
        if following & (_WORD | _OTHER) == _OTHER:
            return mask & ~self.words
        return mask if following & _WORD else 0

    def moves(self, remainder: Remainder | None, before: int, most_work: int) -> Moves:
        """Everything that can be consumed next. Raises OutOfStepsError where that takes more than `most_work`."""
        key = (remainder.number if remainder else -1, before)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _Closure(self, before).of(remainder, most_work)
            self.work += found.work
        return found


class _Closure:
    """The walk through all that can be passed, before one position, without consuming a character."""

    def __init__(self, remainders: Remainders, before: int) -> None:
        self._all = remainders
        self._before = before
        self._waiting: list[tuple[Remainder | None, int]] = []
        self._moves: dict[int, tuple[int, Remainder | None]] = {}
        self._repeats: dict[tuple[int, int, int], list[Repeat]] = {}

    def of(self, start: Remainder | None, most_work: int) -> Moves:
        seen: set[tuple[int, int]] = set()
        accepts = False
        work = 0
        self._waiting.append((start, _ANY))
        while self._waiting:
            work += 1
            rest, following = self._waiting.pop()
            if rest is None:
                accepts = accepts or bool(following & _END)
            elif (rest.number, following) not in seen:
                seen.add((rest.number, following))
                work += self._visit(rest.head, rest.tail, following)
            if work > most_work:
                raise OutOfStepsError
        return Moves(tuple(self._moves.values()), accepts, work)

    def _visit(self, head: Node, tail: Remainder | None, following: int) -> int:
        """Steps into the first part of what is left. The extra work, in pieces."""
        if isinstance(head, Chars):
            mask = self._all.mask(head, following)
            if mask and not (tail and tail.opens):
                number = tail.number if tail else -1
                self._moves[number] = (mask | self._moves.get(number, (0, None))[0], tail)
            return 0
        if isinstance(head, Sequence):
            for item in reversed(head.items):
                tail = self._all.chain(item, tail)
            self._waiting.append((tail, following))
            return len(head.items)
        if isinstance(head, Choice):
            self._waiting.extend((self._all.chain(option, tail), following) for option in head.options)
            return len(head.options)
        if isinstance(head, Repeat):
            return self._repeat(head, tail, following)
        if isinstance(head, Assertion):
            following = self._narrowed(head.edge, following)
            if following:
                self._waiting.append((tail, following))
        return 0

    def _repeat(self, part: Repeat, tail: Remainder | None, following: int) -> int:
        met = self._repeats.setdefault((id(part.item), tail.number if tail else -1, following), [])
        if any(other.least <= part.least and part.most <= other.most for other in met):
            return len(met)  # it matches nothing that the other does not
        met.append(part)
        if part.least == 0:
            self._waiting.append((tail, following))
        if part.most:
            less = self._all.once_less(part)
            self._waiting.append((self._all.chain(part.item, self._all.chain(less, tail)), following))
        return len(met)

    def _narrowed(self, edge: Edge, following: int) -> int:
        """What may follow where the assertion holds; 0 where it cannot hold."""
        if edge is Edge.START:
            return following if self._before == AT_START else 0
        if edge is Edge.END:
            return following & _END
        boundary = _END | _OTHER if self._before == AFTER_WORD else _WORD
        return following & (boundary if edge is Edge.WORD else _ANY & ~boundary)


def _survey(node: Node) -> tuple[list[Chars], bool]:
    """All sets of characters in the pattern, and whether it asks for the boundaries of words."""
    found: list[Chars] = []
    boundaries = False
    waiting = [node]
    while waiting:
        part = waiting.pop()
        match part:
            case Chars():
                found.append(part)
            case Assertion(edge=Edge.WORD | Edge.NOT_WORD):
                boundaries = True
            case Sequence():
                waiting.extend(part.items)
            case Choice():
                waiting.extend(part.options)
            case Repeat():
                waiting.append(part.item)
            case _:
                pass
    return found, boundaries


def _searched(node: Node, anything: Repeat) -> Node:
    """The texts in which `node` matches somewhere: anything may come first and last, except where the pattern is anchored."""
    options = node.options if isinstance(node, Choice) else (node,)
    searched = []
    for option in options:
        items = option.items if isinstance(option, Sequence) else (option,)
        first = [] if items and _is_edge(items[0], Edge.START) else [anything]
        last = [] if items and _is_edge(items[-1], Edge.END) else [anything]
        searched.append(sequence([*first, *items, *last]))
    return searched[0] if len(searched) == 1 else Choice(tuple(searched))


def _is_edge(node: Node, edge: Edge) -> bool:
    return isinstance(node, Assertion) and node.edge is edge
