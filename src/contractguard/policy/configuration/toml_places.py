"""Lines of keys in a TOML file: Python's TOML parser tells values, but not where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?")
_MEMBER = re.compile(r"""\s*("[^"\\]*"|'[^']*'|[A-Za-z0-9_.\-"']+)\s*=""")

_Keys = tuple[str | int, ...]


class TomlPlaces:
    """Finds the line of a key below one table, well enough for an error message.

    It reads table headers and the keys at the start of lines. What stands inside an inline table or array is found as the
    line of the key that holds it.
    """

    def __init__(self, text: str, table: tuple[str, ...]) -> None:
        self._places: dict[_Keys, tuple[int, int]] = {}
        for keys, place in _keys_of_lines(text.splitlines()):
            if keys[: len(table)] == table:
                self._places.setdefault(keys[len(table) :], place)

    def locate(self, keys: Sequence[str | int]) -> tuple[int | None, int | None]:
        """Line and column (1-based) of the key, or of the nearest one around it."""
        for length in range(len(keys), -1, -1):
            place = self._places.get(tuple(keys[:length]))
            if place is not None:
                return place
        return None, None


def _keys_of_lines(lines: Sequence[str]) -> Iterator[tuple[_Keys, tuple[int, int]]]:
    """The full keys that each line begins, with line and column of the name."""
    table: _Keys = ()
    counts: dict[_Keys, int] = {}
    for number, line in enumerate(lines, start=1):
        header = _HEADER.fullmatch(line)
        if header:
            table = _indexed(_names(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield table, (number, header.start(2) + 1)
        elif member := _MEMBER.match(line):
            yield (*table, *_names(member[1])), (number, member.start(1) + 1)


def _indexed(names: Sequence[str], counts: dict[_Keys, int]) -> _Keys:
    """Names of a header with the index of the latest item after each array of tables among the ones before the last."""
    keys: _Keys = ()
    for name in names:
        if keys in counts:
            keys = (*keys, counts[keys])
        keys = (*keys, name)
    return keys


def _names(dotted: str) -> list[str]:
    if dotted[0] in "\"'" and dotted.find(dotted[0], 1) == len(dotted) - 1:
        return [dotted[1:-1]]
    return [name.strip().strip("\"'") for name in dotted.split(".")]
