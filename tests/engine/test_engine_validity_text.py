"""What only the text of the specification asks for: names that must agree, references that lead somewhere, defaults that fit."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from contractguard import compare_documents
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.engine.validity import check_validity
from contractguard.formats import read_contract
from contractguard.model.document import ContractKind

JUDGES = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0.4": OpenAPIV30SpecValidator,
    "3.1.1": OpenAPIV31SpecValidator,
    "3.2.0": OpenAPIV32SpecValidator,
}
OK = {"200": {"description": "fine"}}
PATH_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def description(version: str = "3.1.1", **more: Any) -> dict[str, Any]:
    named = {"swagger": "2.0"} if version == "2.0" else {"openapi": version}
    return {**named, "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"responses": OK}}}, **more}


def faults(head: Any, version: str = "3.1.1") -> list[tuple[str, str]]:
    """Pointer and message of what is not valid in head, which base has not."""
    report = compare_documents(description(version), head, kind="openapi")
    (contract,) = report.contracts
    assert contract.errors == ()
    found = [finding for finding in contract.findings if finding.change == "contract.invalid"]
    return [(finding.head.pointer, finding.message.partition(": ")[2]) for finding in found if finding.head]


def get(*parameters: Any, **more: Any) -> dict[str, Any]:
    return {"get": {"parameters": list(parameters), "responses": OK, **more}}


def test_operation_ids_count_in_callbacks_and_webhooks_too() -> None:
    called = {"post": {"operationId": "x", "responses": OK}}
    caller = {"post": {"responses": OK, "callbacks": {"c": {"{$request.body#/url}": called}}}}
    head = description(paths={"/a": caller}, webhooks={"w": {"post": {"operationId": "x", "responses": OK}}})
    assert faults(head) == [
        (
            "/paths/~1a/post/callbacks/c/{$request.body#~1url}/post/operationId",
            "operationId 'x' is used by 2 operations",
        ),
        ("/webhooks/w/post/operationId", "operationId 'x' is used by 2 operations"),
    ]


def test_a_shared_path_item_is_one_operation() -> None:
    item = {"get": {"operationId": "x", "responses": OK}}
    shared = {"$ref": "#/components/pathItems/i"}
    assert faults(description(paths={"/a": shared, "/b": shared}, components={"pathItems": {"i": item}})) == []


@pytest.mark.parametrize(
    ("path", "parameters", "expected"),
    [
        ("/b/{id}", [], "the path has a parameter 'id' that is not described"),
        ("/b", [PATH_ID], "the path has no place for its parameter 'id'"),
        ("/b/{id}.{kind}", [PATH_ID], "the path has a parameter 'kind' that is not described"),
        ("/b/{ID}", [PATH_ID], "the path has a parameter 'ID' that is not described"),
    ],
)
def test_parameters_of_a_path_are_those_that_are_described(path: str, parameters: list[Any], expected: str) -> None:
    found = faults(description(paths={path: get(*parameters)}))
    place = "/paths/" + path.replace("/", "~1") + "/get"
    assert (place, expected) == (found[0][0], found[0][1].partition("; ")[0])


def test_parameters_of_a_path_may_be_shared_and_stand_at_its_item() -> None:
    components = {"parameters": {"id": PATH_ID}}
    item = {"parameters": [{"$ref": "#/components/parameters/id"}], **get()}
    assert faults(description(paths={"/b/{id}": item}, components=components)) == []


def test_webhooks_have_no_templates() -> None:
    assert faults(description(webhooks={"{id}": get()})) == []


def test_paths_that_differ_in_names_of_parameters_only_are_one() -> None:
    other = {**PATH_ID, "name": "key"}
    head = description(paths={"/b/{id}": get(PATH_ID), "/b/{key}": get(other), "/b/c": get()})
    expected = "the path is '/b/{id}' with other names"
    assert faults(head) == [("/paths/~1b~1{key}", expected)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"name": "q", "in": "query"}, {"name": "q", "in": "query", "description": "d"}, True),
        ({"name": "q", "in": "query"}, {"name": "q", "in": "header"}, False),
        ({"name": "q", "in": "query"}, {"name": "Q", "in": "query"}, False),
        ({"name": "X-A", "in": "header"}, {"name": "x-a", "in": "header"}, True),
        ({"name": "q", "in": "query"}, {"$ref": "#/components/parameters/q"}, True),
    ],
)
def test_a_list_has_a_parameter_once(first: Any, second: Any, *, expected: bool) -> None:
    listed = [{**one, "schema": {}} if "$ref" not in one else one for one in (first, second)]
    shared = {"parameters": {"q": {"name": "q", "in": "query", "schema": {}}}}
    found = faults(description(paths={"/b": get(*listed)}, components=shared))
    assert [place for place, _ in found] == (["/paths/~1b/get/parameters/1"] if expected else [])


def test_an_operation_may_replace_a_parameter_of_its_path() -> None:
    shared = {"name": "q", "in": "query", "schema": {}}
    assert faults(description(paths={"/b": {"parameters": [shared], **get({**shared, "required": True})}})) == []


def test_swagger_has_one_body() -> None:
    bodies = [{"name": name, "in": "body", "schema": {}} for name in "ab"]
    head = description("2.0", paths={"/b": get(*bodies)})
    assert faults(head, "2.0") == [("/paths/~1b/get/parameters/1", "the list has another body")]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([{"name": "a"}, {"name": "b", "parent": "a"}], []),
        ([{"name": "a"}, {"name": "b"}, {"name": "a", "description": "d"}], ["/tags/2"]),
        ([{"name": "a", "parent": "b"}], ["/tags/0"]),
        ([{"name": "a", "parent": "a"}], ["/tags/0"]),
        ([{"name": "c", "parent": "a"}, {"name": "a", "parent": "b"}, {"name": "b", "parent": "a"}], ["/tags/1"]),
    ],
)
def test_tags_are_described_once_and_below_one_another(tags: Any, expected: list[str]) -> None:
    assert [place for place, _ in faults(description("3.2.0", tags=tags), "3.2.0")] == expected


def test_requirements_name_schemes() -> None:
    head = description(security=[{"k": []}, {"l": []}], paths={"/b": get(security=[{"m": []}])})
    head["components"] = {"securitySchemes": {"k": {"type": "http", "scheme": "basic"}}}
    assert faults(head) == [
        ("/paths/~1b/get/security/0/m", "there is no security scheme 'm'"),
        ("/security/1/l", "there is no security scheme 'l'"),
    ]


def test_requirements_may_name_an_address_in_3_2() -> None:
    head = description("3.2.0", security=[{"shared.yaml#/k": []}, {"k": []}])
    assert [place for place, _ in faults(head, "3.2.0")] == ["/security/1/k"]


def test_links_name_operations() -> None:
    links = {"good": {"operationId": "g"}, "bad": {"operationId": "h"}}
    answer = {"200": {"description": "d", "links": links}}
    head = description(paths={"/b": {"get": {"operationId": "g", "responses": answer}}})
    assert faults(head) == [("/paths/~1b/get/responses/200/links/bad", "there is no operation 'h'")]


@pytest.mark.parametrize(("version", "count"), [("3.0.4", 0), ("3.1.1", 1), ("3.2.0", 1)])
def test_the_default_of_a_server_variable_is_one_of_its_values(version: str, count: int) -> None:
    variables = {"r": {"default": "us", "enum": ["eu"]}, "s": {"default": "a"}}
    servers = [{"url": "https://{r}.{s}.example.org", "variables": variables}]
    assert len(faults(description(version, servers=servers), version)) == count


UNUSED = {"A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}}}


def test_a_reference_in_what_nothing_uses_leads_somewhere() -> None:
    ((place, message),) = faults(description(components={"schemas": UNUSED}))
    assert place == "/components/schemas/A/properties/b"
    assert message.startswith("the reference '#/components/schemas/B' leads nowhere")


@pytest.mark.parametrize(
    "schema",
    [
        {"example": {"$ref": "#/nowhere"}},
        {"default": {"$ref": "#/nowhere"}},
        {"enum": [{"$ref": "#/nowhere"}]},
        {"x-a": {"$ref": "#/nowhere"}},
        {"$ref": "https://example.org/schemas/a.json"},
        {"$ref": "#an-anchor"},
        {"$ref": "#/%64efinitions"},
        {"$id": "https://example.org/a", "$ref": "#/$defs/b", "$defs": {"b": {}}},
        {"properties": {"$ref": {"type": "string"}}},
        {"properties": {"example": {"$ref": "#/info"}}},
    ],
)
def test_what_is_no_reference_or_leads_elsewhere_is_left_alone(schema: Any) -> None:
    head = description(components={"schemas": {"A": schema}}, **{"x-definitions": {}})
    if schema.get("$ref") == "#/%64efinitions":
        schema["$ref"] = "#/%78-definitions"
    assert faults(head) == []


def test_a_property_may_be_called_example() -> None:
    schema = {"properties": {"example": {"$ref": "#/nowhere"}}}
    assert [place for place, _ in faults(description(components={"schemas": {"A": schema}}))] == [
        "/components/schemas/A/properties/example"
    ]


@pytest.mark.parametrize("version", ["2.0", "3.0.4", "3.1.1", "3.2.0"])
@pytest.mark.parametrize(
    ("schema", "fits"),
    [
        ({"type": "string", "default": "a"}, True),
        ({"type": "string", "default": 1}, False),
        ({"type": "integer", "default": True}, False),
        ({"type": "number", "default": 1}, True),
        ({"type": "integer", "default": 1.0}, True),
        ({"type": "boolean", "default": 0}, False),
        ({"type": "array", "items": {"type": "string"}, "default": [1]}, False),
        ({"enum": ["a"], "default": "b"}, False),
        ({"type": "string", "maxLength": 1, "default": "ab"}, False),
        ({"type": "string", "pattern": "^(a+)+$", "default": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}, False),
        ({"allOf": [{"type": "string"}, {"minLength": 2}], "default": "a"}, False),
        ({"type": "string", "default": None}, False),
    ],
    ids=str,
)
def test_defaults_fit_their_schema(version: str, schema: Any, *, fits: bool) -> None:
    schema = {"type": "object", "properties": {"p": schema}}
    if version == "2.0":
        head = description(version, definitions={"A": schema})
    else:
        head = description(version, components={"schemas": {"A": schema}})
    places = [place for place, _ in faults(head, version)]
    assert [place.rpartition("/A/")[2] for place in places] == ([] if fits else ["properties/p/default"])


def test_a_default_of_null_fits_what_is_nullable() -> None:
    schema = {"type": "string", "nullable": True, "default": None}
    assert faults(description("3.0.4", components={"schemas": {"A": schema}}), "3.0.4") == []


def test_a_default_beside_a_reference_is_judged_where_it_counts() -> None:
    schemas = {"A": {"type": "string"}, "B": {"$ref": "#/components/schemas/A", "default": 1}}
    assert [place for place, _ in faults(description(components={"schemas": schemas}))] == [
        "/components/schemas/B/default"
    ]


def test_defaults_are_found_in_all_parts_of_an_operation() -> None:
    bad = {"type": "string", "default": 1}
    content = {"application/json": {"schema": bad}}
    operation = {
        "parameters": [{"name": "q", "in": "query", "schema": bad}, {"name": "r", "in": "query", "content": content}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "d", "content": content, "headers": {"X-A": {"schema": bad}}}},
    }
    assert len(faults(description(paths={"/b": {"post": operation}}))) == 5


def test_what_is_wrong_in_this_way_is_compared_all_the_same() -> None:
    base = description(paths={"/a": get(), "/b": get()})
    head = description(paths={"/a/{id}": get()}, tags=[{"name": "a"}, {"name": "a"}])
    report = compare_documents(base, head, kind="openapi")
    assert {"contract-invalid", "operation-removed"} <= {one.rule for one in report.contracts[0].findings}


def with_id_twice(head: Any) -> None:
    for path in ("/p", "/q"):
        head["paths"][path] = {"get": {"operationId": "same", "responses": OK}}


def with_unknown_parameter(head: Any) -> None:
    head["paths"]["/r/{id}"] = get()


def with_unused_parameter(head: Any) -> None:
    place = {"type": "string"} if "swagger" in head else {"schema": {"type": "string"}}
    head["paths"]["/s"] = get({"name": "id", "in": "path", "required": True, **place})


def with_parameter_twice(head: Any) -> None:
    place = {"type": "string"} if "swagger" in head else {"schema": {"type": "string"}}
    one = {"name": "q", "in": "query", **place}
    head["paths"]["/t"] = get(one, {**one, "description": "d"})


def with_default(head: Any) -> None:
    place = "definitions" if "swagger" in head else "schemas"
    holder = head if "swagger" in head else head.setdefault("components", {})
    holder.setdefault(place, {})["D"] = {"type": "integer", "minimum": 2, "default": 1}


def with_tag_twice(head: Any) -> None:
    head["tags"] = [{"name": "a"}, {"name": "a", "description": "d"}]


def with_nothing(head: Any) -> None:
    head["paths"]["/u"] = get(description="d")


WAYS = [
    with_id_twice,
    with_unknown_parameter,
    with_unused_parameter,
    with_parameter_twice,
    with_default,
    with_tag_twice,
    with_nothing,
]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(JUDGES)), st.sets(st.sampled_from(WAYS)))
def test_what_another_validator_finds_is_found(version: str, ways: set[Callable[[Any], None]]) -> None:
    head = description(version)
    for way in sorted(ways, key=lambda one: one.__name__):
        way(head)
    errors = list(JUDGES[version](copy.deepcopy(head)).iter_errors())
    # It does not look for defaults in `definitions`.
    assert bool(errors) == bool(ways - {with_nothing} - ({with_default} if version == "2.0" else set()))
    assert len(faults(head, version)) >= len(ways - {with_nothing})
    assert bool(faults(head, version)) == bool(ways - {with_nothing})


@pytest.mark.parametrize(
    "head",
    [
        description(components={"schemas": {str(n): {"$ref": f"#/components/schemas/x{n}"} for n in range(20_000)}}),
        description(components={"schemas": {str(n): {"maximum": 1, "default": 2} for n in range(20_000)}}),
        description(components={"schemas": {"A": {"items": {"enum": list(range(20_000))}, "default": [-1] * 20_000}}}),
        description("3.2.0", tags=[{"name": str(n), "parent": str(n + 1)} for n in range(20_000)]),
        description("3.2.0", tags=[{"name": str(n), "parent": str(n)} for n in range(20_000)]),
        description(paths={f"/a{n}/{{b}}": get(*[PATH_ID] * 3) for n in range(3_000)}),
        description(paths={"/" + "{a}" * 50_000: get()}),
    ],
    ids=["references", "defaults", "a large default", "tags in a row", "tags above themselves", "paths", "one path"],
)
def test_descriptions_that_are_wrong_everywhere_cost_little(head: Any) -> None:
    contract = read_contract(ContractKind.OPENAPI, DocumentSet(in_memory("head", head)), MEMORY_PATH)
    started = time.process_time()
    assert check_validity(None, contract).news
    assert time.process_time() - started < 5
