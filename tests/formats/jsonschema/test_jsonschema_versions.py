"""The version that a JSON Schema gives itself, and that a new one is no change of payloads."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard import compare_documents
from contractguard.formats.jsonschema.versions import declared_version
from contractguard.model.places import Node

SELF = {"vendor": "v", "name": "n", "format": "jsonschema", "version": "1-0-1"}


@pytest.mark.parametrize(
    ("schema", "version"),
    [
        ({"version": "1.2.0"}, "1.2.0"),
        ({"version": 3}, "3"),
        ({"self": SELF}, "1-0-1"),
        ({"version": "2.0.0", "self": SELF}, "2.0.0"),
        ({"$id": "https://x/order/1-0-2"}, "1-0-2"),
        ({"id": "https://x/1.2.0/order.json#"}, "1.2.0"),
        ({"self": {**SELF, "more": 1}}, None),
        ({"self": {**SELF, "version": ["1-0-0"]}}, None),
        ({"version": True}, None),
        ({"$id": "https://x/order"}, None),
    ],
)
def test_where_the_version_stands(schema: dict[str, Any], version: str | None) -> None:
    found = declared_version(Node(schema, "a.json", ""))
    assert (found.value if found else None) == version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"version": "1.0.0"}, {"version": "1.0.1"}),
        ({"self": SELF}, {"self": {**SELF, "version": "1-0-2"}}),
        ({}, {"version": 1}),
    ],
)
def test_a_new_version_is_no_change_of_payloads(before: dict[str, Any], after: dict[str, Any]) -> None:
    report = compare_documents({"type": "object", **before}, {"type": "object", **after}, kind="jsonschema")
    assert [finding.rule for finding in report.contracts[0].findings] == []


@pytest.mark.parametrize("place", [lambda member: {"properties": {"a": member}}, lambda member: {"version": [member]}])
def test_elsewhere_the_word_is_not_understood(place: Any) -> None:
    report = compare_documents(place({"version": "1.0.0"}), place({"version": "1.0.1"}), kind="jsonschema")
    assert [finding.rule for finding in report.contracts[0].findings] == ["unjudged-change"]
