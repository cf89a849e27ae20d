"""How much a document may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contractguard.errors import LimitError

MAX_DIGITS: Final = 4300
"""Decimal digits of an integer: what Python itself turns into text and back without complaint."""

MAX_INTEGER_BITS: Final = 14_284
"""Bits of the largest integer with `MAX_DIGITS` digits, for integers written in another base."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a single document may cost. Depth is not here: `MAX_DEPTH` of the model is a promise to all stages.

    `max_bytes`: size of the file. `max_nodes`: values in it, scalars, objects and arrays together. `max_repeated`: values that
    YAML aliases and merge keys add to those written, counted as if each were written out (an alias bomb is small in the
    file and in memory, and explodes in whoever walks it).
    """

    max_bytes: int = 64 * 1024 * 1024
    max_nodes: int = 8_000_000
    max_repeated: int = 1_000_000

    def check_bytes(self, size: int, path: str) -> None:
        """Raise `LimitError` where a file of `size` bytes is too large to be read."""
        if size > self.max_bytes:
            raise LimitError(
                f"the file has {size} bytes, more than the {self.max_bytes} that contractguard reads",
                path=path,
                remedy="split the contract into several files",
            )


def too_many_values(path: str, limit: int, line: int | None = None, column: int | None = None) -> LimitError:
    """The error for a document of more than `limit` values."""
    return LimitError(
        f"the document holds more than {limit} values",
        path=path,
        line=line,
        column=column,
        remedy="split the contract into several files",
    )


def too_many_repeats(path: str, limit: int, line: int, column: int) -> LimitError:
    """The error for aliases and merges that add more than `limit` values."""
    return LimitError(
        f"YAML aliases and merge keys repeat more than {limit} values",
        path=path,
        line=line,
        column=column,
        remedy="write out the parts that differ and refer to shared ones with $ref",
    )


def too_deep(path: str, depth: int, line: int, column: int) -> LimitError:
    """The error for nesting beyond `depth`."""
    return LimitError(
        f"values nest deeper than {depth} levels",
        path=path,
        line=line,
        column=column,
        remedy="move inner parts into shared definitions and refer to them with $ref",
    )


def too_many_digits(path: str, line: int, column: int) -> LimitError:
    """The error for an integer of more than `MAX_DIGITS` digits."""
    return LimitError(
        f"an integer has more than {MAX_DIGITS} digits",
        path=path,
        line=line,
        column=column,
        remedy="write it as a string",
    )
