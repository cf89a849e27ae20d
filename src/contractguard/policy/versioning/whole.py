"""Versions that are one whole number: 1, 2, v3."""

from __future__ import annotations

import re

from contractguard.model.finding import Bump
from contractguard.policy.versioning.schemes import SchemeRules, Version, order, readable, unprefixed

_INTEGER = re.compile(r"[0-9]+")


def _parse(text: str) -> Version | None:
    bare = unprefixed(text)
    return Version(text, (int(bare),)) if readable(text) and _INTEGER.fullmatch(bare) else None


def _compared(base: Version, head: Version) -> int:
    return order(base.numbers, head.numbers)


def _step(_base: Version, _head: Version) -> Bump:
    return Bump.MAJOR


def _after(base: Version, bump: Bump) -> str:
    """The next number for a break; whatever is smaller goes without a new one."""
    prefix = base.text[: len(base.text) - len(unprefixed(base.text))]
    return f"{prefix}{base.numbers[0] + 1}" if bump is Bump.MAJOR else base.text


INTEGER = SchemeRules(parse=_parse, compared=_compared, step=_step, after=_after, smallest=Bump.MAJOR)
