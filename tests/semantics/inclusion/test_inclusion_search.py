"""The search as a whole: which payload it shows, what it leaves undecided, and what it takes a role and a reading to mean."""

from __future__ import annotations

from typing import Any

import pytest
from inclusion_questions import oracle, satisfiable, search

from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, Outcome, UndecidedError, Unknown, Witness, unknown

OPAQUE = {"type": "string", "pattern": "(?=a)b"}


def payload(outcome: Outcome) -> Any:
    assert isinstance(outcome, Witness), outcome
    return outcome.value


# which payload is shown


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        (["array", "object", "string", "number", "boolean", "null"], None),
        (["array", "object", "string", "number", "boolean"], False),
        (["array", "object", "string", "number"], 0),
        (["array", "object", "string", "integer"], 0),
        (["array", "object", "string"], "text"),
        (["array", "object"], {}),
        (["array"], []),
    ],
)
def test_plain_payloads_are_shown_first(kinds: list[str], shown: Any) -> None:
    found = payload(satisfiable({"type": kinds}))
    assert (found, type(found)) == (shown, type(shown))


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        ({"enum": [3, "a"]}, 3),
        ({"enum": ["a", 3], "type": "integer"}, 3),
        ({"allOf": [{"enum": [1, 2, 3]}, {"anyOf": [{"enum": [3, 5]}, {"type": "null"}]}]}, 3),
        ({"const": None}, None),
        ({"enum": [False, True], "not": {"const": False}}, True),
        ({"type": "boolean", "not": {"const": False}}, True),
        ({"type": "object", "properties": {"a": {"enum": [2, 1]}}, "required": ["a"]}, {"a": 2}),
        ({"type": "array", "items": {"const": "x"}, "minItems": 2}, ["x", "x"]),
        ({"type": "string", "format": "date"}, "2026-01-31"),
        ({"type": "string", "format": "date", "maxLength": 4}, "text"),
        ({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, 1.1),
        ({"type": "integer", "multipleOf": 7, "minimum": 8}, 14),
        ({"type": "integer", "maximum": -3}, -3),
    ],
    ids=str,
)
def test_what_is_shown(schema: Any, shown: Any) -> None:
    found = payload(satisfiable(schema))
    assert found == shown
    assert oracle(schema, "draft-2020-12").is_valid(found)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "boolean", "not": {"enum": [True, False]}},
        {"type": "null", "not": {"const": None}},
        {"enum": ["a", 3], "type": "object"},
        {"allOf": [{"enum": [1, 2]}, {"enum": [3, 4]}]},
        {"type": "number", "minimum": 3, "maximum": 2},
        {"type": "number", "minimum": 3, "exclusiveMaximum": 3},
        {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
        {"type": "integer", "not": {"type": "number"}},
        {"type": "string", "maxLength": 2, "pattern": "^abc"},
        {"type": "string", "const": "a", "minLength": 2},
        {"type": "object", "required": ["a"], "maxProperties": 0},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"type": "array", "minItems": 2, "maxItems": 1},
        {"type": "array", "contains": {"type": "null"}, "items": {"type": "string"}},
    ],
    ids=str,
)
def test_what_takes_nothing(schema: Any) -> None:
    assert satisfiable(schema) is EMPTY


def test_the_shortest_list_is_tried() -> None:
    """Both lists hold: trying the longer one would take more steps than there are."""
    schema = {"allOf": [{"enum": list(range(100))}, {"anyOf": [{"enum": [7]}]}]}
    assert payload(satisfiable(schema, budget=Budget(question=30))) == 7


def test_a_payload_keeps_to_what_the_other_side_takes_where_nothing_is_lost() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "b"]}
    new = {**old, "properties": {"a": {"type": "string", "minLength": 7}, "b": {"type": "integer"}}}
    found = payload(search(old, new))
    assert not oracle(new, "draft-2020-12").is_valid(found)
    both = {**old, "properties": {"a": {"type": "string"}, "b": {"type": "string", "minLength": 7}}}
    closed = {**both, "additionalProperties": False}
    assert payload(search({**old, "minProperties": 3}, closed)).keys() > {"a", "b"}


# what is not decided


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        (OPAQUE, False, {"pattern"}),
        ({"type": "string", "minLength": 1}, OPAQUE, {"pattern"}),
        ({"type": "object", "properties": {"a": OPAQUE}, "required": ["a"]}, False, {"pattern"}),
        ({"type": "array", "items": OPAQUE, "minItems": 1}, False, {"pattern"}),
        ({"enum": ["b", "ab"], **OPAQUE}, False, {"enum"}),
        ({"type": "number", "minimum": 1e308, "multipleOf": 1e-300}, False, None),
    ],
    ids=str,
)
def test_what_stops_the_search_is_named(old: Any, new: Any, reasons: set[str] | None) -> None:
    outcome = search(old, new)
    if reasons is None:
        assert outcome is not EMPTY
    else:
        assert outcome == unknown(reasons)


def test_another_case_decides_where_one_is_open() -> None:
    assert payload(search({"type": ["string", "array"], "pattern": OPAQUE["pattern"]}, {"type": "string"})) == []
    assert payload(satisfiable({"anyOf": [OPAQUE, {"type": "string", "const": "z"}]})) == "z"


def test_a_case_that_is_open_beside_others_that_are_empty() -> None:
    schema = {"anyOf": [OPAQUE, {"type": "string", "maxLength": 2, "minLength": 3}]}
    assert satisfiable(schema) == unknown({"pattern"})


def test_a_search_that_takes_too_long_is_not_decided() -> None:
    names = [f"p{number}" for number in range(40)]
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": names}
    assert satisfiable(schema, budget=Budget(question=10)) == unknown({"budget"})
    assert isinstance(satisfiable(schema, budget=Budget(question=200)), Witness)


def test_patterns_count_for_fifty_steps() -> None:
    schema = {"type": "string", "pattern": "^a"}
    assert search(schema, {"type": "string", "minLength": 9}, budget=Budget(question=40)) == unknown({"budget"})
    assert isinstance(search(schema, {"type": "string", "minLength": 9}, budget=Budget(question=90)), Witness)


def test_a_reference_that_leads_nowhere_is_not_decided() -> None:
    schema = {"type": "object", "properties": {"a": {"$ref": "#/none"}}, "required": ["a"]}
    assert satisfiable(schema) == unknown({"$ref"})


def test_doubts_make_a_proof_undecided() -> None:
    doubts = Doubts()
    assert doubts.verdict() is EMPTY
    doubts.take(EMPTY)
    doubts.take(Witness(1))
    assert doubts.verdict() is EMPTY
    doubts.note("b", "a")
    doubts.take(unknown(["c"]))
    assert doubts.verdict() == Unknown(frozenset("abc"))
    assert str(UndecidedError("keyword")) == "keyword"


# recursion


def tree(leaf: Any, **more: Any) -> Any:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/t"}, "leaf": leaf}, **more}
    return {"$defs": {"t": node}, "$ref": "#/$defs/t"}


def test_recursive_schemas_are_compared() -> None:
    assert search(tree({"type": "integer"}), tree({"type": "number"})) is EMPTY
    wide, narrow = tree({"type": "number"}), tree({"type": "integer"})
    found = payload(search(wide, narrow))
    assert oracle(wide, "draft-2020-12").is_valid(found)
    assert not oracle(narrow, "draft-2020-12").is_valid(found)


def test_a_tree_without_an_end_is_empty() -> None:
    assert satisfiable(tree({}, required=["next"])) is EMPTY
    ends = tree({}, required=["next"])
    ends["$defs"]["t"]["type"] = ["object", "null"]
    assert payload(satisfiable({**ends, "type": "object"})) == {"next": None}


def test_recursion_through_choices() -> None:
    lists = {
        "$defs": {"l": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/l"}, {"type": "integer"}]}}},
        "$ref": "#/$defs/l",
    }
    wider = {
        "$defs": {"l": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/l"}, {"type": "number"}]}}},
        "$ref": "#/$defs/l",
    }
    assert search(lists, wider) is EMPTY
    found = payload(search(wider, lists))
    assert oracle(wider, "draft-2020-12").is_valid(found)
    assert not oracle(lists, "draft-2020-12").is_valid(found)


# roles and readings


def person(**more: Any) -> Any:
    marked = {"id": {"type": "string", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}}
    return {"type": "object", "properties": {**marked, "name": {"type": "string"}}, **more}


def test_names_that_a_role_hides_are_not_asked_for() -> None:
    wanted = person(required=["id", "secret", "name"])
    for role, missing in ((Role.REQUEST, {"secret", "name"}), (Role.RESPONSE, {"id", "name"}), (Role.NEITHER, None)):
        found = payload(satisfiable(wanted, role=role, dialect="openapi-3.0"))
        assert found.keys() == (missing or {"id", "secret", "name"})


def test_names_that_a_role_hides_are_not_sent() -> None:
    """OpenAPI 3.0.3, Schema Object: a readOnly property should not be sent in a request, so no client stops working there."""
    changed = person()
    changed["properties"]["id"] = {"type": "integer", "readOnly": True}
    assert search(person(), changed, role=Role.REQUEST, dialect="openapi-3.0") is EMPTY
    for role in (Role.RESPONSE, Role.NEITHER):
        assert "id" in payload(search(person(), changed, role=role, dialect="openapi-3.0"))


def test_names_that_only_the_receiver_hides_are_sent() -> None:
    old = {"type": "object", "properties": {"id": {"type": "string"}}}
    new = {"type": "object", "properties": {"id": {"type": "integer", "readOnly": True}}}
    assert "id" in payload(search(old, new, role=Role.REQUEST, dialect="openapi-3.0"))
    assert search(new, old, role=Role.REQUEST, dialect="openapi-3.0") is EMPTY


def test_a_hidden_name_that_another_part_asks_for_is_sent() -> None:
    """Else the schema would take nothing, and everything would be proved of it."""
    old = {"anyOf": [{"required": ["id", "name"]}, {"required": ["id", "secret"]}], **person()}
    found = payload(search(old, {"type": "object", "maxProperties": 0}, role=Role.REQUEST, dialect="openapi-3.0"))
    assert "id" in found


def test_names_that_only_the_receiver_declares_are_not_sent_in_the_declared_reading() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}}}
    new = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    assert search(old, new, reading=Reading.DECLARED) is EMPTY
    assert "b" in payload(search(old, new, reading=Reading.STRICT))
    closed = {**old, "additionalProperties": False}
    assert payload(search(old, closed, reading=Reading.DECLARED)).keys() - {"a"}
