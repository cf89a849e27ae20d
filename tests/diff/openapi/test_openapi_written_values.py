"""Values that travel as text: which texts a schema lets through, and what two schemas mean for each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_pairs import changes_between, contract, op, query, told

from contractguard.diff import compare
from contractguard.diff.openapi.form_fields import field_of
from contractguard.diff.openapi.media_types import parse
from contractguard.diff.openapi.rewritten import Replacing, rewritten
from contractguard.diff.openapi.texts import Texts, text_of, texts_of
from contractguard.model.change import Direction
from contractguard.model.contract import OpenApiContract
from contractguard.model.finding import Reading
from contractguard.model.places import Conjunction, Node


def contract_with(schema: Any, version: str = "3.1.0") -> OpenApiContract:
    """A description that holds one schema."""
    return contract({"openapi": version, "paths": {}, "x": schema})


def texts(schema: Any) -> Texts | None:
    """The texts of a schema of 3.1."""
    held = contract_with(schema)
    return texts_of(held.schemas, held.schemas.read(held.root.child("x")))


@pytest.mark.parametrize(
    ("schema", "admitted", "refused"),
    [
        ({"type": "string"}, ["", "a", "5"], []),
        ({"type": "integer"}, ["0", "5", "-5", "1e3"], ["1.5", "a", "05", "true", ""]),
        ({"type": "number", "minimum": 0, "exclusiveMaximum": 5}, ["0", "1.5"], ["-5", "5"]),
        ({"type": "integer", "multipleOf": 5}, ["5", "0"], ["4"]),
        ({"type": ["integer", "boolean"]}, ["true", "5"], ["a"]),
        ({"type": "boolean"}, ["true", "false"], ["True", "1"]),
        ({"enum": [1, 2.0, "a", True]}, ["1", "2", "a", "true"], ["2.0", "false"]),
        ({"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^a"}, ["aa", "aaa"], ["a", "aaaa", "ba"]),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, ["", "a", "5"], []),
        ({"oneOf": [{"enum": [1]}, {"const": "b"}]}, ["1", "b"], ["a"]),
    ],
)
def test_the_texts_of_a_schema(schema: Any, admitted: list[str], refused: list[str]) -> None:
    found = texts(schema)
    assert found is not None
    assert [text for text in admitted if not found.has(text)] == []
    assert [text for text in refused if found.has(text)] == []


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "array"},
        {"type": ["string", "array"]},
        {"type": "null"},
        {"enum": [None]},
        {"enum": [[1], "a"]},
        {"type": ["integer", "string"], "pattern": "^a"},
        {"type": "integer", "not": {"const": 1}},
        {"anyOf": [{"type": "integer"}, {"type": "array"}]},
        {"anyOf": [{"type": "string"}], "oneOf": [{"type": "string"}, {"type": "integer"}], "format": "date"},
        {"anyOf": [{"type": "integer"}, {"enum": ["a"]}]},
    ],
)
def test_what_is_more_than_single_values_has_no_texts(schema: Any) -> None:
    assert texts(schema) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (True, "true"), (False, "false"), (5, "5"), (5.0, "5"), (1.5, "1.5"), (None, None), ([], None)],
)
def test_how_a_value_is_written(value: Any, text: str | None) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        ({"type": "integer"}, {"type": "string", "minLength": 1}, True),
        ({"type": "integer"}, {"type": "string", "minLength": 2}, False),
        ({"type": "integer"}, {"type": "string", "maxLength": 20}, False),
        ({"type": "integer", "minimum": 0, "maximum": 99}, {"type": "string", "maxLength": 2}, True),
        ({"type": "integer", "minimum": 0, "maximum": 100}, {"type": "string", "maxLength": 2}, False),
        ({"type": "integer"}, {"type": "string", "format": "date"}, False),
        ({"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}, True),
        ({"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9][0-9]*$"}, True),
        ({"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[1-9][0-9]*$"}, False),
        ({"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+$"}, False),
        ({"type": ["integer", "boolean"]}, {"type": "string", "pattern": "^(-?[0-9]+|true|false)$"}, True),
        ({"type": "integer"}, {"type": "number"}, True),
        ({"type": "number"}, {"type": "integer"}, False),
        ({"type": "integer"}, {"type": "integer", "minimum": 0}, False),
        ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^a"}, True),
        ({"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^b"}, False),
        ({"type": "string", "pattern": "^[0-9]$"}, {"type": "integer"}, False),
        ({"enum": ["1", "2"]}, {"type": "integer"}, True),
        ({"enum": ["1", "a"]}, {"type": "integer"}, False),
        ({"type": "boolean"}, {"enum": ["true", "false", "maybe"]}, True),
    ],
)
def test_one_set_of_texts_within_another(narrow: Any, wide: Any, expected: bool) -> None:
    a, b = texts(narrow), texts(wide)
    assert a is not None
    assert b is not None
    assert a.within(b) is expected


_bounds = st.integers(-3, 12)
_schemas = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number", "string", "boolean"])},
        optional={
            "minimum": _bounds,
            "maximum": _bounds,
            "maxLength": st.integers(0, 3),
            "minLength": st.integers(0, 3),
        },
    ),
    st.fixed_dictionaries({"enum": st.lists(st.sampled_from([1, "1", "a", True, "true", 2.5, "-1"]), min_size=1)}),
)
_samples = ["", "a", "ab", "true", "false", "0", "1", "-1", "-3", "2.5", "10", "12", "999", "-0.5", "1e1"]


@given(_schemas, _schemas)
def test_a_set_within_another_has_no_text_that_the_other_lacks(narrow: Any, wide: Any) -> None:
    a, b = texts(narrow), texts(wide)
    assert a is not None
    assert b is not None
    if a.within(b):
        assert [text for text in _samples if a.has(text) and not b.has(text)] == []


@given(_schemas)
def test_texts_lie_within_themselves(schema: Any) -> None:
    a, b = texts(schema), texts(schema)
    assert a is not None
    assert b is not None
    assert a.within(b)


def test_parts_are_read_in_another_way_and_keep_their_places() -> None:
    node = Node({"type": "object", "properties": {"a": {"type": "integer"}, "b": {}}}, "f", "/x")
    other = Node({"type": "string"}, "f", "/y")
    inner = rewritten(node.child("properties"), {"a": other})
    whole = rewritten(node, {"properties": inner})
    assert whole.value == {"type": "object", "properties": {"a": {"type": "string"}, "b": {}}}
    found = whole.child("properties")
    assert (found.key, found.child("a").key, found.child("b").key) == (
        ("f", "/x/properties"),
        ("f", "/y"),
        ("f", "/x/properties/b"),
    )
    assert [(name, member.pointer) for name, member in found.members()] == [("a", "/y"), ("b", "/x/properties/b")]
    assert found.get("c") is None
    assert found.items() == []
    assert rewritten(node, {}) is node


def test_items_are_read_in_another_way() -> None:
    node = Node([1, 2], "f", "/x")
    changed = rewritten(node, {"1": Node("2", "f", "/y")})
    assert (changed.value, [item.key for item in changed.items()]) == ([1, "2"], [("f", "/x/0"), ("f", "/y")])
    assert changed.members() == []


TREE = {
    "allOf": [{"$ref": "#/y", "description": "d", "allOf": [{}]}, {"type": "object"}],
    "items": {"anyOf": [{"$ref": "#/y"}, {}]},
    "additionalProperties": {"$ref": "#"},
}


def test_a_part_is_replaced_behind_references() -> None:
    document = {"openapi": "3.1.0", "paths": {}, "x": TREE, "y": {"properties": {"a": {"$ref": "#/x"}, "b": {}}}}
    held = contract(document)
    new = Node({"type": "string"}, "f", "/new")
    place = held.root.child("y").child("properties").child("b")
    found = Replacing(held.schemas, {place.key: new}).within(held.root.child("x"))
    replaced = {"properties": {"a": {"$ref": "#/x"}, "b": {"type": "string"}}}
    assert isinstance(found.value, dict)
    assert found.value["allOf"] == [{"description": "d", "allOf": [replaced, {}]}, {"type": "object"}]
    assert found.value["items"] == {"anyOf": [replaced, {}]}
    first = found.child("allOf").child(0).child("allOf").child(0)
    assert (first.pointer, first.child("properties").child("b").pointer) == ("/y", "/new")


def test_nothing_is_replaced_where_nothing_is_to_be() -> None:
    held = contract_with({"properties": {"a": {"$ref": "#/nowhere"}}, "items": {"$ref": "#/x"}})
    node = held.root.child("x")
    assert Replacing(held.schemas, {("f", "/z"): node}).within(node) is node
    both = Conjunction.of(node, node)
    assert Replacing(held.schemas, {("f", "/z"): node}).within(both) is both
    new = Node({}, "f", "/new")
    assert Replacing(held.schemas, {node.key: new}).within(both).value == {"allOf": [{}, {}]}


@pytest.mark.parametrize(
    ("version", "media_type", "encoding", "schema", "types"),
    [
        ("3.1.0", "multipart/form-data", None, {"type": "integer"}, ["text/plain"]),
        ("3.1.0", "multipart/form-data", None, {"type": "object"}, ["application/json"]),
        ("3.1.0", "multipart/form-data", None, {"type": "array", "items": {"type": "object"}}, ["application/json"]),
        ("3.1.0", "multipart/form-data", None, {"type": "array"}, ["*/*"]),
        ("3.1.0", "multipart/form-data", None, {"type": ["object", "string"]}, ["application/json", "text/plain"]),
        ("3.1.0", "multipart/form-data", None, {"properties": {"a": {}}}, ["application/json", "text/plain"]),
        ("3.1.0", "multipart/form-data", None, {"enum": ["a"]}, ["text/plain"]),
        ("3.1.0", "multipart/form-data", None, {}, ["*/*"]),
        ("3.0.3", "multipart/form-data", None, {"type": "string", "format": "binary"}, ["*/*"]),
        ("3.1.0", "multipart/form-data", {"contentType": "a/b, C/*"}, {}, ["a/b", "c/*"]),
        ("3.0.3", "multipart/form-data", {"style": "form"}, {"type": "string"}, ["text/plain"]),
        ("3.1.0", "multipart/mixed", {"explode": True}, {"type": "string"}, ["text/plain"]),
    ],
)
def test_the_media_types_of_a_field(
    version: str, media_type: str, encoding: Any, schema: Any, types: list[str]
) -> None:
    held = contract_with({"schema": schema, "encoding": encoding}, version)
    node = held.root.child("x")
    found = field_of(held, parse(media_type), node.get("encoding"), held.schemas.read(node.child("schema")))
    assert found.style is None
    assert sorted(map(str, found.content_types)) == types


@pytest.mark.parametrize(
    ("media_type", "encoding", "expected"),
    [
        ("multipart/form-data", {"explode": False}, ("form", False, False)),
        ("multipart/form-data", {"allowReserved": True}, ("form", True, False)),
        ("application/x-www-form-urlencoded", {"allowReserved": True}, ("form", True, True)),
        ("application/x-www-form-urlencoded", {"style": "pipeDelimited"}, ("pipeDelimited", False, False)),
    ],
)
def test_the_style_of_a_field(media_type: str, encoding: Any, expected: tuple[str, bool, bool]) -> None:
    held = contract_with(encoding)
    found = field_of(held, parse(media_type), held.root.child("x"), None)
    assert (found.style, found.explode, found.allows_reserved) == expected


def test_a_value_that_holds_itself_is_compared_to_its_end() -> None:
    def side(kind: str) -> Any:
        node = {"type": "object", "properties": {"n": {"type": kind}, "next": {"$ref": "#/components/schemas/Node"}}}
        parameter = {"name": "q", "in": "query", "style": "deepObject", "schema": {"$ref": "#/components/schemas/Node"}}
        return op(parameters=[parameter]) | {"components": {"schemas": {"Node": node}}}

    assert [told(change) for change in changes_between(side("integer"), side("string"))] == [
        "type.changed widened input components/schemas/Node > n"
    ]


def test_a_reference_that_leads_nowhere_is_met_where_schemas_are_compared() -> None:
    def side(target: str) -> OpenApiContract:
        return contract(query(schema={"type": "array", "items": {"$ref": target}}))

    found = compare(side("#/a"), side("#/b"), reading=Reading.DECLARED, directions=[Direction.INPUT])
    assert found.errors
