"""The pass of the edition: rules that came after the edition that policy pins do not turn old changes red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def apply_edition(findings: Iterable[Finding], since: Mapping[str, str], edition: str | None) -> tuple[Finding, ...]:
    """The findings, with severity `info` at most for rules that are newer than `edition`.

    `since` has the edition of each built-in rule by id. A rule of one's own is in force from the day it is written; it has no
    edition here. Without an edition nothing changes.
    """
    if edition is None:
        return tuple(findings)
    return tuple(_pinned(finding, since.get(finding.rule, ""), edition) for finding in findings)


def _pinned(finding: Finding, since: str, edition: str) -> Finding:
    if since <= edition or finding.severity.rank >= Severity.INFO.rank:
        return finding
    return finding.with_severity(Severity.INFO, f"{finding.rule} came with edition {since}, and policy pins {edition}")
