"""What a comparison of two JSON Schemas says about payloads, and how to hold it to its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from law_payloads import DRAFT_2020, is_valid

from contractguard import compare_documents
from contractguard.model.finding import Finding, Impact
from contractguard.model.report import Report

COMPATIBLE, BREAKING, UNDECIDED = "compatible", "breaking", "undecided"
_LOST = (Impact.BREAKING, Impact.RISKY)


@dataclass(frozen=True)
class Answer:
    """`compatible`, `breaking` (a payload is shown) or `undecided`; findings that are not about payloads do not count."""

    word: str
    witnesses: tuple[Any, ...]
    report: Report


def ask(
    base: Any, head: Any, *, direction: str = "BACKWARD", reading: str = "strict", dialect: str = DRAFT_2020
) -> Answer:
    """Compare two JSON Schemas; an error in the report is a failure of the test."""
    report = compare_documents(base, head, kind="jsonschema", dialect=dialect, compatibility=direction, reading=reading)
    assert not report.errors, report.errors
    assert not [error for contract in report.contracts for error in contract.errors], (base, head)
    lost = [finding.evidence.kind for finding in all_findings(report) if finding.impact in _LOST]
    shown = [finding.evidence for finding in all_findings(report) if finding.evidence.kind == "witness"]
    word = BREAKING if "witness" in lost else UNDECIDED if "unproved" in lost else COMPATIBLE
    return Answer(word, tuple(evidence.payload for evidence in shown), report)


def all_findings(report: Report) -> list[Finding]:
    """Those of no contract, and those of each."""
    return [*report.findings, *(finding for contract in report.contracts for finding in contract.findings)]


def unjustified_witnesses(answer: Answer, emitted: Any, accepted: Any, *, dialect: str = DRAFT_2020) -> list[Any]:
    """The payloads shown that plain `jsonschema` refuses under `emitted`, or takes under `accepted`."""
    return [
        payload
        for payload in answer.witnesses
        if not is_valid(emitted, payload, dialect) or is_valid(accepted, payload, dialect)
    ]
