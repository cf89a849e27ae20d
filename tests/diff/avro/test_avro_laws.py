from __future__ import annotations

from collections import Counter

from avro_memory import avro
from avro_pairs import Data, readable, schemas
from hypothesis import assume, given, settings

from contractguard.diff.avro import compare, incompatibilities
from contractguard.diff.collector import Collector
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import AvroContract

BREAKS_HEAD, BREAKS_BASE = {Effect.NARROWED, Effect.INCOMPARABLE}, {Effect.WIDENED, Effect.INCOMPARABLE}
MIRROR = {"added": "removed", "removed": "added"}

any_schema = schemas(aliases=True)
plain_schema = schemas(aliases=False)


def changes(base: AvroContract, head: AvroContract) -> list[Change]:
    collector = Collector()
    compare(base, head, collector)
    return [change for change in collector.changes() if change.direction is Direction.INPUT and is_resolved(change)]


def is_resolved(change: Change) -> bool:
    """Whether it is a change that resolution and not a reader judges."""
    return change.kind not in {"avro.misread", "avro.default-removed", "default.added"}


@settings(max_examples=40, deadline=None)
@given(any_schema)
def test_a_schema_does_not_differ_from_itself(schema: object) -> None:
    assert changes(avro(schema), avro(schema)) == []
    assert incompatibilities(avro(schema), avro(schema)) == ()


@settings(max_examples=80, deadline=None)
@given(any_schema, any_schema)
def test_some_change_breaks_a_side_exactly_where_that_side_cannot_read(one: object, other: object) -> None:
    base, head = avro(one), avro(other)
    effects = {change.effect for change in changes(base, head)}
    assert bool(effects & BREAKS_HEAD) is bool(incompatibilities(head, base))
    assert bool(effects & BREAKS_BASE) is bool(incompatibilities(base, head))


@settings(max_examples=70, deadline=None)
@given(any_schema, any_schema)
def test_swapping_the_sides_flips_the_effects(one: object, other: object) -> None:
    base, head = avro(one), avro(other)
    there = Counter((mirrored(change.kind), change.effect.flipped()) for change in changes(base, head))
    back = Counter((change.kind, change.effect) for change in changes(head, base))
    assert there == back


@settings(max_examples=70, deadline=None)
@given(any_schema, any_schema)
def test_what_head_misreads_of_base_is_what_base_misreads_with_the_sides_swapped(one: object, other: object) -> None:
    base, head = avro(one), avro(other)
    assert misreads(base, head, Direction.INPUT) == misreads(head, base, Direction.OUTPUT)


def misreads(base: AvroContract, head: AvroContract, direction: Direction) -> Counter[object]:
    """How often each way of misreading is told in a direction; of a default, both sides are told what it was and is."""
    collector = Collector()
    compare(base, head, collector)
    return Counter(
        (change.facts["how"], change.details["written"] if change.facts["how"] != "default" else "")
        for change in collector.changes()
        if change.kind == "avro.misread" and change.direction is direction
    )


def mirrored(kind: str) -> str:
    stem, _, last = kind.rpartition("-" if kind.startswith(("avro.union", "enum.")) else ".")
    return kind.replace(last, MIRROR.get(last, last)) if stem else kind


@settings(max_examples=60, deadline=None)
@given(plain_schema, plain_schema)
def test_another_implementation_reads_what_resolution_says_it_reads(writer: object, reader: object) -> None:
    """And where resolution says that something is unreadable, some datum is."""
    fine = not incompatibilities(avro(reader), avro(writer))
    read = [readable(writer, reader, datum) for datum in Data(writer)]
    assume(None not in read)
    assert all(read) is fine
