"""From judgements to findings, and findings of one cause into one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, Impact, Judgement, Severity
from contractguard.model.values import UNSET, JsonValue, Unset
from contractguard.policy.fingerprints import canonical, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contractguard.model.change import Change, OperationUse
    from contractguard.model.places import Location

DEFAULT_SEVERITY = {
    Impact.BREAKING: Severity.ERROR,
    Impact.RISKY: Severity.WARNING,
    Impact.COMPATIBLE: Severity.INFO,
    Impact.INFO: Severity.INFO,
}
"""The severity of each impact before any profile speaks."""

_REMOVALS = frozenset(
    {
        *("operation.removed", "operation.moved", "webhook.removed", "parameter.removed", "property.removed"),
        "field.removed",
    }
)


def to_finding(judgement: Judgement, *, contract_id: str, base: Location | None, head: Location | None) -> Finding:
    """The finding for a judgement; `base` and `head` are the located nodes of its change.

    Its severity is the default one of its impact: profile and policy change it afterwards, and say so.
    """
    change = judgement.change
    sunset, remarks = _announced_sunset(change)
    return Finding(
        rule=judgement.rule,
        title=judgement.title,
        fingerprint=fingerprint(
            contract_id=contract_id,
            rule=judgement.rule,
            direction=change.direction,
            element=change.element,
            before=change.before,
            after=change.after,
        ),
        change=change.kind,
        effect=change.effect,
        impact=judgement.impact,
        bump=judgement.bump,
        severity=DEFAULT_SEVERITY[judgement.impact],
        direction=change.direction,
        element=change.element,
        subject=change.subject,
        operations=tuple(sorted(change.uses)),
        base=base,
        head=head,
        before=_or_null(change.before),
        after=_or_null(change.after),
        message=judgement.message,
        because=judgement.because,
        evidence=change.evidence,
        migration=judgement.migration,
        layers=judgement.layers,
        sunset=sunset,
        trail=(*judgement.trail, *remarks),
    )


def merge_causes(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one cause as one (DESIGN section 4, law 7), in the order in which causes are first met.

    One cause is: the same rule, direction, places, values and message. The merged finding is the worst of them, with the
    operations of all and the largest bump.
    """
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        causes.setdefault(_cause(finding), []).append(finding)
    return tuple(_merged(same) for same in causes.values())


def _announced_sunset(change: Change) -> tuple[str | None, tuple[str, ...]]:
    """The sunset date at base of what is removed, as written; and what the trail says where it does not count."""
    if change.kind not in _REMOVALS:
        return None, ()
    sunset = change.details.get("sunset") or None
    if change.facts.get("deprecated") is True:
        return sunset, () if sunset else ("removed after deprecation, but base names no sunset date",)
    return None, ("base names a sunset date, but does not mark it deprecated",) if sunset else ()


def _or_null(value: JsonValue | Unset) -> JsonValue:
    return None if value is UNSET else value


def _cause(finding: Finding) -> tuple[object, ...]:
    return (
        finding.rule,
        finding.direction,
        finding.base,
        finding.head,
        canonical(finding.before),
        canonical(finding.after),
        finding.message,
    )


def _merged(same: Sequence[Finding]) -> Finding:
    if len(same) == 1:
        return same[0]
    worst = min(same, key=lambda finding: (finding.impact.rank, finding.bump.rank, finding.severity.rank))
    operations: set[OperationUse] = set()
    for finding in same:
        operations.update(finding.operations)
    return replace(
        worst,
        operations=tuple(sorted(operations)),
        bump=min((finding.bump for finding in same), key=lambda bump: bump.rank),
        severity=min((finding.severity for finding in same), key=lambda severity: severity.rank),
    )
