"""An automaton for one regular expression, made state by state as a search asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from contractguard.semantics.languages.remainders import (
    AFTER_OTHER,
    AFTER_WORD,
    AT_START,
    OutOfStepsError,
    Remainder,
    Remainders,
)
from contractguard.semantics.languages.syntax import UNBOUNDED, Node, Repeat

WORK_A_STEP = 8
"""Pieces of work (parts visited, moves made) that cost one step of a budget."""

_BLOCKS_A_PIECE = 4

DEAD, ALL = 0, 1
"""Numbers of two states: from here nothing is accepted; from here everything is."""

Row = list[tuple[int, ...]]

_Position = tuple[Remainder | None, int]
"""A state of the non-deterministic automaton: what is left to match, and what stands before."""


class Automaton:
    """The strings in which `node` (without look-arounds) matches somewhere.

    States are numbers. `start` is the first; `shortest` and `longest` bound, for each state, how many characters are still to
    come; `accepts` holds once the row of the state was asked for. `partition` groups the characters that it cannot tell apart.

    A deterministic automaton has one next state for each character. One that branches has several where the expression is
    ambiguous, and a text belongs to its language if some way through it ends well: enough to look for a text inside, and with
    fewer states, by far where the expression is as bad as `(a|b)*a(a|b){40}`.
    """

    def __init__(self, node: Node, *, branches: bool) -> None:
        self._root = node  # the parts are known by their identity, so they must stay alive
        self._branches = branches
        self._remainders = Remainders(node)
        self.partition = self._remainders.partition
        self._numbers: dict[frozenset[tuple[int, int]], int] = {}
        self._positions: list[tuple[_Position, ...]] = []
        self._rows: list[Row | None] = []
        self._work: list[int] = []
        self._row_work = 0
        self.accepts: list[bool] = []
        self.shortest: list[int] = []
        self.longest: list[int] = []
        self._number([])
        self._number([(self._remainders.anything, AFTER_OTHER)])
        self.start = self._number([(self._remainders.whole, AT_START)])

    @property
    def size(self) -> int:
        """The room that the states made so far take, in pieces of work."""
        return self._row_work + self._remainders.work

    def row(self, state: int, allowance: int) -> tuple[Row, int]:
        """The next states for each block, and what the row costs, in steps: the same whether or not it was made before.

        Raises OutOfStepsError where it costs more than `allowance` steps.
        """
        row = self._rows[state]
        if row is None:
            row = self._make_row(state, (allowance + 1) * WORK_A_STEP - 1)
        steps = self._work[state] // WORK_A_STEP
        if steps > allowance:
            raise OutOfStepsError
        return row, steps

    def _make_row(self, state: int, most_work: int) -> Row:
        targets: list[dict[tuple[int, int], _Position]] = [{} for _ in range(self.partition.count)]
        words = self._remainders.words
        work = WORK_A_STEP + self.partition.count // _BLOCKS_A_PIECE
        accepts = False
        for rest, before in self._positions[state]:
            found = self._remainders.moves(rest, before, most_work - work)
            accepts = accepts or found.accepts
            work += found.work
            for mask, left in found.moves:
                number = left.number if left else -1
                remaining = mask
                while remaining:
                    lowest = remaining & -remaining
                    remaining ^= lowest
                    now = AFTER_WORD if lowest & words else AFTER_OTHER
                    targets[lowest.bit_length() - 1][number, now] = (left, now)
                work += 1 + mask.bit_count() // _BLOCKS_A_PIECE
            if work > most_work:
                raise OutOfStepsError
        row = self._states_of(targets)
        self._rows[state] = row
        self._work[state] = work
        self._row_work += work
        self.accepts[state] = accepts
        return row

    def _states_of(self, targets: Sequence[dict[tuple[int, int], _Position]]) -> Row:
        """The states for the positions that each block leads to; many blocks lead to the same ones."""
        known: dict[tuple[tuple[int, int], ...], tuple[int, ...]] = {}
        row = []
        for positions in targets:
            key = tuple(positions)
            if key not in known:
                known[key] = self._states(_without_covered(positions.values()))
            row.append(known[key])
        return row

    def _states(self, positions: list[_Position]) -> tuple[int, ...]:
        """The state of all positions together, or where the automaton branches, that of each."""
        if not self._branches or len(positions) <= 1:
            return (self._number(positions),)
        numbers = tuple(self._number([position]) for position in positions)
        return (ALL,) if ALL in numbers else numbers

    def _number(self, positions: Iterable[_Position]) -> int:
        """The number of a state, new or known."""
        listed = list(positions)
        if any(rest is self._remainders.anything for rest, _ in listed):
            listed = [(self._remainders.anything, AFTER_OTHER)]
        key = frozenset((rest.number if rest else -1, before) for rest, before in listed)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._positions)
            self._positions.append(tuple(listed))
            self._rows.append(None)
            self._work.append(0)
            self.accepts.append(False)
            self.shortest.append(min((rest.shortest if rest else 0 for rest, _ in listed), default=UNBOUNDED))
            self.longest.append(max((rest.longest if rest else 0 for rest, _ in listed), default=0))
        return number


def _without_covered(positions: Iterable[_Position]) -> list[_Position]:
    """The positions without those that another one covers: `a{2,3}b` beside `a{1,5}b`."""
    kept: list[_Position] = []
    alike: dict[tuple[int, int, int], list[tuple[int, int, _Position]]] = {}
    for position in positions:
        rest, before = position
        if rest is not None and isinstance(rest.head, Repeat):
            key = (id(rest.head.item), rest.tail.number if rest.tail else -1, before)
            alike.setdefault(key, []).append((rest.head.least, -rest.head.most, position))
        else:
            kept.append(position)
    for repeats in alike.values():
        most = -1
        for _, minus_most, position in sorted(repeats, key=itemgetter(0, 1)):
            if -minus_most > most:
                most = -minus_most
                kept.append(position)
    return kept
