"""Comparing two contracts of one kind: all changes between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contractguard.diff.collector import Collector
from contractguard.errors import InternalError, UnreadableError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import AvroContract, Contract, JsonSchemaContract, OpenApiContract
from contractguard.model.finding import Formats, Reading
from contractguard.model.payload import DataChecker, PayloadChecker
from contractguard.model.places import Node
from contractguard.model.resolution import Resolution
from contractguard.model.values import UNSET, Unset


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, in a deterministic order, and what could not be read or resolved on the way."""

    changes: tuple[Change, ...]
    errors: tuple[UnreadableError, ...] = ()
    resolution: tuple[Resolution, ...] | Unset = UNSET


def compare(
    base: Contract,
    head: Contract,
    *,
    reading: Reading,
    directions: Collection[Direction],
    formats: Formats = Formats.ANNOTATIONS,
    checkers: tuple[PayloadChecker, PayloadChecker] | None = None,
    data_checker: DataChecker | None = None,
) -> Comparison:
    """Compare `base` with `head`.

    `directions` says which compatibility is asked for: `input` for BACKWARD, `output` for FORWARD. They are the directions in
    which the payloads of a JSON Schema travel; OpenAPI knows its directions itself; for Avro each change is told in both.
    `formats` says what `format` is in JSON Schemas. `checkers` are the validators, base first, that confirm the payloads
    shown as evidence, `data_checker` does it for Avro data; without them none is shown. Raises `UnreadableError`, `LimitError`.
    """
    collector = Collector()
    errors: tuple[UnreadableError, ...] = ()
    resolution: tuple[Resolution, ...] | Unset = UNSET
    _compare_dialects(base, head, collector)
    if isinstance(base, AvroContract) and isinstance(head, AvroContract):
        from contractguard.diff import avro  # noqa: PLC0415  (one format is compared)

        avro.compare(base, head, collector, directions=directions, checker=data_checker)
        resolution = avro.resolutions(base, head, directions)
    else:
        from contractguard.diff.described import Asked, compare_descriptions, compare_json_schemas  # noqa: PLC0415

        asked = Asked(reading, directions, formats, checkers)
        if isinstance(base, OpenApiContract) and isinstance(head, OpenApiContract):
            errors = compare_descriptions(base, head, collector, asked)
        elif isinstance(base, JsonSchemaContract) and isinstance(head, JsonSchemaContract):
            errors = compare_json_schemas(base, head, collector, asked)
        else:
            msg = f"{base.kind} cannot be compared with {head.kind}"
            raise InternalError(msg)
    return Comparison(tuple(_settled(collector.changes(), base, head)), errors, resolution)


def _settled(changes: Sequence[Change], base: Contract, head: Contract) -> Sequence[Change]:
    """The changes, with what is known only when all operations that they reach are."""
    if isinstance(base, OpenApiContract) and isinstance(head, OpenApiContract):
        from contractguard.diff.openapi import settle_xml  # noqa: PLC0415  (one format is compared)

        return settle_xml(changes, base, head)
    return changes


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


def _dialect_place(contract: Contract) -> Node:
    for name in ("openapi", "swagger", "$schema"):
        node = contract.root.get(name)
        if node is not None:
            return node
    return contract.root
