"""A case of a search: what has been decided about the payload so far, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from contractguard.model.schema import JsonType
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.expansion import Expansion
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Literals, Mark, Where
from contractguard.semantics.inclusion.things import (
    AllBut,
    Alternative,
    AnyFrom,
    Counted,
    Differs,
    Distinct,
    Each,
    Group,
    Has,
    Lacks,
    Looks,
    Lower,
    Match,
    Multiple,
    Size,
    Thing,
    Upper,
    Whole,
    only_child,
)

ValueThing = Lower | Upper | Multiple | Whole | Match | Looks | Differs | Distinct | Counted | Each

_CHILDREN_OF = {
    JsonType.OBJECT: frozenset({Where.PROPERTY, Where.OTHER_PROPERTY, Where.MATCHING_PROPERTY, Where.NAME}),
    JsonType.ARRAY: frozenset({Where.ITEM, Where.LATER_ITEM}),
}


_FEW = 8
"""So many schemas that must not hold are taken in one by one; more are only looked up until a payload is at hand."""
_COPIED_PER_LOOK = 32
"""Members of a case that are copied in the time of one look."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a case needs to draw consequences: what schemas say, which of them are the same, and what it may take."""

    expansion: Expansion
    literals: Literals
    budget: Budget


_Marked = dict[Mark | None, tuple[Literal, ...]]


@dataclass(slots=True)
class Case:
    """Decisions about one payload of one type. `settle` draws the consequences; `groups` are the choices left."""

    kind: JsonType
    pending: list[Thing]
    holding: dict[Literal, None] = field(default_factory=dict)
    """Schemas that hold; those with members of objects and arrays are looked up when the payload is put together."""
    failing: dict[Literal, None] = field(default_factory=dict)
    held: _Marked = field(default_factory=dict)
    """Those that hold, by their marks."""
    failed: _Marked = field(default_factory=dict)
    """Those that do not hold, by their marks."""
    waiting: list[Literal] = field(default_factory=list)
    """Schemas that must not hold and of which it is not yet said why: most fail without more being asked."""
    rest: list[AllBut] = field(default_factory=list)
    """Many schemas that must not hold: the alternatives beside the one that was chosen."""
    explained: set[Literal] = field(default_factory=set)
    """Those among the rest of which it was said why they do not hold."""
    groups: list[Group] = field(default_factory=list)
    values: list[ValueThing] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    has: dict[str, None] = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    at_least: int = 0
    at_most: int | None = None
    listed: bool = False
    """A schema that holds lists its values: they can simply be tried."""

    @staticmethod
    def of(goal: Goal, kind: JsonType) -> Case:
        """The case in which nothing is decided but the goal."""
        pending: list[Thing] = []
        pending.extend(goal)
        return Case(kind, pending)

    def chosen(self, group: Group, alternative: Alternative, budget: Budget) -> Case:
        """The case with one alternative of one of its groups."""
        budget.look(self._weight() // _COPIED_PER_LOOK)
        return Case(
            self.kind,
            list(alternative),
            dict(self.holding),
            dict(self.failing),
            dict(self.held),
            dict(self.failed),
            list(self.waiting),
            list(self.rest),
            set(self.explained),
            [other for other in self.groups if other is not group],
            list(self.values),
            list(self.children),
            list(self.beside),
            dict(self.has),
            set(self.lacks),
            self.at_least,
            self.at_most,
            self.listed,
        )

    def _weight(self) -> int:
        return sum(
            len(members)
            for members in (
                *(self.holding, self.failing, self.waiting, self.groups),
                *(self.values, self.children, self.beside, self.has, self.lacks),
            )
        )

    def settle(self, means: Means) -> bool:
        """Draw all consequences that are not choices. False where the case cannot be.

        Raises `UndecidedError`, `OutOfStepsError`.
        """
        while True:
            while self.pending:
                means.budget.look()
                if not self._take(self.pending.pop(), means):
                    return False
            means.budget.look(len(self.groups) // _COPIED_PER_LOOK)
            if not self._forced():
                return all(self.groups)

    def _forced(self) -> bool:
        """Take the choices that have one alternative left."""
        forced = [group for group in self.groups if len(group) == 1]
        if forced:
            self.groups = [group for group in self.groups if len(group) != 1]
            for (alternative,) in forced:
                self.pending += alternative
        return bool(forced)

    def why(self, failing: Literal, means: Means) -> Group:
        """The ways in which a schema that must not hold can fail here. Raises `UndecidedError`, `OutOfStepsError`."""
        group = means.expansion.negative(failing, self.kind, partial(self.knows, literals=means.literals))
        means.budget.look(len(group))
        return self._sorted(self._possible(group, means))

    def failing_for(self, failing: Literal, alternative: Alternative, budget: Budget) -> Case:
        """The case in which a waiting schema fails in one of the ways."""
        case = self.chosen([], alternative, budget)
        if failing in case.failing:
            case.waiting.remove(failing)
        else:
            case.explained.add(failing)
        return case

    def unexplained(self) -> Iterator[Literal]:
        """The schemas that must not hold and of which it is not yet said why."""
        yield from self.waiting
        for rest in self.rest:
            for literal in rest.members():
                if literal not in self.failing and literal not in self.explained:
                    yield literal

    def knows(self, literal: Literal, literals: Literals) -> bool | None:
        """Whether a literal is certain to be true or untrue, as far as what was decided tells of the same schema; else None."""
        if self._is_held(literal, literals):
            return literal.holds
        return not literal.holds if self._is_failed(literal, literals) else None

    def _is_held(self, literal: Literal, literals: Literals) -> bool:
        """Whether it was decided that the schema of a literal holds, or one that is the same."""
        yes, no = literals.both(literal)
        # A schema that holds does so with all its parts.
        return yes in self.holding or any(
            literals.same(other.node, other.side, no) for other in self.held.get(literals.facing(no), ())
        )

    def _is_failed(self, literal: Literal, literals: Literals) -> bool:
        """Whether it was decided that the schema of a literal does not hold, or one that is the same."""
        yes, no = literals.both(literal)
        if no in self.failing or any(rest.says(no) for rest in self.rest):
            return True
        facing = literals.facing(yes)  # none for a part of a schema: that a whole does not hold says nothing of it
        if facing is None:
            return False
        marked = (*self.failed.get(facing, ()), *(other for rest in self.rest for other in rest.marked(facing)))
        return any(literals.same(other.node, other.side, yes) for other in marked)

    def rules_out(self, alternative: Alternative, literals: Literals) -> bool:
        """Whether something that an alternative asks for is certain to be untrue."""
        return any(isinstance(thing, Literal) and self.knows(thing, literals) is False for thing in alternative)

    def _possible(self, group: Group, means: Means) -> Group:
        """The alternatives without those that want a property to break a schema that is the same on both sides."""
        if self.kind is not JsonType.OBJECT:
            return group
        means.budget.look(len(group) * len(self.holding) // _COPIED_PER_LOOK)
        return [alternative for alternative in group if not self._clashes(alternative, means.literals)]

    def _clashes(self, alternative: Alternative, literals: Literals) -> bool:
        child = only_child(alternative)
        if child is None or child.step.where is not Where.PROPERTY or len(child.goal) != 1:
            return False
        (broken,) = child.goal
        return isinstance(broken, Literal) and any(
            literals.same(held.schema.properties[child.step.name], held.side, broken)
            for held in self.holding
            if child.step.name in held.schema.properties
        )

    def asked(self) -> set[str]:
        """The names of properties for whose values something is asked."""
        return {child.step.name for child in self.children if child.step.where is Where.PROPERTY}

    def _sorted(self, group: Group) -> Group:
        """The alternatives about properties of which something is asked already come first: they are likely the ones meant."""
        asked = self.asked()
        if not asked:
            return group
        return sorted(group, key=lambda alternative: not _speaks_of(alternative, asked))

    def _take(self, thing: Thing, means: Means) -> bool:  # noqa: PLR0911  (one for each sort of thing)
        match thing:
            case Literal():
                return self._take_literal(thing, means)
            case Child():
                return self._take_child(thing)
            case Beside():
                self.beside.append(thing)
                return True
            case Has(name):
                self.has[name] = None
                return self.kind is JsonType.OBJECT and name not in self.lacks
            case Lacks(name):
                self.lacks.add(name)
                return self.kind is not JsonType.OBJECT or name not in self.has
            case Size(at_least, at_most):
                return self._take_size(at_least, at_most)
            case AnyFrom() | AllBut() | Differs():
                return self._take_several(thing, means)
            case _:
                self.values.append(thing)
                return True

    def _take_several(self, thing: AnyFrom | AllBut | Differs, means: Means) -> bool:
        """Take what stands for several things, or for a choice."""
        match thing:
            case AnyFrom(literals, start):
                self.groups.append([(literal,) for literal in literals[start:]])
            case AllBut(together) if len(together.literals) > _FEW:
                return self._take_rest(thing, means.literals)
            case AllBut():
                self.pending += thing.members()
            case Differs(value) if isinstance(value, dict | list):
                self.groups.append(means.expansion.differing(value))
            case _:
                self.values.append(thing)
        return True

    def _take_literal(self, literal: Literal, means: Means) -> bool:
        taken = self.holding if literal.holds else self.failing
        if literal in taken:
            return True
        literals = means.literals
        if self._is_contradicted(literal, literals):
            return False
        taken[literal] = None
        mark = literals.mark(literal)
        if mark is not None:
            marked = self.held if literal.holds else self.failed
            marked[mark] = (*marked.get(mark, ()), literal)
        if not literal.holds:
            self.waiting.append(literal)
            return True
        said = means.expansion.positive(literal, self.kind)
        if said is None:
            return False
        self.listed = self.listed or literal.schema.enum is not None
        means.budget.look(len(said.things) + sum(map(len, said.groups)))
        self.pending += said.things
        self.groups += said.groups
        return True

    def _is_contradicted(self, literal: Literal, literals: Literals) -> bool:
        """Whether the opposite was decided, of the same schema or of one that did not change."""
        return self._is_failed(literal, literals) if literal.holds else self._is_held(literal, literals)

    def _take_rest(self, rest: AllBut, literals: Literals) -> bool:
        """Take many schemas that must not hold without looking at each; whether none of them is known to hold."""
        self.rest.append(rest)
        return not any(self._is_failed(literal, literals) for literal in self.holding)

    def _take_child(self, child: Child) -> bool:
        if child.step.where not in _CHILDREN_OF.get(self.kind, ()):
            return False
        if child.step.where is Where.PROPERTY:
            if child.step.name in self.lacks:
                return False
            self.has[child.step.name] = None
        self.children.append(child)
        return True

    def _take_size(self, at_least: int, at_most: int | None) -> bool:
        self.at_least = max(self.at_least, at_least)
        if at_most is not None:
            self.at_most = at_most if self.at_most is None else min(self.at_most, at_most)
        return self.at_most is None or self.at_least <= self.at_most


def _speaks_of(alternative: Alternative, names: set[str]) -> bool:
    return any(
        isinstance(thing, Child) and thing.step.where is Where.PROPERTY and thing.step.name in names
        for thing in alternative
    )
