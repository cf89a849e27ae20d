"""Pairs of descriptions, each with exactly what differs: `kind effect direction element`, argued from the specification."""

from __future__ import annotations

from typing import Any

from openapi_pairs import api, operation, swagger

Case = tuple[str, Any, Any, list[str]]
S = {"type": "string"}
JSON = {"application/json": {"schema": S}}
OK = {"200": {"description": "ok"}}


def op(**fields: Any) -> Any:
    return api(operation(**fields))


def query(**fields: Any) -> Any:
    return op(parameters=[{"name": "limit", "in": "query", "schema": S, **fields}])


def answers(*statuses: str) -> Any:
    return op(responses={status: {"description": "d"} for status in statuses})


def content(*names: str, schema: Any = S) -> Any:
    return op(responses={"200": {"description": "d", "content": {name: {"schema": schema} for name in names}}})


def body(**fields: Any) -> Any:
    return op(method="post", requestBody={"content": JSON, **fields})


def header(**fields: Any) -> Any:
    headers = {"Retry-After": {"schema": S, **fields}}
    return op(responses={"200": {"description": "d", "headers": headers}})


def secured(security: Any, **schemes: Any) -> Any:
    return api(operation(security=security), components={"securitySchemes": schemes} if schemes else {})


def webhook(**fields: Any) -> Any:
    return api(webhooks={"paid": {"post": {"responses": OK, **fields}}})


def callback(name: str = "done", expression: str = "{$request.query.url}", **fields: Any) -> Any:
    return op(callbacks={name: {expression: {"post": {"responses": OK, **fields}}}})


LIMIT = "GET /orders > query parameter limit"
REQUEST = "POST /orders > request"
PATH_ID = [{"name": "id", "in": "path", "required": True, "schema": S}]
PATH_KEY = [{"name": "key", "in": "path", "required": True, "schema": S}]
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}

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
        ["operation.removed narrowed input GET /o", "operation.added widened input GET /o/"],
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
            "callback.removed narrowed output GET /orders > callback done > POST {$request.query.url}",
            "callback.added widened output GET /orders > callback done > POST {$request.body#/url}",
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
    ("its schema", query(), query(schema={"type": "integer"}), ["type.changed incomparable input " + LIMIT]),
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
        ["parameter.serialization-changed incomparable input " + LIMIT],
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
    (
        "OpenAPI 3 ignores a header parameter Accept",
        op(),
        query(**{"in": "header", "name": "Accept", "required": True}),
        ["documentation.changed none input GET /orders"],
    ),
]

BODIES: list[Case] = [
    ("a required body", op(method="post"), body(required=True), ["body.added narrowed input " + REQUEST]),
    ("an optional body", op(method="post"), body(), ["body.added widened input " + REQUEST]),
    ("a body gone", body(), op(method="post"), ["body.removed narrowed input " + REQUEST]),
    ("required", body(), body(required=True), ["body.became-required narrowed input " + REQUEST]),
    ("optional", body(required=True), body(), ["body.became-optional widened input " + REQUEST]),
    (
        "its schema",
        body(),
        body(content={"application/json": {"schema": {"type": "integer"}}}),
        [f"type.changed incomparable input {REQUEST} > application/json"],
    ),
    (
        "its schema goes",
        body(),
        body(content={"application/json": {}}),
        [f"type.changed widened input {REQUEST} > application/json"],
    ),
    (
        "media types have no case and their parameters no order",
        content("Application/X; b=1; a=2"),
        content("application/x;a=2;b=1"),
        [],
    ),
    ("JSON has no charset", content("application/json"), content("application/json; charset=utf-8"), []),
    (
        "text has one",
        content("text/plain; charset=utf-8"),
        content("text/plain; charset=latin1"),
        [
            "media-type.removed narrowed output GET /orders > response 200 > text/plain; charset=utf-8",
            "media-type.added widened output GET /orders > response 200 > text/plain; charset=latin1",
        ],
    ),
    (
        "a range instead of a type",
        content("text/csv"),
        content("text/*"),
        ["media-type.added widened output GET /orders > response 200 > text/*"],
    ),
    (
        "a type instead of a range",
        content("*/*"),
        content("text/csv"),
        ["media-type.removed narrowed output GET /orders > response 200 > */*"],
    ),
    (
        "a type within a range has its own schema",
        content("text/*"),
        {
            **(c := content("text/*")),
            "paths": operation(
                responses={
                    "200": {
                        "description": "d",
                        "content": {
                            **c["paths"]["/orders"]["get"]["responses"]["200"]["content"],
                            "text/csv": {"schema": {"type": "integer"}},
                        },
                    }
                }
            ),
        },
        ["type.changed incomparable output GET /orders > response 200 > text/csv"],
    ),
    (
        "a media type for requests",
        body(),
        body(content={**JSON, "text/csv": {}}),
        [f"media-type.added widened input {REQUEST} > text/csv"],
    ),
    (
        "how a property is encoded",
        body(content={"multipart/form-data": {"schema": {"properties": {"a": {}}}}}),
        body(
            content={
                "multipart/form-data": {
                    "schema": {"properties": {"a": {}}},
                    "encoding": {"a": {"contentType": "image/png"}},
                }
            }
        ),
        [f"encoding.changed incomparable input {REQUEST} > multipart/form-data > encoding a"],
    ),
    (
        "the default encoding written out",
        body(content={"multipart/form-data": {"schema": {"properties": {"a": {}}}}}),
        body(
            content={
                "multipart/form-data": {
                    "schema": {"properties": {"a": {}}},
                    "encoding": {"a": {"style": "form", "explode": True}},
                }
            }
        ),
        [],
    ),
    (
        "items of a stream (3.2)",
        op(method="post", requestBody={"content": {"application/jsonl": {"itemSchema": S}}}) | {"openapi": "3.2.0"},
        op(method="post", requestBody={"content": {"application/jsonl": {"itemSchema": {"type": "integer"}}}})
        | {"openapi": "3.2.0"},
        [f"type.changed incomparable input {REQUEST} > application/jsonl > items"],
    ),
]

RESPONSES: list[Case] = [
    ("a status", answers("200"), answers("200", "404"), ["response.added widened output GET /orders > response 404"]),
    (
        "a status gone",
        answers("200", "404"),
        answers("200"),
        ["response.removed narrowed output GET /orders > response 404"],
    ),
    ("a status that default answers", answers("200", "default"), answers("200", "404", "default"), []),
    ("a status that its range answers", answers("4XX"), answers("4XX", "404"), []),
    ("a range in lower case", answers("4XX"), answers("4xx"), []),
    (
        "a range where one status was",
        answers("404"),
        answers("4XX"),
        ["response.added widened output GET /orders > response 4XX"],
    ),
    (
        "default gone",
        answers("200", "default"),
        answers("200"),
        ["response.removed narrowed output GET /orders > response default"],
    ),
    (
        "a status answered by default has the schema of default",
        op(responses={"default": {"description": "d", "content": JSON}}),
        op(
            responses={
                "404": {"description": "d", "content": {"application/json": {"schema": {"type": "integer"}}}},
                "default": {"description": "d", "content": JSON},
            }
        ),
        ["type.changed incomparable output GET /orders > response 404 > application/json"],
    ),
    (
        "an optional header",
        answers("200"),
        header(),
        ["header.added widened output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a header always sent",
        answers("200"),
        header(required=True),
        ["header.added narrowed output GET /orders > response 200 > header retry-after"],
    ),
    (
        "an optional header gone",
        header(),
        answers("200"),
        ["header.removed none output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a required header gone",
        header(required=True),
        answers("200"),
        ["header.removed widened output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a header now always sent",
        header(),
        header(required=True),
        ["header.became-required narrowed output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a header that may be missing",
        header(required=True),
        header(),
        ["header.became-optional widened output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a header of another type",
        header(),
        header(schema={"type": "integer"}),
        ["type.changed incomparable output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a deprecated header",
        header(),
        header(deprecated=True),
        ["deprecation.added none output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a link",
        answers("200"),
        op(responses={"200": {"description": "d", "links": {"next": {"operationId": "x"}}}}),
        ["link.changed none output GET /orders > response 200 > link next"],
    ),
    (
        "its description",
        answers("200"),
        op(responses={"200": {"description": "e"}}),
        ["documentation.changed none output GET /orders > response 200"],
    ),
    (
        "a shared response",
        api(
            operation(responses={"404": {"$ref": "#/components/responses/None"}}),
            components={"responses": {"None": {"description": "d", "content": JSON}}},
        ),
        api(
            operation(responses={"404": {"$ref": "#/components/responses/None"}}),
            components={"responses": {"None": {"description": "d", "content": {}, "headers": {"A": {}}}}},
        ),
        [
            "media-type.removed narrowed output components/responses/None > application/json",
            "header.added widened output components/responses/None > header a",
        ],
    ),
]

SECURITY: list[Case] = [
    (
        "a scheme asked for",
        secured([]),
        secured([{"a": []}]),
        ["security.tightened narrowed input GET /orders > security"],
    ),
    (
        "no scheme asked for",
        secured([{"a": []}]),
        secured([]),
        ["security.relaxed widened input GET /orders > security"],
    ),
    ("nothing said and nothing asked for", op(), secured([]), []),
    ("nothing asked for and an empty alternative", secured([]), secured([{}]), []),
    (
        "an alternative more",
        secured([{"a": []}]),
        secured([{"a": []}, {"b": []}]),
        ["security.relaxed widened input GET /orders > security"],
    ),
    (
        "both together",
        secured([{"a": []}]),
        secured([{"a": [], "b": []}]),
        ["security.tightened narrowed input GET /orders > security"],
    ),
    (
        "an alternative for those who have one already",
        secured([{"a": []}]),
        secured([{"a": []}, {"a": [], "b": []}]),
        [],
    ),
    (
        "a scope more",
        secured([{"a": ["r"]}]),
        secured([{"a": ["r", "w"]}]),
        ["security.tightened narrowed input GET /orders > security"],
    ),
    (
        "another scope",
        secured([{"a": ["r"]}]),
        secured([{"a": ["w"]}]),
        ["security.changed incomparable input GET /orders > security"],
    ),
    ("the order of alternatives", secured([{"a": []}, {"b": []}]), secured([{"b": []}, {"a": []}]), []),
    (
        "security of the root",
        api(operation()),
        api(operation(), security=[{"a": []}]),
        ["security.tightened narrowed input security"],
    ),
    ("moved from the root", api(operation(), security=[{"a": []}]), secured([{"a": []}]), []),
    (
        "a scheme with another name",
        secured([{"a": []}], a=KEY),
        secured([{"b": []}], b=KEY),
        [
            "security-scheme.removed none input components/securitySchemes/a",
            "security-scheme.added none input components/securitySchemes/b",
        ],
    ),
    ("header names of keys have no case", secured([], a=KEY), secured([], a={**KEY, "name": "x-key"}), []),
    (
        "another header",
        secured([], a=KEY),
        secured([], a={**KEY, "name": "X-Other"}),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "a scope offered",
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}),
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {"r": "R"}}}}),
        ["metadata.changed none input components/securitySchemes/a"],
    ),
    (
        "a scope no longer offered",
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {"r": "R"}}}}),
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "the text of a scope",
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {"r": "R"}}}}),
        secured([], a={"type": "oauth2", "flows": {"implicit": {"scopes": {"r": "read"}}}}),
        ["documentation.changed none input components/securitySchemes/a"],
    ),
    (
        "the hint bearerFormat",
        secured([], a={"type": "http", "scheme": "bearer"}),
        secured([], a={"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"}),
        ["documentation.changed none input components/securitySchemes/a"],
    ),
]

SERVERS: list[Case] = [
    (
        "a base URL more",
        api(servers=[{"url": "https://a"}]),
        api(servers=[{"url": "https://a"}, {"url": "https://b"}]),
        ["server.added widened input servers > server https://b"],
    ),
    (
        "a base URL gone",
        api(servers=[{"url": "https://a"}, {"url": "https://b"}]),
        api(servers=[{"url": "https://a"}]),
        ["server.removed narrowed input servers > server https://b"],
    ),
    (
        "a base URL where none was said",
        api(),
        api(servers=[{"url": "https://a"}]),
        ["server.added widened input servers > server https://a"],
    ),
    (
        "hosts have no case, a slash at the end is nothing",
        api(servers=[{"url": "https://A.b/v1/"}]),
        api(servers=[{"url": "HTTPS://a.b/v1"}]),
        [],
    ),
    (
        "paths have case",
        api(servers=[{"url": "https://a/V"}]),
        api(servers=[{"url": "https://a/v"}]),
        [
            "server.removed narrowed input servers > server https://a/V",
            "server.added widened input servers > server https://a/v",
        ],
    ),
    (
        "a server of one operation",
        api(operation(), servers=[{"url": "https://a"}]),
        api(operation(servers=[{"url": "https://b"}]), servers=[{"url": "https://a"}]),
        [
            "server.removed narrowed input GET /orders > server https://a",
            "server.added widened input GET /orders > server https://b",
        ],
    ),
    (
        "its description",
        api(servers=[{"url": "https://a"}]),
        api(servers=[{"url": "https://a", "description": "d"}]),
        ["documentation.changed none input servers > server https://a"],
    ),
    (
        "its variables",
        api(servers=[{"url": "https://{r}"}]),
        api(servers=[{"url": "https://{r}", "variables": {"r": {"default": "eu"}}}]),
        ["unjudged.changed incomparable input servers > server https://{r}"],
    ),
    (
        "Swagger 2.0: scheme",
        swagger(host="h", schemes=["http"]),
        swagger(host="h", schemes=["https"]),
        [
            "server.removed narrowed input servers > server http://h/",
            "server.added widened input servers > server https://h/",
        ],
    ),
    (
        "Swagger 2.0: the same written in OpenAPI 3",
        swagger(host="h", basePath="/v1", schemes=["https"]),
        api(servers=[{"url": "https://h/v1"}]),
        [],
    ),
]

LIFECYCLE: list[Case] = [
    ("deprecated", op(), op(deprecated=True), ["deprecation.added none input GET /orders"]),
    ("no longer deprecated", op(deprecated=True), op(), ["deprecation.removed none input GET /orders"]),
    (
        "sunset moved",
        op(**{"x-sunset": "2030-01-01"}),
        op(**{"x-sunset": "2029-01-01"}),
        ["sunset.changed none input GET /orders"],
    ),
    ("another spelling of a mark", op(**{"x-sunset": "2030-01-01"}), op(**{"x-deprecated-sunset": "2030-01-01"}), []),
    ("a replacement", op(), op(**{"x-replaced-by": "b"}), ["replacement.changed none input GET /orders"]),
    (
        "stability",
        op(**{"x-stability-level": "beta"}),
        op(**{"x-stability-level": "stable"}),
        ["stability.changed none input GET /orders"],
    ),
]

WHOLE: list[Case] = [
    (
        "the title",
        api(),
        api(info={"title": "u", "version": "1"}),
        ["metadata.changed none input contract > info title"],
    ),
    ("the version is judged elsewhere", api(), api(info={"title": "t", "version": "2"}), []),
    (
        "the description",
        api(),
        api(info={"title": "t", "version": "1", "description": "d"}),
        ["documentation.changed none input contract > info description"],
    ),
    (
        "a tag described",
        api(tags=[{"name": "a"}]),
        api(tags=[{"name": "a", "description": "d"}]),
        ["metadata.changed none input contract > tag a"],
    ),
    ("the order of tags", api(tags=[{"name": "a"}, {"name": "b"}]), api(tags=[{"name": "b"}, {"name": "a"}]), []),
    ("an extension of the root", api(), api(**{"x-a": 1}), ["extension.changed none input contract"]),
    ("a field of the root that nothing reads", api(), api(b=1), ["unjudged.changed incomparable input contract"]),
    (
        "a schema that nothing uses",
        api(components={"schemas": {"A": S}}),
        api(components={"schemas": {"A": {}}}),
        ["component.unused-changed none input components/schemas/A"],
    ),
    ("OpenAPI 3.0 to 3.1", api(operation(), openapi="3.0.3"), api(operation(), openapi="3.1.0"), []),
]

BODY_2 = [{"name": "b", "in": "body", "schema": S}]
SWAGGER: list[Case] = [
    (
        "what the root consumes",
        swagger(operation(method="post", parameters=BODY_2)),
        swagger(operation(method="post", parameters=BODY_2), consumes=["text/csv"]),
        [
            f"media-type.removed narrowed input {REQUEST} > application/json",
            f"media-type.added widened input {REQUEST} > text/csv",
        ],
    ),
    (
        "what the root produces",
        swagger(operation(responses={"200": {"schema": S}})),
        swagger(operation(responses={"200": {"schema": S}}), produces=["application/json", "text/csv"]),
        ["media-type.added widened output GET /orders > response 200 > text/csv"],
    ),
    (
        "consumes moved to the operation",
        swagger(operation(method="post", parameters=BODY_2), consumes=["text/csv"]),
        swagger(operation(method="post", parameters=BODY_2, consumes=["text/csv"])),
        [],
    ),
    (
        "a required form field",
        swagger(operation(method="post", parameters=[{"name": "a", "in": "formData", "type": "string"}])),
        swagger(
            operation(method="post", parameters=[{"name": "a", "in": "formData", "type": "string", "required": True}])
        ),
        [
            f"body.became-required narrowed input {REQUEST}",
            f"property.became-required narrowed input {REQUEST} > application/x-www-form-urlencoded > a",
        ],
    ),
    (
        "a body of the path",
        swagger({"/orders": {"parameters": BODY_2, "post": {}}}),
        swagger({"/orders": {"parameters": [{**BODY_2[0], "required": True}], "post": {}}}),
        [f"body.became-required narrowed input {REQUEST}"],
    ),
    (
        "collection format of an array",
        swagger(operation(parameters=[{"name": "limit", "in": "query", "type": "array", "items": S}])),
        swagger(
            operation(
                parameters=[{"name": "limit", "in": "query", "type": "array", "items": S, "collectionFormat": "multi"}]
            )
        ),
        ["parameter.serialization-changed incomparable input " + LIMIT],
    ),
    (
        "csv is the default collection format",
        swagger(operation(parameters=[{"name": "limit", "in": "query", "type": "array", "items": S}])),
        swagger(
            operation(
                parameters=[{"name": "limit", "in": "query", "type": "array", "items": S, "collectionFormat": "csv"}]
            )
        ),
        [],
    ),
    (
        "a new form field that is an array",
        swagger(operation(method="post", parameters=[{"name": "a", "in": "formData", "type": "string"}])),
        swagger(
            operation(
                method="post",
                parameters=[
                    {"name": "a", "in": "formData", "type": "string"},
                    {"name": "b", "in": "formData", "type": "array", "items": S, "collectionFormat": "multi"},
                ],
            )
        ),
        [f"property.added none input {REQUEST} > application/x-www-form-urlencoded > b"],
    ),
    (
        "basic authentication in OpenAPI 3",
        swagger(operation(security=[{"a": []}]), securityDefinitions={"a": {"type": "basic"}}),
        api(
            operation(security=[{"a": []}]), components={"securitySchemes": {"a": {"type": "http", "scheme": "basic"}}}
        ),
        [],
    ),
    (
        "the same body in OpenAPI 3",
        swagger(operation(method="post", parameters=[{"name": "b", "in": "body", "required": True, "schema": S}])),
        body(required=True),
        [],
    ),
    (
        "the same parameter in OpenAPI 3",
        swagger(operation(parameters=[{"name": "limit", "in": "query", "type": "string"}])),
        query(),
        [],
    ),
]

CASES: list[Case] = [
    (f"{group}: {name}", base, head, expected)
    for group, cases in {
        "operations": OPERATIONS,
        "parameters": PARAMETERS,
        "bodies": BODIES,
        "responses": RESPONSES,
        "security": SECURITY,
        "servers": SERVERS,
        "lifecycle": LIFECYCLE,
        "whole": WHOLE,
        "Swagger 2.0": SWAGGER,
    }.items()
    for name, base, head, expected in cases
]
