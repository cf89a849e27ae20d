from __future__ import annotations

import json

from document_makers import documents

from contractguard.documents.avro_names import avro_names


def names(schema: object) -> tuple[list[str], list[str]]:
    found = avro_names(schema)  # type: ignore[arg-type]
    return list(found.defined), list(found.used)


def test_namespaces_are_inherited_and_overridden() -> None:
    schema = {
        "type": "record",
        "name": "Order",
        "namespace": "org.x",
        "fields": [
            {"name": "a", "type": "Money"},
            {"name": "b", "type": ["null", {"type": "array", "items": "other.Item"}]},
            {"name": "c", "type": {"type": "enum", "name": "Kind", "symbols": ["A"], "namespace": "y"}},
            {"name": "d", "type": {"type": "record", "name": "z.Inner", "fields": [{"name": "k", "type": "Near"}]}},
            {"name": "e", "type": {"type": "map", "values": {"type": "Boxed"}}},
            {"name": "f", "type": "Order"},
            {"name": "g", "type": {"type": "fixed", "name": "Hash", "size": 16}},
            {
                "name": "h",
                "type": {"type": "record", "name": "Top", "namespace": "", "fields": [{"name": "k", "type": "Root"}]},
            },
            {"name": "i", "type": {"type": "int", "logicalType": "date"}},
        ],
    }
    assert names(schema) == (
        ["org.x.Order", "y.Kind", "z.Inner", "org.x.Hash", "Top"],
        ["org.x.Money", "other.Item", "z.Near", "org.x.Boxed", "Root"],
    )


def test_shapes_that_are_no_schema_do_no_harm() -> None:
    assert names(None) == ([], [])
    assert names({"type": "record", "name": 3, "fields": "x"}) == ([], [])
    assert names({"type": {"type": {"type": "A"}}}) == ([], ["A"])
    assert names([["int", "B"], 3, True]) == ([], ["B"])


def _record(name: str, *fields: str) -> str:
    return json.dumps(
        {"type": "record", "name": name, "fields": [{"name": f"f{n}", "type": kind} for n, kind in enumerate(fields)]}
    )


def test_the_nearest_definition_wins() -> None:
    found = documents(
        {
            "1/item.avsc": _record("x.Item"),
            "2/item.avsc": _record("x.Item"),
            "2/deep/order.avsc": _record("x.Order", "x.Item"),
            "order.avsc": _record("x.Order"),
            "broken.avsc": "{",
            "no-avro.json": _record("x.Hidden"),
        }
    )
    assert found.avro_index() == {"x.Item": "1/item.avsc", "x.Order": "2/deep/order.avsc"}
    assert found.avro_finder("2/deep/order.avsc")("x.Item") == "2/item.avsc"
    assert found.avro_finder("1/a.avsc")("x.Item") == "1/item.avsc"
    assert found.avro_finder("3/a.avsc")("x.Item") == "1/item.avsc"
    assert found.avro_finder("1/a.avsc")("x.Order") == "order.avsc"
    assert found.avro_finder("1/a.avsc")("x.None") is None
    found.avro_types(also=["no-avro.json"])
    assert found.avro_index()["x.Hidden"] == "no-avro.json"
