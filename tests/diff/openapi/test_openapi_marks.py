"""Lifecycle marks wherever a description may have them: told once, at the right place, with all that they reach."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard import Finding, compare_documents

OK: dict[str, Any] = {"responses": {"200": {"description": "OK"}}}
SOON, LATER = {"x-sunset": "2029-01-01"}, {"x-sunset": "2030-01-01"}


def api(paths: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    about = {"title": "t", "version": "1"}
    return {"openapi": "3.1.0", "info": about, "paths": paths or {"/a": {"get": OK}}, **more}


def findings(base: Any, head: Any) -> list[Finding]:
    report = compare_documents(base, head, kind="openapi", profile="everything")
    (contract,) = report.contracts
    assert contract.errors == ()
    return [finding for finding in contract.findings if not finding.change.startswith("version.")]


def only(base: Any, head: Any) -> Finding:
    (finding,) = findings(base, head)
    return finding


def place(finding: Finding) -> str:
    assert finding.head is not None
    return finding.head.pointer


def response(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}, **more}}


def header(**marks: Any) -> dict[str, Any]:
    headers = {"X-A": {"schema": {"type": "string"}, **marks}}
    return api({"/a": {"get": {"responses": {"200": {"description": "OK", "headers": headers}}}}})


def parameter(**marks: Any) -> dict[str, Any]:
    return api({"/a": {"get": {**OK, "parameters": [{"name": "q", "in": "query", "schema": {}, **marks}]}}})


def body_property(**marks: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"p": {"type": "string", **marks}}}
    return api({"/a": {"get": {"responses": response(schema)}}})


def schema(**marks: Any) -> dict[str, Any]:
    return api({"/a": {"get": {"responses": response({"type": "string", **marks})}}})


def info(**marks: Any) -> dict[str, Any]:
    return {**api(), "info": {"title": "t", "version": "1", **marks}}


PLACES = {
    "operation": (lambda **marks: api({"/a": {"get": {**marks, **OK}}}), "GET /a", "/paths/~1a/get/x-sunset"),
    "path item": (lambda **marks: api({"/a": {**marks, "get": OK}}), "/a", "/paths/~1a/x-sunset"),
    "webhook": (
        lambda **marks: api(webhooks={"made": {"post": {**marks, **OK}}}),
        "webhook made > POST",
        "/webhooks/made/post/x-sunset",
    ),
    "parameter": (parameter, "GET /a > query parameter q", "/paths/~1a/get/parameters/0/x-sunset"),
    "header": (header, "GET /a > response 200 > header x-a", "/paths/~1a/get/responses/200/headers/X-A/x-sunset"),
    "property": (
        body_property,
        "GET /a > response 200 > application/json > p",
        "/paths/~1a/get/responses/200/content/application~1json/schema/properties/p/x-sunset",
    ),
    "schema": (
        schema,
        "GET /a > response 200 > application/json",
        "/paths/~1a/get/responses/200/content/application~1json/schema/x-sunset",
    ),
    "info": (info, "contract", "/info/x-sunset"),
    "root": (api, "contract", "/x-sunset"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_sunset_counts_wherever_it_stands(name: str) -> None:
    side, element, pointer = PLACES[name]
    finding = only(side(**LATER), side(**SOON))
    assert (finding.rule, finding.element, place(finding)) == ("sunset-moved-earlier", element, pointer)
    assert findings(side(**LATER), side(**{"x-removal-date": "2030-01-01"})) == []


@pytest.mark.parametrize("name", [name for name in PLACES if name not in {"path item", "root"}])
def test_an_extension_deprecates_wherever_it_stands(name: str) -> None:
    side, element, _ = PLACES[name]
    finding = only(side(), side(**{"x-deprecated": True, **LATER}))
    assert (finding.rule, finding.element) == ("deprecation-added", element)
    assert "sunset 2030-01-01" in finding.message


def test_a_mark_of_a_path_is_told_once_for_all_its_operations() -> None:
    finding = only(api({"/a": {"get": OK, "post": OK}}), api({"/a": {"x-internal": True, "get": OK, "post": OK}}))
    assert (finding.rule, finding.element) == ("audience-restricted", "/a")
    assert [use.method for use in finding.operations] == ["GET", "POST"]


def test_a_mark_of_an_operation_comes_before_that_of_its_path() -> None:
    base = api({"/a": {"x-stability-level": "beta", "get": {"x-stability-level": "stable", **OK}}})
    assert (
        findings(base, api({"/a": {"x-stability-level": "alpha", "get": {"x-stability-level": "stable", **OK}}})) == []
    )
    assert only(base, api({"/a": {"x-stability-level": "beta", "get": OK}})).rule == "stability-lowered"


def test_a_mark_of_a_shared_schema_is_told_once_for_requests_and_responses() -> None:
    def side(**marks: Any) -> dict[str, Any]:
        shared = {"$ref": "#/components/schemas/A"}
        taken = {"requestBody": {"content": {"application/json": {"schema": shared}}}, **OK}
        schemas = {"A": {"type": "object", "properties": {"p": {"type": "string", **marks}}}}
        paths = {"/a": {"get": {"responses": response(shared)}, "post": taken}}
        return api(paths, components={"schemas": schemas})

    for marks, rule in (
        ({"x-internal": True}, "audience-restricted"),
        ({"deprecated": True}, "deprecation-added"),
        ({"x-extensible-enum": ["a"]}, "open-enum-added"),
        ({"description": "d"}, "documentation-changed"),
    ):
        finding = only(side(), side(**marks))
        assert (finding.rule, finding.element) == (rule, "components/schemas/A > p")
        assert [use.method for use in finding.operations] == ["GET", "POST"]


def test_a_parameter_of_swagger_is_told_once_though_it_is_its_own_schema() -> None:
    def side(**marks: Any) -> dict[str, Any]:
        listed = [{"name": "q", "in": "query", "type": "string", **marks}]
        about = {"title": "t", "version": "1"}
        return {"swagger": "2.0", "info": about, "paths": {"/a": {"get": {"parameters": listed, **OK}}}}

    finding = only(side(), side(**{"x-deprecated": True, **LATER}))
    assert (finding.rule, finding.element) == ("deprecation-added", "GET /a > query parameter q")
    assert only(side(**LATER), side(**SOON)).rule == "sunset-moved-earlier"


def test_what_stands_beside_a_mark_is_told_as_before() -> None:
    told = findings(info(**{"x-logo": 1, **LATER}), info(**{"x-logo": 2, **SOON}))
    assert sorted(finding.rule for finding in told) == ["extension-changed", "sunset-moved-earlier"]
