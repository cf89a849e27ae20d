"""`Report.to_dict()`: the report JSON as plain values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contractguard import compare_documents, render_report
from contractguard.model.plain import encode
from contractguard.model.values import UNSET
from contractguard.reporting import load_report, report_schema

FIXTURES = Path(__file__).parents[2] / "fixtures" / "renderers"
REPORTS = sorted(FIXTURES.glob("*/report.json"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.parent.name)
def test_it_is_what_the_report_json_says(path: Path) -> None:
    report = load_report(path.read_bytes())
    written = json.loads(render_report(report, "json"))
    assert report.to_dict() == written
    assert json.dumps(report.to_dict()) == json.dumps(written), "the order of keys, too"
    jsonschema.validate(report.to_dict(), report_schema())


def all_types(value: Any) -> set[type]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {type(value)}.union(*(all_types(item) for item in inner))


def test_the_values_are_plain_and_the_callers_own() -> None:
    head = {"type": "object", "default": {"a": [1]}}
    report = compare_documents({"type": "object"}, head, kind="jsonschema", profile="everything")
    plain = report.to_dict()
    assert all_types(plain) <= {dict, list, str, int, float, bool, type(None)}
    (finding,) = [item for item in plain["contracts"][0]["findings"] if item["rule"] == "default-added"]  # type: ignore[index,call-overload,union-attr]
    finding["after"]["a"].append(2)
    assert report.to_dict() != plain
    assert report.contracts[0].findings[0].after != finding["after"]


@pytest.mark.parametrize(
    ("value", "text"), [(float("nan"), "NaN"), (float("inf"), "Infinity"), (float("-inf"), "-Infinity")]
)
def test_numbers_that_json_cannot_write(value: float, text: str) -> None:
    assert encode({"a": [value, 1.5, UNSET is None]}) == {"a": [text, 1.5, False]}
