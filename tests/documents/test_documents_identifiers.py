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
