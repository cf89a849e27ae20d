"""One entry of the Markdown report: in full with its migration note, in one line, and as part of a list of light changes.

Each piece of text is cut to a length that no honest contract reaches, so that no single finding can fill a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.reporting import modes, wording
from contractguard.reporting.entries import gravity
from contractguard.reporting.escaping import code_span, fence, markdown
from contractguard.reporting.values import clipped, counted, joined
from contractguard.reporting.witness import witness_of

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
_PAYLOAD_LINES, _PAYLOAD_WIDTH = 30, 100
_OPERATIONS_SHOWN = 5
_PLACES_SHOWN, _VARIANTS_SHOWN = 5, 20


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

    def full(self, entry: Entry, contract: ContractReport | None, advised: str | None = None) -> str:
        """Heading, what changes, who is affected, a payload, and what each side does.

        `advised` is the fingerprint of an entry that says already why, and what to do.
        """
        finding = entry.lead
        facts = [
            ("Affects", self._operations(entry)),
            ("Where", self._places(entry, contract)),
            ("Mode", sentence(modes.half_of(finding, self._report, contract))),
            ("Each of", self._variants(entry)),
            ("Change", "" if entry.variants else _value_change(finding)),
            ("Why", "" if advised else sentence(entry.because)),
            ("Evidence", sentence(wording.standing(finding, proofs=self._options.verbose))),
        ]
        told = f"as for {name(self._fingerprints[advised])}" if advised else ""
        advice = [
            ("Why and what to do", told),
            ("What the consumer does", "" if advised else sentence(entry.consumer)),
            ("What the provider does", "" if advised else sentence(entry.provider)),
            ("Policy", self._policy(finding) if not advised else ""),
            ("Rule", f"{name(finding.rule)}, {name(self._fingerprints[finding.fingerprint])}"),
        ]
        payload = self._payload(finding, contract)
        lists = [_listed(facts), payload, _listed(advice)] if payload else [_listed([*facts, *advice])]
        return "\n\n".join(part for part in (f"#### {self._title(entry)}", *lists) if part) + "\n\n"

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
            elements = [name(finding.element) for finding in entry.places[:_PLACES_SHOWN]]
            left_out = len(entry.places) - len(elements)
            return f"- {message} ({len(entry.findings)}): {', '.join(elements)}{f' and {left_out:,} more' if left_out else ''}\n"
        operations = "" if set(entry.operations) & {entry.lead.element} else self._operations(entry, shown=1)
        return f"- {message}{f': {operations}' if operations else ''}\n"

    def _title(self, entry: Entry) -> str:
        judged = self._options.judged
        sign = SIGNS[gravity(entry.lead, judged=judged)]
        number = f" ({entry.number})" if entry.folded else ""
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
        limit = len(entry.places) if self._options.verbose else _PLACES_SHOWN
        places = []
        for finding in entry.places[:limit]:
            position = wording.position(finding, contract)
            element = "" if finding.element in entry.operations and position else name(finding.element)
            places.append(" at ".join(part for part in (element, name(position) if position else "") if part))
        left_out = len(entry.places) - len(places)
        return ", ".join(places) + (f" and {left_out:,} more" if left_out else "")

    def _variants(self, entry: Entry) -> str:
        found = list(entry.variants)
        return sentence(joined(found, len(found) if self._options.verbose else _VARIANTS_SHOWN))

    def _policy(self, finding: Finding) -> str:
        return "; ".join(sentence(line) for line in wording.moves(finding)) if self._options.judged else ""

    def _payload(self, finding: Finding, contract: ContractReport | None) -> str:
        witness = witness_of(finding, self._report, contract)
        if witness is None:
            return ""
        layout = witness.layout(_PAYLOAD_WIDTH, most=_PAYLOAD_LINES)
        between = [""] if witness.call and layout.lines and not witness.opening else []
        lines = [*(clipped(line, _NAME) for line in witness.call), *between, *layout.lines]
        shortened = " (shortened; the report as JSON has it whole)" if layout.shortened else ""
        block = fence("\n".join(lines), "http" if witness.call else "json")
        heard = f"**{witness.when.capitalize()}**, {sentence(witness.intro)}{shortened}:"
        then = f"**{'Now' if witness.when == 'today' else 'But'}** {sentence(witness.refusal)}"
        return f"{heard}\n\n{block}\n\n{then}"


def _listed(facts: list[tuple[str, str]]) -> str:
    return "\n".join(f"- **{label}:** {text}" for label, text in facts if text)


def _value_change(finding: Finding) -> str:
    text = wording.value_change(finding)
    if not text:
        return ""
    before, arrow, after = text.partition(" → ")
    return f"{name(before)} → {name(after)}" if arrow else sentence(text)
