"""Custom attributes that say what values mean: which changes are told, as what, and which are not."""

from __future__ import annotations

from typing import Any

import pytest
from avro_memory import avro, field, record

from contractguard.diff.avro import compare
from contractguard.diff.avro.attribute_misreads import measure_name
from contractguard.diff.collector import Collector
from contractguard.model.change import Change, Direction
from contractguard.model.payload import Checked
from contractguard.validators.avro import seen

IN, OUT = Direction.INPUT, Direction.OUTPUT
CONNECT = "org.apache.kafka.connect.data."
DEBEZIUM = "io.debezium.time."


class Seeing:
    """A checker that only tells what readers see."""

    def check(self, datum: Any, *, written_with: str, **_where: Any) -> Checked:
        return Checked(None, f"{datum} of {written_with} is not looked at")

    def seen(self, written: Any, read: Any, datum: Any) -> tuple[str, str] | None:
        return seen(written, read, datum)


def changes(base: object, head: object) -> list[Change]:
    collector = Collector()
    compare(avro(base), avro(head), collector, checker=Seeing())
    return collector.changes()


def told(base: object, head: object, direction: Direction = IN) -> list[tuple[object, object, object]]:
    """How, and the two values, of all misreads in a direction."""
    found = [each for each in changes(base, head) if each.kind == "avro.misread" and each.direction is direction]
    return [(each.facts["how"], each.before, each.after) for each in found]


def of_type(kind: str, **attributes: object) -> object:
    return record("R", ("x", {"type": kind, **attributes}))


def of_field(kind: str, **attributes: object) -> object:
    return record("R", field("x", kind, **attributes))


def connect(kind: str, name: str) -> object:
    return record("R", ("x", {"type": kind, "connect.name": name}))


@pytest.mark.parametrize(
    ("attribute", "name"),
    [
        ("unit", "unit"),
        ("Units", "units"),
        ("x-unit", "unit"),
        ("com.acme.time_zone", "timezone"),
        ("qudt:unit-of-measure", "unitofmeasure"),
        ("currencyCode", "currencycode"),
    ],
)
def test_attributes_are_known_however_they_are_spelled(attribute: str, name: str) -> None:
    assert measure_name(attribute) == name
    for of in (of_type, of_field):
        assert told(of("long", **{attribute: "a"}), of("long", **{attribute: "b"})) == [("attribute", "a", "b")]
        assert told(of("long", **{attribute: "a"}), of("long", **{attribute: "b"}), OUT) == [("attribute", "b", "a")]


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (of_type("long", unit="m"), of_type("long", unit="m")),
        (of_type("long"), of_type("long", unit="m")),
        (of_type("long", unit="m"), of_type("long")),
        (of_type("long", unit="m"), of_type("long", unit=None)),
        (of_type("long", owner="a"), of_type("long", owner="b")),
        (of_type("long", unitary="a"), of_type("long", unitary="b")),
        (connect("long", "db.orders.Value"), connect("long", "db.invoices.Value")),
        (of_type("long"), connect("long", "db.orders.Value")),
        (of_type("bytes", **{"connect.parameters": {"scale": 1}}), of_type("bytes", **{"connect.parameters": 7})),
        (
            of_type("bytes", **{"connect.parameters": {"note": 1}}),
            of_type("bytes", **{"connect.parameters": {"note": 2}}),
        ),
    ],
)
def test_what_says_nothing_new_of_values_raises_no_alarm(base: object, head: object) -> None:
    assert told(base, head) == told(base, head, OUT) == []


def test_an_attribute_is_told_in_the_words_of_the_schema() -> None:
    (change,) = [
        each for each in changes(of_type("long", unit="m"), of_type("long", unit="km")) if each.direction is IN
    ]
    assert change.details == {"written": 'unit "m"', "read": 'unit "km"', "readers": "new readers"}
    (change,) = [
        each for each in changes(of_type("int", unit="x"), of_type("int", unit=["y"] * 40)) if each.direction is IN
    ]
    assert len(change.details["read"]) == len("unit ") + 60
    assert change.details["read"].endswith("…")


def test_an_attribute_that_stands_at_the_field_and_at_its_type_is_told_once() -> None:
    base, head = (record("R", field("x", {"type": "long", "unit": unit}, unit=unit)) for unit in ("m", "km"))
    assert told(base, head) == [("attribute", "m", "km")]
    base, head = (
        record("R", field("x", {"type": "long", "unit": unit}, unit=unit.upper()), field("y", "int", unit=unit))
        for unit in ("m", "km")
    )
    assert len(told(base, head)) == 3


def test_an_attribute_that_is_told_is_no_change_of_an_extension_as_well() -> None:
    kinds = [each.kind for each in changes(of_type("long", unit="m"), of_type("long", unit="km"))]
    assert kinds == ["avro.misread", "avro.misread"]
    kinds = [each.kind for each in changes(of_type("long"), of_type("long", unit="km"))]
    assert kinds == ["extension.changed", "extension.changed"]


def test_attributes_count_where_the_type_is_promoted() -> None:
    assert told(of_type("int", unit="s"), of_type("long", unit="ms")) == [("attribute", "s", "ms")]
    unions = (record("R", ("x", ["null", {"type": kind, "unit": kind}])) for kind in ("int", "long"))
    assert told(*unions) == [("attribute", "int", "long")]
    scaled = {"logicalType": "decimal", "precision": 9}
    base = of_type("bytes", **scaled, scale=2)
    assert told(base, of_type("string", **scaled, scale=4))[-1][0] == "meaning-removed"


@pytest.mark.parametrize(
    ("kinds", "names", "expected"),
    [
        (
            ("long", "long"),
            (f"{CONNECT}Timestamp", f"{DEBEZIUM}MicroTimestamp"),
            [("time-unit", "2026-01-01T12:00:00Z", "1970-01-21T10:54:28.800000Z")],
        ),
        (("int", "long"), (f"{DEBEZIUM}Time", f"{DEBEZIUM}MicroTime"), [("time-unit", "12:00:00", "00:00:43.200000")]),
        (
            ("int", "long"),
            (f"{CONNECT}Date", f"{DEBEZIUM}Timestamp"),
            [("quantity", "2026-01-01", "1970-01-01T00:00:20.454000Z")],
        ),
        (
            ("long", "long"),
            (f"{CONNECT}Timestamp", f"{DEBEZIUM}Timestamp"),
            [("connect-type", f"{CONNECT}Timestamp", f"{DEBEZIUM}Timestamp")],
        ),
        (
            ("long", "long"),
            (f"{DEBEZIUM}MicroTime", "mine.Time"),
            [("connect-type", f"{DEBEZIUM}MicroTime", "mine.Time")],
        ),
        (
            ("string", "string"),
            ("io.debezium.data.Json", "io.debezium.data.Xml"),
            [("connect-type", "io.debezium.data.Json", "io.debezium.data.Xml")],
        ),
    ],
)
def test_types_of_kafka_connect_count_as_logical_types_do(
    kinds: tuple[str, str], names: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    base, head = (connect(kind, name) for kind, name in zip(kinds, names, strict=True))
    assert told(base, head) == expected


def test_a_type_of_kafka_connect_comes_or_goes() -> None:
    plain, named = of_type("string"), connect("string", "io.debezium.data.Json")
    assert told(plain, named) == [("connect-type", None, "io.debezium.data.Json")]
    assert told(named, plain) == [("connect-type", "io.debezium.data.Json", None)]
    (change,) = [each for each in changes(plain, named) if each.direction is IN]
    assert change.details["written"] == "no connect.name"


def test_the_parameters_of_kafka_connect() -> None:
    base, head = (
        of_type("bytes", **{"connect.parameters": {"scale": scale, "note": scale, "unit": "m"}}) for scale in ("2", "4")
    )
    assert told(base, head) == [("attribute", "2", "4")]


def test_a_logical_type_where_avro_knows_none() -> None:
    assert told(of_field("long", logicalType="date"), of_field("long", logicalType="time-micros")) == [
        ("attribute", "date", "time-micros")
    ]
    assert told(of_type("string", logicalType="date"), of_type("string", logicalType="time-micros")) == [
        ("attribute", "date", "time-micros")
    ]


@pytest.mark.parametrize("name", ["avro.java.string", "java-class", "java-element-class", "java-key-class"])
def test_classes_of_java(name: str) -> None:
    one, other = of_type("string", **{name: "A"}), of_type("string", **{name: "B"})
    assert told(one, other) == [("java-type", "A", "B")]
    assert told(of_type("string"), other) == [("java-type", None, "B")]
    assert told(one, of_type("string")) == [("java-type", "A", None)]
