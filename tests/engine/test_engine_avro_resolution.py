"""What the report says of Avro's schema resolution: the words and the pointers of Apache Avro, for each direction of the mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractguard import CompatibilityMode, Report, Verdict, compare_documents
from contractguard.reporting import load_report, render

CONFORMANCE = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "avro.jsonl"
WRITER = {"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long"}]}
READER = {
    "type": "record",
    "name": "Order",
    "fields": [{"name": "total", "type": "int"}, {"name": "currency", "type": "string"}],
}


def told(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(each.direction), [(reason.type, reason.pointer) for reason in each.incompatibilities])
        for each in report.contracts[0].resolution or ()
    ]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            CompatibilityMode.BACKWARD,
            [("input", [("TYPE_MISMATCH", "/fields/0/type"), ("READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1")])],
        ),
        (CompatibilityMode.FORWARD, [("output", [])]),
        (
            CompatibilityMode.FULL,
            [
                ("input", [("TYPE_MISMATCH", "/fields/0/type"), ("READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1")]),
                ("output", []),
            ],
        ),
    ],
)
def test_each_direction_of_the_mode_has_its_incompatibilities(
    mode: CompatibilityMode, expected: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    assert told(compare_documents(WRITER, READER, kind="avro", compatibility=mode)) == expected


def test_other_contracts_have_no_resolution() -> None:
    report = compare_documents({"type": "string"}, {"type": "integer"}, kind="jsonschema")
    contracts = report.to_dict()["contracts"]
    assert isinstance(contracts, list)
    assert isinstance(contracts[0], dict)
    assert "resolution" not in contracts[0]


def test_a_saved_report_keeps_the_resolution() -> None:
    report = compare_documents(WRITER, READER, kind="avro", compatibility="FULL")
    assert told(load_report(render(report, "json").encode())) == told(report)


@pytest.mark.real
@pytest.mark.skipif(not CONFORMANCE.exists(), reason="the conformance data is not here")
def test_the_report_agrees_with_apache_avro() -> None:
    rows = [json.loads(line) for line in CONFORMANCE.read_text(encoding="utf-8").splitlines()]
    wrong = []
    for row in rows:
        report = compare_documents(row["writer"], row["reader"], kind="avro", compatibility="BACKWARD")
        same = row["writer"] == row["reader"]
        reasons = [] if same else told(report)[0][1]
        expected = [tuple(reason.split(" ")[:2]) for reason in row["incompatibilities"]]
        if reasons != expected or (report.verdict is Verdict.BREAKING) is row["compatible"]:
            wrong.append(row["id"])
    assert wrong == []
