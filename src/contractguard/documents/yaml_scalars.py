"""What a plain scalar of YAML means (YAML 1.2.2, 10.3.2, the core schema)."""

from __future__ import annotations

import re
from math import isinf
from typing import Final

from contractguard.documents.limits import MAX_DIGITS, MAX_INTEGER_BITS

_WORDS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_OTHER_BASE = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_MAX_OTHER_DIGITS: Final = MAX_INTEGER_BITS // 3 + 3


class NotFiniteError(ValueError):
    """A number that JSON cannot hold: infinite, not a number, or beyond the range of a double."""


class TooLongError(ValueError):
    """An integer of more than `MAX_DIGITS` digits."""


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar. `no`, `on`, `1:30`, `1_000`, `0b1` and dates are strings; `017` is 17, `0o17` is 15.

    Raises `NotFiniteError` for `.inf`, `.nan` and `1e400`, `TooLongError` for integers beyond `MAX_DIGITS`.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.match(text):
        if len(text.lstrip("+-")) > MAX_DIGITS:
            raise TooLongError
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        if isinf(number):
            raise NotFiniteError
        return number
    if _OTHER_BASE.match(text):
        return _in_other_base(text)
    if _NOT_FINITE.match(text):
        raise NotFiniteError
    return text


def _in_other_base(text: str) -> int:
    if len(text) > _MAX_OTHER_DIGITS:
        raise TooLongError
    number = int(text[2:], 8 if text[1] == "o" else 16)
    if number.bit_length() > MAX_INTEGER_BITS:
        raise TooLongError
    return number
