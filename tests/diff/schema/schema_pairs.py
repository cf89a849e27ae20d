"""Comparing two small schemas in a test."""

from __future__ import annotations

from typing import Any

from contractguard.diff.collector import Collector
from contractguard.diff.evidence import Evidences, Sides
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema import read
from contractguard.model.change import Change, Direction
from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.semantics.inclusion.literals import Side


def changes(
    base: Any,
    head: Any,
    *,
    dialect: str | None = None,
    reading: Reading = Reading.DECLARED,
    role: Role = Role.NEITHER,
    direction: Direction = Direction.INPUT,
) -> list[Change]:
    """All changes between two schemas, as one payload root."""
    old, new = (
        read(DocumentSet(in_memory(name, value)), MEMORY_PATH, dialect=dialect)
        for name, value in (("base", base), ("head", head))
    )
    unchanged = Unchanged(old.schemas, new.schemas)
    payloads = Payloads(old.schemas, new.schemas, unchanged, reading)
    payloads.compare(old.root, new.root, direction=direction, role=role, element="payload", subject="the payload")
    assert not payloads.errors
    collector = Collector()
    senders = {Direction.INPUT: [Side.BASE], Direction.OUTPUT: [Side.HEAD]}
    sides = Sides((old.schemas, new.schemas), None)
    payloads.changes_into(collector, lambda reach: Evidences(reach, sides, unchanged, reading=reading, senders=senders))
    return collector.changes()


def told(base: Any, head: Any, **options: Any) -> list[str]:
    """The changes in short: `kind effect element`, with the element relative to the root."""
    return [
        f"{c.kind} {c.payload_effect()} {c.element.removeprefix('payload').removeprefix(' > ')}".strip()
        for c in changes(base, head, **options)
    ]
