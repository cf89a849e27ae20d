"""One entry of the Markdown report: in full with its migration note, in one line, and as part of a list of light changes.

Each piece of text is cut to a length that no honest contract reaches, so that no single finding can fill a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.reporting import wording
from contractguard.reporting.entries import gravity
from contractguard.reporting.escaping import code_span, fence, markdown
from contractguard.reporting.values import clipped, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report
    from contractguard.reporting.entries import Entry
    from contractguard.reporting.options import RenderOptions

SIGNS = ("✗", "⚠", "✓", "·")
"""By gravity."""
_SENTENCE = 600
_NAME = 240
_PAYLOAD = 2_000
_PAYLOAD_LINES = 40
_OPERATIONS_SHOWN = 5
_PLACES_SHOWN = 5


def sentence(text: str) -> str:
    """A sentence from the report, cut and escaped."""
    return markdown(clipped(" ".join(text.split()), _SENTENCE))


def name(text: str) -> str:
    """An element, a path, a value: cut, as a code span."""
    return code_span(clipped(text, _NAME))


class EntryText:
    """Writes entries. `fingerprints` are those shown, by the whole one."""

    def __init__(self, report: Report, options: RenderOptions, fingerprints: Mapping[str, str]) -> None:
        self._report = report
        self._options = options
        self._fingerprints = fingerprints

    def full(self, entry: Entry, contract: ContractReport | None) -> str:
        """Heading, what changes, who is affected, a payload, and what each side does."""
        finding = entry.lead
        facts = [
            ("Affects", self._operations(entry)),
            ("Where", self._places(entry, contract)),
            ("Change", _value_change(finding)),
            ("Why", sentence(finding.because)),
            ("Unproved", sentence(wording.unproved(finding))),
            ("What the consumer does", sentence(finding.migration.consumer)),
            ("What the provider does", sentence(finding.migration.provider)),
            ("Policy", "; ".join(sentence(line) for line in wording.moves(finding)) if self._options.judged else ""),
            ("Rule", f"{name(finding.rule)}, {name(self._fingerprints[finding.fingerprint])}"),
        ]
        listed = "\n".join(f"- **{label}:** {text}" for label, text in facts if text)
        parts = [f"#### {self._title(entry)}", listed, self._payload(finding, contract)]
        return "\n\n".join(part for part in parts if part) + "\n\n"

    def line(self, entry: Entry, contract: ContractReport | None) -> str:
        """The entry as one item of a list: for what there is no room to show in full."""
        operations = self._operations(entry, shown=1)
        place = wording.position(entry.lead, contract)
        parts = [operations, name(place) if place and not entry.folded else ""]
        tail = ", ".join(part for part in parts if part)
        return f"- {self._title(entry)}{f' ({tail})' if tail else ''}\n"

    def light(self, entry: Entry) -> str:
        """A compatible or info entry as one item of a list."""
        message = sentence(entry.message)
        if entry.folded:
            elements = [name(finding.element) for finding in entry.findings[:_PLACES_SHOWN]]
            left_out = len(entry.findings) - len(elements)
            return f"- {message} ({len(entry.findings)}): {', '.join(elements)}{f' and {left_out:,} more' if left_out else ''}\n"
        operations = "" if set(entry.operations) & {entry.lead.element} else self._operations(entry, shown=1)
        return f"- {message}{f': {operations}' if operations else ''}\n"

    def _title(self, entry: Entry) -> str:
        judged = self._options.judged
        sign = SIGNS[gravity(entry.lead, judged=judged)]
        number = f" ({len(entry.findings)} places)" if entry.folded else ""
        word = wording.impact_word(entry.lead, judged=judged)
        return f"{sign} {word[0].upper()}{word[1:]}: {sentence(entry.message)}{number}"

    def _operations(self, entry: Entry, shown: int = _OPERATIONS_SHOWN) -> str:
        found = entry.operations
        limit = len(found) if self._options.verbose and shown > 1 else shown
        limit = len(found) if len(found) == limit + 1 else limit  # naming one more is as short as counting it
        left_out = max(len(found) - limit, 0)
        more = f" and {counted(left_out, 'more operation')}" if left_out else ""
        place = wording.place_words(entry.findings) if shown > 1 else ""
        listed = ", ".join(name(operation) for operation in found[:limit])
        return f"{listed}{more}{f' ({sentence(place)})' if found and place else ''}"

    def _places(self, entry: Entry, contract: ContractReport | None) -> str:
        limit = len(entry.findings) if self._options.verbose else _PLACES_SHOWN
        places = []
        for finding in entry.findings[:limit]:
            position = wording.position(finding, contract)
            element = "" if finding.element in entry.operations and position else name(finding.element)
            places.append(" at ".join(part for part in (element, name(position) if position else "") if part))
        left_out = len(entry.findings) - len(places)
        return ", ".join(places) + (f" and {left_out:,} more" if left_out else "")

    def _payload(self, finding: Finding, contract: ContractReport | None) -> str:
        payload = wording.payload_text(finding, indent=2)
        if payload is None:
            return ""
        side = wording.payload_side(finding)
        names = {one: name(wording.side_name(self._report, contract, one)) for one in ("base", "head")}
        reason = f": {sentence(finding.evidence.refused_because)}" if finding.evidence.refused_because else ""
        if side == "base":
            heard = f"Valid at {names['base']}, refused at {names['head']}{reason}"
        else:
            heard = f"Valid at {names['head']}, refused by consumers of {names['base']}{reason}"
        return f"{heard}\n\n{fence(_shortened(payload), 'json')}"


def _value_change(finding: Finding) -> str:
    text = wording.value_change(finding)
    if not text:
        return ""
    before, arrow, after = text.partition(" → ")
    return f"{name(before)} → {name(after)}" if arrow else sentence(text)


def _shortened(payload: str) -> str:
    """A payload cut to what a reader takes in, saying how much is left out."""
    lines = payload.split("\n")
    kept: list[str] = []
    size = 0
    for line in lines[:_PAYLOAD_LINES]:
        size += len(line)
        if size > _PAYLOAD:
            kept.append(clipped(line, max(_PAYLOAD - (size - len(line)), 1)))
            break
        kept.append(line)
    left_out = len(lines) - len(kept)
    return "\n".join([*kept, f"… {counted(left_out, 'more line')}"] if left_out else kept)
