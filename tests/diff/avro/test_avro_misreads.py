"""Reads that succeed and are wrong: what is told of them, and of what nothing is told."""

from __future__ import annotations

from typing import Any

import pytest
from avro_memory import avro, field, record

from contractguard.diff.avro import compare
from contractguard.diff.collector import Collector
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.payload import Checked
from contractguard.validators.avro import seen

IN, OUT = Direction.INPUT, Direction.OUTPUT
Told = tuple[str, object, object]


class Seeing:
    """A checker that only tells what readers see."""

    def check(self, datum: Any, *, written_with: str, **_where: Any) -> Checked:
        return Checked(None, f"{datum} of {written_with} is not looked at")

    def seen(self, written: Any, read: Any, datum: Any) -> tuple[str, str] | None:
        return seen(written, read, datum)


def found(base: object, head: object) -> list[Change]:
    collector = Collector()
    compare(avro(base), avro(head), collector, checker=Seeing())
    changes = [change for change in collector.changes() if change.kind == "avro.misread"]
    assert {change.effect for change in changes} <= {Effect.NONE}
    return changes


def told(base: object, head: object, direction: Direction = IN) -> list[Told]:
    return [
        (str(each.facts["how"]), each.before, each.after) for each in found(base, head) if each.direction is direction
    ]


def holding(kind: object) -> object:
    return record("R", ("x", kind))


def logical(kind: str, name: str, **more: object) -> dict[str, object]:
    return {"type": kind, "logicalType": name, **more}


def decimal(precision: int, scale: int, **more: object) -> dict[str, object]:
    return {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale, **more}


def fixed(size: int, **more: object) -> dict[str, object]:
    return {"type": "fixed", "name": "F", "size": size, **more}


def enum(*symbols: str, **more: object) -> dict[str, object]:
    return {"type": "enum", "name": "E", "symbols": list(symbols), **more}


MILLIS, MICROS, NANOS = (logical("long", f"timestamp-{unit}") for unit in ("millis", "micros", "nanos"))
LOCAL = logical("long", "local-timestamp-millis")
DAY = logical("int", "date")
NOON = "2026-01-01T12:00:00Z"


@pytest.mark.parametrize(
    ("base", "head", "inward", "outward"),
    [
        (decimal(9, 2), decimal(9, 4), [("decimal-scale", "12.50", "0.1250")], [("decimal-scale", "0.1250", "12.50")]),
        (
            decimal(7, 2),
            decimal(5, 2),
            [("decimal-precision", "99999.99", "100000")],
            [("decimal-precision", "999.99", "999.99")],
        ),
        (
            fixed(4, logicalType="decimal", precision=4, scale=2),
            fixed(4, logicalType="decimal", precision=4),
            [("decimal-scale", "12.50", "1250")],
            [("decimal-scale", "1250", "12.50")],
        ),
        (
            MILLIS,
            MICROS,
            [("time-unit", NOON, "1970-01-21T10:54:28.800000Z")],
            [("time-unit", NOON, "an error: date value out of range")],
        ),
        (MICROS, NANOS, [("time-unit", NOON, "1970-01-21T10:54:28.800000Z")], None),
        (
            logical("int", "time-millis"),
            logical("long", "time-micros"),
            [("time-unit", "12:00:00", "00:00:43.200000")],
            [],
        ),
        (MILLIS, LOCAL, [("time-zone", NOON, "2026-01-01T12:00:00")], [("time-zone", "2026-01-01T12:00:00", NOON)]),
        (DAY, MILLIS, [("quantity", "2026-01-01", "1970-01-01T00:00:20.454000Z")], []),
        (DAY, logical("int", "time-millis"), [("quantity", "2026-01-01", "00:00:20.454000")], None),
        ("long", MILLIS, [("meaning-added", "1767225600000", "2026-01-01T00:00:00Z")], None),
        (MILLIS, "long", [("meaning-removed", NOON, "1767268800000")], None),
        (DAY, "long", [("meaning-removed", "2026-01-01", "20454")], []),
        (
            "string",
            logical("string", "uuid"),
            [("uuid", "order-7", "an error: badly formed hexadecimal UUID string")],
            [("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")],
        ),
        (
            fixed(16),
            fixed(16, logicalType="uuid"),
            [("uuid", f"bytes {'00 ' * 14}04 e2", "00000000-0000-0000-0000-0000000004e2")],
            None,
        ),
        (
            fixed(12, logicalType="duration"),
            fixed(12),
            [("meaning-removed", "0 months, 0 days, 3791912960 ms", f"bytes {'00 ' * 10}04 e2")],
            None,
        ),
        ("long", "double", [("number-rounded", "9007199254740993", "9007199254740992.0")], []),
        ("long", "float", [("number-rounded", "16777217", "16777216.0")], []),
        ("int", "float", [("number-rounded", "16777217", "16777216.0")], []),
        (
            "bytes",
            "string",
            [("bytes-as-text", "bytes ff", "an error, or other letters: these bytes are no text")],
            [("bytes-as-text", "é", "bytes c3 a9")],
        ),
        (
            enum("A", "B", "C", default="A"),
            enum("A", "B", default="A"),
            [("unknown-symbol", "C", "A")],
            [],
        ),
        (enum("A", "B"), enum("A", "B", "C"), [], []),
        (enum("A", "B"), enum("B", "A"), [("symbol-order", "A", "B")], [("symbol-order", "B", "A")]),
        (enum("A", "B", default="A"), enum("A", "B", default="B"), [("default", "A", "B")], [("default", "A", "B")]),
        ("int", ["double", "int"], [("union-branch", "1", "1.0")], []),
        (
            "int",
            ["float", "long"],
            [("number-rounded", "16777217", "16777216.0"), ("union-branch", "16777217", "16777216.0")],
            [],
        ),
        ("int", ["double", "long"], [("union-branch", "1", "1.0")], []),
        (["null", "string"], ["bytes", "string", "null"], [("union-branch", "é", "bytes c3 a9")], []),
        (["null", "long"], ["null", "double"], [("number-rounded", "9007199254740993", "9007199254740992.0")], []),
    ],
)
def test_values_as_they_are_written_and_as_they_are_read(
    base: object, head: object, inward: list[Told], outward: list[Told] | None
) -> None:
    assert told(holding(base), holding(head)) == inward
    if outward is not None:
        assert told(holding(base), holding(head), OUT) == outward


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ("int", "long"),
        ("int", "double"),
        ("float", "double"),
        ("string", ["null", "string"]),
        (["null", "string"], ["string", "null"]),
        (decimal(9, 2), decimal(9, 2, doc="an amount")),
        (decimal(9, 0), {"type": "bytes", "logicalType": "decimal", "precision": 9}),
        (enum("A"), enum("A", default="A")),
        (enum("A", "C"), enum("A", "B", "C")),
        (["double", "int"], ["double", "int", "null"]),
        (["int", "double"], ["int", "double", "string"]),
        ("int", ["long", "double"]),
        ("string", ["null", "string", "bytes"]),
        (fixed(4), fixed(4, doc="four")),
        (logical("long", "ticks"), logical("long", "frames")),
        ("int", "string"),
        (fixed(4), fixed(8)),
    ],
)
def test_no_alarm(base: object, head: object) -> None:
    assert found(holding(base), holding(head)) == []


@pytest.mark.parametrize(
    "nest",
    [
        lambda kind: {"type": "array", "items": kind},
        lambda kind: {"type": "map", "values": kind},
        lambda kind: ["null", kind],
        lambda kind: record("Inner", ("y", kind)),
        lambda kind: record("Tree", ("y", kind), ("next", ["null", "Tree"])),
    ],
)
def test_nested_types_are_looked_at(nest: Any) -> None:
    assert told(holding(nest(MILLIS)), holding(nest(MICROS))) == [("time-unit", NOON, "1970-01-21T10:54:28.800000Z")]
    assert [each[0] for each in told(nest(MILLIS), nest(MICROS))] == ["time-unit"]


def test_a_renaming_that_a_default_hides() -> None:
    base = record("R", ("mail", "string"), ("n", "int"))
    assert told(base, record("R", field("email", "string", default="?"), ("n", "int"))) == [("rename", "a", "?")]
    assert told(base, record("R", field("email", ["null", "string"], default=None), ("n", "int"))) == [
        ("rename", "a", None)
    ]
    assert told(base, record("R", field("email", "string", default="?", aliases=["mail"]), ("n", "int"))) == []
    assert told(base, record("R", ("mail", "string"), ("n", "int"), field("more", "string", default=""))) == []
    assert told(base, record("R", field("count", "int", default=0), ("n", "int"))) == []
    assert told(base, record("R", ("n", "int"))) == []


def test_a_hidden_renaming_for_old_readers() -> None:
    base, head = record("R", field("a", "int", default=5)), record("R", field("b", "int", default=6))
    assert told(base, head) == [("rename", 7, 6)]
    assert told(base, head, OUT) == [("rename", 7, 5)]


def test_each_lost_field_has_one_stand_in() -> None:
    base = record("R", ("a", "int"), ("b", "int"))
    head = record("R", field("c", "int", default=1), field("d", "long", default=2))
    assert [(each.details["written"], each.details["read"]) for each in found(base, head) if each.direction is IN] == [
        ("a", "c"),
        ("b", "d"),
    ]


def test_another_default_of_a_field() -> None:
    base, head = record("R", field("n", "int", default=0)), record("R", field("n", "int", default=1))
    assert told(base, head) == told(base, head, OUT) == [("default", 0, 1)]
    kinds = ["null", "string"], ["string", "null"]
    base, head = (record("R", field("s", kind, default=value)) for kind, value in zip(kinds, (None, ""), strict=True))
    assert told(base, head) == [("default", None, "")]


def test_types_that_move_to_another_namespace_are_told_once() -> None:
    def schema(namespace: str, **more: object) -> object:
        inner = {"type": "enum", "name": "E", "symbols": ["A"]}
        return record("R", ("e", inner), ("f", fixed(1)), namespace=namespace, **more)

    assert told(schema("v1"), schema("v2")) == [("namespace", "v1.R", "v2.R")]
    (inward, outward) = found(schema("v1"), schema("v2"))
    assert (inward.details, outward.details) == (
        {"written": "v1", "read": "v2"},
        {"written": "v2", "read": "v1"},
    )
    assert told(record("R", namespace="v1"), record("R", namespace="v2", aliases=["v1.R"])) == []
    assert told(record("v1.R"), record("v1.S", aliases=["v1.R"])) == []


def test_a_record_of_another_namespace_that_comes_first() -> None:
    base = ["null", record("n1.P", ("x", "int"))]
    head = ["null", record("n2.P", ("x", "int")), record("n1.P", ("x", "int"))]
    assert ("union-branch", "n1.P", "n2.P") in told(base, head)
    assert told(base, [*base, record("n2.P", ("x", "int"))]) == []


def test_a_branch_that_stands_in_for_one_that_matches_and_does_not_resolve() -> None:
    base = [record("n1.P", ("x", "int"))]
    head = [record("n1.P", ("y", "int")), record("n2.P", ("x", "int"))]
    assert told(base, head) == [("union-branch", "n1.P", "n2.P")]
    sizes = [fixed(2, namespace="a"), fixed(4, namespace="b")]
    assert told([fixed(4, namespace="a")], sizes) == [("union-branch", "a.F", "b.F")]


def test_a_field_that_is_renamed_together_with_its_type() -> None:
    base = record("R", ("md5", {"type": "fixed", "name": "Md5", "size": 16}))
    head = record("R", field("sha", {"type": "fixed", "name": "Sha", "size": 2}, default="??"))
    assert told(base, head) == [("rename", "fixed", "??")]
    assert told(base, record("R", field("e", enum("A"), default="A"))) == []


def test_crossed_aliases() -> None:
    plain = record("R", ("a", "int"), ("b", "int"))
    crossed = record("R", field("a", "int", aliases=["b"]), field("b", "int", aliases=["a"]))
    assert [how for how, *_ in told(plain, crossed)] == ["crossed-alias", "crossed-alias"]
    assert told(crossed, crossed) == []
    assert told(plain, crossed, OUT) == []
    assert [how for how, *_ in told(record("R", ("a", "int")), crossed)] == ["crossed-alias"]


def test_what_only_one_side_reads_is_told_in_that_direction_alone() -> None:
    """Only base knows of the renaming: head never reads what base writes under the old name."""
    base = record("R", field("old", MILLIS, default=0, aliases=["new"]))
    head = record("R", field("new", MICROS, default=0))
    assert "time-unit" not in [how for how, *_ in told(base, head)]
    assert "time-unit" in [how for how, *_ in told(base, head, OUT)]


def test_documentation_and_positions_of_fields_raise_no_alarm() -> None:
    base = record("R", ("a", "int"), ("b", MILLIS), doc="one")
    assert found(base, record("R", field("b", MILLIS, doc="x"), ("a", "int"), doc="two")) == []


def test_long_lists_of_symbols_are_cut() -> None:
    base, head = enum("X", *(f"S{index}" for index in range(9)), default="X"), enum("X", default="X")
    (change,) = [each for each in found(base, head) if each.direction is IN]
    assert change.details == {"written": "S0, S1, S2, S3, S4, and 4 more", "read": "X"}


def test_where_many_fields_go_and_come_names_must_be_alike() -> None:
    base = record("R", *((name, "int") for name in ("is_negative", "aa", "bb", "cc", "dd")))
    head = record(
        "R", *(field(name, "int", default=0) for name in ("xx", "yy", "zz", "isNegative", "ww", "aab", "bbb"))
    )
    told_of = [(each.details["written"], each.details["read"]) for each in found(base, head) if each.direction is IN]
    assert told_of == [("is_negative", "isNegative")]


def test_wide_records_are_looked_at_in_good_time() -> None:
    base = record("R", *((f"old{index}x", "int") for index in range(1500)))
    head = record("R", *(field(f"new{index}y", "int", default=0) for index in range(1500)))
    assert found(base, head) == []
