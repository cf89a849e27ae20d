"""Lifecycle marks of operations, parameters and headers, each read into its canonical name: renaming one is no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.lifecycle import ALIASES, REPLACED_BY, STABILITY, SUNSET, Alias, find_mark, mark_text
from contractguard.model.openapi import Lifecycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue


def with_canonical_marks(extensions: dict[str, Node]) -> dict[str, Node]:
    """The extensions of an object with each lifecycle mark under its canonical name, its node still where it stands."""
    result = dict(extensions)
    for canonical in ALIASES:
        found = find_mark(result, canonical)
        if found is not None:
            alias, mark = found
            _take_out(result, alias)
            result[canonical] = mark
    return result


def lifecycle_of(extensions: Mapping[str, Node], *, deprecated: bool) -> Lifecycle:
    """The lifecycle that canonical marks and the `deprecated` keyword tell."""
    return Lifecycle(
        deprecated=deprecated,
        sunset=mark_text(extensions, SUNSET),
        replaced_by=mark_text(extensions, REPLACED_BY),
        stability=mark_text(extensions, STABILITY),
    )


def _take_out(extensions: dict[str, Node], alias: Alias) -> None:
    """Remove the mark from the extension that held it, so that a change of it is told once."""
    holder = extensions.pop(alias.way[0])
    if len(alias.way) > 1 and isinstance(holder.value, dict):
        remaining: dict[str, JsonValue] = {name: value for name, value in holder.value.items() if name != alias.way[1]}
        if remaining:
            extensions[alias.way[0]] = holder.with_value(remaining)
