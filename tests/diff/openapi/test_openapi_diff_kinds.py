"""Small pairs argued from the specification: what each difference is, which way it goes, and what it does to the calls."""

from __future__ import annotations

import pytest
from openapi_sides import changes_between

from contractguard.model.change import Change

# Name → (fields of `GET /orders/{id}` in base, in head, what is told), in the flow style of YAML.
OPERATION: dict[str, tuple[str, str, set[str]]] = {
    "required parameter": (
        "",
        "parameters: [{name: a, in: query, required: true, schema: {}}]",
        {"parameter.added narrowed input"},
    ),
    "optional parameter": ("", "parameters: [{name: a, in: query, schema: {}}]", {"parameter.added widened input"}),
    "parameter gone": ("parameters: [{name: a, in: query, schema: {}}]", "", {"parameter.removed none input"}),
    "another place of a parameter": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: header}]",
        {"parameter.removed none input", "parameter.added widened input"},
    ),
    "became required": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, required: true}]",
        {"parameter.became-required narrowed input"},
    ),
    "became optional": (
        "parameters: [{name: a, in: cookie, required: true}]",
        "parameters: [{name: a, in: cookie}]",
        {"parameter.became-optional widened input"},
    ),
    "style": (
        "parameters: [{name: a, in: query, schema: {type: array}}]",
        "parameters: [{name: a, in: query, style: pipeDelimited, explode: true, schema: {type: array}}]",
        {"parameter.serialization-changed incomparable input"},
    ),
    "explode of an array": (
        "parameters: [{name: a, in: query, schema: {type: array}}]",
        "parameters: [{name: a, in: query, explode: false, schema: {type: array}}]",
        {"parameter.serialization-changed incomparable input"},
    ),
    "explode of a single value": (
        "parameters: [{name: a, in: query, schema: {type: string}}]",
        "parameters: [{name: a, in: query, explode: false, schema: {type: string}}]",
        set(),
    ),
    "reserved characters": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, allowReserved: true}]",
        {"parameter.serialization-changed incomparable input"},
    ),
    "content instead of schema": (
        "parameters: [{name: a, in: query, schema: {type: object}}]",
        "parameters: [{name: a, in: query, content: {application/json: {schema: {type: object}}}}]",
        {"parameter.serialization-changed incomparable input"},
    ),
    "empty value allowed": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, allowEmptyValue: true}]",
        {"parameter.empty-value-allowed widened input"},
    ),
    "empty value refused": (
        "parameters: [{name: a, in: query, allowEmptyValue: true}]",
        "parameters: [{name: a, in: query}]",
        {"parameter.empty-value-refused narrowed input"},
    ),
    "schema of a parameter": (
        "parameters: [{name: a, in: query, schema: {type: integer}}]",
        "parameters: [{name: a, in: query, schema: {type: string}}]",
        {"type.changed incomparable input"},
    ),
    "parameter deprecated": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, deprecated: true}]",
        {"deprecation.added none input"},
    ),
    "parameter described": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, description: d}]",
        {"documentation.changed none input"},
    ),
    "unknown field of a parameter": (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, format: d}]",
        {"unjudged.changed incomparable input"},
    ),
    "required body": (
        "",
        "requestBody: {required: true, content: {a/b: {}}}",
        {"body.added narrowed input"},
    ),
    "optional body": ("", "requestBody: {content: {a/b: {}}}", {"body.added widened input"}),
    "no body": ("requestBody: {content: {a/b: {}}}", "", {"body.removed narrowed input"}),
    "body became required": (
        "requestBody: {content: {a/b: {}}}",
        "requestBody: {required: true, content: {a/b: {}}}",
        {"body.became-required narrowed input"},
    ),
    "body became optional": (
        "requestBody: {required: true, content: {a/b: {}}}",
        "requestBody: {required: false, content: {a/b: {}}}",
        {"body.became-optional widened input"},
    ),
    "media type of a request": (
        "requestBody: {content: {a/b: {}}}",
        "requestBody: {content: {c/d: {}}}",
        {"media-type.removed narrowed input", "media-type.added widened input"},
    ),
    "a range takes what its members were": (
        "requestBody: {content: {application/json: {schema: {type: string}}}}",
        "requestBody: {content: {application/*: {schema: {type: string}}}}",
        {"media-type.added widened input"},
    ),
    "a member of a range is what is left": (
        "requestBody: {content: {application/*: {schema: {type: string}}}}",
        "requestBody: {content: {application/json: {schema: {type: string}}}}",
        {"media-type.removed narrowed input"},
    ),
    "schema of a request": (
        "requestBody: {content: {a/b: {schema: {type: integer}}}}",
        "requestBody: {content: {a/b: {schema: {type: number}}}}",
        {"type.changed widened input"},
    ),
    "encoding of a form": (
        "requestBody: {content: {a/b: {schema: {}, encoding: {p: {contentType: a/b}}}}}",
        "requestBody: {content: {a/b: {schema: {}, encoding: {p: {contentType: c/d}}}}}",
        {"encoding.changed incomparable input"},
    ),
    "response added": ("responses: {200: {}}", "responses: {200: {}, 404: {}}", {"response.added widened output"}),
    "response removed": ("responses: {200: {}, 404: {}}", "responses: {200: {}}", {"response.removed narrowed output"}),
    "the default answers": ("responses: {404: {}, default: {}}", "responses: {default: {}}", set()),
    "a range answers": ("responses: {404: {}, 4XX: {}}", "responses: {4XX: {}}", set()),
    "no default any more": (
        "responses: {200: {}, default: {}}",
        "responses: {200: {}}",
        {"response.removed narrowed output"},
    ),
    "media type of a response": (
        "responses: {200: {content: {a/b: {}}}}",
        "responses: {200: {content: {a/b: {}, c/d: {}}}}",
        {"media-type.added widened output"},
    ),
    "schema of a response": (
        "responses: {200: {content: {a/b: {schema: {type: integer}}}}}",
        "responses: {200: {content: {a/b: {schema: {type: number}}}}}",
        {"type.changed widened output"},
    ),
    "schema behind a default": (
        "responses: {default: {content: {a/b: {schema: {type: integer}}}}}",
        "responses: {404: {content: {a/b: {schema: {type: number}}}}, default: {content: {a/b: {schema: {type: integer}}}}}",
        {"type.changed widened output"},
    ),
    "header promised": (
        "responses: {200: {}}",
        "responses: {200: {headers: {A: {required: true}}}}",
        {"header.added narrowed output"},
    ),
    "header possible": (
        "responses: {200: {}}",
        "responses: {200: {headers: {A: {}}}}",
        {"header.added widened output"},
    ),
    "promised header gone": (
        "responses: {200: {headers: {A: {required: true}}}}",
        "responses: {200: {}}",
        {"header.removed widened output"},
    ),
    "possible header gone": (
        "responses: {200: {headers: {A: {}}}}",
        "responses: {200: {}}",
        {"header.removed none output"},
    ),
    "header became required": (
        "responses: {200: {headers: {A: {}}}}",
        "responses: {200: {headers: {a: {required: true}}}}",
        {"header.became-required narrowed output"},
    ),
    "header became optional": (
        "responses: {200: {headers: {A: {required: true}}}}",
        "responses: {200: {headers: {A: {}}}}",
        {"header.became-optional widened output"},
    ),
    "schema of a header": (
        "responses: {200: {headers: {A: {schema: {type: string}}}}}",
        "responses: {200: {headers: {A: {schema: {type: integer}}}}}",
        {"type.changed incomparable output"},
    ),
    "header deprecated": (
        "responses: {200: {headers: {A: {}}}}",
        "responses: {200: {headers: {A: {deprecated: true}}}}",
        {"deprecation.added none output"},
    ),
    "link": (
        "responses: {200: {links: {next: {operationId: a}}}}",
        "responses: {200: {links: {next: {operationId: b}}}}",
        {"link.changed none output"},
    ),
    "operationId": ("operationId: a", "operationId: b", {"operation.id-changed none input"}),
    "tags": ("tags: [a]", "tags: [b]", {"operation.tags-changed none input"}),
    "order of further tags": ("tags: [a, b, c]", "tags: [a, c, b]", set()),
    "deprecated": ("", "deprecated: true", {"deprecation.added none input"}),
    "deprecated no more": ("deprecated: true", "", {"deprecation.removed none input"}),
    "sunset later": ("x-sunset: 2027-01-01", "x-sunset: 2027-02-01", {"sunset.changed none input"}),
    "stability": ("x-stability-level: beta", "x-stability-level: stable", {"stability.changed none input"}),
    "replacement": ("x-replaced-by: /a", "x-replaced-by: /b", {"replacement.changed none input"}),
    "documentation": ("summary: a", "summary: b", {"documentation.changed none input"}),
    "extension": ("x-a: 1", "x-a: 2", {"extension.changed none input"}),
    "unknown field": ("odd: 1", "odd: 2", {"unjudged.changed incomparable input"}),
    "truth and one are not the same": ("odd: 1", "odd: true", {"unjudged.changed incomparable input"}),
    "anybody, then a key": ("", "security: [{key: []}]", {"security.tightened narrowed input"}),
    "a key, then anybody": ("security: [{key: []}]", "security: []", {"security.relaxed widened input"}),
    "a further way in": ("security: [{a: []}]", "security: [{a: []}, {b: []}]", {"security.relaxed widened input"}),
    "a way in gone": ("security: [{a: []}, {b: []}]", "security: [{a: []}]", {"security.tightened narrowed input"}),
    "both instead of one": ("security: [{a: []}]", "security: [{a: [], b: []}]", {"security.tightened narrowed input"}),
    "another way in": ("security: [{a: []}]", "security: [{b: []}]", {"security.changed incomparable input"}),
    "a further scope": ("security: [{a: [r]}]", "security: [{a: [r, w]}]", {"security.tightened narrowed input"}),
    "a scope less": ("security: [{a: [r, w]}]", "security: [{a: [r]}]", {"security.relaxed widened input"}),
    "a way that asks for more besides": ("security: [{a: []}]", "security: [{a: [], b: []}, {a: []}]", set()),
    "order of the ways in": ("security: [{a: []}, {b: []}]", "security: [{b: []}, {a: []}]", set()),
    "a base URL": (
        "servers: [{url: https://a.example}]",
        "servers: [{url: https://b.example}]",
        {"server.removed narrowed input", "server.added widened input"},
    ),
    "callback added": ("", "callbacks: {a: {'{$url}': {post: {}}}}", {"callback.added widened output"}),
    "callback removed": ("callbacks: {a: {'{$url}': {post: {}}}}", "", {"callback.removed narrowed output"}),
    "what a callback sends": (
        "callbacks: {a: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {type: integer}}}}}}}}",
        "callbacks: {a: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {type: number}}}}}}}}",
        {"type.changed widened output"},
    ),
    "what a callback is answered": (
        "callbacks: {a: {'{$url}': {post: {responses: {200: {content: {a/b: {schema: {type: number}}}}}}}}}",
        "callbacks: {a: {'{$url}': {post: {responses: {200: {content: {a/b: {schema: {type: integer}}}}}}}}}",
        {"type.changed narrowed input"},
    ),
}


def said(changes: list[Change]) -> set[str]:
    return {f"{change.kind} {change.effect} {change.direction}" for change in changes}


def side(fields: str) -> str:
    return f"openapi: 3.1.0\npaths: {{'/orders/{{id}}': {{get: {{{fields}}}}}}}"


@pytest.mark.parametrize("name", OPERATION)
def test_a_difference_of_an_operation(name: str) -> None:
    base, head, expected = OPERATION[name]
    assert said(changes_between(side(base), side(head))) == expected


@pytest.mark.parametrize("name", OPERATION)
def test_the_reverse_is_told_where_the_change_is_and_nothing_of_equal_sides(name: str) -> None:
    base, head, expected = OPERATION[name]
    assert bool(changes_between(side(head), side(base))) == bool(expected)
    assert changes_between(side(head), side(head)) == []


DESCRIPTIONS: dict[str, tuple[str, str, set[str]]] = {
    "operation added": ("paths: {/a: {get: {}}}", "paths: {/a: {get: {}, put: {}}}", {"operation.added widened input"}),
    "operation removed": (
        "paths: {/a: {get: {}, put: {}}}",
        "paths: {/a: {get: {}}}",
        {"operation.removed narrowed input"},
    ),
    "webhook added": ("webhooks: {}", "webhooks: {a: {post: {}}}", {"webhook.added widened output"}),
    "webhook removed": ("webhooks: {a: {post: {}}}", "webhooks: {}", {"webhook.removed narrowed output"}),
    "what a webhook sends": (
        "webhooks: {a: {post: {requestBody: {content: {a/b: {schema: {type: integer}}}}}}}",
        "webhooks: {a: {post: {requestBody: {content: {a/b: {schema: {type: number}}}}}}}",
        {"type.changed widened output"},
    ),
    "what a webhook is answered": (
        "webhooks: {a: {post: {responses: {200: {}, 202: {}}}}}",
        "webhooks: {a: {post: {responses: {200: {}}}}}",
        {"response.removed narrowed input"},
    ),
    "renamed parameter of a path": (
        "paths: {'/a/{x}': {get: {parameters: [{name: x, in: path, schema: {type: string}}]}}}",
        "paths: {'/a/{y}': {get: {parameters: [{name: y, in: path, schema: {type: string}}]}}}",
        {"path.parameter-renamed none input"},
    ),
    "renamed parameter with another schema": (
        "paths: {'/a/{x}': {get: {parameters: [{name: x, in: path, schema: {type: string}}]}}}",
        "paths: {'/a/{y}': {get: {parameters: [{name: y, in: path, schema: {type: integer}}]}}}",
        {"path.parameter-renamed none input", "type.changed incomparable input"},
    ),
    "a parameter of the path that was not described": (
        "paths: {'/a/{x}': {get: {}}}",
        "paths: {'/a/{x}': {get: {parameters: [{name: x, in: path, schema: {}}]}}}",
        set(),
    ),
    "a base URL of all": (
        "servers: [{url: https://a.example}]\npaths: {/a: {get: {}}}",
        "servers: [{url: https://b.example}]\npaths: {/a: {get: {}}}",
        {"server.removed narrowed input", "server.added widened input"},
    ),
    "the same base URL": (
        "servers: [{url: https://A.example/v1/}]\npaths: {/a: {get: {}}}",
        "servers: [{url: https://a.example/v1}]\npaths: {/a: {get: {}}}",
        set(),
    ),
    "a key for all": (
        "paths: {/a: {get: {}}}",
        "security: [{k: []}]\npaths: {/a: {get: {}}}",
        {"security.tightened narrowed input"},
    ),
    "another kind of security": (
        "components: {securitySchemes: {k: {type: apiKey, in: query, name: k}}}",
        "components: {securitySchemes: {k: {type: apiKey, in: header, name: k}}}",
        {"security-scheme.changed incomparable input"},
    ),
    "security scheme described": (
        "components: {securitySchemes: {k: {type: apiKey, in: query, name: k}}}",
        "components: {securitySchemes: {k: {type: apiKey, in: query, name: k, description: d}}}",
        {"documentation.changed none input"},
    ),
    "title": ("info: {title: a}", "info: {title: b}", {"metadata.changed none input"}),
    "description": ("info: {description: a}", "info: {description: b}", {"documentation.changed none input"}),
    "version alone": ("info: {version: 1.0.0}", "info: {version: 2.0.0}", set()),
    "unknown field at the root": ("odd: 1", "odd: 2", {"unjudged.changed incomparable input"}),
    "extension of a path": (
        "paths: {/a: {x-a: 1, get: {}, put: {}}}",
        "paths: {/a: {x-a: 2, get: {}, put: {}}}",
        {"extension.changed none input"},
    ),
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_difference_of_a_description(name: str) -> None:
    base, head, expected = DESCRIPTIONS[name]
    changes = changes_between(f"openapi: 3.1.0\n{base}", f"openapi: 3.1.0\n{head}")
    assert said(changes) == expected
    assert len(changes) == len(expected), "each cause is told once"


SWAGGER: dict[str, tuple[str, str, set[str]]] = {
    "base path": (
        "host: a.example\nbasePath: /v1\npaths: {}",
        "host: a.example\nbasePath: /v2\npaths: {}",
        {"server.removed narrowed input", "server.added widened input"},
    ),
    "media type of all requests": (
        "consumes: [a/b, c/d]\npaths: {/a: {post: {parameters: [{name: b, in: body, schema: {}}]}}}",
        "consumes: [a/b]\npaths: {/a: {post: {parameters: [{name: b, in: body, schema: {}}]}}}",
        {"media-type.removed narrowed input"},
    ),
    "media type of all responses": (
        "produces: [a/b]\npaths: {/a: {get: {responses: {200: {schema: {}}}}}}",
        "produces: [a/b, c/d]\npaths: {/a: {get: {responses: {200: {schema: {}}}}}}",
        {"media-type.added widened output"},
    ),
    "form field required": (
        (
            "paths: {/a: {post: {parameters: [{name: a, in: formData, type: string, required: true}, {name: b, in: formData, "
            "type: string}]}}}"
        ),
        (
            "paths: {/a: {post: {parameters: [{name: a, in: formData, type: string, required: true}, {name: b, in: formData, "
            "required: true, type: string}]}}}"
        ),
        {"property.became-required narrowed input"},
    ),
    "collection format": (
        "paths: {/a: {get: {parameters: [{name: a, in: query, type: array, items: {type: string}}]}}}",
        "paths: {/a: {get: {parameters: [{name: a, in: query, type: array, items: {type: string}, collectionFormat: multi}]}}}",
        {"parameter.serialization-changed incomparable input"},
    ),
}


@pytest.mark.parametrize("name", SWAGGER)
def test_a_difference_of_swagger(name: str) -> None:
    base, head, expected = SWAGGER[name]
    assert said(changes_between(f'swagger: "2.0"\n{base}', f'swagger: "2.0"\n{head}')) == expected


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
