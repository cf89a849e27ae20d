"""JSON bytes to values (RFC 8259, strictly): jiter for speed, the standard library where jiter cannot say enough.

jiter refuses nesting beyond 200 and integers beyond 4,300 digits before they cost anything, and is exact on integers. What
it refuses is read again by the slow path, which either finds it good after all (nesting up to `MAX_DEPTH`, a key that
stands twice) or says what is wrong and where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isinf
from typing import Final

from contractguard.documents.limits import MAX_DIGITS, Limits, too_deep, too_many_digits, too_many_values
from contractguard.documents.text import Lines, decode, without_mark
from contractguard.errors import ContractguardError, UnreadableError
from contractguard.model.document import DuplicateKey
from contractguard.model.values import MAX_DEPTH, JsonValue

_STRING: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
"""A string token, or what is left of the text where a string does not end: so no text takes more than one pass."""

_STRING_OR_BRACKET = re.compile(_STRING + r"|[{}\[\]]", re.DOTALL)
_TOKEN = re.compile(_STRING + r"|[{}\[\],:]|[-+.0-9A-Za-z]+", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = " \t\n\r"

_SHAPES: Final = {
    **dict.fromkeys(b"0123456789.", ord("0")),
    **dict.fromkeys(b"eE", ord("e")),
    **dict.fromkeys(b" \t\n\r:,[]}", ord(" ")),
    **{byte: byte for byte in b"+-"},
}
_SHAPE: Final = bytes(_SHAPES.get(byte, ord("x")) for byte in range(256))
"""Digits and points become `0`, what may stand around a number a space: numbers too large for a double are easy to see."""

_TRAILING_COMMA: Final = "a comma before the closing bracket"
_NOT_IN_JSON: Final = {
    "/": ("comments are not part of JSON", "remove the comment"),
    "#": ("comments are not part of JSON", "remove the comment"),
    "'": ("a single quote", "use double quotes"),
}

_OPENING: Final = {"{": 1, "[": 1, "}": -1, "]": -1}


class NotJsonError(UnreadableError):
    """The text is not JSON, or not JSON that can be read exactly."""


def read_json(raw: bytes, path: str, limits: Limits) -> tuple[JsonValue, tuple[DuplicateKey, ...]]:
    """The value of a JSON text, and the keys that stand twice in an object (the last one counts).

    Raises `NotJsonError` with line, column and remedy, or `LimitError` for what goes beyond `limits` or `MAX_DEPTH`.
    """
    import jiter  # noqa: PLC0415 - a native module that `--help` need not load

    body = without_mark(raw)
    if body.count(b",") + body.count(b"{") + body.count(b"[") > limits.max_nodes:
        raise too_many_values(path, limits.max_nodes)
    try:
        value: JsonValue = jiter.from_json(body, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError:
        return _read_carefully(decode(body, path), path)
    if _may_hold_huge_number(body):
        return _read_carefully(decode(body, path), path)
    return value, ()


def _may_hold_huge_number(body: bytes) -> bool:
    """Whether some number might be beyond the range of a double (1.8e308): a long run of digits, or a large exponent.

    A hash such as `"6e0000"` is none: it stands beside quotes or letters.
    """
    shape = body.translate(_SHAPE)
    return b"0" * 300 in shape or any(_stands_alone(shape, exponent) for exponent in (b"0e000", b"0e+000"))


def _stands_alone(shape: bytes, exponent: bytes) -> bool:
    """Whether a large exponent occurs in a number of its own and not in a word."""
    at = shape.find(exponent)
    while at >= 0:
        before, after = at - 1, at + len(exponent)
        while before >= 0 and shape[before] == ord("0"):
            before -= 1
        if before >= 0 and shape[before] == ord("-"):
            before -= 1
        while after < len(shape) and shape[after] == ord("0"):
            after += 1
        if (before < 0 or shape[before] == ord(" ")) and (after == len(shape) or shape[after] == ord(" ")):
            return True
        at = shape.find(exponent, at + 1)
    return False


def _read_carefully(text: str, path: str) -> tuple[JsonValue, tuple[DuplicateKey, ...]]:
    lines = Lines(text)
    _check_depth(text, path, lines)
    doubled = False

    def members(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        nonlocal doubled
        found = dict(pairs)
        doubled = doubled or len(found) < len(pairs)
        return found

    try:
        value: JsonValue = json.loads(
            text, object_pairs_hook=members, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
        if _SURROGATE_ESCAPE.search(text):
            _check_surrogates(value)
    except json.JSONDecodeError as error:
        offset, message, remedy = _explain(text, error)
        line, column = lines.position(offset)
        raise NotJsonError(f"not valid JSON: {message}", path=path, line=line, column=column, remedy=remedy) from None
    except _BadValueError:
        raise _bad_value(text, path, lines) from None
    return value, tuple(_duplicates(text, lines)) if doubled else ()


class _BadValueError(ValueError):
    """A value that is grammatical, and still cannot be read."""


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise _BadValueError
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _BadValueError
    return number


def _constant(_: str) -> float:
    raise _BadValueError


def _check_surrogates(value: JsonValue) -> None:
    """Raise `_BadValueError` where a string holds half a character, which no UTF-8 output could carry."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _BadValueError from None


def _bad_value(text: str, path: str, lines: Lines) -> ContractguardError:
    """The error for the first number or string that is grammatical and cannot be read."""
    for found in _TOKEN.finditer(text):
        token = found.group()
        position = lines.position(found.start())
        if token[0] == '"':
            surrogate = _lone_surrogate(token)
            if surrogate is not None:
                line, column = lines.position(found.start() + surrogate)
                return NotJsonError(
                    "half a character: a \\u escape of a surrogate without its other half",
                    path=path,
                    line=line,
                    column=column,
                    remedy="write both halves, or a backslash twice where a regular expression is meant",
                )
        elif token in ("NaN", "Infinity", "-Infinity"):
            return _not_json(f"{token} is not JSON", path, position, "use null or a string")
        elif token.lstrip("-").isdigit():
            if len(token.lstrip("-")) > MAX_DIGITS:
                return too_many_digits(path, *position)
        elif token[-1].isdigit() and isinf(float(token)):
            return _not_json("the number is beyond the range of a double", path, position, "write it as a string")
    return _not_json("a value cannot be read", path, (1, 1), "write it as a string")


def _not_json(message: str, path: str, position: tuple[int, int], remedy: str) -> NotJsonError:
    return NotJsonError(message, path=path, line=position[0], column=position[1], remedy=remedy)


def _lone_surrogate(token: str) -> int | None:
    """The offset in a string token of an escape that is half of a character, None where there is none."""
    high: re.Match[str] | None = None
    for escape in _ESCAPE.finditer(token):
        code = int(escape.group(1), 16) if escape.group(1) else 0
        is_low = 0xDC00 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's ranges
        if high is not None and not (is_low and escape.start() == high.end()):
            return high.start()
        if high is None and is_low:
            return escape.start()
        high = escape if high is None and 0xD800 <= code <= 0xDBFF else None  # noqa: PLR2004
    return high.start() if high is not None else None


def _check_depth(text: str, path: str, lines: Lines) -> None:
    """Raise `LimitError` at the bracket that opens a level beyond `MAX_DEPTH`, before a recursive parser meets it."""
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        depth += _OPENING.get(found.group(), 0)
        if depth > MAX_DEPTH:
            raise too_deep(path, MAX_DEPTH, *lines.position(found.start()))
        if depth < 0:
            return


def _duplicates(text: str, lines: Lines) -> Iterator[DuplicateKey]:
    """The keys that stand in their object a second time, in file order. The text is known to be JSON."""
    objects: list[set[str] | None] = []
    expects_key = False
    for found in _TOKEN.finditer(text):
        written = found.group()
        if written in _OPENING:
            if _OPENING[written] < 0:
                objects.pop()
                continue
            expects_key = written == "{"
            objects.append(set() if expects_key else None)
        elif written == ",":
            expects_key = objects[-1] is not None
        elif expects_key and (keys := objects[-1]) is not None:
            expects_key = False
            key = json.loads(written)
            if key in keys:
                line, column = lines.position(found.start())
                yield DuplicateKey(key, line, column)
            keys.add(key)


def _explain(text: str, error: json.JSONDecodeError) -> tuple[int, str, str]:
    """Where and why a text is not JSON, and how to mend it, in words that do not depend on the Python version."""
    if not text.strip(_SPACE):
        return 0, "the file is empty", "write the contract, or delete the file"
    if error.msg.startswith("Invalid control character"):
        code = ord(text[error.pos])
        return error.pos, f"the control character U+{code:04X} stands in a string", f"write \\u{code:04x}"
    if error.msg.startswith("Unterminated string"):
        return error.pos, "a string that does not end", "look for a missing quote"
    at = error.pos + len(text[error.pos :]) - len(text[error.pos :].lstrip(_SPACE))
    return _explain_character(text, at)


def _explain_character(text: str, at: int) -> tuple[int, str, str]:
    """As `_explain`, for a character that may not stand where it does."""
    here, before = text[at : at + 1], text[:at].rstrip(_SPACE)
    if not here:
        return len(text), "the file ends in the middle of a value", "restore the rest of the file"
    if here in "}]" and before.endswith(","):
        return len(before) - 1, _TRAILING_COMMA, "remove the comma"
    if here == "," and text[at + 1 :].lstrip(_SPACE).startswith(("}", "]")):
        return at, _TRAILING_COMMA, "remove the comma"
    known = _NOT_IN_JSON.get(here)
    if known is not None:
        return at, *known
    shown = repr(here) if here.isprintable() else f"the character U+{ord(here):04X}"
    return at, f"unexpected {shown}", "look for a missing comma, colon, bracket or quote"
