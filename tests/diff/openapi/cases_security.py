"""Security schemes and requirements: pairs, each with exactly what differs."""

from __future__ import annotations

from typing import Any

from openapi_pairs import Case, api, op, operation

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


AT = {"authorizationUrl": "/a", "scopes": {"r": "R"}}


def oauth(**flows: Any) -> Any:
    """A scheme of OAuth 2."""
    return {"type": "oauth2", "flows": flows}


def schemes(**named: Any) -> Any:
    """Shared definitions with security schemes."""
    return {"securitySchemes": named}


def secured(security: Any, **schemes: Any) -> Any:
    """One operation with security, and the schemes of its description."""
    return api(operation(security=security), components={"securitySchemes": schemes} if schemes else {})


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
        ["security.alternatives-changed none input GET /orders > security"],
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
    (
        "an alternative where anybody is let in",
        secured([{}]),
        secured([{"a": []}, {}]),
        ["security.alternatives-changed none input GET /orders > security"],
    ),
    (
        "an alternative of the root where anybody is let in",
        api(operation(), security=[{}]),
        api(operation(), security=[{}, {"a": []}]),
        ["security.alternatives-changed none input security"],
    ),
    (
        "a scheme with another name whose scopes are explained otherwise",
        secured([{"a": ["r"]}], a=oauth(implicit=AT)),
        secured([{"b": ["r"]}], b=oauth(implicit={**AT, "scopes": {"r": "read"}})),
        ["documentation.changed none input components/securitySchemes/b"],
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
        [],
    ),
    (
        "two like schemes with other names, each asked for by its own operation",
        api(
            {"/a": {"get": {"security": [{"a": []}]}, "put": {"security": [{"b": []}]}}},
            components=schemes(a=KEY, b=KEY),
        ),
        api(
            {"/a": {"get": {"security": [{"c": []}]}, "put": {"security": [{"d": []}]}}},
            components=schemes(c=KEY, d=KEY),
        ),
        [],
    ),
    (
        "a scheme with another name and another description",
        secured([{"a": []}], a=KEY),
        secured([{"b": []}], b={**KEY, "description": "d"}),
        ["documentation.changed none input components/securitySchemes/b"],
    ),
    (
        "a scheme with another name, asked for by the old one somewhere",
        api(
            {"/a": {"get": {"security": [{"a": []}]}, "put": {"security": [{"a": []}]}}},
            components=schemes(a=KEY),
        ),
        api(
            {"/a": {"get": {"security": [{"b": []}]}, "put": {"security": [{"a": []}]}}},
            components=schemes(b=KEY),
        ),
        [
            "security-scheme.removed narrowed input components/securitySchemes/a",
            "security-scheme.added none input components/securitySchemes/b",
            "security.changed incomparable input GET /a > security",
        ],
    ),
    (
        "one scheme where two like ones were",
        secured([{"a": []}], a=KEY, b=KEY),
        secured([{"c": []}], c=KEY),
        ["security-scheme.removed none input components/securitySchemes/b"],
    ),
    ("header names of keys have no case", secured([], a=KEY), secured([], a={**KEY, "name": "x-key"}), []),
    (
        "another header",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}], a={**KEY, "name": "X-Other"}),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "another header of a scheme that nothing asks for",
        secured([], a=KEY),
        secured([], a={**KEY, "name": "X-Other"}),
        ["security-scheme.changed none input components/securitySchemes/a"],
    ),
    (
        "another header of a scheme that is asked for now",
        secured([], a=KEY),
        secured([{"a": []}], a={**KEY, "name": "X-Other"}),
        [
            "security-scheme.changed none input components/securitySchemes/a",
            "security.tightened narrowed input GET /orders > security",
        ],
    ),
    (
        "another type",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}], a={"type": "http", "scheme": "basic"}),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "a field of another type says nothing",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}], a={**KEY, "scheme": "basic"}),
        [],
    ),
    (
        "a field that nobody knows",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}], a={**KEY, "color": "red"}),
        ["unjudged.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "a deprecated scheme",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}], a={**KEY, "deprecated": True}),
        ["deprecation.added none input components/securitySchemes/a"],
    ),
    (
        "a scheme that is still asked for is gone",
        secured([{"a": []}], a=KEY),
        secured([{"a": []}]),
        ["security-scheme.removed narrowed input components/securitySchemes/a"],
    ),
    (
        "a scheme by its place",
        secured([{"a": []}], a=KEY),
        secured([{"#/components/securitySchemes/a": []}], a=KEY),
        [],
    ),
    (
        "a flow",
        secured([{"a": []}], a=oauth(implicit={"authorizationUrl": "/a", "scopes": {}})),
        secured(
            [{"a": []}],
            a=oauth(implicit={"authorizationUrl": "/a", "scopes": {}}, password={"tokenUrl": "/t", "scopes": {}}),
        ),
        ["metadata.changed none input components/securitySchemes/a"],
    ),
    (
        "a flow gone, with all that it says",
        secured([{"a": []}], a=oauth(implicit=AT, password={"tokenUrl": "/t", "scopes": {"r": "R"}})),
        secured([{"a": []}], a=oauth(implicit=AT)),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "an empty flow gone",
        secured([{"a": []}], a=oauth(implicit=AT, password={})),
        secured([{"a": []}], a=oauth(implicit=AT)),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "tokens refreshed where they come from",
        secured([{"a": []}], a=oauth(password={"tokenUrl": "/t", "scopes": {}})),
        secured([{"a": []}], a=oauth(password={"tokenUrl": "/t", "refreshUrl": "/t", "scopes": {}})),
        [],
    ),
    (
        "tokens refreshed elsewhere",
        secured([{"a": []}], a=oauth(password={"tokenUrl": "/t", "refreshUrl": "/r", "scopes": {}})),
        secured([{"a": []}], a=oauth(password={"tokenUrl": "/t", "refreshUrl": "/s", "scopes": {}})),
        ["security-scheme.changed incomparable input components/securitySchemes/a"],
    ),
    (
        "a scope that only one of two flows offers now",
        secured([{"a": ["r"]}], a=oauth(implicit=AT, password={"tokenUrl": "/t", "scopes": {"r": "R"}})),
        secured([{"a": ["r"]}], a=oauth(implicit=AT, password={"tokenUrl": "/t", "scopes": {}})),
        ["security-scheme.scope-removed none input components/securitySchemes/a"],
    ),
    (
        "a scope that an operation needs is offered no more",
        secured([{"a": ["r"]}], a=oauth(implicit=AT)),
        secured([{"a": ["r"]}], a=oauth(implicit={**AT, "scopes": {"w": "W"}})),
        [
            "security-scheme.scope-removed narrowed input components/securitySchemes/a",
            "metadata.changed none input components/securitySchemes/a",
        ],
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
        ["security-scheme.scope-removed none input components/securitySchemes/a"],
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
