"""The pairs of `fixtures/avro`, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from contractguard import compare_documents
from contractguard.engine import builtin_catalogue
from contractguard.model.finding import Finding

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "avro"
HAZARDS = {rule.id for rule in builtin_catalogue() if rule.family == "hazards"}


def cases(name: str) -> list[Any]:
    listed = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in listed]


def findings(case: dict[str, Any]) -> tuple[str, tuple[Finding, ...]]:
    mode = case.get("mode", "BACKWARD")
    report = compare_documents(case["base"], case["head"], kind="avro", compatibility=mode, profile="everything")
    (contract,) = report.contracts
    assert contract.errors == ()
    return str(report.verdict), contract.findings


@pytest.mark.parametrize("case", cases("hazards"))
def test_a_hazard_is_told(case: dict[str, Any]) -> None:
    verdict, found = findings(case)
    assert verdict == "risky"
    hazards = [finding for finding in found if finding.rule in HAZARDS]
    assert sorted({finding.rule for finding in hazards}) == case["rules"]
    for finding in hazards:
        assert finding.severity == "warning"
        if finding.rule != "avro-aliases-crossed":
            assert (finding.before, finding.after) != (None, None)
    if "seen" in case:
        (hazard,) = hazards
        assert [hazard.before, hazard.after] == case["seen"]


@pytest.mark.parametrize("case", cases("silent"))
def test_what_is_harmless_raises_no_alarm(case: dict[str, Any]) -> None:
    verdict, found = findings(case)
    assert verdict in {"compatible", "unchanged"}
    assert {finding.rule for finding in found} & HAZARDS == set()


@pytest.mark.parametrize("case", cases("breaks"))
def test_a_break_comes_with_a_datum(case: dict[str, Any]) -> None:
    verdict, found = findings(case)
    assert verdict == "breaking"
    (finding,) = [finding for finding in found if finding.impact == "breaking"]
    assert finding.evidence.kind == "witness"
    assert finding.evidence.payload == case["datum"]
    assert finding.evidence.accepted_by == ("head" if case.get("mode") == "FORWARD" else "base")
    assert case["because"] in (finding.evidence.refused_because or "")


def test_every_rule_of_the_family_has_a_pair() -> None:
    told = {rule for param in cases("hazards") for rule in param.values[0]["rules"]}
    assert told == HAZARDS
