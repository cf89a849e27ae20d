from __future__ import annotations

import pytest
from openapi_memory import MemoryDocuments, read_files, read_operation, read_text

from contractguard.errors import UnreadableError
from contractguard.formats.openapi import read
from contractguard.model.openapi import ParameterLocation


def test_shared_definitions_are_named_and_read_once() -> None:
    api = read_text(
        """
        openapi: 3.1.0
        paths:
          /a: {get: &use {parameters: [{$ref: '#/components/parameters/limit'}],
                          requestBody: {$ref: '#/components/requestBodies/order'},
                          responses: {404: {$ref: '#/components/responses/missing'}}}}
          /b: {get: *use}
        components:
          parameters: {limit: {name: limit, in: query, schema: {type: integer}}}
          requestBodies: {order: {content: {application/json: {schema: {}}}}}
          responses:
            missing:
              headers: {X-A: {$ref: '#/components/headers/a'}, X-B: {schema: {}}}
              content: {application/json: {schema: {}}}
          headers: {a: {schema: {type: string}}}
        """
    ).api
    first, second = api.operations
    limit = first.parameters[ParameterLocation.QUERY, "limit"]
    assert (limit.component, limit.node.pointer) == ("components/parameters/limit", "/components/parameters/limit")
    assert second.parameters[ParameterLocation.QUERY, "limit"] is limit
    assert first.body is not None
    assert first.body.component == first.body.content["application/json"].component == "components/requestBodies/order"
    missing = first.responses["404"]
    assert second.responses["404"] is missing
    assert missing.component == missing.content["application/json"].component == "components/responses/missing"
    assert (missing.headers["x-a"].component, missing.headers["x-b"].component) == (
        "components/headers/a",
        "components/responses/missing",
    )


def test_one_definition_answers_two_codes() -> None:
    operation = read_operation(
        "openapi: 3.1.0\n"
        "paths: {/a: {get: {responses: {400: {$ref: '#/components/responses/e'}, 404: {$ref: '#/components/responses/e'}}}}}\n"
        "components: {responses: {e: {description: error}}}"
    )
    assert [response.status for response in operation.responses.values()] == ["400", "404"]


def test_references_lead_through_other_files() -> None:
    contract = read_files(
        {
            "apis/api.yaml": """
                openapi: 3.1.0
                paths:
                  /orders/{id}: {$ref: paths/one%20order.yaml}
                """,
            "apis/paths/one order.yaml": """
                get:
                  parameters:
                    - {$ref: ../parameters/limit.yaml}
                    - {$ref: '../../common.yaml#/parameters/a~1b'}
                    - {name: inline, in: query}
                  responses: {$ref: '../responses.yaml#/get%20it'}
                delete: {$ref: ../delete.yaml}
                """,
            "apis/parameters/limit.yaml": "{name: limit, in: query}",
            "common.yaml": "parameters: {a/b: {$ref: '#/real'}}\nreal: {name: shared, in: query}",
            "apis/responses.yaml": "get it: {200: {description: ok}}",
            "apis/delete.yaml": "{operationId: remove}",
        },
        "apis/api.yaml",
    )
    get, delete = contract.api.operations
    assert {name: parameter.component for (_, name), parameter in get.parameters.items()} == {
        "limit": "parameters/limit.yaml",
        "shared": "../common.yaml#/real",
        "inline": None,
    }
    assert (get.path, get.node.path, list(get.responses)) == ("/orders/{id}", "apis/paths/one order.yaml", ["200"])
    assert (delete.operation_id, delete.node.key) == ("remove", ("apis/delete.yaml", ""))


def test_what_stands_beside_a_reference() -> None:
    """OpenAPI 3.1.1, "Reference Object": summary and description replace, the rest is ignored, but not lost in silence."""
    api = read_text(
        """
        openapi: 3.1.0
        paths:
          /a: {get: {parameters: [{$ref: '#/components/parameters/limit', description: here, required: true, x-a: 1}]}}
          /b: {get: {parameters: [{$ref: '#/components/parameters/limit'}]}}
        components: {parameters: {limit: {name: limit, in: query, description: there}}}
        """
    ).api
    beside, plain = (next(iter(operation.parameters.values())) for operation in api.operations)
    assert beside.documentation["description"].value == "here"
    assert (beside.required, set(beside.unread), set(beside.extensions)) == (False, {"$ref/required"}, {"x-a"})
    assert plain.documentation["description"].value == "there"
    assert not plain.unread


def test_fields_beside_the_reference_of_a_path_item_add_to_it() -> None:
    api = read_text(
        """
        openapi: 3.1.0
        paths:
          /a: {$ref: '#/components/pathItems/a', summary: here, post: {operationId: own}, delete: {}}
        components: {pathItems: {a: {get: {}, post: {operationId: shared}}}}
        """
    ).api
    assert [(operation.method, operation.operation_id) for operation in api.operations] == [
        ("GET", None),
        ("POST", "own"),
        ("DELETE", None),
    ]
    assert all(set(operation.documentation) == {"../summary"} for operation in api.operations)


@pytest.mark.parametrize(
    "circle",
    [
        "a: {$ref: '#/components/parameters/a'}",
        "a: {$ref: '#/components/parameters/b'}, b: {$ref: '#/components/parameters/a'}",
    ],
)
def test_circles_of_references_are_refused(circle: str) -> None:
    text = (
        "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '#/components/parameters/a'}]}}}\n"
        f"components: {{parameters: {{{circle}}}}}"
    )
    documents = MemoryDocuments({"api.yaml": text})
    with pytest.raises(UnreadableError, match="leads back to itself"):
        read(documents, "api.yaml", None)  # type: ignore[arg-type]
    assert documents.asked == [("api.yaml", "/paths/~1a/get/parameters/0")]


def test_a_reference_to_nothing_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="leads nowhere"):
        read_text("openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {$ref: '#/components/responses/x'}}}}}")


def test_a_reference_into_another_operation_has_no_shared_name() -> None:
    api = read_text(
        "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{name: a, in: query}]}}, "
        "/b: {get: {parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]}}}"
    ).api
    assert [parameter.component for one in api.operations for parameter in one.parameters.values()] == [None, None]
