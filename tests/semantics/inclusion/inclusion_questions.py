"""Asking the search for a payload that one schema takes and another refuses, and holding what it finds against `jsonschema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from contractguard.diff.unchanged import Unchanged
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema import read
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.finding import Reading
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, SchemaReader
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.literals import Side
from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Unknown, Witness
from contractguard.semantics.inclusion.questions import Inclusion

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evaluation"))

from evaluation_cases import oracle

DRAFT = "draft-2020-12"


def search(
    old: Any,
    new: Any,
    *,
    reading: Reading = Reading.STRICT,
    role: Role = Role.NEITHER,
    dialect: str = DRAFT,
    budget: Budget | None = None,
) -> Outcome:
    """A payload valid under `old` and not under `new`; dialects of OpenAPI are taken too. `old` sends, `new` receives."""
    base, head = _read(old, dialect), _read(new, dialect)
    unchanged = Unchanged(base[0], head[0])
    asked = Inclusion(base[0], head[0], unchanged, sender=Side.BASE, role=role, reading=reading, budget=budget)
    sent = asked.schema(base[0].read(base[1]), base[1], Side.BASE, holds=True)
    refused = asked.schema(head[0].read(head[1]), head[1], Side.HEAD, holds=False)
    return asked.search(asked.within((), sent, refused))


def satisfiable(schema: Any, **options: Any) -> Outcome:
    """A payload that the schema takes; options as those of `search`."""
    return search(schema, {"not": {}}, **options)


def counterexample(old: Any, new: Any, **options: Any) -> Any:
    """The payload found by `search`, which `jsonschema` confirms on both sides. Fails where none is found."""
    outcome = search(old, new, **options)
    assert isinstance(outcome, Witness), outcome
    dialect = options.get("dialect", DRAFT)
    assert oracle(old, dialect).is_valid(outcome.value), f"{outcome.value!r} is not valid under the old schema"
    assert not oracle(new, dialect).is_valid(outcome.value), f"{outcome.value!r} is valid under the new schema"
    return outcome.value


def example(schema: Any, **options: Any) -> Any:
    """The payload found by `satisfiable`, which `jsonschema` confirms. Fails where none is found."""
    return counterexample(schema, {"not": {}}, **options)


def included(old: Any, new: Any, **options: Any) -> bool:
    """Whether it is proved that every payload of `old` is one of `new`. Fails where it is not decided, or a witness is wrong."""
    if search(old, new, **options) is EMPTY:
        return True
    counterexample(old, new, **options)
    return False


def empty(schema: Any, **options: Any) -> bool:
    """Whether it is proved that the schema takes nothing. Fails where it is not decided, or a payload is wrong."""
    return included(schema, {"not": {}}, **options)


def doubts(old: Any, new: Any, **options: Any) -> set[str]:
    """The reasons for which `search` does not decide. Fails where it does."""
    outcome = search(old, new, **options)
    assert isinstance(outcome, Unknown), outcome
    return set(outcome.reasons)


def _read(schema: Any, dialect: str) -> tuple[SchemaReader, Node]:
    documents = DocumentSet(in_memory("schema", schema))
    if dialect.startswith("openapi"):
        reader = SchemaNormaliser(documents, MEMORY_PATH, Dialect(dialect))
        return reader, documents.document(MEMORY_PATH).root
    contract = read(documents, MEMORY_PATH, dialect=dialect)
    return contract.schemas, contract.root
