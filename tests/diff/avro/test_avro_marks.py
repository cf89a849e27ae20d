"""Lifecycle marks in Avro schemas under names that the policy gives, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from avro_memory import field, record

from contractguard.engine import Request, run
from contractguard.model.finding import CompatibilityMode, Finding

NAMES = """\
deprecation:
  extensions:
    sunset: [endOfLife]
    deprecated: [obsolete]
    replaced_by: [info.successor]
    stability: [maturity]
"""
MARKS = {"obsolete": True, "endOfLife": "2020-01-31", "info": {"successor": "y"}}
KEPT = field("x", "int")


def findings(
    folder: Path, base: object, head: object, names: str = NAMES, profile: str = "everything"
) -> dict[str, Finding]:
    """The findings where head writes and base reads, by rule."""
    for side, schema in (("base", base), ("head", head)):
        (folder / f"{side}.avsc").write_text(json.dumps(schema), encoding="utf-8")
    config = folder / "policy.yaml"
    config.write_text(f"version: 1\nprofile: {profile}\n{names}", encoding="utf-8")
    report = run(
        Request(
            base=str(folder / "base.avsc"),
            head=str(folder / "head.avsc"),
            compatibility=CompatibilityMode.FORWARD,
            config=config,
            today="2026-01-01",
        )
    )
    (contract,) = report.contracts
    assert contract.errors == ()
    return {finding.rule: finding for finding in contract.findings}


@pytest.mark.parametrize("enum", [False, True])
def test_names_of_the_policy_mark_fields_records_and_enums(tmp_path: Path, *, enum: bool) -> None:
    def schema(**marks: object) -> object:
        kind = {"type": "enum", "name": "E", "symbols": ["A"], **(marks if enum else {})}
        return record("R", field("x", kind, **({} if enum else marks)))

    found = findings(tmp_path, schema(), schema(**MARKS))
    assert set(found) == {"deprecation-added"}
    assert found["deprecation-added"].element == ("E" if enum else "R > x")
    assert "2020-01-31" in found["deprecation-added"].message
    assert set(findings(tmp_path, schema(), schema(**MARKS), "")) == {"extension-changed"}


def test_another_name_for_the_same_mark_is_no_change(tmp_path: Path) -> None:
    own, known = (
        record("R", **MARKS),
        record("R", **{"x-deprecated": True, "sunset": "2020-01-31", "x-replaced-by": "y"}),
    )
    assert findings(tmp_path, own, known) == {}


@pytest.mark.parametrize(("names", "severity"), [(NAMES, "info"), ("", "error")])
def test_a_field_may_go_when_its_sunset_has_come(tmp_path: Path, names: str, severity: str) -> None:
    found = findings(tmp_path, record("R", field("x", "int", **MARKS), ("y", "int")), record("R", ("y", "int")), names)
    (gone,) = found.values()
    assert (gone.rule, str(gone.impact), str(gone.severity)) == (
        "avro-field-removed-without-default",
        "breaking",
        severity,
    )


def test_a_schema_that_calls_itself_beta_may_change(tmp_path: Path) -> None:
    found = findings(tmp_path, record("R", KEPT, maturity="beta"), record("R", maturity="beta"), profile="recommended")
    (gone,) = found.values()
    assert str(gone.severity) == "warning"
    assert any("stability is beta" in step for step in gone.trail)
