from __future__ import annotations

import pytest
from openapi_memory import read_files, read_operation, read_text

from contractguard.model.openapi import Operation, ParameterLocation


def one(body: str, version: str = "3.1.0") -> Operation:
    """The operation `GET /orders/{id}` with these fields (flow style YAML)."""
    return read_operation(f"openapi: {version}\npaths: {{'/orders/{{id}}': {{get: {{{body}}}}}}}")


def test_parameters_of_the_path_are_merged_and_those_of_the_operation_win() -> None:
    operation = read_operation(
        """
        openapi: 3.1.0
        paths:
          /orders/{id}:
            parameters:
              - {name: id, in: path, schema: {type: string}}
              - {name: X-Trace, in: header, schema: {type: string}}
              - {name: limit, in: query, schema: {type: integer}}
            get:
              parameters:
                - {name: x-trace, in: header, required: true, schema: {type: string}}
                - {name: limit, in: header, schema: {type: string}}
        """
    )
    assert {key: parameter.node.pointer.split("/")[3] for key, parameter in operation.parameters.items()} == {
        (ParameterLocation.PATH, "id"): "parameters",
        (ParameterLocation.HEADER, "x-trace"): "get",
        (ParameterLocation.QUERY, "limit"): "parameters",
        (ParameterLocation.HEADER, "limit"): "get",
    }
    assert operation.parameters[ParameterLocation.HEADER, "x-trace"].required
    assert operation.parameters[ParameterLocation.PATH, "id"].required, "a parameter of the path always is"


@pytest.mark.parametrize(
    ("parameter", "style", "explode"),
    [
        ("in: query", "form", True),
        ("in: cookie", "form", True),
        ("in: path", "simple", False),
        ("in: header", "simple", False),
        ("in: query, explode: false", "form", False),
        ("in: query, style: spaceDelimited", "spaceDelimited", False),
        ("in: query, style: deepObject, explode: true", "deepObject", True),
        ("in: cookie, style: cookie", "cookie", True),
    ],
)
def test_style_and_explode_have_their_defaults(parameter: str, style: str, explode: bool) -> None:
    (read,) = one(f"parameters: [{{name: id, {parameter}, schema: {{type: array}}}}]").parameters.values()
    assert (read.style, read.explode) == (style, explode)


def test_a_parameter_with_content_has_no_style() -> None:
    (read,) = one("parameters: [{name: q, in: query, content: {application/json: {schema: {}}}}]").parameters.values()
    assert (read.style, read.explode, read.schema, list(read.content)) == (None, None, None, ["application/json"])


def test_headers_that_other_fields_describe_bind_nobody() -> None:
    operation = one("parameters: [{name: Accept, in: header, required: true}, {name: X-A, in: header}]")
    assert list(operation.parameters) == [(ParameterLocation.HEADER, "x-a")]
    assert list(operation.documentation) == ["parameters/accept"]


def test_words_for_true_and_false_are_understood_and_other_values_are_kept_unread() -> None:
    parameters = one(
        "parameters: [{name: a, in: query, required: 'true'}, {name: b, in: query, required: 'False'}, "
        "{name: c, in: query, required: [yes], deprecated: 1}]"
    ).parameters
    a, b, c = (parameters[ParameterLocation.QUERY, name] for name in "abc")
    assert (a.required, b.required, c.required, c.deprecated) == (True, False, False, False)
    assert (list(a.unread), list(b.unread), sorted(c.unread)) == ([], [], ["deprecated", "required"])


def test_parameters_of_unknown_kind_and_repeated_ones_are_kept_unread() -> None:
    operation = one("parameters: [{name: a, in: query}, {name: a, in: query, x: 1}, {name: b, in: cookies}]")
    assert len(operation.parameters) == 1
    assert {name: node.pointer.rsplit("/", 1)[1] for name, node in operation.unread.items()} == {
        "parameters/1": "1",
        "parameters/2": "2",
    }


def test_every_field_lands_in_its_place() -> None:
    operation = one(
        "summary: s, description: d, externalDocs: {url: u}, x-a: 1, consumes: [a/b], operationId: get, tags: [t, 2], "
        "deprecated: true, responses: {200: {description: ok, x-b: 1, schema: {}, summary: s}, x-c: 1, ok: {}, 4xx: {}, "
        "default: {}, 700: {}}"
    )
    assert (operation.operation_id, operation.tags, operation.lifecycle.deprecated) == ("get", ("t", "2"), True)
    assert set(operation.documentation) == {"summary", "description", "externalDocs"}
    assert set(operation.extensions) == {"x-a", "responses/x-c"}
    assert set(operation.unread) == {"consumes", "responses/ok", "responses/700"}
    assert list(operation.responses) == ["200", "4XX", "default"]
    ok = operation.responses["200"]
    assert (set(ok.documentation), set(ok.extensions), set(ok.unread)) == (
        {"description", "summary"},
        {"x-b"},
        {"schema"},
    )


def test_what_the_path_says_is_with_each_operation() -> None:
    api = read_text(
        "openapi: 3.1.0\npaths: {/a: {summary: s, x-b: 1, odd: 1, servers: [{url: /b}], get: {}, post: {servers: [{url: /c}]}}}"
    ).api
    for operation in api.operations:
        assert (list(operation.documentation), list(operation.extensions), list(operation.unread)) == (
            ["../summary"],
            ["../x-b"],
            ["../odd"],
        )
    assert [server.url for operation in api.operations for server in operation.servers] == ["/b", "/c"]


def test_servers_and_security_are_inherited_as_the_same_objects() -> None:
    api = read_text(
        """
        openapi: 3.1.0
        servers: [{url: https://a.example, description: main, variables: {v: {default: x, enum: [x, 8443], odd: 1}}}]
        security: [{key: []}]
        paths:
          /a: {get: {}, post: {security: []}, put: {security: [{}, {oauth: [b, a]}]}}
        webhooks: {created: {post: {}}}
        """
    ).api
    get, post, put = api.operations
    assert get.servers is api.servers
    assert (set(api.servers[0].documentation), set(api.servers[0].unread)) == ({"description"}, set())
    variable = api.servers[0].variables["v"]
    assert variable.values is not None
    assert (variable.name, list(variable.values), variable.default) == ("v", ["x", "8443"], "x")
    assert variable.values["8443"].pointer == "/servers/0/variables/v/enum/1"
    assert set(variable.unread) == {"odd"}
    assert get.security is not None
    assert [one.schemes for one in get.security] == [{"key": frozenset()}]
    assert get.security_node is not None
    assert get.security_node.pointer == "/security"
    assert post.security == ()
    assert put.security is not None
    assert [one.schemes for one in put.security] == [{}, {"oauth": frozenset({"a", "b"})}]
    assert put.security_node is not None
    assert put.security_node.pointer == "/paths/~1a/put/security"
    (webhook,) = api.webhooks
    assert (webhook.path, webhook.method, webhook.security, webhook.servers) == ("created", "POST", None, ())


def test_without_servers_the_base_url_is_a_slash() -> None:
    assert [server.url for server in one("summary: s").servers] == ["/"]


def test_an_empty_list_of_servers_is_none() -> None:
    assert [server.url for server in read_text("openapi: 3.1.0\nservers: []").api.servers] == ["/"]
    assert [server.url for server in one("servers: []").servers] == ["/"]


def test_a_description_may_do_without_paths() -> None:
    api = read_text("openapi: 3.1.0\nwebhooks: {paid: {post: {}}}").api
    assert (api.operations, len(api.webhooks)) == ((), 1)
    assert read_text("openapi: 3.1.0\npaths:").api.operations == ()


def test_extensions_among_the_paths_are_no_paths() -> None:
    api = read_text("openapi: 3.1.0\npaths: {x-owner: {get: {}}, /a: {get: {}}}").api
    assert [operation.path for operation in api.operations] == ["/a"]
    assert set(api.extensions) == {"paths/x-owner"}


def test_a_path_item_of_another_file_keeps_the_path_under_which_it_is_used() -> None:
    files = {
        "api.yaml": "openapi: 3.1.0\nservers: [{url: https://a}]\npaths: {/a: {$ref: items/a.yaml}, /b: {$ref: items/a.yaml}}",
        "items/a.yaml": "servers: [{url: https://b}]\nget: {}\nput: {servers: [{url: https://c}]}",
    }
    operations = read_files(files).api.operations
    assert [(operation.method, operation.path, operation.servers[0].url) for operation in operations] == [
        ("GET", "/a", "https://b"),
        ("PUT", "/a", "https://c"),
        ("GET", "/b", "https://b"),
        ("PUT", "/b", "https://c"),
    ]
    assert operations[0].node.key == ("items/a.yaml", "/get")


def test_further_methods_of_3_2() -> None:
    operations = read_text(
        "openapi: 3.2.0\npaths: {/a: {query: {}, additionalOperations: {COPY: {operationId: copy}}, trace: {}}}"
    ).api.operations
    assert [operation.method for operation in operations] == ["QUERY", "TRACE", "COPY"]
    assert operations[2].node.pointer == "/paths/~1a/additionalOperations/COPY"


def test_streams_and_query_strings_of_3_2() -> None:
    operation = one(
        "parameters: [{name: q, in: querystring, content: {a/b: {schema: {}}}}], "
        "responses: {200: {content: {application/jsonl: {itemSchema: {type: object}, schema: {type: array}}}}}",
        "3.2.0",
    )
    assert list(operation.parameters) == [(ParameterLocation.QUERYSTRING, "q")]
    media_type = operation.responses["200"].content["application/jsonl"]
    assert media_type.item_schema is not None
    assert media_type.item_schema.value == {"type": "object"}
    assert media_type.schema is not None


def test_bodies_headers_and_links() -> None:
    operation = one(
        "requestBody: {required: true, description: d, odd: 1, content: {a/b: {schema: {type: string}, example: x, "
        "encoding: {p: {contentType: c/d}}, odd: 1}}}, responses: {200: {headers: {X-Rate: {required: true, schema: {}}, "
        "Content-Type: {schema: {}}}, links: {next: {operationId: list}}}}"
    )
    assert operation.body is not None
    assert (operation.body.required, set(operation.body.documentation), set(operation.body.unread)) == (
        True,
        {"description"},
        {"odd"},
    )
    media_type = operation.body.content["a/b"]
    assert media_type.schema is not None
    assert media_type.schema.pointer.endswith("/content/a~1b/schema")
    assert media_type.encoding is not None
    assert (set(media_type.documentation), set(media_type.unread)) == ({"example"}, {"odd"})
    response = operation.responses["200"]
    (header,) = response.headers.values()
    assert (list(response.headers), header.name, header.location, header.required) == (["x-rate"], "X-Rate", None, True)
    assert (header.style, header.explode) == ("simple", False)
    assert list(response.links) == ["next"]


def test_callbacks_hold_operations() -> None:
    operation = read_operation(
        """
        openapi: 3.1.0
        security: [{key: []}]
        paths:
          /orders:
            post:
              callbacks:
                shipped:
                  x-note: 1
                  '{$request.body#/url}': {post: {operationId: onShipped}}
                cancelled: {$ref: '#/components/callbacks/cancelled'}
        components:
          callbacks: {cancelled: {'{$request.body#/url}': {put: {}}}}
        """
    )
    (shipped,) = operation.callbacks["shipped"]["{$request.body#/url}"]
    assert (shipped.method, shipped.operation_id, shipped.security, shipped.servers) == ("POST", "onShipped", None, ())
    assert [one.method for one in operation.callbacks["cancelled"]["{$request.body#/url}"]] == ["PUT"]
    assert set(operation.extensions) == {"callbacks/shipped/x-note"}
    assert set(operation.callback_nodes) == {"shipped", "cancelled"}


def test_a_call_may_have_its_own_callback_again() -> None:
    (operation,) = read_text(
        """
        openapi: 3.1.0
        paths: {/a: {post: {callbacks: {again: {$ref: '#/components/callbacks/again'}}}}}
        components:
          callbacks: {again: {'{$url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/again'}}}}}}
        """
    ).api.operations
    callback = operation.callbacks["again"]
    (called,) = callback["{$url}"]
    assert called.callbacks["again"] is callback


def test_callbacks_of_callbacks_cost_no_more_than_they_are() -> None:
    """Forty levels with two ways down each: read once a level, not once a way."""
    levels = {
        f"c{level}": {
            "{$url}": {"post": {"callbacks": {way: {"$ref": f"#/components/callbacks/c{level + 1}"} for way in "ab"}}}
        }
        for level in range(40)
    }
    levels["c40"] = {"{$url}": {"post": {}}}
    text = (
        "openapi: 3.1.0\n"
        "paths: {/a: {post: {callbacks: {a: {$ref: '#/components/callbacks/c0'}}}}}\n"
        f"components: {{callbacks: {levels}}}"
    )
    operation = read_operation(text)
    for _ in range(40):
        (operation,) = operation.callbacks["a"]["{$url}"]
    assert set(operation.callbacks) == {"a", "b"}


def test_webhooks_and_their_older_name() -> None:
    for field, version in (("webhooks", "3.1.0"), ("x-webhooks", "3.0.3")):
        api = read_text(f"openapi: {version}\n{field}: {{order-created: {{post: {{operationId: created}}}}}}").api
        assert [(one.path, one.method, one.operation_id) for one in api.webhooks] == [
            ("order-created", "POST", "created")
        ]
        assert not api.extensions
    both = read_text("openapi: 3.1.0\nwebhooks: {}\nx-webhooks: {a: {post: {}}}").api
    assert (both.webhooks, set(both.extensions)) == ((), {"x-webhooks"})


LIFECYCLES = [
    ("x-sunset: 2026-01-31", ("2026-01-31", None, None), {"x-sunset"}),
    ("x-deprecated-sunset: 2026-01-31", ("2026-01-31", None, None), {"x-sunset"}),
    ("x-github: {removalDate: 2026-01-31}", ("2026-01-31", None, None), {"x-sunset"}),
    ("x-github: {removalDate: 2026-01-31, category: a}", ("2026-01-31", None, None), {"x-sunset", "x-github"}),
    ("x-ms-deprecation: {removalDate: 2026-01-31}", ("2026-01-31", None, None), {"x-sunset"}),
    ("x-sunset: a, x-deprecated-sunset: b", ("a (x-sunset), b (x-deprecated-sunset)", None, None), {"x-sunset"}),
    ("x-sunset: a, x-deprecated-sunset: a", ("a", None, None), {"x-sunset"}),
    ("x-sunset: 7", (None, None, None), {"x-sunset"}),
    ("x-replaced-by: /v2/orders", (None, "/v2/orders", None), {"x-replaced-by"}),
    ("x-replacement: /v2/orders", (None, "/v2/orders", None), {"x-replaced-by"}),
    ("x-stability-level: beta", (None, None, "beta"), {"x-stability-level"}),
    ("x-stability: alpha", (None, None, "alpha"), {"x-stability-level"}),
    ("x-unstable: true", (None, None, "experimental"), {"x-stability-level"}),
    ("x-unstable: false", (None, None, None), {"x-unstable"}),
    ("x-beta: true", (None, None, "beta"), {"x-stability-level"}),
]


@pytest.mark.parametrize(("fields", "marks", "extensions"), LIFECYCLES)
def test_lifecycle_marks_under_all_their_names(
    fields: str, marks: tuple[str | None, ...], extensions: set[str]
) -> None:
    operation = one(fields)
    lifecycle = operation.lifecycle
    assert (lifecycle.sunset, lifecycle.replaced_by, lifecycle.stability) == marks
    assert set(operation.extensions) == extensions
    github = operation.extensions.get("x-github")
    assert github is None or github.value == {"category": "a"}, "the date is told apart from the rest"


def test_a_mark_keeps_its_place() -> None:
    node = one("x-github: {removalDate: 2026-01-31}").extensions["x-sunset"]
    assert node.pointer == "/paths/~1orders~1{id}/get/x-github/removalDate"


def test_security_schemes() -> None:
    contract = read_files(
        {
            "api.yaml": "openapi: 3.1.0\ncomponents: {securitySchemes: {key: {type: apiKey, description: d, x-a: 1}, "
            "oauth: {$ref: 'auth.yaml#/oauth'}}}",
            "auth.yaml": "oauth: {type: oauth2, flows: {}}",
        }
    )
    key, oauth = contract.api.security_schemes.values()
    assert (key.name, key.component, set(key.documentation), set(key.extensions)) == (
        "key",
        "components/securitySchemes/key",
        {"description"},
        {"x-a"},
    )
    assert (oauth.name, oauth.node.path, oauth.value) == ("oauth", "auth.yaml", {"type": "oauth2", "flows": {}})
