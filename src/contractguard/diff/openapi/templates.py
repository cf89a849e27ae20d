"""Finding the path templates that a path matches, without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contractguard.diff.openapi.paths import fits, without_names
from contractguard.model.openapi import Operation

_ANYTHING = "{}"
_MOST_MIXED = 256
"""Segments with text around a parameter (`{id}.json`) that are tried at one place; beyond that none of them is."""


@dataclass(slots=True)
class _Place:
    """A place in the tree of all paths: what follows, by the next segment, and the operations of paths that end here."""

    exact: dict[str, _Place] = field(default_factory=dict)
    mixed: dict[str, _Place] = field(default_factory=dict)
    operations: dict[str, Operation] = field(default_factory=dict)


class Templates:
    """The operations of one side, by their paths."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Place()
        for operation in operations:
            place = self._root
            for segment in without_names(operation.path).split("/"):
                is_mixed = _ANYTHING in segment and segment != _ANYTHING
                place = (place.mixed if is_mixed else place.exact).setdefault(segment, _Place())
            place.operations.setdefault(operation.method, operation)

    def at(self, method: str, path: str) -> Operation | None:
        """The operation of a path, names of parameters left aside."""
        return self._operations(path).get(method)

    def has(self, path: str) -> bool:
        """Whether a path has operations."""
        return bool(self._operations(path))

    def _operations(self, path: str) -> dict[str, Operation]:
        place: _Place | None = self._root
        for segment in without_names(path).split("/"):
            place = None if place is None else place.exact.get(segment) or place.mixed.get(segment)
        return {} if place is None else place.operations

    def nearest(self, called: Operation) -> Operation | None:
        """The operation of another path that answers the calls of an operation: of several, the one with the fewest parameters.

        None where there is no such operation. Parameters stand for a part of a segment, or for all of it, that is not empty.
        """
        path = without_names(called.path)
        found = [
            place.operations[called.method]
            for place in _matching(self._root, path.split("/"))
            if called.method in place.operations
        ]
        others = [operation for operation in found if without_names(operation.path) != path]
        return min(others, key=lambda operation: without_names(operation.path).count(_ANYTHING), default=None)


def _matching(root: _Place, segments: list[str]) -> Iterator[_Place]:
    """The places at the end of all ways that match, in file order."""
    places = [root]
    for segment in segments:
        places = [below for place in places for below in _next(place, segment)]
    yield from places


def _next(place: _Place, segment: str) -> Iterator[_Place]:
    if segment in place.exact:
        yield place.exact[segment]
    if segment not in {"", _ANYTHING} and _ANYTHING in place.exact:
        yield place.exact[_ANYTHING]
    if len(place.mixed) <= _MOST_MIXED:
        yield from (below for mixed, below in place.mixed.items() if fits(mixed, segment))
