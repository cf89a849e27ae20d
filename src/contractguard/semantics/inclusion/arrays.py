"""Putting an array together: how long it is, which item answers which demand, and a value for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from contractguard.model.values import JsonValue, canonical
from contractguard.semantics.inclusion.driver import Asking, Search
from contractguard.semantics.inclusion.literals import Goal, Part, Where
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, Witness
from contractguard.semantics.inclusion.things import Alternative, Counted, Distinct, Each, only_child

if TYPE_CHECKING:
    from contractguard.semantics.inclusion.case import Case
    from contractguard.semantics.inclusion.search import Searcher


_MOST_ITEMS = 5_000
"""Items of a payload; a longer one is not put together."""
_MOST_DEMANDS = 12
"""Items asked for one by one, beside the plain ones."""
_MOST_PLANS = 400
"""Ways of giving demands to items."""
_MOST_DISTINCT = 40
"""Items that must differ from each other, each chosen with regard to all others."""

_Extra = dict[int, Goal]
"""Index → what must hold of the item beside what the schemas say."""


class ArrayFilling:
    """Looks for an array that fits a case in which nothing is left to choose."""

    def __init__(self, searcher: Searcher, case: Case) -> None:
        self._searcher = searcher
        self._literals = searcher.literals
        self._case = case
        self._schemas = [literal for literal in case.holding if literal.schema.prefix_items or literal.schema.items]
        self._rules = [thing for thing in case.values if isinstance(thing, Each)]
        self._counted = [thing for thing in case.values if isinstance(thing, Counted)]
        self._distinct = {thing.holds for thing in case.values if isinstance(thing, Distinct)}
        self._children = [child for child in case.children if child.step.where is Where.ITEM]
        self._floating = [child for child in case.children if child.step.where is Where.LATER_ITEM]
        self._receiving = searcher.receiving(case)
        self._doubts = Doubts()

    def search(self) -> Search:
        """An array, the proof that there is none, or that it cannot be said."""
        if self._distinct == {True, False} or any(
            count.at_most is not None and count.at_least > count.at_most for count in self._counted
        ):
            return EMPTY
        demands = len(self._floating) + sum(count.at_least for count in self._counted)
        shortest = max([self._case.at_least, *(child.step.index + 1 for child in self._children)])
        # Beyond these, a longer array only repeats plain items: what it could show, a shorter one shows.
        longest = max(shortest, self._plain_from()) + demands + (2 if False in self._distinct else 0)
        if self._case.at_most is not None:
            longest = min(longest, self._case.at_most)
        if demands > _MOST_DEMANDS or shortest > _MOST_ITEMS:
            self._doubts.note("minItems" if shortest > _MOST_ITEMS else "contains")
            return self._doubts.verdict()
        plans = 0
        for length in range(shortest, longest + 1):
            for extra in self._plans(length):
                plans += 1
                self._searcher.budget.step()
                if plans > _MOST_PLANS:
                    self._doubts.note("contains")
                    return self._doubts.verdict()
                outcome = yield from self._with_plan(length, extra)
                if isinstance(outcome, Witness):
                    return outcome
                self._doubts.take(outcome)
        return self._doubts.verdict()

    def excludes(self, alternative: Alternative) -> Asking[bool]:
        """Whether an alternative that speaks of one item is ruled out by what the schemas say of it."""
        child = only_child(alternative)
        if child is None:
            return False
        # Of a later item the schemas say the same wherever it is, unless one of them lists the first items.
        if child.step.where is not Where.ITEM and child.step.index < self._plain_from():
            return False
        outcome = yield self._item_goal(child.step.index, child.goal)
        return outcome is EMPTY

    def _plain_from(self) -> int:
        """The index from which on every schema says the same of all items."""
        starts = [len(literal.schema.prefix_items) for literal in self._schemas]
        starts += [rule.step.index for rule in self._rules]
        starts += [child.step.index + 1 for child in self._children]
        starts += [child.step.index for child in self._floating]
        return max(starts, default=0)

    def _plans(self, length: int) -> Iterator[_Extra]:
        """Every way of giving the demands to items of an array of this length."""
        choices: list[list[_Extra]] = [
            [{index: child.goal} for index in range(child.step.index, length)] for child in self._floating
        ]
        choices += [list(islice(self._countings(count, length), _MOST_PLANS + 1)) for count in self._counted]
        fixed: _Extra = {}
        for child in self._children:
            fixed[child.step.index] = (*fixed.get(child.step.index, ()), *child.goal)
        for chosen in product(*choices):
            yield _merged((fixed, *chosen))

    def _countings(self, count: Counted, length: int) -> Iterator[_Extra]:
        """The ways in which so many items make the literal true; where there is an upper limit, all others do not."""
        most = length if count.at_most is None else min(count.at_most, length)
        least = count.at_least
        for number in range(least, (least if count.at_most is None else most) + 1):
            for chosen in combinations(range(length), number):
                extra: _Extra = dict.fromkeys(chosen, (count.literal,))
                if count.at_most is not None:
                    no = self._literals.negated(count.literal)
                    extra |= {index: (no,) for index in range(length) if index not in extra}
                yield extra

    def _with_plan(self, length: int, extra: _Extra) -> Search:
        goals = [self._item_goal(index, extra.get(index, ())) for index in range(length)]
        if False in self._distinct:
            return (yield from self._with_twins(goals))
        if True in self._distinct and length > 1:
            return (yield from self._all_distinct(goals))
        return (yield from self._values(goals))

    def _values(self, goals: list[Goal]) -> Search:
        values: list[JsonValue] = []
        for goal in goals:
            outcome = yield goal
            if not isinstance(outcome, Witness):
                return outcome
            values.append(outcome.value)
        return Witness(values)

    def _with_twins(self, goals: list[Goal]) -> Search:
        """An array in which two items are equal."""
        doubts = Doubts()
        different = dict.fromkeys(goals)
        for first, second in combinations(range(len(goals)), 2):
            if len(different) == 1 and second > 1:
                break  # all items are alike: other pairs show nothing else
            both = self._literals.goal([*goals[first], *goals[second]])
            wanted = [both if index in (first, second) else goal for index, goal in enumerate(goals)]
            outcome = yield from self._values(wanted)
            if isinstance(outcome, Witness):
                return outcome
            doubts.take(outcome)
        return doubts.verdict()

    def _all_distinct(self, goals: list[Goal]) -> Search:
        """An array in which no two items are equal.

        As many different values are found for each item as there are items; then each item is given one of its own.
        """
        if len(goals) > _MOST_DISTINCT:
            self._doubts.note("uniqueItems")
            return self._doubts.verdict()
        doubts = Doubts()
        offered: dict[Goal, list[JsonValue]] = {}
        for goal in goals:
            if goal not in offered:
                offered[goal] = yield from self._different(goal, len(goals), doubts)
        matched = _matching([[canonical(value) for value in offered[goal]] for goal in goals])
        if matched is None:
            return doubts.verdict()
        by_key = {canonical(value): value for values in offered.values() for value in values}
        return Witness([by_key[key] for key in matched])

    def _different(self, goal: Goal, number: int, doubts: Doubts) -> Asking[list[JsonValue]]:
        """Up to so many different values for which a goal holds."""
        values: list[JsonValue] = []
        while len(values) < number:
            wanted = self._literals.goal([*goal, self._literals.values(values, holds=False)]) if values else goal
            outcome = yield wanted
            doubts.take(outcome)
            if not isinstance(outcome, Witness):
                break
            values.append(outcome.value)
        return values

    def _item_goal(self, index: int, extra: Goal) -> Goal:
        literals: list[Part] = list(extra)
        for literal in self._schemas:
            schema = literal.schema
            node = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
            if node is not None:
                literals.append(self._literals.literal(node, literal.side, holds=True))
        literals += [rule.literal for rule in self._rules if index >= rule.step.index]
        for schema, side in self._receiving:
            node = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
            if node is not None:
                literals.append(self._literals.beside(node, side))
        return self._literals.goal(literals)


def _merged(parts: tuple[_Extra, ...]) -> _Extra:
    merged: _Extra = {}
    for part in parts:
        for index, literals in part.items():
            merged[index] = (*merged.get(index, ()), *literals)
    return merged


def _matching(offers: list[list[str]]) -> list[str] | None:
    """A different key for each item from those offered to it, or None where there are too few (augmenting paths)."""
    owner: dict[str, int] = {}

    def give(item: int, tried: set[str]) -> bool:
        for key in offers[item]:
            if key not in tried:
                tried.add(key)
                if key not in owner or give(owner[key], tried):
                    owner[key] = item
                    return True
        return False

    if not all(give(item, set()) for item in range(len(offers))):
        return None
    by_item = {item: key for key, item in owner.items()}
    return [by_item[item] for item in range(len(offers))]
