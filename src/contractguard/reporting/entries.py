"""What a reader is shown of many findings: alike ones folded into one entry, entries grouped by what they reach, worst first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from contractguard.model.finding import Finding, FindingStatus, Impact, Severity
from contractguard.model.report import ContractReport, ContractStatus, Verdict
from contractguard.reporting import wording
from contractguard.reporting.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

SERIOUS = 1
"""Findings of this gravity or worse are shown one by one; lighter ones are summed up."""
_BRANCH = re.compile(r"\[[^\[\]]*\]\Z")
"""The name of an alternative at the end of an element: `oneOf[Card]`."""
_FEWEST_WORDS = 3
"""Words that messages share at least when they are folded into one."""
_FEWEST_TO_FOLD = 3
"""Findings that differ in more than their place are folded from this number on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings that say the same of several places; mostly just one. The first stands for all."""

    findings: tuple[Finding, ...]
    varied: bool = False
    """Whether the findings differ in more than their place: in a value, or an alternative."""

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
        """What is said of all: their message, with an ellipsis for the names in which they differ."""
        return self._shared([finding.message for finding in self.findings])

    @property
    def because(self) -> str:
        """Why they have this impact, in words that hold for all."""
        return self._shared([finding.because for finding in self.findings])

    @property
    def consumer(self) -> str:
        """What the consumer does, in words that hold for all."""
        return self._shared([finding.migration.consumer for finding in self.findings])

    @property
    def provider(self) -> str:
        """What the provider does, in words that hold for all."""
        return self._shared([finding.migration.provider for finding in self.findings])

    @property
    def advice(self) -> tuple[str, ...]:
        """What entries share that say the same of different things: reason, advice and policy are worth telling once."""
        return (self.lead.rule, self.lead.direction, self.lead.impact, *wording.moves(self.lead))

    @property
    def variants(self) -> tuple[str, ...]:
        """What the ellipsis of the message stands for, where that is no place: the values of an enum that were removed."""
        if not self.varied:
            return ()
        words = [text.split(" ") for text in self._placeless([finding.message for finding in self.findings])]
        head, tail = _common_ends(words)
        return tuple(dict.fromkeys(" ".join(own[head : len(own) - tail]) for own in words))

    @property
    def number(self) -> str:
        """How many findings it stands for, in words; empty for one."""
        if self.varied:
            return f"{len(self.variants)} changes"
        return f"{len(self.findings)} places" if self.folded else ""

    @property
    def places(self) -> tuple[Finding, ...]:
        """A finding for each element, the first of it."""
        return tuple({finding.element: finding for finding in reversed(self.findings)}.values())[::-1]

    def _shared(self, texts: list[str]) -> str:
        return texts[0] if len(set(texts)) == 1 else common_text(self._placeless(texts))

    def _placeless(self, texts: list[str]) -> list[str]:
        """The texts with ellipses for the names of places that are not those of all."""
        names = [_place_names(finding) for finding in self.findings]
        kept = frozenset.intersection(*names)
        pairs = zip(texts, self.findings, strict=True)
        return [_placeless(text, finding, _ellipsis(finding), kept) for text, finding in pairs]

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


def worst(findings: Iterable[Finding], *, judged: bool) -> Finding:
    """The finding to look at first: the gravest that is still open, then the one that policy takes most seriously."""
    return min(
        findings,
        key=lambda finding: (
            gravity(finding, judged=judged),
            finding.status is not FindingStatus.OPEN,
            finding.severity.rank if judged else 0,
        ),
    )


def light(findings: Iterable[Finding], *, judged: bool) -> list[Finding]:
    """The findings to sum up."""
    return [finding for finding in findings if gravity(finding, judged=judged) > SERIOUS]


def entries(findings: Iterable[Finding], *, judged: bool) -> list[Entry]:
    """The findings as entries, worst first, those accepted after those open, then by place."""
    folded: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=_position):
        folded.setdefault(_likeness(finding), []).append(finding)
    found = _with_variants([entry for alike in folded.values() for entry in _split(alike)])
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


def common_text(texts: list[str]) -> str:
    """The words that all texts begin with and end with, with an ellipsis for what is between them."""
    words = [text.split(" ") for text in texts]
    first = words[0]
    head, tail = _common_ends(words)
    if all(own == first for own in words):
        return texts[0]
    joint = [*first[:head], "…", *first[len(first) - tail :]]
    return " ".join(word for at, word in enumerate(joint) if word != "…" or joint[at - 1 : at] != ["…"])


def _common_ends(words: list[list[str]]) -> tuple[int, int]:
    """How many words all begin with, and how many of the others all end with."""
    first, fewest = words[0], min(len(own) for own in words)
    head = next((at for at in range(fewest) if any(own[at] != first[at] for own in words)), fewest)
    left = fewest - head
    return head, next((at for at in range(left) if any(own[-1 - at] != first[-1 - at] for own in words)), left)


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


def _with_variants(found: list[Entry]) -> list[Entry]:
    """The entries, with those folded that tell of several values or alternatives of one thing in much the same words."""
    about: dict[tuple[object, ...], list[Entry]] = {}
    for entry in found:
        lead = entry.lead
        things = tuple(_BRANCH.sub("[]", finding.element) for finding in entry.findings)
        key = (lead.rule, lead.direction, lead.impact, lead.severity, lead.status, lead.evidence.kind, things)
        about.setdefault(key, []).append(entry)
    return [entry for alike in about.values() for entry in _merged(alike)]


def _merged(alike: list[Entry]) -> list[Entry]:
    words = [entry.lead.message.split(" ") for entry in alike]
    if len(alike) < _FEWEST_TO_FOLD or sum(_common_ends(words)) < _FEWEST_WORDS:
        return alike
    return [Entry(tuple(finding for entry in alike for finding in entry.findings), varied=True)]


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


def _ellipsis(finding: Finding) -> str:
    """What a sentence about several calls such a thing: `property …` for property 'total'."""
    noun, quote, _ = finding.subject.partition("'")
    if quote:
        return f"{noun.strip()} …".strip()
    return f"{noun.partition(' ')[0]} …" if "/" in noun else noun


def _place_names(finding: Finding) -> frozenset[str]:
    """What a sentence may call the place of a finding: the element, the subject, and parts of the element in quotes."""
    quoted = {f"{quote}{part}{quote}" for part in finding.element.split(" > ") for quote in "'\"`"}
    return frozenset({finding.element, finding.subject, *quoted} - {""})


def _placeless(text: str, finding: Finding, stand_in: str = "\0", kept: frozenset[str] = frozenset()) -> str:
    """The text without the names of the place but those `kept`; `stand_in` takes the place of the subject."""
    for place in sorted(_place_names(finding) - kept, key=lambda place: (-len(place), place)):
        text = text.replace(place, stand_in if place == finding.subject or stand_in == "\0" else "…")
    return text


def _split(alike: list[Finding]) -> list[Entry]:
    """One entry for all; where their messages differ and they are few, one for each message."""
    if len(alike) >= _FEWEST_TO_FOLD:
        return [Entry(tuple(alike))]
    by_message: dict[str, list[Finding]] = {}
    for finding in alike:
        by_message.setdefault(finding.message, []).append(finding)
    return [Entry(tuple(findings)) for findings in by_message.values()]
