"""Sets of characters (Unicode code points, surrogates among them) as sorted ranges that neither overlap nor touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each range, both inside."""

LAST = 0x10FFFF
EVERY: Ranges = ((0, LAST),)


def ranges_of(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """The set that holds every code point of every pair (first, last), in any order, overlapping or not."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """The code points that are not in `ranges`."""
    rest: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if start < first:
            rest.append((start, first - 1))
        start = last + 1
    if start <= LAST:
        rest.append((start, LAST))
    return tuple(rest)


class Partition:
    """Groups all code points into blocks, so that each of the given sets is a union of blocks.

    `starts` are the first code points of the stretches in ascending order (the first is 0, each ends before the next), and
    `blocks[i]` is the number of the block that stretch i belongs to. `masks` has a number for each given set whose bit b tells
    whether block b is part of it.
    """

    __slots__ = ("blocks", "count", "masks", "starts")

    def __init__(self, sets: Sequence[Ranges]) -> None:
        flips: dict[int, int] = {0: 0}
        for index, ranges in enumerate(sets):
            for first, last in ranges:
                flips[first] = flips.get(first, 0) ^ (1 << index)
                flips[last + 1] = flips.get(last + 1, 0) ^ (1 << index)
        flips.pop(LAST + 1, None)
        self.starts: list[int] = sorted(flips)
        self.blocks: list[int] = []
        number_of: dict[int, int] = {}
        members = 0  # the sets, as bits, that hold the stretch at hand
        for start in self.starts:
            members ^= flips[start]
            self.blocks.append(number_of.setdefault(members, len(number_of)))
        self.count = len(number_of)
        self.masks: list[int] = [0] * len(sets)
        for members, block in number_of.items():
            rest = members
            while rest:
                lowest = rest & -rest
                self.masks[lowest.bit_length() - 1] |= 1 << block
                rest ^= lowest


def common_stretches(partitions: Sequence[Partition]) -> tuple[list[int], list[tuple[int, ...]]]:
    """The stretches that all of `partitions` leave whole: their first code points, and their block in each partition."""
    starts = sorted({0, *(start for part in partitions for start in part.starts)})
    columns = []
    for part in partitions:
        column = []
        position = -1
        for start in starts:
            if position + 1 < len(part.starts) and part.starts[position + 1] == start:
                position += 1
            column.append(part.blocks[position])
        columns.append(column)
    return starts, list(zip(*columns, strict=True)) if columns else [()]
