"""One contract, end to end: read both sides, compare, judge, apply policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contractguard import diff
from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DanglingReferenceError, DocumentSet
from contractguard.engine.checking import LazyChecker
from contractguard.engine.history import last_readable
from contractguard.engine.validity import check_validity
from contractguard.errors import ContractguardError
from contractguard.formats import read_contract
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Formats, Impact, Judgement, Reading
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
    """Everything that a contract is judged by. What is set of the last four overrides policy."""

    catalogue: Catalogue
    profile: Profile
    policy: Policy
    today: date | None
    compatibility: CompatibilityMode | None = None
    reading: Reading | None = None
    formats: Formats | None = None
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
    notes: list[str] = field(default_factory=list)

    def report(self) -> ContractReport:
        errors: list[ReportError] = []
        old = self._read(self.base, self.pair.base, errors)
        new = self._read(self.head, self.pair.head, errors)
        head_failed = self.pair.head is not None and new is None
        base_failed = self.pair.base is not None and old is None
        changes: list[Change] = []
        if base_failed and new is not None:
            # A repair must be able to pass: the finding says that base was of no use (law 9).
            error = errors.pop(0)
            old = self._read_earlier(error, new, changes)
            base_failed = old is None
        if not head_failed and not base_failed:
            try:
                changes += self._changes(old, new, errors)
            except ContractguardError as problem:
                errors.append(report_error(problem, None))
        if new is not None:
            changes += self._invalid(old, new)
        return self._judged(old, new, changes, errors)

    def _read(self, side: Side, candidate: Candidate | None, errors: list[ReportError]) -> Contract | None:
        if candidate is None:
            return None
        try:
            return self._contract(side.documents, candidate.path)
        except ContractguardError as error:
            errors.append(report_error(error, side.name))
            return None

    def _contract(self, documents: DocumentSet, path: str) -> Contract:
        return read_contract(
            self.kind,
            documents,
            path,
            dialect=self.rule.dialect or self.by.dialect,
            # Asked for only where a schema names a type that it does not define: it looks through the whole snapshot.
            find_type=lambda name: documents.avro_finder(path)(name),  # noqa: PLW0108  (not before it is asked)
        )

    def _read_earlier(self, error: ReportError, new: Contract, changes: list[Change]) -> Contract | None:
        """The last version before base that can be read and compared. It takes the place of base; a change and a note say so."""
        path = self.pair.base.path if self.pair.base is not None else self.pair.path
        at_fault = error.path or path

        def read(documents: DocumentSet) -> Contract:
            found = self._contract(documents, path)
            for problem in self._compared(found, new).errors:
                raise problem
            return found

        changes.append(self._base_unreadable(error))
        earlier = last_readable(self.base.documents, (at_fault, path), read)
        if earlier is None:
            self.notes.append("base cannot be read, nor can the versions before it")
            return None
        self.base = Side(name=self.base.name, documents=earlier.documents)
        self.notes.append(
            f"base cannot be read: head was compared with the last version that can, of commit {earlier.commit[:12]}"
        )
        return earlier.found

    def _invalid(self, old: Contract | None, new: Contract) -> list[Change]:
        validity = check_validity(old, new)
        self.notes += validity.notes
        return [
            self._contract_change(
                "contract.invalid",
                Effect.NONE,
                element=place.element,
                head=place.node,
                details={"error": place.error},
            )
            for place in validity.news
        ]

    def _changes(self, old: Contract | None, new: Contract | None, errors: list[ReportError]) -> list[Change]:
        if old is None or new is None:
            return [self._appeared(old, new)]
        comparison = self._compared(old, new, self._checkers())
        repair: list[Change] = []
        if comparison.errors and all(self._is_of_base(error) for error in comparison.errors):
            # Only now a part of base turns out to be unreadable, and head has mended it.
            earlier = self._read_earlier(report_error(comparison.errors[0], self.base.name), new, repair)
            if earlier is not None:
                old = earlier
                comparison = self._compared(old, new, self._checkers())
            else:
                comparison = replace(comparison, errors=())  # all but that part of base was compared
        errors += [report_error(error, None) for error in comparison.errors]
        moved = [self._moved(old, new)] if old.path != new.path and not self.pair.named else []
        return [*repair, *moved, *comparison.changes, *self._duplicate_keys()]

    def _checkers(self) -> tuple[LazyChecker, LazyChecker]:
        return LazyChecker(self.base.documents), LazyChecker(self.head.documents)

    def _compared(
        self, old: Contract, new: Contract, checkers: tuple[LazyChecker, LazyChecker] | None = None
    ) -> diff.Comparison:
        reading = self.by.reading or self.rule.reading or self.by.policy.reading
        formats = self.by.formats or self.rule.formats or self.by.policy.formats
        return diff.compare(
            old, new, reading=reading, directions=_directions(self.mode), formats=formats, checkers=checkers
        )

    def _is_of_base(self, error: ContractguardError) -> bool:
        """Whether it is base alone that cannot be read: one of its files, or a reference in it that leads nowhere."""
        if isinstance(error, DanglingReferenceError):
            return error.documents is self.base.documents
        path = error.path
        return path is not None and _cannot_be_read(self.base, path) and not _cannot_be_read(self.head, path)

    def _contract_change(self, kind: str, effect: Effect, *, element: str = "contract", **more: object) -> Change:
        return Change(
            kind=kind,
            effect=effect,
            direction=Direction.INPUT,
            element=element,
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
            notes=tuple(self.notes),
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


def _cannot_be_read(side: Side, path: str) -> bool:
    try:
        side.documents.document(path)
    except ContractguardError:
        return True
    return False


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
