"""What is peculiar to each dialect."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.model.payload import Checked, Role
from contractguard.model.schema import Dialect
from contractguard.validators.classes import MAX_STEPS

D4, D6, D7, D19, D20 = (dialect for dialect in Dialect if dialect.startswith("draft"))
O2, O30, O31, O32 = (dialect for dialect in Dialect if dialect.startswith("openapi"))
EVERY = tuple(Dialect)

CASES: list[tuple[tuple[Dialect, ...], Any, Any, bool | None]] = [
    # Whole numbers are integers however they are written; booleans are no numbers.
    (EVERY, {"type": "integer"}, 1.0, True),
    (EVERY, {"type": "integer"}, 1.5, False),
    (EVERY, {"type": "integer"}, True, False),
    (EVERY, {"type": "number"}, 3, True),
    (EVERY, {"type": "number"}, False, False),
    (EVERY, {"type": ["integer", "string"]}, "a", True),
    (EVERY, {"enum": [1]}, True, False),
    (EVERY, {"enum": [1]}, 1.0, True),
    (EVERY, {"enum": [[0]]}, [False], False),
    ((D6, D7, D19, D20, O31, O32), {"const": 0}, False, False),
    ((D4, O2, O30), {"const": 0}, "anything", True),
    # Exact numbers.
    (EVERY, {"multipleOf": 0.1}, 0.3, True),
    (EVERY, {"multipleOf": 0.01}, 19.99, True),
    (EVERY, {"multipleOf": 0.1}, 0.35, False),
    (EVERY, {"multipleOf": 3}, 10**30, False),
    (EVERY, {"multipleOf": 10**15}, 10**30, True),
    (EVERY, {"multipleOf": 1e-300}, 1e300, True),
    (EVERY, {"minimum": 9007199254740993}, 9007199254740992, False),
    # Exclusive bounds.
    ((D4, O2, O30), {"minimum": 5, "exclusiveMinimum": True}, 5, False),
    ((D4, O2, O30), {"minimum": 5, "exclusiveMinimum": False}, 5, True),
    ((D4, O2, O30), {"maximum": 5, "exclusiveMaximum": True}, 5, False),
    ((D4, O2, O30), {"maximum": 5, "exclusiveMaximum": True}, 6, False),
    ((D4, O2, O30), {"maximum": 5}, 5, True),
    ((D4, O2, O30), {"exclusiveMaximum": True}, 5, True),
    ((D4, O2, O30), {"exclusiveMaximum": 5}, 7, None),
    ((D6, D7, D19, D20, O31, O32), {"exclusiveMaximum": 5}, 5, False),
    ((D6, D7, D19, D20, O31, O32), {"exclusiveMaximum": 5}, 4, True),
    ((D6, D7, D19, D20, O31, O32), {"maximum": 5, "exclusiveMaximum": True}, 4, None),
    # References and what stands beside them.
    ((D4, D6, D7, O2, O30), {"$ref": "#/definitions/a", "maximum": 1, "definitions": {"a": {}}}, 2, True),
    ((D19, D20, O31, O32), {"$ref": "#/definitions/a", "maximum": 1, "definitions": {"a": {}}}, 2, False),
    ((O30,), {"$ref": "#/d", "nullable": True, "type": "string", "d": {"type": "string"}}, None, False),
    ((O30,), {"$ref": "#/d", "d": {"type": "string", "nullable": True}}, None, True),
    # null
    ((O30,), {"type": "string", "nullable": True}, None, True),
    ((O30,), {"type": "string", "nullable": True, "enum": ["a"]}, None, False),
    ((O30,), {"type": "string", "nullable": True, "enum": ["a", None]}, None, True),
    ((O30,), {"nullable": True, "allOf": [{"type": "string"}]}, None, False),
    ((O30,), {"nullable": True, "type": "object", "allOf": [{"type": "object"}]}, None, False),
    ((O30,), {"nullable": False}, None, True),
    ((O2,), {"type": "string", "x-nullable": True}, None, True),
    ((O2,), {"type": "string", "nullable": True}, None, False),
    ((O30,), {"type": "string", "x-nullable": True}, None, False),
    ((D20, O31, O32), {"type": "string", "nullable": True}, None, False),
    ((D20, O31, O32), {"type": ["string", "null"]}, None, True),
    # Tuples.
    ((D4, D6, D7, D19), {"items": [{"type": "string"}], "additionalItems": False}, ["a", 1], False),
    ((D4, D6, D7, D19), {"items": [{"type": "string"}], "additionalItems": {"type": "integer"}}, ["a", 1], True),
    ((D4, D6, D7, D19), {"items": {"type": "string"}, "additionalItems": False}, ["a", "b"], True),
    ((D20, O31, O32), {"prefixItems": [{"type": "string"}], "items": False}, ["a", 1], False),
    ((D20, O31, O32), {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, ["a", 1], True),
    ((D19,), {"prefixItems": [False]}, ["a"], True),
    ((D20, O31, O32, O30, O2), {"items": [{"type": "string"}]}, ["a"], None),
    ((D4, D6, D7, D19, D20), {"items": False}, [], True),
    ((D4, D6, D7, D19, D20), {"items": False}, [1], False),
    # contains
    ((D6, D7), {"contains": {"const": 1}, "maxContains": 1, "minContains": 0}, [1, 1], True),
    ((D6, D7), {"contains": {"const": 1}, "minContains": 0}, [], False),
    ((D19, D20, O31), {"contains": {"const": 1}, "maxContains": 1}, [1, 1], False),
    ((D19, D20, O31), {"contains": {"const": 1}, "minContains": 0}, [], True),
    ((D19, D20, O31), {"contains": {"const": 1}, "minContains": 2}, [1], False),
    ((D4, O2, O30), {"contains": False}, [], True),
    # Unique items: telling 1 from true, not from 1.0, also where they hide in arrays.
    (EVERY, {"uniqueItems": True}, [1, True], True),
    (EVERY, {"uniqueItems": True}, [1, 1.0], False),
    (EVERY, {"uniqueItems": True}, [[1], [True], [1]], False),
    (EVERY, {"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
    (EVERY, {"uniqueItems": False}, [1, 1], True),
    # Keywords that came later, or never.
    ((D4, D6, O2, O30), {"if": {}, "then": False}, 1, True),
    ((D7, D19, D20, O31), {"if": {}, "then": False}, 1, False),
    ((D7, D19, D20, O31), {"if": False, "then": False}, 1, True),
    ((D7, D19, D20, O31), {"if": False, "else": False}, 1, False),
    ((O2,), {"anyOf": [False]}, 1, True),
    ((O2,), {"not": {}}, 1, True),
    ((O30,), {"not": {}}, 1, False),
    ((O2, O30), {"patternProperties": {"a": False}, "additionalProperties": False}, {"a": 1}, False),
    ((D7, D20), {"patternProperties": {"a": True}, "additionalProperties": False}, {"a": 1}, True),
    ((D4, D6, D7, D19, D20, O31), {"dependencies": {"a": ["b"]}}, {"a": 1}, False),
    ((D4, D6, D7, D19, D20, O31), {"dependencies": {"a": {"required": ["b"]}}}, {"a": 1}, False),
    ((D4, D6, D7, D19, D20, O31), {"dependencies": {"a": ["b"]}}, {"c": 1}, True),
    ((D19, D20, O31), {"dependentRequired": {"a": ["b"]}}, {"a": 1}, False),
    ((D7, O30), {"dependentRequired": {"a": ["b"]}}, {"a": 1}, True),
    # Annotations.
    (EVERY, {"type": "string", "format": "date-time"}, "no date", True),
    ((D7, D20, O31), {"contentMediaType": "application/json", "contentEncoding": "base64"}, "{", True),
    ((O30,), {"oneOf": [{"type": "object"}], "discriminator": {"propertyName": "kind"}}, {}, True),
    ((O31,), {"anyOf": [{"type": "object"}], "discriminator": {"propertyName": "kind"}}, {"kind": "x"}, True),
    ((O2,), {"type": "object", "discriminator": "kind"}, {}, True),
    # A Swagger 2.0 parameter is its own schema.
    ((O2,), {"name": "n", "in": "query", "required": True, "type": "integer", "maximum": 3}, 3, True),
    ((O2,), {"name": "n", "in": "query", "required": True, "type": "integer", "maximum": 3}, 4, False),
    ((O2,), {"name": "f", "in": "formData", "type": "file"}, "bytes", True),
    ((O2,), {"name": "f", "in": "formData", "type": "file"}, 1, False),
    ((O30, D20), {"type": "file"}, "bytes", None),
    # Boolean schemas, and booleans where draft-03 had them.
    ((D6, D7, D19, D20, O31), False, 1, False),
    ((D6, D7, D19, D20, O31), True, 1, True),
    ((O30, D7), {"properties": {"a": {"type": "string", "required": True}}}, {"a": "x"}, True),
    ((O30, D7), {"required": True}, {}, True),
    # unevaluated
    ((D19, D20, O31), {"additionalProperties": {"type": "string"}, "unevaluatedProperties": False}, {"x": "a"}, True),
    (
        (D19, D20, O31),
        {"allOf": [{"properties": {"a": {}}}], "anyOf": [{"required": ["b"], "properties": {"b": {}}}, True]}
        | {"unevaluatedProperties": False},
        {"a": 1, "b": 2},
        True,
    ),
    (
        (D19, D20, O31),
        {"anyOf": [{"required": ["c"], "properties": {"b": {}}}, True], "unevaluatedProperties": False},
        {"b": 2},
        False,
    ),
    (
        (D19, D20, O31),
        {"if": {"required": ["a"], "properties": {"a": {}}}, "then": {"properties": {"b": {}}}}
        | {"unevaluatedProperties": {"type": "string"}},
        {"a": 1, "b": 2, "c": "x"},
        True,
    ),
    (
        (D19, D20),
        {"if": {"required": ["a"]}, "else": {"properties": {"b": {}}}, "unevaluatedProperties": False},
        {"a": 1, "b": 2},
        False,
    ),
    (
        (D19, D20),
        {"dependentSchemas": {"a": {"properties": {"b": {}}}}, "unevaluatedProperties": False}
        | {"properties": {"a": {}}},
        {"a": 1, "b": 2},
        True,
    ),
    (
        (D19, D20),
        {"$ref": "#/$defs/o", "$defs": {"o": {"patternProperties": {"^x-": {}}}}, "unevaluatedProperties": False},
        {"x-a": 1},
        True,
    ),
    ((D19, D20), {"not": {"not": {"properties": {"a": {}}}}, "unevaluatedProperties": False}, {"a": 1}, False),
    ((D7, O30), {"unevaluatedProperties": False}, {"a": 1}, True),
    ((D20, O31), {"prefixItems": [{}], "unevaluatedItems": False}, [1, 2], False),
    ((D20, O31), {"prefixItems": [{}], "contains": {"const": 2}, "unevaluatedItems": False}, [1, 2], True),
    ((D19,), {"items": [{}], "contains": {"const": 2}, "unevaluatedItems": False}, [1, 2], False),
    ((D19,), {"items": [{}], "additionalItems": {"const": 2}, "unevaluatedItems": False}, [1, 2], True),
    ((D19, D20), {"items": {}, "unevaluatedItems": False}, [1, 2], True),
    ((D19, D20), {"allOf": [{"unevaluatedItems": {}}], "unevaluatedItems": False}, [1, 2], True),
    # Where schemas refer to themselves through children.
    (
        (D19,),
        {"$recursiveAnchor": True, "properties": {"a": {"$recursiveRef": "#"}}, "maxProperties": 1},
        {"a": {}},
        True,
    ),
    (
        (D19,),
        {"$recursiveAnchor": True, "properties": {"a": {"$recursiveRef": "#"}}, "maxProperties": 1},
        {"a": {"a": {}, "b": 1}},
        False,
    ),
    (
        (D20, O31),
        {"$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}}, "maxProperties": 1},
        {"a": {"a": {}, "b": 1}},
        False,
    ),
]


@pytest.mark.parametrize(
    ("dialect", "schema", "payload", "valid"),
    [
        pytest.param(dialect, schema, payload, valid, id=f"{dialect} {index}")
        for index, (dialects, schema, payload, valid) in enumerate(CASES)
        for dialect in dialects
    ],
)
def test_a_dialect_means_what_its_specification_says(
    check: Any, dialect: Dialect, schema: Any, payload: Any, valid: bool | None
) -> None:
    answer = check(schema, payload, dialect)
    assert answer.valid is valid
    assert bool(answer.reason) is (valid is not True)


def test_the_dialect_that_a_schema_names_wins(check: Any) -> None:
    old = {"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 5, "exclusiveMaximum": True}
    assert check(old, 5, D20).valid is False
    assert check({"properties": {"a": old}}, {"a": 5}, D20).valid is False
    # Siblings of a reference count or not as the dialect around them says, also below a switch of dialect.
    new = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/definitions/any", "maximum": 1}
    assert check({"properties": {"a": new}, "definitions": {"any": {}}}, {"a": 2}, D7).valid is False


def test_the_dialect_of_another_file_counts_in_it(check: Any) -> None:
    other = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "definitions": {"small": {"maximum": 5, "exclusiveMaximum": True}},
    }
    schema = {"$ref": "other.json#/definitions/small"}
    assert check(schema, 5, D20, schemas__other=other).valid is False
    plain = {"definitions": {"small": {"exclusiveMaximum": 5}}}
    assert check(schema, 5, D20, schemas__other=plain).valid is False


@pytest.mark.parametrize(
    ("role", "dialect", "valid"),
    [
        (Role.REQUEST, O30, {"id": False, "secret": True}),
        (Role.RESPONSE, O30, {"id": True, "secret": False}),
        (Role.NEITHER, O30, {"id": True, "secret": True}),
        (Role.REQUEST, O31, {"id": False, "secret": True}),
        (Role.REQUEST, O2, {"id": False, "secret": True}),
        (Role.RESPONSE, O2, {"id": True, "secret": True}),
    ],
)
def test_marks_say_who_must_send_what(check: Any, role: Role, dialect: Dialect, valid: dict[str, bool]) -> None:
    schema = {
        "required": ["id", "secret"],
        "properties": {"id": {"readOnly": True}, "secret": {"writeOnly": True}},
    }
    full = {"id": 1, "secret": 2}
    assert check(schema, full, dialect, role=role).valid is True, "presence is for a rule to judge"
    for name, is_needed in valid.items():
        rest = {key: value for key, value in full.items() if key != name}
        assert check(schema, rest, dialect, role=role).valid is not is_needed


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"id": {"$ref": "#/d"}}, "required": ["id"], "d": {"readOnly": True}},
        {"properties": {"id": {"allOf": [{"$ref": "#/d"}]}}, "required": ["id"], "d": {"readOnly": True}},
        {"allOf": [{"properties": {"id": {"readOnly": True}}}, {"required": ["id"]}]},
        {"properties": {"id": {"readOnly": True}}, "allOf": [{"required": ["id"]}]},
        {"properties": {"id": {"readOnly": True}}, "anyOf": [{"required": ["id"]}]},
        {"allOf": [{"$ref": "#/d"}], "required": ["id"], "d": {"properties": {"id": {"readOnly": True}}}},
    ],
)
def test_marks_are_found_wherever_the_property_is_declared(check: Any, schema: Any) -> None:
    assert check(schema, {}, O30, role=Role.REQUEST).valid is True
    assert check(schema, {}, O30, role=Role.RESPONSE).valid is False


def test_a_mark_at_one_object_does_not_excuse_a_name_at_another(check: Any) -> None:
    inner = {"required": ["id"]}
    schema = {"properties": {"id": {"readOnly": True}, "inner": inner}, "allOf": [{"properties": {"inner": inner}}]}
    assert check(schema, {"inner": {}}, O30, role=Role.REQUEST).valid is False
    beside_a_reference = {"properties": {"id": {"$ref": "#/d", "readOnly": True}}, "required": ["id"], "d": {}}
    assert check(beside_a_reference, {}, O30, role=Role.REQUEST).valid is False
    assert check(beside_a_reference, {}, O31, role=Role.REQUEST).valid is True


def test_a_cycle_of_references_around_a_mark_ends(check: Any) -> None:
    schema = {
        "required": ["id"],
        "properties": {"id": {"$ref": "#/d"}},
        "d": {"allOf": [{"$ref": "#/d"}, {"$ref": "#/d"}]},
    }
    assert check(schema, {}, O30, role=Role.REQUEST).valid is False


def test_the_budget_is_in_steps(check: Any) -> None:
    doubling = {f"d{level}": {"allOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 2} for level in range(40)}
    answer = check({"$ref": "#/$defs/d0", "$defs": {**doubling, "d40": {}}}, 1)
    assert answer == Checked(None, "the check takes too many steps")
    assert MAX_STEPS < 1_000_000
