"""The histories of `fixtures/histories` that are kept as files: what comparing their versions within one tree must say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from contractguard import ContractReport
from contractguard.engine import Request, exit_code, read_supported, run
from contractguard.model.finding import Against, CompatibilityMode

HISTORIES = Path(__file__).parents[2] / "fixtures" / "histories"
RUNS = [
    (path.parent.name, expected)
    for path in sorted(HISTORIES.glob("*/expect.yaml"))
    for expected in yaml.safe_load(path.read_text(encoding="utf-8"))["runs"]
]


def shown(contract: ContractReport) -> dict[str, Any]:
    against = {finding.against.version for finding in contract.findings if isinstance(finding.against, Against)}
    return {
        "after": contract.versions.base,
        "verdict": str(contract.verdict),
        "declared": str(contract.declared_bump),
        "rules": sorted({finding.rule for finding in contract.findings} - {"version-added"}),
        "against": sorted(against),
    }


@pytest.mark.parametrize(("history", "expected"), RUNS, ids=[f"{name}: {given['name']}" for name, given in RUNS])
def test_the_steps_of_a_history(history: str, expected: dict[str, Any]) -> None:
    request = Request(
        base=str(HISTORIES / history / "files"),
        within=True,
        compatibility=CompatibilityMode(expected["compatibility"]) if "compatibility" in expected else None,
        supported=read_supported(expected["supported"]) if "supported" in expected else None,
        environment=dict(os.environ),
    )
    report = run(request)
    assert [contract.errors for contract in report.contracts if contract.errors] == []
    steps = {path: {"rules": [], "against": [], **step} for path, step in expected["steps"].items()}
    assert {contract.path: shown(contract) for contract in report.contracts} == steps
    assert exit_code(report) == expected["exit_code"]


def test_there_are_histories_of_all_kinds() -> None:
    assert {name for name, _ in RUNS} == {"registry", "schemaver", "services"}
