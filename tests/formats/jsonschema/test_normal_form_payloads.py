"""The normal form means the payloads that the schema as written means: cases that are easy to get wrong."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.errors import LimitError
from contractguard.formats.jsonschema import read
from contractguard.model.schema import Schema


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
