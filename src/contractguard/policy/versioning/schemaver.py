"""SchemaVer, the versions of self-describing JSON Schemas: MODEL-REVISION-ADDITION."""

from __future__ import annotations

import re

from contractguard.model.finding import Bump
from contractguard.policy.versioning.schemes import SchemeRules, Version, order, readable

_SCHEMAVER = re.compile(r"([1-9][0-9]*)-(0|[1-9][0-9]*)-(0|[1-9][0-9]*)")


def _parse(text: str) -> Version | None:
    match = _SCHEMAVER.fullmatch(text) if readable(text) else None
    return Version(text, tuple(map(int, match.groups()))) if match else None


def _compared(base: Version, head: Version) -> int:
    return order(base.numbers, head.numbers)


def _step(base: Version, head: Version) -> Bump:
    """A model breaks. A revision may refuse some data and an addition refuses none: neither allows a proved break."""
    return Bump.MAJOR if head.numbers[0] != base.numbers[0] else Bump.MINOR


def _after(base: Version, bump: Bump) -> str:
    model, revision, addition = base.numbers
    if bump is Bump.MAJOR:
        return f"{model + 1}-0-0"
    return base.text if bump is Bump.NONE else f"{model}-{revision}-{addition + 1}"


SCHEMAVER = SchemeRules(parse=_parse, compared=_compared, step=_step, after=_after, smallest=Bump.MINOR)
