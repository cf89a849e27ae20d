"""The pass of the deprecation lifecycle: removing what was announced as ending does not stop the gate once its sunset came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contractguard.model.dates import sunset_date
from contractguard.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def apply_lifecycle(findings: Iterable[Finding], today: date | None) -> tuple[Finding, ...]:
    """The findings, with severity `info` for removals of what base marks deprecated and whose sunset date has come.

    A sunset has come on its own day (GOVERNANCE section 2: "today at or after sunset"). Where it has not, where the date is
    not a date, or where `today` is None, the severity stays and the trail says why. Impact and bump stay in any case: a
    removal breaks who still calls, however long it was announced.
    """
    return tuple(_judged(finding, today) for finding in findings)


def _judged(finding: Finding, today: date | None) -> Finding:
    if finding.sunset is None or finding.severity.rank >= Severity.INFO.rank:
        return finding
    announced = f"deprecated at base, sunset {_shown(finding.sunset)}"
    ends = sunset_date(finding.sunset)
    if ends is None:
        reason = f"{announced} is not a date"
    elif today is None:
        reason = f"{announced}, and no date of today to compare it with"
    elif today < ends:
        reason = f"{announced} has not passed on {today.isoformat()}"
    else:
        return finding.with_severity(Severity.INFO, f"{announced} has passed")
    return replace(finding, trail=(*finding.trail, f"{finding.severity} stays: {reason}"))


_SHOWN = 64


def _shown(text: str) -> str:
    """Text of a contract as far as a reader needs it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
