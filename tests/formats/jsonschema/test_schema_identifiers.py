"""What identifiers and anchors name, draft by draft, and that data identify nothing; the `jsonschema` library agrees."""

from __future__ import annotations

from typing import Any

import pytest
from reference_cases import agrees, contract_of, holds

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import in_memory
from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.places import Conjunction
from contractguard.model.schema import Dialect, JsonType

_NAME = "https://example.invalid/named.json"
_DRAFTS = ["draft-04", "draft-06", "draft-07", "draft-2019-09", "draft-2020-12"]


def _id(dialect: str) -> str:
    return "id" if dialect == "draft-04" else "$id"


def _defs(dialect: str) -> str:
    return "$defs" if dialect.startswith("draft-20") else "definitions"


@pytest.mark.parametrize("dialect", _DRAFTS)
@pytest.mark.parametrize("keyword", ["enum", "default", "examples", "frobnicate", "x-data"])
def test_data_identify_nothing(keyword: str, dialect: str) -> None:
    data = {_id(dialect): _NAME, "type": "null"}
    decoy = {keyword: [data] if keyword in ("enum", "examples") else data}
    defs = {"before": decoy, "real": {_id(dialect): _NAME, "type": "string"}, "then": decoy}
    schema = {_defs(dialect): defs, "not": {"$ref": _NAME}}
    assert agrees(schema, "text", expected=False, dialect=dialect)
    assert agrees(schema, None, expected=True, dialect=dialect)


@pytest.mark.parametrize("dialect", ["draft-06", "draft-07", "draft-2019-09", "draft-2020-12"])
def test_a_constant_identifies_nothing(dialect: str) -> None:
    data = {"const": {"$id": _NAME, "type": "null"}}
    schema = {
        _defs(dialect): {"a": data, "real": {"$id": _NAME, "type": "string"}, "z": data},
        "properties": {"const": {"$id": "https://example.invalid/property", "type": "integer"}},
        "allOf": [{"$ref": _NAME}, {"not": {"$ref": "https://example.invalid/property"}}],
    }
    assert agrees(schema, "text", expected=True, dialect=dialect)
    assert agrees(schema, None, expected=False, dialect=dialect)


@pytest.mark.parametrize("dialect", ["draft-2019-09", "draft-2020-12"])
def test_an_anchor_in_data_is_none(dialect: str) -> None:
    data = {"enum": [{"$anchor": "it", "type": "null"}]}
    schema = {"$defs": {"a": data, "real": {"$anchor": "it", "type": "string"}, "z": data}, "$ref": "#it"}
    assert agrees(schema, "text", expected=True, dialect=dialect)
    assert agrees(schema, None, expected=False, dialect=dialect)


@pytest.mark.parametrize(
    ("schema", "dialect"),
    [
        ({"definitions": {"a": {"$anchor": "a"}}, "allOf": [{"$ref": "#a"}]}, "draft-07"),
        ({"$defs": {"a": {"id": "a.json"}}, "$ref": "a.json"}, "draft-2020-12"),
        ({"definitions": {"a": {"$id": "a.json"}}, "allOf": [{"$ref": "a.json"}]}, "draft-04"),
        ({"$defs": {"a": {"$dynamicAnchor": "a"}}, "$ref": "#a"}, "draft-2019-09"),
        ({"definitions": {"a": {"if": {"id": "a.json"}}}, "allOf": [{"$ref": "a.json"}]}, "draft-04"),
        ({"$defs": {"a": {"$ref": "#/$defs/b", "$id": "a.json"}, "b": {}}, "$ref": "a.json"}, "draft-07"),
    ],
)
def test_what_a_draft_does_not_have_names_nothing(schema: Any, dialect: str) -> None:
    with pytest.raises(UnreadableError, match="leads nowhere") as caught:
        holds(schema, 1, dialect)
    assert (caught.value.path, caught.value.line) == ("folder/schema.json", 1)


@pytest.mark.parametrize("dialect", ["draft-04", "draft-06", "draft-07"])
def test_names_that_look_like_fragments(dialect: str) -> None:
    inner = {_id(dialect): "nested.json", "definitions": {"b": {_id(dialect): "#b", "type": "integer"}}}
    schema = {
        _id(dialect): "https://example.invalid/root",
        "definitions": {"a": inner, "b": {_id(dialect): "#b", "type": "string"}},
        "properties": {"own": {"$ref": "#b"}, "nested": {"$ref": "https://example.invalid/nested.json#b"}},
    }
    assert agrees(schema, {"own": "x", "nested": 1}, expected=True, dialect=dialect)
    assert agrees(schema, {"own": 1}, expected=False, dialect=dialect)
    assert agrees(schema, {"nested": "x"}, expected=False, dialect=dialect)


def test_a_fragment_beside_a_new_base_names_a_place_in_it() -> None:
    """Draft-04 core, 7.2.3: `t/inner.json#a`."""
    inner = {"id": "t/inner.json#a", "type": "integer", "definitions": {"x": {"$ref": "other.json"}}}
    schema = {
        "id": "https://example.invalid/root.json",
        "definitions": {"inner": inner, "other": {"id": "t/other.json", "type": "null"}},
        "properties": {"a": {"$ref": "t/inner.json#a"}, "b": {"$ref": "#/definitions/inner/definitions/x"}},
    }
    assert holds(schema, {"a": 1, "b": None}, "draft-04") is True
    assert holds(schema, {"a": "x"}, "draft-04") is False
    assert holds(schema, {"b": 1}, "draft-04") is False


@pytest.mark.parametrize("dialect", ["draft-04", "draft-06", "draft-07"])
def test_an_identifier_beside_a_reference_is_ignored(dialect: str) -> None:
    """Draft-07 core, 8.3: members beside `$ref` are."""
    name = _id(dialect)
    schema = {
        name: "https://example.invalid/base/",
        "definitions": {
            "wrong": {name: "https://example.invalid/foo.json", "type": "string"},
            "right": {name: "foo.json", "type": "number"},
        },
        "allOf": [{name: "https://example.invalid/", "$ref": "foo.json"}],
    }
    assert agrees(schema, 1, expected=True, dialect=dialect)
    assert agrees(schema, "x", expected=False, dialect=dialect)


@pytest.mark.parametrize("dialect", ["draft-2019-09", "draft-2020-12"])
def test_an_identifier_beside_a_reference_is_its_base_since(dialect: str) -> None:
    schema = {
        "$id": "https://example.invalid/base/",
        "$defs": {"a": {"$id": "/other/foo.json", "type": "string"}, "b": {"$id": "foo.json", "type": "number"}},
        "allOf": [{"$id": "/other/", "$ref": "foo.json"}],
    }
    assert agrees(schema, "x", expected=True, dialect=dialect)
    assert agrees(schema, 1, expected=False, dialect=dialect)


@pytest.mark.parametrize("dialect", _DRAFTS)
def test_fragments_are_of_the_nested_resource(dialect: str) -> None:
    place = f"#/{_defs(dialect)}/inner"
    nested = {
        _id(dialect): "nested.json",
        _defs(dialect): {"inner": {"type": "string"}},
        "properties": {"a": {"$ref": place}, "b": {"$ref": "#"}, "c": {"$ref": "root.json" + place}},
    }
    root = {
        _id(dialect): "https://example.invalid/x/root.json",
        _defs(dialect): {"inner": {"type": "integer"}, "nested": nested},
    }
    schema = root | {"allOf": [{"$ref": "nested.json"}]}
    assert agrees(schema, {"a": "x", "b": {"a": "x"}, "c": 1}, expected=True, dialect=dialect)
    assert agrees(schema, {"a": 1}, expected=False, dialect=dialect)
    assert agrees(schema, {"b": {"a": 1}}, expected=False, dialect=dialect)
    assert agrees(schema, {"c": "x"}, expected=False, dialect=dialect)


def test_a_pointer_of_the_root_leads_nowhere_in_a_nested_resource() -> None:
    nested = {"$id": "nested.json", "properties": {"a": {"$ref": "#/$defs/here"}}}
    contract = contract_of({"$id": "https://example.invalid/root.json", "$defs": {"here": {}}, "items": nested})
    nested_schema = contract.schemas.read(contract.schemas.read(contract.root).items)
    with pytest.raises(UnreadableError, match="/\\$defs/here does not exist"):
        contract.schemas.read(nested_schema.properties["a"])


@pytest.mark.parametrize(
    ("identifier", "reference"),
    [
        ("https://example.invalid/foo/bar/../baz", "https://example.invalid/foo/baz"),
        ("https://example.invalid/foo/baz#", "https://example.invalid/foo/./baz"),
        ("https://example.invalid/foo/baz", "https://example.invalid/foo/baz#"),
        ("urn:example:a", "urn:example:a"),
        ("baz", "baz"),
        ("deep/baz", "deep/baz#"),
    ],
)
def test_one_name_is_spelt_in_several_ways(identifier: str, reference: str) -> None:
    schema = {
        "$defs": {
            "a": {"$id": identifier, "type": "integer", "not": {"$ref": "#/$defs/b"}, "$defs": {"b": {"const": 1}}}
        }
    }
    assert holds(schema | {"$ref": reference}, 2) is True
    assert holds(schema | {"$ref": reference}, 1) is False
    assert holds(schema | {"$ref": reference}, "x") is False


def test_the_resource_that_a_reference_stands_in_comes_before_one_that_claims_its_name() -> None:
    claims = [{"$id": "same", "$ref": "#/$defs/a", "$defs": {"a": {"type": kind}}} for kind in ("string", "integer")]
    schema = {"properties": {"first": claims[0], "second": claims[1]}}
    assert holds(schema, {"first": "x", "second": 1}) is True
    assert holds(schema, {"second": "x"}) is False


@pytest.mark.parametrize("reference", ["other", "#/$defs/it"])
@pytest.mark.parametrize(
    ("keyword", "value"),
    [("properties", {"x": 1}), ("patternProperties", {"x": 1}), ("dependentSchemas", {"x": 1})],
)
def test_equal_text_in_two_nested_resources_says_two_things(keyword: str, value: Any, reference: str) -> None:
    other: dict[str, Any] = {"$ref": reference}
    last = {"maxProperties": 0} if keyword == "dependentSchemas" else {"minimum": 3}

    def branch(name: str, said: Any) -> Any:
        return {"$id": f"{name}/it", keyword: {"x": other}, "$defs": {"it": said, "o": {"$id": "other"} | said}}

    schema = {"$id": "https://example.invalid/root", "allOf": [branch("a", {}), branch("b", last), branch("a2", {})]}
    assert agrees(schema, value, expected=False)
    assert agrees(schema, {"y": 1}, expected=True)


def test_equal_text_in_one_resource_says_one_thing() -> None:
    branch = {"properties": {"x": {"$ref": "#/$defs/it"}}}
    contract = contract_of({"$id": _NAME, "allOf": [branch, branch], "$defs": {"it": {"type": "integer"}}})
    assert not isinstance(contract.schemas.read(contract.root).properties["x"], Conjunction)


def test_conjunctions_are_equal_where_all_parts_are() -> None:
    """The first part of both lies in one file; the second does not, and refers to another schema there."""
    part = {"properties": {"x": {"$ref": "#/$defs/it"}}, "additionalProperties": True, "$defs": {"it": {}}}
    first = {"properties": {"x": {"minimum": 1}}}
    schema = {"allOf": [{"allOf": [first, {"$ref": "m.json"}]}, {"allOf": [first, {"$ref": "n.json"}]}]}
    files = {"m": part, "n": part | {"$defs": {"it": {"maximum": 5}}}}
    assert holds(schema, {"x": 5}, **files) is True
    assert holds(schema, {"x": 6}, **files) is False


def test_a_nested_base_finds_files_from_where_the_file_lies() -> None:
    schema = {
        "$id": "https://example.invalid/v1/schema.json",
        "items": {"$id": "other/nested.json", "$ref": "../more.json#it"},
    }
    more = {"$defs": {"it": {"$anchor": "it", "type": "integer"}}}
    assert holds(schema, [1], more=more) is True
    assert holds(schema, ["x"], more=more) is False


@pytest.mark.parametrize(
    "reference", ["http://[", "https://[x]/#a", "//[", "#/$defs/-1", "#/allOf/-1", "#/allOf/00x", "#nothing"]
)
@pytest.mark.parametrize("identifier", ["https://example.invalid/root.json", "http://[", 1, None])
def test_broken_references_and_identifiers_are_told(reference: str, identifier: Any) -> None:
    schema = {"$id": identifier, "$defs": {"a": {"$anchor": "a"}}, "allOf": [{}], "not": {"$ref": reference}}
    contract = contract_of(schema)
    with pytest.raises(UnreadableError, match="leads nowhere"):
        contract.schemas.read(contract.schemas.read(contract.root).not_)


def test_identifiers_of_an_openapi_description_stand_in_its_schemas() -> None:
    decoy = {"$id": "urn:it", "type": "null", "schema": {"$id": "urn:it", "type": "null"}}
    real = {"$id": "urn:it", "type": "string", "default": decoy}
    value: Any = {
        "openapi": "3.1.0",
        "components": {
            "examples": {"a": {"value": decoy}},
            "schemas": {"example": {"$ref": "urn:it"}},
            "parameters": {"p": {"name": "p", "in": "query", "example": decoy, "schema": real}},
        },
    }
    documents = DocumentSet(in_memory("api", value))
    (path,) = documents.snapshot.entries
    reader = SchemaNormaliser(documents, path, Dialect.OPENAPI_3_1)
    root = documents.document(path).root
    place = root.child("components").child("schemas").child("example")
    assert reader.read(place).types == frozenset({JsonType.STRING})
