"""The second pass: the severities that the policy file gives to single rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contractguard.model.finding import Finding, Impact, Severity


def apply_overrides(
    findings: Iterable[Finding], overrides: Mapping[tuple[str, Impact], Severity], *, source: str
) -> tuple[Finding, ...]:
    """The findings with the severities of `overrides`, by rule id and impact. `source` names the file that says so."""
    return tuple(
        finding.with_severity(
            overrides.get((finding.rule, finding.impact), finding.severity), f"{source} overrides {finding.rule}"
        )
        for finding in findings
    )
