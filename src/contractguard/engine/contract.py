"""One contract, end to end: read both sides, compare, judge, apply policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from contractguard import diff
from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DanglingReferenceError, DocumentSet
from contractguard.engine.checking import LazyChecker, LazyDataChecker
from contractguard.engine.history import last_readable
from contractguard.engine.judging import Bench, Judge, Side, report_error, verdict_of
from contractguard.engine.validity import check_validity
from contractguard.engine.versions.lineage import (
    UNKNOWN,
    Lineage,
    apply_announcement,
    changes_meaning,
    is_edited,
)
from contractguard.errors import ContractguardError
from contractguard.formats import read_contract
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode
from contractguard.model.places import Node
from contractguard.model.report import ContractReport, ContractStatus, ReportError, Verdict, Versions
from contractguard.model.resolution import Resolution
from contractguard.model.values import UNSET, Unset
from contractguard.policy import (
    ContractRule,
    declared_bump,
    declared_version,
    required_bump,
    version_changes,
)

_FORWARD = frozenset({CompatibilityMode.FORWARD, CompatibilityMode.FORWARD_TRANSITIVE})
_FULL = frozenset({CompatibilityMode.FULL, CompatibilityMode.FULL_TRANSITIVE})


def compare_contract(
    base: Side, head: Side, pair: Counterparts, rule: ContractRule, judge_by: Judge, *, lineage: Lineage = UNKNOWN
) -> ContractReport:
    """The report on one contract; what cannot be read or compared is in its `errors`.

    `lineage` is what the places of both sides say of their versions.
    """
    kind = rule.kind or (pair.head or pair.base or _NOBODY).kind
    work = _Work(base, head, pair, rule, judge_by, kind, mode_of(rule, judge_by, kind), lineage)
    return work.report()


def mode_of(rule: ContractRule, judge_by: Judge, kind: ContractKind) -> CompatibilityMode:
    """The compatibility mode of a contract: what the user asks for, else what policy or kind say."""
    return judge_by.compatibility or rule.mode(kind)


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
    lineage: Lineage
    notes: list[str] = field(default_factory=list)
    resolution: tuple[Resolution, ...] | Unset = UNSET

    def report(self) -> ContractReport:
        errors: list[ReportError] = []
        old = self._read(self.base, self.pair.base, errors)
        new = self._read(self.head, self.pair.head, errors)
        head_failed = self.pair.head is not None and new is None
        base_failed = self.pair.base is not None and old is None
        changes: list[Change] = []
        if base_failed and new is not None and not self.lineage.instead_of_base:
            # A repair must be able to pass: the finding says that base was of no use (law 9).
            error = errors.pop(0)
            old = self._read_earlier(error, new, changes)
            base_failed = old is None
        if not head_failed and not base_failed:
            try:
                changes += self._changes(old, new, errors)
            except ContractguardError as problem:
                errors.append(report_error(problem, None))
            changes += self._of_versions(old, new, changes)
        if new is not None:
            changes += self._invalid(old, new)
        return self._judged(old, new, changes, errors)

    def _read(self, side: Side, candidate: Candidate | None, errors: list[ReportError]) -> Contract | None:
        if candidate is None:
            return None
        try:
            found = self._contract(side.documents, candidate.path)
        except ContractguardError as error:
            errors.append(report_error(error, side.name))
            return None
        self.notes += [note for note in found.notes if note not in self.notes]
        return found

    def _contract(self, documents: DocumentSet, path: str) -> Contract:
        return read_contract(
            self.kind,
            documents,
            path,
            dialect=self.rule.dialect or self.by.dialect,
            marks=self.by.policy.extensions.names,
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
        repairable = comparison.errors and not self.lineage.instead_of_base
        if repairable and all(self._is_of_base(error) for error in comparison.errors):
            # Only now a part of base turns out to be unreadable, and head has mended it.
            earlier = self._read_earlier(report_error(comparison.errors[0], self.base.name), new, repair)
            if earlier is not None:
                old = earlier
                comparison = self._compared(old, new, self._checkers())
            else:
                comparison = replace(comparison, errors=())  # all but that part of base was compared
        errors += [report_error(error, None) for error in comparison.errors]
        self.resolution = comparison.resolution
        moved = [self._moved(old, new)] if old.path != new.path and not self.pair.named else []
        return [*repair, *moved, *comparison.changes, *self._duplicate_keys()]

    def _of_versions(self, old: Contract | None, new: Contract | None, changes: Sequence[Change]) -> list[Change]:
        """What the places of both sides add: that a version is new, or that one was edited after it was published."""
        if old is None or new is None:
            return []
        before, after = self.lineage.texts()
        if self.lineage.added:
            return [
                self._contract_change(
                    "version.added",
                    Effect.NONE,
                    head=new.root,
                    before=before or UNSET,
                    after=after or UNSET,
                    details={"predecessor": old.path},
                )
            ]
        if self.lineage.edited_in_place and is_edited(changes):
            facts = {"meaning": changes_meaning(changes)}
            return [
                self._contract_change("version.published-edited", Effect.NONE, head=new.root, after=after, facts=facts)
            ]
        return []

    def _checkers(self) -> tuple[LazyChecker, LazyChecker]:
        return LazyChecker(self.base.documents), LazyChecker(self.head.documents)

    def _data_checker(self, old: Contract, new: Contract) -> LazyDataChecker:
        return LazyDataChecker((self.base.documents, old.path), (self.head.documents, new.path))

    def _compared(
        self, old: Contract, new: Contract, checkers: tuple[LazyChecker, LazyChecker] | None = None
    ) -> diff.Comparison:
        reading = self.by.reading or self.rule.reading or self.by.policy.reading
        formats = self.by.formats or self.rule.formats or self.by.policy.formats
        return diff.compare(
            old,
            new,
            reading=reading,
            directions=_directions(self.mode),
            formats=formats,
            checkers=checkers,
            data_checker=self._data_checker(old, new) if checkers is not None else None,
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
        bench = Bench(base=self.base, head=self.head, rule=self.rule, by=self.by, kind=self.kind, mode=self.mode)
        findings = bench.findings(changes, old)
        (before, base_node), (after, head_node) = self._versions(old, new)
        declared = declared_bump(before, after, self.rule.scheme)
        if self.lineage.announces(declared) and self.by.compatibility is None and self.rule.compatibility is None:
            findings = apply_announcement(findings, self.lineage)
        needed = required_bump(findings)
        if not errors and old is not None and new is not None:
            findings += bench.findings(self._version_changes(before, after, needed, (base_node, head_node)), old)
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
            declared_bump=declared,
            versions=Versions(before, after),
            errors=tuple(errors),
            notes=tuple(self.notes),
            findings=findings,
            resolution=self.resolution,
        )

    def _versions(
        self, old: Contract | None, new: Contract | None
    ) -> tuple[tuple[str | None, Node | None], tuple[str | None, Node | None]]:
        """The versions of both sides, with their places: where policy says, else as the names of the files say, else as the
        contracts do.
        """
        stated = [
            declared_version(contract, self.rule.version_from) if contract is not None else None
            for contract in (old, new)
        ]
        named = self.lineage.texts() if self.rule.version_from is None else (None, None)
        before, after = (
            (text or (version.value if version is not None else None), version.node if version is not None else None)
            for text, version in zip(named, stated, strict=True)
        )
        return before, after

    def _base_path(self) -> str | None:
        pair = self.pair
        moved = pair.base is not None and pair.head is not None and pair.base.path != pair.head.path
        return pair.base.path if moved and pair.base is not None else None

    def _status(self, changes: Sequence[Change], errors: Sequence[ReportError]) -> ContractStatus:
        if errors:
            return ContractStatus.UNREADABLE
        if self.pair.base is None or self.lineage.added:
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
            if change.kind != "version.unchanged" or (needed is not Bump.NONE and not self.lineage.edited_in_place)
        ]


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
