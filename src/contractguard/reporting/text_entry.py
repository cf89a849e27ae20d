"""One entry of the text report: what changed, where, how its consumer meets it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.reporting import modes, wording
from contractguard.reporting.entries import SERIOUS, gravity
from contractguard.reporting.escaping import prose
from contractguard.reporting.summary import short_fingerprints
from contractguard.reporting.values import joined
from contractguard.reporting.witness import witness_of
from contractguard.reporting.wrapping import cells

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report
    from contractguard.reporting.canvas import Canvas, Style
    from contractguard.reporting.entries import Entry, Group
    from contractguard.reporting.options import RenderOptions
    from contractguard.reporting.witness import Witness

_SIGNS: tuple[tuple[str, Style], ...] = (("✗", "bad"), ("!", "doubtful"), ("✓", "good"), ("·", "dim"))
"""By gravity."""
_INDENT = 4
_DETAIL_INDENT = 6
_LABELS = 10
_PLACES_SHOWN, _VARIANTS_SHOWN = 3, 12


_PAYLOAD_LINES = 12


class EntryWriter:
    """Writes entries onto a canvas, each in full or on a line.

    What a rule says of every change of its kind (why, and what to do) is told with the first entry; later ones refer to it.
    """

    def __init__(self, canvas: Canvas, report: Report, options: RenderOptions) -> None:
        self._canvas = canvas
        self._report = report
        self._options = options
        self._fingerprints = short_fingerprints(report)
        self._advised: dict[tuple[str, ...], str] = {}

    def write(self, entry: Entry, group: Group, contract: ContractReport | None) -> None:
        """The entry, below the heading of its group."""
        finding, judged = entry.lead, self._options.judged
        self.line(entry, contract, indent=_INDENT)
        if entry.folded:
            self._places(entry, contract)
        else:
            self._detail(
                "in", wording.where_words(entry.findings, group.operations, _unless(finding.element, group.element))
            )
        self._detail("mode", modes.half_of(finding, self._report, contract))
        if entry.variants:
            self._detail(
                "each", joined(list(entry.variants), len(entry.variants) if self._options.verbose else _VARIANTS_SHOWN)
            )
        else:
            self._detail("change", wording.value_change(finding))
        known = None if self._options.verbose else self._advised.get(entry.advice)
        if not known:
            self._detail("why", entry.because)
        self._evidence(finding, contract)
        if not known and (judged or self._options.verbose):
            self._detail("consumer", entry.consumer)
            self._detail("provider", entry.provider)
        if judged and not known:
            for index, line in enumerate(finding.trail if self._options.verbose else wording.moves(finding)):
                self._detail("" if index else "policy", line)
        name = self._fingerprints[finding.fingerprint]
        self._detail("rule", f"{finding.rule} · {name}{f' · advice: {known}' if known and judged else ''}")
        self._advised.setdefault(entry.advice, name)

    def line(self, entry: Entry, contract: ContractReport | None, *, indent: int) -> None:
        """What changed and where, and no more."""
        finding, judged = entry.lead, self._options.judged
        sign, style = _SIGNS[gravity(finding, judged=judged)]
        number = f" ({entry.number})" if entry.folded else ""
        self._canvas.write(
            prose(entry.message) + number,
            indent=indent,
            hang=indent + 2,
            label=f"{sign} {wording.impact_word(finding, judged=judged)}  ",
            label_style=style,
            right="" if entry.folded else wording.position(finding, contract),
        )

    def contract_line(self, contract: ContractReport, *, indent: int) -> None:
        """A contract of which the only finding is that it came or went: its name, and how to ask about it where that matters."""
        (finding,) = contract.findings
        weight = gravity(finding, judged=self._options.judged)
        sign, style = _SIGNS[weight]
        name = contract.path if contract.id == contract.path else f"{contract.id}  {contract.path}"
        self._canvas.write(
            prose(name),
            indent=indent,
            hang=indent + 2,
            label=f"{sign} ",
            label_style=style,
            right=self._fingerprints[finding.fingerprint] if weight <= SERIOUS else "",
        )

    def _places(self, entry: Entry, contract: ContractReport | None) -> None:
        places = entry.places
        limit = len(places) if self._options.verbose else _PLACES_SHOWN
        shown = places if len(places) <= limit + 1 else places[:limit]
        for index, finding in enumerate(shown):
            self._canvas.write(
                finding.element,
                indent=_DETAIL_INDENT,
                label="" if index else "in",
                label_width=_LABELS,
                right=wording.position(finding, contract),
                right_last=True,
            )
        left_out = len(places) - len(shown)
        if left_out:
            self._detail("", f"and {left_out} more (--verbose shows all)")

    def _evidence(self, finding: Finding, contract: ContractReport | None) -> None:
        witness = witness_of(finding, self._report, contract)
        if witness is None:
            self._detail("evidence", wording.standing(finding, proofs=self._options.verbose))
            return
        most = None if self._options.verbose else _PAYLOAD_LINES
        show_witness(self._canvas, witness, indent=_DETAIL_INDENT, labels=_LABELS, most=most)

    def _detail(self, label: str, text: str) -> None:
        if text:
            self._line(label, prose(text))

    def _line(self, label: str, text: str) -> None:
        self._canvas.write(text, indent=_DETAIL_INDENT, label=label, label_width=_LABELS)


def show_witness(canvas: Canvas, witness: Witness, *, indent: int, labels: int, most: int | None) -> None:
    """What the payload is, the call around it, the payload in at most `most` lines (None: whole), and what becomes of it."""

    def line(text: str, label: str = "") -> None:
        canvas.write(text, indent=indent, label=label, label_width=labels)

    room = canvas.width - indent - labels
    layout = witness.layout(room, most=most)
    lines = [*witness.call, *layout.lines]
    together = f"{witness.intro}: {' '.join(lines)}"
    if len(lines) == 1 and cells(together) <= room:
        line(together, witness.when)
    else:
        line(f"{witness.intro}:", witness.when)
        for text in lines:
            line(text)
    if layout.shortened:
        line("(shortened; --format json has the whole payload)")
    line(prose(witness.refusal), "now" if witness.when == "today" else "but")


def _unless(element: str, heading: str) -> str:
    return "" if element == heading else element
