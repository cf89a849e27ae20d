"""One comparison in progress: its contracts, each with its judge, and the report on all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DocumentCache, DocumentSet, History, VersionFile
from contractguard.engine.authority import judge_changes
from contractguard.engine.catalogue import builtin_profile
from contractguard.engine.contract import compare_contract, mode_of
from contractguard.engine.judging import Judge, Side, report_error
from contractguard.engine.putting_together import overall_verdict, tool_version, truncate
from contractguard.engine.request import Request
from contractguard.engine.selection import Found, Pairs, Selection
from contractguard.engine.versions.lineage import UNKNOWN, Lineage
from contractguard.engine.versions.older import Older, OlderVersions
from contractguard.engine.versions.succession import Succession
from contractguard.engine.versions.transitive import is_transitive, with_older
from contractguard.errors import ContractguardError, UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import Finding, Severity
from contractguard.model.profile import Profile
from contractguard.model.report import (
    ContractReport,
    ContractStatus,
    Gate,
    PolicyRef,
    Report,
    ReportError,
    SideRef,
    Tool,
    Verdict,
    Versions,
)
from contractguard.policy import ContractRule, Policy, default_policy, evaluate_gate, required_bump
from contractguard.policy.supported import ALL
from contractguard.rules import Catalogue
from contractguard.sources import Sides

_NOTHING = Found({}, {}, {})


class Comparison:
    """Compares two sides and puts the report together. Raises `UsageError` for rules and profiles that do not exist."""

    def __init__(self, request: Request, sides: Sides, policy: Policy, catalogue: Catalogue) -> None:
        self._request = request
        self._sides = sides
        self._policy = policy
        self._catalogue = catalogue
        cache = DocumentCache()
        self._base = DocumentSet(sides.base, cache=cache)
        self._head = DocumentSet(sides.head, cache=cache)
        self._selection = Selection(request, sides, policy, self._base, self._head)
        self._older = OlderVersions(self._base, self._head)
        self._profile = self._profile_asked()
        # A rule or a profile that does not exist is told even where nothing changed.
        policy.severities(catalogue.ids)
        policy.check_edition(catalogue.edition)
        self._profiles = {name: self._profile_named(name) for name in policy.own_profiles}

    def _profile_asked(self) -> Profile:
        if self._request.apply_policy:
            return builtin_profile(self._request.profile or self._policy.profile)
        return builtin_profile("everything")

    def _profile_named(self, name: str) -> Profile:
        """A profile that the policy names for a contract of its own. Raises `UsageError` where there is none."""
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
        report = self._compared(pair, rule, self._base, UNKNOWN, Pairs((), _NOTHING, _NOTHING, frozenset(), (), ()))
        return [report], [], []

    def _discovered(self) -> tuple[list[ContractReport], list[ReportError], list[str]]:
        """Every contract that lies on either side, or those that policy names."""
        found = self._selection.within() if self._request.within else self._selection.discovered()
        reports = []
        for number, pair in enumerate(found.pairs):
            if self._request.progress is not None:
                self._request.progress("comparing contracts", number, len(found.pairs))
            rule = self._policy.contract_for(pair.path)
            if isinstance(pair, Succession):
                reports.append(self._succeeded(pair, rule, found))
            elif found.untouched(pair):
                reports.append(_unchanged(pair, rule))
            else:
                reports.append(self._paired(pair, rule, found))
        return reports, list(found.errors), list(found.notes)

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
        if pair.base is None or pair.head is None or not is_transitive(mode_of(rule, judge, pair.head.kind)):
            return report
        try:
            older = self._older_versions(pair.base.path, pair.head.path, rule, lineage.after, found)
        except ContractguardError as error:
            return _with_error(report, report_error(error, None))
        report = with_older(report, head, rule, judge, older.versions)
        return replace(report, notes=(*report.notes, *older.notes))

    def _older_versions(
        self, base_path: str, path: str, rule: ContractRule, after: VersionFile | None, found: Pairs
    ) -> Older:
        histories = [side.histories[path] for side in (found.head, found.base) if path in side.histories]
        known = found.base.contracts.get(base_path)
        return self._older.of(
            path,
            base_path,
            histories=histories,
            after=after,
            files=known.files if known is not None else {base_path},
            supported=self._request.supported or rule.supported or ALL,
        )


def _version_of(candidate: Candidate | None, *sides: Mapping[str, History]) -> VersionFile | None:
    """The version that a file is in its history; of both sides, because one of them alone may know the other versions."""
    if candidate is None:
        return None
    files = (file for side in sides if candidate.path in side for file in side[candidate.path].versions)
    return next((file for file in files if file.path == candidate.path), None)


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
