"""The gate: whether the findings let a change pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, FindingStatus, Severity
from contractguard.model.report import Gate, GateStatus, ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def evaluate_gate(findings: Iterable[Finding], errors: Sequence[ReportError], fail_on: Severity | None) -> Gate:
    """The gate's answer for all open findings of a report, and why it fails.

    It fails on findings of severity `fail_on` or worse; None and `off` never fail. What could not be compared is an error
    whatever the findings are: silence about it would be taken for "no changes" (DESIGN section 4, law 9).
    """
    reasons = _reasons(findings, fail_on)
    if errors:
        return Gate(GateStatus.ERROR, fail_on, (*(_error_reason(error) for error in errors), *reasons))
    return Gate(GateStatus.FAIL if reasons else GateStatus.PASS, fail_on, reasons)


def _reasons(findings: Iterable[Finding], fail_on: Severity | None) -> tuple[str, ...]:
    if fail_on is None or fail_on is Severity.OFF:
        return ()
    stopping = [
        finding
        for finding in findings
        if finding.status is FindingStatus.OPEN and finding.severity.rank <= fail_on.rank
    ]
    return tuple(
        _severity_reason(severity, [finding.rule for finding in stopping if finding.severity is severity])
        for severity in Severity
        if any(finding.severity is severity for finding in stopping)
    )


def _severity_reason(severity: Severity, rules: Sequence[str]) -> str:
    """`3 findings of severity error: type-changed (2), operation-removed`: the most frequent rules first."""
    counted = sorted(Counter(rules).items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{rule} ({count})" if count > 1 else rule for rule, count in counted)
    return f"{len(rules)} finding{'s' if len(rules) > 1 else ''} of severity {severity}: {listed}"


def _error_reason(error: ReportError) -> str:
    where = ":".join(str(part) for part in (error.path, error.line, error.column) if part is not None)
    side = f"{error.side}: " if error.side else ""
    return f"{side}{where}: {error.message}" if where else f"{side}{error.message}"
