"""Automata of several languages side by side: the states that they are in together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from contractguard.semantics.languages.automaton import ALL, DEAD, Automaton
from contractguard.semantics.languages.letters import Letter
from contractguard.semantics.languages.remainders import OutOfStepsError
from contractguard.semantics.languages.syntax import UNBOUNDED

Requirement = tuple[tuple[tuple[int, bool], ...], ...]
"""Of these conjunctions one must hold: (number of an automaton, whether it is to accept the text)."""

States = tuple[int, ...]
"""The state of each automaton."""

_TARGETS_A_STEP = 32
_AUTOMATA_A_STEP = 8
_MEASURED_A_STEP = 8


class Budget:
    """How many steps are left."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Raises OutOfStepsError where there are not as many left."""
        self.left -= steps
        if self.left < 0:
            raise OutOfStepsError


class Product:
    """The texts that fulfil every requirement, each of them about some of the automata."""

    def __init__(self, automata: Sequence[Automaton], requirements: Sequence[Requirement]) -> None:
        self._automata = automata
        self._requirements = requirements
        self._bounds: dict[States, tuple[int, int] | None] = {}
        self._width = 1 + len(automata) // _AUTOMATA_A_STEP
        self.partitions = tuple(automaton.partition for automaton in automata)
        self.start: States = tuple(automaton.start for automaton in automata)

    def next(self, states: States, alphabet: Sequence[Letter], budget: Budget) -> list[tuple[int, str, States]]:
        """Rank and character of the best letter that leads to each of the next states. Raises OutOfStepsError.

        A letter costs the same whether or not it leads anywhere new, so that the budget bounds the time.
        """
        rows = []
        for automaton, state in zip(self._automata, states, strict=True):
            row, cost = automaton.row(state, budget.left)
            budget.spend(cost)
            rows.append(row)
        found: dict[States, tuple[int, str, States]] = {}
        tried = 0
        for rank, char, blocks in alphabet:
            targets = [row[block] for row, block in zip(rows, blocks, strict=True)]
            tried += prod(map(len, targets))  # they multiply: they are paid for before they are made
            if tried > _TARGETS_A_STEP:
                budget.spend(tried // _TARGETS_A_STEP * self._width)
                tried %= _TARGETS_A_STEP
            for target in product(*targets):
                if target not in found:
                    found[target] = (rank, char, target)
        # What is found is measured with each of the automata.
        budget.spend(self._width + (len(found) * len(self._automata) // _MEASURED_A_STEP if self._width > 1 else 0))
        return list(found.values())

    def accepts(self, states: States) -> bool:
        """Whether a text may end in these states, of which the next ones have been asked for."""
        return all(
            any(
                all(self._automata[index].accepts[states[index]] == wanted for index, wanted in conjunction)
                for conjunction in requirement
            )
            for requirement in self._requirements
        )

    def bounds(self, states: States) -> tuple[int, int] | None:
        """The least and the greatest number of characters still to come. None where no text can go on from here."""
        if states not in self._bounds:
            self._bounds[states] = self._measured(states)
        return self._bounds[states]

    def _measured(self, states: States) -> tuple[int, int] | None:
        least, most = 0, UNBOUNDED
        for requirement in self._requirements:
            low, high = UNBOUNDED, -1
            for conjunction in requirement:
                bounds = self._measured_conjunction(states, conjunction)
                if bounds:
                    low, high = min(low, bounds[0]), max(high, bounds[1])
            least, most = max(least, low), min(most, high)
            if least > most:
                return None
        return least, most

    def _measured_conjunction(
        self, states: States, conjunction: tuple[tuple[int, bool], ...]
    ) -> tuple[int, int] | None:
        least, most = 0, UNBOUNDED
        for index, wanted in conjunction:
            state = states[index]
            if state == (DEAD if wanted else ALL):
                return None
            if wanted:
                least = max(least, self._automata[index].shortest[state])
                most = min(most, self._automata[index].longest[state])
        return least, most
