"""The report as text: the first line is the answer, then each break as its consumer would meet it, then what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.finding import Impact
from contractguard.model.report import ContractStatus, GateStatus, Verdict
from contractguard.reporting import entries as shaping
from contractguard.reporting import modes, summary, wording
from contractguard.reporting.canvas import Canvas
from contractguard.reporting.escaping import prose
from contractguard.reporting.rosters import together
from contractguard.reporting.text_entry import EntryWriter
from contractguard.reporting.values import counted, joined
from contractguard.reporting.wrapping import cut

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report, ReportError
    from contractguard.reporting.canvas import Style
    from contractguard.reporting.options import RenderOptions

_VERDICT_STYLES: dict[Verdict, Style] = {
    Verdict.UNKNOWN: "bad",
    Verdict.BREAKING: "bad",
    Verdict.RISKY: "doubtful",
    Verdict.COMPATIBLE: "good",
    Verdict.UNCHANGED: "good",
}
_LINES_SHOWN = 6
"""Of one paragraph: a message, a value or a payload can be as long as its contract."""
_OPERATIONS_SHOWN = 4
_IN_FULL, _LEAST_IN_FULL, _IN_SHORT = 24, 3, 40
"""Entries shown in full: of the whole report, and of a contract at least; and those of a contract shown on a line after them."""
_ERRORS_SHOWN = 20
_LISTED = 40
"""Contracts that came or went alike, listed by name."""


def render(report: Report, options: RenderOptions) -> str:
    """The report as lines of at most `options.width` columns, readable without colour."""
    return _Text(report, options).written()


class _Text:
    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._report = report
        self._options = options
        self._canvas = Canvas(options, longest=None if options.verbose else _LINES_SHOWN)
        self._entry = EntryWriter(self._canvas, report, options)
        self._shown = 0

    def written(self) -> str:
        """The whole report."""
        report = self._report
        self._answer()
        self._errors(report.errors, indent=2)
        if report.findings:
            self._canvas.blank()
            self._canvas.write("across contracts", style="strong")
            self._findings(report.findings, None)
        contracts = sorted(summary.changed_contracts(report), key=shaping.contract_order)
        alone = [[contract] for contract in contracts]
        for first, *others in alone if self._options.verbose else together(contracts, judged=self._options.judged):
            self._contract(first)
            self._roster(others)
        self._ending()
        return self._canvas.text()

    def _answer(self) -> None:
        report = self._report
        style = _VERDICT_STYLES[report.verdict]
        label = f"{summary.SYMBOLS[report.verdict]} {report.verdict.upper()}  "
        parts = [summary.headline(report), summary.version_note(report) or ""]
        if self._options.judged and report.verdict is not Verdict.UNCHANGED:
            parts.append(summary.gate_note(report))
        self._canvas.write_parts(parts, label=label, label_style=style, style="plain")

    def _contract(self, contract: ContractReport) -> None:
        canvas = self._canvas
        canvas.blank()
        moved = f" ({_relation(contract)} {contract.base_path})" if contract.base_path else ""
        name = f"{contract.id}  " if contract.id != contract.path else ""
        canvas.write(f"{contract.path}{moved}", label=name, label_style="strong", style="plain" if name else "strong")
        step = summary.version_step(contract).shortfall()
        facts = [
            wording.status_words(contract),
            contract.dialect,
            modes.mode_name(contract),
            wording.version_words(contract),
            step or "",
            f"owner {contract.owner}" if contract.owner else "",
        ]
        canvas.write_parts(facts, indent=2, label_style="dim", style="dim")
        canvas.write_parts([modes.halves(contract)], indent=2, label_style="dim", style="dim")
        for note in contract.notes:
            canvas.write(prose(note), indent=2, label="note  ")
        self._errors(contract.errors, indent=2)
        self._findings(contract.findings, contract)

    def _roster(self, contracts: list[ContractReport]) -> None:
        """Contracts of which the same is to be told as of the one before them, a line each."""
        if not contracts:
            return
        word = wording.status_words(contracts[0])
        self._canvas.blank()
        self._canvas.write(f"and {counted(len(contracts), f'more {word} contract')}", style="strong")
        for contract in contracts[:_LISTED]:
            self._entry.contract_line(contract, indent=2)
        if len(contracts) > _LISTED:
            self._canvas.write(f"and {len(contracts) - _LISTED:,} more (--verbose shows all)", indent=2)

    def _errors(self, errors: tuple[ReportError, ...], indent: int) -> None:
        shown = errors if self._options.verbose else errors[:_ERRORS_SHOWN]
        for error in shown:
            self._canvas.blank()
            place = wording.error_position(error)
            side = (
                f"at {wording.ref_name(self._report, 'base' if error.side == 'base' else 'head')}" if error.side else ""
            )
            label = "✗ error     "
            self._canvas.write(prose(error.message), indent=indent, label=label, label_style="bad")
            if place or side:
                self._canvas.write(f"{place} {side}".strip(), indent=indent + 4, label="at", label_width=8)
            if error.remedy:
                self._canvas.write(prose(error.remedy), indent=indent + 4, label="remedy", label_width=8)
        if len(shown) < len(errors):
            self._canvas.write(f"and {len(errors) - len(shown)} more errors (--verbose shows all)", indent=indent)

    def _findings(self, findings: tuple[Finding, ...], contract: ContractReport | None) -> None:
        judged, verbose = self._options.judged, self._options.verbose
        in_full = list(findings) if verbose else shaping.serious(findings, judged=judged)
        found = shaping.entries(in_full, judged=judged)
        shown = found if verbose else found[: max(_IN_FULL - self._shown, _LEAST_IN_FULL)]
        self._shown += len(shown)
        for group in shaping.groups(shown, judged=judged):
            self._canvas.blank()
            self._heading(group)
            for index, entry in enumerate(group.entries):
                if index:
                    self._canvas.blank()
                self._entry.write(entry, group, contract)
        self._in_short(found[len(shown) :], contract)
        if not verbose:
            if in_full:
                self._canvas.blank()
            self._light(shaping.light(findings, judged=judged))

    def _in_short(self, found: list[shaping.Entry], contract: ContractReport | None) -> None:
        """The entries after those in full: a line each, as long as that is read by anybody, and how many are left."""
        if not found:
            return
        self._canvas.blank()
        self._canvas.write("further, in short", indent=2, style="strong")
        shown = found[:_IN_SHORT] if len(found) > _IN_SHORT + 1 else found
        for entry in shown:
            self._entry.line(entry, contract, indent=4)
        left_out = sum(len(entry.findings) for entry in found[len(shown) :])
        if left_out:
            self._canvas.write(f"and {counted(left_out, 'more finding')} (--verbose shows all)", indent=4)

    def _heading(self, group: shaping.Group) -> None:
        first, *others = group.operations or ("",)
        if not first:
            if group.element:
                self._canvas.write(group.element, indent=2, style="strong")
            return
        more = f", and {counted(len(others), 'more operation')}" if others else ""
        self._canvas.write(f"{first}{more}", indent=2, style="strong")
        if others and not all(entry.folded for entry in group.entries):
            shown = len(others) if self._options.verbose else _OPERATIONS_SHOWN
            self._canvas.write(joined(list(others), shown), indent=4, label="also  ", style="dim")

    def _light(self, findings: list[Finding]) -> None:
        """Compatible and info findings in one line: how many, and the most frequent titles as far as there is room."""
        if not findings:
            return
        numbers: dict[str, int] = {}
        for finding in findings:
            numbers[finding.title] = numbers.get(finding.title, 0) + 1
        titles = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
        kinds = ", ".join(prose(title) if number == 1 else f"{prose(title)} ({number})" for title, number in titles)
        compatible = sum(1 for finding in findings if finding.impact is Impact.COMPATIBLE)
        words = [f"{compatible} compatible"] if compatible else []
        words += [f"{len(findings) - compatible} for information"] if len(findings) > compatible else []
        label = f"✓ {', '.join(words)}: "
        text = cut(kinds, max(self._canvas.width - 2 - len(label), 10))
        self._canvas.write(text, indent=2, label=label, label_style="good", style="dim")

    def _ending(self) -> None:
        report, canvas = self._report, self._canvas
        canvas.blank()
        for note in report.notes:
            canvas.write(prose(note), label="note: ")
        if report.truncated:
            left_out = counted(report.truncated.findings_left_out, "finding")
            canvas.write(f"{left_out} left out: {prose(report.truncated.reason)}", label="! ", label_style="doubtful")
        if self._options.judged and report.verdict is not Verdict.UNCHANGED:
            self._gate()
        self._hints()

    def _gate(self) -> None:
        gate = self._report.gate
        style: Style = "good" if gate.status is GateStatus.PASS else "bad"
        threshold = f" (threshold: {gate.fail_on})" if gate.fail_on else ""
        self._canvas.write(f"{summary.gate_note(self._report)}{threshold}", style=style)
        for reason in gate.reasons:
            self._canvas.write(prose(reason), indent=2, label="- ")

    def _hints(self) -> None:
        """How to go on: with the worst finding shown, and to what was summed up."""
        holders = {id(finding): contract for contract, finding in summary.findings_of(self._report)}
        findings = [finding for _, finding in summary.findings_of(self._report)]
        judged, verbose = self._options.judged, self._options.verbose
        shown = findings if verbose else shaping.serious(findings, judged=judged)
        if shown:
            worst = shaping.worst(shown, judged=judged)
            fingerprint = summary.short_fingerprints(self._report)[worst.fingerprint]
            command = wording.explain_command(self._report, holders[id(worst)], fingerprint)
            self._canvas.write(command, label="why: ")
        if len(shown) < len(findings):
            self._canvas.write("--verbose shows what is summed up here, one by one", label="more: ")


def _relation(contract: ContractReport) -> str:
    """What the path at base is to the one at head: where the contract was, or the version that a new one follows."""
    return "after" if contract.status is ContractStatus.ADDED else "was"
