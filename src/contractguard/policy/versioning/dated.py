"""Versions that are dates, or that begin with a year."""

from __future__ import annotations

import re
from datetime import date

from contractguard.model.finding import Bump
from contractguard.policy.versioning.schemes import SchemeRules, Version, order, readable, unprefixed

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CALVER = re.compile(r"((?:19[89]|20[0-9])[0-9](?:[-._][0-9]+)+)((?:[-._+]?[A-Za-z].*)?)", re.DOTALL)


def _parse_date(text: str) -> Version | None:
    match = _DATE.fullmatch(unprefixed(text)) if readable(text) else None
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Version(text, (year, month, day))


def _parse_calver(text: str) -> Version | None:
    match = _CALVER.fullmatch(unprefixed(text)) if readable(text) else None
    if match is None:
        return None
    return Version(text, tuple(int(number) for number in re.split("[-._]", match[1])), match[2])


def _compared(base: Version, head: Version) -> int | None:
    """By the numbers; where only the names after them differ, nobody can say."""
    ranked = order(base.numbers, head.numbers)
    return None if ranked == 0 and base.label != head.label else ranked


def _date_step(_base: Version, _head: Version) -> Bump:
    return Bump.MAJOR


def _unsaid_step(_base: Version, _head: Version) -> None:
    return None


def _after(base: Version, bump: Bump) -> str | None:
    """Only the day of the release tells the next version."""
    return base.text if bump is Bump.NONE else None


DATE = SchemeRules(parse=_parse_date, compared=_compared, step=_date_step, after=_after, smallest=Bump.MAJOR)
CALVER = SchemeRules(parse=_parse_calver, compared=_compared, step=_unsaid_step, after=_after, smallest=Bump.MAJOR)
