"""Where pointers stand in the text of a document: one pass over the file, only when somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from contractguard.documents.json_positions import find_in_json
from contractguard.documents.text import Lines, decode
from contractguard.documents.wanted import Wanted
from contractguard.documents.yaml_positions import find_in_yaml
from contractguard.model.document import Document, Syntax
from contractguard.model.places import Location


def locate(document: Document, pointers: Collection[str]) -> Mapping[str, Location]:
    """Line and column (1-based, in code points) of each JSON pointer, asked for → location.

    The place is that of the key for a member of an object, of the value for an array item and for the root. Of keys that stand
    twice the last counts. A pointer that does not exist gets the location of its nearest ancestor that does, with that
    ancestor's pointer. What YAML aliases and merge keys bring in is located where it is written.
    """
    text = decode(document.raw, document.path)
    asked = sorted(set(pointers))
    wanted = Wanted.of(asked)
    if document.syntax is Syntax.JSON:
        find_in_json(text, wanted, has_duplicates=bool(document.duplicates))
    else:
        find_in_yaml(text, document.path, wanted, has_duplicates=bool(document.duplicates))
    found = {pointer: wanted.nearest(pointer) for pointer in asked}
    places = _places(text, {offset for _, offset in found.values()})
    return {pointer: Location(document.path, known, *places[offset]) for pointer, (known, offset) in found.items()}


def _places(text: str, offsets: Collection[int]) -> dict[int, tuple[int, int]]:
    """Line and column of each offset. Counting breaks between a few offsets costs less than listing all lines."""
    if "\r" in text:
        lines = Lines(text)
        return {offset: lines.position(offset) for offset in offsets}
    places: dict[int, tuple[int, int]] = {}
    line, counted = 1, 0
    for offset in sorted(offsets):
        line += text.count("\n", counted, offset)
        counted = offset
        places[offset] = (line, offset - text.rfind("\n", 0, offset))
    return places
