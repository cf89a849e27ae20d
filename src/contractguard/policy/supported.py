"""`supported` of the policy: which versions before base a contract must stay compatible with (GOVERNANCE section 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LAST = re.compile(r"last ([1-9][0-9]{0,3})( majors?)?", re.ASCII)

WRITTEN = "write all, last N, last N majors, or a list of versions"


@dataclass(frozen=True, slots=True)
class Supported:
    """Which older versions are supported: all of them, the newest `last`, those of the newest `majors`, or the `named` ones."""

    last: int | None = None
    majors: int | None = None
    named: tuple[str, ...] = ()


ALL = Supported()


def read_supported(written: str | Sequence[str]) -> Supported:
    """What policy or user writes, understood. Raises `ValueError` for what is not written in one of the ways of `WRITTEN`."""
    if not isinstance(written, str):
        if not written:
            raise ValueError(WRITTEN)
        return Supported(named=tuple(written))
    if written == "all":
        return ALL
    match = _LAST.fullmatch(written)
    if match is None:
        raise ValueError(WRITTEN)
    count = int(match[1])
    return Supported(majors=count) if match[2] else Supported(last=count)
