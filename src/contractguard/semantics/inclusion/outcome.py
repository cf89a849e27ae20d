"""What a search ends in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from contractguard.model.values import JsonValue


@dataclass(frozen=True, slots=True)
class Witness:
    """A payload that makes the goal true."""

    value: JsonValue


class Proof(Enum):
    """No payload makes the goal true."""

    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The search ended without an answer. `reasons` are the keywords that stopped it, or `budget`."""

    reasons: frozenset[str]


Outcome: TypeAlias = Witness | Proof | Unknown
EMPTY = Proof.EMPTY


class Doubts:
    """Gathers why cases could not be decided, so that "no case can be filled" is not said where one is open."""

    __slots__ = ("_reasons",)

    def __init__(self) -> None:
        self._reasons: set[str] = set()

    def note(self, *reasons: str) -> None:
        """Remember reasons."""
        self._reasons.update(reasons)

    def take(self, outcome: Outcome) -> None:
        """Remember what an undecided outcome says; others say nothing."""
        if isinstance(outcome, Unknown):
            self._reasons |= outcome.reasons

    def verdict(self) -> Proof | Unknown:
        """What it means that no case was filled."""
        return Unknown(frozenset(self._reasons)) if self._reasons else EMPTY


def unknown(reasons: Iterable[str]) -> Unknown:
    """An undecided outcome."""
    return Unknown(frozenset(reasons))


class UndecidedError(Exception):
    """A case cannot be decided; the message is the keyword that stops it."""
