"""The search for a shortest text: best first (A*), with the lengths that the automata know of as estimates."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from contractguard.semantics.languages.letters import UGLY, Letter, letters
from contractguard.semantics.languages.product import Budget, Product, States
from contractguard.semantics.languages.remainders import OutOfStepsError
from contractguard.semantics.languages.syntax import UNBOUNDED

LONGEST_TEXT = 200_000
"""No longer text is made: where only such ones exist, the search ends as if it had used up its steps."""

_FEW = 16
"""Up to this least length it is counted at once; beyond it, a search without it first may settle the matter."""


def shortest_text(product: Product, shortest: int, longest: int, budget: Budget) -> str | None:
    """A shortest text of `product` within these lengths, as readable as may be. None: there is none.

    Characters that cannot be printed are tried only where it does not go without them. Raises OutOfStepsError.
    """
    every = letters(product.partitions)
    printable = [letter for letter in every if letter[0] < UGLY]
    for alphabet in (printable, every) if len(printable) < len(every) else (every,):
        found = _Search(product, alphabet, 0 if shortest > _FEW else shortest, longest).run(budget)
        if found is not None and len(found) < shortest:
            found = _Search(product, alphabet, shortest, longest).run(budget)
        if found is not None:
            return found
    return None


class _Search:
    """One search, with one alphabet."""

    def __init__(self, product: Product, alphabet: Sequence[Letter], shortest: int, longest: int) -> None:
        self._product = product
        self._alphabet = alphabet
        self._shortest = shortest
        self._longest = longest
        self._steps: list[tuple[int, str, int]] = []
        """Of each text met, the number of the one that it continues, and the letter that is added, with how many times."""
        self._waiting: list[tuple[int, int, int, int, States]] = []
        """Least length to expect, minus the length so far, rank, number of the text, states. The least is taken first."""

    def run(self, budget: Budget) -> str | None:
        best: dict[tuple[States, int], int] = {}
        self._add((-1, "", 0), 0, 0, self._product.start)
        while self._waiting:
            _, minus_length, rank, number, states = heappop(self._waiting)
            length = -minus_length
            # Texts that are too short yet are told apart by their length, the others are not.
            key = (states, min(length, self._shortest))
            if best.get(key, UNBOUNDED) <= length:
                continue
            best[key] = length
            following = self._product.next(states, self._alphabet, budget)
            if length >= self._shortest and self._product.accepts(states):
                if length > LONGEST_TEXT:
                    raise OutOfStepsError
                return self._text(number)
            for letter_rank, char, target in following:
                for times in self._times(states, target, length):
                    self._add((number, char, times), length + times, rank + letter_rank, target)
        return None

    def _add(self, step: tuple[int, str, int], length: int, rank: int, states: States) -> None:
        """Notes a text for later, unless it cannot be continued to a length in the range."""
        bounds = self._product.bounds(states)
        if bounds is None or length + bounds[0] > self._longest or length + bounds[1] < self._shortest:
            return
        heappush(self._waiting, (max(length + bounds[0], self._shortest), -length, rank, len(self._steps), states))
        self._steps.append(step)

    def _times(self, states: States, target: States, length: int) -> tuple[int, ...]:
        """How often to take a letter: once, and where it leads back to the same states, as often as the length asks for."""
        bounds = self._product.bounds(states)
        often = self._shortest - length - (bounds[0] if bounds else 0)
        return (often, 1) if target == states and often > 1 else (1,)

    def _text(self, number: int) -> str:
        parts = []
        while number >= 0:
            number, char, times = self._steps[number]
            parts.append(char * times)
        return "".join(reversed(parts))
