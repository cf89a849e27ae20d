"""Every folder of `fixtures/scenarios`: two versions of some contracts, and what a comparison must say.

`expect.yaml` holds what the scenario is about, the verdict, the required bump, the rules of all findings that policy does not
switch off (sorted; a rule once for each finding) and the exit code of `contractguard check`; and `today`, `compatibility` and
`profile` where the comparison is asked for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import contractguard
from contractguard.engine import exit_code
from contractguard.model.report import Report

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "scenarios"
NAMES = sorted(folder.name for folder in SCENARIOS.iterdir())
KEYS = {"about", "verdict", "required_bump", "rules", "exit_code"}
OPTIONS = {"today", "compatibility", "profile"}


def expected_of(name: str) -> dict[str, Any]:
    expected: dict[str, Any] = yaml.safe_load((SCENARIOS / name / "expect.yaml").read_text(encoding="utf-8"))
    assert expected.keys() - OPTIONS == KEYS
    return expected


def compared(name: str, before: str = "before", after: str = "after") -> Report:
    options = {key: value for key, value in expected_of(name).items() if key in OPTIONS}
    return contractguard.compare_files(SCENARIOS / name / before, SCENARIOS / name / after, **options)


def rules_of(report: Report) -> list[str]:
    findings = [*report.findings, *(finding for contract in report.contracts for finding in contract.findings)]
    return sorted(finding.rule for finding in findings)


@pytest.mark.parametrize("name", NAMES)
def test_scenario(name: str) -> None:
    expected = expected_of(name)
    report = compared(name)
    assert {
        "verdict": str(report.verdict),
        "required_bump": str(report.required_bump),
        "rules": rules_of(report),
        "exit_code": exit_code(report),
    } == {key: expected[key] for key in ("verdict", "required_bump", "rules", "exit_code")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_side_compared_with_itself_is_unchanged(name: str, side: str) -> None:
    report = compared(name, side, side)
    assert (str(report.verdict), rules_of(report)) in (("unchanged", []), ("unknown", []))


def test_there_are_scenarios_of_all_formats() -> None:
    assert {name.partition("-")[0] for name in NAMES} == {"avro", "jsonschema", "mixed", "openapi"}
