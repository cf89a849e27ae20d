"""Bodies, media types, responses and headers: pairs, each with exactly what differs."""

from __future__ import annotations

from typing import Any

from openapi_pairs import JSON, REQUEST, Case, S, answers, api, body, content, header, op, operation

FORM = f"{REQUEST} > application/x-www-form-urlencoded"
PARTS = f"{REQUEST} > multipart/form-data > encoding a"


def form(properties: Any, encoding: Any = None, *, component: str = "", **more: Any) -> Any:
    """One operation that takes a form with these fields. `component` names the schema of it, where it is shared."""
    schema = {"type": "object", "properties": properties}
    components = {"schemas": {component: schema}} if component else {}
    held = {"$ref": f"#/components/schemas/{component}"} if component else schema
    content = {"application/x-www-form-urlencoded": {"schema": held, "encoding": encoding or {}}}
    return body(content=content) | {"components": components} | more


def parts(headers: Any, shared: Any = None, **fields: Any) -> Any:
    """One operation that takes a multipart form with one picture, of which the encoding is given, and shared headers."""
    schema = {"type": "object", "properties": {"a": {}}}
    encoding = {"a": {"contentType": "image/png", "headers": headers, **fields}}
    content = {"multipart/form-data": {"schema": schema, "encoding": encoding}}
    return body(content=content) | {"components": {"headers": shared or {}}}


def mixed(**fields: Any) -> Any:
    """One operation that takes several parts in order."""
    schema = {"type": "array", "items": {}}
    return body(content={"multipart/mixed": {"schema": schema, **fields}}) | {"openapi": "3.2.0"}


def _numbers(kind: str, **more: Any) -> Any:
    return {"type": "array", "items": {"type": kind}, **more}


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
        ["type.changed incomparable output GET /orders > response 200 > text/csv (text/* before)"],
    ),
    (
        "a range in place of a type with another schema",
        content("text/csv"),
        content("text/*", schema={"type": "integer"}),
        [
            "type.changed incomparable output GET /orders > response 200 > text/csv (text/* now)",
            "media-type.added widened output GET /orders > response 200 > text/*",
        ],
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
        [f"encoding.changed narrowed input {REQUEST} > multipart/form-data > encoding a"],
    ),
    (
        "how a property is encoded otherwise",
        body(content={"multipart/form-data": {"schema": {}, "encoding": {"a": {"contentType": "image/png"}}}}),
        body(content={"multipart/form-data": {"schema": {}, "encoding": {"a": {"contentType": "image/gif"}}}}),
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
        "numbers as text, in a list of a field that is shared",
        form({"a": {"$ref": "#/components/schemas/A"}}, components={"schemas": {"A": _numbers("integer", maxItems=3)}}),
        form({"a": {"$ref": "#/components/schemas/A"}}, components={"schemas": {"A": _numbers("string", maxItems=2)}}),
        [
            "type.changed widened input components/schemas/A[]",
            "bound.tightened narrowed input components/schemas/A",
        ],
    ),
    (
        "values listed as text, of which one is new",
        form({"a": {"enum": [1, 2]}}),
        form({"a": {"enum": ["2", "1", "3"]}}),
        [f"enum.value-added widened input {FORM} > a"],
    ),
    (
        "the same values listed as text, with the same default",
        form({"a": {"enum": [1, 2], "default": 1}}),
        form({"a": {"enum": ["2", "1"], "default": "1"}}),
        [f"type.written-alike none input {FORM} > a"],
    ),
    (
        "a header of a part is required, and one may be missing",
        parts({"X-A": {"schema": S}, "X-B": {"schema": S, "required": True}}),
        parts({"x-a": {"schema": S, "required": True}, "X-B": {"schema": {"type": "integer"}}}),
        [
            f"encoding.changed incomparable input {PARTS}",
            f"type.changed incomparable input {PARTS} > header x-b",
        ],
    ),
    (
        "a header of a part that is shared",
        parts({"X-A": {"$ref": "#/components/headers/A"}}, shared={"A": {"schema": S}}),
        parts({"X-A": {"$ref": "#/components/headers/A"}}, shared={"A": {"schema": S, "required": True}}),
        [f"encoding.changed narrowed input {PARTS}"],
    ),
    (
        "a header of a part that leads nowhere, and an optional one more",
        parts({"X-A": {"$ref": "#/components/headers/A"}}),
        parts({"X-A": {"$ref": "#/components/headers/A"}, "X-B": {"schema": S}}),
        [f"encoding.changed none input {PARTS}"],
    ),
    (
        "a list in a form that has a style, with another explode",
        form({"a": {"type": "array"}}, {"a": {"style": "form"}}),
        form({"a": {"type": "array"}}, {"a": {"explode": False}}),
        [f"encoding.changed incomparable input {FORM} > encoding a"],
    ),
    (
        "a text in a form that has a style, with another explode",
        form({"a": S}, {"a": {"style": "form"}}),
        form({"a": S}, {"a": {"explode": False}}),
        [],
    ),
    (
        "a form without a schema",
        body(content={"multipart/form-data": {"encoding": {"a": {"contentType": "text/plain"}}}}),
        body(content={"multipart/form-data": {"encoding": {"a": {"contentType": "text/*"}}}}),
        [f"encoding.changed widened input {REQUEST} > multipart/form-data > encoding a"],
    ),
    (
        "a form whose schema becomes a component and takes less",
        form({"a": S}),
        form({"a": {"type": "string", "maxLength": 3}}, component="A"),
        [f"bound.tightened narrowed input {FORM} > a"],
    ),
    (
        "an extension of an encoding",
        parts({}),
        parts({}, **{"x-a": 1}),
        [f"extension.changed none input {PARTS}"],
    ),
    (
        "an encoding within an encoding (3.2)",
        parts({}, encoding={"b": {"contentType": "text/plain"}}),
        parts({}, encoding={"b": {"contentType": "text/csv"}}),
        [f"encoding.changed incomparable input {PARTS}"],
    ),
    (
        "parts by position (3.2), of which the second is described like the rest",
        mixed(prefixEncoding=[{"contentType": "image/png"}], itemEncoding={"contentType": "image/gif"}),
        mixed(prefixEncoding=[{"contentType": "image/png"}, {"contentType": "image/gif"}]),
        [f"encoding.changed widened input {REQUEST} > multipart/mixed > encoding []"],
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
        ["type.changed incomparable output GET /orders > response 404 (default before) > application/json"],
    ),
    (
        "a status that only its range answers now",
        op(responses={"404": {"description": "d", "content": JSON}, "4XX": {"description": "d"}}),
        answers("4XX"),
        ["response-body.removed narrowed output GET /orders > response 404 (4XX now)"],
    ),
    (
        "both sides answer a status themselves, whatever default says",
        op(responses={"404": {"description": "d", "content": JSON}, "default": {"description": "d"}}),
        answers("404", "default"),
        ["response-body.removed narrowed output GET /orders > response 404"],
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
        ["type.changed narrowed output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a deprecated header",
        header(),
        header(deprecated=True),
        ["deprecation.added none output GET /orders > response 200 > header retry-after"],
    ),
    (
        "a header that is now written in another case, and always sent",
        header(),
        op(responses={"200": {"description": "d", "headers": {"retry-after": {"schema": S, "required": True}}}}),
        ["header.became-required narrowed output GET /orders > response 200 > header retry-after"],
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
            "response-body.removed narrowed output components/responses/None",
            "header.added widened output components/responses/None > header a",
        ],
    ),
]
