"""One contract, end to end: read both sides, compare, judge, apply policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contractguard import diff
from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DocumentSet
from contractguard.errors import ContractguardError
from contractguard.formats import read_contract
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Impact, Judgement, Reading
from contractguard.model.places import Location, Node
from contractguard.model.profile import Profile
from contractguard.model.report import ContractReport, ContractStatus, ReportError, Verdict, Versions
from contractguard.policy import (
    ContractRule,
    Policy,
    apply_lifecycle,
    apply_overrides,
    apply_profile,
    declared_bump,
    declared_version,
    drop_off,
    merge_causes,
    required_bump,
    to_finding,
    version_changes,
)
from contractguard.rules import Catalogue, judge

_FORWARD = frozenset({CompatibilityMode.FORWARD, CompatibilityMode.FORWARD_TRANSITIVE})
_FULL = frozenset({CompatibilityMode.FULL, CompatibilityMode.FULL_TRANSITIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the comparison, ready to read contracts from."""

    name: str
    documents: DocumentSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Everything that a contract is judged by. `compatibility`, `reading` and `dialect` override policy where they are set."""

    catalogue: Catalogue
    profile: Profile
    policy: Policy
    today: date | None
    compatibility: CompatibilityMode | None = None
    reading: Reading | None = None
    dialect: str | None = None


def compare_contract(base: Side, head: Side, pair: Counterparts, rule: ContractRule, judge_by: Judge) -> ContractReport:
    """The report on one contract; what cannot be read or compared is in its `errors`."""
    kind = rule.kind or (pair.head or pair.base or _NOBODY).kind
    work = _Work(base, head, pair, rule, judge_by, kind, judge_by.compatibility or rule.mode(kind))
    return work.report()


_NOBODY = Candidate("", ContractKind.OPENAPI, "")


@dataclass(slots=True)
class _Work:
    """The comparison of one contract in progress."""

    base: Side
    head: Side
    pair: Counterparts
    rule: ContractRule
    by: Judge
    kind: ContractKind
    mode: CompatibilityMode

    def report(self) -> ContractReport:
        errors: list[ReportError] = []
        old = self._read(self.base, self.pair.base, errors)
        new = self._read(self.head, self.pair.head, errors)
        head_failed = self.pair.head is not None and new is None
        base_failed = self.pair.base is not None and old is None
        changes: list[Change] = []
        if base_failed and new is not None:
            # A repair must be able to pass: the finding says that base was of no use (law 9).
            changes.append(self._base_unreadable(errors.pop(0)))
        elif not head_failed:
            try:
                changes += self._changes(old, new, errors)
            except ContractguardError as error:
                errors.append(report_error(error, None))
        return self._judged(old, new, changes, errors)

    def _read(self, side: Side, candidate: Candidate | None, errors: list[ReportError]) -> Contract | None:
        if candidate is None:
            return None
        dialect = self.rule.dialect or self.by.dialect
        try:
            return read_contract(
                self.kind,
                side.documents,
                candidate.path,
                dialect=dialect,
                # Asked for only where a schema names a type that it does not define: it looks through the whole snapshot.
                find_type=lambda name: side.documents.avro_finder(candidate.path)(name),  # noqa: PLW0108  (not before it is asked)
            )
        except ContractguardError as error:
            errors.append(report_error(error, side.name))
            return None

    def _changes(self, old: Contract | None, new: Contract | None, errors: list[ReportError]) -> list[Change]:
        if old is None or new is None:
            return [self._appeared(old, new)]
        reading = self.by.reading or self.rule.reading or self.by.policy.reading
        comparison = diff.compare(old, new, reading=reading, directions=_directions(self.mode))
        errors += [report_error(error, None) for error in comparison.errors]
        moved = [self._moved(old, new)] if old.path != new.path and not self.pair.named else []
        return [*moved, *comparison.changes, *self._duplicate_keys()]

    def _contract_change(self, kind: str, effect: Effect, **more: object) -> Change:
        return Change(
            kind=kind,
            effect=effect,
            direction=Direction.INPUT,
            element="contract",
            subject=f"contract '{self.rule.id}'",
            **more,  # type: ignore[arg-type]  # the optional fields of Change, by name
        )

    def _appeared(self, old: Contract | None, new: Contract | None) -> Change:
        if new is not None:
            return self._contract_change("contract.added", Effect.WIDENED, head=new.root, after=new.path)
        root = old.root if old is not None else None
        return self._contract_change(
            "contract.removed", Effect.NARROWED, base=root, before=old.path if old is not None else None
        )

    def _moved(self, old: Contract, new: Contract) -> Change:
        return self._contract_change(
            "contract.moved", Effect.NONE, base=old.root, head=new.root, before=old.path, after=new.path
        )

    def _base_unreadable(self, error: ReportError) -> Change:
        place = ":".join(str(part) for part in (error.path, error.line, error.column) if part is not None)
        return self._contract_change(
            "contract.base-unreadable", Effect.NONE, details={"error": f"{place}: {error.message}"}
        )

    def _duplicate_keys(self) -> list[Change]:
        found = []
        for side, candidate in ((self.base, self.pair.base), (self.head, self.pair.head)):
            document = side.documents.document(candidate.path) if candidate is not None else None
            for duplicate in document.duplicates if document is not None else ():
                change = self._contract_change(
                    "document.duplicate-key",
                    Effect.NONE,
                    facts={"side": side.name},
                    before=duplicate.key,
                    after=f"{document.path}:{duplicate.line}:{duplicate.column}" if document is not None else None,
                )
                found.append(change)
        return found

    def _judged(
        self, old: Contract | None, new: Contract | None, changes: Sequence[Change], errors: list[ReportError]
    ) -> ContractReport:
        findings = self._after_policy(self._findings(changes))
        versions = [
            declared_version(contract, self.rule.version_from) if contract is not None else None
            for contract in (old, new)
        ]
        before, after = (version.value if version is not None else None for version in versions)
        needed = required_bump(findings)
        if not errors and old is not None and new is not None:
            nodes = tuple(version.node if version is not None else None for version in versions)
            findings += self._after_policy(self._findings(self._version_changes(before, after, needed, nodes)))
        some = new or old
        return ContractReport(
            id=self.rule.id,
            path=self.pair.path,
            base_path=self._base_path(),
            kind=self.kind,
            dialect=some.dialect if some is not None else "",
            title=some.title if some is not None else None,
            owner=self.rule.owner,
            status=self._status(changes, errors),
            mode=self.mode,
            verdict=Verdict.COMPATIBLE if changes and not findings and not errors else verdict_of(findings, errors),
            required_bump=needed,
            declared_bump=declared_bump(before, after, self.rule.scheme),
            versions=Versions(before, after),
            errors=tuple(errors),
            findings=findings,
        )

    def _base_path(self) -> str | None:
        pair = self.pair
        moved = pair.base is not None and pair.head is not None and pair.base.path != pair.head.path
        return pair.base.path if moved and pair.base is not None else None

    def _status(self, changes: Sequence[Change], errors: Sequence[ReportError]) -> ContractStatus:
        if errors:
            return ContractStatus.UNREADABLE
        if self.pair.base is None:
            return ContractStatus.ADDED
        if self.pair.head is None:
            return ContractStatus.REMOVED
        return ContractStatus.CHANGED if changes else ContractStatus.UNCHANGED

    def _version_changes(
        self, before: str | None, after: str | None, needed: Bump, nodes: tuple[Node | None, ...]
    ) -> list[Change]:
        return [
            self._contract_change(
                change.kind,
                Effect.NONE,
                before=change.before,
                after=change.after,
                details=change.details,
                facts=change.facts,
                base=nodes[0],
                head=nodes[1],
            )
            for change in version_changes(before, after, required=needed, scheme=self.rule.scheme)
            if change.kind != "version.unchanged" or needed is not Bump.NONE
        ]

    def _findings(self, changes: Sequence[Change]) -> tuple[Finding, ...]:
        judgements = [
            judgement
            for change in changes
            for judgement in judge(self.by.catalogue, change, mode=self.mode, contract_kind=self.kind)
        ]
        old = self._locations(self.base, (judgement.change.base for judgement in judgements))
        new = self._locations(self.head, (judgement.change.head for judgement in judgements))
        findings = [self._finding(judgement, old, new) for judgement in judgements]
        return tuple(sorted(merge_causes(findings), key=_order))

    def _finding(self, judgement: Judgement, old: _Places, new: _Places) -> Finding:
        change = judgement.change
        return to_finding(
            judgement,
            contract_id=self.rule.id,
            base=old.get(change.base.key) if change.base is not None else None,
            head=new.get(change.head.key) if change.head is not None else None,
        )

    def _locations(self, side: Side, nodes: Iterable[Node | None]) -> _Places:
        keys = {node.key for node in nodes if node is not None and side.documents.exists(node.path)}
        return dict(side.documents.locate(sorted(keys)))

    def _after_policy(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        policy = self.by.policy
        findings = apply_profile(findings, self.by.profile)
        overrides = policy.severities(self.by.catalogue.ids)
        findings = apply_overrides(findings, overrides, source=policy.path or "policy")
        return drop_off(apply_lifecycle(findings, self.by.today))


_Places = dict[tuple[str, str], Location]


def _directions(mode: CompatibilityMode) -> tuple[Direction, ...]:
    if mode in _FULL:
        return tuple(Direction)
    return (Direction.OUTPUT,) if mode in _FORWARD else (Direction.INPUT,)


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
