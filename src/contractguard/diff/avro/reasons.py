"""Why a schema does not read data of another, in the words of Apache Avro.

`SchemaCompatibility` of Apache Avro Java 1.12 walks through the reader's schema and remembers each pair of types with the place
where it met it first; what it tries inside of a union it walks through as if it were a schema of its own. The places it tells
follow from that, so the same walk is made here. Where it takes a type that holds itself for readable although it is not, the
reasons of a second walk are given: each at its own place, with what a cycle leads to counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from contractguard.diff.avro.resolution import Failure, Resolution
from contractguard.diff.avro.types import kind_word
from contractguard.model.avro import AvroUnion
from contractguard.model.resolution import Incompatibility
from contractguard.model.values import escape_token

if TYPE_CHECKING:
    from collections.abc import Generator

    from contractguard.model.avro import AvroType
    from contractguard.model.contract import AvroContract

MAX_LISTED = 1000
"""How many incompatibilities are listed below one pair of types; a type used in many places repeats its own in each."""

_MOST_PAIRS = 20_000
"""How many pairs are walked through as Apache Avro does it. It tries each branch of one union with each of the other."""


def incompatibilities(reader: AvroContract, writer: AvroContract) -> tuple[Incompatibility, ...]:
    """Why `reader` does not read all data written with `writer`, in the order of the reader's schema; empty where it does."""
    resolution = Resolution(reader.names, writer.names)
    if resolution.reads(reader.type, writer.type):
        return ()
    try:
        found = _run(_Walk(resolution, tries_branches=True).of(reader.type, writer.type, _ROOT))
    except _TooLong:
        found = ()
    found = found or _run(_Walk(resolution, tries_branches=False).of(reader.type, writer.type, _ROOT))
    return tuple(Incompatibility(each.type, each.place.pointer(), each.message) for each in found)


class _TooLong(Exception):  # noqa: N818  (no error: the other walk is made instead)
    """There are too many pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A place below the root; places share the way to them, which may be long."""

    token: str = ""
    parent: _Place | None = None

    def below(self, *tokens: str) -> _Place:
        """The place to which these lead from here."""
        place = self
        for token in tokens:
            place = _Place(token, place)
        return place

    def pointer(self) -> str:
        """The JSON pointer, with the `/` of the root where there is nothing else."""
        tokens, place = [], self
        while place.parent is not None:
            tokens.append(escape_token(place.token))
            place = place.parent
        return "/" + "/".join(reversed(tokens))


_ROOT = _Place()


class _Reason(NamedTuple):
    """An incompatibility before its pointer is written."""

    type: str
    place: _Place
    message: str


_Found: TypeAlias = tuple[_Reason, ...]
_Listing: TypeAlias = "Generator[_Listing, _Found, _Found]"


class _Walk:
    """A walk through all pairs of types. With `tries_branches` it finds out by itself which branch of a union reads a type."""

    def __init__(self, resolution: Resolution, *, tries_branches: bool) -> None:
        self._resolution = resolution
        self._tries_branches = tries_branches
        self._known: dict[tuple[int, int], _Found] = {}

    def of(self, reader: AvroType, writer: AvroType, place: _Place) -> _Listing:
        """Yields the listings of parts and is sent their results, so that long chains of types need no deep stack.

        A pair that is met inside of itself has nothing wrong with it.
        """
        reader, writer = self._resolution.resolved(reader, writer)
        key = (id(reader), id(writer))
        if key not in self._known:
            self._known[key] = ()
            if self._tries_branches and len(self._known) > _MOST_PAIRS:
                raise _TooLong
            found = yield from self._look(reader, writer, place)
            self._known[key] = tuple(found[:MAX_LISTED])
        return self._known[key]

    def _look(self, reader: AvroType, writer: AvroType, place: _Place) -> Generator[_Listing, _Found, list[_Reason]]:
        found: list[_Reason] = []
        if isinstance(reader, AvroUnion) and not isinstance(writer, AvroUnion):
            if not (yield from self._is_read(reader, writer)):
                found.append(_missing_branch(writer, place))
            return found
        if isinstance(reader, AvroUnion) and isinstance(writer, AvroUnion) and self._tries_branches:
            for index, branch in enumerate(writer.branches):
                if (yield self.of(reader, branch, _ROOT)):
                    branch_kind = self._resolution.resolved(reader, branch)[1]
                    found.append(_missing_branch(branch_kind, place.below(str(index))))
            return found
        for item in self._resolution.requirements(reader, writer):
            if isinstance(item, Failure):
                found.append(_Reason(item.type, place.below(*item.suffix), item.message))
            else:
                found += yield self.of(item.reader, item.writer, place.below(*item.suffix))
        return found

    def _is_read(self, reader: AvroUnion, writer: AvroType) -> Generator[_Listing, _Found, bool]:
        """Whether some branch reads the writer's type."""
        if not self._tries_branches:
            return self._resolution.reads(reader, writer)
        for branch in reader.branches:
            if not (yield self.of(branch, writer, _ROOT)):
                return True
        return False


def _missing_branch(writer: AvroType, place: _Place) -> _Reason:
    return _Reason("MISSING_UNION_BRANCH", place, f"reader union lacking writer type: {kind_word(writer).upper()}")


def _run(listing: _Listing) -> _Found:
    """Run a listing with a stack of our own."""
    stack = [listing]
    result: _Found | None = None
    while True:
        try:
            stack.append(stack[-1].send(result) if result is not None else next(stack[-1]))
            result = None
        except StopIteration as finished:
            stack.pop()
            result = tuple(finished.value)
            if not stack:
                return result
