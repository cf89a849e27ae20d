"""Base URLs, lifecycle, what describes the whole, and Swagger 2.0: pairs, each with exactly what differs."""

from __future__ import annotations

from typing import Any

from openapi_pairs import LIMIT, REQUEST, Case, S, api, body, op, operation, query, swagger


def variable(url: str = "https://{r}.a", name: str = "r", **fields: Any) -> Any:
    """A description whose base URL has a variable."""
    return api(servers=[{"url": url, "variables": {name: {"default": "eu", **fields}}}])


REGION = "servers > server https://{r}.a > variable r"

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
        ["server.moved incomparable input servers > server https://a/V"],
    ),
    (
        "another host",
        api(servers=[{"url": "https://a/v"}]),
        api(servers=[{"url": "https://b/v"}]),
        [
            "server.removed narrowed input servers > server https://a/v",
            "server.added widened input servers > server https://b/v",
        ],
    ),
    (
        "two paths of one host, one of which moves",
        api(servers=[{"url": "https://a/v"}, {"url": "https://a/w"}]),
        api(servers=[{"url": "https://a/v"}, {"url": "https://a/x"}]),
        ["server.moved incomparable input servers > server https://a/w"],
    ),
    (
        "two paths of one host, both of which are gone for others",
        api(servers=[{"url": "https://a/v"}, {"url": "https://a/w"}]),
        api(servers=[{"url": "https://a/x"}, {"url": "https://a/y"}]),
        [
            "server.removed narrowed input servers > server https://a/v",
            "server.removed narrowed input servers > server https://a/w",
            "server.added widened input servers > server https://a/x",
            "server.added widened input servers > server https://a/y",
        ],
    ),
    (
        "the same move of two hosts",
        api(servers=[{"url": "https://a/v"}, {"url": "https://b/v"}]),
        api(servers=[{"url": "https://a/w"}, {"url": "https://b/w"}]),
        ["server.moved incomparable input servers > base path /v"],
    ),
    (
        "the host is not named any more",
        api(servers=[{"url": "https://a/v"}]),
        api(servers=[{"url": "/v"}]),
        ["server.place-unclear none input servers > server https://a/v"],
    ),
    (
        "a base URL that two variables take apart",
        api(servers=[{"url": "https://a-1.b/v"}]),
        api(
            servers=[
                {
                    "url": "https://{x}-{y}.b/v",
                    "variables": {"x": {"default": "a"}, "y": {"default": "1", "enum": ["1", "2"]}},
                }
            ]
        ),
        ["server.added widened input servers > server https://{x}-{y}.b/v"],
    ),
    (
        "a part of the paths and of the base URL, in both ways at once",
        api({**operation("/v1/a"), **operation("/b")}, servers=[{"url": "https://a"}]),
        api({**operation("/a"), **operation("/b", servers=[{"url": "https://a"}])}, servers=[{"url": "https://a/v1"}]),
        [],
    ),
    (
        "base URLs of a path are told of the path",
        api({"/a": {"servers": [{"url": "https://a/v"}], "get": {}, "put": {}}}),
        api({"/a": {"servers": [{"url": "https://a/w"}], "get": {}, "put": {}}}),
        ["server.moved incomparable input /a > server https://a/v"],
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
        ["server-variable.default-changed none input servers > server https://{r} > variable r"],
    ),
    (
        "values of a variable",
        variable(enum=["eu", "us", "asia"]),
        variable(enum=["eu", "africa"]),
        [
            f"server-variable.values-removed narrowed input {REGION}",
            f"server-variable.values-added widened input {REGION}",
        ],
    ),
    (
        "listed values where any would do",
        variable(),
        variable(enum=["eu"]),
        [f"server-variable.values-removed narrowed input {REGION}"],
    ),
    (
        "any value where only some would do",
        variable(enum=["eu"]),
        variable(),
        [f"server-variable.values-added widened input {REGION}"],
    ),
    (
        "a value of a variable that becomes a base URL of its own",
        variable(enum=["eu", "us"]),
        api(
            servers=[
                {"url": "https://{r}.a", "variables": {"r": {"default": "eu", "enum": ["eu"]}}},
                {"url": "https://us.a"},
            ]
        ),
        [],
    ),
    ("the order of values", variable(enum=["eu", "us"]), variable(enum=["us", "eu"]), []),
    ("a variable with another name", variable(enum=["eu"]), variable("https://{s}.A", "s", enum=["eu"]), []),
    (
        "a variable described and extended",
        variable(),
        variable(description="d", **{"x-a": 1}),
        [f"documentation.changed none input {REGION}", f"extension.changed none input {REGION}"],
    ),
    (
        "a field of a variable that nothing reads",
        variable(),
        variable(pattern="a"),
        [f"unjudged.changed incomparable input {REGION}"],
    ),
    (
        "a base URL of which variables differ beside one that is the same",
        api(servers=[{"url": "https://{a}.a"}, {"url": "https://{b}.a"}]),
        api(servers=[{"url": "https://{b}.a"}, {"url": "https://{a}.a"}]),
        [],
    ),
    (
        "a variable of the base URL of one operation",
        op(servers=variable(enum=["eu", "us"])["servers"]),
        op(servers=variable(enum=["eu"])["servers"]),
        ["server-variable.values-removed narrowed input GET /orders > server https://{r}.a > variable r"],
    ),
    (
        "a base URL of all where all operations have their own",
        api(operation(servers=[{"url": "https://b"}]), servers=[{"url": "https://a"}]),
        api(operation(servers=[{"url": "https://b"}]), servers=[{"url": "https://c"}]),
        ["metadata.changed none input servers"],
    ),
    (
        "Swagger 2.0: scheme",
        swagger(host="h", schemes=["http"]),
        swagger(host="h", schemes=["https"]),
        ["server.moved incomparable input servers > server http://h/"],
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

FIELD_A = {"name": "a", "in": "formData", "type": "string", "required": True}
FIELD_B = {"name": "b", "in": "formData", "type": "string"}
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
            f"property.became-required narrowed input {REQUEST} > application/x-www-form-urlencoded > a",
        ],
    ),
    (
        "a form field required beside one that was",
        swagger(operation(method="post", parameters=[FIELD_A, FIELD_B])),
        swagger(operation(method="post", parameters=[FIELD_A, {**FIELD_B, "required": True}])),
        [f"property.became-required narrowed input {REQUEST} > application/x-www-form-urlencoded > b"],
    ),
    (
        "Swagger 2.0: base path",
        swagger(host="h", basePath="/v1"),
        swagger(host="h", basePath="/v2"),
        ["server.moved incomparable input servers > server //h/v1"],
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
