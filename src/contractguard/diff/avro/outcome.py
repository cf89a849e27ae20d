"""What comparing one pair of types gives: changes, and the pairs below it that are still to be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contractguard.diff.avro.misreads import Misread, PlacedMisread
from contractguard.diff.avro.resolution import Resolution
from contractguard.diff.avro.types import resolved
from contractguard.diff.avro.ways import ANYTHING, STRAIGHT, Step, Target
from contractguard.model.change import Direction, Effect, Evidence, FactValue
from contractguard.model.values import UNSET, JsonValue, Unset, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contractguard.diff.collector import Collector
    from contractguard.model.avro import AvroType
    from contractguard.model.contract import AvroContract
    from contractguard.model.places import Node


@dataclass(frozen=True, slots=True)
class Exposure:
    """Whether it matters at a place that head does not read base's data (`narrows`), and the reverse (`widens`).

    It does not below a branch that another branch of the same union stands in for, or a field that the reader fills from its
    default.
    """

    narrows: bool
    widens: bool
    head_reads: bool = True
    """Whether head takes a value from base here at all: it does not where only base knows of a renaming."""
    base_reads: bool = True
    is_stray: bool = False
    """Whether the types are two of which one stands in for the other: what is read wrong counts, changes do not."""

    def effect(self, *, head_fails: bool, base_fails: bool) -> Effect:
        """The effect of a change: `head_fails` to read some datum of base, `base_fails` to read some datum of head."""
        narrowed = Effect.NARROWED if head_fails and self.narrows else Effect.NONE
        widened = Effect.WIDENED if base_fails and self.widens else Effect.NONE
        return narrowed.joined(widened)

    def within(self, *, narrows: bool, widens: bool, head_reads: bool = True, base_reads: bool = True) -> Exposure:
        """The exposure of a part that is exposed only so far."""
        return Exposure(
            self.narrows and narrows,
            self.widens and widens,
            self.head_reads and head_reads,
            self.base_reads and base_reads,
            self.is_stray,
        )

    def joined(self, other: Exposure) -> Exposure:
        """The exposure of what stands in two places."""
        return Exposure(
            self.narrows or other.narrows,
            self.widens or other.widens,
            self.head_reads or other.head_reads,
            self.base_reads or other.base_reads,
            self.is_stray and other.is_stray,
        )

    def reads(self, direction: Direction) -> bool:
        """Whether values are read here in a direction."""
        return self.head_reads if direction is Direction.INPUT else self.base_reads


@dataclass(frozen=True, slots=True)
class Place:
    """Where a type is used.

    `element` is the selector, relative to the named type that holds the place; `subject` is for sentences.
    """

    element: str
    subject: str

    def items(self) -> Place:
        """The items of the array here."""
        return Place(f"{self.element}[]", f"items of {self.subject}")

    def values(self) -> Place:
        """The values of the map here."""
        return Place(f"{self.element}{{}}", f"values of {self.subject}")

    def branch(self, identity: str) -> Place:
        """A branch of the union here, by its identity."""
        return Place(f"{self.element} > union[{identity}]", f"branch '{identity}' of {self.subject}")


ROOT = Place("schema", "the schema")


class Sides:
    """Both contracts, and how each reads the other."""

    def __init__(self, base: AvroContract, head: AvroContract) -> None:
        self.base_names, self.head_names = base.names, head.names
        self.head_reads_base = Resolution(head.names, base.names)
        self.base_reads_head = Resolution(base.names, head.names)
        self.version_keys = frozenset(side.version.node.key for side in (base, head) if side.version is not None)
        """Where the contracts declare their versions, which is judged by itself."""

    def resolved(self, base: AvroType, head: AvroType) -> tuple[AvroType, AvroType]:
        """The types themselves, where these are references."""
        return resolved(base, self.base_names), resolved(head, self.head_names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A type of base with the type of head that stands in its place."""

    base: AvroType
    head: AvroType
    exposure: Exposure
    place: Place
    step: Step = STRAIGHT
    """From the pair that has this one as a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A change before it is given its directions. `targets` are what data of base and of head must have to meet it."""

    kind: str
    effect: Effect
    place: Place
    base: Node | None
    head: Node | None
    before: JsonValue | Unset
    after: JsonValue | Unset
    facts: Mapping[str, FactValue]
    details: Mapping[str, str]

    targets: tuple[Target, Target]

    def emit(self, collector: Collector, evidence: Callable[[Direction], Evidence]) -> None:
        """Give the change to the collector in both directions."""
        for direction in Direction:
            collector.add(
                self.kind,
                self.effect,
                direction,
                element=self.place.element,
                subject=self.place.subject,
                base=self.base,
                head=self.head,
                before=self.before,
                after=self.after,
                facts=self.facts,
                details=self.details,
                evidence=evidence(direction),
            )

    def breaks(self, direction: Direction) -> bool:
        """Whether the side that reads in this direction cannot read some datum of the other."""
        breaking = Effect.NARROWED if direction is Direction.INPUT else Effect.WIDENED
        return self.effect in (breaking, Effect.INCOMPARABLE)


@dataclass(slots=True)
class Outcome:
    """Gathers what comparing one pair gives."""

    differences: list[Difference] = field(default_factory=list)
    misreads: list[PlacedMisread] = field(default_factory=list)
    parts: list[Pair] = field(default_factory=list)

    def add(
        self,
        kind: str,
        effect: Effect,
        place: Place,
        *,
        base: Node | None = None,
        head: Node | None = None,
        before: JsonValue | Unset = UNSET,
        after: JsonValue | Unset = UNSET,
        facts: Mapping[str, FactValue] | None = None,
        details: Mapping[str, str] | None = None,
        targets: tuple[Target, Target] = (ANYTHING, ANYTHING),
    ) -> None:
        """Note a change."""
        self.differences.append(
            Difference(
                kind=kind,
                effect=effect,
                place=place,
                base=base,
                head=head,
                before=before,
                after=after,
                facts=facts or nothing(),
                details=details or nothing(),
                targets=targets,
            )
        )

    def misread(
        self,
        misread: Misread,
        direction: Direction,
        place: Place,
        *,
        base: Node | None = None,
        head: Node | None = None,
    ) -> None:
        """Note something that is read wrong in a direction."""
        self.misreads.append(PlacedMisread(misread=misread, direction=direction, place=place, base=base, head=head))

    def descend(self, base: AvroType, head: AvroType, exposure: Exposure, place: Place, step: Step = STRAIGHT) -> None:
        """Note a pair to be compared."""
        self.parts.append(Pair(base=base, head=head, exposure=exposure, place=place, step=step))
