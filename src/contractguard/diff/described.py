"""Comparing contracts whose payloads schemas describe, OpenAPI and JSON Schema. Imported when one is compared: the search for
evidence costs more to load than a small Avro schema to compare.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from contractguard.diff.collector import Collector
from contractguard.diff.evidence import Evidences, Sides
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.errors import UnreadableError
from contractguard.model.change import Direction
from contractguard.model.contract import JsonSchemaContract, OpenApiContract
from contractguard.model.finding import Formats, Reading
from contractguard.model.payload import PayloadChecker, Role
from contractguard.semantics.inclusion.literals import Side

_SENDER = {Direction.INPUT: Side.BASE, Direction.OUTPUT: Side.HEAD}
"""Whose payloads the other side must take: in requests those of old clients, in responses those of the new provider."""
_RECEIVER = {Direction.INPUT: Side.HEAD, Direction.OUTPUT: Side.BASE}


@dataclass(frozen=True, slots=True)
class Asked:
    """How schemas are compared; see `contractguard.diff.compare`."""

    reading: Reading
    directions: Collection[Direction]
    formats: Formats
    checkers: tuple[PayloadChecker, PayloadChecker] | None

    @property
    def in_order(self) -> list[Direction]:
        """The directions asked for, input first."""
        return [direction for direction in Direction if direction in self.directions]


def compare_descriptions(
    base: OpenApiContract, head: OpenApiContract, collector: Collector, asked: Asked
) -> tuple[UnreadableError, ...]:
    """Compare two OpenAPI descriptions; what could not be read is returned."""
    from contractguard.diff import openapi  # noqa: PLC0415  (JSON Schemas are compared without it)

    same_dialect = _release(base.api.specification) == _release(head.api.specification) and (
        base.schemas.dialect_at(base.root) is head.schemas.dialect_at(head.root)
    )
    unchanged = Unchanged(base.schemas, head.schemas, same_dialect=same_dialect)
    is_backward = asked.in_order == [Direction.INPUT]
    payloads = Payloads(base.schemas, head.schemas, unchanged, asked.reading, is_backward=is_backward)
    openapi.compare(base, head, collector, payloads, unchanged)
    senders = {
        Direction.INPUT: [_SENDER[direction] for direction in asked.in_order],
        Direction.OUTPUT: [_RECEIVER[direction] for direction in asked.in_order],
    }
    sides = Sides((base.schemas, head.schemas), asked.checkers)
    evidences = partial(Evidences, sides=sides, unchanged=unchanged, reading=asked.reading, senders=senders)
    payloads.changes_into(collector, evidences)
    return tuple(payloads.errors.values())


def compare_json_schemas(
    base: JsonSchemaContract, head: JsonSchemaContract, collector: Collector, asked: Asked
) -> tuple[UnreadableError, ...]:
    """Compare two JSON Schemas; what could not be read is returned."""
    unchanged = Unchanged(base.schemas, head.schemas, same_dialect=base.dialect == head.dialect)
    payloads = Payloads(base.schemas, head.schemas, unchanged, asked.reading, asked.formats)
    for direction in asked.in_order:
        payloads.compare(
            base.root, head.root, direction=direction, role=Role.NEITHER, element="payload", subject="the payload"
        )
    senders = {direction: [sender] for direction, sender in _SENDER.items()}
    sides = Sides((base.schemas, head.schemas), asked.checkers)
    evidences = partial(Evidences, sides=sides, unchanged=unchanged, reading=asked.reading, senders=senders)
    payloads.changes_into(collector, evidences)
    return tuple(payloads.errors.values())


def _release(specification: str) -> str:
    """`3.0` of `3.0.3`: patch releases of OpenAPI change no meaning."""
    return ".".join(specification.split(".")[:2])
