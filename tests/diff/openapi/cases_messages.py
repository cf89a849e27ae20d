"""Bodies, media types, responses and headers: pairs, each with exactly what differs."""

from __future__ import annotations

from openapi_pairs import JSON, REQUEST, Case, S, answers, api, body, content, header, op, operation

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
        [f"encoding.changed incomparable input {REQUEST} > multipart/form-data > encoding a"],
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
        ["media-type.removed narrowed output GET /orders > response 404 (4XX now) > application/json"],
    ),
    (
        "both sides answer a status themselves, whatever default says",
        op(responses={"404": {"description": "d", "content": JSON}, "default": {"description": "d"}}),
        answers("404", "default"),
        ["media-type.removed narrowed output GET /orders > response 404 > application/json"],
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
            "media-type.removed narrowed output components/responses/None > application/json",
            "header.added widened output components/responses/None > header a",
        ],
    ),
]
