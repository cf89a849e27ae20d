"""The findings of the Markdown report, by contract: as many in full as there is room for, the others in a line, or counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.reporting import entries as shaping
from contractguard.reporting import summary
from contractguard.reporting.markdown_entry import name
from contractguard.reporting.room import Room, fitting, size
from contractguard.reporting.values import counted

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport
    from contractguard.reporting.entries import Entry
    from contractguard.reporting.markdown_entry import EntryText

_LIGHT = 4_000
"""Bytes for the compatible changes of one contract."""
_OWN_WORDS = 800
"""Bytes for the sentences of this module that are written once."""
_EVERYTHING = "`contractguard render REPORT.json --format text --verbose` shows all of a saved report."


@dataclass(frozen=True, slots=True)
class _Section:
    """A contract (None: what belongs to no single one) and its findings."""

    contract: ContractReport | None
    serious: list[Entry]
    light: list[Entry]
    findings: tuple[Finding, ...]

    @property
    def heading(self) -> str:
        title = name(self.contract.id) if self.contract else "Across contracts"
        return f"### {title}\n\n"


class FindingSections:
    """Decides what is shown of each entry, the worst first, whatever contract it is of."""

    def __init__(self, texts: EntryText, *, judged: bool) -> None:
        self._texts = texts
        self._judged = judged
        self._sections: list[_Section] = []

    def add(self, contract: ContractReport | None, findings: tuple[Finding, ...]) -> None:
        """A section, to stand below those added before."""
        judged = self._judged
        if findings:
            serious = shaping.entries(shaping.serious(findings, judged=judged), judged=judged)
            light = shaping.entries(shaping.light(findings, judged=judged), judged=judged)
            self._sections.append(_Section(contract, serious, light, findings))

    def written(self, limit: int) -> str:
        """All sections, in at most `limit` bytes."""
        room = Room(limit)
        room.take(_OWN_WORDS)
        lines = self._lines(room)
        light = [self._light(section, room) for section in self._sections]
        full = self._full(lines, room)
        parts = []
        for at, section in enumerate(self._sections):
            keys = [(at, index) for index in range(len(section.serious))]
            in_full = [full[key] for key in keys if key in full]
            in_short = [lines[key] for key in keys if key in lines and key not in full]
            body = "".join(in_full) + "".join(in_short) + ("\n" if in_short else "") + light[at]
            parts.append(section.heading + body if body else "")
        missing = sum(len(section.serious) for section in self._sections) - len(lines)
        return "".join(parts) + _left_out(len(lines) - len(full), missing)

    def _lines(self, room: Room) -> dict[tuple[int, int], str]:
        """One line for each entry, worst first, until there is no more room. (Section, number of the entry) → line."""
        ranked = sorted(
            (shaping.gravity(entry.lead, judged=self._judged), at, index)
            for at, section in enumerate(self._sections)
            for index, entry in enumerate(section.serious)
        )
        lines: dict[tuple[int, int], str] = {}
        opened: set[int] = set()
        for _, at, index in ranked:
            section = self._sections[at]
            line = self._texts.line(section.serious[index], section.contract)
            heading = 0 if at in opened else size(section.heading) + 1
            if not room.take(size(line) + heading):
                break
            opened.add(at)
            lines[at, index] = line
        return lines

    def _full(self, lines: dict[tuple[int, int], str], room: Room) -> dict[tuple[int, int], str]:
        """The entries that are shown in full: from the worst on, each that fits in the place of its line."""
        full: dict[tuple[int, int], str] = {}
        advised: dict[tuple[str, ...], str] = {}
        for (at, index), line in lines.items():
            section = self._sections[at]
            entry = section.serious[index]
            text = self._texts.full(entry, section.contract, advised.get(entry.advice))
            if room.take(max(size(text) - size(line), 0)):
                full[at, index] = text
                advised.setdefault(entry.advice, entry.lead.fingerprint)
        return full

    def _light(self, section: _Section, room: Room) -> str:
        """The compatible and info findings of a section, folded away behind how many there are."""
        if not section.light:
            return ""
        findings = [finding for entry in section.light for finding in entry.findings]
        opening = f"<details>\n<summary>{summary.count(findings).words()}</summary>\n\n"
        closing = "\n</details>\n\n"
        if not room.take(size(section.heading) + size(opening) + size(closing) + 40):
            return ""
        kept, left_out = fitting((self._texts.light(entry) for entry in section.light), min(_LIGHT, room.left))
        room.take(sum(size(text) for text in kept))
        more = f"- and {left_out:,} more\n" if left_out else ""
        return f"{opening}{''.join(kept)}{more}{closing}"


def _left_out(short: int, missing: int) -> str:
    """What had no room, for the end of the report."""
    if not short and not missing:
        return ""
    parts = [f"{counted(short, 'entry', 'entries')} in one line only" if short else ""]
    parts += [f"{counted(missing, 'further entry', 'further entries')} not at all" if missing else ""]
    shown = " and ".join(part for part in parts if part)
    return f"> To stay within the length of a comment, this report shows {shown}.\n> {_EVERYTHING}\n"
