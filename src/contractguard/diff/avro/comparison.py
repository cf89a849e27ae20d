"""Comparing two Avro contracts: a walk over pairs of types, each pair once however many places it stands in.

The walk keeps its own list of pairs, so that types may refer to each other to any depth and in circles. What a pair means for
data depends on its places only through its exposure; a pair met again where it is exposed further is compared again, which can
happen twice at most.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import compare_attributes, ignored_logical_keys
from contractguard.diff.avro.evidence import Evidences
from contractguard.diff.avro.misreads import PlacedMisread
from contractguard.diff.avro.named import compare_enums, compare_fixed
from contractguard.diff.avro.outcome import ROOT, Difference, Exposure, Outcome, Pair, Sides
from contractguard.diff.avro.reasons import incompatibilities
from contractguard.diff.avro.records import compare_records
from contractguard.diff.avro.scalars import compare_meaning
from contractguard.diff.avro.types import label
from contractguard.diff.avro.unions import compare_unions
from contractguard.diff.avro.ways import Way, Ways
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroPrimitive,
    AvroRecord,
    AvroReference,
    AvroType,
    AvroUnion,
)
from contractguard.model.change import Direction, Evidence, EvidenceKind
from contractguard.model.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contractguard.diff.collector import Collector
    from contractguard.model.contract import AvroContract
    from contractguard.model.payload import DataChecker
    from contractguard.model.places import Node


def compare(
    base: AvroContract,
    head: AvroContract,
    collector: Collector,
    *,
    directions: Collection[Direction] = tuple(Direction),
    checker: DataChecker | None = None,
) -> None:
    """Give all changes from `base` to `head` to the collector, each in both directions.

    Narrowed: some datum written with base is unreadable by head. Widened: some datum written with head is unreadable by base.
    Some change is narrowed or incomparable exactly where head does not read base (`incompatibilities`), and the reverse.
    `checker` confirms the data that are shown as evidence, in the `directions` asked for; without it none is shown.
    """
    sides = Sides(base, head)
    walk = _Walk(sides)
    walk.run(base.type, head.type)
    evidences = Evidences(base, head, checker, directions)
    for met in walk.met.values():
        for difference in met.differences:
            difference.emit(collector, partial(evidences.of, difference, met.pair, met.ways))
    told: set[object] = set()
    misreads = [misread for met in walk.met.values() for misread in met.misreads]
    misreads += [misread for use in walk.uses for misread in use.misreads]
    for misread in misreads:
        if misread.cause not in told:
            told.add(misread.cause)
            misread.emit(collector, checker if misread.direction in directions else None)
    for difference in (difference for use in walk.uses for difference in use.differences):
        difference.emit(collector, lambda _direction: Evidence(EvidenceKind.RULE))


def resolutions(base: AvroContract, head: AvroContract, directions: Collection[Direction]) -> tuple[Resolution, ...]:
    """What keeps data from being read, as Apache Avro tells it, in each of these directions."""
    sides = {Direction.INPUT: (head, base), Direction.OUTPUT: (base, head)}
    return tuple(
        Resolution(direction, incompatibilities(reader, writer))
        for direction, (reader, writer) in sides.items()
        if direction in directions
    )


@dataclass(slots=True)
class _Met:
    """A pair of types, with the exposure of all the places where it was met so far."""

    pair: Pair
    ways: Ways
    differences: list[Difference]
    misreads: list[PlacedMisread]


class _Walk:
    """The walk over all pairs. `met` is in the order in which pairs were met last, `uses` are changes at uses of named types."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self.met: dict[tuple[int, int], _Met] = {}
        self.uses: list[Outcome] = []

    def run(self, base: AvroType, head: AvroType) -> None:
        """Meet all pairs below this one."""
        root = Pair(base=base, head=head, exposure=Exposure(narrows=True, widens=True), place=ROOT)
        waiting = deque([(root, Ways(Way(), Way()))])
        while waiting:
            pair, ways = waiting.popleft()
            if not pair.exposure.is_stray:
                self.uses.append(_compare_use(pair, self._sides))
            met = self._meet(_resolved(pair, self._sides), ways)
            waiting.extend(met)

    def _meet(self, pair: Pair, ways: Ways) -> list[tuple[Pair, Ways]]:
        """Compare a pair; returns its parts. None where it was met before and is exposed no further here."""
        key = (id(pair.base), id(pair.head))
        known = self.met.get(key)
        if known is not None:
            exposure = pair.exposure.joined(known.pair.exposure)
            if exposure == known.pair.exposure:
                return []
            pair, ways = replace(pair, exposure=exposure), known.ways.joined(ways)
        outcome = Outcome()
        _compare_pair(pair, self._sides, outcome)
        differences = [] if pair.exposure.is_stray else outcome.differences
        self.met[key] = _Met(pair, ways, differences, outcome.misreads)
        return [
            (
                part,
                ways.on(
                    pair.base,
                    pair.head,
                    part.step,
                    narrows=part.exposure.narrows,
                    widens=part.exposure.widens,
                ),
            )
            for part in outcome.parts
        ]


def _resolved(pair: Pair, sides: Sides) -> Pair:
    base, head = sides.resolved(pair.base, pair.head)
    return replace(pair, base=base, head=head)


def _compare_use(pair: Pair, sides: Sides) -> Outcome:
    """Compare the attributes that stand where a named type is used, beside its name."""
    base, head = _use_attributes(pair.base), _use_attributes(pair.head)
    outcome = Outcome()
    if base or head:
        compare_attributes(base, head, pair.place, sides, outcome)
    return outcome


def _use_attributes(kind: AvroType) -> Mapping[str, Node]:
    """None for what stands in a definition, which is compared as such where it was met first."""
    if not isinstance(kind, AvroReference) or kind.node.get("name") is not None:
        return {}
    return {name: node for name, node in kind.node.members() if name != "type"}


def _compare_pair(pair: Pair, sides: Sides, outcome: Outcome) -> None:
    base, head, exposure, place = pair.base, pair.head, pair.exposure, pair.place
    if isinstance(base, AvroUnion) or isinstance(head, AvroUnion):
        compare_unions(pair, sides, outcome)
    elif isinstance(base, AvroRecord) and isinstance(head, AvroRecord):
        compare_records(base, head, exposure, sides, outcome)
    elif isinstance(base, AvroEnum) and isinstance(head, AvroEnum):
        compare_enums(base, head, exposure, sides, outcome)
    elif isinstance(base, AvroFixed) and isinstance(head, AvroFixed):
        compare_fixed(base, head, exposure, sides, outcome)
    elif isinstance(base, AvroArray) and isinstance(head, AvroArray):
        compare_attributes(base.attributes, head.attributes, place, sides, outcome)
        outcome.descend(base.items, head.items, exposure, place.items())
    elif isinstance(base, AvroMap) and isinstance(head, AvroMap):
        compare_attributes(base.attributes, head.attributes, place, sides, outcome)
        outcome.descend(base.values, head.values, exposure, place.values())
    elif isinstance(base, AvroPrimitive) and isinstance(head, AvroPrimitive) and base.name == head.name:
        compare_meaning(base, head, exposure, place, outcome)
        compare_attributes(
            base.attributes, head.attributes, place, sides, outcome, ignored=ignored_logical_keys(base, head)
        )
    else:
        _type_changed(pair, sides, outcome)


def _type_changed(pair: Pair, sides: Sides, outcome: Outcome) -> None:
    if isinstance(pair.base, AvroPrimitive) and isinstance(pair.head, AvroPrimitive):
        compare_meaning(pair.base, pair.head, pair.exposure, pair.place, outcome)
    effect = pair.exposure.effect(
        head_fails=not sides.head_reads_base.reads(pair.head, pair.base),
        base_fails=not sides.base_reads_head.reads(pair.base, pair.head),
    )
    outcome.add(
        "avro.type-changed",
        effect,
        pair.place,
        base=pair.base.node,
        head=pair.head.node,
        before=label(pair.base),
        after=label(pair.head),
    )
