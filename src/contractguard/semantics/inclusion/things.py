"""What a case says of its payload beside literals: bounds, sizes, patterns, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from contractguard.model.schema import Bound
from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.literals import Beside, Child, Literal, Mark, Step


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
class AnyFrom:
    """One of the literals holds, from the one at `start` on."""

    literals: tuple[Literal, ...]
    start: int


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Literals of which something is said together, and where each stands among them."""

    literals: tuple[Literal, ...]
    places: Mapping[Literal, int]
    by_mark: Mapping[Mark, tuple[Literal, ...]]


@dataclass(frozen=True, slots=True)
class AllBut:
    """All literals hold, but for the one at `index`, of which nothing is said; -1 for none. None of them is positive."""

    together: Together
    index: int

    def says(self, literal: Literal) -> bool:
        """Whether a literal is among those that hold."""
        return self.together.places.get(literal, self.index) != self.index

    def marked(self, mark: Mark) -> Iterator[Literal]:
        """Those that hold, with a mark."""
        return (literal for literal in self.together.by_mark.get(mark, ()) if self.says(literal))

    def members(self) -> Iterator[Literal]:
        """Those that hold."""
        return (literal for place, literal in enumerate(self.together.literals) if place != self.index)


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
    | AnyFrom
    | AllBut
    | Each
)
Alternative: TypeAlias = tuple[Thing, ...]
Group: TypeAlias = list[Alternative]
"""One of the alternatives must hold."""


def only_child(alternative: Alternative) -> Child | None:
    """The child that an alternative asks for, where it asks for nothing else."""
    if len(alternative) != 1:
        return None
    (thing,) = alternative
    return thing if isinstance(thing, Child) else None
