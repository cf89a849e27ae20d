"""A case of a search: what has been decided about the payload so far, and what is still to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from contractguard.model.schema import JsonType
from contractguard.semantics.inclusion.expansion import Expansion
from contractguard.semantics.inclusion.literals import Beside, Child, Goal, Literal, Literals, Where
from contractguard.semantics.inclusion.things import (
    Alternative,
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
)

ValueThing = Lower | Upper | Multiple | Whole | Match | Looks | Differs | Distinct | Counted | Each

_CHILDREN_OF = {
    JsonType.OBJECT: frozenset({Where.PROPERTY, Where.OTHER_PROPERTY, Where.MATCHING_PROPERTY, Where.NAME}),
    JsonType.ARRAY: frozenset({Where.ITEM, Where.LATER_ITEM}),
}


@dataclass(slots=True)
class Case:
    """Decisions about one payload of one type. `settle` draws the consequences; `groups` are the choices left."""

    kind: JsonType
    pending: list[Thing]
    holding: dict[Literal, None] = field(default_factory=dict)
    """Schemas that hold; those with members of objects and arrays are looked up when the payload is put together."""
    failing: dict[Literal, None] = field(default_factory=dict)
    waiting: list[Literal] = field(default_factory=list)
    """Schemas that must not hold and of which it is not yet said why: most fail without more being asked."""
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

    def chosen(self, group: Group, alternative: Alternative) -> Case:
        """The case with one alternative of one of its groups."""
        return Case(
            self.kind,
            list(alternative),
            dict(self.holding),
            dict(self.failing),
            list(self.waiting),
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

    def settle(self, expansion: Expansion, literals: Literals) -> bool:
        """Draw all consequences that are not choices. False where the case cannot be. Raises `UndecidedError`."""
        while True:
            while self.pending:
                if not self._take(self.pending.pop(), expansion, literals):
                    return False
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

    def why(self, failing: Literal, expansion: Expansion, literals: Literals) -> Group:
        """The ways in which a schema that must not hold can fail here. Raises `UndecidedError`."""
        return self._sorted(self._possible(expansion.negative(failing, self.kind), literals))

    def failing_for(self, failing: Literal, alternative: Alternative) -> Case:
        """The case in which a waiting schema fails in one of the ways."""
        case = self.chosen([], alternative)
        case.waiting.remove(failing)
        return case

    def _possible(self, group: Group, literals: Literals) -> Group:
        """The alternatives without those that want a property to break a schema that is the same on both sides."""
        if self.kind is not JsonType.OBJECT:
            return group
        return [alternative for alternative in group if not self._clashes(alternative, literals)]

    def _clashes(self, alternative: Alternative, literals: Literals) -> bool:
        if len(alternative) != 1 or not isinstance(alternative[0], Child):
            return False
        step, goal = alternative[0].step, alternative[0].goal
        if step.where is not Where.PROPERTY or len(goal) != 1 or not isinstance(goal[0], Literal):
            return False
        broken = goal[0]
        return any(
            literals.same(held.schema.properties[step.name], held.side, broken)
            for held in self.holding
            if step.name in held.schema.properties
        )

    def _sorted(self, group: Group) -> Group:
        """The alternatives about properties of which something is asked already come first: they are likely the ones meant."""
        asked = {child.step.name for child in self.children if child.step.where is Where.PROPERTY}
        if not asked:
            return group
        return sorted(group, key=lambda alternative: not _speaks_of(alternative, asked))

    def _take(  # noqa: PLR0911  (one for each sort of thing)
        self, thing: Thing, expansion: Expansion, literals: Literals
    ) -> bool:
        match thing:
            case Literal():
                return self._take_literal(thing, expansion, literals)
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
            case Differs(value) if isinstance(value, dict | list):
                self.groups.append(expansion.differing(value))
                return True
            case _:
                self.values.append(thing)
                return True

    def _take_literal(self, literal: Literal, expansion: Expansion, literals: Literals) -> bool:
        if not literal.holds:
            if literal not in self.failing:
                if any(literals.clash(held, literal) for held in self.holding):
                    return False
                self.failing[literal] = None
                self.waiting.append(literal)
            return True
        if literal in self.holding:
            return True
        if any(literals.clash(literal, failed) for failed in self.failing):
            return False
        self.holding[literal] = None
        said = expansion.positive(literal, self.kind)
        if said is None:
            return False
        self.listed = self.listed or literal.schema.enum is not None
        self.pending += said.things
        self.groups += said.groups
        return True

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
