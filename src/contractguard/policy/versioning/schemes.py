"""The version schemes, and what each of them must be able to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.model.finding import Bump


class Scheme(StrEnum):
    """What the parts of a version mean."""

    SEMVER = "semver"
    """Semantic Versioning 2.0.0: 1.4.2. A leading `v` and missing last parts (`1.4`) are understood."""
    SCHEMAVER = "schemaver"
    """SchemaVer: model-revision-addition, as in 1-0-2."""
    DATE = "date"
    """YYYY-MM-DD: a later date is another contract, so it may break."""
    INTEGER = "integer"
    """1, 2, 3: each number is another contract, so it may break."""
    CALVER = "calver"
    """A year first: 2024.1, 2026-05-27.dahlia, 2020-09-14_1.674.0. It has an order; what a step promises it does not say."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as its scheme reads it: its numbers, the text after them (a pre-release, a name), and itself as written."""

    text: str
    numbers: tuple[int, ...]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeRules:
    """How a scheme works.

    `parse` gives None for a text that is not in the scheme. `compared(base, head)` is negative where head is older, 0 where it
    ranks the same, positive where it is newer, None where the scheme does not say. `step(base, head)` is the largest change
    that a newer head may hold, `after(base, bump)` the next version that may hold a change of that size; both None where the
    scheme does not say. A change smaller than `smallest` asks for no new version.
    """

    parse: Callable[[str], Version | None]
    compared: Callable[[Version, Version], int | None]
    step: Callable[[Version, Version], Bump | None]
    after: Callable[[Version, Bump], str | None]
    smallest: Bump


_LONGEST = 128


def readable(text: str) -> bool:
    """Whether a text can be a version at all: Python refuses to read digits by the thousand."""
    return 0 < len(text) <= _LONGEST and text.isascii()


def unprefixed(text: str) -> str:
    """A version without the `v` that many put before it."""
    return text[1:] if text[:1] in ("v", "V") else text


def order(base: tuple[int, ...], head: tuple[int, ...]) -> int:
    """-1, 0 or 1: how head ranks against base, number by number."""
    return (head > base) - (head < base)
