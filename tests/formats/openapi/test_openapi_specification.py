from __future__ import annotations

import pytest
from openapi_memory import MemoryDocuments, read_text

from contractguard.errors import UnreadableError
from contractguard.formats.openapi import read, specification_of
from contractguard.model.document import ContractKind
from contractguard.model.schema import Dialect


@pytest.mark.parametrize(
    ("line", "version", "dialect", "name"),
    [
        ('swagger: "2.0"', "2.0", Dialect.OPENAPI_2_0, "Swagger 2.0"),
        ("swagger: 2.0", "2.0", Dialect.OPENAPI_2_0, "Swagger 2.0"),
        ("openapi: 3.0.4", "3.0.4", Dialect.OPENAPI_3_0, "OpenAPI 3.0.4"),
        ("openapi: 3.1", "3.1", Dialect.OPENAPI_3_1, "OpenAPI 3.1"),
        ("openapi: 3.1.1", "3.1.1", Dialect.OPENAPI_3_1, "OpenAPI 3.1.1"),
        ("openapi: 3.2.0", "3.2.0", Dialect.OPENAPI_3_2, "OpenAPI 3.2.0"),
        ("openapi: 3.0.0-rc1", "3.0.0-rc1", Dialect.OPENAPI_3_0, "OpenAPI 3.0.0-rc1"),
    ],
)
def test_supported_versions(line: str, version: str, dialect: Dialect, name: str) -> None:
    specification = specification_of(MemoryDocuments({"api.yaml": line}), "api.yaml")
    assert (specification.version, specification.dialect) == (version, dialect)
    contract = read_text(line + "\ninfo: {title: Orders, version: 1.4.0}")
    assert (contract.dialect, contract.kind, contract.api.specification) == (name, ContractKind.OPENAPI, version)
    assert contract.title == "Orders"
    assert contract.version is not None
    assert (contract.version.value, contract.version.node.pointer) == ("1.4.0", "/info/version")


@pytest.mark.parametrize(
    ("release", "named", "dialect", "name"),
    [
        ("3.1.0", "https://json-schema.org/draft/2020-12/schema", Dialect.OPENAPI_3_1, "OpenAPI 3.1.0"),
        ("3.1.0", "https://spec.openapis.org/oas/3.1/dialect/base", Dialect.OPENAPI_3_1, "OpenAPI 3.1.0"),
        ("3.2.0", "https://spec.openapis.org/oas/3.1/dialect/base", Dialect.OPENAPI_3_2, "OpenAPI 3.2.0"),
        ("3.2.0", "https://spec.openapis.org/oas/3.2/dialect/2025-09-17", Dialect.OPENAPI_3_2, "OpenAPI 3.2.0"),
        (
            "3.1.0",
            "http://json-schema.org/draft-07/schema#",
            Dialect.DRAFT_07,
            "OpenAPI 3.1.0 with schemas of draft-07",
        ),
        ("3.0.4", "http://json-schema.org/draft-07/schema#", Dialect.OPENAPI_3_0, "OpenAPI 3.0.4"),
    ],
)
def test_a_description_may_name_the_dialect_of_its_schemas(
    release: str, named: str, dialect: Dialect, name: str
) -> None:
    contract = read_text(
        f"openapi: {release}\njsonSchemaDialect: {named}\ncomponents: {{schemas: {{a: {{type: string}}}}}}"
    )
    schema = contract.schemas.read(contract.root.child("components").child("schemas").child("a"))
    assert (schema.dialect, contract.dialect) == (dialect, name)
    assert set(contract.api.unread) == set()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("openapi: 4.0.0", "4.0.0"),
        ('swagger: "1.2"', "1.2"),
        ("swagger: 3.0.0", "3.0.0"),
        ('openapi: "2.0"', "2.0"),
        ("openapi: [3]", "[3]"),
        ("openapi: 3.10.0", "3.10.0"),
    ],
)
def test_unsupported_versions_are_named_with_what_is_supported(text: str, named: str) -> None:
    documents = MemoryDocuments({"api.yaml": text})
    with pytest.raises(UnreadableError, match="is not supported") as caught:
        specification_of(documents, "api.yaml")
    assert named in caught.value.message
    assert "3.2.x" in str(caught.value.remedy)
    assert (caught.value.path, caught.value.line, caught.value.column) == ("api.yaml", 7, 3)


@pytest.mark.parametrize("text", ["info: {title: x}", "[]", "just text"])
def test_what_names_no_version_is_no_description(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        specification_of(MemoryDocuments({"api.yaml": text}), "api.yaml")
    assert "2.0" in str(caught.value.remedy)


WRONG_SHAPES = {
    "paths: [x]": "/paths",
    "paths: {/a: [x]}": "/paths/~1a",
    "paths: {/a: {get: hello}}": "/paths/~1a/get",
    "paths: {/a: {get: {parameters: {a: b}}}}": "/paths/~1a/get/parameters",
    "paths: {/a: {get: {parameters: [x]}}}": "/paths/~1a/get/parameters/0",
    "paths: {/a: {get: {parameters: [{in: query}]}}}": "/paths/~1a/get/parameters/0",
    "paths: {/a: {get: {parameters: [{name: a}]}}}": "/paths/~1a/get/parameters/0",
    "paths: {/a: {get: {parameters: [{name: [a], in: query}]}}}": "/paths/~1a/get/parameters/0/name",
    "paths: {/a: {get: {responses: []}}}": "/paths/~1a/get/responses",
    "paths: {/a: {get: {responses: {200: []}}}}": "/paths/~1a/get/responses/200",
    "paths: {/a: {get: {responses: {200: {headers: []}}}}}": "/paths/~1a/get/responses/200/headers",
    "paths: {/a: {get: {responses: {200: {content: []}}}}}": "/paths/~1a/get/responses/200/content",
    "paths: {/a: {get: {responses: {200: {content: {a/b: []}}}}}}": "/paths/~1a/get/responses/200/content/a~1b",
    "paths: {/a: {post: {requestBody: []}}}": "/paths/~1a/post/requestBody",
    "paths: {/a: {get: {security: {}}}}": "/paths/~1a/get/security",
    "paths: {/a: {get: {security: [{a: read}]}}}": "/paths/~1a/get/security/0/a",
    "paths: {/a: {get: {tags: one}}}": "/paths/~1a/get/tags",
    "paths: {/a: {get: {operationId: {}}}}": "/paths/~1a/get/operationId",
    "paths: {/a: {get: {callbacks: []}}}": "/paths/~1a/get/callbacks",
    "paths: {/a: {servers: {url: /}}}": "/paths/~1a/servers",
    "servers: [x]": "/servers/0",
    "info: []": "/info",
    "components: []": "/components",
    "components: {securitySchemes: []}": "/components/securitySchemes",
    "webhooks: []": "/webhooks",
}


@pytest.mark.parametrize("text", WRONG_SHAPES)
def test_a_value_of_the_wrong_shape_is_an_error_with_its_place(text: str) -> None:
    files = {"api.yaml": f"openapi: 3.1.0\n{text}"}
    documents = MemoryDocuments(files)
    with pytest.raises(UnreadableError) as caught:
        read(documents, "api.yaml", None)  # type: ignore[arg-type]
    assert documents.asked == [("api.yaml", WRONG_SHAPES[text])]
    assert (caught.value.line, caught.value.column) == (7, 3)
    assert caught.value.remedy


@pytest.mark.parametrize("field", ["paths", "components", "servers", "security", "tags", "webhooks", "info"])
def test_an_empty_key_says_nothing(field: str) -> None:
    api = read_text(f"openapi: 3.1.0\n{field}:").api
    assert (api.operations, api.webhooks, len(api.servers)) == ((), (), 1)


def test_nothing_at_the_root_is_lost() -> None:
    api = read_text(
        """
        openapi: 3.2.0
        $self: https://example.com/api
        jsonSchemaDialect: https://example.com/dialect
        externalDocs: {url: https://example.com}
        x-own: 1
        definitions: {}
        tags: [{name: a}]
        components: {x-shared: 1, gadgets: {}}
        paths:
          x-group: 1
          /empty: {description: nothing here, x-owner: me, link: up}
        """
    ).api
    assert set(api.documentation) == {"$self", "externalDocs", "paths/~1empty/description"}
    assert set(api.extensions) == {"x-own", "components/x-shared", "paths/x-group", "paths/~1empty/x-owner"}
    assert set(api.unread) == {"jsonSchemaDialect", "definitions", "components/gadgets", "paths/~1empty/link"}
    assert api.unread["paths/~1empty/link"].pointer == "/paths/~1empty/link"
    assert api.tags is not None
