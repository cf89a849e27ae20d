"""The last pass: what policy switched off is not in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


def drop_off(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose severity is not `off`."""
    return tuple(finding for finding in findings if finding.severity is not Severity.OFF)
