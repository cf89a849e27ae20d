"""Putting objects together: which names they have, and a value for each."""

from __future__ import annotations

from collections.abc import Generator
from itertools import combinations
from typing import Any

import pytest
from inclusion_questions import counterexample, doubts, empty, example, included, read_schema, search

from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.model.schema import JsonType
from contractguard.semantics.inclusion.case import Case
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.literals import Child, Literals, Side, Step, Where
from contractguard.semantics.inclusion.objects import ObjectFilling, _Region
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, Outcome, Witness, unknown
from contractguard.semantics.inclusion.search import Searcher
from contractguard.semantics.inclusion.things import Each, Lacks

OBJECT = {"type": "object"}
INTEGER = {"type": "integer"}
STRING = {"type": "string"}
_A_OF_B_TEXT = {"properties": {"a": {"properties": {"b": STRING}}}}
_NOT_UNDERSTOOD = r"(a)\1"


def obj(**keywords: Any) -> dict[str, Any]:
    return {**OBJECT, **keywords}


def breaking(*schemas: Any, **keywords: Any) -> dict[str, Any]:
    """An object that none of the schemas takes."""
    return {"allOf": [OBJECT, *({"not": schema} for schema in schemas)], **keywords}


def matching(pattern: str, schema: Any) -> dict[str, Any]:
    return {"patternProperties": {pattern: schema}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (obj(), {}),
        (obj(required=["a"]), {"a": None}),
        (obj(required=["a", "b"], properties={"a": INTEGER, "c": STRING}), {"a": 0, "b": None}),
        (obj(required=["a"], maxProperties=1), {"a": None}),
        (obj(required=["a"], patternProperties={"^a": INTEGER, "^b": STRING}), {"a": 0}),
        (obj(required=["a"], additionalProperties=INTEGER, properties={"b": STRING}), {"a": 0}),
        (obj(required=["b"], additionalProperties=INTEGER, properties={"b": STRING}), {"b": "text"}),
        (obj(required=["ab"], patternProperties={"^a": INTEGER, "b$": {"minimum": 3}}), {"ab": 3}),
        (
            obj(
                required=["ab"],
                patternProperties={"^a": INTEGER, "b$": {"minimum": 3}, "c": False},
                properties={"ab": {"multipleOf": 7}},
                additionalProperties=False,
            ),
            {"ab": 7},
        ),
        (obj(required=["a"], allOf=[{"properties": {"a": INTEGER}}, {"additionalProperties": {"minimum": 2}}]), {"a": 2}),
        (obj(minProperties=1, properties={"a": INTEGER}, additionalProperties=False), {"a": 0}),
        (obj(minProperties=2, properties={"a": INTEGER, "b": STRING}), {"a": 0, "b": "text"}),
        (obj(minProperties=2, properties={"a": INTEGER, "b": STRING, "c": STRING}), {"a": 0, "b": "text"}),
        (obj(minProperties=2, required=["c"], properties={"a": INTEGER}), {"c": None, "a": 0}),
        (obj(minProperties=1, required=["c"], properties={"a": INTEGER}), {"c": None}),
        (obj(minProperties=2, properties={"a": INTEGER, "b": False, "c": STRING}), {"a": 0, "c": "text"}),
        (obj(minProperties=2, maxProperties=2, properties={"a": INTEGER, "b": STRING, "c": {}}), {"a": 0, "b": "text"}),
        (obj(minProperties=3, propertyNames={"enum": ["a", "b", "c"]}), {"a": None, "b": None, "c": None}),
        (obj(minProperties=2, propertyNames={"pattern": "^[bc]$"}, properties={"a": {}, "c": INTEGER}), {"c": 0, "b": None}),
        (obj(minProperties=1, patternProperties={"^x$": INTEGER}, additionalProperties=False), {"x": 0}),
        (obj(minProperties=2, patternProperties={"^[xy]$": INTEGER}, additionalProperties=False), {"x": 0, "y": 0}),
        (
            obj(minProperties=3, patternProperties={"^x$": INTEGER, "^[yz]$": STRING}, additionalProperties=False),
            {"x": 0, "y": "text", "z": "text"},
        ),
        (obj(dependentRequired={"a": ["b"]}, required=["a"]), {"a": None, "b": None}),
        (obj(dependentRequired={"a": ["b"], "b": ["c"]}, required=["a"]), {"a": None, "b": None, "c": None}),
        (obj(dependentSchemas={"a": {"properties": {"b": INTEGER}}}, required=["a", "b"]), {"a": None, "b": 0}),
    ],
)  # fmt: skip
def test_the_smallest_object_is_found(schema: Any, expected: Any) -> None:
    assert example(schema) == expected


@pytest.mark.parametrize(
    "schema",
    [
        obj(required=["a", "b"], maxProperties=1),
        obj(minProperties=2, maxProperties=1),
        obj(required=["a"], propertyNames={"maxLength": 0}),
        obj(required=["a"], properties={"a": False}),
        obj(required=["a"], additionalProperties=False),
        obj(required=["a"], properties={"b": {}}, additionalProperties=False),
        obj(required=["ab"], patternProperties={"^a": INTEGER, "b$": STRING}),
        obj(required=["ab"], patternProperties={"^a": INTEGER}, properties={"ab": STRING}),
        obj(required=["a"], additionalProperties=INTEGER, allOf=[{"additionalProperties": STRING}]),
        obj(minProperties=2, properties={"a": INTEGER}, additionalProperties=False),
        obj(minProperties=2, properties={"a": INTEGER, "b": False}, additionalProperties=False),
        obj(minProperties=3, patternProperties={"^[xy]$": INTEGER}, additionalProperties=False),
        obj(minProperties=4, propertyNames={"enum": ["a", "b", "c"]}),
        obj(minProperties=1, propertyNames=False),
        obj(minProperties=1, additionalProperties=False),
        obj(minProperties=2, required=["a"], propertyNames={"const": "a"}),
        obj(dependentSchemas={"a": {"maxProperties": 1}}, required=["a", "b"]),
        obj(dependentRequired={"a": ["b"]}, properties={"b": False}, required=["a"]),
        obj(dependentRequired={"a": ["b"]}, maxProperties=1, required=["a"]),
        obj(required=["a"], properties={"a": {"$ref": "#"}}),
    ],
)
def test_no_object_is_there(schema: Any) -> None:
    assert empty(schema)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (OBJECT, {"additionalProperties": False}, {"text": None}),
        (OBJECT, {"additionalProperties": INTEGER}, {"text": None}),
        (OBJECT, {"properties": {"text": {}}, "additionalProperties": False}, {"": None}),
        (OBJECT, {"patternProperties": {"^t": {}}, "additionalProperties": False}, {"": None}),
        (OBJECT, {"properties": {"a": INTEGER}}, {"a": None}),
        (OBJECT, {"patternProperties": {"^a": INTEGER}}, {"a": None}),
        (OBJECT, {"required": ["a"]}, {}),
        (obj(required=["a"]), {"required": ["a", "b"]}, {"a": None}),
        (OBJECT, {"minProperties": 1}, {}),
        (obj(required=["a"]), {"minProperties": 2}, {"a": None}),
        (obj(properties={"a": INTEGER}), {"maxProperties": 0}, {"a": 0}),
        (obj(maxProperties=1), {"maxProperties": 0}, {"text": None}),
        (OBJECT, {"propertyNames": {"maxLength": 3}}, {"text": None}),
        (obj(propertyNames={"pattern": "^a"}), {"propertyNames": {"pattern": "^ab"}}, {"a": None}),
        (obj(properties={"a": INTEGER, "b": STRING}), {"propertyNames": {"enum": ["a", "text"]}}, {"": None}),
        (
            obj(properties={"a": INTEGER, "b": STRING}, additionalProperties=False),
            {"propertyNames": {"const": "a"}},
            {"b": "text"},
        ),
        (obj(required=["a", "b"]), {"propertyNames": {"const": "a"}, "maxProperties": 1}, {"a": None, "b": None}),
        (
            obj(patternProperties={"^a": INTEGER, "^b": STRING}, additionalProperties=False),
            {"patternProperties": {"^a": INTEGER}, "additionalProperties": False},
            {"b": "text"},
        ),
        (
            obj(patternProperties={"a": {"minimum": 1, **INTEGER}, "b": {"minimum": 2, **INTEGER}}),
            matching("b", {"minimum": 3}),
            {"b": 2},
        ),
        (obj(patternProperties={"^a": INTEGER, "b$": {"maximum": 3}}), matching("^ab$", {"maximum": 2}), {"ab": 3}),
        (OBJECT, {"dependentRequired": {"a": ["b"]}}, {"a": None}),
        (obj(dependentRequired={"a": ["b"]}), {"dependentRequired": {"a": ["b", "c"]}}, {"a": None, "b": None}),
        (obj(dependentRequired={"a": ["b"]}), {"not": {"required": ["a"]}}, {"a": None, "b": None}),
        (obj(properties={"a": INTEGER}, required=["a"]), {"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 0}),
        (obj(properties={"a": INTEGER}, maxProperties=1), {"properties": {"a": STRING}}, {"a": 0}),
        (obj(properties={"a": obj(properties={"b": INTEGER})}), _A_OF_B_TEXT, {"a": {"b": 0}}),
    ],
)  # fmt: skip
def test_a_small_object_is_shown(old: Any, new: Any, expected: Any) -> None:
    assert counterexample(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (obj(required=["a"]), {"minProperties": 1}),
        (obj(minProperties=1, properties={"a": {}}, additionalProperties=False), {"required": ["a"]}),
        (obj(propertyNames={"pattern": "^ab"}), {"propertyNames": {"pattern": "^a"}}),
        (obj(propertyNames={"enum": ["a", "b"]}), {"maxProperties": 2}),
        (obj(patternProperties={"^a": {}}, additionalProperties=False), {"propertyNames": {"pattern": "a"}}),
        (obj(properties={"a": {}, "b": {}}, additionalProperties=False), {"maxProperties": 2}),
        (obj(patternProperties={"^a": INTEGER, "b$": STRING}), {"patternProperties": {"^a.*b$": False}}),
        (obj(patternProperties={"^a": INTEGER}), {"properties": {"ab": INTEGER}}),
        (obj(properties={"a": INTEGER, "b": INTEGER}, additionalProperties=False), {"additionalProperties": INTEGER}),
        (obj(patternProperties={"": INTEGER}), {"additionalProperties": INTEGER}),
        (obj(additionalProperties=INTEGER), {"patternProperties": {"^a": INTEGER}, "properties": {"b": {"type": "number"}}}),
        (obj(dependentSchemas={"a": {"required": ["b"]}}), {"dependentRequired": {"a": ["b"]}}),
        (obj(dependentRequired={"a": ["b"], "b": ["c"]}), {"dependentRequired": {"a": ["c"]}}),
        (obj(dependentRequired={"a": ["b"]}, properties={"b": False}), {"not": {"required": ["a"]}}),
        (obj(propertyNames={"minLength": 2}), {"properties": {"a": False}}),
        (obj(properties={"a": INTEGER}), {"properties": {"a": {"type": "number"}}}),
    ],
)  # fmt: skip
def test_objects_included(old: Any, new: Any) -> None:
    assert included(old, new)


# Properties that must be there without being named.


def test_one_property_answers_several_demands_where_there_is_room_for_one_only() -> None:
    value = example(breaking(matching("^a", INTEGER), matching("b$", INTEGER), maxProperties=1))
    (name,) = value
    assert name.startswith("a")
    assert name.endswith("b")
    three = breaking(*(matching(letter, INTEGER) for letter in "abc"), maxProperties=1)
    (name,) = example(three)
    assert set("abc") <= set(name)


def test_several_properties_answer_demands_that_cannot_share_a_name() -> None:
    apart = (matching("^a", INTEGER), matching("^b", INTEGER))
    assert empty(breaking(*apart, maxProperties=1))
    assert sorted(example(breaking(*apart, maxProperties=2))) == ["a", "b"]
    assert empty(breaking(*apart, matching("^c", INTEGER), maxProperties=2))


def test_several_properties_answer_demands_that_cannot_share_a_value() -> None:
    opposite = (matching("a", INTEGER), matching("a", {"not": INTEGER}))
    assert empty(breaking(*opposite, maxProperties=1))
    value = example(breaking(*opposite, maxProperties=2))
    assert sorted(isinstance(held, int) for held in value.values()) == [False, True]
    assert all("a" in name for name in value)
    single = {"patternProperties": {"^a$": {}}, "additionalProperties": False}
    assert empty({**breaking(*opposite), **single})


def test_a_demand_is_met_by_a_property_that_is_there_anyway() -> None:
    assert example(breaking(matching("^a", INTEGER), required=["ax"], maxProperties=1)) == {"ax": None}
    assert empty(breaking(matching("^a", INTEGER), required=["b"], maxProperties=1))
    assert empty(breaking(matching("^a", INTEGER), required=["ax"], properties={"ax": INTEGER}, maxProperties=1))
    assert example(breaking({"additionalProperties": INTEGER}, required=["b"], maxProperties=1)) == {"b": None}
    assert example(breaking({"propertyNames": {"const": "a"}}, required=["b"], maxProperties=1)) == {"b": None}


def test_a_demand_on_names_and_one_on_values_share_a_property() -> None:
    both = breaking({"propertyNames": {"pattern": "^a"}}, {"additionalProperties": INTEGER}, maxProperties=1)
    (name,) = example(both)
    assert not name.startswith("a")
    names = ({"propertyNames": {"pattern": "^a"}}, {"propertyNames": {"pattern": "^[^a]|^$"}})
    assert empty(breaking(*names, maxProperties=1))
    assert len(example(breaking(*names, maxProperties=2))) == 2
    shared = ({"propertyNames": {"pattern": "^[^a]|^$"}}, {"propertyNames": {"pattern": "[^b]$|^$"}})
    (name,) = example(breaking(*shared, maxProperties=1))
    assert (name[0], name[-1]) == ("a", "b")


def test_a_new_name_may_match_some_patterns_and_not_others() -> None:
    old = obj(patternProperties={"^a": INTEGER, "b$": {"minimum": 2}, "c": {"maximum": 5}}, additionalProperties=False)
    assert counterexample(old, matching("^a.+", {"maximum": 6}))
    assert counterexample({**old, "propertyNames": {"maxLength": 2}}, {"maxProperties": 0})
    narrow = {**old, "propertyNames": {"pattern": "^a.*b$"}, "minProperties": 1}
    (value,) = example(narrow).values()
    assert value >= 2


def test_declared_names_are_tried_where_new_ones_are_not_to_be_had() -> None:
    closed = {"properties": {"a": INTEGER, "b": STRING}, "additionalProperties": False}
    assert example({**breaking({"additionalProperties": INTEGER}), **closed}) == {"b": "text"}
    assert empty({**breaking({"properties": {"b": {}}, "additionalProperties": INTEGER}), **closed})
    assert example({**breaking(matching("[ab]", STRING)), **closed}) == {"a": 0}
    assert empty({**breaking(matching("[ab]", {"type": ["string", "integer"]})), **closed})


def test_forbidden_names_are_not_used() -> None:
    declared = {"properties": {"text": {}, "a": {}}}
    value = counterexample(OBJECT, {**declared, "maxProperties": 0}, reading=Reading.DECLARED)
    assert value.keys().isdisjoint(declared["properties"])
    assert included(obj(minProperties=1, propertyNames={"enum": ["a", "text"]}), declared, reading=Reading.DECLARED)
    old = obj(minProperties=1, propertyNames={"enum": ["a", "text"]})
    assert included(old, {**declared, "not": {}}, reading=Reading.DECLARED)
    assert not included(old, {**declared, "not": {}})
    assert included(obj(required=["a"]), {**declared, "not": {}}, reading=Reading.DECLARED)
    assert empty(obj(required=["a"], allOf=[{"not": {"required": ["a"]}}]))
    assert included(obj(propertyNames={"enum": ["a"]}), {**declared, "maxProperties": 0}, reading=Reading.DECLARED)
    demands = {**declared, "patternProperties": {"^a": {"type": "null"}}}
    value = counterexample(OBJECT, demands, reading=Reading.DECLARED)
    assert "a" not in value
    assert next(iter(value)).startswith("a")


def test_each_value_keeps_to_what_the_receiver_takes() -> None:
    old = obj(properties={"a": {"type": ["integer", "string"]}, "b": {}}, required=["a", "b"])
    new = {"properties": {"a": STRING, "b": {"type": "null"}}, "required": ["c"]}
    assert counterexample(old, new) == {"a": "text", "b": None}
    new = {"properties": {"a": STRING, "b": {"enum": [3]}}, "required": ["c"]}
    assert counterexample(old, new) == {"a": "text", "b": 3}
    assert counterexample(obj(properties={"a": INTEGER}, required=["a"]), new) == {"a": 0, "c": None}


def test_what_the_receiver_requires_is_sent_where_that_may_be() -> None:
    old = obj(properties={"a": INTEGER}, required=["a"])
    new = {"properties": {"a": STRING, "c": {"enum": [5]}}, "required": ["a", "c", "d"]}
    assert counterexample(old, new) == {"a": 0, "c": 5, "d": None}
    assert counterexample({**old, "maxProperties": 1}, new) == {"a": 0}
    assert counterexample({**old, "maxProperties": 2}, new) == {"a": 0, "c": 5}
    assert counterexample({**old, "propertyNames": {"enum": ["a", "d"]}}, new) == {"a": 0, "d": None}
    assert counterexample({**old, "patternProperties": {"^c$": False}}, new) == {"a": 0, "d": None}
    assert counterexample(old, new, reading=Reading.DECLARED) == {"a": 0, "d": None}
    assert counterexample({**old, "patternProperties": {"^c$": STRING}}, new, reading=Reading.DECLARED).keys() == set(
        "acd"
    )


def found(old: Any, new: Any, role: Role) -> Any:
    """What is found for one role, which `jsonschema` knows nothing of: an object, or the outcome where there is none."""
    outcome = search(old, new, role=role)
    return outcome.value if isinstance(outcome, Witness) else outcome


def test_names_that_a_role_hides_are_not_asked_for() -> None:
    old = obj(properties={"a": {"readOnly": True, **INTEGER}}, required=["a"])
    assert found(old, {"required": ["a"]}, Role.REQUEST) == {}
    assert found(old, {"required": ["a"]}, Role.RESPONSE) is EMPTY
    assert found(obj(required=["a"]), {**old, "required": ["a", "b"]}, Role.REQUEST) == {"a": 0}


def test_names_that_a_role_hides_are_not_sent() -> None:
    old = obj(properties={"a": {"readOnly": True, **INTEGER}, "b": {"writeOnly": True, **INTEGER}})
    assert found(old, {"properties": {"a": STRING}}, Role.REQUEST) is EMPTY
    assert found(old, {"properties": {"a": STRING}}, Role.RESPONSE) == {"a": 0}
    assert found(old, {"properties": {"b": STRING}}, Role.REQUEST) == {"b": 0}
    assert found(old, {"properties": {"b": STRING}}, Role.RESPONSE) is EMPTY
    asked = {**old, "dependentRequired": {"b": ["a"]}, "required": ["b"]}
    assert found(asked, {"properties": {"a": STRING}}, Role.REQUEST) == {"a": 0, "b": 0}


# Limits.


def test_many_properties_are_filled_in_up_to_a_limit() -> None:
    names = {f"n{index}": INTEGER for index in range(201)}
    assert len(example(obj(minProperties=200, properties=names))) == 200
    assert doubts(obj(minProperties=201, properties=names), {"type": "null"}) == {"minProperties"}
    assert len(example(obj(minProperties=20))) == 20
    assert len(example(obj(minProperties=201, required=list(names)))) == 201


def test_many_patterns_are_told_apart_up_to_a_limit() -> None:
    def closed(letters: str) -> Any:
        return obj(patternProperties=dict.fromkeys(letters, False), additionalProperties=False)

    assert included(closed("abcdfg"), {"maxProperties": 0})
    assert doubts(closed("abcdfgh"), {"maxProperties": 0}) == {"patternProperties"}
    assert counterexample(closed("abcdfgh") | {"additionalProperties": True}, {"maxProperties": 0}) == {"text": None}


def test_many_ways_of_choosing_names_are_tried_up_to_a_limit() -> None:
    def two_of(first: int, second: int) -> Any:
        names = [*(f"a{index}" for index in range(first)), *(f"b{index}" for index in range(second))]
        declared = {name: {"enum": [0, 1]} for name in names}
        demands = (matching("^a", {"const": 0}), matching("^b", {"const": 0}))
        return {**breaking(*demands), "properties": declared, "additionalProperties": False}

    assert example({**two_of(7, 43), "maxProperties": 2}) == {"a0": 1, "b0": 1}
    assert empty({**two_of(15, 20), "maxProperties": 1})  # 300 ways
    assert doubts({**two_of(7, 43), "maxProperties": 1}, {"type": "null"}) == {"patternProperties"}  # 301 ways
    assert doubts({**two_of(15, 20), "maxProperties": 1}, {"type": "null"}, budget=Budget(450)) == {"budget"}


def test_patterns_that_nobody_understands_leave_it_open() -> None:
    strange = {_NOT_UNDERSTOOD: INTEGER}
    assert doubts(obj(required=["a"], patternProperties=strange), {"type": "null"}) == {"patternProperties"}
    assert doubts(obj(patternProperties=strange), {"maxProperties": 0}) == {"pattern"}
    assert doubts(OBJECT, {"patternProperties": strange}) == {"pattern"}
    assert doubts(OBJECT, {"patternProperties": {_NOT_UNDERSTOOD: {}}, "additionalProperties": False}) == {"pattern"}
    assert doubts(obj(required=["a"], propertyNames={"pattern": _NOT_UNDERSTOOD}), {"type": "null"}) == {
        "propertyNames"
    }
    assert doubts(obj(propertyNames={"pattern": _NOT_UNDERSTOOD}), {"maxProperties": 0}) == {"pattern"}
    assert example(obj(propertyNames={"pattern": _NOT_UNDERSTOOD})) == {}
    assert example(obj(patternProperties=strange)) == {}
    assert counterexample(obj(patternProperties=strange), {"required": ["a"]}) == {}
    assert counterexample(obj(patternProperties=strange), {"required": ["a"], "type": "null"}) == {}


def test_values_that_cannot_be_decided_leave_it_open() -> None:
    strange = {"type": "string", "pattern": _NOT_UNDERSTOOD}
    assert doubts(obj(properties={"a": strange}, required=["a"]), {"type": "null"}) == {"pattern"}
    assert doubts(obj(properties={"a": strange}, required=["a"], additionalProperties=False), {"maxProperties": 0}) == {
        "pattern"
    }
    closed = obj(properties={"a": strange}, additionalProperties=False, minProperties=1)
    assert doubts(closed, {"type": "null"}) == {"pattern"}
    assert doubts(obj(additionalProperties=strange, minProperties=1), {"type": "null"}) == {"pattern"}
    assert doubts(obj(additionalProperties=strange), {"additionalProperties": INTEGER}) == {"pattern"}


def filling_of(*, children: int = 0) -> tuple[ObjectFilling, list[Child]]:
    """A filling of objects of which nothing is said, and things that may be asked of it."""
    readers = (read_schema({})[0], read_schema({})[0])
    literals = Literals(readers, lambda _base, _head: False)
    searcher = Searcher(literals, readers, role=Role.NEITHER, sender=Side.BASE, declared=None, budget=Budget())
    asked = [literals.child(Step(Where.MATCHING_PROPERTY, str(index)), ()) for index in range(children)]
    return ObjectFilling(searcher, Case(JsonType.OBJECT, []), ()), asked


def test_children_share_names_in_all_combinations_up_to_a_limit() -> None:
    filling, asked = filling_of(children=5)
    subsets = [chosen for number in range(5) for chosen in combinations(asked[:4], number)]
    assert list(filling._sharing(asked[:4])) == subsets
    assert filling._doubts.verdict() is EMPTY
    assert list(filling._sharing(asked)) == [()]
    assert filling._doubts.verdict() == unknown(["patternProperties"])


def run(searching: Generator[Any, Any, Any], *answers: Outcome) -> Any:
    """What a part of a search gives where its goals have these outcomes, one after the other."""
    try:
        next(searching)
        for answer in answers:
            searching.send(answer)
    except StopIteration as ended:
        return ended.value
    pytest.fail("more is asked")


def test_alternatives_that_a_property_cannot_make_true_are_left_out() -> None:
    filling, (child, _) = filling_of(children=2)
    filling._forbidden = {"b"}
    one, other = (filling._literals.child(Step(Where.PROPERTY, name), ()) for name in "ab")
    assert run(filling.excludes(())) is False
    assert run(filling.excludes((one, other))) is False
    assert run(filling.excludes((Lacks("a"),))) is False
    assert run(filling.excludes((child,))) is False
    assert run(filling.excludes((other,))) is True
    assert run(filling.excludes((one,)), EMPTY) is True
    assert run(filling.excludes((one,)), Witness(0)) is False
    assert run(filling.excludes((one,)), unknown(["pattern"])) is False


def test_chosen_names_are_joined_with_those_that_must_be_there() -> None:
    filling, asked = filling_of(children=2)
    assert run(filling._with_names({"a": ()}, asked, ("b", "b")), Witness(1), Witness(2)) == Witness({"b": 1, "a": 2})
    filling._case.at_most = 2
    assert run(filling._with_names({"a": ()}, asked, ("b", "a")), Witness(1), Witness(2)) == Witness({"b": 1, "a": 2})
    assert run(filling._with_names({"a": ()}, asked, ("b", "c"))) is EMPTY
    filling._case.at_most = 1
    assert run(filling._with_names({"a": ()}, asked, ("b", "b"))) is EMPTY
    assert run(filling._with_names({"a": ()}, asked, ("a", "a")), Witness(1)) == Witness({"a": 1})


def test_an_object_is_complete_where_all_its_values_are_found() -> None:
    filling, _ = filling_of()
    assert run(filling._complete({})) == Witness({})
    assert run(filling._complete({"a": (), "b": ()}), Witness(1), EMPTY) is EMPTY
    assert filling._doubts.verdict() is EMPTY
    assert run(filling._complete({"a": (), "b": ()}), unknown(["pattern"])) == unknown(["pattern"])
    assert filling._doubts.verdict() == unknown(["pattern"])
    filling._name_goal = (filling._literals.pattern("^a", holds=True), filling._literals.pattern("a$", holds=True))
    assert run(filling._complete({"ab": ()})) is EMPTY
    assert run(filling._complete({"aa": ()}), Witness(1)) == Witness({"aa": 1})
    filling._case.at_least = 2
    assert run(filling._complete({"aa": ()}), Witness(1), EMPTY) is EMPTY
    assert run(filling._complete({"aa": ()}), Witness(1), Witness("a"), Witness(2)) == Witness({"aa": 1, "a": 2})
    assert run(filling._complete({"aa": (), "a": ()}), Witness(1), Witness(2)) == Witness({"aa": 1, "a": 2})


def test_properties_are_added_until_there_are_enough() -> None:
    filling, _ = filling_of()
    filling._case.at_least = 2
    value: dict[str, Any] = {}
    assert run(filling._fill_up(value), Witness("a"), Witness(1), Witness("b"), Witness(2)) is True
    assert value == {"a": 1, "b": 2}
    assert run(filling._fill_up({"c": 1}), Witness("a"), EMPTY) is False
    filling._known_names = {"d": None, "e": None, "f": None}
    assert run(filling._fill_up(value := {}), EMPTY, Witness(5), Witness(6)) is True
    assert value == {"e": 5, "f": 6}
    filling._case.at_least = 201
    assert run(filling._fill_up({})) is False


def test_rules_speak_of_the_names_of_their_step() -> None:
    filling, _ = filling_of()
    rule = filling._literals.values([1], holds=True)
    filling._rules = [Each(Step(Where.OTHER_PROPERTY, names=frozenset({"a"}), avoiding=("^x.", "y$")), rule)]
    assert [name for name in ("a", "b", "xb", "x", "by", "xy", "") if list(filling.value_goal(name))] == ["b", "x", ""]
    assert list(filling.value_goal("b")) == [rule]


def test_too_many_names_are_no_object() -> None:
    filling, _ = filling_of()
    filling._case.has = {"a": None, "b": None}
    for most, too_many in ((1, True), (2, False), (None, False)):
        filling._case.at_most = most
        assert filling._too_many({"a": (), "b": ()}) is too_many
    filling._case.at_most = 1
    with pytest.raises(StopIteration) as ended:
        next(filling.search())
    assert ended.value.value is EMPTY


@pytest.mark.parametrize(
    ("step", "inside", "outside"),
    [
        (Step(Where.OTHER_PROPERTY), ["a", ""], []),
        (Step(Where.OTHER_PROPERTY, names=frozenset("ab"), avoiding=("^x", "y$")), ["c", "", "ax"], ["a", "b", "x1", "1y"]),
        (Step(Where.MATCHING_PROPERTY, "^a"), ["a", "ab"], ["", "ba"]),
        (Step(Where.NAME), ["a", ""], []),
    ],
)  # fmt: skip
def test_regions_of_names(step: Step, inside: list[str], outside: list[str]) -> None:
    doubts_met = Doubts()
    region = _Region(step)
    assert all(region.holds(name, doubts_met) for name in inside)
    assert not any(region.holds(name, doubts_met) for name in outside)
    assert doubts_met.verdict() is EMPTY


def test_a_region_that_several_share() -> None:
    steps = (Step(Where.MATCHING_PROPERTY, "^a"), Step(Where.OTHER_PROPERTY, names=frozenset({"ab"}), avoiding=("c",)))
    region = _Region(*steps, Step(Where.MATCHING_PROPERTY, "d$"), Step(Where.OTHER_PROPERTY, avoiding=("c", "e")))
    assert region.matching == ("^a", "d$")
    assert region.avoiding == ("c", "e")
    assert [name for name in ("ad", "ab", "acd", "aed", "a", "d", "axd") if region.holds(name, Doubts())] == [
        "ad",
        "axd",
    ]


def test_regions_of_which_nobody_can_tell() -> None:
    for step in (
        Step(Where.MATCHING_PROPERTY, _NOT_UNDERSTOOD),
        Step(Where.OTHER_PROPERTY, avoiding=(_NOT_UNDERSTOOD,)),
    ):
        doubts_met = Doubts()
        assert not _Region(step).holds("a", doubts_met)
        assert doubts_met.verdict() == unknown(["pattern"])
