"""The gate."""

from __future__ import annotations

import pytest
from policy_makers import finding

from contractguard.model.finding import FindingStatus, Severity
from contractguard.model.report import Gate, GateStatus, ReportError
from contractguard.policy import evaluate_gate

ALL = [finding(rule=f"r-{severity}", severity=severity) for severity in Severity]
ERROR = ReportError(message="not YAML", exit_code=3, side="head", path="a.yaml", line=3, column=1)


@pytest.mark.parametrize(
    ("fail_on", "reasons"),
    [
        (Severity.ERROR, ("1 finding of severity error: r-error",)),
        (Severity.WARNING, ("1 finding of severity error: r-error", "1 finding of severity warning: r-warning")),
        (
            Severity.INFO,
            (
                "1 finding of severity error: r-error",
                "1 finding of severity warning: r-warning",
                "1 finding of severity info: r-info",
            ),
        ),
    ],
)
def test_it_fails_from_the_severity_named_on(fail_on: Severity, reasons: tuple[str, ...]) -> None:
    assert evaluate_gate(ALL, [], fail_on) == Gate(GateStatus.FAIL, fail_on, reasons)


@pytest.mark.parametrize("fail_on", [None, Severity.OFF])
def test_it_can_be_told_never_to_fail(fail_on: Severity | None) -> None:
    assert evaluate_gate(ALL, [], fail_on) == Gate(GateStatus.PASS, fail_on)


def test_it_passes_what_is_milder() -> None:
    assert evaluate_gate([finding(severity=Severity.WARNING)], [], Severity.ERROR).status is GateStatus.PASS


@pytest.mark.parametrize("status", [FindingStatus.WAIVED, FindingStatus.APPROVED])
def test_what_somebody_accepted_does_not_stop_it(status: FindingStatus) -> None:
    assert evaluate_gate([finding(status=status)], [], Severity.INFO).status is GateStatus.PASS


def test_reasons_count_rules_the_most_frequent_first() -> None:
    findings = [finding(rule=rule) for rule in ("b", "c", "a", "c")]
    assert evaluate_gate(findings, [], Severity.ERROR).reasons == ("4 findings of severity error: c (2), a, b",)


def test_what_could_not_be_compared_is_an_error_whatever_else_was_found() -> None:
    assert evaluate_gate([], [ERROR], Severity.OFF) == Gate(
        GateStatus.ERROR, Severity.OFF, ("head: a.yaml:3:1: not YAML",)
    )
    with_findings = evaluate_gate(ALL, [ERROR, ReportError(message="odd", exit_code=70)], Severity.ERROR)
    assert with_findings.status is GateStatus.ERROR
    assert with_findings.reasons == ("head: a.yaml:3:1: not YAML", "odd", "1 finding of severity error: r-error")
