from __future__ import annotations

import pytest
from openapi_memory import read_operation, read_text

from contractguard.model.openapi import Operation, ParameterLocation
from contractguard.model.schema import JsonType


def one(body: str, root: str = "") -> Operation:
    """The operation `POST /a` of a Swagger 2.0 description with these fields."""
    return read_operation(f'swagger: "2.0"\n{root}\npaths: {{/a: {{post: {{{body}}}}}}}')


@pytest.mark.parametrize(
    ("root", "urls"),
    [
        ("", ["/"]),
        ("basePath: /v1", ["/v1"]),
        ("host: a.example", ["//a.example/"]),
        ("host: a.example\nbasePath: v1", ["//a.example/v1"]),
        ("host: a.example\nbasePath: /v1\nschemes: [https, http]", ["https://a.example/v1", "http://a.example/v1"]),
    ],
)
def test_host_base_path_and_schemes_are_servers(root: str, urls: list[str]) -> None:
    assert [server.url for server in one("summary: s", root).servers] == urls


def test_an_operation_may_have_schemes_of_its_own() -> None:
    root = "host: a.example\nschemes: [https]"
    assert [server.url for server in one("schemes: [wss]", root).servers] == ["wss://a.example/"]


@pytest.mark.parametrize(
    ("root", "fields", "media_types"),
    [
        ("", "", ["application/json"]),
        ("consumes: [a/b, c/d]", "", ["a/b", "c/d"]),
        ("consumes: [a/b]", "consumes: [e/f], ", ["e/f"]),
        ("consumes: [a/b]", "consumes: [], ", ["application/json"]),
    ],
)
def test_a_body_parameter_is_the_body(root: str, fields: str, media_types: list[str]) -> None:
    operation = one(
        fields
        + "parameters: [{name: order, in: body, required: true, description: d, odd: 1, schema: {type: object}}]",
        root,
    )
    body = operation.body
    assert body is not None
    assert (body.required, list(body.content), set(body.documentation), set(body.unread)) == (
        True,
        media_types,
        {"description"},
        {"odd"},
    )
    assert {media_type.schema.pointer for media_type in body.content.values() if media_type.schema} == {
        "/paths/~1a/post/parameters/0/schema"
    }
    assert not operation.parameters


def test_media_types_point_at_the_list_that_names_them() -> None:
    operation = one(
        "produces: [c/d], parameters: [{name: a, in: body, schema: {}}], responses: {200: {schema: {}}}",
        "consumes: [a/b]",
    )
    assert operation.body is not None
    assert operation.body.content["a/b"].node.pointer == "/consumes/0"
    assert operation.responses["200"].content["c/d"].node.pointer == "/paths/~1a/post/produces/0"


def test_a_shared_response_speaks_what_each_operation_produces() -> None:
    api = read_text(
        """
        swagger: "2.0"
        produces: [a/b]
        paths:
          /a:
            get: &get {responses: {200: {$ref: '#/responses/ok'}}}
            put: {<<: *get, produces: [c/d]}
        responses: {ok: {schema: {type: string}, headers: {X-A: {type: integer, description: d}}, examples: {a/b: x, e/f: y}}}
        """
    ).api
    get, put = (operation.responses["200"] for operation in api.operations)
    assert (list(get.content), list(put.content), get.component) == (["a/b"], ["c/d"], "responses/ok")
    assert (set(get.documentation), set(get.unread)) == ({"examples"}, set())
    assert get.documentation["examples"].value == {"e/f": "y"}
    assert get.content["a/b"].documentation["example"].pointer == "/responses/ok/examples/a~1b"
    assert (set(put.content["c/d"].documentation), set(put.documentation)) == (set(), {"examples"})
    header = get.headers["x-a"]
    assert header.schema is not None
    assert (header.schema.value, header.schema.key) == ({"type": "integer"}, header.node.key)
    assert (set(header.documentation), set(header.unread)) == ({"description"}, set())


def test_what_is_said_of_a_parameter_is_not_said_of_its_schema() -> None:
    operation = one(
        "parameters: [{name: q, in: query, type: string, x-nullable: true, description: d, x-a: 1, odd: 1, pattern: a}]"
    )
    (parameter,) = operation.parameters.values()
    assert parameter.schema is not None
    assert isinstance(parameter.schema.value, dict)
    assert set(parameter.schema.value) == {"name", "in", "type", "pattern", "x-nullable"}
    assert (set(parameter.documentation), set(parameter.unread)) == ({"description"}, {"odd"})
    assert "x-a" in parameter.extensions


def test_a_response_without_schema_has_no_body() -> None:
    assert not one("responses: {204: {description: d}}").responses["204"].content


@pytest.mark.parametrize(
    ("collection_format", "style", "explode"),
    [
        ("", "form", False),
        ("collectionFormat: csv, ", "form", False),
        ("collectionFormat: multi, ", "form", True),
        ("collectionFormat: ssv, ", "spaceDelimited", False),
        ("collectionFormat: pipes, ", "pipeDelimited", False),
        ("collectionFormat: tsv, ", "tabDelimited", False),
    ],
)
def test_collection_formats_are_styles(collection_format: str, style: str, explode: bool) -> None:
    (parameter,) = one(
        f"parameters: [{{name: a, in: query, {collection_format} type: array, items: {{type: string}}}}]"
    ).parameters.values()
    assert (parameter.style, parameter.explode) == (style, explode)


def test_a_parameter_is_its_own_schema() -> None:
    contract = read_text(
        'swagger: "2.0"\npaths: {/a: {get: {parameters: [{name: a, in: query, required: true, type: integer, maximum: 9, '
        "collectionFormat: csv, allowEmptyValue: true}]}}}"
    )
    (parameter,) = contract.api.operations[0].parameters.values()
    assert parameter.schema is not None
    schema = contract.schemas.read(parameter.schema)
    assert (schema.types, schema.maximum is not None, dict(schema.required)) == ({JsonType.INTEGER}, True, {})
    assert (dict(schema.unknown), dict(parameter.unread), parameter.allow_empty_value) == ({}, {}, True)


FORM = """
swagger: "2.0"
consumes: [application/x-www-form-urlencoded]
paths:
  /a:
    parameters:
      - {name: from-path, in: formData, type: string, x-a: 1}
    post:
      parameters:
        - {name: tags, in: formData, type: array, items: {type: string}, collectionFormat: multi, description: d}
        - {$ref: '#/parameters/token'}
        - {name: page, in: query, type: integer}
parameters:
  token: {name: token, in: formData, type: string, required: true}
"""


def test_form_parameters_are_one_object() -> None:
    contract = read_text(FORM)
    (operation,) = contract.api.operations
    assert list(operation.parameters) == [(ParameterLocation.QUERY, "page")]
    body = operation.body
    assert body is not None
    assert (body.required, body.node.pointer) == (True, "/paths/~1a/post/parameters")
    assert (set(body.documentation), set(body.extensions)) == (set(), set())
    media_type = body.content["application/x-www-form-urlencoded"]
    assert media_type.schema is not None
    schema = contract.schemas.read(media_type.schema)
    assert (schema.types, set(schema.properties), set(schema.required)) == (
        {JsonType.OBJECT},
        {"from-path", "tags", "token"},
        {"token"},
    )
    token = contract.schemas.read(schema.properties["token"])
    assert (token.node.pointer, token.types) == ("/parameters/token", {JsonType.STRING})
    assert contract.schemas.read(schema.properties["tags"]).types == {JsonType.ARRAY}
    assert {name: node.pointer for name, node in schema.properties.items()} == {
        "from-path": "/paths/~1a/parameters/0",
        "tags": "/paths/~1a/post/parameters/0",
        "token": "/paths/~1a/post/parameters/1",
    }
    assert schema.required["token"].pointer == "/parameters/token/required"
    assert media_type.encoding is not None
    assert media_type.encoding.value == {"tags": {"style": "form", "explode": True}}


@pytest.mark.parametrize(
    ("kind", "media_type"), [("file", "multipart/form-data"), ("string", "application/x-www-form-urlencoded")]
)
def test_forms_say_how_they_are_sent_where_nothing_else_does(kind: str, media_type: str) -> None:
    operation = one(f"parameters: [{{name: data, in: formData, type: {kind}}}]")
    assert operation.body is not None
    assert list(operation.body.content) == [media_type]


def test_files_are_binary_strings() -> None:
    contract = read_text(
        'swagger: "2.0"\npaths: {/a: {post: {parameters: [{name: data, in: formData, type: file}], '
        "responses: {200: {schema: {type: file}}}}}}"
    )
    (operation,) = contract.api.operations
    assert operation.body is not None
    form = operation.body.content["multipart/form-data"].schema
    answer = operation.responses["200"].content["application/json"].schema
    assert form is not None
    assert answer is not None
    data = contract.schemas.read(contract.schemas.read(form).properties["data"])
    for schema in (data, contract.schemas.read(answer)):
        assert (schema.types, schema.format) == ({JsonType.STRING}, "binary")


def test_security_definitions() -> None:
    api = read_text('swagger: "2.0"\nsecurityDefinitions: {key: {type: apiKey}}\nsecurity: [{key: []}]').api
    assert [(scheme.name, scheme.component) for scheme in api.security_schemes.values()] == [
        ("key", "securityDefinitions/key")
    ]
    assert not api.unread


def test_methods_and_fields_of_later_versions_are_unread() -> None:
    operation = one("requestBody: {}, callbacks: {}, servers: []")
    assert set(operation.unread) == {"requestBody", "callbacks", "servers"}
