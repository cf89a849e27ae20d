"""Which character stands for many: one that people like to read."""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from contractguard.semantics.languages.charsets import Partition, common_stretches

FAVOURITES = (
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" "-_.:/@ ,;+=#!?*%&$~()[]{}<>'\"|^`\\"
)  # fmt: skip
UGLY = 1 << 24
"""Ranks from here on are for characters that are shown only where nothing else exists."""

_TRIED = 40
"""So many characters of a stretch are looked at in search of one that can be printed."""

_UNPRINTABLE = frozenset("CZM")
"""The general categories, by their first letter: control and unassigned, separators, marks."""

Letter = tuple[int, str, tuple[int, ...]]
"""Rank (0 is best; UGLY and above: unprintable), character, and the block of it in each partition."""


@lru_cache(maxsize=256)
def letters(partitions: tuple[Partition, ...]) -> list[Letter]:
    """The best character of each group that none of the partitions tells apart, the best first."""
    starts, owners = common_stretches(partitions)
    best: dict[tuple[int, ...], tuple[int, str]] = {}
    for rank, char in enumerate(FAVOURITES):
        best.setdefault(owners[bisect_right(starts, ord(char)) - 1], (rank, char))
    for start, end, owner in zip(starts, [*starts[1:], sys.maxunicode + 1], owners, strict=True):
        if best.get(owner, (UGLY, ""))[0] >= UGLY:
            found = _printable(start, end)
            if found < UGLY or owner not in best:
                best[owner] = (found, chr(found % UGLY))
    return sorted((*found, owner) for owner, found in best.items())


def _printable(start: int, end: int) -> int:
    """The rank of the best character from `start` to before `end`; its code point is that modulo UGLY."""
    for point in range(start, min(end, start + _TRIED)):
        if unicodedata.category(chr(point))[0] not in _UNPRINTABLE:
            return point
    return UGLY + start
