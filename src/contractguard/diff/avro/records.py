"""Comparing the fields of two records: matched by name, then by the aliases of either side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import compare_aliases, compare_attributes, compare_order, is_deprecated
from contractguard.diff.avro.misreads import Misread
from contractguard.diff.avro.named import compare_names, named_place
from contractguard.diff.avro.outcome import Exposure, Outcome, Place, Sides
from contractguard.diff.avro.record_misreads import misread_records
from contractguard.diff.avro.ways import ANYTHING, Step, Target
from contractguard.model.change import Direction, Effect
from contractguard.model.lifecycle import SUNSET, mark_text
from contractguard.model.values import UNSET, same_value

if TYPE_CHECKING:
    from contractguard.model.avro import AvroField, AvroRecord


@dataclass(frozen=True, slots=True)
class _Link:
    """A field of base and one of head, of which at least one takes its value from the other.

    `head_reads`: head's field takes its value from this field of base and no other; `head_fails`: it cannot be read because of
    this link, being ambiguous, or without default where only base knows of the renaming. The same with `base_`.
    """

    base: AvroField
    head: AvroField
    head_reads: bool
    head_fails: bool
    base_reads: bool
    base_fails: bool


def compare_records(base: AvroRecord, head: AvroRecord, exposure: Exposure, sides: Sides, outcome: Outcome) -> None:
    """Compare two records."""
    compare_names(base, head, exposure, sides, outcome)
    links = _links(base, head, sides)
    record = named_place(base, head).element
    for link in links:
        _compare_linked(link, record, exposure, sides, outcome)
    kept, known = {id(link.base) for link in links}, {id(link.head) for link in links}
    for field in base.fields:
        if id(field) not in kept:
            effect = exposure.effect(head_fails=False, base_fails=field.default is UNSET)
            sunset = mark_text(field.attributes, SUNSET)
            outcome.add(
                "field.removed",
                effect,
                _field_place(record, field),
                base=field.node,
                before=field.name,
                facts={"has_default": field.default is not UNSET, "deprecated": is_deprecated(field.attributes)},
                details={"name": field.name} | ({"sunset": sunset} if sunset is not None else {}),
                targets=(ANYTHING, Target(missing=field.name)),
            )
    for field in head.fields:
        if id(field) not in known:
            effect = exposure.effect(head_fails=field.default is UNSET, base_fails=False)
            outcome.add(
                "field.added",
                effect,
                _field_place(record, field),
                head=field.node,
                after=field.name,
                facts={"has_default": field.default is not UNSET},
                details={"name": field.name},
                targets=(Target(missing=field.name), ANYTHING),
            )
    misread_records(base, head, exposure, sides, outcome, place=partial(_field_place, record))
    orders = [field.name for field in base.fields], [field.name for field in head.fields]
    compare_order(*orders, (base.node.child("fields"), head.node.child("fields")), named_place(base, head), outcome)


def _links(base: AvroRecord, head: AvroRecord, sides: Sides) -> list[_Link]:
    """All links, in the order of head's fields."""
    head_sources = {field.name: sides.head_reads_base.sources(field, head, base) for field in head.fields}
    base_sources = {field.name: sides.base_reads_head.sources(field, base, head) for field in base.fields}
    base_fields = {field.name: field for field in base.fields}
    readers: dict[str, list[str]] = {}
    for name, sources in base_sources.items():
        for source in sources:
            readers.setdefault(source.name, []).append(name)
    links = []
    for field in head.fields:
        partners = dict.fromkeys([*(source.name for source in head_sources[field.name]), *readers.get(field.name, ())])
        for name in partners:
            partner = base_fields[name]
            head_reads, head_fails = _reading(field, partner, head_sources[field.name])
            base_reads, base_fails = _reading(partner, field, base_sources[name])
            links.append(
                _Link(
                    base=partner,
                    head=field,
                    head_reads=head_reads,
                    head_fails=head_fails,
                    base_reads=base_reads,
                    base_fails=base_fails,
                )
            )
    return links


def _reading(reader: AvroField, writer: AvroField, sources: tuple[AvroField, ...]) -> tuple[bool, bool]:
    """Whether the reader's field takes its value from the writer's, and whether it cannot be read for want of a single source."""
    reads = len(sources) == 1 and sources[0] is writer
    ambiguous = len(sources) > 1 and any(source is writer for source in sources)
    missing = not sources and reader.default is UNSET
    return reads, ambiguous or missing


def _compare_linked(link: _Link, record: str, exposure: Exposure, sides: Sides, outcome: Outcome) -> None:
    base, head = link.base, link.head
    place = _field_place(record, base)
    if base.name != head.name:
        outcome.add(
            "field.renamed",
            exposure.effect(head_fails=link.head_fails, base_fails=link.base_fails),
            place,
            base=base.node,
            head=head.node,
            before=base.name,
            after=head.name,
            details={"name": base.name},
        )
    compare_aliases(base, head, (base.name, head.name), place, outcome)
    if not exposure.is_stray:
        _compare_default(base, head, place, outcome)
    if base.order != head.order:
        outcome.add(
            "avro.order-changed",
            Effect.NONE,
            place,
            base=base.node.get("order") or base.node,
            head=head.node.get("order") or head.node,
            before=base.order,
            after=head.order,
        )
    # A default that is no value is an attribute; where the other side has one that is, the change of the default tells it.
    ignored = () if base.default is UNSET and head.default is UNSET else ("default",)
    compare_attributes(base.attributes, head.attributes, place, sides, outcome, ignored=ignored)
    within = exposure.within(
        narrows=link.head_reads, widens=link.base_reads, head_reads=link.head_reads, base_reads=link.base_reads
    )
    outcome.descend(base.type, head.type, within, place, Step(base.name, head.name))


def _compare_default(base: AvroField, head: AvroField, place: Place, outcome: Outcome) -> None:
    before, after = base.default, head.default
    if before is UNSET and after is UNSET:
        return
    if before is not UNSET and after is not UNSET:
        if not same_value(before, after):
            nodes = base.node.child("default"), head.node.child("default")
            for direction in Direction:
                misread = Misread("default", base.name, head.name, values=(before, after))
                outcome.misread(misread, direction, place, base=nodes[0], head=nodes[1])
        return
    outcome.add(
        "default.added" if before is UNSET else "avro.default-removed",
        Effect.NONE,
        place,
        base=base.node.get("default"),
        head=head.node.get("default"),
        before=before,
        after=after,
    )


def _field_place(record: str, field: AvroField) -> Place:
    return Place(f"{record} > {field.name}", f"field '{field.name}'")
