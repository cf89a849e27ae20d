from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from avro_memory import FIXTURES, MemoryDocuments, avro, record

from contractguard.errors import UnreadableError
from contractguard.formats.avro import read
from contractguard.formats.avro.validity import faults

INVALID = FIXTURES / "invalid" / "avro"
FAULTS = {
    "absurd-size": ("/size", "is no size of a fixed"),
    "defined-twice-differently": ("/fields/1/type", "B is defined twice"),
    "field-twice": ("/fields/1", "record A has field 'x' twice"),
    "marked-as-parsed": ("/__fastavro_parsed", "internal mark"),
    "negative-size": ("/size", "-1 is no size of a fixed"),
    "nested-union": ("/1", "a union may not directly contain a union"),
    "no-field-type": ("/fields/0", "field 'x' of A needs a `type`"),
    "no-fields": ("", "record A needs `fields`"),
    "no-items": ("", "an array needs `items`"),
    "no-name": ("", "needs a `name`"),
    "no-schema": ("", "42 is no schema"),
    "no-size": ("", "fixed A needs a `size`"),
    "no-symbols": ("", "enum A needs `symbols`"),
    "no-type": ("", "needs a `type`"),
    "no-values": ("", "a map needs `values`"),
    "primitive": ("/name", "'string' is the name of a primitive type"),
    "same-branch-twice": ("/2", "two branches of type int"),
    "size-in-quotes": ("/size", "'16' is no size of a fixed"),
    "symbol-not-a-text": ("/symbols/1", "1 is no symbol"),
    "unknown-type": ("/fields/0/type", "no type is named 'com.acme.Missing'"),
    "wrapped-type-with-more": ("/type", "needs a `type`, the name of a type; this is {"),
}


NO_VALUE = "is no value of its type, and counts as none"
NAMES = "use letters of ASCII, digits and _, not starting with a digit"
READ_ALL_THE_SAME = {
    "alias-not-a-text": ("/aliases/1", "3 is no alias: write a name"),
    "alias-of-a-sibling": ("/fields/1/aliases", "alias 'x' of field 'y' is taken by field 'x'"),
    "alias-of-another-type": ("/fields/0/type/aliases", "alias 'A' of B is taken by A"),
    "alias-that-is-no-list": (
        "/fields/0/aliases",
        "`aliases` must be an array of names: it says nothing as it is",
    ),
    "aliases-not-a-list": ("/aliases", "`aliases` must be an array of names: it says nothing as it is"),
    "bad-field-name": ("/fields/0/name", f"'1st' is no name: {NAMES}"),
    "bad-name": ("/name", f"'no-hyphens' is no name: {NAMES}"),
    "bad-namespace": ("/namespace", f"'com..acme' is no namespace: {NAMES} in names joined by dots"),
    "bad-order": (
        "/fields/0/order",
        "'upwards' is no sort order: use one of ascending, descending, ignore",
    ),
    "bad-symbol": ("/symbols/1", f"'NOT GOOD' is no symbol: {NAMES}"),
    "default-beyond-bytes": ("/fields/0/default", f"default 'Ā' of field 'x' {NO_VALUE}"),
    "default-boolean-for-int": ("/fields/0/default", f"default True of field 'x' {NO_VALUE}"),
    "default-in-a-circle": ("/fields/0/default", f"default {{}} of field 'x' {NO_VALUE}"),
    "default-lacks-a-field": ("/fields/0/default", f"default {{}} of field 'x' {NO_VALUE}"),
    "default-not-a-symbol": ("/fields/0/default", f"default 'Q' of field 'x' {NO_VALUE}"),
    "default-null-in-quotes": ("/fields/0/default", f"default 'null' of field 'x' {NO_VALUE}"),
    "default-of-another-type": ("/fields/0/default", f"default 42 of field 'x' {NO_VALUE}"),
    "default-out-of-range": ("/fields/0/default", f"default 2147483648 of field 'x' {NO_VALUE}"),
    "default-too-short": ("/fields/0/default", f"default 'a' of field 'x' {NO_VALUE}"),
    "defined-twice": (
        "/fields/1/type",
        "B is defined twice: define it once and refer to it by its name elsewhere",
    ),
    "enum-default-not-a-symbol": ("/default", "default 'Q' is no symbol of enum A, and counts as none"),
    "name-beyond-ascii": ("/name", f"'Größe' is no name: {NAMES}"),
    "name-of-a-primitive": (
        "/name",
        "'com.acme.string' is the name of a primitive type, which no other type may have",
    ),
    "namespace-null": ("/namespace", "None is no namespace: the one around it counts"),
    "order-in-capitals": (
        "/fields/0/order",
        "'DESCENDING' is no sort order: use one of ascending, descending, ignore",
    ),
    "same-name-twice-in-union": ("/1", "the union has 'A' twice"),
    "symbol-twice": ("/symbols/2", "enum A has symbol 'X' twice"),
    "wrapped-type": (
        "",
        "a schema object needs a `type`, the name of a type; this one only wraps another schema",
    ),
}


def refusal(
    files: Mapping[str, object], path: str, find_type: Callable[[str], str | None] | None = None
) -> tuple[UnreadableError, list[tuple[str, str]]]:
    documents = MemoryDocuments(files)
    with pytest.raises(UnreadableError) as caught:
        read(documents, path, find_type=find_type)
    return caught.value, documents.asked


def test_every_invalid_fixture_has_its_fault_here() -> None:
    assert sorted(path.stem for path in INVALID.glob("*.avsc")) == sorted(FAULTS | READ_ALL_THE_SAME)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_invalid_fixture_is_refused_at_its_fault(name: str) -> None:
    pointer, words = FAULTS[name]
    schema = json.loads((INVALID / f"{name}.avsc").read_text(encoding="utf-8"))
    error, asked = refusal({"a.avsc": schema}, "a.avsc")
    assert asked == [("a.avsc", pointer)]
    assert (error.path, error.line, error.column) == ("a.avsc", 7, 3)
    assert words in error.message
    assert error.remedy
    assert error.exit_code == 3


@pytest.mark.parametrize("name", sorted(READ_ALL_THE_SAME))
def test_what_can_be_read_although_it_is_wrong_is_told(name: str) -> None:
    pointer, words = READ_ALL_THE_SAME[name]
    schema = json.loads((INVALID / f"{name}.avsc").read_text(encoding="utf-8"))
    (fault,) = faults(avro(schema))
    assert (fault.node.pointer, fault.message) == (pointer, words)


def test_two_files_that_define_a_name_differently_are_refused() -> None:
    files = {
        "a": record("A", ("f", {"type": "fixed", "name": "F", "size": 1}), ("b", "B")),
        "b": record("B", ("f", {"type": "fixed", "name": "F", "size": 2})),
    }
    error, asked = refusal(files, "a", {"B": "b"}.get)
    assert "F is defined twice, first in a" in error.message
    assert asked == [("b", "/fields/0/type")]


def test_a_file_that_does_not_define_what_it_is_said_to_is_refused() -> None:
    error, asked = refusal({"a": record("A", ("b", "B")), "b": record("C")}, "a", {"B": "b"}.get)
    assert "no type is named 'B'" in error.message
    assert asked == [("a", "/fields/0/type")]


def test_a_file_that_is_said_to_define_what_it_only_uses_is_read_once() -> None:
    error, asked = refusal({"a": record("A", ("b", "B"))}, "a", {"B": "a"}.get)
    assert "no type is named 'B'" in error.message
    assert asked == [("a", "/fields/0/type")]


def test_long_values_are_cut_in_messages() -> None:
    error, _ = refusal({"a": {"type": "x" * 5000}}, "a")
    assert len(error.message) < 200


def test_faults_are_told_in_every_part_of_a_schema() -> None:
    enum = {"type": "enum", "name": "E", "symbols": ["1"], "aliases": ["E-2"]}
    items = {"type": "array", "items": ["int", {"type": "map", "values": ["int", "int"]}]}
    schema = record("R", ("a", items), ("b", enum))
    assert {(fault.node.pointer, fault.message) for fault in faults(avro([schema, "R"]))} == {
        ("/1", "the union has 'R' twice"),
        ("/0/fields/0/type/items/1/values/1", "the union has 'int' twice"),
        ("/0/fields/1/type/aliases", f"alias 'E-2' is no name: {NAMES}"),
        ("/0/fields/1/type/symbols/0", f"'1' is no symbol: {NAMES}"),
    }


def test_a_branch_that_is_wrapped_and_there_twice() -> None:
    wrapped = {"type": {"type": "string"}}
    told = [(fault.node.pointer, fault.message) for fault in faults(avro(["int", wrapped, "int", wrapped]))]
    assert ("/2", "the union has 'int' twice") in told
    assert ("/3", "the union has {'type': {'type': 'string'}} twice") in told
