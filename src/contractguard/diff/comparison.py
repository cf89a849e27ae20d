"""Comparing two contracts of one kind: all changes between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from contractguard.diff.collector import Collector
from contractguard.diff.evidence import Evidences, Sides
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.errors import InternalError, UnreadableError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import AvroContract, Contract, JsonSchemaContract, OpenApiContract
from contractguard.model.finding import Formats, Reading
from contractguard.model.payload import PayloadChecker, Role
from contractguard.model.places import Node
from contractguard.semantics.inclusion.literals import Side

_SENDER = {Direction.INPUT: Side.BASE, Direction.OUTPUT: Side.HEAD}
"""Whose payloads the other side must take: in requests those of old clients, in responses those of the new provider."""
_RECEIVER = {Direction.INPUT: Side.HEAD, Direction.OUTPUT: Side.BASE}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, in a deterministic order, and what could not be read or resolved on the way."""

    changes: tuple[Change, ...]
    errors: tuple[UnreadableError, ...] = ()


def compare(
    base: Contract,
    head: Contract,
    *,
    reading: Reading,
    directions: Collection[Direction],
    formats: Formats = Formats.ANNOTATIONS,
    checkers: tuple[PayloadChecker, PayloadChecker] | None = None,
) -> Comparison:
    """Compare `base` with `head`.

    `directions` says which compatibility is asked for: `input` for BACKWARD, `output` for FORWARD. They are the directions in
    which the payloads of a JSON Schema travel; OpenAPI knows its directions itself; for Avro each change is told in both.
    `formats` says what `format` is in JSON Schemas. `checkers` are the validators, base first, that confirm the payloads
    shown as evidence; without them none is shown. Raises `UnreadableError` and `LimitError`.
    """
    collector = Collector()
    errors: dict[str, UnreadableError] = {}
    _compare_dialects(base, head, collector)
    if isinstance(base, OpenApiContract) and isinstance(head, OpenApiContract):
        from contractguard.diff import openapi  # noqa: PLC0415  (one format is compared)

        same_dialect = _release(base.api.specification) == _release(head.api.specification)
        unchanged = Unchanged(base.schemas, head.schemas, same_dialect=same_dialect)
        payloads = Payloads(base.schemas, head.schemas, unchanged, reading)
        openapi.compare(base, head, collector, payloads, unchanged)
        senders = {
            Direction.INPUT: [_SENDER[direction] for direction in Direction if direction in directions],
            Direction.OUTPUT: [_RECEIVER[direction] for direction in Direction if direction in directions],
        }
        sides = Sides((base.schemas, head.schemas), checkers)
        payloads.changes_into(
            collector, lambda reach: Evidences(reach, sides, unchanged, reading=reading, senders=senders)
        )
        errors = payloads.errors
    elif isinstance(base, JsonSchemaContract) and isinstance(head, JsonSchemaContract):
        errors = _compare_json_schemas(
            base, head, collector, reading=reading, directions=directions, formats=formats, checkers=checkers
        )
    elif isinstance(base, AvroContract) and isinstance(head, AvroContract):
        from contractguard.diff import avro  # noqa: PLC0415

        avro.compare(base, head, collector)
    else:
        msg = f"{base.kind} cannot be compared with {head.kind}"
        raise InternalError(msg)
    return Comparison(tuple(collector.changes()), tuple(errors.values()))


def _compare_dialects(base: Contract, head: Contract, collector: Collector) -> None:
    if base.dialect != head.dialect:
        collector.add(
            "specification.changed",
            Effect.NONE,
            Direction.INPUT,
            element="contract",
            subject="the contract",
            base=_dialect_place(base),
            head=_dialect_place(head),
            before=base.dialect,
            after=head.dialect,
        )


def _release(specification: str) -> str:
    """`3.0` of `3.0.3`: patch releases of OpenAPI change no meaning."""
    return ".".join(specification.split(".")[:2])


def _dialect_place(contract: Contract) -> Node:
    for name in ("openapi", "swagger", "$schema"):
        node = contract.root.get(name)
        if node is not None:
            return node
    return contract.root


def _compare_json_schemas(
    base: JsonSchemaContract,
    head: JsonSchemaContract,
    collector: Collector,
    *,
    reading: Reading,
    directions: Collection[Direction],
    formats: Formats,
    checkers: tuple[PayloadChecker, PayloadChecker] | None,
) -> dict[str, UnreadableError]:
    unchanged = Unchanged(base.schemas, head.schemas, same_dialect=base.dialect == head.dialect)
    payloads = Payloads(base.schemas, head.schemas, unchanged, reading, formats)
    for direction in Direction:
        if direction in directions:
            payloads.compare(
                base.root,
                head.root,
                direction=direction,
                role=Role.NEITHER,
                element="payload",
                subject="the payload",
            )
    senders = {direction: [_SENDER[direction]] for direction in Direction}
    sides = Sides((base.schemas, head.schemas), checkers)
    payloads.changes_into(collector, lambda reach: Evidences(reach, sides, unchanged, reading=reading, senders=senders))
    return payloads.errors
