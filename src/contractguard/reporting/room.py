"""Keeping a text below a length: what fits is kept, in order of importance, and what does not is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def size(text: str) -> int:
    """Bytes of UTF-8. A length limit in characters is kept, too: a text never has more characters than bytes."""
    return len(text.encode())


class Room:
    """Bytes that may still be written."""

    def __init__(self, left: int) -> None:
        self._left = left

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return self._left

    def take(self, amount: int) -> bool:
        """Use this many bytes; False, and nothing is used, where there are fewer."""
        if amount > self._left:
            return False
        self._left -= amount
        return True


def fitting(texts: Iterable[str], limit: int) -> tuple[list[str], int]:
    """The texts from the first on that fit into `limit` bytes together, and how many do not."""
    room = Room(limit)
    kept: list[str] = []
    left_out = 0
    for text in texts:
        if not left_out and room.take(size(text)):
            kept.append(text)
        else:
            left_out += 1
    return kept, left_out
