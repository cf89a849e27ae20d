"""Reads that succeed and are wrong, or that differ between implementations: what is found of them, before it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from contractguard.model.change import Direction, Effect
from contractguard.model.values import UNSET, JsonValue, Unset

if TYPE_CHECKING:
    from contractguard.diff.avro.outcome import Place
    from contractguard.diff.collector import Collector
    from contractguard.model.payload import DataChecker
    from contractguard.model.places import Node

Sample: TypeAlias = "tuple[JsonValue, JsonValue, JsonValue]"
"""The writer's and the reader's schema of a value, each complete in itself, and a datum of the writer."""


@dataclass(frozen=True, slots=True)
class Misread:
    """One way in which a reader gets something else than was written.

    `how` is a value of the fact `how` of `avro.misread`; `written` and `read` say in words what stands on both sides. What the
    values are is asked of a reader with `sample`, or said in `values` where no reader is needed to know.
    """

    how: str
    written: str
    read: str
    sample: Sample | None = None
    values: tuple[JsonValue, JsonValue] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMisread:
    """A misread where it was found. `direction` is input where head reads what base wrote."""

    misread: Misread
    direction: Direction
    place: Place
    base: Node | None
    head: Node | None

    @property
    def cause(self) -> object:
        """What two misreads share that are told as one.

        Types that move to another namespace together, and an attribute that stands both at a field and at its type.
        """
        if self.misread.how == "namespace":
            return self.direction, self.misread.written, self.misread.read
        if self.misread.how == "attribute":
            return self.direction, self.place.element, self.misread.written, self.misread.read
        return id(self)

    def emit(self, collector: Collector, checker: DataChecker | None) -> None:
        """Give it to the collector."""
        before, after = self._values(checker)
        collector.add(
            "avro.misread",
            Effect.NONE,
            self.direction,
            element=self.place.element,
            subject=self.place.subject,
            base=self.base,
            head=self.head,
            before=before,
            after=after,
            facts={"how": self.misread.how},
            details={
                "written": self.misread.written,
                "read": self.misread.read,
                "readers": "new readers" if self.direction is Direction.INPUT else "old readers",
            },
        )

    def _values(self, checker: DataChecker | None) -> tuple[JsonValue | Unset, JsonValue | Unset]:
        """A value as it was written and as it is read; nothing where nobody can say."""
        if self.misread.values is not None:
            return self.misread.values
        if self.misread.sample is None or checker is None:
            return UNSET, UNSET
        written, read, datum = self.misread.sample
        seen = checker.seen(written, read, datum)
        if seen is None:
            return UNSET, UNSET
        before, after = seen
        # More digits lose nothing; but decimals match only where their parameters are the same (specification, "Decimal").
        refused = self.misread.how == "decimal-precision" and before == after
        return before, "an error to readers that check the precision" if refused else after
