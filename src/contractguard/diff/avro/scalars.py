"""Comparing primitives and fixed types by what their bytes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import compare_logical, ignored_logical_keys
from contractguard.diff.avro.attribute_misreads import misread_attributes
from contractguard.diff.avro.meaning import Scalar, logical_is_judged, misreads_of_scalars
from contractguard.model.avro import AvroPrimitive
from contractguard.model.change import Direction

if TYPE_CHECKING:
    from contractguard.diff.avro.outcome import Exposure, Outcome, Place
    from contractguard.model.places import Node

_KEYS = {"decimal-scale": "scale", "decimal-precision": "precision", "number-rounded": "type", "bytes-as-text": "type"}


def compare_meaning(base: Scalar, head: Scalar, exposure: Exposure, place: Place, outcome: Outcome) -> None:
    """Compare logical types, and what promotion does to values. It is never a matter of resolution."""
    if not logical_is_judged(base, head):
        compare_logical(base, head, place, outcome)
    if isinstance(base, AvroPrimitive) and isinstance(head, AvroPrimitive) and base.name != head.name:
        # Where the types differ, nobody else looks at their attributes.
        ignored = ignored_logical_keys(base, head)
        misread_attributes(base.attributes, head.attributes, place, outcome, ignored=ignored)
    for direction in Direction:
        if exposure.reads(direction):
            misread_scalars(base, head, direction, place, outcome)


def misread_scalars(base: Scalar, head: Scalar, direction: Direction, place: Place, outcome: Outcome) -> None:
    """Tell what is read wrong of a primitive or fixed in one direction."""
    writer, reader = (base, head) if direction is Direction.INPUT else (head, base)
    for misread in misreads_of_scalars(writer, reader):
        key = _KEYS.get(misread.how, "logicalType")
        outcome.misread(misread, direction, place, base=_part(base, key), head=_part(head, key))


def _part(kind: Scalar, key: str) -> Node:
    return kind.node.get(key) or kind.node
