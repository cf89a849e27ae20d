"""References to the published meta-schemas, and from them to their vocabularies, without any file or network."""

from __future__ import annotations

from typing import Any

import pytest
from reference_cases import agrees, contract_of, holds

from contractguard.errors import UnreadableError

_META = {
    "draft-04": "http://json-schema.org/draft-04/schema#",
    "draft-06": "http://json-schema.org/draft-06/schema#",
    "draft-07": "http://json-schema.org/draft-07/schema#",
    "draft-2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
}


@pytest.mark.parametrize("dialect", _META)
@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"minLength": 1}, True),
        ({"minLength": -1}, False),
        ({"properties": {"a": {"items": {"type": "string"}}}}, True),
        ({"properties": {"a": {"items": {"type": 12}}}}, False),
        ({"definitions": {"a": {"allOf": [{"not": {"minimum": "x"}}]}}}, False),
        ("text", False),
    ],
)
def test_a_published_meta_schema_is_followed_to_the_end(payload: Any, expected: bool, dialect: str) -> None:
    assert agrees({"allOf": [{"$ref": _META[dialect]}]}, payload, expected, dialect)
    assert agrees({"not": {"$ref": _META[dialect]}}, payload, not expected, dialect)


@pytest.mark.parametrize("contract", _META)
def test_a_meta_schema_is_read_in_its_own_dialect(contract: str) -> None:
    for uri in _META.values():
        schema = {"properties": {"a": {"$ref": uri}}}
        assert holds(schema, {"a": {"properties": {"b": {"uniqueItems": "x"}}}}, contract) is False
        assert holds(schema, {"a": {"properties": {"b": {"uniqueItems": True}}}}, contract) is True


@pytest.mark.parametrize("dialect", ["draft-2019-09", "draft-2020-12"])
def test_a_vocabulary_alone_refers_to_itself(dialect: str) -> None:
    schema = {"$ref": _META[dialect].removesuffix("schema") + "meta/applicator"}
    assert agrees(schema, {"properties": {"a": {"properties": 1}}}, expected=False, dialect=dialect)
    # `type` is the business of another vocabulary
    assert agrees(schema, {"properties": {"a": {"type": 1}}}, expected=True, dialect=dialect)


def test_a_place_in_a_meta_schema() -> None:
    schema = {"$ref": "http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger"}
    assert agrees(schema, 0, expected=True, dialect="draft-07")
    assert agrees(schema, -1, expected=False, dialect="draft-07")


def test_a_meta_schema_of_ones_own_extends_the_published_one() -> None:
    own = {
        "$id": "https://example.invalid/meta",
        "$dynamicAnchor": "meta",
        "$ref": _META["draft-2020-12"],
        "type": "object",
        "required": ["title"],
    }
    assert agrees(own, {"title": "x", "properties": {"a": {"title": "y"}}}, expected=True)
    assert agrees(own, {"title": "x", "properties": {"a": {}}}, expected=False)
    assert agrees(own, {"title": "x", "properties": {"a": True}}, expected=False)


def test_what_is_not_published_is_not_there() -> None:
    contract = contract_of({"not": {"$ref": "https://json-schema.org/draft/2020-12/meta/nothing"}})
    with pytest.raises(UnreadableError, match="nothing from the network"):
        contract.schemas.read(contract.schemas.read(contract.root).not_)
