"""Which operations of both sides are the same one: by the whole URL, by the path, and where it moved by what stayed.

An operation is what a method and a whole URL name (RFC 9110, section 9.1), and the URL is a base URL with the path appended
(OpenAPI 3.2, section 4.8.1): a prefix that goes from the paths into the base URL is no change. What is left is matched as
moved where that is plain: the same path in another version, with another slash at the end or in another case; the same
`operationId`; all paths of a prefix below another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from contractguard.diff.openapi.base_urls import Offers
from contractguard.diff.openapi.comparison import OperationPair
from contractguard.diff.openapi.moves import moved_below, moved_by_id, same_but_for_spelling, same_but_for_version
from contractguard.diff.openapi.paths import without_names
from contractguard.model.openapi import Operation, Server

_Keys: TypeAlias = Callable[[Operation], Iterable[Hashable]]
_Prefixes: TypeAlias = Callable[[tuple[Server, ...]], frozenset[str]]


class Matching:
    """The operations of both sides that have no partner yet, and the partners found."""

    def __init__(self, base: Sequence[Operation], head: Sequence[Operation]) -> None:
        self._base, self._head = base, head
        self._partners: dict[int, Operation] = {}
        self._taken: set[int] = set()

    @property
    def left_of_base(self) -> list[Operation]:
        """The operations of base without partner, in file order."""
        return [operation for operation in self._base if id(operation) not in self._partners]

    @property
    def left_of_head(self) -> list[Operation]:
        """The operations of head without partner, in file order."""
        return [operation for operation in self._head if id(operation) not in self._taken]

    @property
    def is_done(self) -> bool:
        """Whether one side has none left."""
        return len(self._partners) == len(self._base) or len(self._taken) == len(self._head)

    def pair(self, base: Operation, head: Operation) -> None:
        """Make partners of two operations that have none, and of no others."""
        if id(base) not in self._partners and id(head) not in self._taken:
            self._partners[id(base)] = head
            self._taken.add(id(head))

    def by(self, keys_of: _Keys) -> None:
        """Make partners of operations that share a key; the first of those in file order."""
        if self.is_done:
            return
        by_key: dict[Hashable, list[Operation]] = defaultdict(list)
        for operation in self.left_of_head:
            for key in keys_of(operation):
                by_key[key].append(operation)
        for operation in self.left_of_base:
            found = (new for key in keys_of(operation) for new in by_key.get(key, ()) if id(new) not in self._taken)
            partner = next(found, None)
            if partner is not None:
                self.pair(operation, partner)

    def pairs(self) -> tuple[OperationPair, ...]:
        """All operations: those of base in file order, then those that only head has."""
        of_base = ((operation, self._partners.get(id(operation))) for operation in self._base)
        return (*of_base, *((None, operation) for operation in self.left_of_head))


def match_calls(base: Sequence[Operation], head: Sequence[Operation]) -> tuple[OperationPair, ...]:
    """Pairs of the same operation of `paths`, in the order of base; then those that only head has.

    Partners have the same URL, else the same path (base URLs are compared elsewhere), else the one is where the other moved.
    Names of path parameters do not count.
    """
    matching = Matching(base, head)
    offers = Offers()
    matching.by(partial(_as_written, prefixes=offers.prefixes))
    matching.by(partial(_nameless, prefixes=offers.prefixes))
    matching.by(lambda operation: [(operation.method, path) for path in sorted(offers.full_paths(operation))])
    matching.by(partial(_as_written, prefixes=_any))
    matching.by(partial(_nameless, prefixes=_any))
    for find in (same_but_for_spelling, same_but_for_version, moved_by_id, moved_below):
        if not matching.is_done:
            for old, new in find(matching.left_of_base, matching.left_of_head, base):
                matching.pair(old, new)
    return matching.pairs()


def match_named(base: Sequence[Operation], head: Sequence[Operation]) -> tuple[OperationPair, ...]:
    """Pairs of the same webhook, or the same call of a callback: by method and name or expression, as written."""
    matching = Matching(base, head)
    matching.by(lambda operation: [(operation.method, operation.path)])
    return matching.pairs()


def _any(_: tuple[Server, ...]) -> frozenset[str]:
    return frozenset({""})


def _as_written(operation: Operation, *, prefixes: _Prefixes) -> list[Hashable]:
    return [(operation.method, operation.path, prefix) for prefix in sorted(prefixes(operation.servers))]


def _nameless(operation: Operation, *, prefixes: _Prefixes) -> list[Hashable]:
    path = without_names(operation.path)
    return [(operation.method, path, prefix) for prefix in sorted(prefixes(operation.servers))]
