"""Lifecycle marks that contracts carry as extensions, under the names seen in the wild (GOVERNANCE section 1).

OpenAPI has `deprecated` only. When an operation goes, what replaces it and how stable it is are said with extensions whose
names differ. They are read into one canonical name each, so that renaming one is no change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.model.openapi import Lifecycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue

SUNSET = "x-sunset"
REPLACED_BY = "x-replaced-by"
STABILITY = "x-stability-level"


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a mark: the way to it from the object, and what it stands for where its value is just `true`."""

    way: tuple[str, ...]
    stands_for: str | None = None


ALIASES: Mapping[str, tuple[Alias, ...]] = {
    SUNSET: (
        Alias(("x-sunset",)),
        Alias(("x-deprecated-sunset",)),
        Alias(("x-github", "removalDate")),
        Alias(("x-ms-deprecation", "removalDate")),
        Alias(("x-removal-date",)),
    ),
    REPLACED_BY: (
        Alias(("x-replaced-by",)),
        Alias(("x-replacement",)),
        Alias(("x-deprecated-replacement",)),
    ),
    STABILITY: (
        Alias(("x-stability-level",)),
        Alias(("x-stability",)),
        Alias(("x-unstable",), stands_for="experimental"),
        Alias(("x-experimental",), stands_for="experimental"),
        Alias(("x-beta",), stands_for="beta"),
    ),
}
"""Canonical name → its spellings; where several stand in one object the first counts and the others stay extensions."""


def with_canonical_marks(extensions: dict[str, Node]) -> dict[str, Node]:
    """The extensions of an object with each lifecycle mark under its canonical name, its node still where it stands."""
    result = dict(extensions)
    for canonical, aliases in ALIASES.items():
        for alias in aliases:
            mark = _find(result, alias)
            if mark is not None:
                _take_out(result, alias)
                result[canonical] = mark
                break
    return result


def lifecycle_of(extensions: Mapping[str, Node], *, deprecated: bool) -> Lifecycle:
    """The lifecycle that canonical marks and the `deprecated` keyword tell."""
    return Lifecycle(
        deprecated=deprecated,
        sunset=_text(extensions.get(SUNSET)),
        replaced_by=_text(extensions.get(REPLACED_BY)),
        stability=_text(extensions.get(STABILITY)),
    )


def _find(extensions: Mapping[str, Node], alias: Alias) -> Node | None:
    node = extensions.get(alias.way[0])
    for token in alias.way[1:]:
        node = node.get(token) if node is not None else None
    if node is None:
        return None
    if alias.stands_for is not None:
        return node.with_value(alias.stands_for) if node.value is True else None
    return node if isinstance(node.value, str) else None


def _take_out(extensions: dict[str, Node], alias: Alias) -> None:
    """Remove the mark from the extension that held it, so that a change of it is told once."""
    holder = extensions.pop(alias.way[0])
    if len(alias.way) > 1 and isinstance(holder.value, dict):
        remaining: dict[str, JsonValue] = {name: value for name, value in holder.value.items() if name != alias.way[1]}
        if remaining:
            extensions[alias.way[0]] = holder.with_value(remaining)


def _text(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None
