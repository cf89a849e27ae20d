"""Finding a number: bounds, multiples, and numbers to keep away from. Exact, with fractions; no floating point decides anything.

`0.1` in a contract means one tenth, not the nearest double: JSON numbers are decimal (RFC 8259, section 6).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from contractguard.model.schema import Bound
from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Witness, unknown

_MOST_CANDIDATES = 5_000
"""Multiples tried before the search gives up. Contracts need a handful."""
_MOST_DIGITS = 400
"""Numbers written with more digits are not computed with: a power of ten costs more than the answer is worth."""


@dataclass(slots=True)
class NumberFacts:
    """What must hold of a number."""

    lower: list[Bound] = field(default_factory=list)
    upper: list[Bound] = field(default_factory=list)
    steps: list[int | float] = field(default_factory=list)
    """It is a multiple of each."""
    no_steps: list[int | float] = field(default_factory=list)
    """It is a multiple of none."""
    integer: bool = False
    not_integer: bool = False
    excluded: set[Fraction] = field(default_factory=set)


def fraction(number: float) -> Fraction:
    """The exact value of a number as it is written in decimal; a whole float is the integer that it equals."""
    return Fraction(number) if isinstance(number, int) or number.is_integer() else Fraction(repr(number))


def find_number(facts: NumberFacts) -> Outcome:
    """A number for which all facts hold, as close to zero as they allow, or the proof that there is none."""
    numbers = [bound.value for bound in (*facts.lower, *facts.upper)] + facts.steps + facts.no_steps
    if any(_too_long(number) for number in numbers):
        return unknown(["number with too many digits"])
    lower = _tightest(facts.lower, upper=False)
    upper = _tightest(facts.upper, upper=True)
    if lower is not None and upper is not None:
        gap = upper[0] - lower[0]
        if gap < 0 or (gap == 0 and (lower[1] or upper[1])):
            return EMPTY
    avoided = [fraction(step) for step in facts.no_steps] + ([Fraction(1)] if facts.not_integer else [])
    step = _common_multiple([fraction(step) for step in facts.steps] + ([Fraction(1)] if facts.integer else []))
    if step is None:
        return _find_between(lower, upper, avoided, facts.excluded)
    return _find_multiple(step, lower, upper, avoided, facts.excluded)


_End = tuple[Fraction, bool]
"""A bound and whether it is exclusive."""


def _too_long(number: float) -> bool:
    if isinstance(number, int):
        return number.bit_length() > _MOST_DIGITS * 3
    return not math.isfinite(number)


def _tightest(bounds: Iterable[Bound], *, upper: bool) -> _End | None:
    best: _End | None = None
    for bound in bounds:
        end = (fraction(bound.value), bound.exclusive)
        if best is None or (end[0] < best[0] if upper else end[0] > best[0]) or (end[0] == best[0] and end[1]):
            best = end
    return best


def _common_multiple(steps: list[Fraction]) -> Fraction | None:
    common: Fraction | None = None
    for step in steps:
        if common is None:
            common = step
        else:
            denominator = math.lcm(common.denominator, step.denominator)
            numerators = (common * denominator).numerator, (step * denominator).numerator
            common = Fraction(math.lcm(*numerators), denominator)
    return common


def _fits(value: Fraction, avoided: list[Fraction], excluded: set[Fraction]) -> bool:
    return value not in excluded and all((value / step).denominator != 1 for step in avoided)


def _find_multiple(
    step: Fraction, lower: _End | None, upper: _End | None, avoided: list[Fraction], excluded: set[Fraction]
) -> Outcome:
    if any((step / other).denominator == 1 for other in avoided):
        return EMPTY  # each multiple of the step is one of the numbers to avoid
    # The pattern of multiples to avoid repeats: one period without a fit, and there is none. Each excluded number hides one fit.
    period = _common_multiple([step, *avoided]) or step
    enough = int(period / step) * (1 + len(excluded)) + 1
    tried = 0
    for factor in islice(_outward(step, lower, upper), min(enough, _MOST_CANDIDATES)):
        tried += 1
        value = factor * step
        if _fits(value, avoided, excluded):
            return _witness(value)
    return unknown(["multipleOf"]) if tried == _MOST_CANDIDATES < enough else EMPTY


def _outward(step: Fraction, lower: _End | None, upper: _End | None) -> Iterator[int]:
    """Factors whose multiples lie inside the bounds, from the one nearest to zero outward, positive before negative."""
    first = -(-lower[0] // step) if lower is not None else None
    if first is not None and lower is not None and lower[1] and first * step == lower[0]:
        first += 1
    last = upper[0] // step if upper is not None else None
    if last is not None and upper is not None and upper[1] and last * step == upper[0]:
        last -= 1
    start = 0
    if first is not None and first > 0:
        start = first
    elif last is not None and last < 0:
        start = last
    distance = 0
    while True:
        above, below = start + distance, start - distance
        above_fits = (last is None or above <= last) and (first is None or above >= first)
        below_fits = (first is None or below >= first) and (last is None or below <= last)
        if above_fits:
            yield above
        if below_fits and distance:
            yield below
        if not above_fits and not below_fits:
            return
        distance += 1


def _find_between(lower: _End | None, upper: _End | None, avoided: list[Fraction], excluded: set[Fraction]) -> Outcome:
    """Any number will do that is none of the avoided ones: round ones first, then finer and finer."""
    if lower is not None and upper is not None and lower[0] == upper[0]:
        return _witness(lower[0]) if _fits(lower[0], avoided, excluded) else EMPTY
    tried = 0
    for digits in range(_MOST_DIGITS):
        step = Fraction(1, 10**digits)
        for factor in islice(_outward(step, lower, upper), 40):
            tried += 1
            if tried > _MOST_CANDIDATES:
                return unknown(["multipleOf"])
            value = factor * step
            if _fits(value, avoided, excluded):
                return _witness(value)
    return unknown(["number with too many digits"])


def _witness(value: Fraction) -> Outcome:
    """The number as JSON writes it; undecided where no double says it exactly enough to be read back as itself."""
    number: JsonValue = value.numerator if value.denominator == 1 else float(value)
    if isinstance(number, float) and fraction(number) != value:
        return unknown(["number with too many digits"])
    return Witness(number)
