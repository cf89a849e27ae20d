"""`unevaluatedProperties` and `unevaluatedItems`: what counts as looked at."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_cases import holds

_INTEGER = {"type": "integer"}
_OPAQUE = "(?=x)"
_OPEN = {"propertyNames": {"pattern": _OPAQUE}}
"""None of any object that has members."""


def _a(**more: Any) -> dict[str, Any]:
    return {"properties": {"a": True}, **more}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (_a(), True),
        ({"properties": {"b": True}}, False),
        ({"patternProperties": {"^a": True}}, True),
        ({"patternProperties": {"^b": True}}, False),
        ({"patternProperties": {_OPAQUE: True}}, None),
        ({"additionalProperties": _INTEGER}, True),
        ({"additionalProperties": True}, True),
        ({"additionalProperties": {}}, True),
        ({"propertyNames": {"maxLength": 1}}, False),
        ({"required": ["a"]}, False),
        ({"allOf": [_a()]}, True),
        ({"allOf": [{"additionalProperties": True}]}, True),
        ({"allOf": [{"unevaluatedProperties": True}]}, True),
        ({"allOf": [{"unevaluatedProperties": _INTEGER}]}, True),
        ({"allOf": [{"allOf": [_a(unevaluatedProperties=False)], "minProperties": 1}]}, True),
        ({"anyOf": [_a(), {"minProperties": 1}]}, True),
        ({"anyOf": [_a(minProperties=2), {"minProperties": 1}]}, False),
        ({"anyOf": [{"minProperties": 1}, _a()]}, True),
        ({"anyOf": [{"additionalProperties": True}, {"minProperties": 1}]}, True),
        ({"anyOf": [_a() | _OPEN, {"minProperties": 1}]}, None),
        ({"oneOf": [_a(), {"minProperties": 2}]}, True),
        ({"oneOf": [_a(minProperties=2), {"minProperties": 1}]}, False),
        ({"not": {"not": _a()}}, False),
        ({"not": _a(minProperties=2)}, False),
        ({"if": _a()}, True),
        ({"if": _a(minProperties=2)}, False),
        ({"if": {"minProperties": 1}, "then": _a()}, True),
        ({"if": {"minProperties": 2}, "then": _a()}, False),
        ({"if": {"minProperties": 2}, "else": _a()}, True),
        ({"if": {"minProperties": 1}, "else": _a()}, False),
        ({"if": _OPEN, "then": _a()}, None),
        ({"if": _OPEN, "else": _a()}, None),
        ({"if": _a() | _OPEN, "then": True}, None),
        ({"dependentSchemas": {"a": _a()}}, True),
        ({"dependentSchemas": {"b": _a()}}, False),
        ({"dependentRequired": {"a": ["a"]}}, False),
        ({"$ref": "#/$defs/a", "$defs": {"a": _a()}}, True),
        ({"$ref": "#/$defs/b", "$defs": {"b": {"properties": {"b": True}}}}, False),
        ({"$ref": "#/$defs/b", "$defs": {"b": {"anyOf": [_a(), False]}}}, True),
        ({"$dynamicRef": "#/$defs/a", "$defs": {"a": _a()}}, True),
        ({"$dynamicRef": "#/$defs/b", "$defs": {"b": {"properties": {"b": True}}}}, False),
        ({"$dynamicRef": "#b", "$defs": {"b": {"$dynamicAnchor": "b"}}}, False),
        ({"$dynamicRef": "#b", "$defs": {"b": {"$dynamicAnchor": "b"} | _a()}}, True),
        ({"frobnicate": 1}, False),
        ({"allOf": [{"frobnicate": 1}]}, False),
        ({"anyOf": [_a(minProperties=2) | {"frobnicate": 1}, {"minProperties": 1}]}, False),
        ({}, False),
    ],
)
def test_properties_that_were_looked_at(schema: dict[str, Any], expected: bool | None) -> None:
    assert holds(schema | {"unevaluatedProperties": False}, {"a": 1}) is expected
    assert holds(schema | {"unevaluatedProperties": {"type": "string"}}, {"a": 1}) is expected


def test_what_is_left_must_meet_the_schema() -> None:
    schema = _a(anyOf=[{"minProperties": 1}, {"minProperties": 2}], unevaluatedProperties=_INTEGER)
    assert holds(schema, {"a": "x", "b": 1}) is True
    assert holds(schema, {"a": "x", "b": "x"}) is False
    opaque = _a(anyOf=[{"minProperties": 1}, {"minProperties": 2}], unevaluatedProperties={"pattern": _OPAQUE})
    assert holds(opaque, {"a": "x", "b": "x"}) is None
    assert holds(opaque | {"required": ["c"]}, {"a": "x", "b": "x"}) is False
    assert holds({"unevaluatedProperties": False, "anyOf": [{"minItems": 1}, {"minItems": 2}]}, [1, 2]) is True


def test_possible_and_certain_names_are_told_apart() -> None:
    branch = {"properties": {"b": True}} | _OPEN
    schema = {"properties": {"a": True}, "anyOf": [branch, {"minProperties": 1}], "unevaluatedProperties": False}
    assert holds(schema, {"a": 1}) is True
    assert holds(schema, {"a": 1, "b": 1}) is None
    assert holds(schema, {"a": 1, "c": 1}) is False
    assert holds(schema | {"unevaluatedProperties": _INTEGER}, {"a": 1, "b": 1}) is True


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"prefixItems": [True]}, [1], True),
        ({"prefixItems": [True]}, [1, 2], False),
        ({"prefixItems": [True, True]}, [1], True),
        ({"items": _INTEGER}, [1, 2], True),
        ({"items": True}, [1, 2], True),
        ({"contains": _INTEGER}, [1], True),
        ({"contains": _INTEGER}, [1, "a"], False),
        ({"contains": _INTEGER, "minContains": 0}, ["a"], False),
        ({"contains": {"type": "string", "pattern": _OPAQUE}, "minContains": 0}, ["a"], None),
        ({"contains": {"type": "string", "pattern": _OPAQUE}, "minContains": 0}, ["a", 1], False),
        ({"prefixItems": [{"type": "string"}], "contains": _INTEGER}, ["a", 1, 2], True),
        ({"allOf": [{"prefixItems": [True]}, {"prefixItems": [True, True]}]}, [1, 2], True),
        ({"allOf": [{"contains": _INTEGER}, {"contains": {"type": "string"}}]}, [1, "a"], True),
        ({"allOf": [{"contains": _INTEGER}, {"contains": {"type": "string"}}]}, [1, "a", None], False),
        ({"anyOf": [{"prefixItems": [True]}, {"prefixItems": [True, _INTEGER]}]}, [1, 2], True),
        ({"anyOf": [{"prefixItems": [True]}, {"prefixItems": [True, _INTEGER]}]}, [1, "a"], False),
        ({"allOf": [{"items": True}]}, [1], True),
        ({"allOf": [{"unevaluatedItems": True}]}, [1], True),
        ({"allOf": [{"prefixItems": [True], "unevaluatedItems": _INTEGER}]}, [1, 2], True),
        ({"if": {"prefixItems": [True, _INTEGER]}, "then": True}, [1, 2], True),
        ({"uniqueItems": True}, [1], False),
        ({}, [], True),
        ({"dependentSchemas": {"a": {"items": True}}, "anyOf": [{"minItems": 1}, {"minItems": 2}]}, [1], False),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"prefixItems": [True]}}}, [1], True),
    ],
)
def test_items_that_were_looked_at(schema: dict[str, Any], value: Any, expected: bool | None) -> None:
    assert holds(schema | {"unevaluatedItems": False}, value) is expected
    assert holds(schema | {"unevaluatedItems": {"type": "object"}}, value) is expected


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [("draft-2019-09", False), ("draft-2020-12", True), ("openapi-3.1", True), ("openapi-3.2", True)],
)
def test_finds_of_contains_count_from_2020_on(dialect: str, expected: bool) -> None:
    assert holds({"contains": _INTEGER, "unevaluatedItems": False}, [1], dialect=dialect) is expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"items": [True, True]}, False),
        ({"items": [True, True, True]}, True),
        ({"items": [True], "additionalItems": _INTEGER}, True),
        ({"items": [True], "additionalItems": True}, True),
        ({"items": True}, True),
        ({"additionalItems": True}, False),
        ({"allOf": [{"items": [True], "additionalItems": {}}]}, True),
    ],
)
def test_tuples_of_2019(schema: dict[str, Any], expected: bool) -> None:
    assert holds(schema | {"unevaluatedItems": False}, [1, 2, 3], dialect="draft-2019-09") is expected


def test_steps_used_up_while_looking_leave_the_answer_open() -> None:
    schema = {"anyOf": [_a(), {"minProperties": 1}], "unevaluatedProperties": False}
    assert holds(schema, {"a": 1}) is True
    assert {holds(schema, {"a": 1}, steps=steps) for steps in range(1, 9)} <= {None, True}
    assert {holds(schema, {"b": 1}, steps=steps) for steps in range(1, 30)} == {None, False}
    patterns = {"patternProperties": {"a": True}, "anyOf": [{"minProperties": 1}, True], "unevaluatedProperties": False}
    answers = [holds(patterns, {"a": 1, "b": 1}, steps=steps) for steps in range(1, 40)]
    assert answers[-1] is False
    assert set(answers) == {None, False}
    assert answers == sorted(answers, key=lambda answer: answer is False)
