"""A whole comparison: open the sides, find and pair contracts, compare each, put the report together."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contractguard.diff import Candidate, Counterparts, pair_contracts
from contractguard.documents import Discovery, DocumentCache, DocumentSet, FoundContract, detect, discover
from contractguard.engine.catalogue import builtin_catalogue, builtin_profile, with_rules_of
from contractguard.engine.contract import Judge, Side, compare_contract, report_error
from contractguard.engine.history import was_ever_readable
from contractguard.engine.putting_together import overall_verdict, tool_version, truncate
from contractguard.engine.request import Request
from contractguard.errors import EXIT_CODE_RANK, ContractguardError, UnreadableError, UsageError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Finding, Formats, Reading, Severity
from contractguard.model.profile import Profile
from contractguard.model.report import (
    ContractReport,
    ContractStatus,
    Gate,
    GateStatus,
    PolicyRef,
    Report,
    ReportError,
    SideRef,
    Tool,
    Verdict,
    Versions,
)
from contractguard.policy import (
    ContractRule,
    Policy,
    apply_profile,
    changed_judges,
    default_policy,
    drop_off,
    evaluate_gate,
    load_policy,
    load_policy_file,
    required_bump,
    to_finding,
)
from contractguard.rules import Catalogue, judge
from contractguard.sources import ReadableSnapshot, Sides, authority_snapshot, open_sides
from contractguard.sources.memory import MemorySnapshot

Progress = Callable[[str, int, int], None]


def run(request: Request) -> Report:
    """Compare two sides and judge the difference. What could not be read is in the report, with status `error`.

    Raises `ContractguardError` only where no report can be made: wrong use, a broken policy, a missing ref.
    """
    with open_sides(
        request.base,
        request.head,
        cwd=request.cwd,
        environment=request.environment,
        stdin=request.stdin,
        use_index=request.use_index,
    ) as sides:
        policy, catalogue = _policy(request, sides)
        return _Comparison(request, sides, policy, catalogue).report()


def compare_snapshots(
    base: ReadableSnapshot,
    head: ReadableSnapshot,
    *,
    kind: ContractKind | None = None,
    dialect: str | None = None,
    compatibility: CompatibilityMode | None = None,
    reading: Reading | None = None,
    formats: Formats | None = None,
    profile: str | None = None,
    today: str | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Compare the only file of one snapshot with the only file of another, by the built-in policy."""
    sides = Sides(base, head, next(iter(base.entries)), next(iter(head.entries)), None)
    request = Request(
        kind=kind,
        dialect=dialect,
        compatibility=compatibility,
        reading=reading,
        formats=formats,
        profile=profile,
        today=today,
    )
    return _Comparison(request, sides, default_policy(), catalogue or builtin_catalogue()).report()


def exit_code(report: Report) -> int:
    """The exit code of `check` for a report: the most important of 70, 2, 3, 4 (errors), 1 (the gate failed), 0."""
    errors = [*report.errors, *(error for contract in report.contracts for error in contract.errors)]
    codes = {error.exit_code for error in errors} | {0}
    if report.gate.status is GateStatus.FAIL:
        codes.add(1)
    return min(codes, key=EXIT_CODE_RANK.index)


def _policy(request: Request, sides: Sides) -> tuple[Policy, Catalogue]:
    """The policy and the rules of the authority ref, or the file that the user named (DESIGN section 5)."""
    if request.config is not None:
        try:
            raw = request.config.read_bytes()
        except OSError as error:
            raise UsageError(f"the policy cannot be read: {error.strerror}", path=str(request.config)) from None
        documents = DocumentSet(MemorySnapshot("config", {request.config.name: raw}))
        return load_policy_file(documents, request.config.name), builtin_catalogue()
    authority = authority_snapshot(
        sides.repository, environment=request.environment, policy_from=request.policy_from, beside=sides
    )
    if authority is None:
        return default_policy(), builtin_catalogue()
    documents = DocumentSet(authority)
    policy = load_policy(documents, ref=authority.ref, read_bytes=_reader(authority)) or default_policy()
    return policy, with_rules_of(documents, policy.rule_paths)


def _reader(snapshot: ReadableSnapshot) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        return snapshot.read([path])[path] if path in snapshot.entries else None

    return read


@dataclass(frozen=True, slots=True)
class _Found:
    """The contracts of one side."""

    contracts: Mapping[str, FoundContract]
    unreadable: Mapping[str, ContractguardError]


class _Comparison:
    """One comparison in progress."""

    def __init__(self, request: Request, sides: Sides, policy: Policy, catalogue: Catalogue) -> None:
        self._request = request
        self._sides = sides
        self._policy = policy
        self._catalogue = catalogue
        cache = DocumentCache()
        self._base = DocumentSet(sides.base, cache=cache)
        self._head = DocumentSet(sides.head, cache=cache)
        self._profile = self._profile_asked()
        # A rule or a profile that does not exist is told even where nothing changed.
        policy.severities(catalogue.ids)
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
        focused = self._sides.base_focus is not None or self._sides.head_focus is not None
        contracts, errors, notes = self._focused() if focused else self._discovered()
        findings = self._judge_changes() if not focused and self._request.apply_policy else ()
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
        stands_for = self._request.as_contract
        base_path = self._sides.base_focus if stands_for is None else self._path_of(stands_for)
        head = self._candidate(self._head, self._sides.head_focus)
        base = self._candidate(self._base, base_path, like=head)
        pair = Counterparts(base, head, named=True)
        rule = self._policy.contract_for(pair.path if stands_for is None or base_path is None else base_path)
        return [self._compare(pair, rule)], [], []

    def _path_of(self, contract: str) -> str:
        """Where the contract that a generated file stands for lies at base, by its path or its id."""
        if contract in self._sides.base.entries:
            return contract
        known = {self._policy.contract_for(path).id: path for path in self._find(self._base).contracts}
        if contract not in known:
            raise UsageError(
                f"there is no contract {contract[:80]!r} at {self._sides.base.ref}",
                remedy=f"use one of {', '.join(sorted(known)[:20]) or 'the paths of base'}",
            )
        return known[contract]

    def _candidate(self, documents: DocumentSet, path: str | None, like: Candidate | None = None) -> Candidate | None:
        """What a user named. A file with a history that cannot be read is taken for a version of what it is compared with."""
        if path is None:
            return None
        try:
            kind = self._request.kind or detect(documents.document(path).value, path, named=True)
        except UnreadableError:
            if like is None or documents.snapshot.commit is None or not documents.exists(path):
                raise
            kind = like.kind
        if kind is None:
            raise UnreadableError(
                "this is no contract that contractguard knows: neither OpenAPI nor Avro nor JSON Schema",
                path=path,
                remedy="say what it is with --kind openapi, avro or jsonschema",
            )
        return Candidate(path, kind, documents.snapshot.entries[path].blob_id)

    def _discovered(self) -> tuple[list[ContractReport], list[ReportError], list[str]]:
        """Every contract that lies on either side, or those that policy names."""
        base, head = self._find(self._base), self._find(self._head)
        changed = _changed_paths(self._sides)
        errors, notes = self._unreadable(base, head, changed)
        mended = [head.contracts[path] for path in base.unreadable if path in head.contracts and path in changed]
        pairs = pair_contracts(
            [
                *(self._as_candidate(self._base, found, head.contracts) for found in base.contracts.values()),
                *(self._as_candidate(self._base, found, head.contracts) for found in mended),
            ],
            [self._as_candidate(self._head, found, base.contracts) for found in head.contracts.values()],
        )
        readable = tuple(pair for pair in pairs if pair.path not in head.unreadable)
        pairs = tuple(pair for pair in readable if self._asked_for(pair))
        if readable and not pairs:
            raise UsageError(
                f"no contract is called {' or '.join(self._request.contracts)}",
                remedy=f"use one of {', '.join(self._policy.contract_for(pair.path).id for pair in readable[:20])}",
            )
        reports = []
        notes = [*_twin_notes(head.contracts.values()), *self._policy_slips(base, head), *notes]
        for number, pair in enumerate(pairs):
            if self._request.progress is not None:
                self._request.progress("comparing contracts", number, len(pairs))
            rule = self._policy.contract_for(pair.path)
            if self._untouched(pair, base, head, changed):
                reports.append(_unchanged(pair, rule))
            else:
                for documents, found, side in ((self._base, base, pair.base), (self._head, head, pair.head)):
                    if side is not None and side.path in found.contracts:
                        documents.prefetch(found.contracts[side.path].files)
                reports.append(self._compare(pair, rule))
        if not reports and not errors:
            notes.append("no contracts were found on either side")
        return reports, errors, notes

    def _unreadable(self, base: _Found, head: _Found, changed: frozenset[str]) -> tuple[list[ReportError], list[str]]:
        """The changed files that look like contracts and cannot be read: errors, or notes on those that nobody relies on.

        A base that cannot be read is told by the comparison of its contract, where head can be read.
        """
        errors: list[ReportError] = []
        notes: list[str] = []
        for side, found, other in (("head", head, base), ("base", base, head)):
            for path, error in found.unreadable.items():
                if path not in changed or (side == "base" and path in other.contracts):
                    continue
                if self._is_relied_on(path, base):
                    errors.append(report_error(error, side))
                else:
                    notes.append(f"{error}; not compared, since no policy governs it and it was never readable")
        return errors, notes

    def _is_relied_on(self, path: str, base: _Found) -> bool:
        """Whether policy governs a file, or it could be read at base or before (law 9)."""
        if self._is_governed(path) or path in base.contracts:
            return True
        return path in base.unreadable and was_ever_readable(self._base, path)

    def _policy_slips(self, base: _Found, head: _Found) -> list[str]:
        """Items of the policy that name nothing: probably a slip of the pen, and a contract that nobody watches."""
        unmatched = self._policy.matching_nothing((*base.contracts, *head.contracts))
        return [f"{self._policy.path}: the contract {name!r} matches no file on either side" for name in unmatched]

    def _find(self, documents: DocumentSet) -> _Found:
        include = self._is_governed if self._policy.names_contracts else None
        discovery: Discovery = discover(documents, include=include)
        return _Found({found.path: found for found in discovery.contracts}, dict(discovery.unreadable))

    def _is_governed(self, path: str) -> bool:
        return self._policy.contract_for(path).governed

    @staticmethod
    def _as_candidate(documents: DocumentSet, found: FoundContract, others: Mapping[str, FoundContract]) -> Candidate:
        """The value is needed only where the other side has no contract at this path."""
        value = None if found.path in others else documents.document(found.path).value
        return Candidate(found.path, found.kind, documents.snapshot.entries[found.path].blob_id, value)

    def _asked_for(self, pair: Counterparts) -> bool:
        wanted = self._request.contracts
        if not wanted:
            return True
        names = {side.path for side in (pair.base, pair.head) if side is not None}
        names |= {self._policy.contract_for(path).id for path in names}
        return any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in wanted)

    @staticmethod
    def _untouched(pair: Counterparts, base: _Found, head: _Found, changed: frozenset[str]) -> bool:
        if pair.base is None or pair.head is None or pair.base.path != pair.head.path:
            return False
        if pair.base.path in changed:
            return False
        files = base.contracts[pair.base.path].files | head.contracts[pair.head.path].files
        return files.isdisjoint(changed)

    def _compare(self, pair: Counterparts, rule: ContractRule) -> ContractReport:
        base, head = Side(name="base", documents=self._base), Side(name="head", documents=self._head)
        return compare_contract(base, head, pair, rule, self._judge(rule))

    def _judge_changes(self) -> tuple[Finding, ...]:
        """Findings about the files that decide how changes are judged: they belong to no contract."""
        paths = changed_judges(
            self._sides.base.entries,
            self._sides.head.entries,
            read_base=_reader(self._sides.base),
            read_head=_reader(self._sides.head),
            rule_paths=self._policy.rule_paths,
        )
        judgements = [
            judgement
            for path in paths
            for judgement in judge(
                self._catalogue,
                Change(
                    kind="policy.changed",
                    effect=Effect.NONE,
                    direction=Direction.INPUT,
                    element=path,
                    subject=f"'{path}'",
                    details={"file": path},
                ),
                mode=CompatibilityMode.BACKWARD,
                contract_kind=ContractKind.OPENAPI,
            )
        ]
        findings = tuple(to_finding(judgement, contract_id="", base=None, head=None) for judgement in judgements)
        return drop_off(apply_profile(findings, self._profile))


def _changed_paths(sides: Sides) -> frozenset[str]:
    """Files that one side alone has, or whose bytes differ."""
    base, head = sides.base.entries, sides.head.entries
    return frozenset(
        path
        for path in base.keys() | head.keys()
        if path not in base or path not in head or base[path].blob_id != head[path].blob_id
    )


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


def _twin_notes(contracts: Iterable[FoundContract]) -> list[str]:
    return [
        f"{found.path} and {', '.join(found.twins)} are one contract; compared once"
        for found in contracts
        if found.twins
    ]
