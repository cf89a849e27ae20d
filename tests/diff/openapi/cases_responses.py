"""Which response answers a status, what a response has and has not, and callbacks: pairs, each with exactly what differs."""

from __future__ import annotations

from typing import Any

from openapi_pairs import JSON, OK, Case, S, answers, api, op


def bodies(**contents: Any) -> Any:
    """One operation with a response of some content for each status, `s200=…`; a status without content has None."""
    responses = {
        name.removeprefix("s"): {"description": "d"} if content is None else {"description": "d", "content": content}
        for name, content in contents.items()
    }
    return op(responses=responses)


def called_back(*names: str, at: str = "{$request.query.url}", **fields: Any) -> Any:
    """One operation with callbacks."""
    call = {at: {"post": {"responses": OK, **fields}}}
    return op(callbacks=dict.fromkeys(names, call))


def hooks(**named: Any) -> Any:
    """A description with webhooks, each with a body of the schema given."""
    return api(
        webhooks={
            name: {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": OK}}
            for name, schema in named.items()
        }
    )


ANSWERS: list[Case] = [
    (
        "a range in place of its statuses, and one of them",
        answers("200", "4XX"),
        answers("200", "404"),
        ["response.range-narrowed narrowed output GET /orders > response 4XX"],
    ),
    (
        "a range gone with all its statuses",
        answers("200", "4XX"),
        answers("200", "500"),
        [
            "response.removed narrowed output GET /orders > response 4XX",
            "response.added widened output GET /orders > response 500",
        ],
    ),
    (
        "default gone, and ranges of all errors in its place",
        answers("200", "default"),
        answers("200", "4XX", "5XX"),
        ["response.range-narrowed narrowed output GET /orders > response default"],
    ),
    (
        "default gone, and a range of some errors in its place",
        answers("200", "default"),
        answers("200", "4XX"),
        ["response.removed narrowed output GET /orders > response default"],
    ),
    (
        "default gone that stood for successes too",
        answers("default"),
        answers("200", "4XX", "5XX"),
        ["response.range-narrowed narrowed output GET /orders > response default"],
    ),
    (
        "default gone that stood for successes too, and nothing said of errors",
        answers("default"),
        answers("200"),
        ["response.removed narrowed output GET /orders > response default"],
    ),
    (
        "a body",
        bodies(s200=None),
        bodies(s200=JSON),
        ["response-body.added widened output GET /orders > response 200"],
    ),
    ("an empty content", bodies(s200=None), bodies(s200={}), []),
    (
        "another media type is no other body",
        bodies(s200=JSON),
        bodies(s200={"text/csv": {"schema": S}}),
        [
            "media-type.removed narrowed output GET /orders > response 200 > application/json",
            "media-type.added widened output GET /orders > response 200 > text/csv",
        ],
    ),
]

CALLED_BACK: list[Case] = [
    (
        "another name",
        called_back("a"),
        called_back("b"),
        ["callback.renamed none output GET /orders > callback b"],
    ),
    (
        "another name and another body",
        called_back("a"),
        called_back("b", requestBody={"content": JSON, "required": True}),
        [
            "callback.renamed none output GET /orders > callback b",
            "body.added narrowed output GET /orders > callback b > POST {$request.query.url} > request",
        ],
    ),
    (
        "another name and another address",
        called_back("a"),
        called_back("b", at="{$request.body#/url}"),
        [
            "callback.removed narrowed output GET /orders > callback a",
            "callback.added widened output GET /orders > callback b",
        ],
    ),
    (
        "one of two that are alike has another name",
        called_back("a", "b"),
        called_back("b", "c"),
        ["callback.renamed none output GET /orders > callback c"],
    ),
    (
        "another address and another body",
        called_back("a"),
        called_back("a", at="{$request.body#/url}", requestBody={"content": JSON, "required": True}),
        [
            "callback.address-changed incomparable output GET /orders > callback a",
            "body.added narrowed output GET /orders > callback a > POST {$request.body#/url} > request",
        ],
    ),
    ("a webhook with another name", hooks(a=S), hooks(b=S), ["webhook.renamed none output webhook b > POST"]),
    (
        "two like webhooks with other names",
        hooks(a=S, b=S),
        hooks(c=S, d=S),
        [
            "webhook.removed narrowed output webhook a > POST",
            "webhook.removed narrowed output webhook b > POST",
            "webhook.added widened output webhook c > POST",
            "webhook.added widened output webhook d > POST",
        ],
    ),
    (
        "a webhook with another name and another body",
        hooks(a=S),
        hooks(b={"type": "integer"}),
        [
            "webhook.removed narrowed output webhook a > POST",
            "webhook.added widened output webhook b > POST",
        ],
    ),
]
