"""Where a change is told: at the key that a reader should look at, and once for each cause."""

from __future__ import annotations

import pytest
from openapi_pairs import changes_between

from contractguard.model.change import Change, OperationUse

SHARED = """
openapi: 3.1.0
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/limit'}, {$ref: '#/components/parameters/page'}],
             requestBody: {$ref: '#/components/requestBodies/order'},
             responses: {200: {$ref: '#/components/responses/ok'}, 404: {$ref: '#/components/responses/missing'}}}}
  /b: {get: {parameters: [{$ref: '#/components/parameters/page'}, {$ref: '#/components/parameters/limit'}],
             requestBody: {$ref: '#/components/requestBodies/order'},
             responses: {200: {$ref: '#/components/responses/ok'}, 404: {$ref: '#/components/responses/missing'}}}}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
    page: {name: page, in: query, schema: {type: integer}}
  requestBodies: {order: {content: {application/json: {schema: {type: object}}}}}
  responses:
    ok:
      {description: ok, headers: {X-Rate: {$ref: '#/components/headers/rate'}}, content: {application/json: {schema: {}}}}
    missing: {description: missing}
  headers: {rate: {schema: {type: integer}}}
"""


def told(changes: list[Change], kind: str) -> list[tuple[str, str | None, str | None, list[str]]]:
    return [
        (
            change.element,
            change.base.pointer if change.base else None,
            change.head.pointer if change.head else None,
            [use.path for use in change.uses],
        )
        for change in changes
        if change.kind == kind
    ]


def test_two_operations_that_drop_a_shared_parameter_are_one_change_at_the_list_of_the_first() -> None:
    head = SHARED.replace("{$ref: '#/components/parameters/limit'}, ", "").replace(
        ", {$ref: '#/components/parameters/limit'}", ""
    )
    assert told(changes_between(SHARED, head), "parameter.removed") == [
        ("components/parameters/limit", "/paths/~1a/get/parameters/0", None, ["/a", "/b"])
    ]
    assert told(changes_between(head, SHARED), "parameter.added") == [
        ("components/parameters/limit", None, "/paths/~1a/get/parameters/0", ["/a", "/b"])
    ]


def test_two_operations_that_drop_a_shared_response_are_two_changes() -> None:
    head = SHARED.replace(", 404: {$ref: '#/components/responses/missing'}", "")
    assert told(changes_between(SHARED, head), "response.removed") == [
        ("GET /a > response 404", "/paths/~1a/get/responses/404", None, ["/a"]),
        ("GET /b > response 404", "/paths/~1b/get/responses/404", None, ["/b"]),
    ]
    assert [row[2] for row in told(changes_between(head, SHARED), "response.added")] == [
        "/paths/~1a/get/responses/404",
        "/paths/~1b/get/responses/404",
    ]


def test_two_operations_that_drop_a_shared_body_are_two_changes() -> None:
    head = SHARED.replace("requestBody: {$ref: '#/components/requestBodies/order'},", "")
    assert told(changes_between(SHARED, head), "body.removed") == [
        ("GET /a > request", "/paths/~1a/get/requestBody", None, ["/a"]),
        ("GET /b > request", "/paths/~1b/get/requestBody", None, ["/b"]),
    ]


def test_a_header_dropped_from_a_shared_response_is_one_change_of_that_response() -> None:
    head = SHARED.replace("headers: {X-Rate: {$ref: '#/components/headers/rate'}}, ", "")
    assert told(changes_between(SHARED, head), "header.removed") == [
        ("components/responses/ok > header x-rate", "/components/responses/ok/headers/X-Rate", None, ["/a", "/b"])
    ]


def test_a_shared_definition_that_changed_is_one_change_with_all_its_operations() -> None:
    head = SHARED.replace("{name: limit, in: query, schema", "{name: limit, in: query, required: true, schema")
    assert told(changes_between(SHARED, head), "parameter.became-required") == [
        (
            "components/parameters/limit",
            "/components/parameters/limit",
            "/components/parameters/limit/required",
            ["/a", "/b"],
        )
    ]


def test_a_parameter_of_the_path_is_told_once_for_its_operations() -> None:
    base = "openapi: 3.1.0\npaths: {/a: {parameters: [{name: q, in: query}], get: {}, post: {}}}"
    head = "openapi: 3.1.0\npaths: {/a: {get: {}, post: {}}}"
    (change,) = changes_between(base, head)
    assert change.base is not None
    assert (change.kind, change.base.pointer) == ("parameter.removed", "/paths/~1a/parameters/0")
    assert [use.method for use in change.uses] == ["GET", "POST"]


@pytest.mark.parametrize("group", ["paths", "webhooks"])
def test_an_operation_kept_in_another_file_is_told_at_its_method(group: str) -> None:
    base = {"api.yaml": f"openapi: 3.1.0\n{group}: {{/a: {{get: {{$ref: get.yaml}}}}}}", "get.yaml": "{operationId: a}"}
    head = {"api.yaml": f"openapi: 3.1.0\n{group}: {{}}"}
    (removed,) = changes_between(base, head)
    (added,) = changes_between(head, base)
    assert removed.base is not None
    assert added.head is not None
    assert removed.base.key == added.head.key == ("api.yaml", f"/{group}/~1a/get")
    assert (removed.head, added.base) == (None, None)
    assert removed.uses == added.uses == (OperationUse("GET", "/a"),)


def test_a_field_of_a_form_is_told_at_its_parameter() -> None:
    def side(*fields: str, shared: str = "type: string") -> str:
        path = f"parameters: [{{$ref: '#/parameters/s'}}], post: {{parameters: [{', '.join(fields)}]}}"
        return f"swagger: '2.0'\npaths: {{/a: {{{path}}}}}\nparameters: {{s: {{name: s, in: formData, {shared}}}}}"

    query, field = "{name: q, in: query, type: string}", "{name: a, in: formData, type: string"
    required = changes_between(side(f"{field}}}"), side(query, f"{field}, required: true}}"))
    form = "POST /a > request > application/x-www-form-urlencoded > a"
    assert told(required, "property.became-required") == [
        (form, "/paths/~1a/post/parameters/0", "/paths/~1a/post/parameters/1/required", ["/a"])
    ]
    longer = changes_between(side(f"{field}}}"), side(query, f"{field}, maxLength: 9}}", shared="type: integer"))
    assert told(longer, "bound.tightened") == [
        (form, "/paths/~1a/post/parameters/0", "/paths/~1a/post/parameters/1/maxLength", ["/a"])
    ]
    assert [row[1:3] for row in told(longer, "type.changed")] == [("/parameters/s/type", "/parameters/s/type")]
    added = changes_between(side(), side(query, f"{field}}}"))
    assert [row[2] for row in told(added, "property.added")] == ["/paths/~1a/post/parameters/1"]
    listed = "{name: a, in: formData, type: array, items: {type: string}"
    written = changes_between(side(f"{listed}}}"), side(query, f"{listed}, collectionFormat: multi}}"))
    assert [row[2] for row in told(written, "encoding.changed")] == ["/paths/~1a/post/parameters/1/collectionFormat"]


REFACTORINGS = {
    "a parameter moves from the path to the operation": (
        "paths: {/a: {parameters: [{name: q, in: query, schema: {type: string}}], get: {}}}",
        "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}]}}}",
    ),
    "a parameter becomes shared": (
        "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}]}}}",
        (
            "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/q'}]}}}\n"
            "components: {parameters: {q: {name: q, in: query, schema: {type: string}}}}"
        ),
    ),
    "a body becomes shared": (
        "paths: {/a: {post: {requestBody: {content: {a/b: {schema: {type: string}}}}}}}",
        (
            "paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/q'}}}}\n"
            "components: {requestBodies: {q: {content: {a/b: {schema: {type: string}}}}}}"
        ),
    ),
    "a response becomes shared": (
        "paths: {/a: {get: {responses: {200: {description: ok, headers: {X-A: {schema: {type: string}}}}}}}}",
        (
            "paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/ok'}}}}}\n"
            "components: {responses: {ok: {description: ok, headers: {x-a: {$ref: '#/components/headers/a'}}}}, "
            "headers: {a: {schema: {type: string}}}}"
        ),
    ),
    "a path item is shared": (
        "paths: {/a: {get: {operationId: a}}}",
        "paths: {/a: {$ref: '#/components/pathItems/a'}}\ncomponents: {pathItems: {a: {get: {operationId: a}}}}",
    ),
    "security moves to the root": (
        "paths: {/a: {get: {security: [{key: []}]}}}",
        "security: [{key: []}]\npaths: {/a: {get: {}}}",
    ),
    "defaults are written out": (
        "paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: array}}]}}}",
        (
            "paths: {/a: {get: {deprecated: false, parameters: [{name: q, in: query, required: false, style: form, "
            "explode: true, allowReserved: false, schema: {type: array}}]}}}"
        ),
    ),
    "names without case and parameters without order": (
        (
            "paths: {/a: {get: {parameters: [{name: X-A, in: header}], responses: {200: {content: {text/csv; header=present; "
            "charset=UTF-8: {}, application/json: {}}}}}}}"
        ),
        (
            "paths: {/a: {get: {parameters: [{name: x-a, in: header}], responses: {200: {content: {Application/JSON: {}, "
            "'text/csv;charset=utf-8;header=present': {}}}}}}}"
        ),
    ),
    "a code is described by its range": (
        "paths: {/a: {get: {responses: {404: {description: no}, 4XX: {description: no}}}}}",
        "paths: {/a: {get: {responses: {4XX: {description: no}}}}}",
    ),
    "a mark has another name": (
        "paths: {/a: {get: {x-deprecated-sunset: 2027-01-01}}}",
        "paths: {/a: {get: {x-sunset: 2027-01-01}}}",
    ),
    "a security scheme has another name": (
        "security: [{a: [r]}]\ncomponents: {securitySchemes: {a: {type: http, scheme: bearer}}}\npaths: {/a: {get: {}}}",
        "security: [{b: [r]}]\ncomponents: {securitySchemes: {b: {type: http, scheme: bearer}}}\npaths: {/a: {get: {}}}",
    ),
}
BINDING_NOBODY = {"documentation.changed", "component.unused-changed"}


@pytest.mark.parametrize("name", REFACTORINGS)
def test_a_refactoring_that_changes_no_call_is_no_change(name: str) -> None:
    before, after = (f"openapi: 3.1.0\n{text}" for text in REFACTORINGS[name])
    for changes in (changes_between(before, after), changes_between(after, before)):
        assert [change.kind for change in changes if change.kind not in BINDING_NOBODY] == []


def test_callbacks_shared_in_many_ways_are_compared_in_short_time() -> None:
    """Forty levels with two ways down each: a walk of all ways would never end."""

    def side(kind: str) -> str:
        levels = {
            f"c{level}": {
                "{$url}": {
                    "post": {"callbacks": {way: {"$ref": f"#/components/callbacks/c{level + 1}"} for way in "ab"}}
                }
            }
            for level in range(40)
        }
        body = {"content": {"a/b": {"schema": {"type": kind}}}}
        levels["c40"] = {"{$url}": {"post": {"requestBody": body}}}
        return (
            "openapi: 3.1.0\npaths: {/a: {post: {callbacks: {a: {$ref: '#/components/callbacks/c0'}}}}}\n"
            f"components: {{callbacks: {levels}}}"
        )

    assert [change.kind for change in changes_between(side("string"), side("integer"))] == ["type.changed"]


def test_from_swagger_to_openapi_3_nothing_changes_for_callers() -> None:
    base = """
        swagger: "2.0"
        host: a.example
        schemes: [https]
        paths:
          /a:
            post:
              parameters:
                - {name: q, in: query, type: string, maxLength: 9}
                - {name: b, in: body, required: true, schema: {type: string}}
              responses: {200: {description: ok, schema: {type: string}}}
        """
    head = """
        openapi: 3.0.4
        servers: [{url: https://a.example/}]
        paths:
          /a:
            post:
              parameters: [{name: q, in: query, schema: {type: string, maxLength: 9}}]
              requestBody: {required: true, content: {application/json: {schema: {type: string}}}}
              responses: {200: {description: ok, content: {application/json: {schema: {type: string}}}}}
        """
    assert changes_between(base, head) == []
