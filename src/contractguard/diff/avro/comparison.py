"""Comparing two Avro contracts: a walk over pairs of types, each pair once however many places it stands in.

The walk keeps its own list of pairs, so that types may refer to each other to any depth and in circles. What a pair means for
data depends on its places only through its exposure; a pair met again where it is exposed further is compared again, which can
happen twice at most.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import compare_attributes, compare_logical, ignored_logical_keys
from contractguard.diff.avro.named import compare_enums, compare_fixed
from contractguard.diff.avro.outcome import ROOT, Difference, Exposure, Outcome, Pair, Sides
from contractguard.diff.avro.records import compare_records
from contractguard.diff.avro.types import label
from contractguard.diff.avro.unions import compare_unions
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.diff.collector import Collector
    from contractguard.model.contract import AvroContract
    from contractguard.model.places import Node


def compare(base: AvroContract, head: AvroContract, collector: Collector) -> None:
    """Give all changes from `base` to `head` to the collector, each in both directions.

    Narrowed: some datum written with base is unreadable by head. Widened: some datum written with head is unreadable by base.
    Some change is narrowed or incomparable exactly where head does not read base (`incompatibilities`), and the reverse.
    """
    sides = Sides(base, head)
    exposures: dict[tuple[int, int], Exposure] = {}
    differences: dict[tuple[int, int], list[Difference]] = {}
    uses: list[Difference] = []
    waiting = deque([Pair(base=base.type, head=head.type, exposure=Exposure(narrows=True, widens=True), place=ROOT)])
    while waiting:
        pair = waiting.popleft()
        uses += _compare_use(pair, sides)
        pair = _resolved(pair, sides)
        key = (id(pair.base), id(pair.head))
        known = exposures.get(key)
        exposure = pair.exposure if known is None else pair.exposure.joined(known)
        if exposure == known:
            continue
        exposures[key] = exposure
        outcome = Outcome()
        _compare_pair(Pair(base=pair.base, head=pair.head, exposure=exposure, place=pair.place), sides, outcome)
        differences[key] = outcome.differences
        waiting.extend(outcome.parts)
    for group in (*differences.values(), uses):
        for difference in group:
            difference.emit(collector)


def _resolved(pair: Pair, sides: Sides) -> Pair:
    base, head = sides.resolved(pair.base, pair.head)
    return Pair(base=base, head=head, exposure=pair.exposure, place=pair.place)


def _compare_use(pair: Pair, sides: Sides) -> list[Difference]:
    """Compare the attributes that stand where a named type is used, beside its name."""
    base, head = _use_attributes(pair.base), _use_attributes(pair.head)
    outcome = Outcome()
    if base or head:
        compare_attributes(base, head, pair.place, sides, outcome)
    return outcome.differences


def _use_attributes(kind: AvroType) -> Mapping[str, Node]:
    return (
        {name: node for name, node in kind.node.members() if name != "type"} if isinstance(kind, AvroReference) else {}
    )


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
        compare_logical(base, head, place, outcome)
        compare_attributes(
            base.attributes, head.attributes, place, sides, outcome, ignored=ignored_logical_keys(base, head)
        )
    else:
        _type_changed(pair, sides, outcome)


def _type_changed(pair: Pair, sides: Sides, outcome: Outcome) -> None:
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
