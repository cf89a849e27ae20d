"""A payload laid out for a person: on one line where it fits, else in lines of whole parts, shortened where it is huge.

What is shortened stays recognisable: of a long string its beginning, of a long array or object both ends, and how much is
missing. Names and strings are JSON, so that `null`, `""` and `"5"` are what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.reporting.values import counted, json_text, middle_cut
from contractguard.reporting.wrapping import cells

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue

_INDENT = 2
_LEAST_ROOM = 24
"""Columns that a value gets at least, however deep it lies."""
_NEAR = 8
"""Columns that a long name leaves to the value after it."""
_ENDS = {list: (4, 2), dict: (8, 2)}
"""Items or members shown at the beginning and at the end of an array or object that has more."""
_DEPTHS = (40, 6, 5, 4, 3, 2, 1)
"""Levels that are tried one after the other: what lies deeper is counted, as long as the payload has too many lines."""
_SLACK = 2
"""Lines more than asked for are shown rather than counted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a payload, and whether something of it was left out."""

    lines: tuple[str, ...]
    shortened: bool


def laid_out(value: JsonValue, width: int, *, most: int | None, opening: str = "") -> Layout:
    """The value in lines of about `width` columns, at most `most` of them; None shortens nothing.

    `opening` stands before the value on the first line. The work is linear in the size of the value.
    """
    if most is None:
        return Layout(tuple(_Writer(width, _DEPTHS[0], whole=True).lines(value, 0, opening, "")), shortened=False)
    for depth in _DEPTHS:
        writer = _Writer(width, depth, whole=False)
        lines = writer.lines(value, 0, opening, "")
        if len(lines) <= most + _SLACK:
            return Layout(tuple(lines), writer.shortened)
    tail = most // 3
    head = most - tail - 1
    missing = f"{' ' * _INDENT}… {counted(len(lines) - head - tail, 'more line')}"
    return Layout((*lines[:head], missing, *lines[len(lines) - tail :]), shortened=True)


def one_line(value: JsonValue, width: int) -> str:
    """The value on one line of about `width` columns, its middle left out where it is longer."""
    return middle_cut(json_text(value), width)


class _Writer:
    def __init__(self, width: int, deepest: int, *, whole: bool) -> None:
        self._width = width
        self._deepest = deepest
        self._whole = whole
        self.shortened = False

    def lines(self, value: JsonValue, depth: int, opening: str, closing: str) -> list[str]:
        """The lines of a value that lies `depth` levels deep; `opening` and `closing` stand around it."""
        indent = " " * (_INDENT * depth)
        room = max(self._width - len(indent) - cells(opening) - len(closing), _LEAST_ROOM)
        text = _flat(value, room)
        if text is None and not (isinstance(value, list | dict) and value):
            text = self._scalar(value, room)
        if text is not None:
            return [f"{indent}{opening}{text}{closing}"]
        if depth >= self._deepest:
            return [f"{indent}{opening}{json_text(value) if self._whole else self._counted(value)}{closing}"]
        if isinstance(value, list) and len(value) == 1 and not opening.endswith("["):
            return self.lines(value[0], depth, f"{opening}[", f"]{closing}")
        inner = self._members(value, depth + 1) if isinstance(value, dict) else self._items(value, depth + 1)
        start, end = "{}" if isinstance(value, dict) else "[]"
        return [f"{indent}{opening}{start}", *inner, f"{indent}{end}{closing}"]

    def _counted(self, value: JsonValue) -> str:
        self.shortened = True
        if isinstance(value, dict):
            return f"{{… {counted(len(value), 'member')}}}"
        return f"[… {counted(len(value) if isinstance(value, list) else 0, 'item')}]"

    def _members(self, value: dict[str, JsonValue], depth: int) -> list[str]:
        parts = []
        for at, (name, item) in enumerate(value.items()):
            opening = f"{self._scalar(name, max(self._width - _INDENT * depth - _NEAR, _LEAST_ROOM))}: "
            parts.append((opening, item, "," if at < len(value) - 1 else ""))
        return self._listed(parts, depth, _ENDS[dict], "member")

    def _items(self, value: JsonValue, depth: int) -> list[str]:
        items = value if isinstance(value, list) else []
        parts = [("", item, "," if at < len(items) - 1 else "") for at, item in enumerate(items)]
        return self._listed(parts, depth, _ENDS[list], "item")

    def _listed(
        self, parts: list[tuple[str, JsonValue, str]], depth: int, ends: tuple[int, int], what: str
    ) -> list[str]:
        head, tail = ends
        missing = 0 if self._whole else max(len(parts) - head - tail, 0)
        if missing <= 1:
            return self._packed([self.lines(item, depth, opening, closing) for opening, item, closing in parts])
        self.shortened = True
        first = self._listed(parts[:head], depth, ends, what)
        last = self._listed(parts[len(parts) - tail :], depth, ends, what)
        return [*first, f"{' ' * (_INDENT * depth)}… {counted(missing, f'more {what}')}", *last]

    def _packed(self, parts: list[list[str]]) -> list[str]:
        """The lines of all parts; parts of one line share a line as far as it has room."""
        lines: list[str] = []
        open_ended = False
        for part in parts:
            together = f"{lines[-1]} {part[0].lstrip()}" if open_ended and len(part) == 1 else ""
            if together and cells(together) <= self._width:
                lines[-1] = together
            else:
                lines += part
            open_ended = len(part) == 1
        return lines

    def _scalar(self, value: JsonValue, room: int) -> str:
        if not isinstance(value, str) or self._whole:
            return json_text(value)
        if len(value) <= room:
            text = json_text(value)
            if cells(text) <= room:
                return text
        shown, kept = '"', 0
        for character in value[:room]:
            written = json_text(character)[1:-1]
            if cells(shown) + cells(written) > room - len(f'… {len(value):,} more"'):
                break
            shown, kept = shown + written, kept + 1
        self.shortened = True
        return f'{shown}… {len(value) - kept:,} more"'


def _flat(value: JsonValue, room: int) -> str | None:
    """The value as JSON on one line, or None where it has not the room."""
    if _least_length(value, room) > room:
        return None
    text = json_text(value)
    return text if cells(text) <= room else None


def _least_length(value: JsonValue, limit: int) -> int:
    """How long the JSON of a value is at least; counting stops soon after `limit`, so that this costs no more than a line."""
    if isinstance(value, str):
        return len(value)
    if not isinstance(value, list | dict):
        return 1
    total = 2
    for item in value.items() if isinstance(value, dict) else value:
        total += 1 if not isinstance(item, tuple) else len(item[0]) + 3
        if total > limit:
            break
        total += _least_length(item[1] if isinstance(item, tuple) else item, limit - total)
    return total
