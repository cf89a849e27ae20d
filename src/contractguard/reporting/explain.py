"""All that a report knows of one finding, from keyword to consequence, for `contractguard explain FINGERPRINT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.model.change import Effect, EvidenceKind
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump
from contractguard.reporting import modes, summary, wording
from contractguard.reporting.canvas import Canvas
from contractguard.reporting.escaping import prose, visible
from contractguard.reporting.options import RenderOptions
from contractguard.reporting.payloads import laid_out
from contractguard.reporting.text_entry import show_witness
from contractguard.reporting.witness import witness_of

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.payload import SchemaPlace
    from contractguard.model.places import Location
    from contractguard.model.report import ContractReport, Report
    from contractguard.model.values import JsonValue
    from contractguard.reporting.wording import Side

_INDENT = 2
_LABELS = 13
_CANDIDATES_SHOWN = 10
_OPERATIONS_SHOWN = 12
_VALUE_LINES, _PAYLOAD_LINES = 12, 40
_EFFECTS = {
    Effect.NONE: "what is valid stays the same",
    Effect.WIDENED: "more is valid than before",
    Effect.NARROWED: "less is valid than before",
    Effect.INCOMPARABLE: "something is valid that was not, and something no longer is",
}
_DIRECTIONS = {
    "input": "the consumer sends it, the provider accepts it",
    "output": "the provider sends it, the consumer reads it",
}
_DIRECTIONS_OF_DATA = {
    "input": "what was written with base is read with head",
    "output": "what is written with head is read with base",
}


def explain_finding(report: Report, fingerprint_prefix: str, options: RenderOptions | None = None) -> str:
    """The rule, the reason, the places, the evidence, what to do and how policy decided, as text.

    `fingerprint_prefix` is the beginning of a fingerprint, with or without its scheme: `fp1:9b1e04c2` or `9b1e`. Raises
    `UsageError` where no finding of the report has it, or several have.
    """
    finding, contract = _find(report, fingerprint_prefix)
    page = _Page(report, finding, contract, options or RenderOptions())
    page.answer()
    page.change()
    page.consequence()
    page.evidence()
    page.advice()
    page.decisions()
    return page.text()


def _find(report: Report, prefix: str) -> tuple[Finding, ContractReport | None]:
    found = {
        finding.fingerprint: (finding, contract)
        for contract, finding in summary.findings_of(report)
        if prefix
        and (finding.fingerprint.startswith(prefix) or finding.fingerprint.rpartition(":")[2].startswith(prefix))
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        remedy = "take the fingerprint from the `rule` line of a finding; a fingerprint changes when its change does"
        raise UsageError(f"no finding of this report has the fingerprint {visible(prefix) or '(empty)'}", remedy=remedy)
    candidates = ", ".join(sorted(found)[:_CANDIDATES_SHOWN])
    message = f"{len(found)} findings have a fingerprint that begins with {visible(prefix)}"
    raise UsageError(message, remedy=f"give more of it: {candidates}{', …' if len(found) > _CANDIDATES_SHOWN else ''}")


class _Page:
    """Writes the sections of the page, in the order of the chain."""

    def __init__(
        self, report: Report, finding: Finding, contract: ContractReport | None, options: RenderOptions
    ) -> None:
        self._report = report
        self._finding = finding
        self._contract = contract
        self._whole = options.verbose
        self._canvas = Canvas(options)

    def text(self) -> str:
        """All that was written."""
        return self._canvas.text()

    def answer(self) -> None:
        """What it says, and whose finding it is."""
        finding, contract = self._finding, self._contract
        self._canvas.write(prose(finding.message), style="strong")
        self._canvas.blank()
        step = "no" if finding.bump is Bump.NONE else f"a {finding.bump}"
        self._pair(
            "impact", f"{finding.impact}, needs {step} version step; severity {finding.severity}, {finding.status}"
        )
        self._pair("contract", f"{contract.id}  {contract.path}" if contract else "")
        self._pair("rule", f"{finding.rule} ({prose(finding.title)}): contractguard explain {finding.rule}")
        self._pair("fingerprint", finding.fingerprint)

    def change(self) -> None:
        """What differs, and where on both sides."""
        finding = self._finding
        self._section("What changed")
        self._pair("element", finding.element)
        self._side("base", finding.base, finding.before)
        self._side("head", finding.head, finding.after)
        self._operations()

    def consequence(self) -> None:
        """From effect and direction to impact."""
        finding = self._finding
        self._section("What follows")
        self._pair("change", finding.change)
        self._pair("effect", f"{finding.effect}: {_EFFECTS[finding.effect]}")
        is_call = self._contract is None or self._contract.kind is ContractKind.OPENAPI
        said = _DIRECTIONS if is_call else _DIRECTIONS_OF_DATA
        self._pair("direction", f"{finding.direction}: {said[finding.direction]}")
        self._pair("mode", modes.half_of(finding, self._report, self._contract))
        chain = f"{finding.effect} × {finding.direction}"  # noqa: RUF001 - the sign of the documentation
        by = "by its rule" if finding.evidence.kind is EvidenceKind.RULE else chain
        self._pair("so", f"{by} → {finding.impact}")
        self._pair("because", prose(finding.because))
        self._pair("layers", ", ".join(finding.layers))
        self._pair("sunset", finding.sunset or "")

    def evidence(self) -> None:
        """The payload, the proof, or what stopped the proof."""
        finding, evidence = self._finding, self._finding.evidence
        self._section("Evidence")
        witness = witness_of(finding, self._report, self._contract)
        if witness is not None:
            show_witness(
                self._canvas, witness, indent=_INDENT, labels=_LABELS, most=None if self._whole else _PAYLOAD_LINES
            )
            self._schemas(evidence.base_schema, evidence.head_schema)
            self._pair(
                "confirmed", "by an independent validator, on both sides; again with: contractguard verify REPORT.json"
            )
            self._pair("note", prose(evidence.note or ""))
            return
        standing = wording.standing(finding, proofs=True)
        self._pair("standing", prose(standing or "this is not about payloads; the rule alone says so"))
        if evidence.kind is EvidenceKind.UNPROVED:
            self._pair("", "What is not proved keeps the impact that its rule gives.")

    def advice(self) -> None:
        """What each side does."""
        self._section("What to do")
        self._pair("consumer", prose(self._finding.migration.consumer))
        self._pair("provider", prose(self._finding.migration.provider))

    def decisions(self) -> None:
        """How the severity came about."""
        if not self._finding.trail:
            return
        self._section("How it was decided")
        for line in self._finding.trail:
            self._canvas.write(prose(line), indent=_INDENT, label="- ")

    def _operations(self) -> None:
        uses = self._finding.operations
        shown = uses if self._whole or len(uses) <= _OPERATIONS_SHOWN + 1 else uses[:_OPERATIONS_SHOWN]
        for index, use in enumerate(shown):
            parts = (use.method, use.path, use.place, use.status, use.media_type)
            self._pair("" if index else "reaches", " ".join(part for part in parts if part))
        if len(shown) < len(uses):
            self._pair("", f"and {len(uses) - len(shown):,} more (--verbose shows all)")

    def _side(self, side: Side, location: Location | None, value: JsonValue) -> None:
        is_base = side == "base"
        name = modes.base_name(self._finding, self._report, None) if is_base else wording.ref_name(self._report, side)
        if location is None:
            self._pair(side, f"not there at {name}")
        else:
            self._pair(side, f"{wording.full_position(location)}  {location.pointer}  at {name}")
        if value is None:
            return
        most = None if self._whole else _VALUE_LINES
        layout = laid_out(value, self._canvas.width - _INDENT - _LABELS, most=most)
        for line in layout.lines:
            self._pair("", line)
        if layout.shortened:
            self._pair("", "(shortened; --verbose shows all)")

    def _schemas(self, base: SchemaPlace | None, head: SchemaPlace | None) -> None:
        if base == head:
            self._schema("schema", base)
        else:
            self._schema("base schema", base)
            self._schema("head schema", head)

    def _schema(self, label: str, place: SchemaPlace | None) -> None:
        if place is not None:
            self._pair(label, f"{place.path}  {place.pointer or '(the whole document)'}")

    def _section(self, title: str) -> None:
        self._canvas.blank()
        self._canvas.write(title, style="strong")

    def _pair(self, label: str, text: str) -> None:
        if text:
            self._canvas.write(text, indent=_INDENT, label=label, label_width=_LABELS)
