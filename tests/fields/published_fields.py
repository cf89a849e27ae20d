"""All fields of all objects of OpenAPI 2.0 to 3.2, taken from the schemas that are published for them.

Those of OpenAPI are carried by openapi-spec-validator, the vocabularies of JSON Schema by jsonschema-specifications, that of the
schemas in 3.1 and 3.2 by openapi-schema-validator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
EXTENSIONS = "x-…"

_ROOTS = {"2.0": "Swagger Object", "3.0": "OpenAPI Object", "3.1": "OpenAPI Object", "3.2": "OpenAPI Object"}
_OBJECTS_2 = {
    "info": "Info Object",
    "contact": "Contact Object",
    "license": "License Object",
    "paths": "Paths Object",
    "definitions": "Definitions Object",
    "parameterDefinitions": "Parameters Definitions Object",
    "responseDefinitions": "Responses Definitions Object",
    "securityDefinitions": "Security Definitions Object",
    "externalDocs": "External Documentation Object",
    "examples": "Example Object",
    "operation": "Operation Object",
    "pathItem": "Path Item Object",
    "responses": "Responses Object",
    "response": "Response Object",
    "headers": "Headers Object",
    "header": "Header Object",
    "bodyParameter": "Parameter Object",
    "headerParameterSubSchema": "Parameter Object",
    "queryParameterSubSchema": "Parameter Object",
    "formDataParameterSubSchema": "Parameter Object",
    "pathParameterSubSchema": "Parameter Object",
    "schema": "Schema Object",
    "fileSchema": "Schema Object",
    "primitivesItems": "Items Object",
    "securityRequirement": "Security Requirement Object",
    "xml": "XML Object",
    "tag": "Tag Object",
    "basicAuthenticationSecurity": "Security Scheme Object",
    "apiKeySecurity": "Security Scheme Object",
    "oauth2ImplicitSecurity": "Security Scheme Object",
    "oauth2PasswordSecurity": "Security Scheme Object",
    "oauth2ApplicationSecurity": "Security Scheme Object",
    "oauth2AccessCodeSecurity": "Security Scheme Object",
    "oauth2Scopes": "Scopes Object",
    "jsonReference": "Reference Object",
}
_OBJECTS_3 = {
    "contact": "Contact Object",
    "info": "Info Object",
    "license": "License Object",
    "server": "Server Object",
    "servervariable": "Server Variable Object",
    "components": "Components Object",
    "paths": "Paths Object",
    "pathitem": "Path Item Object",
    "operation": "Operation Object",
    "externaldocumentation": "External Documentation Object",
    "parameter": "Parameter Object",
    "requestbody": "Request Body Object",
    "mediatype": "Media Type Object",
    "encoding": "Encoding Object",
    "responses": "Responses Object",
    "response": "Response Object",
    "callback": "Callback Object",
    "callbacks": "Callback Object",
    "example": "Example Object",
    "link": "Link Object",
    "header": "Header Object",
    "tag": "Tag Object",
    "reference": "Reference Object",
    "schema": "Schema Object",
    "discriminator": "Discriminator Object",
    "xml": "XML Object",
    "securityscheme": "Security Scheme Object",
    "apikeysecurityscheme": "Security Scheme Object",
    "httpsecurityscheme": "Security Scheme Object",
    "oauth2securityscheme": "Security Scheme Object",
    "openidconnectsecurityscheme": "Security Scheme Object",
    "oauthflows": "OAuth Flows Object",
    "implicitoauthflow": "OAuth Flow Object",
    "passwordoauthflow": "OAuth Flow Object",
    "clientcredentialsflow": "OAuth Flow Object",
    "authorizationcodeoauthflow": "OAuth Flow Object",
    "securityrequirement": "Security Requirement Object",
}
_NO_OBJECTS_2 = frozenset("vendorExtension responseValue nonBodyParameter parameter mimeType".split())
_NO_OBJECTS_3 = frozenset(
    "content parameters specification-extensions examples map-of-strings explode-for-form ExampleXORExamples SchemaXORContent "
    "ParameterLocation".split()
)
"""Parts of the published schemas that stand for no object of their own."""

_BASE_VOCABULARIES = {
    "3.1": "schemas/oas3.1/vocabularies/base",
    "3.2": "schemas/oas3.2/meta/2025-09-17.json",
}
NOT_PUBLISHED = {
    ("3.1", "Link Object", "server"): "OpenAPI 3.1.1, section 4.8.20.1",
    ("3.1", "Path Item Object", "$ref"): "OpenAPI 3.1.1, section 4.8.9.1",
    ("2.0", "Example Object", "{media type}"): "Swagger 2.0, Example Object",
    ("2.0", "Scopes Object", "x-…"): "Swagger 2.0, Scopes Object",
}
"""Fields that the text of the specification has and its schema does not, and where."""


def published_fields() -> dict[str, dict[str, set[str]]]:
    """Version → object → names of its fields. What is free to name (a path, a status) is `{…}`, extensions are `x-…`."""
    found: dict[str, dict[str, set[str]]] = {}
    for version in VERSIONS:
        of_version: dict[str, set[str]] = {}
        for title, field in _fields_of(version):
            named = "{expression}" if (title, field) == ("Callback Object", "{name}") else field
            of_version.setdefault(title, set()).add(named)
        found[version] = of_version
    return found


def _fields_of(version: str) -> Iterator[tuple[str, str]]:
    schema = _read("openapi_spec_validator", f"resources/schemas/v{version}/schema.json")
    for field in _members(schema, schema):
        yield _ROOTS[version], field
    definitions = schema.get("definitions") or schema["$defs"]
    for name, definition in definitions.items():
        title = _title(version, name, definition)
        if title is not None:
            for field in _members(schema, definition):
                yield title, field
    if version in ("3.1", "3.2"):
        yield from _of_schemas(version)
        yield from _of_flows(definitions["oauth-flows"]["$defs"], schema)


def _title(version: str, name: str, definition: Mapping[str, Any]) -> str | None:
    if version == "2.0":
        title = _OBJECTS_2.get(name)
        is_keyword = "$ref" in definition or definition.get("type") in ("string", "array", "boolean", "number")
        assert title or is_keyword or name in _NO_OBJECTS_2, name
        return title
    return (
        None if name.endswith("-or-reference") or name in _NO_OBJECTS_3 else _OBJECTS_3[name.replace("-", "").lower()]
    )


def _members(root: Mapping[str, Any], schema: Any) -> Iterator[str]:
    """The names that a schema speaks of, whatever the condition."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("properties", {})
    for pattern in schema.get("patternProperties", {}):
        words = re.fullmatch(r"\^\(?(?:\?:)?([\w|]+)\)?\$", pattern)
        yield from words[1].split("|") if words else _named(pattern)
    if isinstance(schema.get("additionalProperties"), dict):
        yield "{name}"
    for keyword in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(keyword, ()):
            yield from _members(root, inner)
    for keyword in ("if", "then", "else"):
        yield from _members(root, schema.get(keyword))
    for inner in schema.get("dependentSchemas", {}).values():
        yield from _members(root, inner)
    reference = schema.get("$ref", "")
    if reference.startswith("#/"):
        target: Any = root
        for token in reference[2:].split("/"):
            target = target[token]
        yield from _members(root, target)


def _named(pattern: str) -> tuple[str, ...]:
    """What the names that match a pattern of the published schemas are called here."""
    known = {"^x-": (EXTENSIONS,), r"^\$ref$": ("$ref",), "^/": ("{path}",), r"^\/": ("{path}",)}
    return known.get(pattern, ("{status}", "default") if "default" in pattern else ("{status}",))


def _of_flows(flows: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for flow in flows.values():
        for field in _members(root, flow):
            yield "OAuth Flow Object", field


def _of_schemas(version: str) -> Iterator[tuple[str, str]]:
    """The keywords of JSON Schema 2020-12, and those that OpenAPI adds."""
    names = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
    vocabularies = [_read("jsonschema_specifications", f"schemas/draft202012/vocabularies/{name}") for name in names]
    for schema in (*vocabularies, _read("jsonschema_specifications", "schemas/draft202012/metaschema.json")):
        for keyword in schema["properties"]:
            yield "Schema Object", keyword
    yield "Schema Object", EXTENSIONS
    own = _read("openapi_schema_validator", _BASE_VOCABULARIES[version])
    for keyword in own["properties"]:
        yield "Schema Object", keyword
    for name in ("discriminator", "xml"):
        for field in _members(own, own["$defs"][name]):
            yield _OBJECTS_3[name], field


def _read(package: str, path: str) -> Any:
    return json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))
