from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from avro_memory import avro, field, record

from contractguard.diff.avro import incompatibilities

CONFORMANCE = Path(__file__).resolve().parents[4] / "shared" / "conformance" / "avro.jsonl"
PROMOTED = {
    "int": {"long", "float", "double"},
    "long": {"float", "double"},
    "float": {"double"},
    "string": {"bytes"},
    "bytes": {"string"},
}
PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")


def reasons(reader: object, writer: object) -> list[str]:
    return [
        f"{reason.type} {reason.pointer} {reason.message}" for reason in incompatibilities(avro(reader), avro(writer))
    ]


@pytest.mark.real
@pytest.mark.skipif(not CONFORMANCE.exists(), reason="the conformance data is not here")
def test_agrees_with_apache_avro_on_verdict_type_and_pointer() -> None:
    rows = [json.loads(line) for line in CONFORMANCE.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 100
    wrong = {row["id"]: reasons(row["reader"], row["writer"]) for row in rows}
    assert {row["id"]: row["incompatibilities"] for row in rows} == wrong
    assert all(row["compatible"] is not wrong[row["id"]] for row in rows)


@pytest.mark.parametrize("reader", PRIMITIVES)
@pytest.mark.parametrize("writer", PRIMITIVES)
def test_primitives_read_themselves_and_what_is_promoted_to_them(reader: str, writer: str) -> None:
    fine = reader == writer or reader in PROMOTED.get(writer, set())
    message = f"TYPE_MISMATCH / reader type: {reader.upper()} not compatible with writer type: {writer.upper()}"
    assert reasons(reader, writer) == ([] if fine else [message])


def test_names_match_without_namespace_or_by_an_alias_of_the_reader() -> None:
    old = {"type": "fixed", "name": "n1.Old", "size": 1}
    assert reasons({**old, "name": "n2.Old"}, old) == []
    assert reasons({**old, "name": "n2.New", "aliases": ["n1.Old"]}, old) == []
    assert reasons({**old, "name": "n2.New", "aliases": ["Old"]}, old) == ["NAME_MISMATCH /name expected: n1.Old"]
    assert reasons(old, {**old, "name": "n2.New", "aliases": ["n1.Old"]}) == ["NAME_MISMATCH /name expected: n2.New"]


def test_a_readers_field_takes_its_value_by_name_by_alias_or_from_its_default() -> None:
    writer = record("R", ("a", "int"))
    assert reasons(record("R", ("a", "long")), writer) == []
    assert reasons(record("R", field("b", "long", aliases=["z", "a"])), writer) == []
    assert reasons(record("R", field("b", "string", default="")), writer) == []
    assert reasons(record("R", ("b", "int")), writer) == ["READER_FIELD_MISSING_DEFAULT_VALUE /fields/0 b"]


def test_the_default_of_an_enum_is_no_default_of_its_field() -> None:
    enum = {"type": "enum", "name": "E", "symbols": ["X"], "default": "X"}
    assert reasons(record("R", ("e", enum)), record("R")) == [
        "TYPE_MISMATCH /fields/0/type reader type: ENUM not compatible with writer type: RECORD"
    ]


def test_a_field_with_two_sources_cannot_be_read() -> None:
    reader = record("R", field("b", "int", aliases=["a"], default=1))
    assert reasons(reader, record("R", ("a", "int"), ("b", "int"))) == [
        "NAME_MISMATCH /fields/0 b matches several writer fields: b, a"
    ]


def test_unknown_symbols_need_the_readers_default() -> None:
    writer = {"type": "enum", "name": "E", "symbols": ["Z", "X", "Y"]}
    reader = {"type": "enum", "name": "E", "symbols": ["X"]}
    assert reasons(reader, writer) == ["MISSING_ENUM_SYMBOLS /symbols [Y, Z]"]
    assert reasons({**reader, "default": "X"}, writer) == []
    assert reasons(reader, {**writer, "default": "X"}) == ["MISSING_ENUM_SYMBOLS /symbols [Y, Z]"]


def test_each_branch_of_the_writer_must_resolve_in_some_branch_of_the_reader() -> None:
    assert reasons(["null", "double"], ["float", "null", "string"]) == [
        "MISSING_UNION_BRANCH /2 reader union lacking writer type: STRING"
    ]
    assert reasons("double", ["int", "string"]) == [
        "TYPE_MISMATCH /1 reader type: DOUBLE not compatible with writer type: STRING"
    ]
    assert reasons(["null", "int"], "long") == ["MISSING_UNION_BRANCH / reader union lacking writer type: LONG"]
    assert reasons(["string"], []) == []


def test_any_branch_of_the_reader_that_resolves_will_do() -> None:
    writer = record("P", ("x", "int"))
    strict, lenient = record("n1.P", ("y", "int")), record("n2.P", ("x", "int"))
    assert reasons([strict, lenient], writer) == []
    assert reasons([strict], writer) == ["MISSING_UNION_BRANCH / reader union lacking writer type: RECORD"]


def test_a_recursive_type_is_compatible_unless_something_proves_otherwise() -> None:
    assert (
        reasons(record("N", ("v", "long"), ("n", ["null", "N"])), record("N", ("v", "int"), ("n", ["null", "N"]))) == []
    )
    assert reasons(record("N", ("n", "N"), ("v", "int")), record("N", ("n", "N"), ("v", "long"))) == [
        "TYPE_MISMATCH /fields/1/type reader type: INT not compatible with writer type: LONG"
    ]


def test_a_failure_found_after_a_cycle_was_cut_counts_for_the_whole_cycle() -> None:
    """A refers to B, B back to A; A fails only after B was looked into. B fails too, wherever else it is used.

    Apache Avro takes B for readable, having met A inside of A. Where it has a reason for the whole schema all the same, ours is
    the same; where it has none, ours counts the cycle.
    """

    def schema(number: str, *others: object) -> object:
        a = record("A", ("b", ["null", record("B", ("a", "A"))]), ("n", number))
        return record("Root", ("first", ["null", a, *others]), ("second", ["null", "B"]))

    assert reasons(schema("int"), schema("long")) == [
        "MISSING_UNION_BRANCH /fields/0/type/1 reader union lacking writer type: RECORD"
    ]
    assert reasons(schema("int", record("other.A")), schema("long")) == [
        "MISSING_UNION_BRANCH /fields/1/type/1 reader union lacking writer type: RECORD"
    ]


def test_what_was_tried_inside_of_a_union_is_told_as_if_it_were_the_whole_schema() -> None:
    def schema(number: str) -> object:
        return record("Root", ("first", ["null", record("A", ("n", number))]), ("second", "A"))

    assert reasons(schema("int"), schema("long")) == [
        "MISSING_UNION_BRANCH /fields/0/type/1 reader union lacking writer type: RECORD",
        "TYPE_MISMATCH /fields/0/type reader type: INT not compatible with writer type: LONG",
    ]


def test_crossed_aliases_are_no_error() -> None:
    writer = record("R", ("a", "int"), ("b", "int"))
    crossed = record("R", field("a", "int", aliases=["b"]), field("b", "int", aliases=["a"]))
    own = record("R", field("a", "int", aliases=["a"]), ("b", "int"))
    assert reasons(crossed, writer) == reasons(own, writer) == []


def test_types_whose_aliases_lead_in_a_circle() -> None:
    def schema(one: str, other: str) -> object:
        types = [record(one, aliases=[other]), record(other, aliases=[one])]
        return record("R", ("x", types[0]), ("y", types[1]), ("z", [one, other]))

    assert reasons(schema("A", "B"), schema("B", "A")) == []


def test_a_type_used_twice_repeats_its_reasons_as_apache_avro_does() -> None:
    def schema(size: int) -> object:
        return record("R", ("a", {"type": "fixed", "name": "F", "size": size}), ("b", "F"))

    assert reasons(schema(1), schema(2)) == ["FIXED_SIZE_MISMATCH /fields/0/type/size expected: 2, found: 1"] * 2


def chain(length: int, last: str) -> list[object]:
    """Records that each use the next one."""
    uses = [record(f"R{index}", ("a", f"R{index + 1}"), ("b", f"R{index + 1}")) for index in range(length)]
    return [*uses, record(f"R{length}", ("end", last))]


def test_reasons_are_bounded_where_they_would_double_with_each_type() -> None:
    found = incompatibilities(avro(chain(60, "int")), avro(chain(60, "string")))
    assert 1 <= len(found) <= 1000


def test_long_chains_of_types_need_no_deep_stack() -> None:
    assert reasons(chain(2000, "long"), chain(2000, "int")) == []
    assert len(incompatibilities(avro(chain(1500, "int")), avro(chain(1500, "long")))) >= 1


def test_wide_unions_of_which_every_branch_fails() -> None:
    writer = [record(f"R{index}", ("a", "int")) for index in range(400)]
    reader = [record(f"R{index}", ("a", "string")) for index in range(400)]
    assert reasons(reader, writer) == [
        f"MISSING_UNION_BRANCH /{index} reader union lacking writer type: RECORD" for index in range(400)
    ]


def test_wide_unions_are_not_compared_branch_by_branch() -> None:
    schema = [record(f"R{index}", ("a", "int")) for index in range(4000)]
    assert reasons(schema, list(reversed(schema))) == []


PAIRS = yaml.safe_load(
    (Path(__file__).resolve().parents[3] / "fixtures" / "avro" / "resolution.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["name"])
def test_the_pairs_are_answered_as_apache_avro_answers_them(case: dict[str, Any]) -> None:
    assert reasons(case["reader"], case["writer"]) == case["reasons"]
