"""Lines of a width measured in terminal cells, where a wide character takes two and a combining one none."""

from __future__ import annotations

import re
import unicodedata

_TOKENS = re.compile(r" +|[^ ]+")
_BREAK_AFTER = frozenset("/,.:;_-&?=}>|")
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def cells(text: str) -> int:
    """How many columns a terminal gives the text (East Asian Width of Unicode, UAX 11)."""
    return len(text) if text.isascii() else sum(_cell(character) for character in text)


def wrap(text: str, width: int, first: int | None = None) -> list[str]:
    """The text in lines of at most `width` cells (the first one: `first`), broken at spaces; a word that is longer than a line is
    broken after punctuation, else anywhere.

    Runs of spaces within a line stay. An empty text is one empty line.
    """
    lines: list[str] = []
    line = ""
    room = width if first is None else first
    for token in _TOKENS.findall(text):
        if cells(line) + cells(token) <= room:
            line += token
            continue
        if line.strip() or token[0] == " ":
            lines.append(line.rstrip())
            line, room = "", width
        if token[0] != " ":
            *whole, line = _pieces(token, room, width)
            lines += whole
            room = width if whole else room
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def cut(text: str, width: int) -> str:
    """The text on one line of at most `width` cells, with an ellipsis where it was longer."""
    if cells(text) <= width:
        return text
    return _fitting(text, width - 1).rstrip() + "…"


def cut_left(text: str, width: int) -> str:
    """As `cut`, but the end of the text stays: for paths."""
    if cells(text) <= width:
        return text
    return "…" + _fitting(text[::-1], width - 1)[::-1].lstrip()


def _pieces(word: str, first: int, width: int) -> list[str]:
    """A word in pieces that fit; in one pass, because a contract decides how long it is."""
    pieces: list[str] = []
    start, room = 0, first
    while (end := _reach(word, start, room)) < len(word):
        half = start + (end - start) // 2
        end = max((index + 1 for index in range(half, end) if word[index] in _BREAK_AFTER), default=end)
        pieces.append(word[start:end])
        start, room = end, width
    return [*pieces, word[start:]]


def _fitting(text: str, width: int) -> str:
    return text[: _reach(text, 0, width)]


def _reach(text: str, start: int, width: int) -> int:
    """Where the longest part from `start` on of at most `width` cells ends. It has one character at least, and all that
    combine with it.
    """
    used = 0
    for index in range(start, len(text)):
        used += _cell(text[index])
        if used > width and index > start:
            return index
    return len(text)


def _cell(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
