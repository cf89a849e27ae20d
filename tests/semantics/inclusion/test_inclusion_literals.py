"""Literals and goals, and what is asked about a schema at hand."""

from __future__ import annotations

from typing import Any

import pytest
from inclusion_questions import DRAFT

from contractguard.diff.unchanged import Unchanged
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema import read
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import JsonType
from contractguard.semantics.evaluation import Evaluator
from contractguard.semantics.inclusion.case import Case, Means
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.evaluating import goal_holds, is_other
from contractguard.semantics.inclusion.expansion import Expansion
from contractguard.semantics.inclusion.facets import Facets
from contractguard.semantics.inclusion.literals import Goal, Literal, Literals, Side, Step, Where

OPAQUE = {"pattern": "(?=a)b"}
"""A schema that nobody can evaluate for strings."""


class Both:
    """Two schemas, and the literals about their parts."""

    def __init__(self, old: Any, new: Any = None) -> None:
        sides = [
            read(DocumentSet(in_memory("schema", schema)), MEMORY_PATH, dialect=DRAFT) for schema in (old, new or {})
        ]
        self.roots = [side.root for side in sides]
        readers = (sides[0].schemas, sides[1].schemas)
        self.literals = Literals(readers, Unchanged(*readers))
        self.expansion = Expansion(self.literals, readers, Role.NEITHER)
        self.evaluators = (Evaluator(readers[0], Role.NEITHER), Evaluator(readers[1], Role.NEITHER))

    def node(self, side: Side, *tokens: str) -> Node:
        node = self.roots[side]
        for token in tokens:
            node = node.child(token)
        return node

    def literal(self, side: Side, *tokens: str, holds: bool = True) -> Literal:
        return self.literals.literal(self.node(side, *tokens), side, holds=holds)

    def holds(self, goal: Goal, value: Any) -> bool | None:
        budget = Budget()
        budget.restart()
        return goal_holds(goal, value, self.evaluators, budget)


# literals


def test_what_says_the_same_is_the_same_literal() -> None:
    both = Both({"type": "string"}, {"type": "string"})
    first = both.literal(Side.BASE)
    assert both.literal(Side.BASE) is first
    assert first.holds
    assert first.side is Side.BASE
    assert first.node.key == both.node(Side.BASE).key
    assert first.schema.types == frozenset({JsonType.STRING})


def test_sides_and_signs_are_told_apart() -> None:
    both = Both({"type": "string"}, {"type": "string"})
    made = [both.literal(side, holds=holds) for side in Side for holds in (True, False)]
    assert len({literal.number for literal in made}) == 4
    assert [(literal.side, literal.holds) for literal in made] == [
        (Side.BASE, True),
        (Side.BASE, False),
        (Side.HEAD, True),
        (Side.HEAD, False),
    ]


def test_a_literal_has_one_opposite() -> None:
    both = Both({"type": "string"})
    literal = both.literal(Side.BASE)
    opposite = both.literals.negated(literal)
    assert (opposite.schema, opposite.node, opposite.side, opposite.holds) == (
        literal.schema,
        literal.node,
        literal.side,
        False,
    )
    assert both.literals.negated(opposite) is literal


def test_a_schema_read_already_may_be_a_part_of_the_one_at_its_node() -> None:
    both = Both({"type": "string", "minLength": 3})
    part = both.literals.about(both.literal(Side.BASE).schema, both.node(Side.BASE), Side.BASE, holds=True)
    assert part is both.literal(Side.BASE)
    assert both.literals.whole(part).min_length == 3


def test_the_whole_schema_is_read_on_the_side_of_the_literal() -> None:
    both = Both({"minLength": 3}, {"minLength": 4})
    assert [both.literals.whole(both.literal(side)).min_length for side in Side] == [3, 4]


def test_the_receivers_schema_is_a_part_of_goals_of_its_own() -> None:
    both = Both({}, {"minLength": 4})
    beside = both.literals.beside(both.node(Side.HEAD), Side.HEAD)
    assert both.literals.beside(both.node(Side.HEAD), Side.HEAD) is beside
    assert (beside.side, beside.schema.min_length, beside.node.key) == (Side.HEAD, 4, both.node(Side.HEAD).key)
    kept = both.literals.kept_to(beside)
    assert kept is both.literal(Side.HEAD)
    assert beside.number != kept.number


def test_numbers_are_never_given_twice() -> None:
    both = Both({"properties": {"a": {"type": "string"}}}, {"type": "null"})
    parts = [
        both.literal(Side.BASE),
        both.literals.values([1], holds=True),
        both.literals.beside(both.node(Side.HEAD), Side.HEAD),
        both.literals.pattern("a", holds=True),
        both.literals.child(Step(Where.NAME), ()),
        both.literals.text(),
        both.literal(Side.HEAD),
    ]
    assert [part.number for part in parts] == list(range(7))


def test_listed_values_are_the_same_literal_in_any_order() -> None:
    literals = Both({}).literals
    listed = literals.values([2, "b", 1.0], holds=False)
    assert literals.values(["b", 1, 2], holds=False) is listed
    assert literals.values(["b", 1, 2], holds=True) is not listed
    assert literals.values(["b", 1], holds=False) is not listed
    assert listed.schema.enum is not None
    assert [item.value for item in listed.schema.enum] == ["b", 1, 2]
    assert not listed.holds


def test_values_are_told_apart_as_json_does() -> None:
    literals = Both({}).literals
    assert literals.values([1], holds=True) is not literals.values([True], holds=True)
    assert literals.values([0], holds=True) is literals.values([-0.0], holds=True)


def test_patterns_and_texts_are_literals_of_no_place() -> None:
    literals = Both({}).literals
    pattern = literals.pattern("^a", holds=False)
    assert literals.pattern("^a", holds=False) is pattern
    assert literals.pattern("^a", holds=True) is not pattern
    assert literals.pattern("^b", holds=False) is not pattern
    assert (pattern.schema.pattern, pattern.holds, pattern.node.path) == ("^a", False, "")
    assert literals.text() is literals.text()
    assert literals.text().schema.types == frozenset({JsonType.STRING})
    assert literals.text().holds


def test_children_are_the_same_with_the_same_way_and_goal() -> None:
    both = Both({"type": "string"})
    goal = (both.literal(Side.BASE),)
    child = both.literals.child(Step(Where.PROPERTY, "a"), goal)
    assert both.literals.child(Step(Where.PROPERTY, "a"), goal) is child
    assert both.literals.child(Step(Where.PROPERTY, "b"), goal) is not child
    assert both.literals.child(Step(Where.PROPERTY, "a"), ()) is not child
    assert (child.step, child.goal) == (Step(Where.PROPERTY, "a"), goal)


def test_a_goal_says_each_thing_once_in_one_order() -> None:
    both = Both({"type": "string"}, {"type": "null"})
    first, second = both.literal(Side.BASE), both.literal(Side.HEAD)
    assert both.literals.goal([second, first, second]) == (first, second)


# what excludes each other


def clash(both: Both, *parts: Literal) -> bool:
    """Whether literals exclude each other by what they are about; whichever is met first."""
    answers = set()
    for order in (parts, parts[::-1]):
        budget = Budget()
        budget.restart()
        case = Case(JsonType.NUMBER, list(order))
        answers.add(not case.settle(Means(both.expansion, both.literals, budget)))
    (answer,) = answers
    return answer


def test_a_schema_clashes_with_its_opposite() -> None:
    both = Both({"minLength": 1}, {"maxLength": 1})
    base, head = both.literal(Side.BASE), both.literal(Side.HEAD, holds=False)
    assert clash(both, base, both.literals.negated(base))
    assert not clash(both, base, head)


def test_unchanged_schemas_of_both_sides_clash_whichever_holds() -> None:
    old = {"properties": {"a": {"minLength": 1}, "b": {"minLength": 2}}}
    new = {"properties": {"a": {"minLength": 1}, "b": {"minLength": 3}}}
    both = Both(old, new)
    for name, same in (("a", True), ("b", False)):
        for side in Side:
            other = Side(1 - side)
            positive = both.literal(side, "properties", name)
            negative = both.literal(other, "properties", name, holds=False)
            assert clash(both, positive, negative) is same
            assert both.literals.same(both.node(side, "properties", name), side, negative) is same


def test_references_count_beyond_their_text() -> None:
    old = {"$defs": {"x": {"minLength": 1}}, "properties": {"a": {"$ref": "#/$defs/x"}}}
    new = {"$defs": {"x": {"minLength": 2}}, "properties": {"a": {"$ref": "#/$defs/x"}}}
    for head, same in ((old, True), (new, False)):
        both = Both(old, head)
        negative = both.literal(Side.HEAD, "properties", "a", holds=False)
        assert clash(both, both.literal(Side.BASE, "properties", "a"), negative) is same


def test_a_part_of_a_schema_that_holds_says_nothing_of_the_whole() -> None:
    schema = {"minLength": 1, "maxLength": 3}
    both = Both(schema, schema)
    base, head = both.literal(Side.BASE), both.literal(Side.HEAD)
    part = Facets().keywords(base.schema, ("min_length",))
    positive = both.literals.about(part, base.node, Side.BASE, holds=True)
    assert not clash(both, positive, both.literals.negated(head))
    # But a whole that holds has no part that does not.
    assert clash(both, head, both.literals.negated(positive))


def test_parts_of_one_side_are_not_compared() -> None:
    both = Both({"properties": {"a": {"type": "string"}, "b": {"type": "string"}}})
    negative = both.literal(Side.BASE, "properties", "b", holds=False)
    assert not both.literals.same(both.node(Side.BASE, "properties", "a"), Side.BASE, negative)


def test_what_has_no_place_is_the_same_as_nothing() -> None:
    both = Both({"pattern": "a"}, {"pattern": "a"})
    pattern = both.literals.pattern("a", holds=False)
    assert not both.literals.same(both.node(Side.HEAD), Side.HEAD, pattern)
    assert not both.literals.same(pattern.node, pattern.side, both.literal(Side.HEAD, holds=False))


# values at hand


def test_all_of_a_goal_must_hold() -> None:
    both = Both({"type": "string"}, {"minLength": 2})
    goal = (both.literal(Side.BASE), both.literal(Side.HEAD))
    assert both.holds((), 1) is True
    assert [both.holds(goal, value) for value in ("ab", "a", 1)] == [True, False, False]


def test_what_must_not_hold() -> None:
    both = Both({"type": "string"}, {"minLength": 2})
    goal = (both.literal(Side.BASE), both.literal(Side.HEAD, holds=False))
    assert [both.holds(goal, value) for value in ("ab", "a", 1)] == [False, True, False]


def test_what_cannot_be_said_is_said_so_unless_something_else_decides() -> None:
    both = Both(OPAQUE, {"minLength": 2})
    opaque, longer = both.literal(Side.BASE), both.literal(Side.HEAD)
    negated = both.literals.negated(opaque)
    assert both.holds((opaque,), "ab") is None
    assert both.holds((negated,), "ab") is None
    assert both.holds((opaque,), 1) is True
    assert both.holds((opaque, longer), "ab") is None
    assert both.holds((longer, opaque), "ab") is None
    assert both.holds((opaque, longer), "a") is False
    assert both.holds((longer, opaque), "a") is False


def test_the_receivers_schema_asks_for_nothing() -> None:
    both = Both({}, {"not": {}})
    beside = both.literals.beside(both.node(Side.HEAD), Side.HEAD)
    assert both.holds((beside,), 1) is True


OBJECT = {"a": 1, "b": "x", "c1": None}
ARRAY = [1, "x", None]
CHILDREN: list[tuple[Step, Any, list[Any]]] = [
    (Step(Where.PROPERTY, "a"), OBJECT, [1]),
    (Step(Where.PROPERTY, "z"), OBJECT, []),
    (Step(Where.OTHER_PROPERTY), OBJECT, [1, "x", None]),
    (Step(Where.OTHER_PROPERTY, names=frozenset({"a"}), avoiding=("^c",)), OBJECT, ["x"]),
    (Step(Where.MATCHING_PROPERTY, "^[bc]"), OBJECT, ["x", None]),
    (Step(Where.NAME), OBJECT, ["a", "b", "c1"]),
    (Step(Where.ITEM, index=1), OBJECT, []),
    (Step(Where.LATER_ITEM), OBJECT, []),
    (Step(Where.ITEM, index=0), ARRAY, [1]),
    (Step(Where.ITEM, index=2), ARRAY, [None]),
    (Step(Where.ITEM, index=3), ARRAY, []),
    (Step(Where.LATER_ITEM), ARRAY, [1, "x", None]),
    (Step(Where.LATER_ITEM, index=1), ARRAY, ["x", None]),
    (Step(Where.LATER_ITEM, index=3), ARRAY, []),
    (Step(Where.PROPERTY, "a"), ARRAY, []),
    (Step(Where.OTHER_PROPERTY), ARRAY, []),
    (Step(Where.NAME), ARRAY, []),
    (Step(Where.PROPERTY, "a"), "text", []),
    (Step(Where.ITEM), 1, []),
]


@pytest.mark.parametrize(("step", "value", "children"), CHILDREN, ids=str)
def test_the_children_that_a_step_speaks_of(step: Step, value: Any, children: list[Any]) -> None:
    literals = Both({}).literals
    both = Both({})
    for candidate in (1, "x", None, "a", "b", "c1"):
        listed = (both.literals.values([candidate], holds=True),)
        assert both.holds((both.literals.child(step, listed),), value) is (candidate in children)
    assert both.holds((literals.child(step, ()),), value) is bool(children)


def test_a_child_for_which_nothing_can_be_said() -> None:
    both = Both({"type": ["string", "null"], **OPAQUE})
    child = both.literals.child(Step(Where.LATER_ITEM), (both.literal(Side.BASE),))
    assert both.holds((child,), [1, 2]) is False
    assert both.holds((child,), [1, "b", 2]) is None
    assert both.holds((child,), ["b", None]) is True


def test_other_names_are_those_that_certainly_match_no_pattern() -> None:
    step = Step(Where.OTHER_PROPERTY, names=frozenset({"a"}), avoiding=("^b", "c$"))
    assert [is_other(step, name) for name in ("a", "b1", "xc", "x")] == [False, False, False, True]
    assert not is_other(Step(Where.OTHER_PROPERTY, avoiding=(OPAQUE["pattern"],)), "x")
