"""Lines of text as they are written: indented, wrapped, coloured where wanted, and escaped for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from contractguard.reporting.escaping import command_free, terminal
from contractguard.reporting.options import MINIMUM_WIDTH
from contractguard.reporting.values import counted
from contractguard.reporting.wrapping import cells, cut_left, wrap

if TYPE_CHECKING:
    from contractguard.reporting.options import RenderOptions

Style = Literal["bad", "doubtful", "good", "strong", "dim", "plain"]

_CODES: dict[Style, str] = {"bad": "1;31", "doubtful": "1;33", "good": "32", "strong": "1", "dim": "2"}
_SHARE_OF_THE_RIGHT = 0.45
"""The part of a line that its right end may take; a longer one gets a line of its own."""


class Canvas:
    """Collects lines. Everything written passes the escaper for terminals here, so callers give text as it is.

    Of a paragraph longer than `longest` lines the rest is left out, and said so, unless it is one line; None leaves nothing out.
    """

    def __init__(self, options: RenderOptions, longest: int | None = None) -> None:
        self._width = max(options.width, MINIMUM_WIDTH)
        self._color = options.color
        self._longest = longest
        self._lines: list[str] = []

    @property
    def width(self) -> int:
        """Columns of a line."""
        return self._width

    def blank(self) -> None:
        """An empty line, unless the last one is."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def write(
        self,
        text: str,
        *,
        indent: int = 0,
        hang: int | None = None,
        label: str = "",
        label_width: int = 0,
        label_style: Style = "dim",
        style: Style = "plain",
        right: str = "",
        right_last: bool = False,
    ) -> None:
        """A paragraph. `label` stands before it, padded to `label_width`; its further lines are indented by `hang` columns, or to
        stand below the first. A label that leaves no room gets lines of its own.

        `right` stands at the right end of the first line, or of the last.
        """
        text, label, right = terminal(text), command_free(terminal(label)), terminal(right)
        if cells(label) > self._width // 2:
            self.write(label.rstrip(), indent=indent, hang=indent + 2, style=label_style)
            indent, label, label_width, hang = indent + 2, "", 0, None
        start = indent + max(label_width, cells(label))
        hang = start if hang is None else hang
        beside = cells(right) + 2 if right and cells(right) <= self._width * _SHARE_OF_THE_RIGHT else 0
        lines = wrap(text, self._room(hang), first=self._room(start + (0 if right_last else beside)))
        if self._longest is not None and len(lines) > self._longest + 1:
            more = f"… {counted(len(lines) - self._longest, 'more line')} (--verbose shows all)"
            lines[self._longest :] = wrap(more, self._room(hang))
        ended = len(lines) - 1 if right_last else 0
        for index, words in enumerate(lines):
            line = words if label.strip() and not index else command_free(words)
            taken = hang if index else start
            opening = " " * hang if index else self._opening(label, label_style, indent, start)
            gap = self._width - taken - cells(line) - cells(right)
            if index == ended and right and gap > 1:
                stands_alone = not line.strip() and not opening.strip()
                told = command_free(right) if stands_alone else right
                self._add(opening + self._painted(line, style) + " " * gap + self._painted(told, "dim"))
                right = ""
            else:
                self._add(opening + self._painted(line, style))
        if right:
            self._add(" " * hang + self._painted(command_free(cut_left(right, self._room(hang))), "dim"))

    def write_parts(
        self, parts: list[str], *, indent: int = 0, label: str = "", label_style: Style, style: Style
    ) -> None:
        """Parts with a dot between them, broken between parts where possible; empty parts are left out."""
        start = indent + cells(label)
        lines: list[str] = []
        for part in (terminal(part) for part in parts if part):
            longer = f"{lines[-1]} · {part}" if lines else part
            lines[-1:] = [longer] if not lines or cells(longer) <= self._room(start) else [lines[-1], part]
        for index, line in enumerate(lines):
            if index:
                self.write(line, indent=start, style=style)
            else:
                self.write(line, indent=indent, label=label, label_style=label_style, style=style)

    def text(self) -> str:
        """All lines, with a newline after each."""
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return "".join(f"{line}\n" for line in self._lines)

    def _opening(self, label: str, style: Style, indent: int, start: int) -> str:
        words = label.rstrip()  # the spaces after it stay unpainted, so that they can be cut at the end of a line
        return " " * indent + self._painted(words, style) + " " * (start - indent - cells(words))

    def _room(self, taken: int) -> int:
        return max(self._width - taken, MINIMUM_WIDTH // 4)

    def _add(self, line: str) -> None:
        self._lines.append(line.rstrip())

    def _painted(self, text: str, style: Style) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._color and text and style != "plain" else text
