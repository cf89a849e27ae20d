"""Putting arrays together: lengths, which item answers which demand, and items that are all different or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inclusion_questions import counterexample, doubts, empty, example, included, read_schema

from contractguard.model.payload import Role
from contractguard.model.schema import JsonType
from contractguard.semantics.inclusion.arrays import ArrayFilling, _matching, _merged
from contractguard.semantics.inclusion.case import Case
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.literals import Literal, Literals, Side, Step, Where
from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Witness
from contractguard.semantics.inclusion.search import Searcher
from contractguard.semantics.inclusion.things import Counted, Each

ARRAY = {"type": "array"}
INTEGER = {"type": "integer"}
STRING = {"type": "string"}
BOOLEAN = {"type": "boolean"}
_NOT_UNDERSTOOD = {"type": "string", "pattern": r"(a)\1"}


def array(**keywords: Any) -> dict[str, Any]:
    return {**ARRAY, **keywords}


def listing(*values: Any) -> dict[str, Any]:
    return {"enum": list(values)}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (array(), []),
        (array(minItems=2), [None, None]),
        (array(minItems=2, items=INTEGER), [0, 0]),
        (array(minItems=3, prefixItems=[INTEGER, STRING], items=BOOLEAN), [0, "text", False]),
        (array(minItems=2, prefixItems=[INTEGER]), [0, None]),
        (array(contains=INTEGER), [0]),
        (array(contains=INTEGER, minContains=2), [0, 0]),
        (array(contains=INTEGER, minContains=0), []),
        (array(contains=INTEGER, minContains=0, maxContains=0, minItems=1), [None]),
        (array(contains=INTEGER, maxContains=1, minItems=2), [0, None]),
        (array(contains=INTEGER, prefixItems=[STRING]), ["text", 0]),
        (array(contains=INTEGER, prefixItems=[STRING, BOOLEAN]), ["text", False, 0]),
        (array(contains=INTEGER, prefixItems=[STRING], maxItems=2), ["text", 0]),
        (array(contains=INTEGER, minContains=2, prefixItems=[STRING, {}, STRING]), ["text", 0, "text", 0]),
        (array(contains=INTEGER, allOf=[{"contains": STRING}]), ["text", 0]),
        (array(contains={"minimum": 3, "type": "integer"}, items=INTEGER, minItems=2, maxContains=1), [3, 0]),
        (array(contains=INTEGER, minContains=2, maxContains=2, allOf=[{"contains": STRING}]), ["text", 0, 0]),
        (array(minItems=2, uniqueItems=True, prefixItems=[listing(1, 2), listing(1)]), [2, 1]),
        (array(minItems=3, uniqueItems=True, prefixItems=[listing(1, 2), listing(1), listing(2, 3)]), [2, 1, 3]),
        (array(minItems=1, uniqueItems=True, items=listing(1)), [1]),
        (array(minItems=2, uniqueItems=True, prefixItems=[listing(1), {"const": True}]), [1, True]),
    ],
)
def test_the_shortest_array_is_found(schema: Any, expected: Any) -> None:
    assert example(schema) == expected


@pytest.mark.parametrize(
    "schema",
    [
        array(minItems=2, maxItems=1),
        array(minItems=2, prefixItems=[INTEGER, False]),
        array(minItems=1, items=False),
        array(minItems=3, prefixItems=[INTEGER, STRING], items=False),
        array(contains=INTEGER, items=STRING),
        array(contains=INTEGER, prefixItems=[STRING], maxItems=1),
        array(contains=INTEGER, prefixItems=[STRING, STRING], items=False),
        array(contains=INTEGER, minContains=3, maxContains=2),
        array(contains=INTEGER, minContains=3, maxItems=2),
        array(contains=INTEGER, minContains=2, allOf=[{"contains": STRING}], maxItems=2),
        array(contains=False),
        array(contains=INTEGER, minContains=0, maxContains=1, items=INTEGER, minItems=2),
        array(uniqueItems=True, items=BOOLEAN, minItems=3),
        array(uniqueItems=True, items=listing(1, 1.0, 2), minItems=3),
        array(uniqueItems=True, items={"type": "null"}, minItems=2),
        array(uniqueItems=True, prefixItems=[listing(1, 2)] * 3, minItems=3),
        array(uniqueItems=True, prefixItems=[listing(1), listing(2), listing(1, 2)], minItems=3),
        array(uniqueItems=True, items={"type": "array", "items": False}, minItems=2),
        array(uniqueItems=True, contains={"const": 1}, minContains=2),
    ],
)
def test_no_array_is_there(schema: Any) -> None:
    assert empty(schema)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (ARRAY, {"minItems": 1}, []),
        (ARRAY, {"maxItems": 2}, [None, None, None]),
        (ARRAY, {"items": INTEGER}, [None]),
        (ARRAY, {"prefixItems": [INTEGER, INTEGER]}, [None]),
        (ARRAY, {"prefixItems": [{}, INTEGER]}, [None, None]),
        (array(items=INTEGER), {"prefixItems": [{}, STRING]}, [0, 0]),
        (array(items=INTEGER), {"prefixItems": [INTEGER], "items": STRING}, [0, 0]),
        (array(items=INTEGER), {"prefixItems": [{}, {}], "items": False}, [0, 0, 0]),
        (array(prefixItems=[INTEGER, STRING], items=False), {"maxItems": 1}, [0, "text"]),
        (array(prefixItems=[INTEGER, STRING], items=BOOLEAN), {"maxItems": 2}, [0, "text", False]),
        (array(prefixItems=[STRING], items=INTEGER), {"items": STRING}, ["text", 0]),
        (ARRAY, {"contains": INTEGER}, []),
        (array(minItems=1), {"contains": INTEGER}, [None]),
        (ARRAY, {"contains": INTEGER, "minContains": 0, "maxContains": 1}, [0, 0]),
        (array(contains=INTEGER), {"contains": INTEGER, "minContains": 2}, [0]),
        (array(contains=INTEGER), {"contains": {"type": "integer", "minimum": 1}}, [0]),
        (ARRAY, {"uniqueItems": True}, [None, None]),
        (array(items=INTEGER), {"uniqueItems": True}, [0, 0]),
        (array(prefixItems=[listing(1), listing(2)], items=listing(3)), {"uniqueItems": True}, [1, 2, 3, 3]),
        (array(prefixItems=[listing(1), listing(2)], items=listing(2, 3)), {"uniqueItems": True}, [1, 2, 2]),
        (array(prefixItems=[listing(1), listing(2, 1)], items=False), {"uniqueItems": True}, [1, 1]),
        (array(minItems=2, items=INTEGER), {"uniqueItems": True}, [0, 0]),
        (array(minItems=3, items=INTEGER), {"uniqueItems": True}, [0, 0, 0]),
        (array(contains=STRING, items=listing("a", 1)), {"uniqueItems": True}, ["a", "a"]),
        (array(minItems=3, items=listing(1, 2, 3), uniqueItems=True), {"maxItems": 2}, [3, 2, 1]),
    ],
)
def test_the_shortest_array_is_shown(old: Any, new: Any, expected: Any) -> None:
    assert counterexample(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (array(prefixItems=[INTEGER, False]), {"maxItems": 1}),
        (array(maxItems=1), {"uniqueItems": True}),
        (array(uniqueItems=True), {"uniqueItems": True}),
        (array(uniqueItems=True, items=BOOLEAN), {"maxItems": 2}),
        (array(prefixItems=[listing(1), listing(2)], items=False), {"uniqueItems": True}),
        (array(contains=INTEGER), {"contains": {"type": "number"}}),
        (array(contains=INTEGER), {"minItems": 1}),
        (array(contains=INTEGER, minContains=2), {"contains": INTEGER}),
        (array(items=INTEGER, minItems=1), {"contains": INTEGER}),
        (array(contains=INTEGER, minContains=2, maxContains=2), {"contains": INTEGER, "minContains": 2}),
        (array(prefixItems=[INTEGER], items=STRING), {"items": {"type": ["integer", "string"]}}),
        (array(items=INTEGER), {"prefixItems": [{"type": "number"}, INTEGER], "items": {"type": "number"}}),
        (array(items=INTEGER, maxItems=2), {"prefixItems": [{}, {}], "items": False}),
        (array(allOf=[{"contains": listing(1)}, {"contains": listing(2)}]), {"minItems": 2}),
    ],
)
def test_arrays_included(old: Any, new: Any) -> None:
    assert included(old, new)


def test_long_arrays_are_put_together_up_to_a_limit() -> None:
    assert len(example(array(minItems=5000))) == 5000
    assert doubts(array(minItems=5001), {"type": "null"}) == {"minItems"}
    assert doubts(ARRAY, {"maxItems": 5000}) == {"minItems"}


def test_many_demands_are_met_up_to_a_limit() -> None:
    assert example(array(contains=INTEGER, minContains=12)) == [0] * 12
    assert doubts(array(contains=INTEGER, minContains=13), {"type": "null"}) == {"contains"}
    assert doubts(array(contains=INTEGER, minContains=13, minItems=5000), {"type": "null"}) == {"contains"}
    assert doubts(array(contains=INTEGER, minContains=13, minItems=5001), {"type": "null"}) == {"minItems"}
    both = array(contains=INTEGER, minContains=7, allOf=[{"contains": STRING, "minContains": 6}])
    assert doubts(both, {"type": "null"}) == {"contains"}


def test_ways_of_giving_demands_to_items_are_tried_up_to_a_limit() -> None:
    nothing = array(items=False, contains=INTEGER)
    both = {**nothing, "minItems": 20, "maxItems": 20, "allOf": [{"contains": STRING}]}
    assert empty(both)  # 20 · 20 = 400 ways
    assert doubts(both, {"type": "null"}, budget=Budget(700)) == {"budget"}
    assert empty({**nothing, "minItems": 199})  # 199 + 200 ways: one item more than there must be is enough
    assert doubts({**nothing, "minItems": 200, "maxItems": 201}, {"type": "null"}) == {"contains"}  # 200 + 201 ways
    # The integer must be the last of so many items, and all lengths before that are tried in vain.
    assert example(array(prefixItems=[STRING] * 10, contains=INTEGER, maxItems=11)) == ["text"] * 10 + [0]
    assert empty(array(prefixItems=[STRING] * 20, contains=INTEGER, maxItems=20))


def test_different_items_are_found_up_to_a_limit() -> None:
    assert sorted(example(array(items=INTEGER, uniqueItems=True, minItems=40))) == list(range(-19, 21))
    assert doubts(array(items=INTEGER, uniqueItems=True, minItems=41), {"type": "null"}) == {"uniqueItems"}
    assert len(counterexample(array(items=INTEGER, minItems=41), {"uniqueItems": True})) == 41


def test_items_that_cannot_be_decided_leave_it_open() -> None:
    assert doubts(array(items=_NOT_UNDERSTOOD, minItems=1), {"type": "null"}) == {"pattern"}
    assert doubts(array(items=_NOT_UNDERSTOOD, minItems=2, uniqueItems=True), {"type": "null"}) == {"pattern"}
    assert doubts(array(items=_NOT_UNDERSTOOD), {"uniqueItems": True}) == {"pattern"}
    assert counterexample(array(items=_NOT_UNDERSTOOD), {"minItems": 1}) == []


def test_each_item_keeps_to_what_the_receiver_takes() -> None:
    old = array(items={"type": ["integer", "string"]}, minItems=3)
    new = array(items={"type": ["string", "null"]})
    assert counterexample(old, new) == [0, "text", "text"]
    tuples = array(prefixItems=[{"type": "string"}, INTEGER], items=False)
    assert counterexample(array(minItems=2), {**tuples, "items": True}) == [None, 0]


# The parts of it.


class Filling:
    """The filling of an array case, with literals to ask for."""

    def __init__(
        self, *, counted: Sequence[tuple[int, int | None]] = (), floating: Sequence[int] = (), at: Sequence[int] = ()
    ) -> None:
        readers = (read_schema({})[0], read_schema({})[0])
        literals = Literals(readers, lambda _base, _head: False)
        budget = Budget()
        budget.restart()
        searcher = Searcher(literals, readers, role=Role.NEITHER, sender=Side.BASE, declared=None, budget=budget)
        self.yes = [literals.values([number], holds=True) for number in range(len(counted))]
        self.no = [literals.negated(literal) for literal in self.yes]
        self.asked: list[Literal] = [literals.values([str(index)], holds=True) for index in range(9)]
        self.literals = literals
        case = Case(JsonType.ARRAY, [])
        case.values += [Counted(self.yes[index], *limits) for index, limits in enumerate(counted)]
        places = [Step(Where.LATER_ITEM, index=index) for index in floating]
        places += [Step(Where.ITEM, index=index) for index in at]
        case.children += [literals.child(step, (self.asked[number],)) for number, step in enumerate(places)]
        self.filling = ArrayFilling(searcher, case)

    def search(self, distinct: Sequence[bool] = ()) -> Outcome:
        """The outcome of the filling where every item is null."""
        self.filling._distinct = set(distinct)
        searching = self.filling.search()
        try:
            next(searching)
            while True:
                searching.send(Witness(None))
        except StopIteration as ended:
            outcome: Outcome = ended.value
            return outcome

    def plans(self, length: int) -> list[dict[int, Any]]:
        return list(self.filling._plans(length))


@pytest.mark.parametrize(
    ("at_least", "at_most", "length", "numbers"),
    [(0, None, 2, [0]), (1, None, 3, [1]), (2, None, 3, [2]), (2, None, 1, []), (0, 0, 2, [0]), (0, 1, 3, [0, 1]),
     (1, 2, 3, [1, 2]), (1, 5, 2, [1, 2]), (2, 2, 4, [2]), (3, 5, 2, [])],
)  # fmt: skip
def test_items_are_chosen_to_be_counted(at_least: int, at_most: int | None, length: int, numbers: list[int]) -> None:
    filling = Filling(counted=[(at_least, at_most)])
    expected = []
    for number in numbers:
        for chosen in combinations(range(length), number):
            plan: dict[int, Any] = dict.fromkeys(chosen, (filling.yes[0],))
            if at_most is not None:
                plan |= {index: (filling.no[0],) for index in range(length) if index not in chosen}
            expected.append(plan)
    assert filling.plans(length) == expected


def test_one_way_more_is_made_than_is_tried() -> None:
    assert len(Filling(counted=[(1, None)]).plans(400)) == 400
    assert len(Filling(counted=[(1, None)]).plans(500)) == 401


def test_demands_go_to_every_item_that_they_may_speak_of() -> None:
    filling = Filling(floating=[0, 1], at=[1])
    first, later, fixed = filling.asked[:3]
    expected = [_merged(({1: (fixed,)}, {a: (first,)}, {b: (later,)})) for a, b in product(range(3), range(1, 3))]
    assert filling.plans(3) == expected
    assert Filling(floating=[2]).plans(2) == []
    two = Filling(at=[0, 0])
    assert two.plans(1) == [{0: tuple(two.asked[:2])}]


def test_what_contradicts_itself_is_not_searched() -> None:
    assert Filling(counted=[(0, 3), (2, 1)]).search() is EMPTY
    assert Filling(counted=[(2, 2)]).search() == Witness([None, None])
    assert Filling(counted=[(2, None)]).search() == Witness([None, None])
    assert Filling(at=[1]).search() == Witness([None, None])
    assert Filling(at=[1]).search([True, False]) is EMPTY
    assert Filling(at=[1]).search([False]) == Witness([None, None])
    assert Filling().search([False]) == Witness([None, None])
    assert Filling().search([True]) == Witness([])
    assert Filling(at=[0]).search([True]) == Witness([None])


def test_plans_are_merged_item_by_item() -> None:
    one, two, three = Filling().asked[:3]
    assert _merged(({0: (one,)}, {1: (two,)}, {0: (three,)})) == {0: (one, three), 1: (two,)}
    assert _merged(()) == {}


@pytest.mark.parametrize(
    ("floating", "at", "rules", "expected"),
    [([], [], [], 0), ([], [2], [], 3), ([4], [], [], 4), ([3], [3], [], 4), ([5], [1], [], 5), ([1], [1], [3], 3)],
)
def test_from_some_item_on_all_are_alike(floating: list[int], at: list[int], rules: list[int], expected: int) -> None:
    asked = Filling(floating=floating, at=at)
    asked.filling._rules = [Each(Step(Where.LATER_ITEM, index=index), asked.asked[0]) for index in rules]
    assert asked.filling._plain_from() == expected


def test_rules_speak_of_items_from_an_index_on() -> None:
    asked = Filling()
    rule, extra = asked.asked[:2]
    asked.filling._rules = [Each(Step(Where.LATER_ITEM, index=2), rule)]
    assert [asked.filling._item_goal(index, ()) for index in range(4)] == [(), (), (rule,), (rule,)]
    assert asked.filling._item_goal(1, (extra,)) == (extra,)
    assert set(asked.filling._item_goal(2, (extra,))) == {rule, extra}


def test_schemas_tell_from_where_on_all_items_are_alike() -> None:
    assert example(array(prefixItems=[INTEGER, INTEGER], contains=STRING, maxItems=3)) == [0, 0, "text"]
    assert counterexample(array(unevaluatedItems=INTEGER, prefixItems=[STRING] * 3), {"maxItems": 4})[3:] == [0, 0]


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4, unique=True), max_size=4))
def test_each_item_gets_a_key_of_its_own_where_that_is_possible(offers: list[list[str]]) -> None:
    possible = [chosen for chosen in product(*offers) if len(set(chosen)) == len(chosen)]
    found = _matching(offers)
    if possible:
        assert found is not None
        assert tuple(found) in possible
    else:
        assert found is None
