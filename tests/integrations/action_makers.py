"""Small reports for the tests of integrations."""

from __future__ import annotations

from typing import Any

from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Impact, Migration, Reading, Severity
from contractguard.model.places import Location
from contractguard.model.report import (
    ContractReport,
    ContractStatus,
    Gate,
    GateStatus,
    Report,
    ReportError,
    SideRef,
    Tool,
    Verdict,
    Versions,
)


def finding(**given: Any) -> Finding:
    fields: dict[str, Any] = {
        "rule": "operation-removed",
        "title": "Operation removed",
        "fingerprint": "fp1:0123456789abcdef",
        "change": "operation.removed",
        "effect": Effect.NARROWED,
        "impact": Impact.BREAKING,
        "bump": Bump.MAJOR,
        "severity": Severity.ERROR,
        "direction": Direction.INPUT,
        "element": "GET /orders",
        "subject": "operation GET /orders",
        "message": "GET /orders is gone",
        "because": "Callers get 404.",
        "evidence": Evidence(EvidenceKind.RULE),
        "migration": Migration("Stop calling it.", "Keep it."),
        "layers": ("wire",),
        "head": Location("apis/orders.yaml", "/paths", 7, 3),
    }
    return Finding(**{**fields, **given})


def report(*findings: Finding, errors: tuple[ReportError, ...] = (), **given: Any) -> Report:
    """A report on one contract with these findings and errors."""
    contract = ContractReport(
        id="orders",
        path="apis/orders.yaml",
        kind=ContractKind.OPENAPI,
        dialect="OpenAPI 3.1.0",
        status=ContractStatus.CHANGED,
        mode=CompatibilityMode.BACKWARD,
        verdict=Verdict.BREAKING,
        required_bump=Bump.MAJOR,
        versions=Versions("1.0.0", "1.1.0"),
        errors=errors,
        findings=findings,
    )
    fields: dict[str, Any] = {
        "tool": Tool("contractguard", "0.1.0", "2026-11"),
        "base": SideRef("main", "0" * 40),
        "head": SideRef("HEAD", "1" * 40),
        "today": "2026-11-23",
        "reading": Reading.DECLARED,
        "policy": None,
        "verdict": Verdict.BREAKING,
        "required_bump": Bump.MAJOR,
        "gate": Gate(GateStatus.FAIL, Severity.ERROR, ("1 finding of severity error: operation-removed",)),
        "contracts": (contract,),
    }
    return Report(**{**fields, **given})
