"""Finding pointers in JSON text. What nobody asked for is skipped by the scanner of the standard library, in C."""

from __future__ import annotations

import json
import re
from typing import Final

from contractguard.documents.wanted import Wanted

_SPACE = re.compile(r"[ \t\n\r]*+")
_KEY = re.compile(r'[ \t\n\r]*+("(?:[^"\\]++|\\.)*+")[ \t\n\r]*+:[ \t\n\r]*+', re.DOTALL)
_AFTER = re.compile(r"[ \t\n\r]*+([,}\]])[ \t\n\r]*+")
_PLAIN = re.compile(r'(?:"(?:[^"\\]++|\\.)*+"|[-+.0-9A-Za-z]++)', re.DOTALL)
_EMPTY: Final = {"{": "}", "[": "]"}


class _AllFound(Exception):  # noqa: N818 - it is no error
    """Nothing is left to look for."""


def find_in_json(text: str, wanted: Wanted, *, has_duplicates: bool) -> None:
    """Note the offsets of `wanted` in a text that is known to be JSON, nested no deeper than `MAX_DEPTH`."""
    _Finder(text, wanted, has_duplicates=has_duplicates).run()


class _Finder:
    def __init__(self, text: str, wanted: Wanted, *, has_duplicates: bool) -> None:
        self._text = text
        self._wanted = wanted
        self._left = 0 if has_duplicates else wanted.size()
        """How many places are still to be found; below zero from the start where a later key may replace any of them."""
        self._skip = json.JSONDecoder(strict=False).raw_decode

    def run(self) -> None:
        start = self._after_space(0)
        try:
            self._found(self._wanted, start)
            self._value(start, self._wanted)
        except _AllFound:
            return

    def _found(self, wanted: Wanted, offset: int) -> None:
        if wanted.offset is not None:
            wanted.forget()
        wanted.offset = offset
        self._left -= 1
        if not self._left:
            raise _AllFound

    def _value(self, offset: int, wanted: Wanted | None) -> int:
        """Walk over the value at `offset`; the offset of its end."""
        text = self._text
        opening = text[offset]
        if opening not in _EMPTY:
            plain = _PLAIN.match(text, offset)
            return plain.end() if plain else len(text)
        if wanted is None or not wanted.children:
            end: int = self._skip(text, offset)[1]
            return end
        inside = self._after_space(offset + 1)
        if text[inside] == _EMPTY[opening]:
            return inside + 1
        return self._members(inside, wanted) if opening == "{" else self._items(inside, wanted)

    def _members(self, offset: int, wanted: Wanted) -> int:
        text, children = self._text, wanted.children
        while True:
            key = _KEY.match(text, offset)
            if key is None:  # not reached while the text is JSON
                return len(text)
            written = key.group(1)
            child = children.get(json.loads(written, strict=False) if "\\" in written else written[1:-1])
            if child is not None:
                self._found(child, key.start(1))
            after = _AFTER.match(text, self._value(key.end(), child))
            if after is None or after.group(1) != ",":
                return after.end(1) if after else len(text)
            offset = after.end()

    def _items(self, offset: int, wanted: Wanted) -> int:
        text, children, index = self._text, wanted.children, 0
        while True:
            child = children.get(str(index))
            if child is not None:
                self._found(child, offset)
            after = _AFTER.match(text, self._value(offset, child))
            if after is None or after.group(1) != ",":
                return after.end(1) if after else len(text)
            offset = after.end()
            index += 1

    def _after_space(self, offset: int) -> int:
        space = _SPACE.match(self._text, offset)
        return space.end() if space else offset
