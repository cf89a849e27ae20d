"""The pairs of `fixtures/avro/no-hazards.yaml`: every reader gets what was written, and nothing is risky."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from contractguard import compare_documents
from contractguard.model.finding import Impact

CASES = yaml.safe_load(
    (Path(__file__).resolve().parents[3] / "fixtures" / "avro" / "no-hazards.yaml").read_text(encoding="utf-8")
)


def impacts(base: object, head: object, mode: str) -> tuple[str, set[Impact]]:
    report = compare_documents(base, head, kind="avro", compatibility=mode, profile="everything")
    (contract,) = report.contracts
    assert contract.errors == ()
    return str(report.verdict), {finding.impact for finding in contract.findings}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_what_every_reader_gets_raises_no_alarm(case: dict[str, Any]) -> None:
    verdict, found = impacts(case["base"], case["head"], case.get("mode", "BACKWARD"))
    assert verdict in {"compatible", "unchanged"}
    assert found <= {Impact.COMPATIBLE, Impact.INFO}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_schema_against_itself_raises_no_alarm(case: dict[str, Any]) -> None:
    for side in (case["base"], case["head"]):
        assert impacts(side, side, "FULL") == ("unchanged", set())


def test_every_pair_has_a_name_of_its_own_and_a_reason() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)
    assert all(case["why"] for case in CASES)
