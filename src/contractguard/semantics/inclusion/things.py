"""What a case says of its payload beside literals: bounds, sizes, patterns, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from contractguard.model.schema import Bound
from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.literals import Beside, Child, Literal, Step


@dataclass(frozen=True, slots=True)
class Lower:
    """A number is at least (above) a bound."""

    bound: Bound


@dataclass(frozen=True, slots=True)
class Upper:
    """A number is at most (below) a bound."""

    bound: Bound


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number is a multiple of another, or is none."""

    of: int | float
    holds: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A number is an integer, or is none."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A string matches a pattern, or does not."""

    pattern: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """A string is said to be of a format. It restricts nothing; a payload that shows it is easier to believe."""

    format: str


@dataclass(frozen=True, slots=True)
class Size:
    """Code points of a string, items of an array, properties of an object: both ends are in."""

    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Differs:
    """The payload is not this value."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class Has:
    """An object has the property."""

    name: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """An object does not have the property."""

    name: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """No two items of an array are equal, or two are."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """So many items of an array make the literal true."""

    literal: Literal
    at_least: int
    at_most: int | None


@dataclass(frozen=True, slots=True)
class Each:
    """The literal holds for every child that the step speaks of."""

    step: Step
    literal: Literal


Thing: TypeAlias = (
    Literal
    | Child
    | Beside
    | Lower
    | Upper
    | Multiple
    | Whole
    | Match
    | Looks
    | Size
    | Differs
    | Has
    | Lacks
    | Distinct
    | Counted
    | Each
)
Alternative: TypeAlias = tuple[Thing, ...]
Group: TypeAlias = list[Alternative]
"""One of the alternatives must hold."""
