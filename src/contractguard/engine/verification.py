"""Checking the witnesses of a saved report again, against both versions, with the independent validators alone.

Nothing of the comparison is used: not the normal form, not the diff, not the rules. What a report claims is taken from its
evidence; what holds is asked of the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from contractguard.documents import DocumentSet
from contractguard.engine.checking import LazyDataChecker
from contractguard.errors import ContractguardError, UsageError
from contractguard.model.change import Evidence, EvidenceKind
from contractguard.model.dialects import Dialects
from contractguard.model.document import ContractKind
from contractguard.model.finding import Against, Finding
from contractguard.model.payload import Checked, Role, SchemaPlace
from contractguard.model.places import Node
from contractguard.model.report import ContractReport, Report, SideRef
from contractguard.model.schema import Dialect
from contractguard.model.values import UNSET, JsonValue, Unset, pointer_tokens
from contractguard.sources import ReadableSnapshot, open_snapshot
from contractguard.validators import PayloadValidator, form_schema
from contractguard.validators.reasons import LONGEST, shortened

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LONGEST_CLAIM = 80
"""Characters of what stands before the reason of a validator."""

_OTHER = {"base": "head", "head": "base"}


@dataclass(frozen=True, slots=True)
class FailedWitness:
    """A witness that does not hold: where the report has it, and what was seen instead, in one line."""

    contract: str
    rule: str
    element: str
    fingerprint: str
    seen: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of the witnesses of a report."""

    base: str
    head: str
    confirmed: int
    failed: tuple[FailedWitness, ...]

    @property
    def checked(self) -> int:
        """How many witnesses were looked at."""
        return self.confirmed + len(self.failed)


def verify(
    report: Report,
    *,
    base: str | None,
    head: str | None,
    cwd: Path,
    environment: Mapping[str, str],
    stdin: BinaryIO | None = None,
) -> Verification:
    """Check every witness of a report. `base` and `head` name the sides in place of those that the report names.

    A witness that cannot be checked (its schema is not there, a pattern that nobody can match) does not hold. Raises
    `UnreadableError` where a side cannot be opened, `UsageError` where the report names one that must be named by the user.
    """
    witnesses = list(_witnesses(report))
    names = {"base": base or _name_of(report.base, "base"), "head": head or _name_of(report.head, "head")}
    shown = {"base": base or report.base.ref, "head": head or report.head.ref}
    dialects = Dialects(
        {} if isinstance(report.dialects, Unset) else {item.uri: item.dialect for item in report.dialects}
    )
    failed = []
    with ExitStack() as opened:
        both: dict[str, _Side] = {}
        exchanges: dict[tuple[str, Against | Unset], LazyDataChecker] = {}
        if witnesses:
            for side, name in names.items():
                snapshot, file = open_snapshot(name, cwd=cwd, environment=environment, stdin=stdin)
                opened.callback(snapshot.close)
                both[side] = _Side(side, DocumentSet(snapshot, dialects=dialects), file)
        older = _OlderSides(both, names["base"] or "", partial(open_snapshot, cwd=cwd, environment=environment), opened)
        for reported, finding in witnesses:
            contract, sides = older.of(reported, finding)
            if contract is not None and contract.kind is ContractKind.AVRO:
                exchange = exchanges.setdefault((contract.id, finding.against), _exchange(contract, sides))
                seen = _avro_contradiction(finding.evidence, exchange)
            else:
                seen = _contradiction(_in_named_files(finding.evidence, contract, sides), sides)
            if seen is not None:
                place = contract.id if contract is not None else ""
                line = shortened(seen, LONGEST + _LONGEST_CLAIM)
                failed.append(FailedWitness(place, finding.rule, finding.element, finding.fingerprint, line))
    return Verification(shown["base"], shown["head"], len(witnesses) - len(failed), tuple(failed))


def _witnesses(report: Report) -> Iterator[tuple[ContractReport | None, Finding]]:
    for finding in report.findings:
        if finding.evidence.kind is EvidenceKind.WITNESS:
            yield None, finding
    for contract in report.contracts:
        for finding in contract.findings:
            if finding.evidence.kind is EvidenceKind.WITNESS:
                yield contract, finding


def _name_of(side: SideRef, which: str) -> str | None:
    """The name that opens a side of a report once more; None for the working tree.

    A report may come from anywhere, so the names in it do not lead out of the current folder. Raises `UsageError`.
    """
    if side.commit is not None:
        if not _COMMIT.fullmatch(side.commit):
            raise UsageError(f"the {which} of the report is no commit id: {side.commit[:80]!r}", remedy=_remedy(which))
        rest = side.ref.partition(":")[2] if not side.ref.startswith(":") else ""
        return f"{side.commit}:{rest}" if rest else side.commit
    if side.ref == "worktree":
        return None
    if side.ref == "index":
        return ":"
    path = PurePosixPath(side.ref)
    if side.ref == "-" or path.is_absolute() or Path(side.ref).is_absolute() or ".." in path.parts:
        raise UsageError(
            f"the {which} of the report is {side.ref[:80]!r}, which is not opened on its word alone",
            remedy=_remedy(which),
        )
    return side.ref


def _remedy(which: str) -> str:
    return f"name it with --{which}"


class _Side:
    """One version, and the validator that reads it."""

    def __init__(self, name: str, documents: DocumentSet, file: str | None) -> None:
        self._name = name
        self.file = file
        """The file that the user named for the contract, None where the side is a whole tree."""
        self.documents = documents
        self._validator = PayloadValidator(documents)

    def check(self, place: SchemaPlace | None, payload: JsonValue, role: Role) -> Checked:
        """What the validator says of a payload at this side; where there is no schema, anything is valid."""
        if place is None:
            return Checked(valid=True)
        try:
            node = self._node(place)
            if node is not None and isinstance(node.value, list) and place.dialect is Dialect.OPENAPI_2_0:
                node = form_schema(self.documents, node, self.documents.document(place.path).root)
        except ContractguardError as error:
            return Checked(None, f"{self._name} cannot be read: {error}")
        if node is None:
            return Checked(None, f"{self._name} has nothing at {place.path}#{place.pointer}")
        return self._validator.check(node, payload, dialect=place.dialect, role=role)

    def _node(self, place: SchemaPlace) -> Node | None:
        node = self.documents.document(place.path).root
        for token in pointer_tokens(place.pointer):
            try:
                node = node.child(token)
            except (LookupError, TypeError, ValueError):
                return None
        return node


class _OlderSides:
    """What stands for base in a finding: base itself, or an older version, which is opened when it is first asked for."""

    def __init__(
        self,
        sides: Mapping[str, _Side],
        base: str,
        opener: Callable[[str], tuple[ReadableSnapshot, str | None]],
        opened: ExitStack,
    ) -> None:
        self._sides = sides
        self._folder = base.partition(":")[2]
        self._opener = opener
        self._opened = opened
        self._at: dict[str, _Side] = {}

    def of(
        self, contract: ContractReport | None, finding: Finding
    ) -> tuple[ContractReport | None, Mapping[str, _Side]]:
        """The contract with the path at which its older side lies, and the sides of the finding.

        Raises `UsageError` for a report that names no commit for a tag.
        """
        against = finding.against
        if contract is None:
            return None, self._sides
        if not isinstance(against, Against):
            beside = contract.base_path is not None and self._sides["base"].file is None
            return contract, self._with_base(self._beside(contract.base_path)) if beside else self._sides
        side = self._beside(against.path) if against.commit is None else self._tagged(against.commit)
        return replace(contract, base_path=against.path), self._with_base(side)

    def _with_base(self, side: _Side) -> Mapping[str, _Side]:
        return {**self._sides, "base": side}

    def _beside(self, path: str | None) -> _Side:
        """The side that has a version: base, or head where the version is new there, too."""
        base, head = self._sides["base"], self._sides["head"]
        if path is None or base.documents.exists(path) or not head.documents.exists(path):
            return base
        return _Side("base", head.documents, None)

    def _tagged(self, commit: str) -> _Side:
        if not _COMMIT.fullmatch(commit):
            raise UsageError(f"an older version in the report is no commit id: {commit[:80]!r}", remedy=_remedy("base"))
        if commit not in self._at:
            folder = self._folder if self._sides["base"].file is None else ""
            snapshot, _ = self._opener(f"{commit}:{folder}" if folder else commit)
            self._opened.callback(snapshot.close)
            self._at[commit] = _Side(
                "base", DocumentSet(snapshot, dialects=self._sides["base"].documents.dialects), None
            )
        return self._at[commit]


def _in_named_files(evidence: Evidence, contract: ContractReport | None, sides: Mapping[str, _Side]) -> Evidence:
    """The evidence with the files that the user named in place of the contract's own, whatever the report calls them."""
    if contract is None:
        return evidence
    roots = {"base": contract.base_path or contract.path, "head": contract.path}
    places = {"base": evidence.base_schema, "head": evidence.head_schema}
    for side, place in places.items():
        file = sides[side].file
        if place is not None and file is not None and place.path == roots[side]:
            places[side] = replace(place, path=file)
    return replace(evidence, base_schema=places["base"], head_schema=places["head"])


def _exchange(contract: ContractReport, sides: Mapping[str, _Side]) -> LazyDataChecker:
    """The checker of data between the two versions of an Avro contract."""
    paths = {"base": contract.base_path or contract.path, "head": contract.path}
    base, head = ((sides[name].documents, sides[name].file or paths[name]) for name in ("base", "head"))
    return LazyDataChecker(base, head)


def _avro_contradiction(evidence: Evidence, exchange: LazyDataChecker) -> str | None:
    """What speaks against an Avro datum, None where nothing does: one side writes it and the other must not read it."""
    accepting = evidence.accepted_by or ""
    if evidence.payload is UNSET or accepting not in _OTHER:
        return "the report does not say which datum is written by which side"
    checked = exchange.check(evidence.payload, written_with=accepting)
    if checked.valid is None:
        return f"whether {_OTHER[accepting]} refuses the datum cannot be checked: {checked.reason}"
    return f"{_OTHER[accepting]} reads the datum" if checked.valid else None


def _contradiction(evidence: Evidence, sides: Mapping[str, _Side]) -> str | None:
    """What speaks against a witness, None where nothing does."""
    accepting = evidence.accepted_by or ""
    if evidence.payload is UNSET or accepting not in _OTHER:
        return "the report does not say which payload is accepted by which side"
    if evidence.base_schema is None and evidence.head_schema is None:
        return "the report does not say which schemas the payload belongs to"
    refusing = _OTHER[accepting]
    places = {"base": evidence.base_schema, "head": evidence.head_schema}
    role = evidence.role or Role.NEITHER
    accepted = sides[accepting].check(places[accepting], evidence.payload, role)
    if accepted.valid is None:
        return f"whether {accepting} accepts the payload cannot be checked: {accepted.reason}"
    if not accepted.valid:
        return f"{accepting} refuses the payload: {accepted.reason}"
    refused = sides[refusing].check(places[refusing], evidence.payload, role)
    if refused.valid is None:
        return f"whether {refusing} refuses the payload cannot be checked: {refused.reason}"
    return f"{refusing} accepts the payload, too" if refused.valid else None
