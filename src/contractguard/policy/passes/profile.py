"""The first pass: the severities of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.change import EvidenceKind
from contractguard.model.finding import Finding, Impact, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractguard.model.profile import Profile


def apply_profile(findings: Iterable[Finding], profile: Profile) -> tuple[Finding, ...]:
    """The findings with the severities of `profile`: see `Profile` for the order in which its parts decide."""
    return tuple(finding.with_severity(*_decision(finding, profile)) for finding in findings)


def _decision(finding: Finding, profile: Profile) -> tuple[Severity, str]:
    if profile.layers.isdisjoint(finding.layers):
        counted, layers = ", ".join(sorted(profile.layers)), ", ".join(finding.layers)
        return (
            Severity.OFF,
            f"profile {profile.id} counts {counted}, and {finding.rule} is about {layers or 'none of these'}",
        )
    override = profile.directed.get((finding.rule, finding.impact, finding.direction)) or profile.overrides.get(
        (finding.rule, finding.impact)
    )
    if override is not None:
        return override[0], f"profile {profile.id}: {override[1]}"
    unproved = finding.impact is Impact.RISKY and finding.evidence.kind is EvidenceKind.UNPROVED
    if unproved and profile.unproved is not None:
        return profile.unproved, f"profile {profile.id} takes what is unproved for {profile.unproved}"
    severity = profile.severity[finding.impact]
    return severity, f"profile {profile.id} takes what is {finding.impact} for {severity}"
