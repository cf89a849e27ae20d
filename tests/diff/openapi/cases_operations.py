"""Operations, webhooks, callbacks and parameters: pairs, each with exactly what differs."""

from __future__ import annotations

from typing import Any

from openapi_pairs import JSON, LIMIT, OK, Case, S, api, op, operation, query

PATH_ID = [{"name": "id", "in": "path", "required": True, "schema": S}]
PATH_KEY = [{"name": "key", "in": "path", "required": True, "schema": S}]


LIMIT_ITSELF = {"name": "limit", "in": "query", "schema": S}
SHARED = {"$ref": "#/components/parameters/limit"}


def shared_by(parameters: Any) -> Any:
    """Operations of one path with their parameters, and a shared one."""
    paths = {"/a": {method: {"parameters": listed} for method, listed in parameters.items()}}
    return api(paths, components={"parameters": {"limit": LIMIT_ITSELF}})


def with_shared_schema(schema: Any) -> Any:
    """The fields of a description in which two operations have a query parameter of one shared schema."""
    limit = {"name": "limit", "in": "query", "schema": {"$ref": "#/components/schemas/Limit"}}
    paths = {"/a": {method: {"parameters": [limit]} for method in ("get", "put")}}
    return {"paths": paths, "components": {"schemas": {"Limit": schema}}}


def webhook(**fields: Any) -> Any:
    """A description with one webhook."""
    return api(webhooks={"paid": {"post": {"responses": OK, **fields}}})


def callback(name: str = "done", expression: str = "{$request.query.url}", **fields: Any) -> Any:
    """One operation with one callback."""
    return op(callbacks={name: {expression: {"post": {"responses": OK, **fields}}}})


OPERATIONS: list[Case] = [
    ("a new operation", api(), op(), ["operation.added widened input GET /orders"]),
    ("an operation gone", op(), api(), ["operation.removed narrowed input GET /orders"]),
    (
        "a method gone",
        api({"/a": {"get": {}, "put": {}}}),
        api({"/a": {"get": {}}}),
        ["operation.removed narrowed input PUT /a"],
    ),
    ("an operation id", op(operationId="a"), op(operationId="b"), ["operation.id-changed none input GET /orders"]),
    ("tags", op(tags=["a"]), op(tags=["b"]), ["operation.tags-changed none input GET /orders"]),
    ("tags after the first in another order", op(tags=["a", "b", "c"]), op(tags=["a", "c", "b"]), []),
    ("another first tag", op(tags=["a", "b"]), op(tags=["b", "a"]), ["operation.tags-changed none input GET /orders"]),
    (
        "a path parameter with another name",
        api(operation("/o/{id}", parameters=PATH_ID)),
        api(operation("/o/{key}", parameters=PATH_KEY)),
        ["path.parameter-renamed none input /o/{} > path parameter id"],
    ),
    (
        "a path parameter with another name and another type",
        api(operation("/o/{id}", parameters=PATH_ID)),
        api(operation("/o/{key}", parameters=[{**PATH_KEY[0], "schema": {"type": "integer"}}])),
        [
            "path.parameter-renamed none input /o/{} > path parameter id",
            "type.changed narrowed input GET /o/{} > path parameter key",
        ],
    ),
    (
        "path parameters that swapped their names keep their places",
        api(
            operation(
                "/{a}/{b}",
                parameters=[
                    {"name": "a", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "b", "in": "path", "required": True, "schema": S},
                ],
            )
        ),
        api(
            operation(
                "/{b}/{a}",
                parameters=[
                    {"name": "b", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "a", "in": "path", "required": True, "schema": S},
                ],
            )
        ),
        [
            "path.parameter-renamed none input /{}/{} > path parameter a",
            "path.parameter-renamed none input /{}/{} > path parameter b",
        ],
    ),
    (
        "a path parameter that was not described",
        api(operation("/o/{id}")),
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {}}])),
        [],
    ),
    (
        "parameters moved up to the path",
        api({"/o/{id}": {"get": {"parameters": PATH_ID}}}),
        api({"/o/{id}": {"parameters": PATH_ID, "get": {}}}),
        [],
    ),
    (
        "a slash at the end is another path",
        api(operation("/o")),
        api(operation("/o/")),
        ["operation.moved incomparable input /o"],
    ),
    (
        "another version",
        api({**operation("/v1/a"), **operation("/v1/b/{id}", parameters=PATH_ID)}),
        api({**operation("/v2/a"), **operation("/v2/b/{key}", parameters=PATH_KEY)}),
        [
            "operation.moved incomparable input paths > /v1",
            "path.parameter-renamed none input /v2/b/{} > path parameter id",
        ],
    ),
    (
        "another version, below a segment that stays",
        api({**operation("/api/v1/a"), **operation("/api/v1/b"), **operation("/api/c")}),
        api({**operation("/api/v2/a"), **operation("/api/v2/b"), **operation("/api/c")}),
        ["operation.moved incomparable input paths > /api/v1"],
    ),
    (
        "a parameter of the path that came with the move is part of it",
        api(operation("/list/a", operationId="a")),
        api(operation("/{id}/list/a", operationId="a", parameters=PATH_ID)),
        ["operation.moved incomparable input /list/a"],
    ),
    (
        "an operation id that two operations have tells no move",
        api({**operation("/list/a", operationId="a"), **operation("/b", operationId="a")}),
        api({**operation("/a/list", operationId="a"), **operation("/b", operationId="a")}),
        ["operation.removed narrowed input GET /list/a", "operation.added widened input GET /a/list"],
    ),
    (
        "an operation id under a path that shares no word tells no move",
        api(operation("/a", operationId="get_1")),
        api(operation("/b", operationId="get_1")),
        ["operation.removed narrowed input GET /a", "operation.added widened input GET /b"],
    ),
    (
        "deprecated operations that moved are told apart",
        api({"/v1/a": {"get": {}, "put": {"deprecated": True, "x-sunset": "2030-01-01"}}}),
        api({"/v2/a": {"get": {}, "put": {"deprecated": True, "x-sunset": "2030-01-01"}}}),
        ["operation.moved incomparable input /v1/a", "operation.moved incomparable input /v1/a"],
    ),
    (
        "a template takes the calls of a path that is gone",
        api({**operation("/o/mine"), **operation("/o/{id}", parameters=PATH_ID)}),
        api(operation("/o/{id}", parameters=PATH_ID)),
        ["operation.absorbed none input GET /o/mine"],
    ),
    (
        "the nearest template is asked, and answers otherwise",
        api({**operation("/o/mine/a"), **operation("/o/{id}/a", **{"x-a": 1}), **operation("/{o}/{id}/a")}),
        api({**operation("/o/{id}/a", deprecated=True, responses=OK), **operation("/{o}/{id}/a")}),
        [
            "operation.removed narrowed input GET /o/mine/a",
            "extension.changed none input GET /o/{}/a",
            "deprecation.added none input GET /o/{}/a",
            "response.added widened output GET /o/{}/a > response 200",
        ],
    ),
    (
        "a template with a suffix",
        api({**operation("/o/mine.json"), **operation("/o/{id}.json", parameters=PATH_ID)}),
        api(operation("/o/{id}.json", parameters=PATH_ID)),
        ["operation.absorbed none input GET /o/mine.json"],
    ),
    (
        "a template whose values are written with a label",
        api({**operation("/o/mine"), **operation("/o/{id}", parameters=[{**PATH_ID[0], "style": "label"}])}),
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "style": "label"}])),
        ["operation.removed narrowed input GET /o/mine"],
    ),
    (
        "a number in a path is a number for the template",
        api({**operation("/o/7"), **operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {"type": "integer"}}])}),
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {"type": "integer"}}])),
        ["operation.absorbed none input GET /o/7"],
    ),
    (
        "a template gives way to a path for each of its values",
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {"enum": ["a", 1]}}])),
        api({**operation("/o/a"), **operation("/o/1")}),
        [
            "operation.split none input GET /o/{}",
            "operation.added widened input GET /o/a",
            "operation.added widened input GET /o/1",
        ],
    ),
    (
        "a path for a value that the template refuses takes nothing from it",
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {"maxLength": 3}}])),
        api({**operation("/o/{id}", parameters=[{**PATH_ID[0], "schema": {"maxLength": 3}}]), **operation("/o/mine")}),
        ["operation.added widened input GET /o/mine"],
    ),
    ("documentation", op(summary="a"), op(summary="b"), ["documentation.changed none input GET /orders"]),
    (
        "documentation of the path",
        api({"/a": {"summary": "x", "get": {}}}),
        api({"/a": {"summary": "y", "get": {}}}),
        ["documentation.changed none input /a"],
    ),
    ("an extension", op(), op(**{"x-team": "a"}), ["extension.changed none input GET /orders"]),
    ("a field that nothing reads", op(), op(cost=3), ["unjudged.changed incomparable input GET /orders"]),
    ("truth and one are not the same", op(cost=1), op(cost=True), ["unjudged.changed incomparable input GET /orders"]),
    (
        "an extension of the path, told once for its operations",
        api({"/a": {"x-a": 1, "get": {}, "put": {}}}),
        api({"/a": {"x-a": 2, "get": {}, "put": {}}}),
        ["extension.changed none input /a"],
    ),
    (
        "a path item behind a reference",
        op(),
        api(
            {"/orders": {"$ref": "#/components/pathItems/o"}},
            components={"pathItems": {"o": {"get": {"responses": {}}}}},
        ),
        [],
    ),
    ("webhook gone", webhook(), api(webhooks={}), ["webhook.removed narrowed output webhook paid > POST"]),
    ("webhook new", api(), webhook(), ["webhook.added widened output webhook paid > POST"]),
    (
        "webhook: its body is sent by the provider",
        webhook(),
        webhook(requestBody={"required": True, "content": JSON}),
        ["body.added narrowed output webhook paid > POST > request"],
    ),
    (
        "webhook: a property of its body goes out, one of its answer comes in",
        webhook(requestBody={"content": JSON}, responses={"200": {"description": "d", "content": JSON}}),
        webhook(
            requestBody={"content": {"application/json": {"schema": {"type": "integer"}}}},
            responses={"200": {"description": "d", "content": {"application/json": {"schema": {"type": "integer"}}}}},
        ),
        [
            "type.changed incomparable output webhook paid > POST > request > application/json",
            "type.changed incomparable input webhook paid > POST > response 200 > application/json",
        ],
    ),
    (
        "webhook: its answer comes in",
        webhook(responses={"200": {"description": "d"}, "202": {"description": "d"}}),
        webhook(responses={"200": {"description": "d"}}),
        ["response.removed narrowed input webhook paid > POST > response 202"],
    ),
    (
        "webhooks of older descriptions",
        api(openapi="3.0.3"),
        api(openapi="3.0.3", **{"x-webhooks": {"paid": {"post": {}}}}),
        ["webhook.added widened output webhook paid > POST"],
    ),
    ("callback new", op(), callback(), ["callback.added widened output GET /orders > callback done"]),
    ("callback gone", callback(), op(), ["callback.removed narrowed output GET /orders > callback done"]),
    (
        "callback sent elsewhere",
        callback(),
        callback(expression="{$request.body#/url}"),
        [
            "callback.address-changed incomparable output GET /orders > callback done",
        ],
    ),
    (
        "callback: its body is sent by the provider",
        callback(requestBody={"content": JSON}),
        callback(requestBody={"content": JSON, "required": True}),
        ["body.became-required narrowed output GET /orders > callback done > POST {$request.query.url} > request"],
    ),
]

PARAMETERS: list[Case] = [
    ("an optional parameter", op(), query(), ["parameter.added widened input " + LIMIT]),
    ("a required parameter", op(), query(required=True), ["parameter.added narrowed input " + LIMIT]),
    ("a parameter gone", query(), op(), ["parameter.removed none input " + LIMIT]),
    ("required", query(), query(required=True), ["parameter.became-required narrowed input " + LIMIT]),
    ("optional", query(required=True), query(required=False), ["parameter.became-optional widened input " + LIMIT]),
    ("not required, written out", query(), query(required=False), []),
    (
        "moved from query to header",
        query(),
        query(**{"in": "header"}),
        ["parameter.removed none input " + LIMIT, "parameter.added widened input GET /orders > header parameter limit"],
    ),
    (
        "header names have no case",
        query(**{"in": "header", "name": "X-A"}),
        query(**{"in": "header", "name": "x-a"}),
        [],
    ),
    (
        "query names have",
        query(name="A"),
        query(name="a"),
        [
            "parameter.removed none input GET /orders > query parameter A",
            "parameter.added widened input GET /orders > query parameter a",
        ],
    ),
    (
        "the order of parameters",
        op(parameters=[{"name": n, "in": "query"} for n in "ab"]),
        op(parameters=[{"name": n, "in": "query"} for n in "ba"]),
        [],
    ),
    (
        "a parameter made a component",
        query(),
        api(
            operation(parameters=[{"$ref": "#/components/parameters/limit"}]),
            components={"parameters": {"limit": {"name": "limit", "in": "query", "schema": S}}},
        ),
        [],
    ),
    ("text where numbers were", query(schema={"type": "integer"}), query(), ["type.changed widened input " + LIMIT]),
    ("numbers where text was", query(), query(schema={"type": "number"}), ["type.changed narrowed input " + LIMIT]),
    ("text where a flag was", query(schema={"type": "boolean"}), query(), ["type.changed widened input " + LIMIT]),
    (
        "text where bounded numbers with a default were",
        query(schema={"type": "integer", "minimum": 1, "enum": [1, 2], "format": "int32", "default": 1}),
        query(schema={"type": "string", "default": "1"}),
        ["type.changed widened input " + LIMIT],
    ),
    (
        "text where numbers with another default were",
        query(schema={"type": "integer", "default": 10, "description": "a"}),
        query(schema={"type": "string", "default": "20"}),
        [
            "type.changed widened input " + LIMIT,
            "default.changed none input " + LIMIT,
            "documentation.changed none input " + LIMIT,
        ],
    ),
    *(
        (
            f"only some text ({keyword}) where numbers were",
            query(schema={"type": "integer"}),
            query(schema={"type": "string", keyword: value}),
            ["type.changed incomparable input " + LIMIT],
        )
        for keyword, value in {"pattern": "^a", "maxLength": 1, "format": "date", "not": {"maxLength": 1}}.items()
    ),
    (
        "text where numbers or null were",
        query(schema={"type": ["integer", "null"]}),
        query(),
        ["type.changed widened input " + LIMIT],
    ),
    (
        "text where numbers were, in JSON",
        op(
            parameters=[
                {"name": "limit", "in": "query", "content": {"application/json": {"schema": {"type": "integer"}}}}
            ]
        ),
        op(parameters=[{"name": "limit", "in": "query", "content": JSON}]),
        [f"type.changed incomparable input {LIMIT} > application/json"],
    ),
    (
        "text where numbers were, in a shared schema",
        api(**with_shared_schema({"type": "integer"})),
        api(**with_shared_schema({"type": "string"})),
        ["type.changed widened input components/schemas/Limit"],
    ),
    (
        "its schema",
        query(schema={"type": "array"}),
        query(schema={"type": "object"}),
        ["type.changed incomparable input " + LIMIT],
    ),
    ("its schema comes", query(schema={}), query(), ["type.changed narrowed input " + LIMIT]),
    (
        "the default style written out",
        query(schema={"type": "array"}),
        query(schema={"type": "array"}, style="form", explode=True),
        [],
    ),
    (
        "explode of an array",
        query(schema={"type": "array"}),
        query(schema={"type": "array"}, explode=False),
        ["parameter.serialization-changed incomparable input " + LIMIT],
    ),
    ("explode of a single value", query(), query(explode=False), []),
    (
        "explode where the type is open",
        query(schema={}),
        query(schema={}, explode=False),
        ["parameter.serialization-changed incomparable input " + LIMIT],
    ),
    (
        "style of an array",
        query(schema={"type": "array"}, explode=False),
        query(schema={"type": "array"}, explode=False, style="pipeDelimited"),
        ["parameter.serialization-changed incomparable input " + LIMIT],
    ),
    ("style of a single value in a query", query(explode=False), query(explode=False, style="pipeDelimited"), []),
    (
        "style of a single value in a path",
        api(operation("/o/{id}", parameters=PATH_ID)),
        api(operation("/o/{id}", parameters=[{**PATH_ID[0], "style": "label"}])),
        ["parameter.serialization-changed incomparable input GET /o/{} > path parameter id"],
    ),
    (
        "explode of an array in a header",
        query(**{"in": "header", "schema": {"type": "array"}}),
        query(**{"in": "header", "schema": {"type": "array"}, "explode": True}),
        [],
    ),
    (
        "reserved characters",
        query(),
        query(allowReserved=True),
        ["parameter.reserved-allowed widened input " + LIMIT],
    ),
    (
        "content instead of schema",
        query(),
        op(parameters=[{"name": "limit", "in": "query", "content": JSON}]),
        ["parameter.serialization-changed incomparable input " + LIMIT],
    ),
    (
        "content of another media type",
        op(parameters=[{"name": "limit", "in": "query", "content": JSON}]),
        op(parameters=[{"name": "limit", "in": "query", "content": {"text/plain": {"schema": S}}}]),
        [
            f"media-type.removed narrowed input {LIMIT} > application/json",
            f"media-type.added widened input {LIMIT} > text/plain",
        ],
    ),
    (
        "empty values allowed",
        query(),
        query(allowEmptyValue=True),
        ["parameter.empty-value-allowed widened input " + LIMIT],
    ),
    (
        "empty values refused",
        query(allowEmptyValue=True),
        query(),
        ["parameter.empty-value-refused narrowed input " + LIMIT],
    ),
    ("deprecated", query(), query(deprecated=True), ["deprecation.added none input " + LIMIT]),
    ("its description", query(), query(description="d"), ["documentation.changed none input " + LIMIT]),
    ("a field that nothing reads", query(), query(format="d"), ["unjudged.changed incomparable input " + LIMIT]),
    (
        "a shared parameter that two operations drop",
        shared_by({"get": [SHARED], "put": [SHARED], "post": []}),
        shared_by({"get": [], "put": [], "post": []}),
        ["parameter.removed none input components/parameters/limit"],
    ),
    (
        "a shared parameter that one operation drops and another takes up",
        shared_by({"get": [SHARED], "put": []}),
        shared_by({"get": [], "put": [SHARED]}),
        [
            "parameter.removed none input components/parameters/limit",
            "parameter.added widened input components/parameters/limit",
        ],
    ),
    (
        "a parameter that two operations drop, each its own",
        shared_by({"get": [LIMIT_ITSELF], "put": [LIMIT_ITSELF]}),
        shared_by({"get": [], "put": []}),
        [
            "parameter.removed none input GET /a > query parameter limit",
            "parameter.removed none input PUT /a > query parameter limit",
        ],
    ),
    (
        "OpenAPI 3 ignores a header parameter Accept",
        op(),
        query(**{"in": "header", "name": "Accept", "required": True}),
        ["documentation.changed none input GET /orders"],
    ),
]
