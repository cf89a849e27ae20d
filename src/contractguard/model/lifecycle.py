"""Lifecycle marks that contracts carry as extensions, under the names seen in the wild (GOVERNANCE section 1).

OpenAPI and JSON Schema have `deprecated` only. When a thing goes, what replaces it and how stable it is are said with extensions
whose names differ. Here is which names mean what, for whoever reads or compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contractguard.model.places import Node

SUNSET = "x-sunset"
REPLACED_BY = "x-replaced-by"
STABILITY = "x-stability-level"
MARKS = frozenset({SUNSET, REPLACED_BY, STABILITY})
"""The canonical name of each mark, whatever its spelling in the file."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a mark: the way to it from the object, and what it stands for where its value is just `true`."""

    way: tuple[str, ...]
    stands_for: str | None = None

    def find(self, extensions: Mapping[str, Node]) -> Node | None:
        """The node of the mark in this spelling, its value always text; None where it is not there or says something else."""
        node = extensions.get(self.way[0])
        for token in self.way[1:]:
            node = node.get(token) if node is not None else None
        if node is None:
            return None
        if self.stands_for is not None:
            return node.with_value(self.stands_for) if node.value is True else None
        return node if isinstance(node.value, str) else None


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


def find_mark(extensions: Mapping[str, Node], mark: str) -> tuple[Alias, Node] | None:
    """The spelling that counts for a mark (its canonical name) in the extensions of one object, and the node of its text."""
    for alias in ALIASES[mark]:
        node = alias.find(extensions)
        if node is not None:
            return alias, node
    return None


def mark_text(extensions: Mapping[str, Node], mark: str) -> str | None:
    """What a mark says, in whatever spelling; None where the extensions do not have it."""
    found = find_mark(extensions, mark)
    return found[1].value if found is not None and isinstance(found[1].value, str) else None
