"""Assertions about numbers and strings (JSON Schema 2020-12 validation, 6.2 and 6.3)."""

from __future__ import annotations

from fractions import Fraction

from contractguard.model.schema import Bound, Schema
from contractguard.semantics.evaluation.judge import Check, Judge, Verdict
from contractguard.semantics.languages import matches

_MOST_BITS = 1 << 16
"""Larger integers are not divided: that takes time beyond all measure."""


def number_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertions about numbers."""
    checks: list[Check] = []
    if schema.minimum is not None:
        checks.append(_above(schema.minimum))
    if schema.maximum is not None:
        checks.append(_below(schema.maximum))
    if schema.multiple_of is not None:
        checks.append(_multiple_of(schema.multiple_of))
    return tuple(checks)


def _above(bound: Bound) -> Check:
    limit = bound.value
    if bound.exclusive:
        return lambda _judge, value, _level: value > limit
    return lambda _judge, value, _level: value >= limit


def _below(bound: Bound) -> Check:
    limit = bound.value
    if bound.exclusive:
        return lambda _judge, value, _level: value < limit
    return lambda _judge, value, _level: value <= limit


def _multiple_of(divisor: float) -> Check:
    exact = _exact(divisor)

    def check(_judge: Judge, value: float, _level: int) -> Verdict:
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            return None
        return (_exact(value) / exact).denominator == 1

    return check


def _exact(number: float) -> Fraction:
    """The number as it is written: `0.1` is a tenth, not the float nearest to it."""
    if isinstance(number, int) or number.is_integer():
        return Fraction(int(number))
    return Fraction(repr(number))


def string_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertions about strings. Lengths count code points (RFC 8259), as Python's do."""
    checks: list[Check] = []
    shortest, longest, pattern = schema.min_length, schema.max_length, schema.pattern
    if shortest is not None:
        checks.append(lambda _judge, value, _level: len(value) >= shortest)
    if longest is not None:
        checks.append(lambda _judge, value, _level: len(value) <= longest)
    if pattern is not None:
        checks.append(lambda _judge, value, _level: found_in(pattern, value))
    return tuple(checks)


def found_in(pattern: str, text: str) -> Verdict:
    """Whether the pattern matches somewhere in the text; None where that cannot be said, as of half a surrogate pair."""
    try:
        return matches(pattern, text)
    except UnicodeEncodeError:
        return None
