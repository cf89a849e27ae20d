"""What is not valid by its specification at head, and was valid or not there at base."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from referencing import Registry

from contractguard import ContractReport, compare_documents
from contractguard.formats.jsonschema.validity import _meta_schema
from contractguard.formats.validity import MOST_FAULTS
from contractguard.model.places import Node
from contractguard.model.schema import Dialect

OK = {"200": {"description": "fine"}}


def description(version: str = "3.0.3", **more: Any) -> dict[str, Any]:
    named = {"swagger": "2.0"} if version == "2.0" else {"openapi": version}
    return {**named, "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"responses": OK}}}, **more}


def compared(base: Any, head: Any, kind: str = "openapi") -> ContractReport:
    report = compare_documents(base, head, kind=kind, profile="everything")
    (contract,) = report.contracts
    assert contract.errors == ()
    return contract


def invalid(contract: ContractReport) -> list[tuple[str, str]]:
    """Pointer and what is wrong there."""
    found = [finding for finding in contract.findings if finding.change == "contract.invalid"]
    assert all(finding.base is None and finding.head is not None for finding in found)
    return [(finding.head.pointer, finding.message.partition(": ")[2]) for finding in found if finding.head]


def with_schema(schema: Any, version: str = "3.0.3") -> dict[str, Any]:
    if version == "2.0":
        return description("2.0", definitions={"A": schema})
    return description(version, components={"schemas": {"A": schema}})


@pytest.mark.parametrize("version", ["2.0", "3.0.3", "3.1.0", "3.2.0"])
def test_a_schema_that_no_version_of_openapi_allows(version: str) -> None:
    above = "/definitions" if version == "2.0" else "/components/schemas"
    found = invalid(compared(with_schema({}, version), with_schema({"maxLength": -1}, version)))
    assert found == [(f"{above}/A/maxLength", "-1 is less than the minimum of 0")]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_a_parameter_without_a_place(version: str) -> None:
    head = description(version)
    head["paths"]["/b"] = {"get": {"parameters": [{"name": "x", "in": "everywhere"}], "responses": OK}}
    (found, *_) = invalid(compared(description(version), head))
    assert found[0].startswith("/paths/~1b/get/parameters/0")
    assert "Reference" not in found[1]
    assert "$ref" not in found[1]


def test_what_is_missing_at_the_root() -> None:
    head = description()
    del head["info"]["title"]
    assert invalid(compared(description(), head)) == [("/info", '"title" is a required property')]


def test_an_operation_id_that_is_used_twice() -> None:
    base, head = description(), description()
    head["paths"] = {"/a": {"get": {"operationId": "x", "responses": OK}, "put": {"operationId": "x", "responses": OK}}}
    assert [place for place, _ in invalid(compared(base, head))] == [
        "/paths/~1a/get/operationId",
        "/paths/~1a/put/operationId",
    ]


def test_schemas_of_another_dialect_are_left_to_it() -> None:
    base, head = with_schema({}, "3.1.0"), with_schema({"maxLength": -1}, "3.1.0")
    for side in (base, head):
        side["jsonSchemaDialect"] = "https://example.org/dialect"
    assert invalid(compared(base, head)) == []


def test_a_reference_in_place_of_the_thing_is_left_to_tools() -> None:
    head = description(tags=[{"name": "a", "description": {"$ref": "#/info/title"}}])
    assert invalid(compared(description(), head)) == []


@pytest.mark.parametrize(
    ("dialect", "schema", "place"),
    [
        ("draft-04/schema#", {"exclusiveMinimum": "1", "minimum": 1}, "/exclusiveMinimum"),
        ("draft-06/schema#", {"propertyNames": {"maxLength": -1}}, "/propertyNames/maxLength"),
        ("draft-07/schema#", {"properties": {"a": {"required": ["b", "b"]}}}, "/properties/a/required"),
        ("draft/2019-09/schema", {"$defs": {"a": {"maxItems": -1}}}, "/$defs/a/maxItems"),
        ("draft/2020-12/schema", {"anyOf": [{"minProperties": 1.5}, {}]}, "/anyOf/0/minProperties"),
    ],
)
def test_a_json_schema_that_its_meta_schema_refuses(dialect: str, schema: Any, place: str) -> None:
    scheme = "https" if "20" in dialect else "http"
    base = {"$schema": f"{scheme}://json-schema.org/{dialect}"}
    assert [found for found, _ in invalid(compared(base, base | schema, "jsonschema"))] == [place]


def test_a_schema_inside_that_names_another_dialect_is_left_to_it() -> None:
    inner = {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}
    base = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    assert invalid(compared(base, base | {"$defs": {"old": inner}}, "jsonschema")) == []


def test_an_avro_name_that_is_used_before_it_is_defined() -> None:
    inner = {"type": "record", "name": "In", "namespace": "x", "fields": [{"name": "i", "type": "int"}]}
    fields = [{"name": "a", "type": inner}, {"name": "b", "type": "In"}]
    base = {"type": "record", "name": "Out", "namespace": "x", "fields": fields}
    head = base | {"fields": [{"name": "b", "type": "In"}, {"name": "a", "type": inner}]}
    assert invalid(compared(base, base | {"doc": "new"}, "avro")) == []
    assert invalid(compared(base, head, "avro")) == [("/fields/0/type", "the type 'In' is used before it is defined")]


def test_an_avro_record_may_hold_itself() -> None:
    base = {
        "type": "record",
        "name": "T",
        "fields": [{"name": "next", "type": ["null", {"type": "array", "items": "T"}]}],
    }
    assert invalid(compared(base, base | {"doc": "new"}, "avro")) == []


def test_a_flaw_that_base_has_too_is_noted_and_no_finding() -> None:
    base = with_schema({"maxLength": -1})
    head = with_schema({"maxLength": -1, "minLength": -1})
    contract = compared(base, head)
    assert [place for place, _ in invalid(contract)] == ["/components/schemas/A/minLength"]
    assert contract.notes == ("1 place is not valid by the specification, at base as at head",)


def test_a_flaw_is_the_same_where_items_moved() -> None:
    bad, good = {"maxLength": -1}, {"minLength": 1}
    assert invalid(compared(with_schema({"allOf": [bad]}), with_schema({"allOf": [good, bad]}))) == []
    twice = invalid(compared(with_schema({"allOf": [bad]}), with_schema({"allOf": [good, bad, bad]})))
    assert len(twice) == 1


def test_only_some_of_many_places_are_told() -> None:
    head = description(components={"schemas": {f"A{number:03}": {"maxLength": -1} for number in range(15)}})
    contract = compared(description(), head)
    assert [place[-14:] for place, _ in invalid(contract)] == [f"A{number:03}/maxLength" for number in range(10)]
    assert contract.notes == ("5 places are not valid by the specification, beside those that are listed",)


def faults_of(value: Any) -> list[tuple[str, str]]:
    found = [
        (fault.node.pointer, fault.message) for fault in _meta_schema(Dialect.DRAFT_07).faults(Node(value, "x", ""))
    ]
    assert len(found) <= MOST_FAULTS
    return found


@pytest.mark.parametrize(
    "value",
    [
        {"allOf": [{"type": "bad"}] * 300_000},
        {"required": list(range(500_000))},
        {"properties": {str(number): {"type": "bad"} for number in range(100_000)}},
        {"enum": [], "type": 7, "description": "x" * 10_000_000},
    ],
    ids=["one part", "one list", "many parts", "long text"],
)
def test_documents_that_are_wrong_everywhere_cost_little(value: Any) -> None:
    started = time.process_time()
    assert faults_of(value)
    assert time.process_time() - started < 5


def test_levels_that_are_all_wrong_cost_little() -> None:
    value: Any = {"type": "bad", "description": "y" * 100_000}
    for _ in range(100):
        value = {"type": "bad", "not": value, "minimum": "a"}
    started = time.process_time()
    assert faults_of({"definitions": {"a": value}})
    assert time.process_time() - started < 2


@pytest.mark.parametrize("value", [{"title": "\ud800", "type": 1}, {"type": "\ud800"}, {"required": ["\ud800", "a"]}])
def test_half_a_surrogate_pair_stops_nobody(value: Any) -> None:
    for pointer, message in faults_of(value):
        assert pointer or "surrogate" in message


META = Draft7Validator(Draft7Validator.META_SCHEMA, registry=Registry())
VALUES = st.sampled_from([1, -1, "a", True, None, 1.5, ["a"], ["a", "a"], [], {}, {"a": 1}, [{}], "string"])
SCHEMAS = st.recursive(
    st.dictionaries(st.sampled_from(["type", "minimum", "maxLength", "required", "enum", "format", "title"]), VALUES),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "items": inner,
            "not": inner,
            "allOf": st.lists(inner, max_size=2),
            "properties": st.dictionaries(st.sampled_from("ab"), inner),
            "definitions": st.dictionaries(st.sampled_from("ab"), inner),
            "minLength": VALUES,
        },
    ),
    max_leaves=6,
)


@given(SCHEMAS)
def test_what_is_told_is_what_another_validator_refuses(schema: Any) -> None:
    before = copy.deepcopy(schema)
    found = faults_of(schema)
    assert schema == before
    refused = ["".join(f"/{token}" for token in error.absolute_path) for error in META.iter_errors(schema)]
    assert bool(found) == bool(refused)
    for pointer, _ in found:
        assert any(pointer.startswith(place) for place in refused)
    assert all(any(pointer.startswith(place) for pointer, _ in found) for place in refused)
