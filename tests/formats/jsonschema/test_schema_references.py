"""Where references lead: identifiers in the older drafts, and the published meta-schemas."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema import read


def _target(schema: Any, dialect: str) -> Any:
    """The value that the property `a` refers to."""
    contract = read(DocumentSet(in_memory("schema", schema)), MEMORY_PATH, dialect=dialect)
    node = contract.schemas.read(contract.root).properties["a"]
    return contract.schemas.read(node).node.value


def test_draft_04_identifies_schemas_below_the_root_by_id() -> None:
    definitions = {"x": {"id": "#x", "type": "integer"}, "y": {"id": "y.json", "type": "string"}}
    schema = {"id": "http://example.com/root.json", "definitions": definitions}
    for reference, name in (("#x", "x"), ("y.json", "y"), ("http://example.com/y.json", "y")):
        assert _target(schema | {"properties": {"a": {"$ref": reference}}}, "draft-04") == definitions[name]
    with pytest.raises(UnreadableError):
        _target(schema | {"properties": {"a": {"$ref": "#x"}}}, "draft-07")


def test_draft_04_needs_no_identifier_at_the_root() -> None:
    schema = {"definitions": {"x": {"id": "#x", "type": "integer"}}, "properties": {"a": {"$ref": "#x"}}}
    assert _target(schema, "draft-04") == {"id": "#x", "type": "integer"}


def test_identifiers_among_data_are_none() -> None:
    listed = {"id": "http://example.com/a.json", "type": "null"}
    meant = {"id": "http://example.com/a.json", "type": "string"}
    definitions = {"data": {"enum": [listed]}, "real": meant, "more": {"enum": [listed]}}
    schema = {"definitions": definitions, "properties": {"a": {"$ref": "http://example.com/a.json"}}}
    assert _target(schema, "draft-04") == meant


@pytest.mark.parametrize(
    ("dialect", "keyword", "minimum"), [("draft-04", "id", 5), ("draft-07", "$id", 5), ("draft-2019-09", "$id", 2)]
)
def test_an_identifier_beside_a_reference_counts_from_2019_on(dialect: str, keyword: str, minimum: int) -> None:
    schema = {
        keyword: "http://example.com/base/",
        "definitions": {
            "outer": {keyword: "http://example.com/foo.json", "minimum": 2},
            "inner": {keyword: "foo.json", "minimum": 5},
        },
        "properties": {"a": {keyword: "http://example.com/", "$ref": "foo.json"}},
    }
    assert _target(schema, dialect)["minimum"] == minimum


@pytest.mark.parametrize("draft", ["2019-09", "2020-12"])
def test_the_published_meta_schemas_refer_to_their_vocabularies(draft: str) -> None:
    uri = f"https://json-schema.org/draft/{draft}/schema"
    contract = read(DocumentSet(in_memory("schema", {"$ref": uri})), MEMORY_PATH)
    schema = contract.schemas.read(contract.root)
    assert {"type", "minLength", "properties", "$ref"} <= schema.properties.keys()
