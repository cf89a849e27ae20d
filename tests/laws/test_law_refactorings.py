"""No refactoring of `fixtures/refactorings` yields a breaking or risky finding, in either direction and either reading."""

from __future__ import annotations

import pytest
from law_answers import all_findings
from law_fixtures import REFACTORINGS

from contractguard import compare_documents
from contractguard.model.finding import Impact


@pytest.mark.parametrize("reading", ["strict", "declared"])
@pytest.mark.parametrize("compatibility", ["BACKWARD", "FORWARD"])
@pytest.mark.parametrize("swapped", [False, True], ids=["there", "back"])
@pytest.mark.parametrize("name", REFACTORINGS)
def test_nothing_is_reported(name: str, compatibility: str, reading: str, swapped: bool) -> None:
    fixture = REFACTORINGS[name]
    base, head = (fixture["after"], fixture["before"]) if swapped else (fixture["before"], fixture["after"])
    dialect = fixture["dialect"] if fixture["kind"] == "jsonschema" else None
    report = compare_documents(
        base, head, kind=fixture["kind"], dialect=dialect, compatibility=compatibility, reading=reading
    )
    assert not report.errors
    assert not [error for contract in report.contracts for error in contract.errors]
    assert report.contracts
    lost = [finding for finding in all_findings(report) if finding.impact in (Impact.BREAKING, Impact.RISKY)]
    assert [(finding.rule, finding.element, finding.evidence) for finding in lost] == []
