"""The normal form means the payloads that the schema as written means: cases that are easy to get wrong."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.errors import LimitError
from contractguard.formats.jsonschema import read
from contractguard.model.schema import JsonType, Schema


def _read(schema: Any, dialect: str = "draft-2020-12") -> Schema:
    contract = read(DocumentSet(in_memory("schema", schema)), MEMORY_PATH, dialect=dialect)
    return contract.schemas.read(contract.root)


_WITH_A = {"a": {"properties": {"a": {"type": "string"}}}}


@pytest.mark.parametrize("schema", [{"const": 1, "enum": [2]}, {"enum": [1, 2], "const": "a"}])
def test_listed_values_without_one_in_common_allow_nothing(schema: Any) -> None:
    assert _read(schema).boolean is False


def test_listed_values_in_common_stay() -> None:
    assert [node.value for node in _read({"const": 1, "enum": [2, 1.0]}).enum or ()] == [1]


def test_unevaluated_properties_beside_a_reference_see_what_it_declares() -> None:
    schema = _read({"$ref": "#/$defs/a", "unevaluatedProperties": False, "$defs": _WITH_A})
    assert list(schema.properties) == ["a"]
    assert schema.all_of == ()
    assert schema.additional_properties is not None
    assert schema.unevaluated_properties is None


def test_unevaluated_properties_beside_a_reference_that_does_not_fold_stay_open() -> None:
    defs = {"a": {"properties": {"a": {}}, "additionalProperties": False}}
    more = {"properties": {"b": {}}, "unevaluatedProperties": False, "allOf": [{"minProperties": 1}]}
    schema = _read({"$ref": "#/$defs/a", "$defs": defs} | more)
    assert len(schema.all_of) == 1
    assert schema.additional_properties is None
    assert schema.unevaluated_properties is not None


def test_unevaluated_items_beside_a_reference_see_its_tuple() -> None:
    schema = _read({"$ref": "#/$defs/a", "unevaluatedItems": False, "$defs": {"a": {"prefixItems": [{}]}}})
    assert schema.items is None
    assert schema.unevaluated_items is not None


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
@pytest.mark.parametrize("rest", [True, {}])
def test_a_branch_that_looks_at_every_property_leaves_none_unevaluated(keyword: str, rest: Any) -> None:
    schema = _read({"allOf": [{keyword: rest}], "unevaluatedProperties": False})
    assert schema.boolean is True
    assert schema.evaluates_properties


@pytest.mark.parametrize("branch", [{"items": True}, {"items": {}}, {"unevaluatedItems": True}])
def test_a_branch_that_looks_at_every_item_leaves_none_unevaluated(branch: Any) -> None:
    schema = _read({"allOf": [branch], "unevaluatedItems": False})
    assert schema.boolean is True
    assert schema.evaluates_items


def test_items_after_a_tuple_of_2019_are_looked_at_where_that_is_written() -> None:
    assert _read({"items": [{}], "additionalItems": True}, "draft-2019-09").evaluates_items
    assert not _read({"items": [{}]}, "draft-2019-09").evaluates_items
    assert not _read({"additionalItems": True}, "draft-2019-09").evaluates_items


@pytest.mark.parametrize("dialect", ["draft-04", "draft-07"])
def test_nothing_is_evaluated_where_nothing_asks(dialect: str) -> None:
    schema = _read({"additionalProperties": True, "items": {}}, dialect)
    assert schema.boolean is True
    assert not schema.evaluates_properties
    assert not schema.evaluates_items


def test_what_must_hold_is_not_evaluated() -> None:
    schema = _read({"additionalProperties": False, "items": False})
    assert not schema.evaluates_properties
    assert not schema.evaluates_items


def test_both_spellings_of_dependents_count() -> None:
    schema = _read({"dependencies": {"a": ["b"]}, "dependentRequired": {"a": ["c"]}}, "draft-2019-09")
    assert schema.dependent_required == {"a": {"b", "c"}}
    schema = _read({"dependencies": {"a": {"minProperties": 1}}, "dependentSchemas": {"a": False}}, "draft-2019-09")
    assert schema.dependent_schemas["a"].value == {"allOf": [{"minProperties": 1}, False]}


def test_schemas_nested_in_one_place_are_limited() -> None:
    def chain(length: int) -> Any:
        links = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"minLength": n}]} for n in range(length)}
        return {"$ref": "#/$defs/d0", "$defs": links | {f"d{length}": {"type": "string"}}}

    assert _read(chain(30)).min_length == 29
    with pytest.raises(LimitError) as caught:
        _read(chain(2000))
    assert caught.value.path == MEMORY_PATH
    assert caught.value.line is not None


@pytest.mark.parametrize("union", ["oneOf", "anyOf"])
def test_a_union_of_single_values_is_an_enum(union: str) -> None:
    schema = _read({union: [{"const": "a", "title": "A"}, {"enum": [1], "type": "integer"}]})
    assert [item.value for item in schema.enum or ()] == ["a", 1]
    assert schema.any_of == schema.one_of == ()
    assert {word: node.value for word, node in schema.documentation.items()} == {'title of "a"': "A"}
    assert schema.origin("enum").pointer == f"/{union}"


def test_a_union_of_single_values_beside_a_type_keeps_those_of_the_type() -> None:
    assert [item.value for item in _read({"type": "string", "oneOf": [{"const": "a"}, {"const": 1}]}).enum or ()] == [
        "a"
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"const": "a"}, {"const": "a"}]},  # which nothing satisfies
        {"oneOf": [{"const": "a"}, {"enum": ["b", "c"]}]},
        {"oneOf": [{"const": "a"}, {"const": "b", "deprecated": True}]},
        {"oneOf": [{"const": "a"}, {"const": "b", "type": "integer"}]},
        {"oneOf": [{"const": "a"}, {"type": "string"}]},
        {"oneOf": [{"const": 1}], "anyOf": [{"const": 1}, {"const": 2}], "enum": [2]},
        {"type": "integer", "oneOf": [{"const": "a"}, {"const": "b"}]},
    ],
)
def test_other_unions_stay(schema: Any) -> None:
    read_schema = _read(schema)
    assert read_schema.one_of or read_schema.any_of


_X = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize("null", [{"type": "null"}, {"const": None}])
@pytest.mark.parametrize("union", ["oneOf", "anyOf"])
def test_a_definition_or_null_is_another_schema_than_the_definition(union: str, null: Any) -> None:
    documents = DocumentSet(in_memory("schema", {union: [{"$ref": "#/$defs/x"}, null], "$defs": {"x": _X}}))
    contract = read(documents, MEMORY_PATH, dialect="draft-2020-12")
    schema = contract.schemas.read(contract.root)
    assert JsonType.NULL in (schema.types or ())
    assert (schema.component, schema.adds_null) == ("$defs/x", True)
    assert schema.origin("types").pointer == f"/{union}/1"
    inner = contract.schemas.read(
        schema.any_of[0] if schema.any_of else documents.document(MEMORY_PATH).root.child(union).child(0)
    )
    assert (inner.component, inner.adds_null) == ("$defs/x", False)


_WRAPPERS: list[Any] = [
    {"$ref": "#/$defs/x"},
    {"$ref": "#/$defs/x", "maxProperties": 3},
    {"$ref": "#/$defs/x", "description": "words"},
    {"allOf": [{"$ref": "#/$defs/x"}], "title": "words"},
    {"allOf": [{"$ref": "#/$defs/x"}, {"minProperties": 1}]},
    {"anyOf": [{"$ref": "#/$defs/x"}, {"type": "null"}]},
    {"oneOf": [{"type": "null"}, _X]},
    {"allOf": [{"anyOf": [{"$ref": "#/$defs/x"}, {"type": "null"}]}]},
    {"anyOf": [{"$ref": "#/$defs/x"}]},
    {"$ref": "#/$defs/y"},
    {"oneOf": [{"const": 1}, {"const": 2}]},
    {"allOf": [{"$ref": "#/$defs/x"}], "unevaluatedProperties": False},
]


@pytest.mark.parametrize("wrapper", _WRAPPERS, ids=str)
def test_the_place_of_a_schema_means_what_the_schema_means(wrapper: Any) -> None:
    """Answers about two schemas are remembered by their places: none may be that of a part of what the schema says."""
    definitions = {"x": _X, "y": {"anyOf": [{"$ref": "#/$defs/x"}, {"type": "null"}]}}
    documents = DocumentSet(in_memory("schema", {"properties": {"p": wrapper}, "$defs": definitions}))
    contract = read(documents, MEMORY_PATH, dialect="draft-2020-12")
    schema = contract.schemas.read(contract.schemas.read(contract.root).properties["p"])
    again = contract.schemas.read(schema.node)
    for field in fields(Schema):
        if field.name not in ("node", "documentation", "origins"):
            assert getattr(again, field.name) == getattr(schema, field.name), field.name
