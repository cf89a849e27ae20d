"""From changes of one contract to findings: the catalogue judges them, policy weighs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contractguard.documents import DocumentSet
from contractguard.errors import ContractguardError
from contractguard.model.change import Change
from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Finding, Formats, Impact, Judgement, Reading
from contractguard.model.places import Location, Node
from contractguard.model.profile import Profile
from contractguard.model.report import ReportError, Verdict
from contractguard.policy import (
    ContractRule,
    Policy,
    apply_edition,
    apply_lifecycle,
    apply_overrides,
    apply_profile,
    apply_standing,
    drop_off,
    merge_causes,
    standings,
    to_finding,
)
from contractguard.rules import Catalogue, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the comparison, ready to read contracts from."""

    name: str
    documents: DocumentSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Everything that a contract is judged by. What is set of the last four overrides policy."""

    catalogue: Catalogue
    profile: Profile
    policy: Policy
    today: date | None
    compatibility: CompatibilityMode | None = None
    reading: Reading | None = None
    formats: Formats | None = None
    dialect: str | None = None


_Places = dict[tuple[str, str], Location]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Judges the changes of one contract between two sides."""

    base: Side
    head: Side
    rule: ContractRule
    by: Judge
    kind: ContractKind
    mode: CompatibilityMode

    def findings(self, changes: Sequence[Change], old: Contract | None) -> tuple[Finding, ...]:
        """The findings about these changes, the worst first, as policy weighs them; `old` is the contract at base."""
        judgements = [
            judgement
            for change in changes
            for judgement in judge(self.by.catalogue, change, mode=self.mode, contract_kind=self.kind)
        ]
        before = _locations(self.base, (judgement.change.base for judgement in judgements))
        after = _locations(self.head, (judgement.change.head for judgement in judgements))
        findings = [self._finding(judgement, before, after) for judgement in judgements]
        return self._after_policy(tuple(sorted(merge_causes(findings), key=_order)), old)

    def _finding(self, judgement: Judgement, old: _Places, new: _Places) -> Finding:
        change = judgement.change
        return to_finding(
            judgement,
            contract_id=self.rule.id,
            base=old.get(change.base.key) if change.base is not None else None,
            head=new.get(change.head.key) if change.head is not None else None,
        )

    def _after_policy(self, findings: tuple[Finding, ...], base: Contract | None) -> tuple[Finding, ...]:
        policy, profile = self.by.policy, self.by.profile
        findings = apply_profile(findings, profile)
        findings = apply_edition(findings, self.by.catalogue.editions, policy.edition)
        overrides = policy.severities(self.by.catalogue.ids)
        findings = apply_overrides(findings, overrides, source=policy.path or "policy")
        promised = standings(base, self.rule.stability, self.rule.audience)
        findings = apply_standing(findings, profile, promised)
        return drop_off(apply_lifecycle(findings, self.by.today))


def _locations(side: Side, nodes: Iterable[Node | None]) -> _Places:
    keys = {node.key for node in nodes if node is not None and side.documents.exists(node.path)}
    return dict(side.documents.locate(sorted(keys)))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.head or finding.base
    where = (place.path, place.line, place.column) if place is not None else ("", 0, 0)
    return (finding.impact.rank, *where, finding.rule, finding.direction, finding.element, finding.fingerprint)


def verdict_of(findings: Iterable[Finding], errors: Sequence[ReportError] = ()) -> Verdict:
    """The answer that findings give together: the worst of them, `unknown` where something could not be read."""
    if errors:
        return Verdict.UNKNOWN
    worst = min((finding.impact.rank for finding in findings), default=None)
    if worst is None:
        return Verdict.UNCHANGED
    return {Impact.BREAKING.rank: Verdict.BREAKING, Impact.RISKY.rank: Verdict.RISKY}.get(worst, Verdict.COMPATIBLE)


def report_error(error: ContractguardError, side: str | None) -> ReportError:
    """An error as the report tells it."""
    return ReportError(
        message=error.message,
        exit_code=error.exit_code,
        side=side,
        path=error.path,
        line=error.line,
        column=error.column,
        remedy=error.remedy,
    )
