"""Operations that moved: which of those that are gone is which of those that came, where that is plain.

Each function takes the operations of both sides that have no partner, and all of base, and yields pairs; one operation may be
in several, of which the first counts. What is doubtful is left alone: it stays removed and added, and breaks the same callers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeAlias

from contractguard.diff.openapi.paths import fronts, without_names
from contractguard.model.openapi import Operation, ParameterLocation
from contractguard.model.values import JsonValue

Pairs: TypeAlias = Iterator[tuple[Operation, Operation]]

_VERSION = re.compile(
    r"v\d+([._-]?\d+)*((alpha|beta|rc|preview)\d*)?|\d+(\.\d+)+|\d{4}-\d{2}-\d{2}(-preview)?", re.IGNORECASE
)
_PARTS_OF_VERSION = re.compile(r"\D?([\d._-]*)(\D*)(\d*)")
_NUMBER = re.compile(r"\d+")
_MOST_ALIKE = 64
"""Operations with one method and one last segment that are compared each with each; beyond that none of them is matched."""
_FEWEST_PATHS = 2
"""Paths that must have gone from one prefix to another for the prefix to be what moved."""


def same_but_for_spelling(
    base: Sequence[Operation], head: Sequence[Operation], all_of_base: Sequence[Operation]
) -> Pairs:
    """Paths that differ in case or in a slash at the end only: other URLs (RFC 3986, section 6.2.2.1), the same thing meant."""
    yield from _alike(base, head, all_of_base, lambda operation: without_names(operation.path).rstrip("/").lower())


def same_but_for_version(
    base: Sequence[Operation], head: Sequence[Operation], all_of_base: Sequence[Operation]
) -> Pairs:
    """Paths that differ in segments that are versions only: `/v1/orders` and `/v2/orders`, or `/orders`.

    Where another version stays, it is what the one that is gone leaves its callers to.
    """
    yield from _alike(base, head, all_of_base, _without_versions)


def moved_by_id(base: Sequence[Operation], head: Sequence[Operation], all_of_base: Sequence[Operation]) -> Pairs:
    """Operations with the same `operationId`, which names one of them only, and some segment in common.

    The segment is asked for because generators number the ids that would be the same (`list_1`), and numbers shift.
    """
    by_id = {(new.method, new.operation_id or ""): new for new in head if new.operation_id}
    often = Counter(new.operation_id for new in head)
    often_before = Counter(old.operation_id for old in all_of_base)
    for old in base:
        new = by_id.get((old.method, old.operation_id or ""))
        is_unique = often[old.operation_id] == often_before[old.operation_id] == 1
        if new is not None and is_unique and _words(old.path) & _words(new.path):
            yield old, new


def moved_below(base: Sequence[Operation], head: Sequence[Operation], all_of_base: Sequence[Operation]) -> Pairs:
    """All operations below a prefix that are now below another: `/api/orders` is `/rest/orders`, and `/api/users` `/rest/users`.

    At least two paths must have gone from the one to the other, with operations that look alike, and none may have stayed below
    the old prefix.
    """
    by_fronts: dict[tuple[str, str], list[tuple[Operation, Operation]]] = defaultdict(list)
    by_end: dict[Hashable, list[Operation]] = defaultdict(list)
    for new in head:
        by_end[_end(new)].append(new)
    for old in base:
        candidates = by_end.get(_end(old), ())
        if len(candidates) <= _MOST_ALIKE:
            for new in candidates:
                front, now = fronts(old.path, new.path)
                tail = old.path[len(front) :]
                if _words(tail) and _look_alike(old, new):
                    by_fronts[without_names(front), without_names(now)].append((old, new))
    below = _paths_below(all_of_base)
    for (front, _), pairs in sorted(by_fronts.items(), key=lambda item: (-len(item[1]), item[0])):
        paths = {without_names(old.path) for old, _ in pairs}
        if len(paths) >= _FEWEST_PATHS and below[front] == len(paths):
            yield from pairs


def _paths_below(operations: Sequence[Operation]) -> Counter[str]:
    """How many paths lie below each prefix that ends before a slash."""
    paths = {without_names(operation.path) for operation in operations}
    return Counter(path[:place] for path in paths for place, letter in enumerate(path) if letter == "/")


def _alike(
    base: Sequence[Operation],
    head: Sequence[Operation],
    all_of_base: Sequence[Operation],
    key_of: Callable[[Operation], str],
) -> Pairs:
    """Operations of one method with one key, where all of base with that key are gone.

    Of several, the latest versions first: what is gone last went where the rest was.
    """
    old_ones, new_ones, known = (_by_key(operations, key_of) for operations in (base, head, all_of_base))
    for key, old in old_ones.items():
        new = new_ones.get(key, [])
        if len(known[key]) > len(old):
            continue
        if len(old) == len(new):
            yield from zip(old, new, strict=True)
        elif new:
            yield old[-1], new[0]


def _by_key(
    operations: Sequence[Operation], key_of: Callable[[Operation], str]
) -> dict[tuple[str, str], list[Operation]]:
    found: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in operations:
        key = key_of(operation)
        if _words(key):
            found[operation.method, key].append(operation)
    for group in found.values():
        group.sort(key=lambda operation: _order(operation.path))
    return found


def _without_versions(operation: Operation) -> str:
    segments = without_names(operation.path).split("/")
    return "/".join(segment for segment in segments if not _VERSION.fullmatch(segment))


def _words(path: str) -> set[str]:
    """The segments of a path that are neither templates nor versions, in lower case."""
    segments = without_names(path).lower().split("/")
    return {segment for segment in segments if segment and "{}" not in segment and not _VERSION.fullmatch(segment)}


def _end(operation: Operation) -> tuple[str, str]:
    return operation.method, without_names(operation.path).rpartition("/")[2]


def _look_alike(old: Operation, new: Operation) -> bool:
    """Whether two operations might be one: both with a body or both without, the one with all parameters of the other, and some
    shared definition in common, or none used.
    """
    sent, now_sent = ({key for key in one.parameters if key[0] is not ParameterLocation.PATH} for one in (old, new))
    used, now_used = (set(_references(one.node.value)) for one in (old, new))
    return (
        (old.body is None) == (new.body is None)
        and (sent <= now_sent or now_sent <= sent)
        and (bool(used & now_used) or not (used or now_used))
    )


def _references(value: JsonValue) -> Iterator[str]:
    """The references below a value, as written."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            reference = item.get("$ref")
            if isinstance(reference, str):
                yield reference
            stack += item.values()
        elif isinstance(item, list):
            stack += item


def _order(path: str) -> tuple[list[tuple[object, ...]], str]:
    """A key that sorts paths by the versions in them: `v2` before `v10`, `v1beta1` before `v1`."""
    versions: list[tuple[object, ...]] = []
    for segment in path.lower().split("/"):
        found = _PARTS_OF_VERSION.match(segment) if _VERSION.fullmatch(segment) else None
        if found is not None:
            main, stage, number = found.groups()
            numbers = [int(text) for text in _NUMBER.findall(main)]
            versions.append((numbers, not stage, stage, int(number or 0)))
    return versions, path
