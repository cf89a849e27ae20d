"""Arrays and objects."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from evaluation_cases import holds

from contractguard.model.payload import Role

_INTEGER = {"type": "integer"}
_OPAQUE = "(?=x)"


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"items": _INTEGER}, [], True),
        ({"items": _INTEGER}, [1, 2], True),
        ({"items": _INTEGER}, [1, "a"], False),
        ({"prefixItems": [_INTEGER, {"type": "string"}]}, [1], True),
        ({"prefixItems": [_INTEGER, {"type": "string"}]}, [1, "a", None], True),
        ({"prefixItems": [_INTEGER, {"type": "string"}]}, [1, 2], False),
        ({"prefixItems": [_INTEGER], "items": False}, [1], True),
        ({"prefixItems": [_INTEGER], "items": False}, [1, 2], False),
        ({"prefixItems": [_INTEGER], "items": {"type": "string"}}, [1, "a", "b"], True),
        ({"prefixItems": [_INTEGER], "items": {"type": "string"}}, [1, "a", 2], False),
        ({"minItems": 1, "maxItems": 2}, [], False),
        ({"minItems": 1, "maxItems": 2}, [1], True),
        ({"minItems": 1, "maxItems": 2}, [1, 2], True),
        ({"minItems": 1, "maxItems": 2}, [1, 2, 3], False),
        ({"contains": _INTEGER}, [], False),
        ({"contains": _INTEGER}, ["a", 1], True),
        ({"contains": _INTEGER}, ["a"], False),
        ({"contains": True}, [], False),
        ({"contains": _INTEGER, "minContains": 0}, [], True),
        ({"contains": _INTEGER, "minContains": 2}, [1], False),
        ({"contains": _INTEGER, "minContains": 2}, [1, "a", 2], True),
        ({"contains": _INTEGER, "maxContains": 1}, [1, "a"], True),
        ({"contains": _INTEGER, "maxContains": 1}, [1, "a", 2], False),
        ({"contains": _INTEGER, "maxContains": 1}, ["a"], False),
        ({"contains": _INTEGER, "minContains": 0, "maxContains": 1}, ["a"], True),
        ({"contains": _INTEGER, "minContains": 0, "maxContains": 1}, [1, 1], False),
        ({"uniqueItems": True}, [1, 2, "1", True, None, False, 0, [], {}], True),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1.0}], False),
        ({"uniqueItems": True}, [[1], [True]], True),
        ({"uniqueItems": True}, [[1], [True], [1]], False),
        ({"uniqueItems": False}, [1, 1], True),
        ({"minItems": 3, "items": False, "contains": False, "uniqueItems": True}, {"a": 1}, True),
    ],
)
def test_arrays(schema: Any, value: Any, expected: bool) -> None:
    assert holds(schema, value) is expected


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"properties": {"a": _INTEGER}}, {"a": 1, "b": "x"}, True),
        ({"properties": {"a": _INTEGER}}, {"a": "x"}, False),
        ({"properties": {"a": _INTEGER, "b": {}, "c": {}}}, {"a": "x"}, False),
        ({"properties": {"a": _INTEGER}}, {"b": 1, "c": 2, "a": "x"}, False),
        ({"properties": {"a": _INTEGER}}, {}, True),
        ({"required": ["a", "b"]}, {"a": None}, False),
        ({"required": ["a", "b"]}, {"a": None, "b": None}, True),
        ({"properties": {"a": True}, "additionalProperties": False}, {"a": 1}, True),
        ({"properties": {"a": True}, "additionalProperties": False}, {"b": 1}, False),
        ({"properties": {"a": {"type": "string"}}, "additionalProperties": _INTEGER}, {"a": "x", "b": 1}, True),
        ({"properties": {"a": {"type": "string"}}, "additionalProperties": _INTEGER}, {"a": 1}, False),
        ({"patternProperties": {"^x": _INTEGER}}, {"x1": 1, "y": "a"}, True),
        ({"patternProperties": {"^x": _INTEGER}}, {"x1": "a"}, False),
        ({"patternProperties": {"x": _INTEGER, "y": {"minimum": 5}}}, {"xy": 4}, False),
        ({"patternProperties": {"x": _INTEGER, "y": {"minimum": 5}}}, {"xy": 5.5}, False),
        ({"patternProperties": {"x": _INTEGER, "y": {"minimum": 5}}}, {"xy": 5}, True),
        ({"properties": {"xa": {"maximum": 3}}, "patternProperties": {"x": _INTEGER}}, {"xa": 4}, False),
        ({"patternProperties": {"^x": _INTEGER}, "additionalProperties": False}, {"x": 1}, True),
        ({"patternProperties": {"^x": _INTEGER}, "additionalProperties": False}, {"y": 1}, False),
        (
            {"patternProperties": {"^x": True}, "properties": {"a": True}, "additionalProperties": False},
            {"a": 1, "x": 2},
            True,
        ),
        ({"propertyNames": {"maxLength": 1}}, {"a": 1, "b": 1}, True),
        ({"propertyNames": {"maxLength": 1}}, {"a": 1, "bb": 1}, False),
        ({"minProperties": 1, "maxProperties": 2}, {}, False),
        ({"minProperties": 1, "maxProperties": 2}, {"a": 1}, True),
        ({"minProperties": 1, "maxProperties": 2}, {"a": 1, "b": 1}, True),
        ({"minProperties": 1, "maxProperties": 2}, {"a": 1, "b": 1, "c": 1}, False),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "b": 1}, False),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "b": 1, "c": 1}, True),
        ({"dependentRequired": {"a": ["b"]}}, {"c": 1}, True),
        ({"dependentSchemas": {"a": {"maxProperties": 1}}}, {"a": 1, "b": 1}, False),
        ({"dependentSchemas": {"a": {"maxProperties": 1}}}, {"c": 1, "b": 1}, True),
        ({"required": ["a"], "additionalProperties": False, "minProperties": 4}, [1], True),
    ],
)
def test_objects(schema: Any, value: Any, expected: bool) -> None:
    assert holds(schema, value) is expected


def test_a_name_that_no_engine_can_match_leaves_both_cases_open() -> None:
    schema = {"patternProperties": {_OPAQUE: _INTEGER}, "additionalProperties": {"type": ["string", "integer"]}}
    assert holds(schema, {"a": 1}) is True
    assert holds(schema, {"a": "x"}) is None
    assert holds(schema, {"a": None}) is False
    assert holds(schema, {"a": "x", "b": None}) is False
    assert holds({"patternProperties": {_OPAQUE: _INTEGER}}, {"a": 1}) is True
    assert holds({"patternProperties": {_OPAQUE: _INTEGER}}, {"a": "x"}) is None
    assert holds(schema | {"properties": {"a": {"type": "string"}}}, {"a": "x"}) is None
    assert holds(schema | {"properties": {"a": {"type": "string"}}}, {"a": 1}) is False
    closed = {"patternProperties": {_OPAQUE: _INTEGER}, "additionalProperties": False}
    assert holds(closed, {"a": 1}) is None
    assert holds(closed, {"a": "x"}) is False


def test_each_part_that_cannot_be_said_is_kept_until_something_is_refused() -> None:
    opaque = {"pattern": _OPAQUE}
    for schema, value in (
        ({"items": opaque}, ["a", 1]),
        ({"prefixItems": [opaque, {}]}, ["a", 1]),
        ({"properties": {"a": opaque}}, {"a": "a", "b": 1}),
        ({"additionalProperties": opaque}, {"a": "a", "b": 1}),
        ({"patternProperties": {"a": opaque}}, {"a": "a", "b": 1}),
        ({"propertyNames": opaque}, {"a": "a", "b": 1}),
        ({"dependentSchemas": {"a": {"properties": {"a": opaque}}}}, {"a": "a"}),
        ({"allOf": [opaque, {"minLength": 1}]}, "a"),
    ):
        assert holds(schema, value) is None
    assert holds({"items": {"pattern": _OPAQUE, "type": "string"}}, ["a", 1]) is False
    assert holds({"properties": {"a": opaque, "b": False}}, {"a": "a", "b": 1}) is False
    assert holds({"additionalProperties": opaque | {"maxLength": 1}}, {"a": "a", "b": "bb"}) is False
    assert holds({"patternProperties": {".": opaque | {"maxLength": 1}}}, {"a": "a", "b": "bb"}) is False
    assert holds({"propertyNames": opaque | {"maxLength": 1}}, {"a": 1, "bb": 1}) is False


def test_contains_counts_certain_and_possible_items() -> None:
    schema: dict[str, Any] = {"contains": {"type": "string", "anyOf": [{"maxLength": 1}, {"pattern": _OPAQUE}]}}
    assert holds(schema, ["aa"]) is None
    assert holds(schema, ["aa", "a"]) is True
    assert holds(schema, [1, 2]) is False
    assert holds(schema | {"maxContains": 1}, ["a", "aa"]) is None
    assert holds(schema | {"maxContains": 1}, ["a", "b", "aa"]) is False
    assert holds(schema | {"maxContains": 2}, ["a", "aa"]) is True
    assert holds(schema | {"minContains": 2}, ["a", "aa"]) is None
    assert holds(schema | {"minContains": 3}, ["a", "aa"]) is False


def test_many_items_are_told_apart_in_good_time() -> None:
    start = process_time()
    many: list[Any] = [{"a": [n, str(n)]} for n in range(20_000)]
    assert holds({"uniqueItems": True}, many) is True
    assert holds({"uniqueItems": True}, [*many, {"a": [7, "7"]}]) is False
    colliding: list[Any] = [n * (2**61 - 1) for n in range(20_000)]  # all of one hash
    assert holds({"uniqueItems": True}, colliding) is True
    assert process_time() - start < 5


_MARKED = {
    "properties": {"r": {"readOnly": True}, "w": {"writeOnly": True}, "n": {}},
    "required": ["r", "w", "n", "elsewhere"],
}


@pytest.mark.parametrize(
    ("role", "names"),
    [(Role.REQUEST, "w n elsewhere"), (Role.RESPONSE, "r n elsewhere"), (Role.NEITHER, "r w n elsewhere")],
)
def test_a_role_requires_no_hidden_properties(role: Role, names: str) -> None:
    needed = names.split()
    assert holds(_MARKED, dict.fromkeys(needed, 1), role=role) is True
    for name in needed:
        assert holds(_MARKED, {other: 1 for other in needed if other != name}, role=role) is False


def test_a_mark_behind_a_reference_or_in_a_folded_branch_counts() -> None:
    schema = {
        "allOf": [{"properties": {"id": {"$ref": "#/$defs/id"}}}],
        "required": ["id"],
        "$defs": {"id": {"type": "string", "readOnly": True}},
    }
    assert holds(schema, {}, role=Role.REQUEST) is True
    assert holds(schema, {}, role=Role.RESPONSE) is False
    assert holds(schema, {"id": 1}, role=Role.REQUEST) is False
