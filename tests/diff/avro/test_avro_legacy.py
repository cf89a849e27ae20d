"""Schemas that the specification forbids and that are in use: what changed is told, and what is wrong where it is new."""

from __future__ import annotations

from typing import Any

import pytest
from avro_memory import field, record

from contractguard import ContractReport, Verdict, compare_documents
from contractguard.model.finding import Finding

ENUM = {"type": "enum", "name": "E", "symbols": ["P", "O"]}
UNFIT = field("x", "int", default="7")
FLAWED = [
    pytest.param(record("R", UNFIT), id="a default that is no value"),
    pytest.param(record("R", field("x", ["null", "int"], default="null")), id="null in quotes"),
    pytest.param(record("R", ("x", {**ENUM, "default": "Q"})), id="an enum default that is no symbol"),
    pytest.param(record("R", ("x", {**ENUM, "symbols": ["P", "O", "P"]})), id="a symbol twice"),
    pytest.param(record("R", ("x", {**ENUM, "symbols": ["P-1", "Größe"]})), id="symbols that are no names"),
    pytest.param(record("Größe", ("x-1", "int")), id="names with other letters"),
    pytest.param(record("R", namespace=None), id="a namespace of null"),
    pytest.param(record("R", field("x", "int", order="DESCENDING")), id="an order in capitals"),
    pytest.param(record("R", ("x", {"type": ["null", "int"]})), id="a wrapped union"),
    pytest.param(record("R", ("x", ["null", "int", "null"])), id="a branch twice"),
    pytest.param(record("R", ("x", ENUM), ("y", ENUM)), id="a definition twice"),
    pytest.param(record("n.string"), id="the name of a primitive type in a namespace"),
    pytest.param(record("R", aliases="Q"), id="an alias that is no list"),
]


def report(base: object, head: object, mode: str = "FULL") -> ContractReport:
    (contract,) = compare_documents(base, head, kind="avro", compatibility=mode, profile="everything").contracts
    assert contract.errors == ()
    return contract


def breaking(contract: ContractReport) -> Finding:
    (finding,) = [each for each in contract.findings if each.impact == "breaking"]
    return finding


@pytest.mark.parametrize("schema", FLAWED)
def test_what_changed_is_told_although_both_sides_are_flawed(schema: dict[str, Any]) -> None:
    more = {**schema, "fields": [*schema["fields"], field("new", "int", default=0)]}
    contract = report(schema, more)
    assert {finding.rule for finding in contract.findings} == {"avro-field-added"}
    assert contract.verdict is Verdict.COMPATIBLE
    (note,) = contract.notes
    assert "not valid by the specification, at base as at head" in note


@pytest.mark.parametrize("schema", FLAWED)
def test_a_flaw_of_head_alone_is_told(schema: dict[str, Any]) -> None:
    contract = report(record("Other"), schema)
    assert "contract-invalid" in {finding.rule for finding in contract.findings}


def test_a_default_that_is_no_value_does_not_make_a_read_look_fine() -> None:
    finding = breaking(report(record("R", ("y", "int")), record("R", ("y", "int"), UNFIT), "BACKWARD"))
    assert finding.rule == "avro-field-added-without-default"
    assert finding.evidence.kind == "rule"
    assert "needs a default" in (finding.evidence.note or "")
    assert "fastavro is laxer" in (finding.evidence.note or "")


def test_a_default_that_relies_on_one_that_is_no_value_is_none_either() -> None:
    inner = record("I", UNFIT)
    finding = breaking(report(record("R"), record("R", field("i", inner, default={})), "BACKWARD"))
    assert finding.rule == "avro-field-added-without-default"


def test_an_enum_default_that_is_no_symbol_takes_no_symbol() -> None:
    finding = breaking(report({**ENUM, "default": "Q"}, {**ENUM, "symbols": ["P"], "default": "Q"}, "BACKWARD"))
    assert (finding.rule, finding.before) == ("enum-value-removed", "O")


@pytest.mark.parametrize(
    ("base", "head", "rules"),
    [
        (field("x", "int", default=7), UNFIT, {"avro-default-removed", "contract-invalid"}),
        (UNFIT, field("x", "int", default=7), {"default-added"}),
        (UNFIT, field("x", "int", default="8"), {"extension-changed", "contract-invalid"}),
        (UNFIT, field("x", "int"), {"extension-changed"}),
        (UNFIT, UNFIT, set()),
    ],
)
def test_what_becomes_of_a_default_that_is_no_value(base: object, head: object, rules: set[str]) -> None:
    assert {finding.rule for finding in report(record("R", base), record("R", head)).findings} == rules


def test_a_second_definition_says_nothing_of_its_own() -> None:
    twice, once = record("R", ("x", ENUM), ("y", ENUM)), record("R", ("x", ENUM), ("y", "E"))
    assert report(twice, once).findings == ()
