"""The sentences that text and Markdown share. They return text as it is; the caller escapes it for its sink."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Literal

from contractguard.model.change import EvidenceKind
from contractguard.model.finding import CompatibilityMode, Finding, FindingStatus, Impact, Severity
from contractguard.model.report import ContractReport, ContractStatus, Report, ReportError
from contractguard.reporting.values import brief, joined, json_outline, middle_cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractguard.model.places import Location
    from contractguard.model.values import JsonValue

Side = Literal["base", "head"]

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_LONGEST_VALUE = 120
"""Characters of a value in a sentence; of a longer one its outline is shown."""
_MERGE_BASE = re.compile(r"merge base of (\S+) and (\S+)")
_HEAD_OPTIONS = {"worktree": (), "index": ("--index",)}
"""How the command line names a head that is no ref."""
_STREAMS = ("-", "/dev/", "/proc/")
"""Beginnings of the names of what can be read only once."""
_SHORT_COMMIT = 10
_STATUSES_SHOWN = 4
_TEMPLATED = re.compile(r"\{[^{}]*\}")
"""A path parameter, which has no name in an element."""
_OWN_PLACE = ("/", "webhook ")
"""How an element of a path or webhook starts: like that of an operation it says itself where in it the finding lies."""
_USUAL = {Impact.BREAKING: Severity.ERROR, Impact.RISKY: Severity.WARNING}
_ACCEPTED = {FindingStatus.WAIVED: "waived", FindingStatus.APPROVED: "approved"}


def impact_word(finding: Finding, *, judged: bool) -> str:
    """`breaking`; with what policy makes of it where that is not the usual: `breaking (warning)`, `risky (error, waived)`.

    A finding that is no risk by itself, but which policy stops, goes by its severity.
    """
    if not judged:
        return str(finding.impact)
    word, remarks = str(finding.impact), []
    usual = _USUAL.get(finding.impact)
    if usual is None and finding.severity in {Severity.ERROR, Severity.WARNING}:
        word = str(finding.severity)
    elif usual is not None and finding.severity is not usual:
        remarks.append(str(finding.severity))
    if finding.status in _ACCEPTED:
        remarks.append(_ACCEPTED[finding.status])
    return f"{word} ({', '.join(remarks)})" if remarks else word


def side_name(report: Report, contract: ContractReport | None, side: Side) -> str:
    """What to call a side of a contract: its version where the two versions differ, else the ref, a commit id cut."""
    if contract is not None and contract.versions.base and contract.versions.base != contract.versions.head:
        version = contract.versions.base if side == "base" else contract.versions.head
        if version:
            return version
    return ref_name(report, side)


def ref_name(report: Report, side: Side) -> str:
    """The ref of a side as the user named it; a commit id is cut."""
    ref = report.base.ref if side == "base" else report.head.ref
    return ref[:_SHORT_COMMIT] if _COMMIT.match(ref) else ref


def explain_command(report: Report, contract: ContractReport | None, fingerprint: str) -> str:
    """The command that explains a finding: of the same two sides, or of a saved report where these cannot be named again.

    It asks for the mode of the contract, since a finding may be there in that mode only.
    """
    base, head = report.base.ref, report.head.ref
    sides = [base, *_HEAD_OPTIONS.get(head, (head,))]
    parted = _MERGE_BASE.fullmatch(base)
    if parted:
        sides = list(_HEAD_OPTIONS[head]) if head in _HEAD_OPTIONS else [f"{parted[1]}...{parted[2]}"]
    if base == head:  # one side alone has findings only where its own versions were compared
        sides = ["--within", *([] if head in _HEAD_OPTIONS else [head])]
    if contract is not None and contract.mode is not CompatibilityMode.BACKWARD:
        sides += ["--compatibility", str(contract.mode)]
    if any(side.startswith(_STREAMS) for side in (base, head)):
        sides = ["--report", "REPORT.json"]
    return " ".join(["contractguard explain", fingerprint, *(shlex.quote(side) for side in sides)])


def commit_name(commit: str | None) -> str:
    """A commit id cut to what a person compares; empty where there is none."""
    return (commit or "")[:_SHORT_COMMIT]


def place_words(findings: Iterable[Finding]) -> str:
    """Where in its operations a finding lies: `response 200, 201`, `request body; query parameter limit`."""
    statuses: dict[str, set[str]] = {}
    for finding in findings:
        for use in finding.operations:
            if use.place or use.status:
                statuses.setdefault(use.place or "response", set()).update({use.status} - {""})
    named = [f"{place} {joined(sorted(found), _STATUSES_SHOWN)}".strip() for place, found in sorted(statuses.items())]
    return joined(named, _STATUSES_SHOWN, separator="; ")


def where_words(findings: tuple[Finding, ...], operations: tuple[str, ...], element: str) -> str:
    """Where a finding lies, below the heading that names its operations: `response 200, components/schemas/Order > total`."""
    names = {_TEMPLATED.sub("{}", name) for name in operations}
    if element in names:
        return ""
    name = next((name for name in sorted(names) if element.startswith(f"{name} > ")), None)
    if name is not None:
        return element.removeprefix(f"{name} > ")
    if element.startswith(_OWN_PLACE):
        return element
    return ", ".join(part for part in (place_words(findings), element) if part)


def position(finding: Finding, contract: ContractReport | None) -> str:
    """`openapi.yaml:212`, with the path where it is not the contract's own file; `(base)` where head has no such place."""
    location = finding.head or finding.base
    if location is None:
        return ""
    return f"{_file_name(location, contract)}:{location.line}{'' if finding.head else ' (base)'}"


def full_position(location: Location) -> str:
    """`apis/orders/openapi.yaml:212:7`."""
    return f"{location.path}:{location.line}:{location.column}"


def error_position(error: ReportError) -> str:
    """`apis/orders/openapi.yaml:212:7`, as far as it is known; empty where nothing is."""
    known = (str(part) for part in (error.path, error.line, error.column) if part is not None)
    return ":".join(known)


def value_change(finding: Finding) -> str:
    """`integer → object`; empty where the message says it already, or there is nothing to say."""
    values = [value for value in (finding.before, finding.after) if value is not None]
    texts = [_outlined(value) for value in values]
    if all(text.strip('"') in finding.message for text in texts) or len(set(texts)) < len(texts):
        return ""
    if len(values) == 1:
        # What was added or removed as a whole is in the contract; a report is no place to print it again.
        return "" if isinstance(values[0], dict) else f"{'is now' if finding.before is None else 'was'} {texts[0]}"
    return " → ".join(texts)


def payload_side(finding: Finding) -> Side:
    """The side on which the payload of a witness is valid."""
    return "head" if finding.evidence.accepted_by == "head" else "base"


def standing(finding: Finding, *, proofs: bool) -> str:
    """Whether an impact without a payload is proved; of what is not about payloads nothing but its note.

    A proof is named only where `proofs` are asked for: what was shown to be harmless needs no reader.
    """
    evidence = finding.evidence
    if evidence.kind is EvidenceKind.UNPROVED:
        return f"not proved: {evidence.note or 'neither a proof nor a payload was found'}"
    if evidence.kind is EvidenceKind.PROOF and proofs:
        return f"proved: {evidence.note or 'no payload is lost'}"
    return evidence.note or "" if evidence.kind is EvidenceKind.RULE else ""


def moves(finding: Finding) -> tuple[str, ...]:
    """The lines of the decision trail in which something changed the severity."""
    return tuple(line for line in finding.trail if "→" in line)


def status_words(contract: ContractReport) -> str:
    """What became of the contract, where a reader should know before the findings."""
    return {
        ContractStatus.ADDED: "new",
        ContractStatus.REMOVED: "removed",
        ContractStatus.UNREADABLE: "could not be compared",
    }.get(contract.status, "")


def version_words(contract: ContractReport) -> str:
    """`1.8.2 → 1.9.0`, `1.8.2 on both sides`, or nothing."""
    base, head = contract.versions.base, contract.versions.head
    if base and base == head:
        return f"{base} on both sides"
    if not base or not head:
        return base or head or ""
    return f"{base} → {head}"


def _outlined(value: JsonValue) -> str:
    """The value as a person would write it; of a large one what it holds, level by level as far as there is room."""
    text = brief(value)
    if len(text) <= _LONGEST_VALUE:
        return text
    if not isinstance(value, list | dict):
        return middle_cut(text, _LONGEST_VALUE)
    outlines = [json_outline(value, depth) for depth in (2, 1, 0)]
    return next(outline for outline in outlines if len(outline) <= _LONGEST_VALUE)


def _file_name(location: Location, contract: ContractReport | None) -> str:
    if contract is not None and location.path in {contract.path, contract.base_path}:
        return location.path.rpartition("/")[2]
    return location.path
