"""The report as Markdown, to be pasted into a pull request: a compatibility report with migration notes.

It stays below the length that GitHub takes for a comment. What has no room is first reduced to a line, then left out, the least
important first, and the report says how much that was and how to see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.report import ContractStatus, GateStatus, Verdict
from contractguard.reporting import modes, summary, wording
from contractguard.reporting.entries import contract_order
from contractguard.reporting.escaping import cell_code, markdown
from contractguard.reporting.markdown_entry import EntryText, name, sentence
from contractguard.reporting.markdown_findings import FindingSections
from contractguard.reporting.room import fitting, size
from contractguard.reporting.values import clipped, counted

if TYPE_CHECKING:
    from contractguard.model.report import ContractReport, Report, ReportError
    from contractguard.reporting.options import RenderOptions

COMMENT_LIMIT = 65_536
"""GitHub refuses a longer comment or pull request text (characters; counted here in bytes of UTF-8, which are never fewer)."""
_ALL = 62_000
_GATE, _ERRORS, _NOTES, _TABLE = 5_000, 10_000, 4_000, 10_000
"""Bytes for the whole, leaving some for what is written around it, and for the parts before the findings."""
_CELL = 80
_BAD = frozenset({Verdict.BREAKING, Verdict.RISKY})


def render(report: Report, options: RenderOptions) -> str:
    """The report as GitHub-flavoured Markdown, of less than `COMMENT_LIMIT` bytes."""
    return _Markdown(report, options).written()


class _Markdown:
    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._report = report
        self._options = options
        self._judged = options.judged
        self._entry = EntryText(report, options, summary.short_fingerprints(report))

    def written(self) -> str:
        """The whole report."""
        opening = [self._answer()]
        if self._report.verdict is not Verdict.UNCHANGED:
            opening += [self._compared(), self._gate(), self._errors(), self._table()]
        opening.append(self._notes())
        head = "".join(opening)
        return f"{head}{self._sections(_ALL - size(head))}".rstrip() + "\n"

    def _answer(self) -> str:
        report = self._report
        parts = [summary.headline(report), summary.version_note(report) or ""]
        if self._judged and report.verdict is not Verdict.UNCHANGED:
            parts.append(summary.gate_note(report))
        answer = " · ".join(sentence(part) for part in parts if part)
        return f"## {summary.SYMBOLS[report.verdict]} {report.verdict.capitalize()}: {answer}\n\n"

    def _compared(self) -> str:
        sides = []
        for side, ref in (("base", self._report.base), ("head", self._report.head)):
            shown = wording.ref_name(self._report, "base" if side == "base" else "head")
            commit = wording.commit_name(ref.commit)
            known = commit and not ref.ref.startswith(commit)
            sides.append(f"{name(shown)} ({name(commit)})" if known else name(shown))
        return f"Compared {sides[0]} with {sides[1]}.\n\n"

    def _gate(self) -> str:
        gate = self._report.gate
        if not self._judged or (gate.status is GateStatus.PASS and not gate.reasons):
            return ""
        threshold = f" (threshold: {gate.fail_on})" if gate.fail_on else ""
        kept, left_out = fitting([f"- {sentence(reason)}\n" for reason in gate.reasons], _GATE)
        more = f"- and {counted(left_out, 'more reason')}\n" if left_out else ""
        note = summary.gate_note(self._report)
        return f"**{note[0].upper()}{note[1:]}**{threshold}{':' if kept else ''}\n\n{''.join(kept)}{more}\n"

    def _errors(self) -> str:
        found = [*self._report.errors, *(error for contract in self._report.contracts for error in contract.errors)]
        if not found:
            return ""
        kept, left_out = fitting([self._error(error) for error in found], _ERRORS)
        more = f"- and {counted(left_out, 'more error')}\n" if left_out else ""
        return f"### Could not be compared\n\n{''.join(kept)}{more}\n"

    def _error(self, error: ReportError) -> str:
        place = wording.error_position(error)
        at = (
            f" at {name(wording.ref_name(self._report, 'base' if error.side == 'base' else 'head'))}"
            if error.side
            else ""
        )
        where = f"{name(place)}{at}: " if place else ""
        remedy = f"\n  **Remedy:** {sentence(error.remedy)}" if error.remedy else ""
        return f"- {where}{sentence(error.message)}{'  ' if remedy else ''}{remedy}\n"

    def _table(self) -> str:
        contracts = sorted(summary.changed_contracts(self._report), key=contract_order)
        if not contracts:
            return ""
        head = (
            "| Contract | Verdict | Breaking | Risky | Compatible | Info | Version |\n"
            "| --- | --- | ---: | ---: | ---: | ---: | --- |\n"
        )
        kept, left_out = fitting([_row(contract) for contract in contracts], _TABLE)
        unchanged = len(self._report.contracts) - len(contracts)
        notes = [f"{counted(left_out, 'more contract')} not listed" if left_out else ""]
        notes += [f"{counted(unchanged, 'contract')} unchanged" if unchanged else ""]
        below = ", ".join(note for note in notes if note)
        return f"{head}{''.join(kept)}\n{f'{below}.' if below else ''}{chr(10) * 2 if below else ''}"

    def _notes(self) -> str:
        truncated = self._report.truncated
        lines = [f"- {sentence(note)}\n" for note in self._report.notes]
        lines += [
            f"- {name(contract.id)}: {sentence(note)}\n"
            for contract in self._report.contracts
            for note in (modes.halves(contract), *contract.notes)
            if note
        ]
        kept, _ = fitting(lines, _NOTES)
        cut = (
            f"⚠ {counted(truncated.findings_left_out, 'finding')} left out: {sentence(truncated.reason)}\n\n"
            if truncated
            else ""
        )
        return cut + (f"{''.join(kept)}\n" if kept else "")

    def _sections(self, limit: int) -> str:
        sections = FindingSections(self._entry, judged=self._judged)
        sections.add(None, self._report.findings)
        for contract in sorted(summary.changed_contracts(self._report), key=contract_order):
            sections.add(contract, contract.findings)
        return sections.written(limit)


def _row(contract: ContractReport) -> str:
    found = summary.count(contract.findings)
    step = summary.version_step(contract)
    versions = wording.version_words(contract)
    version = [_cell(versions) if versions else "", markdown(clipped(step.shortfall() or "", _CELL))]
    path = f"<br>{_cell(contract.path)}" if contract.path != contract.id else ""
    mode = modes.mode_name(contract)
    word = wording.status_words(contract) or str(contract.verdict)
    if contract.status is ContractStatus.ADDED and contract.verdict in _BAD:
        word = f"{word}, {contract.verdict}"  # a version that follows another one may break what that one promised
    cells = [
        f"{_cell(contract.id)}{path}{f'<br>{markdown(mode)}' if mode else ''}",
        f"{summary.SYMBOLS[contract.verdict]} {word}",
        *(f"{number:,}" if number else "" for number in (found.breaking, found.risky, found.compatible, found.info)),
        "<br>".join(part for part in version if part),
    ]
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    return cell_code(clipped(text, _CELL))
