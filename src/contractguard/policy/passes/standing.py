"""The pass of stability and audience: how much less a change matters where little was promised, or to few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractguard.model.profile import Profile
    from contractguard.policy.standing import Standings

_NO_PROMISES = ("version.", "policy.", "document.", "contract.invalid", "contract.base-unreadable")
"""Kinds that are not about what a contract promises: a wrong version, or an unreadable file, is wrong at any stability."""


def apply_standing(findings: Iterable[Finding], profile: Profile, standings: Standings) -> tuple[Finding, ...]:
    """The findings, none more severe than `profile` allows for the stability and the audience of what they reach.

    Nothing becomes more severe. A profile that says nothing of a level, or of an audience, changes nothing there.
    """
    return tuple(_relaxed(finding, profile, standings) for finding in findings)


def _relaxed(finding: Finding, profile: Profile, standings: Standings) -> Finding:
    if not (profile.stability or profile.audience) or finding.change.startswith(_NO_PROMISES):
        return finding
    standing = standings.of(finding)
    for said, limit in (
        (f"stability is {standing.stability}", profile.stability.get((standing.stability, finding.impact))),
        (f"audience is {standing.audience}", profile.audience.get((standing.audience, finding.impact))),
    ):
        if limit is not None:
            finding = _at_most(finding, limit[0], f"{said} (profile {profile.id}: {limit[1]})")
    return finding


def _at_most(finding: Finding, limit: Severity, reason: str) -> Finding:
    return finding if finding.severity.rank >= limit.rank else finding.with_severity(limit, reason)
