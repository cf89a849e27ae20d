"""One comparison in progress: its contracts, each with its judge, and the report on all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DocumentCache, DocumentSet, History, VersionFile, version_in_path
from contractguard.engine.authority import judge_changes
from contractguard.engine.catalogue import builtin_profile
from contractguard.engine.contract import compare_contract, mode_of
from contractguard.engine.judging import Judge, Side, report_error
from contractguard.engine.putting_together import overall_verdict, tool_version, truncate
from contractguard.engine.request import Request
from contractguard.engine.selection import Found, Pairs, Selection
from contractguard.engine.versions.fragments import of_version_alone
from contractguard.engine.versions.lineage import UNKNOWN, Lineage
from contractguard.engine.versions.older import OlderVersions
from contractguard.engine.versions.succession import Succession
from contractguard.engine.versions.transitive import covers_older, with_older
from contractguard.errors import ContractguardError, UsageError
from contractguard.model.dialects import Dialects
from contractguard.model.document import ContractKind
from contractguard.model.finding import Finding, Severity
from contractguard.model.profile import Profile
from contractguard.model.report import (
    ContractReport,
    ContractStatus,
    DialectRef,
    Gate,
    PolicyRef,
    Report,
    ReportError,
    SideRef,
    Tool,
    Verdict,
    Versions,
)
from contractguard.model.values import UNSET, Unset
from contractguard.policy import ContractRule, Policy, default_policy, evaluate_gate, required_bump
from contractguard.policy.supported import ALL
from contractguard.rules import Catalogue
from contractguard.sources import Sides

_NOTHING = Found({}, {}, {}, {})


class Comparison:
    """Compares two sides and puts the report together. Raises `UsageError` for rules and profiles that do not exist."""

    def __init__(self, request: Request, sides: Sides, policy: Policy, catalogue: Catalogue) -> None:
        self._request = request
        self._sides = sides
        self._policy = policy
        self._catalogue = catalogue
        cache = DocumentCache()
        dialects = Dialects({**policy.dialects, **request.dialects})
        self._base = DocumentSet(sides.base, cache=cache, dialects=dialects)
        self._head = DocumentSet(sides.head, cache=cache, dialects=dialects)
        self._selection = Selection(request, sides, policy, self._base, self._head)
        self._older = OlderVersions(self._base, self._head)
        self._profile = self._profile_asked()
        # A rule or a profile that does not exist is told even where nothing changed.
        policy.severities(catalogue.ids)
        policy.check_edition(catalogue.edition)
        self._profiles = {name: self._profile_named(name) for name in policy.own_profiles}

    def _profile_asked(self) -> Profile:
        if not self._request.apply_policy:
            return builtin_profile("everything")
        if self._request.profile is not None:
            return builtin_profile(self._request.profile)
        return self._profile_named(self._policy.profile)

    def _profile_named(self, name: str) -> Profile:
        """A profile that the policy names. Raises `UsageError` where there is none."""
        try:
            return builtin_profile(name)
        except UsageError as error:
            raise UsageError(error.message, path=self._policy.path, remedy=error.remedy) from None

    def _profile_of(self, rule: ContractRule) -> Profile:
        """The profile that a contract is judged by: its own, unless the user asks for another or for no policy at all."""
        asked = self._request.profile is not None or not self._request.apply_policy
        return self._profile if asked or rule.profile is None else self._profiles[rule.profile]

    def report(self) -> Report:
        """The report. What could not be read or compared is in it."""
        focused = self._sides.base_focus is not None or self._sides.head_focus is not None
        contracts, errors, notes = self._focused() if focused else self._discovered()
        judged = self._request.apply_policy and not focused and not self._request.within
        findings = self._judge_changes() if judged else ()
        everything = [*findings, *(finding for contract in contracts for finding in contract.findings)]
        gate = self._gate(everything, [*errors, *(error for contract in contracts for error in contract.errors)])
        contracts, truncated = truncate(contracts, self._request.max_findings)
        return Report(
            tool=Tool("contractguard", tool_version(), self._catalogue.edition),
            base=SideRef(self._sides.base.ref, self._sides.base.commit),
            head=SideRef(self._sides.head.ref, self._sides.head.commit),
            today=self._request.today if self._request.apply_policy else None,
            reading=self._request.reading or self._policy.reading,
            policy=self._policy_ref(),
            dialects=self._dialects_ref(),
            verdict=overall_verdict(contracts, findings, errors),
            required_bump=required_bump(everything),
            gate=gate,
            findings=findings,
            errors=tuple(errors),
            notes=(*self._sides.notes, *notes, *(self._policy.notes if self._request.apply_policy else ())),
            truncated=truncated,
            contracts=tuple(contracts),
        )

    def _judge_changes(self) -> tuple[Finding, ...]:
        return judge_changes(self._sides, self._policy, self._catalogue, self._profile)

    def _policy_ref(self) -> PolicyRef | None:
        if not self._request.apply_policy:
            return None
        return PolicyRef(self._policy.ref, self._policy.digest, self._profile.id)

    def _dialects_ref(self) -> tuple[DialectRef, ...] | Unset:
        own = self._head.dialects.own
        return tuple(DialectRef(uri, own[uri]) for uri in sorted(own)) or UNSET

    def _gate(self, findings: Sequence[Finding], errors: Sequence[ReportError]) -> Gate:
        fail_on: Severity | None = None
        if self._request.apply_policy:
            fail_on = self._request.fail_on or self._policy.fail_on or self._profile.fail_on
            fail_on = None if fail_on is Severity.OFF else fail_on
        return evaluate_gate(findings, errors, fail_on)

    def _judge(self, rule: ContractRule) -> Judge:
        today = self._request.today
        try:
            day = date.fromisoformat(today) if today else None
        except ValueError:
            raise UsageError(f"{today!r} is not a date", remedy="write it as YYYY-MM-DD") from None
        return Judge(
            catalogue=self._catalogue,
            profile=self._profile_of(rule),
            policy=self._policy if self._request.apply_policy else default_policy(),
            today=day if self._request.apply_policy else None,
            compatibility=self._request.compatibility,
            reading=self._request.reading,
            formats=self._request.formats,
            dialect=self._request.dialect,
        )

    def _focused(self) -> tuple[list[ContractReport], list[ReportError], list[str]]:
        """Two files that the user named, whatever they are called."""
        pair, path = self._selection.focused()
        rule = self._policy.contract_for(path)
        nothing = Pairs((), _NOTHING, _NOTHING, frozenset(), (), ())
        report = self._compared(pair, rule, self._base, _lineage_of(pair), nothing)
        return [report], [], []

    def _discovered(self) -> tuple[list[ContractReport], list[ReportError], list[str]]:
        """Every contract that lies on either side, or those that policy names."""
        found = self._selection.within() if self._request.within else self._selection.discovered()
        reports = []
        for number, pair in enumerate(found.pairs):
            if self._request.progress is not None:
                self._request.progress("comparing contracts", number, len(found.pairs))
            reports.append(self._one(pair, found))
        fragments = (of_version_alone(self._one(pair, found)) for pair in found.fragments)
        reports += [report for report in fragments if report is not None]
        return reports, list(found.errors), list(found.notes)

    def _one(self, pair: Counterparts | Succession, found: Pairs) -> ContractReport:
        rule = self._policy.contract_for(pair.path)
        if isinstance(pair, Succession):
            return self._succeeded(pair, rule, found)
        if found.untouched(pair):
            return _unchanged(pair, rule)
        return self._paired(pair, rule, found)

    def _succeeded(self, succession: Succession, rule: ContractRule, found: Pairs) -> ContractReport:
        """A version that head adds, against the one that it follows."""
        pair = Counterparts(succession.base, succession.head, named=True)
        lineage = Lineage(before=succession.before, after=succession.after, added=True)
        return self._compared(pair, rule, succession.documents, lineage, found)

    def _paired(self, pair: Counterparts, rule: ContractRule, found: Pairs) -> ContractReport:
        for documents, side, candidate in (
            (self._base, found.base, pair.base),
            (self._head, found.head, pair.head),
        ):
            if candidate is not None and candidate.path in side.contracts:
                documents.prefetch(side.contracts[candidate.path].files)
        lineage = Lineage(
            before=_version_of(pair.base, found.base.histories, found.head.histories),
            after=_version_of(pair.head, found.head.histories, found.base.histories),
        )
        return self._compared(pair, rule, self._base, lineage, found)

    def _compared(
        self, pair: Counterparts, rule: ContractRule, base: DocumentSet, lineage: Lineage, found: Pairs
    ) -> ContractReport:
        judge = self._judge(rule)
        head = Side(name="head", documents=self._head)
        report = compare_contract(Side(name="base", documents=base), head, pair, rule, judge, lineage=lineage)
        supported = self._request.supported or rule.supported
        if pair.base is None or pair.head is None:
            return report
        if not covers_older(mode_of(rule, judge, pair.head.kind), supported):
            return report
        known = found.base.contracts.get(pair.base.path)
        try:
            older = self._older.of(
                pair.head.path,
                pair.base.path,
                histories=found.histories_of(pair.head.path),
                after=lineage.after,
                files=known.files if known is not None else {pair.base.path},
                supported=supported or ALL,
                name=rule.id,
            )
        except ContractguardError as error:
            return _with_error(report, report_error(error, None))
        report = with_older(report, head, rule, judge, older.versions, lineage=lineage)
        return replace(report, notes=(*report.notes, *older.notes))


def _version_of(candidate: Candidate | None, *sides: Mapping[str, History]) -> VersionFile | None:
    """The version that a file is in its history; of both sides, because one of them alone may know the other versions."""
    if candidate is None:
        return None
    files = (file for side in sides if candidate.path in side for file in side[candidate.path].versions)
    return next((file for file in files if file.path == candidate.path), None)


def _lineage_of(pair: Counterparts) -> Lineage:
    """What the names of two files say, where they are the same but for the version: `order/1-0-0`, `order/1-0-1`."""
    if pair.base is None or pair.head is None:
        return UNKNOWN
    before, after = version_in_path(pair.base.path), version_in_path(pair.head.path)
    if before is None or after is None or before.key != after.key or before.rank == after.rank:
        return UNKNOWN
    if not (before.by_itself and after.by_itself):
        return UNKNOWN
    return Lineage(
        before=VersionFile(pair.base.path, pair.base.kind, before),
        after=VersionFile(pair.head.path, pair.head.kind, after),
    )


def _with_error(report: ContractReport, error: ReportError) -> ContractReport:
    return replace(report, errors=(*report.errors, error), status=ContractStatus.UNREADABLE, verdict=Verdict.UNKNOWN)


def _unchanged(pair: Counterparts, rule: ContractRule) -> ContractReport:
    candidate = pair.head or pair.base
    kind = candidate.kind if candidate is not None else ContractKind.OPENAPI
    return ContractReport(
        id=rule.id,
        path=pair.path,
        kind=rule.kind or kind,
        owner=rule.owner,
        status=ContractStatus.UNCHANGED,
        mode=rule.mode(kind),
        verdict=Verdict.UNCHANGED,
        required_bump=required_bump(()),
        versions=Versions(None, None),
    )
