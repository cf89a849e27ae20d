"""Parameters, media types and fields of forms, as they are read."""

from __future__ import annotations

import pytest
from openapi_memory import read_operation

from contractguard.model.openapi import MediaType, Parameter, ParameterLocation


def parameter(fields: str, version: str = "3.1.0") -> Parameter:
    """The only parameter of an operation."""
    (found,) = read_operation(
        f"openapi: {version}\npaths: {{/a: {{get: {{parameters: [{{{fields}}}]}}}}}}"
    ).parameters.values()
    return found


def media_type(fields: str) -> MediaType:
    """The only media type of a body."""
    body = read_operation(
        f"openapi: 3.2.0\npaths: {{/a: {{post: {{requestBody: {{content: {{multipart/mixed: {{{fields}}}}}}}}}}}}}"
    ).body
    assert body is not None
    return body.content["multipart/mixed"]


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [("query", "form", True), ("path", "simple", False), ("header", "simple", False), ("cookie", "form", True)],
)
def test_what_is_not_said_has_the_defaults_of_its_location(location: str, style: str, explode: bool) -> None:
    found = parameter(f"name: a, in: {location}, schema: {{}}")
    assert (found.style, found.explode, found.required) == (style, explode, location == "path")


@pytest.mark.parametrize(("style", "explode"), [("form", True), ("cookie", True), ("deepObject", False)])
def test_explode_is_the_default_of_some_styles(style: str, explode: bool) -> None:
    assert parameter(f"name: a, in: query, style: {style}, schema: {{}}").explode is explode


def test_content_has_neither_style_nor_explode() -> None:
    found = parameter("name: a, in: querystring, content: {text/plain: {}}", "3.2.0")
    assert (found.location, found.style, found.explode, list(found.content)) == (
        ParameterLocation.QUERYSTRING,
        None,
        None,
        ["text/plain"],
    )


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_some_headers_are_ignored(name: str) -> None:
    operation = read_operation(
        f"openapi: 3.1.0\npaths: {{/a: {{get: {{parameters: [{{name: {name}, in: header, required: true}}]}}}}}}"
    )
    assert not operation.parameters
    assert list(operation.documentation) == [f"parameters/{name.lower()}"]


def test_encodings_by_position_are_read() -> None:
    found = media_type("itemSchema: {}, prefixEncoding: [{contentType: a/b}], itemEncoding: {contentType: c/d}")
    assert found.prefix_encoding is not None
    assert found.item_encoding is not None
    assert [item.value for item in found.prefix_encoding.items()] == [{"contentType": "a/b"}]
    assert found.item_encoding.value == {"contentType": "c/d"}
    assert not found.unread


@pytest.mark.parametrize(
    ("fields", "encoding"),
    [
        ("type: string", None),
        ("type: string, allowEmptyValue: false", None),
        ("type: string, allowEmptyValue: true", {"allowEmptyValue": True}),
        ("type: array, collectionFormat: csv", {"style": "form", "explode": False}),
        (
            "type: array, collectionFormat: pipes, allowEmptyValue: true",
            {"style": "pipeDelimited", "explode": False, "allowEmptyValue": True},
        ),
    ],
)
def test_how_a_field_of_a_form_is_written(fields: str, encoding: dict[str, object] | None) -> None:
    body = read_operation(
        f'swagger: "2.0"\npaths: {{/a: {{post: {{parameters: [{{name: n, in: formData, {fields}}}]}}}}}}'
    ).body
    assert body is not None
    (content,) = body.content.values()
    assert (None if content.encoding is None else content.encoding.value) == (encoding and {"n": encoding})
