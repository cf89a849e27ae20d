"""References by the names that schemas give themselves, wherever their files lie."""

from __future__ import annotations

import json
from typing import Any

import pytest
from document_makers import Files, documents

from contractguard.documents import DanglingReferenceError, DocumentSet, discover
from contractguard.errors import UnreadableError
from contractguard.model.places import Node

DIALECT = "https://json-schema.org/draft-07/schema#"


def schema(identifier: str, **more: Any) -> str:
    return json.dumps({"$schema": DIALECT, "$id": identifier, "type": "object", **more})


FILES = {
    "schemas/fragment/common/1.0.0.yaml": schema("/fragment/common/1.0.0", title="one"),
    "schemas/fragment/common/2.0.0.yaml": schema("/fragment/common/2.0.0", title="two"),
    "schemas/fragment/common/current.yaml": schema("/fragment/common/2.0.0", title="two"),
    "schemas/development/request/current.yaml": schema("/request/1.0.0", allOf=[{"$ref": "/fragment/common/2.0.0#"}]),
    "other/host.json": schema("https://x.org/host.json"),
}
ORIGIN = Node(None, "schemas/development/request/current.yaml", "/allOf/0")


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("/fragment/common/2.0.0#", "schemas/fragment/common/2.0.0.yaml"),
        ("/fragment/common/1.0.0", "schemas/fragment/common/1.0.0.yaml"),
        ("../fragment/common/1.0.0#/type", "schemas/fragment/common/1.0.0.yaml"),
        ("https://x.org/host.json", "other/host.json"),
        ("./#/title", "schemas/development/request/current.yaml"),
    ],
)
def test_a_name_leads_to_the_file_that_has_it(reference: str, path: str) -> None:
    if reference.startswith("./"):
        reference = "./#/type"
    assert documents(FILES).resolve(ORIGIN, reference).path == path


@pytest.mark.parametrize("reference", ["/fragment/common/3.0.0", "https://x.org/other.json", "https://[x/y"])
def test_a_name_that_nobody_has_leads_nowhere(reference: str) -> None:
    found = documents(FILES)
    with pytest.raises(DanglingReferenceError, match="leads nowhere") as caught:
        found.resolve(ORIGIN, reference)
    assert caught.value.documents is found


def test_a_path_counts_before_a_name() -> None:
    files = {**FILES, "fragment/common/2.0.0": "{}"}
    assert documents(files).resolve(ORIGIN, "/fragment/common/2.0.0").path == "fragment/common/2.0.0"


def test_a_file_that_only_mentions_the_name_does_not_have_it() -> None:
    files = {
        "a.json": schema("/a", properties={"x": {"$ref": "/b"}}),
        "c.json": json.dumps({"$schema": DIALECT, "properties": {"id": {"$id": "/b"}}}),
    }
    with pytest.raises(UnreadableError):
        documents(files).resolve(Node(None, "a.json", ""), "/b")


def test_what_is_referred_to_by_name_belongs_to_the_contract() -> None:
    found = {contract.path: contract.files for contract in discover(documents(FILES)).contracts}
    assert found["schemas/development/request/current.yaml"] == {
        "schemas/development/request/current.yaml",
        "schemas/fragment/common/2.0.0.yaml",
    }
    assert "schemas/fragment/common/current.yaml" in found


def test_files_are_looked_at_once() -> None:
    snapshot = Files(FILES)
    found = DocumentSet(snapshot)
    for version in range(20):
        with pytest.raises(UnreadableError):
            found.resolve(ORIGIN, f"/fragment/common/{version}.9.9")
    assert len(snapshot.asked) <= 1 + len(FILES)


@pytest.mark.parametrize(
    "text",
    [
        '{"$id": "https://x.org/plain", "type": "string"}',
        '{"$defs": {"a": {"$id": "https://x.org/inner"}}, "$id": "https://x.org/plain"}',
        '{"properties": {"id": {"type": "string"}}, "$id": "https://x.org/plain"}',
        '{"default": {"id": "seven"}, "$id": "https:\\/\\/x.org\\/plain"}',
        "type: object\nproperties:\n  id: {type: string}\n$id: https://x.org/plain\n",
    ],
    ids=["no $schema", "after definitions", "after a property", "after data", "yaml"],
)
def test_a_name_is_found_wherever_it_stands_in_the_file(text: str) -> None:
    files = {"a.json": '{"$ref": "https://x.org/plain"}', "deep/b.yaml": text}
    assert documents(files).resolve(Node(None, "a.json", ""), "https://x.org/plain").path == "deep/b.yaml"


INNER = {"$id": "https://x.org/inner", "type": ["object", "string"], "properties": {"p": {"type": "string"}}}


@pytest.mark.parametrize(
    ("bundle", "reference", "pointer"),
    [
        ({"$defs": {"i": INNER}}, "https://x.org/inner", "/$defs/i"),
        ({"$defs": {"i": INNER}}, "https://x.org/inner#/properties/p", "/$defs/i/properties/p"),
        ({"$id": "https://x.org/b", "$defs": {"i": {**INNER, "$id": "inner"}}}, "https://x.org/inner", "/$defs/i"),
        ({"$id": "urn:x:b", "items": {"not": {**INNER, "$id": "urn:x:i"}}}, "urn:x:i", "/items/not"),
    ],
)
def test_a_schema_embedded_in_another_file_is_found_by_its_name(bundle: Any, reference: str, pointer: str) -> None:
    files = {"a.json": json.dumps({"$ref": reference}), "b.json": json.dumps({"$schema": DIALECT, **bundle})}
    found = documents(files).resolve(Node(None, "a.json", ""), reference)
    assert (found.path, found.pointer) == ("b.json", pointer)


def test_a_file_counts_before_what_others_embed_and_data_does_not_count() -> None:
    files = {
        "a.json": "{}",
        "b.json": json.dumps({"$schema": DIALECT, "$defs": {"i": INNER}}),
        "c.json": json.dumps({"$schema": DIALECT, "default": {**INNER, "$id": "https://x.org/data"}}),
        "z.json": json.dumps({"$schema": DIALECT, **INNER}),
    }
    assert documents(files).resolve(Node(None, "a.json", ""), "https://x.org/inner").path == "z.json"
    with pytest.raises(DanglingReferenceError):
        documents(files).resolve(Node(None, "a.json", ""), "https://x.org/data")


def test_a_file_of_which_an_embedded_part_is_used_stays_a_contract() -> None:
    bundle = {"$schema": DIALECT, "type": "object", "properties": {"i": {"$ref": INNER["$id"]}}, "$defs": {"i": INNER}}
    files = {"a.json": schema("https://x.org/a", allOf=[{"$ref": "https://x.org/inner"}]), "b.json": json.dumps(bundle)}
    found = {contract.path: contract.files for contract in discover(documents(files)).contracts}
    assert found == {"a.json": {"a.json", "b.json"}, "b.json": {"b.json"}}
