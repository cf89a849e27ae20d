"""Our verdict on random steps of evolution, held against what two other implementations do.

Where they depart from the specification, and the steps stay clear of it:

- fastavro takes the first branch of a union whose name matches and looks no further (Apache Avro finds one that resolves);
- fastavro takes an alias without a namespace for a name in any namespace;
- fastavro reads a fixed with a record, or an enum with a fixed, of the same name;
- fastavro gives each of the writer's fields to one field of the reader, so that two that claim it by aliases cannot both have it;
- fastavro takes an empty union of the reader for no schema at all, and reads anything;
- the PyPI package `avro` takes the field of the same name where an alias leads to a second one, which Apache Avro refuses;
- the package settles a pair inside of a cycle before the cycle as a whole is settled, and keeps that answer.
"""

from __future__ import annotations

import json

import avro.errors
import avro.schema
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from avro_evolution import JsonData, evolved
from avro_memory import MemoryDocuments
from avro_memory import avro as contract
from avro_pairs import schemas
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from contractguard.diff.avro import compare, incompatibilities
from contractguard.diff.collector import Collector
from contractguard.model.change import Direction, EvidenceKind
from contractguard.validators.avro import AvroExchange, AvroSource

plain, named = schemas(aliases=False), schemas(aliases=True)
pairs = st.one_of(evolved(plain), evolved(named), st.tuples(named, named))
"""A schema and what it evolves into, with and without aliases and namespaces, or two that have nothing to do with each other."""


def exchange(base: object, head: object) -> AvroExchange:
    sides = (AvroSource(MemoryDocuments({"s.avsc": schema}), "s.avsc", lambda _name: None) for schema in (base, head))
    return AvroExchange(*sides)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_fastavro_reads_sampled_data_where_we_say_so_and_refuses_some_where_we_do_not(
    pair: tuple[object, object],
) -> None:
    base, head = pair
    assume(is_clear(head, base))
    checker = exchange(base, head)
    data = list(JsonData(base))
    assume(data)
    answers = [checker.check(datum, written_with="base") for datum in data]
    assert {answer.valid for answer in answers} <= {True, False}, answers
    assert all(answer.valid for answer in answers) is not bool(incompatibilities(contract(head), contract(base)))


def is_clear(reader: object, writer: object) -> bool:
    """Whether no field of the reader has two sources, and no union is empty."""
    found = incompatibilities(contract(reader), contract(writer))
    return not any("several" in each.message for each in found) and "[]" not in f"{reader}{writer}".replace(
        "'fields': []", ""
    )


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_every_break_comes_with_a_datum(pair: tuple[object, object]) -> None:
    base, head = pair
    assume(is_clear(head, base) and is_clear(base, head))
    collector = Collector()
    compare(contract(base), contract(head), collector, checker=exchange(base, head))
    breaking = [
        change
        for change in collector.changes()
        if change.effect in {"incomparable", "narrowed" if change.direction is Direction.INPUT else "widened"}
    ]
    for change in breaking:
        assert change.evidence.kind is EvidenceKind.WITNESS, (change.kind, change.element, change.evidence.note)
        assert change.evidence.accepted_by == ("base" if change.direction is Direction.INPUT else "head")
        assert change.evidence.refused_because


def is_compatible(reader: object, writer: object) -> bool:
    """What the PyPI package says."""
    try:
        parsed = [avro.schema.parse(json.dumps(schema)) for schema in (reader, writer)]
    except avro.errors.SchemaParseException:  # it looks for the names of the null namespace in others as well
        reject()
    result = ReaderWriterCompatibilityChecker().get_compatibility(*parsed)
    return result.compatibility is SchemaCompatibilityType.compatible


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_the_checker_of_the_python_package_agrees(pair: tuple[object, object]) -> None:
    base, head = pair
    assume(is_clear(head, base) and is_clear(base, head))
    assert is_compatible(head, base) is not bool(incompatibilities(contract(head), contract(base)))
    assert is_compatible(base, head) is not bool(incompatibilities(contract(base), contract(head)))
