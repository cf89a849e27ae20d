"""One entry of the text report: what changed, where, how its consumer meets it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.reporting import wording
from contractguard.reporting.entries import gravity
from contractguard.reporting.escaping import prose
from contractguard.reporting.summary import short_fingerprints

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report
    from contractguard.reporting.canvas import Canvas, Style
    from contractguard.reporting.entries import Entry, Group
    from contractguard.reporting.options import RenderOptions

_SIGNS: tuple[tuple[str, Style], ...] = (("✗", "bad"), ("!", "doubtful"), ("✓", "good"), ("·", "dim"))
"""By gravity."""
_INDENT = 4
_DETAIL_INDENT = 6
_LABELS = 10
_PLACES_SHOWN = 3


class EntryWriter:
    """Writes entries onto a canvas."""

    def __init__(self, canvas: Canvas, report: Report, options: RenderOptions) -> None:
        self._canvas = canvas
        self._report = report
        self._options = options
        self._fingerprints = short_fingerprints(report)

    def write(self, entry: Entry, group: Group, contract: ContractReport | None) -> None:
        """The entry, below the heading of its group."""
        finding, judged = entry.lead, self._options.judged
        sign, style = _SIGNS[gravity(finding, judged=judged)]
        number = f" ({len(entry.findings)} places)" if entry.folded else ""
        self._canvas.write(
            prose(entry.message) + number,
            indent=_INDENT,
            hang=_DETAIL_INDENT,
            label=f"{sign} {wording.impact_word(finding, judged=judged)}  ",
            label_style=style,
            right="" if entry.folded else wording.position(finding, contract),
        )
        if entry.folded:
            self._places(entry, contract)
        else:
            self._detail(
                "in", wording.where_words(entry.findings, group.operations, _unless(finding.element, group.element))
            )
        self._detail("change", wording.value_change(finding))
        self._detail("why", finding.because)
        self._evidence(finding, contract)
        if judged or self._options.verbose:
            self._detail("consumer", finding.migration.consumer)
            self._detail("provider", finding.migration.provider)
        if judged:
            for index, line in enumerate(finding.trail if self._options.verbose else wording.moves(finding)):
                self._detail("" if index else "policy", line)
        self._detail("rule", f"{finding.rule} · {self._fingerprints[finding.fingerprint]}")

    def _places(self, entry: Entry, contract: ContractReport | None) -> None:
        limit = len(entry.findings) if self._options.verbose else _PLACES_SHOWN
        shown = entry.findings if len(entry.findings) <= limit + 1 else entry.findings[:limit]
        for index, finding in enumerate(shown):
            self._canvas.write(
                finding.element,
                indent=_DETAIL_INDENT,
                label="" if index else "in",
                label_width=_LABELS,
                right=wording.position(finding, contract),
                right_last=True,
            )
        left_out = len(entry.findings) - len(shown)
        if left_out:
            self._detail("", f"and {left_out} more (--verbose shows all)")

    def _evidence(self, finding: Finding, contract: ContractReport | None) -> None:
        payload = wording.payload_text(finding)
        if payload is None:
            self._detail("unproved", wording.unproved(finding))
            return
        refusal = wording.refusal(finding, self._report, contract)
        if wording.payload_side(finding) == "base":
            self._line("today", payload)
            self._line("now", prose(refusal))
        else:
            self._line("now", payload)
            self._line("", prose(refusal))

    def _detail(self, label: str, text: str) -> None:
        if text:
            self._line(label, prose(text))

    def _line(self, label: str, text: str) -> None:
        self._canvas.write(text, indent=_DETAIL_INDENT, label=label, label_width=_LABELS)


def _unless(element: str, heading: str) -> str:
    return "" if element == heading else element
