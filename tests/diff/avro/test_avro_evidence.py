"""The data shown as evidence: small, built toward the place, confirmed by fastavro."""

from __future__ import annotations

from typing import Any

import pytest
from avro_memory import MemoryDocuments, avro, field, record

from contractguard.diff.avro import compare
from contractguard.diff.collector import Collector
from contractguard.model.change import Change, Direction, Effect, Evidence, EvidenceKind
from contractguard.model.values import UNSET
from contractguard.validators.avro import AvroExchange, AvroSource

IN, OUT = Direction.INPUT, Direction.OUTPUT


def changes(base: object, head: object, **more: Any) -> list[Change]:
    files = [MemoryDocuments({"s": schema}) for schema in (base, head)]
    sides = [AvroSource(documents, "s", lambda _name: None) for documents in files]
    collector = Collector()
    compare(avro(base), avro(head), collector, checker=AvroExchange(*sides), **more)
    return collector.changes()


def breaks(base: object, head: object, direction: Direction = IN) -> list[Evidence]:
    """The evidence of the changes because of which the side that reads in a direction cannot."""
    breaking = {Effect.INCOMPARABLE, Effect.NARROWED if direction is IN else Effect.WIDENED}
    found = [change for change in changes(base, head) if change.direction is direction]
    return [change.evidence for change in found if change.effect in breaking]


def enum(*symbols: str) -> dict[str, object]:
    return {"type": "enum", "name": "E", "symbols": list(symbols)}


@pytest.mark.parametrize(
    ("base", "head", "payload", "because"),
    [
        ("long", "int", 1, "Schema mismatch: long is not int"),
        (record("R", ("x", "string")), record("R", ("x", "int")), {"x": "a"}, "Schema mismatch: string is not int"),
        (
            record("R", ("x", enum("A", "B", "C"))),
            record("R", ("x", enum("A", "C"))),
            {"x": "B"},
            "B not found in reader symbol list E, known symbols: ['A', 'C']",
        ),
        (
            record("R", ("x", ["null", "string", "int"])),
            record("R", ("x", ["null", "int"])),
            {"x": {"string": "a"}},
            "schema mismatch: ['null', 'string', 'int'] not found in ['null', 'int']",
        ),
        (["null", "int"], "int", None, "schema mismatch: ['null', 'int'] not found in int"),
        (
            {"type": "array", "items": {"type": "map", "values": record("R", ("x", "long"))}},
            {"type": "array", "items": {"type": "map", "values": record("R", ("x", "int"))}},
            [{"key": {"x": 1}}],
            "Schema mismatch: long is not int",
        ),
        (
            record("n.R", ("me", ["null", "n.R"]), ("tail", ["null", record("n.T", ("x", "long"))])),
            record("n.R", ("me", ["null", "n.R"]), ("tail", ["null", record("n.T", ("x", "int"))])),
            {"me": None, "tail": {"n.T": {"x": 1}}},
            "Schema mismatch: long is not int",
        ),
        (
            record("R", ("h", {"type": "fixed", "name": "H", "size": 2})),
            record("R", ("h", {"type": "fixed", "name": "H", "size": 3})),
            {"h": "aa"},
            "Schema mismatch: fixed H size is different than fixed H size",
        ),
        (record("A"), record("B"), {}, "Schema mismatch: record A is not record B"),
        (record("R"), record("R", ("x", "int")), {}, "No default value for field x in R"),
    ],
)
def test_a_datum_leads_to_the_place(base: object, head: object, payload: object, because: str) -> None:
    (evidence,) = breaks(base, head)
    assert evidence.kind is EvidenceKind.WITNESS
    assert (evidence.payload, evidence.accepted_by, evidence.refused_because) == (payload, "base", because)
    (back,) = breaks(head, base, OUT)
    assert (back.payload, back.accepted_by, back.refused_because) == (payload, "head", because)


def in_field(kind: object) -> object:
    return record("R", ("f", kind))


@pytest.mark.parametrize(
    ("base", "head", "payload"),
    [
        (record("P", ("x", "long")), ["null", record("P", ("x", "int"))], {"f": {"x": 1}}),
        (["null", record("P", ("x", "long"))], record("P", ("x", "int")), {"f": {"P": {"x": 1}}}),
        ({"type": "array", "items": "long"}, [{"type": "array", "items": "int"}, "null"], {"f": [1]}),
        ({"type": "map", "values": "long"}, ["int", {"type": "map", "values": "int"}], {"f": {"key": 1}}),
        ({"type": "array", "items": "null"}, ["null"], {"f": []}),
        (enum("A", "B"), ["null", enum("A")], {"f": "B"}),
        ("long", ["null", "int"], {"f": 1}),
    ],
)
def test_where_only_one_side_has_a_union(base: object, head: object, payload: object) -> None:
    found = breaks(in_field(base), in_field(head))
    assert payload in [each.payload for each in found]
    assert {each.kind for each in found} == {EvidenceKind.WITNESS}
    assert payload in [each.payload for each in breaks(in_field(head), in_field(base), OUT)]


def test_each_symbol_and_each_branch_has_a_datum_of_its_own() -> None:
    assert [each.payload for each in breaks(enum("A", "B", "C"), enum("A"))] == ["B", "C"]
    assert [each.payload for each in breaks(["int", "string", "null"], ["int"])] == [{"string": "a"}, None]


def test_a_datum_takes_a_way_on_which_it_matters() -> None:
    """The type is met first in a field that head fills from its default: there it breaks nothing."""
    inner = record("P", ("x", "long"))
    base = record("R", field("old", inner), ("list", {"type": "array", "items": "P"}))
    head = record(
        "R",
        field("new", record("P", ("x", "int")), default={"x": 0}),
        ("list", {"type": "array", "items": "P"}),
    )
    (evidence,) = [each for each in breaks(base, head) if each.kind is EvidenceKind.WITNESS]
    assert evidence.payload == {"old": {"x": 1}, "list": [{"x": 1}]}


@pytest.mark.parametrize(
    ("base", "head", "words"),
    [
        (
            record("R", ("me", "R"), ("x", "long")),
            record("R", ("me", "R"), ("x", "int")),
            "no datum ends, or none is small enough",
        ),
        (
            record("R", field("b", "int"), ("a", "int")),
            record("R", field("b", "int", aliases=["a"])),
            "KeyError",
        ),
        (
            {"type": "fixed", "name": "n.F", "size": 1},
            {"type": "fixed", "name": "G", "size": 1, "aliases": ["F"]},
            "fastavro is laxer and reads such data",
        ),
        (record("R", ("e", enum())), record("R"), ""),
    ],
)
def test_what_no_datum_shows_rests_on_the_specification(base: object, head: object, words: str) -> None:
    found = breaks(base, head)
    assert bool(found) is bool(words)
    for evidence in found:
        assert (evidence.kind, evidence.payload) == (EvidenceKind.RULE, UNSET)
        assert (evidence.note or "").startswith('Avro 1.12 specification, "Schema Resolution": ')
        assert words in (evidence.note or "")


def test_the_reason_is_that_of_the_place_though_a_reader_stops_at_another_before() -> None:
    inner = record("P", ("x", "long"))
    base = record("R", ("a", "string"), ("b", ["null", inner]), ("c", {"type": "array", "items": enum("A", "B")}))
    changed = record("P", ("x", "int"), ("y", "int"))
    head = record(
        "R", ("a", "int"), ("b", [changed, "null"]), ("c", {"type": "array", "items": enum("A")}), ("d", "int")
    )
    assert [each.refused_because for each in breaks(base, head)] == [
        "No default value for field d in R",
        "Schema mismatch: string is not int",
        "No default value for field y in P",
        "B not found in reader symbol list E, known symbols: ['A']",
        "Schema mismatch: long is not int",
    ]


def test_data_are_looked_for_only_where_they_are_asked_for() -> None:
    base, head = record("R", ("x", "string")), record("R", ("x", "int"))
    kinds = {change.direction: change.evidence.kind for change in changes(base, head, directions=(OUT,))}
    assert kinds == {IN: EvidenceKind.RULE, OUT: EvidenceKind.WITNESS}


def test_so_many_data_are_looked_for_and_no_more() -> None:
    base, head = (record("R", *((f"f{index}", kind) for index in range(600))) for kind in ("long", "int"))
    found = breaks(base, head)
    assert {each.kind for each in found[:50]} == {EvidenceKind.WITNESS}
    assert found[-1].kind is EvidenceKind.RULE
    assert (found[-1].note or "").endswith("; no datum was looked for, as there are so many changes")


def test_data_that_would_be_huge_or_deep_are_not_made() -> None:
    doubling = [record(f"R{index}", ("a", f"R{index + 1}"), ("b", f"R{index + 1}")) for index in range(60)]
    deep = [record(f"R{index}", ("a", f"R{index + 1}")) for index in range(300)]
    for chain, last in ((doubling, 60), (deep, 300)):
        old, new = ([*chain, record(f"R{last}", ("x", kind))] for kind in ("long", "int"))
        payloads = [each.payload for each in breaks(old, new)]
        assert payloads == [{f"R{last}": {"x": 1}}]
        rooted = record("Root", ("r", "R0"), ("all", [*old]))
        (evidence,) = breaks(rooted, record("Root", ("r", "R0"), ("all", [*new])))
        assert evidence.kind is EvidenceKind.RULE
    large = {"type": "fixed", "name": "F", "size": 1 << 30}
    (evidence,) = breaks(record("R", ("f", large), ("x", "long")), record("R", ("f", large), ("x", "int")))
    assert "small enough" in (evidence.note or "")
