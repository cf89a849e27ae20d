"""Avro data between two schemas as they are written, by fastavro."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.sources.memory import MemorySnapshot
from contractguard.validators.avro import AvroExchange, AvroSource, seen


def source(*schemas: Any) -> AvroSource:
    """A side with files `0.avsc`, `1.avsc`, …; the contract is the first."""
    files = {f"{number}.avsc": json.dumps(schema).encode() for number, schema in enumerate(schemas)}
    documents = DocumentSet(MemorySnapshot("side", files))
    return AvroSource(documents, "0.avsc", documents.avro_finder("0.avsc"))


def exchange(base: Any, head: Any) -> AvroExchange:
    sides = (side if isinstance(side, AvroSource) else source(side) for side in (base, head))
    return AvroExchange(*sides)


def record(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": [{"name": key, "type": kind} for key, kind in fields.items()]}


def told(base: Any, head: Any, datum: Any, written_with: str = "base") -> tuple[bool | None, str]:
    checked = exchange(base, head).check(datum, written_with=written_with)
    return checked.valid, checked.reason


def test_a_side_reads_what_the_other_wrote_or_says_why_not() -> None:
    old, new = record("R", a="int"), record("R", a="int", b="int")
    assert told(old, new, {"a": 1}) == (False, "No default value for field b in R")
    assert told(old, new, {"a": 1, "b": 1}, "head") == (True, "")
    assert told("long", "int", 1) == (False, "Schema mismatch: long is not int")


ENUM = {"type": "enum", "name": "E", "symbols": ["A", "B"]}


@pytest.mark.parametrize(
    ("schema", "datum"),
    [
        ("null", None),
        ("boolean", True),
        ("double", "NaN"),
        ("float", 1),
        ("bytes", "\u00ff"),
        (ENUM, "B"),
        ({"type": "fixed", "name": "F", "size": 2}, "\u0000a"),
        (["null", "int"], None),
        (["null", "int", ENUM], {"E": "A"}),
        ({"type": "array", "items": ["null", "int"]}, [None, {"int": 1}]),
        ({"type": "map", "values": "string"}, {"k": "v"}),
        (record("n.R", x=["null", "n.R"]), {"x": {"n.R": {"x": None}}}),
        ({"type": "string", "logicalType": "uuid"}, "no uuid"),
        ({"type": "error", "name": "E", "fields": []}, {}),
    ],
)
def test_every_kind_of_datum_is_written_and_read(schema: Any, datum: Any) -> None:
    assert told(schema, schema, datum) == (True, "")


@pytest.mark.parametrize(
    ("schema", "datum"),
    [
        ("int", 1 << 31),
        ("int", True),
        ("long", 1.0),
        ("double", "much"),
        ("bytes", "\u0100"),
        ("string", 1),
        ("null", 0),
        (ENUM, "C"),
        ({"type": "fixed", "name": "F", "size": 2}, "a"),
        (["null", "int"], 1),
        (["null", "int"], {"long": 1}),
        (["int"], None),
        (record("R", a="int"), {}),
        (record("R", a="int"), {"a": 1, "b": 1}),
        (record("R", a="int"), []),
        ({"type": "array", "items": "int"}, {}),
        ({"type": "map", "values": "int"}, [1]),
    ],
)
def test_what_is_no_datum_is_not_judged(schema: Any, datum: Any) -> None:
    valid, reason = told(schema, schema, datum)
    assert valid is None
    assert reason


def test_types_lie_in_any_files_and_in_any_order() -> None:
    inner = record("n.In", again=["null", "n.Out"], e="E")
    outer = {**record("Out", first="In", e={**ENUM, "namespace": ""}), "namespace": "n"}
    base, head = source(outer, inner), source({**outer, "fields": outer["fields"][::-1]}, inner)
    datum = {"first": {"again": None, "e": "A"}, "e": "B"}
    assert told(base, head, datum) == (True, "")


def test_names_in_unions_are_no_obstacle() -> None:
    old = record("R", a={**record("P", x="int")}, b=["null", "P"])
    new = record("R", b=["null", record("P", x="string")])
    assert told(old, new, {"a": {"x": 1}, "b": {"P": {"x": 1}}}) == (False, "Schema mismatch: int is not string")


def test_types_are_shown_by_their_names() -> None:
    assert told(["null", record("n.A")], ["null", record("n.B")], {"n.A": {}}) == (
        False,
        "schema mismatch: ['null', record n.A] not found in ['null', record n.B]",
    )


def test_schemas_that_cannot_be_put_together_are_told() -> None:
    assert told(record("R", a="Missing"), "int", {})[1] == "no type is named 'Missing'"
    assert told({"type": 7}, "int", 1)[0] is None
    assert told({"type": "enum", "symbols": []}, "int", "A")[0] is None
    assert told(AvroSource(source("int").documents, "gone.avsc", lambda _: None), "int", 1)[0] is None
    assert told(["int"], [], {"int": 1})[0] is None


def test_marks_in_a_file_do_not_count() -> None:
    forged = {**record("R", a="int"), "__fastavro_parsed": True, "__named_schemas": {"R": {"type": "string"}}}
    assert told(forged, record("R", a="string"), {"a": 1}) == (False, "Schema mismatch: int is not string")


def test_deep_data_and_deep_types_end() -> None:
    node = record("N", next=["null", "N"])
    datum: Any = {"next": None}
    for _ in range(5000):
        datum = {"next": {"N": datum}}
    assert told(node, node, datum)[0] is None
    chain = [record(f"R{index}", a=f"R{index + 1}", b=f"R{index + 1}") for index in range(2000)]
    last = [*chain, record("R2000", x="int")]
    assert told(last, [*chain, record("R2000", x="string")], {"R2000": {"x": 1}})[0] is False


def test_where_fastavro_fails_there_is_no_answer() -> None:
    folded = {**record("R", b="int")}
    folded["fields"][0]["aliases"] = ["a"]
    valid, reason = told(record("R", b="int", a="int"), folded, {"a": 1, "b": 2})
    assert valid is None
    assert "KeyError" in reason


def test_values_as_readers_see_them() -> None:
    millis, micros = ({"type": "long", "logicalType": f"timestamp-{unit}"} for unit in ("millis", "micros"))
    assert seen(millis, micros, 0) == ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z")
    assert seen(millis, "long", 1500) == ("1970-01-01T00:00:01.500000Z", "1500")
    assert seen("int", "float", 16_777_217) == ("16777217", "16777216.0")
    assert seen("string", "string", "x" * 100) == ("x" * 59 + "…", "x" * 59 + "…")
    assert seen("int", "string", 1) is None
    assert seen("int", "long", "1") is None
    assert seen({"type": "enum"}, "long", "1") is None
    nanos = {"type": "long", "logicalType": "local-timestamp-nanos"}
    assert seen(nanos, {"type": "long", "logicalType": "ticks"}, 1_000) == ("1970-01-01T00:00:00.000001", "1000")


@pytest.mark.parametrize(
    ("written", "read", "datum", "after"),
    [
        ("timestamp-micros", "timestamp-millis", 1_767_268_800_000_000, "a time in the year 57972, or an error"),
        ("timestamp-nanos", "local-timestamp-micros", 1_767_268_800 * 10**9, "a time in the year 57972, or an error"),
        ("timestamp-millis", "timestamp-micros", -62_200_000_000_000, "1968-01-12T02:13:20Z"),
        ("timestamp-micros", "timestamp-millis", -(10**14), "a time in the year -1199, or an error"),
        ("timestamp-millis", "time-micros", 1_767_268_800_000, "an error, as it is no time of day"),
    ],
)
def test_times_that_are_out_of_reach(written: str, read: str, datum: int, after: str) -> None:
    shown = seen(*({"type": "long", "logicalType": name} for name in (written, read)), datum)
    assert shown is not None
    assert shown[1] == after


def test_days_that_are_out_of_reach() -> None:
    day = {"type": "int", "logicalType": "date"}
    assert seen("int", day, 10_000_000) == ("10000000", "a time in the year 29349, or an error")


def test_a_text_that_is_no_uuid_is_an_error_to_some() -> None:
    identifier = {"type": "string", "logicalType": "uuid"}
    assert seen("string", identifier, "order-7") == ("order-7", "an error, or the text as it is")
    text = "123e4567-e89b-12d3-a456-426614174000"
    assert seen("string", identifier, text) == (text, f"UUID {text}")


@pytest.mark.parametrize(
    ("datum", "shown"),
    [
        ("\x04\x04\u00e2\x04", "12.50"),
        ("\x02\u00ff\x00", "-1"),
        ("\x04\x04\u00e2", "an error, as the bytes hold no scale"),
        ("", "an error, as the bytes hold no scale"),
        ("\x02\x07\x01", "an error, as the bytes hold no scale"),
        ("\x02\x07\u00fe\u00ff\x7f", "an error, as the bytes hold no scale"),
    ],
)
def test_a_decimal_that_holds_its_own_scale(datum: str, shown: str) -> None:
    own = {"type": "bytes", "logicalType": "big-decimal"}
    told_of = seen(own, own, datum)
    assert told_of == (shown, shown)
