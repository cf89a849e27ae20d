from __future__ import annotations

from typing import Any

import pytest
from openapi_pairs import JSON, S, api, changes_between, only, op, operation

from contractguard.diff.openapi.media_types import most_specific, parse
from contractguard.diff.openapi.responses import answer
from contractguard.model.change import Effect, OperationUse
from contractguard.model.values import UNSET


def test_a_removed_operation_points_at_its_method_and_tells_its_sunset() -> None:
    base = api(operation("/o/{id}", deprecated=True, **{"x-sunset": "2030-01-01"}))
    change = only(base, api(), "operation.removed")
    assert change.facts == {"deprecated": True}
    assert change.details == {"sunset": "2030-01-01"}
    assert change.base is not None
    assert change.base.pointer == "/paths/~1o~1{id}/get"
    assert change.head is None
    assert change.uses == (OperationUse("GET", "/o/{id}"),)


def test_without_sunset_there_is_no_such_detail() -> None:
    assert only(api(operation()), api(), "operation.removed").details == {}


def test_one_shared_parameter_is_one_change_with_all_its_operations() -> None:
    def side(**fields: Any) -> Any:
        listed = [{"$ref": "#/components/parameters/limit"}]
        paths = {"/a": {"get": {"parameters": listed}}, "/b": {"get": {"parameters": listed}}}
        limit = {"name": "limit", "in": "query", "schema": S, **fields}
        return api(paths, components={"parameters": {"limit": limit}})

    change = only(side(), side(required=True), "parameter.became-required")
    assert change.element == "components/parameters/limit"
    assert [use.path for use in change.uses] == ["/a", "/b"]
    assert change.head is not None
    assert change.head.pointer == "/components/parameters/limit/required"
    assert change.base is not None
    assert change.base.pointer == "/components/parameters/limit"


@pytest.mark.parametrize(
    ("schema", "has_default"), [(S, False), ({**S, "default": "x"}, True), ({"default": None}, True)]
)
def test_a_default_of_what_became_required(schema: Any, has_default: bool) -> None:
    def side(*, required: bool) -> Any:
        return api(operation(parameters=[{"name": "a", "in": "query", "schema": schema, "required": required}]))

    change = only(side(required=False), side(required=True), "parameter.became-required")
    assert change.facts == {"has_default": has_default}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (None, "2030-01-01", "added"),
        ("2030-01-01", None, "removed"),
        ("2030-01-01", "2030-02-01", "later"),
        ("2030-02-01T00:00:00Z", "2030-01-31", "earlier"),
        ("soon", "2030-01-01", "unclear"),
    ],
)
def test_how_a_sunset_moved(before: str | None, after: str | None, moved: str) -> None:
    base, head = (api(operation(**({} if text is None else {"x-sunset": text}))) for text in (before, after))
    assert only(base, head, "sunset.changed").facts == {"moved": moved}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("beta", "stable", "raised"), ("stable", "alpha", "lowered"), ("beta", "odd", "unclear")],
)
def test_how_stability_moved(before: str, after: str, moved: str) -> None:
    base, head = (api(operation(**{"x-stability-level": text})) for text in (before, after))
    assert only(base, head, "stability.changed").facts == {"moved": moved}


def test_root_security_is_one_change_for_all_operations() -> None:
    paths = {"/a": {"get": {}}, "/b": {"get": {}}}
    change = only(api(paths), api(paths, security=[{"k": []}]), "security.tightened")
    assert change.element == "security"
    assert [use.path for use in change.uses] == ["/a", "/b"]


def test_the_place_of_a_payload_names_status_and_media_type() -> None:
    def side(schema: Any) -> Any:
        content = {"application/json": {"schema": schema}}
        return api(operation(responses={"200": {"description": "d", "content": content}}))

    change = only(side(S), side({"type": "integer"}), "type.changed")
    assert change.uses == (OperationUse("GET", "/orders", "response", "200", "application/json"),)


def test_a_place_in_a_callback_is_one_of_its_operation() -> None:
    def side(*, required: bool) -> Any:
        body = {"required": required, "content": {}}
        return api(operation(callbacks={"done": {"{$url}": {"post": {"requestBody": body}}}}))

    change = only(side(required=False), side(required=True), "body.became-required")
    assert change.uses == (OperationUse("GET", "/orders", "callback done request body"),)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("text/csv", "text/csv"), ("text/html", "text/*"), ("image/png", "*/*"), ("text/csv; header=present", "text/csv")],
)
def test_the_most_specific_media_type_counts(wanted: str, expected: str) -> None:
    keys = [parse(name) for name in ("*/*", "text/*", "text/csv")]
    assert str(most_specific(parse(wanted), keys)) == expected


def test_a_status_is_answered_by_itself_then_its_range_then_default() -> None:
    responses: Any = {"404": "own", "4XX": "range", "default": "rest"}
    assert [answer(responses, status) for status in ("404", "400", "4XX", "500", "default")] == [
        "own",
        "range",
        "range",
        "rest",
        "rest",
    ]
    assert answer({}, "200") is None


def test_a_status_that_default_answered_is_told_so_and_shown_at_both_entries() -> None:
    base = op(responses={"default": {"description": "d", "content": JSON}})
    head = op(responses={"default": {"description": "d", "content": JSON}, "200": {"description": "d"}})
    change = only(base, head, "response-body.removed")
    assert change.subject == "response 200 (default before)"
    assert change.base is not None
    assert change.base.pointer == "/paths/~1orders/get/responses/default/content"
    assert change.uses == (OperationUse("GET", "/orders", "response", "200"),)


def test_what_belongs_to_all_reaches_the_operations_that_have_nothing_of_their_own() -> None:
    def side(url: str) -> Any:
        own = [{"url": "https://own"}]
        paths = {"/a": {"get": {}, "put": {"servers": own}, "post": {}}, "/b": {"servers": own, "get": {}}}
        return api(paths, servers=[{"url": url}], webhooks={"w": {"post": {}}})

    for kind in ("server.removed", "server.added"):
        assert only(side("https://a"), side("https://b"), kind).uses == (
            OperationUse("GET", "/a"),
            OperationUse("POST", "/a"),
        )


def test_a_security_scheme_reaches_the_operations_that_ask_for_it() -> None:
    def side(name: str, security: Any = None) -> Any:
        paths = {
            "/a": {"get": {}, "put": {"security": []}, "post": {"security": [{"b": []}, {"a": [], "b": []}]}},
            "/b": {"get": {"security": security or [{"b": []}]}},
        }
        schemes = {"a": {"type": "apiKey", "in": "header", "name": name}, "b": {"type": "http", "scheme": "basic"}}
        return api(paths, security=[{"a": []}], components={"securitySchemes": schemes})

    change = only(side("A"), side("B", [{"a": []}]), "security-scheme.changed")
    assert change.uses == (OperationUse("GET", "/a"), OperationUse("POST", "/a"))
    without = side("A")
    del without["components"]["securitySchemes"]["a"]
    assert only(side("A"), without, "security-scheme.removed").uses == change.uses
    assert only(without, side("A"), "security-scheme.added").uses == change.uses


def test_a_variable_of_a_base_url_is_told_in_words_and_at_its_value() -> None:
    def side(*values: str) -> Any:
        variables = {"region": {"default": "eu", **({"enum": list(values)} if values else {})}}
        return api(operation(), servers=[{"url": "https://{region}.a", "variables": variables}])

    change = only(side("eu", "us", "asia"), side("eu"), "server-variable.values-removed")
    assert change.subject == "variable 'region' of base URL https://{region}.a"
    assert change.details == {"name": "region", "values": "'us', 'asia'"}
    assert (change.before, change.after) == (["eu", "us", "asia"], ["eu"])
    assert change.base is not None
    assert change.base.pointer == "/servers/0/variables/region/enum/1"
    assert change.uses == (OperationUse("GET", "/orders"),)
    listed = only(side(), side("eu"), "server-variable.values-removed")
    assert listed.details["values"] == "anything but 'eu'"
    assert listed.before is UNSET
    assert only(side("eu"), side(), "server-variable.values-added").details["values"] == "any value"
    added = only(side("eu"), side("eu", "us"), "server-variable.values-added")
    assert added.head is not None
    assert added.head.pointer == "/servers/0/variables/region/enum/1"


@pytest.mark.parametrize(
    ("base", "head", "kind"),
    [
        (op(operationId="a"), op(), "operation.id-changed"),
        (
            op(parameters=[{"name": "q", "in": "query", "content": JSON}]),
            op(parameters=[{"name": "q", "in": "query", "schema": S}]),
            "parameter.serialization-changed",
        ),
    ],
)
def test_what_is_absent_is_no_null(base: Any, head: Any, kind: str) -> None:
    assert only(base, head, kind).after is UNSET
    assert only(head, base, kind).before is UNSET


@pytest.mark.parametrize(
    ("keyword", "value", "kind"),
    [
        ("xml", {"name": "a"}, "xml.changed"),
        ("discriminator", {"propertyName": "kind"}, "discriminator.changed"),
        ("contentEncoding", "base64", "content.changed"),
        ("contentMediaType", "image/png", "content.changed"),
        ("contentSchema", {"type": "object"}, "content.changed"),
    ],
)
def test_a_keyword_that_is_absent_is_no_null(keyword: str, value: Any, kind: str) -> None:
    without, with_it = (op(parameters=[{"name": "q", "in": "query", "schema": s}]) for s in (S, {**S, keyword: value}))
    assert only(without, with_it, kind).before is UNSET
    assert only(with_it, without, kind).after is UNSET


@pytest.mark.parametrize(
    ("extensions", "sunset"),
    [
        ({"x-sunset": "2030-01-01"}, {"sunset": "2030-01-01"}),
        ({"x-github": {"removalDate": "2030-01-01"}}, {"sunset": "2030-01-01"}),
        ({"x-removal-date": "2030-01-01", "x-sunset": "2030-01-01"}, {"sunset": "2030-01-01"}),
        (
            {"x-removal-date": "2030-01-01", "x-sunset": "2031-01-01"},
            {"sunset": "2031-01-01 (x-sunset), 2030-01-01 (x-removal-date)"},
        ),
        ({"x-sunset": 2030}, {}),
        ({"x-github.removalDate": "2030-01-01"}, {}),
    ],
)
def test_a_removed_property_tells_its_sunset_in_any_spelling(extensions: Any, sunset: Any) -> None:
    def side(**properties: Any) -> Any:
        return op(requestBody={"content": {"application/json": {"schema": {"properties": properties}}}})

    change = only(side(a={**S, "deprecated": True, **extensions}), side(), "property.removed")
    assert change.details == {"name": "a", **sunset}


def test_a_schema_that_is_read_as_text_in_a_query_is_compared_as_it_is_in_a_body() -> None:
    """`page=5` stays valid where `page` becomes a string; the number 5 in a body does not."""

    def side(kind: str) -> Any:
        page = {"name": "page", "in": "query", "schema": {"type": kind}}
        in_body = {"application/json": {"schema": {"$ref": "#/components/parameters/page/schema"}}}
        shared = {"$ref": "#/components/parameters/page"}
        paths = operation(method="post", parameters=[shared], requestBody={"content": in_body})
        return api(paths, components={"parameters": {"page": page}})

    effects = [change.effect for change in changes_between(side("integer"), side("string"))]
    assert sorted(effects) == [Effect.INCOMPARABLE, Effect.WIDENED]
