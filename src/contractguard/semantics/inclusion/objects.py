"""Putting an object together: which names it has, and a value for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, TypeAlias

from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.driver import Asking, Search
from contractguard.semantics.inclusion.evaluating import goal_holds, is_other
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Step, Where
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, UndecidedError, Witness, unknown
from contractguard.semantics.inclusion.things import Alternative, Each, only_child
from contractguard.semantics.languages import matches

if TYPE_CHECKING:
    from contractguard.semantics.inclusion.case import Case
    from contractguard.semantics.inclusion.search import Searcher


_MOST_COMBINATIONS = 300
"""Ways of choosing names for the properties that must be there without being named."""
_MOST_PATTERNS = 6
"""Patterns whose combinations (this one matches, that one does not) are tried for new names."""
_MOST_SHARING = 4
"""Further properties, asked for without being named, with all combinations of which one may share its name."""
_MOST_FILLED = 200
"""Properties added to reach `minProperties`."""


_Draft: TypeAlias = dict[str, Goal]
"""Names chosen so far, each with what must hold of its value beside what the schemas say."""


class ObjectFilling:
    """Looks for an object that fits a case in which nothing is left to choose."""

    def __init__(self, searcher: Searcher, case: Case, goal: Goal) -> None:
        self._searcher = searcher
        self._case = case
        self._literals = searcher.literals
        self._holding = tuple(case.holding)
        self._parts = [literal for literal in self._holding if _has_members(literal)]
        self._rules = [thing for thing in case.values if isinstance(thing, Each)]
        forbidden = searcher.declared.forbidden(goal, self._holding) if searcher.declared is not None else frozenset()
        self._forbidden = case.lacks | forbidden | searcher.unsent(self._holding)
        self._name_goal = tuple(
            self._literals.literal(literal.schema.property_names, literal.side, holds=True)
            for literal in self._holding
            if literal.schema.property_names is not None
        )
        self._known_names = dict.fromkeys(name for literal in self._parts for name in literal.schema.properties)
        self._receiving = searcher.receiving(case)
        self._doubts = Doubts()

    def search(self) -> Search:
        """An object, the proof that there is none, or that it cannot be said."""
        draft: _Draft = {}
        floating: list[Child] = []
        for child in self._case.children:
            if child.step.where is Where.PROPERTY:
                draft[child.step.name] = (*draft.get(child.step.name, ()), *child.goal)
            else:
                floating.append(child)
        for name in self._case.has:
            draft.setdefault(name, ())
        if not self._forbidden.isdisjoint(draft) or self._too_many(draft):
            return EMPTY
        options: list[list[str]] = []
        invented: list[str] = []
        for index, child in enumerate(floating):
            names = yield from self._candidates(child, floating[index + 1 :], draft, invented)
            options.append(names)
        ways = product(*options)
        for chosen in islice(ways, _MOST_COMBINATIONS):
            self._searcher.budget.step()
            outcome = yield from self._with_names(draft, floating, chosen)
            if isinstance(outcome, Witness):
                return outcome
        if next(ways, None) is not None:
            self._doubts.note("patternProperties")
        return self._doubts.verdict()

    def excludes(self, alternative: Alternative) -> Asking[bool]:
        """Whether an alternative that speaks of one property is ruled out by what the schemas say of its value."""
        child = only_child(alternative)
        if child is None or child.step.where is not Where.PROPERTY:
            return False
        if child.step.name in self._forbidden:
            return True
        outcome = yield self._literals.goal([*self.value_goal(child.step.name), *child.goal])
        return outcome is EMPTY

    def _too_many(self, draft: _Draft) -> bool:
        return self._case.at_most is not None and len(draft) > self._case.at_most

    def _with_names(self, draft: _Draft, floating: list[Child], names: tuple[str, ...]) -> Search:
        # Names with demands of their own come first: where there is no payload, it is mostly because of them.
        wanted: _Draft = {}
        for child, name in zip(floating, names, strict=True):
            goal = () if child.step.where is Where.NAME else child.goal
            wanted[name] = (*wanted.get(name, draft.get(name, ())), *goal)
        wanted = {**wanted, **{name: extra for name, extra in draft.items() if name not in wanted}}
        if self._too_many(wanted):
            return EMPTY
        return (yield from self._complete(wanted))

    # names

    def _candidates(self, child: Child, later: list[Child], draft: _Draft, invented: list[str]) -> Asking[list[str]]:
        """Names that the child may have: new ones of every sort, those already there, and those that schemas declare.

        `invented` are the new names of other children, which this one may share; its own are added, and among them are some that
        it may share with the children still to come: where names are few, one property must do for several.
        """
        region = _Region(child.step)
        named = [name for name in dict.fromkeys((*invented, *draft, *self._known_names)) if name not in self._forbidden]
        found = [name for name in named if region.holds(name, self._doubts)]
        if child.step.where is Where.NAME:
            found = [name for name in found if self._evaluates(child.goal, name)]
        fresh: list[str] = []
        for sharing in self._sharing(later):
            shared = (child, *sharing)
            taken = {*named, *self._forbidden, *(name for one in shared for name in one.step.names)}
            name_goal = [part for one in shared if one.step.where is Where.NAME for part in one.goal]
            fresh += yield from self._fresh_names(_Region(*(one.step for one in shared)), taken, tuple(name_goal))
        invented += fresh
        names = [*fresh, *found]
        if child.step.where is Where.NAME:
            return names
        return (yield from self._possible(names, child.goal))

    def _sharing(self, later: list[Child]) -> Iterator[tuple[Child, ...]]:
        """The children that may share a name with the one at hand, none of them first."""
        if len(later) > _MOST_SHARING:
            self._doubts.note("patternProperties")
            later = []
        for number in range(len(later) + 1):
            yield from combinations(later, number)

    def _possible(self, names: list[str], goal: Goal) -> Asking[list[str]]:
        """The names under which a value can make the goal true."""
        possible: list[str] = []
        for name in names:
            outcome = yield self._literals.goal([*self.value_goal(name), *goal])
            if outcome is not EMPTY:
                possible.append(name)
        return possible

    def _evaluates(self, goal: Goal, name: str) -> bool:
        holds = goal_holds(goal, name, self._searcher.evaluators, self._searcher.budget)
        if holds is None:
            self._doubts.note("propertyNames")
        return bool(holds)

    def _fresh_names(self, region: _Region, taken: set[str], name_goal: Goal) -> Asking[list[str]]:
        """A new name for every way in which the patterns of the case can match it or not."""
        others = [pattern for pattern in self._patterns() if pattern not in (*region.matching, *region.avoiding)]
        if len(others) > _MOST_PATTERNS:
            self._doubts.note("patternProperties")
            others = []
        found: list[str] = []
        for signs in product((False, True), repeat=len(others)):
            wanted = [self._literals.pattern(pattern, holds=True) for pattern in region.matching]
            wanted += [self._literals.pattern(pattern, holds=False) for pattern in region.avoiding]
            wanted += [self._literals.pattern(other, holds=sign) for other, sign in zip(others, signs, strict=True)]
            if taken:
                wanted.append(self._literals.values(sorted(taken), holds=False))
            name = yield from self._new_name(wanted, name_goal)
            if name is not None:
                found.append(name)
        return found

    def _new_name(self, wanted: list[Literal], name_goal: Goal) -> Asking[str | None]:
        outcome = yield self._literals.goal([*wanted, *self._name_goal, *name_goal, self._literals.text()])
        self._doubts.take(outcome)
        return outcome.value if isinstance(outcome, Witness) and isinstance(outcome.value, str) else None

    def _patterns(self) -> list[str]:
        """The patterns that tell names of the case apart."""
        patterns = [pattern for literal in self._parts for pattern in literal.schema.pattern_properties]
        patterns += [pattern for rule in self._rules for pattern in rule.step.avoiding]
        return list(dict.fromkeys(patterns))

    # values

    def _complete(self, draft: _Draft) -> Search:
        """Values for all names of the draft, and further properties up to the number that must be there."""
        value: dict[str, JsonValue] = {}
        for name, extra in draft.items():
            if not self._name_fits(name):
                return EMPTY
            outcome = yield from self._value(name, extra)
            if not isinstance(outcome, Witness):
                self._doubts.take(outcome)
                return outcome
            value[name] = outcome.value
        yield from self._keep_to_receiver(value)
        missing = self._case.at_least - len(value)
        if missing > 0:
            filled = yield from self._fill_up(value)
            if not filled:
                return EMPTY
        return Witness(value)

    def _keep_to_receiver(self, value: dict[str, JsonValue]) -> Asking[None]:
        """Add what the receiver requires, as far as the sender may send it: then only what is asked for is refused."""
        for schema, side in self._receiving:
            for name in self._searcher.expansion.required(schema, side):
                full = self._case.at_most is not None and len(value) >= self._case.at_most
                if name not in value and name not in self._forbidden and not full and self._name_fits(name):
                    outcome = yield from self._unasked(name)
                    if isinstance(outcome, Witness):  # what is not found here was not asked for
                        value[name] = outcome.value

    def _unasked(self, name: str) -> Search:
        """A value for a property that may as well be left out, as it is where a pattern leaves open what holds of it."""
        try:
            return (yield from self._value(name, ()))
        except UndecidedError as undecided:
            return unknown([str(undecided)])

    def _fill_up(self, value: dict[str, JsonValue]) -> Asking[bool]:
        """Add properties to the value until there are enough; whether that worked."""
        if self._case.at_least > _MOST_FILLED:
            self._doubts.note("minProperties")
            return False
        for name in self._known_names:
            if len(value) >= self._case.at_least:
                return True
            if name not in value and name not in self._forbidden and self._name_fits(name):
                yield from self._fill_in(value, name)
        while len(value) < self._case.at_least:
            taken = {*value, *self._known_names, *self._forbidden}
            fresh = yield from self._fresh_names(_Region(Step(Where.OTHER_PROPERTY)), taken, ())
            before = len(value)
            for name in fresh:
                if len(value) < self._case.at_least:
                    yield from self._fill_in(value, name)
            if len(value) == before:
                return False
        return True

    def _fill_in(self, value: dict[str, JsonValue], name: str) -> Asking[None]:
        outcome = yield from self._value(name, ())
        self._doubts.take(outcome)
        if isinstance(outcome, Witness):
            value[name] = outcome.value

    def _name_fits(self, name: str) -> bool:
        return all(self._evaluates((literal,), name) for literal in self._name_goal)

    def _value(self, name: str, extra: Goal) -> Search:
        """A value for a property."""
        outcome = yield self._literals.goal([*self.value_goal(name), *extra])
        return outcome

    def value_goal(self, name: str) -> Iterator[Literal | Beside]:
        """What the schemas say of the value under a name. Raises `UndecidedError` where a pattern cannot be matched."""
        for literal in self._parts:
            schema, governed = literal.schema, False
            if name in schema.properties:
                governed = True
                yield self._literals.literal(schema.properties[name], literal.side, holds=True)
            for pattern, node in schema.pattern_properties.items():
                if _certainly(pattern, name):
                    governed = True
                    yield self._literals.literal(node, literal.side, holds=True)
            if not governed and schema.additional_properties is not None:
                yield self._literals.literal(schema.additional_properties, literal.side, holds=True)
        yield from self._receivers(name)
        for rule in self._rules:
            if name not in rule.step.names and not any(_certainly(pattern, name) for pattern in rule.step.avoiding):
                yield rule.literal

    def _receivers(self, name: str) -> Iterator[Beside]:
        """What the receiver says of the value under a name, where the sender says something else."""
        for schema, side in self._receiving:
            node = schema.properties.get(name)
            if node is not None:
                beside = self._literals.beside(node, side)
                if not any(
                    name in literal.schema.properties
                    and self._literals.same(literal.schema.properties[name], literal.side, beside)
                    for literal in self._parts
                ):
                    yield beside


class _Region:
    """The names that a child may have, or that several children may share."""

    def __init__(self, *steps: Step) -> None:
        self._steps = steps
        self.matching = tuple(step.name for step in steps if step.where is Where.MATCHING_PROPERTY)
        self.avoiding = tuple(dict.fromkeys(pattern for step in steps for pattern in step.avoiding))

    def holds(self, name: str, doubts: Doubts) -> bool:
        """Whether a name is in the region; what cannot be said is noted, and the name left out."""
        if any(matches(pattern, name) is None for pattern in (*self.matching, *self.avoiding)):
            doubts.note("pattern")
            return False
        return all(is_other(step, name) for step in self._steps) and all(
            matches(pattern, name) for pattern in self.matching
        )


def _certainly(pattern: str, name: str) -> bool:
    verdict = matches(pattern, name)
    if verdict is None:
        raise UndecidedError("patternProperties")
    return verdict


def _has_members(literal: Literal) -> bool:
    schema = literal.schema
    return bool(schema.properties or schema.pattern_properties or schema.additional_properties is not None)
