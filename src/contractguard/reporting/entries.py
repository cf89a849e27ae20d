"""What a reader is shown of many findings: alike ones folded into one entry, entries grouped by what they reach, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, FindingStatus, Impact, Severity
from contractguard.model.report import ContractReport, ContractStatus, Verdict
from contractguard.reporting.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

SERIOUS = 1
"""Findings of this gravity or worse are shown one by one; lighter ones are summed up."""
_FEWEST_TO_FOLD = 3
"""Findings that differ in more than their place are folded from this number on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings that say the same of several places; mostly just one. The first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding that is shown."""
        return self.findings[0]

    @property
    def folded(self) -> bool:
        """Whether it stands for several."""
        return len(self.findings) > 1

    @property
    def message(self) -> str:
        """What is said of all: their message where it is the same, else the title of their rule."""
        return self.lead.message if len({finding.message for finding in self.findings}) == 1 else self.lead.title

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations reached by any of them, sorted by path: `GET /orders/{id}`."""
        uses = {(use.path, use.method) for finding in self.findings for use in finding.operations}
        return tuple(f"{method} {path}".strip() for path, method in sorted(uses))


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that reach the same operations; or, where there are none, the same element."""

    operations: tuple[str, ...]
    element: str
    entries: tuple[Entry, ...]


def gravity(finding: Finding, *, judged: bool) -> int:
    """How much a finding asks of its reader: 0 a break, 1 a risk, 2 compatible, 3 for information.

    Where policy is shown (`judged`), an error asks for as much as a break and a warning for as much as a risk.
    """
    return min(finding.impact.rank, finding.severity.rank) if judged and _policed(finding) else finding.impact.rank


def serious(findings: Iterable[Finding], *, judged: bool) -> list[Finding]:
    """The findings to show one by one, in the order in which they came."""
    return [finding for finding in findings if gravity(finding, judged=judged) <= SERIOUS]


def light(findings: Iterable[Finding], *, judged: bool) -> list[Finding]:
    """The findings to sum up."""
    return [finding for finding in findings if gravity(finding, judged=judged) > SERIOUS]


def entries(findings: Iterable[Finding], *, judged: bool) -> list[Entry]:
    """The findings as entries, worst first, those accepted after those open, then by place."""
    folded: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=_position):
        folded.setdefault(_likeness(finding), []).append(finding)
    found = [entry for alike in folded.values() for entry in _split(alike)]
    return sorted(found, key=lambda entry: _order(entry.lead, judged=judged))


def groups(found: Iterable[Entry], *, judged: bool) -> list[Group]:
    """The entries in groups, in the order of the worst of each."""

    def key(entry: Entry) -> tuple[tuple[str, ...], str]:
        return entry.operations, "" if entry.operations else common_element(entry)

    made = [
        Group(operations, element, tuple(sorted(members, key=lambda entry: _order(entry.lead, judged=judged))))
        for (operations, element), members in groupby(sorted(found, key=key), key=key)
    ]
    return sorted(made, key=lambda group: _order(group.entries[0].lead, judged=judged))


def contract_order(contract: ContractReport) -> tuple[int, str, str]:
    """A key that sorts contracts: those that could not be compared first, then the worst verdict."""
    rank = -1 if contract.status is ContractStatus.UNREADABLE else list(Verdict).index(contract.verdict)
    return rank, contract.id, contract.path


def common_element(entry: Entry) -> str:
    """The element of an entry; of a folded one, the beginning that its elements have in common, which may be empty."""
    first, *others = [finding.element.split(" > ") for finding in entry.findings]
    size = len(first)
    for other in others:
        size = next(
            (at for at, (a, b) in enumerate(zip(first[:size], other, strict=False)) if a != b), min(size, len(other))
        )
    return " > ".join(first[:size])


def _policed(finding: Finding) -> bool:
    return finding.severity in {Severity.ERROR, Severity.WARNING}


def _order(finding: Finding, *, judged: bool) -> tuple[object, ...]:
    return (
        gravity(finding, judged=judged),
        finding.status is not FindingStatus.OPEN,
        finding.severity.rank if judged else 0,
        list(Impact).index(finding.impact),
        tuple((use.path, use.method) for use in finding.operations[:1]),
        _position(finding),
    )


def _position(finding: Finding) -> tuple[object, ...]:
    place = finding.head or finding.base
    where = (place.path, place.line, place.column) if place else ("", 0, 0)
    return where, finding.element, finding.rule, finding.fingerprint


def _likeness(finding: Finding) -> tuple[object, ...]:
    """What two findings have in common to be folded: everything that is shown, apart from the place."""
    return (
        finding.rule,
        finding.change,
        finding.effect,
        finding.direction,
        finding.impact,
        finding.severity,
        finding.status,
        finding.evidence.kind,
        _placeless(finding.message, finding),
        _placeless(json_text(finding.before), finding),
        _placeless(json_text(finding.after), finding),
    )


def _placeless(text: str, finding: Finding) -> str:
    """The text without the names of the place: the element, the subject, and parts of the element in quotes."""
    quoted = {f"{quote}{part}{quote}" for part in finding.element.split(" > ") for quote in "'\"`"}
    for place in sorted({finding.element, finding.subject, *quoted} - {""}, key=lambda place: (-len(place), place)):
        text = text.replace(place, "\0")
    return text


def _split(alike: list[Finding]) -> list[Entry]:
    """One entry for all; where their messages differ and they are few, one for each message."""
    if len(alike) >= _FEWEST_TO_FOLD:
        return [Entry(tuple(alike))]
    by_message: dict[str, list[Finding]] = {}
    for finding in alike:
        by_message.setdefault(finding.message, []).append(finding)
    return [Entry(tuple(findings)) for findings in by_message.values()]
