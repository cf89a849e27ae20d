"""Lifecycle marks of any object, each read into its canonical name: renaming one is no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.dates import sunset_date
from contractguard.model.lifecycle import (
    AUDIENCE,
    STABILITY,
    SUNSET,
    Alias,
    ConflictingMark,
    MarkNames,
    audience_rank,
    stability_rank,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue


def with_canonical_marks(extensions: Mapping[str, Node], names: MarkNames) -> dict[str, Node]:
    """The extensions of an object with each lifecycle mark under its canonical name, its node still where it stands.

    Where several spellings say the same, the first one counts. Where they do not, the mark is a `ConflictingMark` that tells
    them all.
    """
    result = dict(extensions)
    for canonical, aliases in names.aliases.items():
        found = [(alias, node) for alias in aliases if (node := alias.find(extensions)) is not None]
        for alias, _ in found:
            _take_out(result, alias)
        if found:
            result[canonical] = _one(canonical, found)
    return result


def _one(canonical: str, found: Sequence[tuple[Alias, Node]]) -> Node:
    """The node that counts for a mark."""
    first = found[0][1]
    meaning = _meaning(canonical, first.value)
    if all(_meaning(canonical, node.value) == meaning for _, node in found):
        return first
    told = ", ".join(f"{node.value} ({alias.name})" for alias, node in found)
    return ConflictingMark(told, first.path, first.pointer)


def _meaning(canonical: str, value: JsonValue) -> object:
    """What two spellings are compared by: the day, the rank, else the text."""
    text = str(value)
    meaning: object = None
    if canonical == SUNSET:
        meaning = sunset_date(text)
    elif canonical == STABILITY:
        meaning = stability_rank(text)
    elif canonical == AUDIENCE:
        meaning = audience_rank(text)
    return text if meaning is None else meaning


def _take_out(extensions: dict[str, Node], alias: Alias) -> None:
    """Remove the mark from the extension that held it, so that a change of it is told once."""
    holder = extensions.pop(alias.way[0], None)
    if holder is not None and len(alias.way) > 1 and isinstance(holder.value, dict):
        remaining = _without(holder.value, alias.way[1:])
        if remaining:
            extensions[alias.way[0]] = holder.with_value(remaining)


def _without(value: dict[str, JsonValue], way: tuple[str, ...]) -> dict[str, JsonValue]:
    """An object without the member at the end of a way, nor the objects that are empty without it."""
    remaining = {name: item for name, item in value.items() if name != way[0]}
    inner = value.get(way[0])
    if len(way) > 1 and isinstance(inner, dict) and (kept := _without(inner, way[1:])):
        remaining[way[0]] = kept
    return remaining
