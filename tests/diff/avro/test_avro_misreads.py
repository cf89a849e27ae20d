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
            [("decimal-precision", "999.99", "an error to readers that check the precision")],
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
            [("time-unit", NOON, "a time in the year 57972, or an error")],
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
            [("uuid", "order-7", "an error, or the text as it is")],
            [("uuid", "UUID 123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")],
        ),
        (
            fixed(16),
            fixed(16, logicalType="uuid"),
            [("uuid", f"bytes {'00 ' * 14}04 e2", "UUID 00000000-0000-0000-0000-0000000004e2")],
            None,
        ),
        (
            fixed(12, logicalType="duration"),
            fixed(12),
            [("meaning-removed", "2 months, 15 days, 900000 ms", "bytes 02 00 00 00 0f 00 00 00 a0 bb 0d 00")],
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
        (
            ["null", "string"],
            ["bytes", "string", "null"],
            [("union-branch", "é", "bytes c3 a9")],
            [("bytes-as-text", "bytes ff", "an error, or other letters: these bytes are no text")],
        ),
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
        {"written": "v1", "read": "v2", "readers": "new readers"},
        {"written": "v2", "read": "v1", "readers": "old readers"},
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
    # Apache Avro for Java looks for the full name first, and fails at the size.
    assert told([fixed(4, namespace="a")], sizes[::-1]) == [("union-branch", "a.F", "b.F")]
    # One of another size does not even match, and Java looks for the full name: all readers take the second.
    assert told([fixed(4, namespace="b")], sizes) == []


def test_a_record_that_matches_first_and_does_not_resolve() -> None:
    base = [record("a.P", ("x", "int"))]
    head = [record("b.P", ("y", "int")), record("a.P", ("x", "int"))]
    assert told(base, head) == [("union-branch", "a.P", "b.P")]


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
    assert change.details == {"written": "S0, S1, S2, S3, S4, and 4 more", "read": "X", "readers": "new readers"}


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


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        (["int", "float"], "float", [("number-rounded", "16777217", "16777216.0")]),
        (["int", "long"], "double", [("number-rounded", "9007199254740993", "9007199254740992.0")]),
        (
            ["null", "long", "double"],
            ["null", "double"],
            [("number-rounded", "9007199254740993", "9007199254740992.0")],
        ),
        (["null", "long"], ["null", "int", "double"], [("number-rounded", "9007199254740993", "9007199254740992.0")]),
        ([DAY, MILLIS], MILLIS, [("quantity", "2026-01-01", "1970-01-01T00:00:20.454000Z")]),
        (["int", "long"], "long", []),
        (["float", "double"], ["double"], []),
        (["int", "boolean"], ["boolean", "string"], []),
    ],
)
def test_branches_that_another_branch_reads(base: object, head: object, expected: list[Told]) -> None:
    assert told(holding(base), holding(head)) == expected


def test_branches_that_another_branch_reads_are_told_for_old_readers_too() -> None:
    assert told(holding("double"), holding(["int", "long"]), OUT) == [
        ("number-rounded", "9007199254740993", "9007199254740992.0")
    ]
    assert told(holding("double"), holding(["int", "long"])) == []


def test_a_record_of_a_union_that_another_record_reads() -> None:
    a, b = record("a.P", ("at", MILLIS)), record("b.P", ("at", MICROS))
    found = told(["null", a, b], ["null", b])
    assert found == [("namespace", "a.P", "b.P"), ("time-unit", NOON, "1970-01-21T10:54:28.800000Z")]
    # Old readers have the record itself, behind another one of that name.
    assert told(["null", a, b], ["null", b], OUT) == [("union-branch", "b.P", "a.P")]
    assert told(["null", b], ["null", b, a], OUT) == [
        ("namespace", "a.P", "b.P"),
        ("time-unit", NOON, "1970-01-21T10:54:28.800000Z"),
    ]


def test_two_records_of_which_one_reads_the_other_are_not_compared_for_changes() -> None:
    a = record("a.P", field("n", "long", default=1), ("gone", "int"), doc="a")
    b = record("b.P", field("n", "double", default=2), doc="b", deprecated=True)
    collector = Collector()
    compare(avro(["null", a, b]), avro(["null", b]), collector, checker=Seeing())
    kinds = {(each.kind, each.facts.get("how")) for each in collector.changes() if each.direction is IN}
    assert kinds == {
        ("avro.misread", "namespace"),
        ("avro.misread", "number-rounded"),
        ("avro.union-branch-removed", None),
    }


def test_where_a_branch_stands_in_the_places_below_are_told() -> None:
    base = [record("a.P", ("x", "int"), ("n", "long"))]
    head = [record("a.P", ("y", "int")), record("b.P", ("x", "int"), ("n", "double"))]
    assert told(base, head) == [
        ("union-branch", "a.P", "b.P"),
        ("number-rounded", "9007199254740993", "9007199254740992.0"),
    ]


def test_what_an_alias_takes_from_another_field_is_shown() -> None:
    base = record("R", ("a", "string"))
    head = record("R", ("a", "string"), field("b", "string", default="", aliases=["a"]))
    assert told(base, head) == [("crossed-alias", {"a": "a"}, {"b": "a"})]


def test_a_text_that_is_a_uuid_is_shown_as_one() -> None:
    as_bytes = "bytes 31 32 33 65 34 35 36 37 2d 65 38 39 62 2d 31 32 64 33…"
    assert told(holding(logical("string", "uuid")), holding("bytes")) == [
        ("bytes-as-text", "UUID 123e4567-e89b-12d3-a456-426614174000", as_bytes),
        ("uuid", "UUID 123e4567-e89b-12d3-a456-426614174000", as_bytes),
    ]


def test_a_decimal_with_its_own_scale() -> None:
    own = logical("bytes", "big-decimal")
    assert told(holding(own), holding(decimal(9, 2))) == [("quantity", "12.50", "674288.68")]
    assert told(holding(decimal(9, 2)), holding(own)) == [("quantity", "12.50", "an error, as the bytes hold no scale")]


@pytest.mark.parametrize(
    ("old", "new", "default"),
    [
        ("double", "int", 0),
        ("long", "int", 0),
        (decimal(9, 2), fixed(8, logicalType="decimal", precision=9, scale=2), "\0" * 8),
        (
            {"type": "array", "items": record("L", ("a", "int"))},
            {"type": "array", "items": record("I", ("b", "int"))},
            [],
        ),
        ({"type": "map", "values": ["null", "double"]}, {"type": "map", "values": "int"}, {}),
        (["null", {"type": "array", "items": "int"}], {"type": "array", "items": ["null", "long"]}, []),
    ],
)
def test_renamings_of_types_that_are_alike(old: object, new: object, default: object) -> None:
    base, head = record("R", ("one", old)), record("R", field("two", new, default=default))
    assert [how for how, *_ in told(base, head)] == ["rename"]


@pytest.mark.parametrize(
    ("old", "new", "default"),
    [
        ("int", "string", ""),
        ("boolean", "int", 0),
        ("string", enum("A"), "A"),
        (decimal(9, 2), fixed(8), "\0" * 8),
        (logical("string", "uuid"), fixed(12, logicalType="duration"), "\0" * 12),
        ({"type": "array", "items": "int"}, {"type": "map", "values": "int"}, {}),
        ({"type": "array", "items": "int"}, {"type": "array", "items": "string"}, []),
        (["null", {"type": "array", "items": "int"}, "int"], {"type": "array", "items": "int"}, []),
        ({"type": "array", "items": "int"}, "int", 0),
    ],
)
def test_types_that_are_not_alike_are_no_renaming(old: object, new: object, default: object) -> None:
    assert told(record("R", ("one", old)), record("R", field("two", new, default=default))) == []


def test_what_stands_beside_the_name_of_a_type_where_it_is_used() -> None:
    def schema(unit: str) -> object:
        return record("R", ("a", fixed(8)), ("b", {"type": "F", "unit": unit}))

    assert told(schema("m"), schema("km")) == [("attribute", "m", "km")]


def test_values_of_logical_types_that_another_branch_takes() -> None:
    assert told(holding(DAY), holding([NANOS, DAY])) == [("union-branch", "2026-01-01", "1970-01-01T00:00:00.000020Z")]


def test_wide_unions_are_looked_at_in_good_time() -> None:
    base = [record(f"a.P{index}", ("n", "long")) for index in range(600)]
    head = [record(f"b.P{index}", ("n", "double")) for index in range(600)]
    assert len(told(base, head)) == 1 + 600


@pytest.mark.parametrize(
    ("base", "head", "places"),
    [
        (decimal(9, 2), decimal(9, 4), {"/fields/0/type/scale"}),
        (decimal(9, 2), decimal(7, 2), {"/fields/0/type/precision"}),
        (MILLIS, MICROS, {"/fields/0/type/logicalType"}),
        ("long", MILLIS, {"/fields/0/type", "/fields/0/type/logicalType"}),
        ({"type": "long"}, {"type": "double"}, {"/fields/0/type/type"}),
        ("string", {"type": "bytes"}, {"/fields/0/type", "/fields/0/type/type"}),
        (enum("A", "B"), enum("B", "A"), {"/fields/0/type/symbols"}),
        (enum("A", default="A"), enum("A", "B", default="B"), {"/fields/0/type/default", "/fields/0/type/symbols"}),
    ],
)
def test_a_misread_points_at_what_says_otherwise(base: object, head: object, places: set[str]) -> None:
    found_at = {
        node.pointer
        for each in found(holding(base), holding(head))
        for node in (each.base, each.head)
        if node is not None
    }
    assert found_at == places


def test_a_branch_that_another_one_reads_is_named_where_there_are_several() -> None:
    (change,) = [each for each in found(holding(["int", "float"]), holding("float")) if each.direction is IN]
    assert (change.element, change.subject) == ("R > x > union[int]", "branch 'int' of field 'x'")
    (change,) = [each for each in found(holding("float"), holding(["int", "float"])) if each.direction is OUT]
    assert (change.element, change.subject) == ("R > x", "field 'x'")


def test_names_that_say_something_have_three_letters() -> None:
    rest = [(name, "int") for name in ("aa", "bb", "cc", "dd")]
    for old, new, count in (("uid", "uidNumber", 1), ("id", "idNumber", 0)):
        base = record("R", (old, "int"), *rest)
        head = record("R", *(field(name, "int", default=0) for name in ("ww", "xx", "yy", "zz", new)))
        assert len(told(base, head)) == count
