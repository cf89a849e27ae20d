"""What differs between two schemas and what that does to their payloads: one small pair each, argued in its name."""

from __future__ import annotations

from typing import Any

import pytest
from schema_pairs import changes, told

from contractguard.model.change import Direction, Effect, Polarity
from contractguard.model.finding import Reading
from contractguard.model.payload import Role

OBJ = {"type": "object"}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


STR, INT, NUM = {"type": "string"}, {"type": "integer"}, {"type": "number"}

CASES: dict[str, tuple[Any, Any, list[str]]] = {
    # types
    "an integer is a number": (INT, NUM, ["type.changed widened"]),
    "not every number is an integer": (NUM, INT, ["type.changed narrowed"]),
    "another type refuses all": (STR, INT, ["type.changed incomparable"]),
    "any type, then one": ({}, STR, ["type.changed narrowed"]),
    "null comes": (STR, {"type": ["string", "null"]}, ["null.allowed widened"]),
    "null goes": ({"type": ["string", "null"]}, STR, ["null.refused narrowed"]),
    "facets of another type are not compared": (STR, {"type": "integer", "minimum": 3}, ["type.changed incomparable"]),
    "nothing is valid any more": (STR, False, ["schema.forbidden narrowed"]),
    "nothing was valid": (False, STR, ["schema.allowed widened"]),
    "not anything is nothing": (STR, {"not": {}}, ["schema.forbidden narrowed"]),
    # enums
    "a value goes": ({"enum": ["a", "b"]}, {"enum": ["a"]}, ["enum.value-removed narrowed"]),
    "a value comes": ({"enum": ["a"]}, {"enum": ["a", "b"]}, ["enum.value-added widened"]),
    "another constant": ({"const": 1}, {"const": 2}, ["const.changed incomparable"]),
    "true is not one": ({"const": 1}, {"const": True}, ["const.changed incomparable"]),
    "values are listed now": (STR, {"type": "string", "enum": ["a"]}, ["enum.added narrowed"]),
    "values are free now": ({"type": "string", "enum": ["a"]}, STR, ["enum.removed widened"]),
    "null among the values": (
        {"enum": [None]},
        {"not": {"type": "null"}},
        ["enum.removed widened", "not.added narrowed"],
    ),
    # numbers
    "a higher minimum": (
        {"type": "integer", "minimum": 1},
        {"type": "integer", "minimum": 2},
        ["bound.tightened narrowed"],
    ),
    "a lower minimum": (
        {"type": "integer", "minimum": 2},
        {"type": "integer", "minimum": 1},
        ["bound.loosened widened"],
    ),
    "a higher maximum": (
        {"type": "number", "maximum": 1},
        {"type": "number", "maximum": 2},
        ["bound.loosened widened"],
    ),
    "a maximum goes": ({"type": "number", "maximum": 1}, NUM, ["bound.loosened widened"]),
    "exclusive is less": (
        {"type": "number", "minimum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        ["bound.tightened narrowed"],
    ),
    "of two lower bounds the higher counts": (
        {"type": "number", "minimum": 5},
        {"type": "number", "minimum": 1, "exclusiveMinimum": 5},
        ["bound.tightened narrowed"],
    ),
    "a multiple of a multiple": (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 4},
        ["multiple-of.changed narrowed"],
    ),
    "a divisor": (
        {"type": "integer", "multipleOf": 4},
        {"type": "integer", "multipleOf": 2},
        ["multiple-of.changed widened"],
    ),
    "no divisor": (
        {"type": "integer", "multipleOf": 4},
        {"type": "integer", "multipleOf": 6},
        ["multiple-of.changed incomparable"],
    ),
    "tenths are exact": (
        {"type": "number", "multipleOf": 0.3},
        {"type": "number", "multipleOf": 0.1},
        ["multiple-of.changed widened"],
    ),
    # strings
    "shorter strings": (
        {"type": "string", "maxLength": 9},
        {"type": "string", "maxLength": 8},
        ["bound.tightened narrowed"],
    ),
    "longer strings needed": (
        {"type": "string", "minLength": 1},
        {"type": "string", "minLength": 2},
        ["bound.tightened narrowed"],
    ),
    "a pattern comes": (STR, {"type": "string", "pattern": "a"}, ["pattern.added narrowed"]),
    "a pattern goes": ({"type": "string", "pattern": "a"}, STR, ["pattern.removed widened"]),
    "another pattern": (
        {"type": "string", "pattern": "a"},
        {"type": "string", "pattern": "b"},
        ["pattern.changed incomparable"],
    ),
    # arrays
    "other items": ({"type": "array", "items": INT}, {"type": "array", "items": STR}, ["type.changed incomparable []"]),
    "items are constrained": ({"type": "array"}, {"type": "array", "items": STR}, ["type.changed narrowed []"]),
    "a tuple grows": (
        {"type": "array", "prefixItems": [STR]},
        {"type": "array", "prefixItems": [STR, INT]},
        ["type.changed narrowed [1]"],
    ),
    "items must differ": ({"type": "array"}, {"type": "array", "uniqueItems": True}, ["unique-items.added narrowed"]),
    "an item is needed": ({"type": "array"}, {"type": "array", "contains": INT}, ["contains.added narrowed"]),
    "fewer items": ({"type": "array", "maxItems": 3}, {"type": "array", "maxItems": 2}, ["bound.tightened narrowed"]),
    "two must be contained": (
        {"type": "array", "contains": INT},
        {"type": "array", "contains": INT, "minContains": 2},
        ["bound.tightened narrowed"],
    ),
    "contained at most twice: nobody can say": (
        {"type": "array", "contains": INT, "maxContains": 2},
        {"type": "array", "contains": NUM, "maxContains": 2},
        ["type.changed incomparable [contains]"],
    ),
    # objects
    "an optional property comes": (obj(a=STR), obj(a=STR, b=STR), ["property.added none b"]),
    "an optional property goes": (obj(a=STR, b=STR), obj(a=STR), ["property.removed none b"]),
    "a required property comes": (obj(), {**obj(a=STR), "required": ["a"]}, ["property.added narrowed a"]),
    "a required property goes": ({**obj(a=STR), "required": ["a"]}, obj(), ["property.removed widened a"]),
    "into a closed object": (
        {**obj(a=STR), "additionalProperties": False},
        {**obj(a=STR, b=STR), "additionalProperties": False},
        ["property.added widened b"],
    ),
    "out of a closed object": (
        {**obj(a=STR, b=STR), "additionalProperties": False},
        {**obj(a=STR), "additionalProperties": False},
        ["property.removed narrowed b"],
    ),
    "required into a closed object": (
        {**obj(), "additionalProperties": False},
        {**obj(b=STR), "additionalProperties": False, "required": ["b"]},
        ["property.added incomparable b"],
    ),
    "what was additional is declared": (
        {**obj(), "additionalProperties": STR},
        {**obj(a=INT), "additionalProperties": STR},
        ["property.added none a", "type.changed incomparable a"],
    ),
    "must be there": (obj(a=STR), {**obj(a=STR), "required": ["a"]}, ["property.became-required narrowed a"]),
    "may be missing": ({**obj(a=STR), "required": ["a"]}, obj(a=STR), ["property.became-optional widened a"]),
    "a name that nobody declares is required": (
        OBJ,
        {**OBJ, "required": ["x"]},
        ["property.became-required narrowed x"],
    ),
    "closing": (OBJ, {**OBJ, "additionalProperties": False}, ["additional-properties.forbidden narrowed"]),
    "opening": ({**OBJ, "additionalProperties": False}, OBJ, ["additional-properties.allowed widened"]),
    "additional values get a type": (OBJ, {**OBJ, "additionalProperties": STR}, ["type.changed narrowed *"]),
    "names get a pattern": (OBJ, {**OBJ, "propertyNames": {"pattern": "^a"}}, ["pattern.added narrowed {names}"]),
    "one property asks for another": (
        OBJ,
        {**OBJ, "dependentRequired": {"a": ["b"]}},
        ["dependent-required.added narrowed"],
    ),
    "values under a pattern": (
        {**OBJ, "patternProperties": {"^x": STR}},
        {**OBJ, "patternProperties": {"^x": INT}},
        ["type.changed incomparable /^x/"],
    ),
    # composition
    "one more alternative": (
        {"anyOf": [STR, INT]},
        {"anyOf": [STR, INT, OBJ]},
        ["any-of.branch-added widened anyOf[object]"],
    ),
    "one alternative less": (
        {"anyOf": [STR, INT, OBJ]},
        {"anyOf": [STR, INT]},
        ["any-of.branch-removed narrowed anyOf[object]"],
    ),
    "a schema becomes an alternative": (STR, {"anyOf": [STR, INT]}, ["any-of.branch-added widened anyOf[integer]"]),
    "exclusive by type is like any": (
        {"oneOf": [STR, INT]},
        {"oneOf": [STR, INT, OBJ]},
        ["any-of.branch-added widened oneOf[object]"],
    ),
    "overlapping alternatives: nobody can say": (
        {"oneOf": [NUM, INT]},
        {"oneOf": [NUM, INT, {"type": "string"}]},
        ["one-of.branch-added incomparable oneOf[string]"],
    ),
    "below not, wider is narrower": (
        {"not": STR},
        {"not": {"type": ["string", "null"]}},
        ["null.allowed narrowed not"],
    ),
    "something is excluded": (STR, {"type": "string", "not": {"minLength": 3}}, ["not.added narrowed"]),
    "a condition comes": (
        OBJ,
        {**OBJ, "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        ["condition.added narrowed"],
    ),
    "another condition": (
        {"if": {"required": ["a"]}, "then": False},
        {"if": {"required": ["b"]}, "then": False},
        ["condition.changed incomparable"],
    ),
    "the consequence is stricter": (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
        ["property.became-required narrowed then > c"],
    ),
    # what nobody judges
    "a keyword that nobody knows": ({}, {"zebra": 1}, ["unjudged.changed incomparable"]),
    "a keyword with a wrong value": ({"minimum": "a"}, {"minimum": "b"}, ["unjudged.changed incomparable"]),
    "documentation": ({"title": "a"}, {"title": "b"}, ["documentation.changed none"]),
    "a default": ({"default": 1}, {"default": 2}, ["default.changed none"]),
    "true is no default of one": ({"default": 1}, {"default": True}, ["default.changed none"]),
}


@pytest.mark.parametrize(("base", "head", "expected"), CASES.values(), ids=CASES.keys())
def test_change(base: Any, head: Any, expected: list[str]) -> None:
    assert told(base, head) == expected


@pytest.mark.parametrize(("base", "head", "expected"), CASES.values(), ids=CASES.keys())
def test_the_reverse_change_has_the_reverse_effect(base: Any, head: Any, expected: list[str]) -> None:
    flipped = sorted(str(change.payload_effect().flipped()) for change in changes(head, base))
    assert flipped == sorted(line.split()[1] for line in expected)


SHARED = {"definitions": {"x": {"type": "string", "minLength": 1}}}
REFACTORINGS: dict[str, tuple[Any, Any]] = {
    "a reference is inlined": ({"$ref": "#/definitions/x", **SHARED}, {"type": "string", "minLength": 1}),
    "a reference is wrapped": (
        {"properties": {"a": {"$ref": "#/definitions/x"}}, **SHARED},
        {"properties": {"a": {"allOf": [{"$ref": "#/definitions/x"}]}}, **SHARED},
    ),
    "a definition is renamed": (
        {"properties": {"a": {"$ref": "#/definitions/x"}}, **SHARED},
        {"properties": {"a": {"$ref": "#/$defs/y"}}, "$defs": {"y": SHARED["definitions"]["x"]}},
    ),
    "const for an enum of one": ({"enum": ["a"]}, {"const": "a"}),
    "a union of one": ({"anyOf": [STR]}, STR),
    "null as an alternative": ({"anyOf": [STR, {"type": "null"}]}, {"type": ["string", "null"]}),
    "null first": ({"oneOf": [{"type": "null"}, STR]}, {"type": ["string", "null"]}),
    "an allOf is merged": (
        {"allOf": [{"type": "object", "properties": {"a": STR}}, {"required": ["a"]}]},
        {"type": "object", "properties": {"a": STR}, "required": ["a"]},
    ),
    "one property in two branches": (
        {"allOf": [obj(a=STR), obj(a={"minLength": 2})]},
        obj(a={"type": "string", "minLength": 2}),
    ),
    "closed by what is unevaluated": (
        {"allOf": [obj(a=STR)], "unevaluatedProperties": False},
        {**obj(a=STR), "additionalProperties": False},
    ),
    "more than nought": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    "what says nothing": ({"minItems": 0, "additionalProperties": True, "required": [], "uniqueItems": False}, {}),
    "all types": ({"type": ["null", "boolean", "number", "string", "array", "object"]}, {}),
    "the order of keys, types and values": (
        {"type": ["string", "null"], "enum": ["a", "b", None]},
        {"enum": [None, "b", "a"], "type": ["null", "string"]},
    ),
    "whole numbers however written": ({"maximum": 3}, {"maximum": 3.0}),
    "alternatives in another order": ({"anyOf": [STR, INT]}, {"anyOf": [INT, STR]}),
    "exclusive alternatives that exclude each other anyway": ({"oneOf": [STR, INT]}, {"anyOf": [STR, INT]}),
}


@pytest.mark.parametrize(("base", "head"), REFACTORINGS.values(), ids=REFACTORINGS.keys())
def test_a_refactoring_is_no_change(base: Any, head: Any) -> None:
    assert told(base, head) == []
    assert told(head, base) == []


def test_recursion_ends_and_one_cause_is_told_once() -> None:
    def tree(leaf: Any) -> dict[str, Any]:
        node = {
            "type": "object",
            "properties": {"left": {"$ref": "#/$defs/n"}, "right": {"$ref": "#/$defs/n"}, "v": leaf},
        }
        return {"$ref": "#/$defs/n", "$defs": {"n": node}}

    assert told(tree(STR), tree(INT)) == ["type.changed incomparable $defs/n > v"]


def test_the_strict_reading_minds_what_was_not_declared() -> None:
    assert told(obj(), obj(a=STR), reading=Reading.STRICT) == ["property.added narrowed a"]
    assert told(obj(), obj(a={}), reading=Reading.STRICT) == ["property.added none a"]
    assert told(obj(a=STR), obj(), reading=Reading.STRICT) == ["property.removed widened a"]


@pytest.mark.parametrize(("mark", "role"), [("readOnly", Role.REQUEST), ("writeOnly", Role.RESPONSE)])
def test_what_is_never_sent_is_not_asked_for(mark: str, role: Role) -> None:
    base, head = obj(), {**obj(a={"type": "string", mark: True}), "required": ["a"]}
    assert told(base, head, role=role, dialect="openapi-3.0") == []
    assert told(base, head, dialect="openapi-3.0") == ["property.added narrowed a"]


def test_nullable_counts_beside_a_type_only() -> None:
    assert told({"type": "string"}, {"type": "string", "nullable": True}, dialect="openapi-3.0") == [
        "null.allowed widened"
    ]
    assert told({}, {"nullable": True}, dialect="openapi-3.0") == []


@pytest.mark.parametrize(
    ("base", "head", "places"),
    [
        ({}, {"nullable": True}, ("/type", "/nullable")),
        ({"nullable": False}, {"nullable": True}, ("/nullable", "/nullable")),
        ({"nullable": True}, {"nullable": False}, ("/nullable", "/nullable")),
        ({"nullable": True}, {}, ("/nullable", "/type")),
    ],
)
def test_null_comes_and_goes_where_it_is_said(base: Any, head: Any, places: tuple[str, str]) -> None:
    (change,) = changes(STR | base, STR | head, dialect="openapi-3.0")
    assert change.kind in {"null.allowed", "null.refused"}
    assert (change.base and change.base.pointer, change.head and change.head.pointer) == places
    around = {"nullable": True, "allOf": [STR | base]}, {"nullable": True, "allOf": [STR | head]}
    (change,) = changes(*around, dialect="openapi-3.0")  # beside no type it says nothing
    assert (change.base and change.base.pointer) == f"/allOf/0{places[0]}"


def test_members_beside_a_reference_count_from_2019_on() -> None:
    base = {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": STR}}
    head = {"properties": {"a": {"$ref": "#/$defs/x", "maxLength": 1}}, "$defs": {"x": STR}}
    assert told(base, head, dialect="draft-07") == []
    assert told(base, head, dialect="draft-2019-09") == ["bound.tightened narrowed a"]


def test_exclusive_bounds_of_the_old_drafts() -> None:
    base, head = {"minimum": 1}, {"minimum": 1, "exclusiveMinimum": True}
    assert told(base, head, dialect="draft-04") == ["bound.tightened narrowed"]


def test_evidence_is_a_proof_where_the_set_only_grew() -> None:
    (wider,) = changes(INT, NUM)
    (narrower,) = changes(NUM, INT)
    assert (wider.evidence.kind, narrower.evidence.kind) == ("proof", "unproved")
    (sent,) = changes(INT, NUM, direction=Direction.OUTPUT)
    assert sent.evidence.kind == "unproved"


def test_below_what_polarity_cannot_tell_the_payload_root_is_proved() -> None:
    (change,) = changes({"oneOf": [NUM, INT]}, {"oneOf": [NUM, {"type": "integer", "minimum": 1}]})
    assert change.polarity is Polarity.UNDETERMINED
    assert change.payload_effect() is Effect.INCOMPARABLE
    assert change.evidence.kind == "proof"


def test_places_are_those_of_the_keywords() -> None:
    (change,) = changes(obj(a={"type": "string", "maxLength": 2}), obj(a={"type": "string", "maxLength": 1}))
    assert change.base is not None
    assert change.head is not None
    assert change.base.pointer == change.head.pointer == "/properties/a/maxLength"


def test_a_format_is_part_of_the_type_in_openapi_and_an_annotation_in_json_schema() -> None:
    pairs = [(STR, {"type": "string", "format": "uuid"})]
    pairs.append(({"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"}))
    in_openapi = ["format.added narrowed", "format.changed widened"]
    for (base, head), expected in zip(pairs, in_openapi, strict=True):
        assert told(base, head, dialect="openapi-3.0") == [expected]
        assert told(base, head) == ["format.annotation-changed none"]
