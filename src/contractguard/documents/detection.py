"""What kind of contract a parsed file is, by its content."""

from __future__ import annotations

import re
from typing import Final

from contractguard.documents.registrations import AVRO, JSON, OPENAPI
from contractguard.model.dialects import STANDARD, Dialects
from contractguard.model.document import ContractKind, Document
from contractguard.model.values import JsonValue

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_META_SCHEMA = re.compile(r"https?://(?:json-schema\.org|spec\.openapis\.org)/")
_TYPES: Final = frozenset({"null", "boolean", "object", "array", "number", "string", "integer"})
_REGISTERED: Final = {AVRO: ContractKind.AVRO, JSON: ContractKind.JSONSCHEMA, OPENAPI: ContractKind.OPENAPI}
_AVRO_PARTS: Final = {"record": "fields", "error": "fields", "enum": "symbols", "fixed": "size"}
_DEFINITIONS_ONLY: Final = frozenset(
    {"$schema", "$id", "id", "$defs", "definitions", "title", "description", "$comment", "$vocabulary", "$anchor"}
)


def detect(value: JsonValue, path: str, *, named: bool = False, dialects: Dialects = STANDARD) -> ContractKind | None:
    """The kind of a contract, None for anything else.

    OpenAPI: `openapi` or `swagger` at the top, with a version. Avro: a named type or an array of them, and every `.avsc` file.
    JSON Schema: `$schema` names a meta-schema of json-schema.org or spec.openapis.org, one of `dialects`, or another one and the
    file has the shape of a schema. (A `$schema` that names anything else makes a file an instance of that, such as an editor's
    settings.) Of a file that the user `named`, the shape is enough.
    """
    if path.lower().endswith(".avsc"):
        return ContractKind.AVRO
    if not isinstance(value, dict):
        is_avro = isinstance(value, list) and bool(value) and all(_is_named_avro(item) for item in value)
        return ContractKind.AVRO if is_avro else None
    if any(_is_version(value.get(name)) for name in ("openapi", "swagger")):
        return ContractKind.OPENAPI
    schema = value.get("$schema")
    if isinstance(schema, str) and (
        _META_SCHEMA.match(schema) or dialects.named(schema) is not None or _has_schema_shape(value)
    ):
        return ContractKind.JSONSCHEMA
    if _is_named_avro(value):
        return ContractKind.AVRO
    return ContractKind.JSONSCHEMA if named and _has_schema_shape(value) else None


def detect_document(document: Document, *, named: bool = False, dialects: Dialects = STANDARD) -> ContractKind | None:
    """The kind of a contract, as `detect` says; of a schema from a registry, as the registry says.

    None for what a registry has deleted.
    """
    if document.registration is not None and document.registration.deleted:
        return None
    if document.registration is not None:
        return _REGISTERED[document.registration.type]
    return detect(document.value, document.path, named=named, dialects=dialects)


def stands_alone(value: JsonValue, kind: ContractKind, *, reached_whole: bool) -> bool:
    """Whether a contract that another one refers to promises something of its own, which the other's comparison would miss.

    An OpenAPI description does with paths or webhooks. A JSON Schema of which only parts are referred to does, unless it holds
    nothing but definitions.
    """
    if not isinstance(value, dict):
        return False
    if kind is ContractKind.OPENAPI:
        return bool(value.get("paths") or value.get("webhooks"))
    return kind is ContractKind.JSONSCHEMA and not reached_whole and not value.keys() <= _DEFINITIONS_ONLY


def _is_version(value: JsonValue) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and _VERSION.match(value) is not None)


def _is_named_avro(value: JsonValue) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    return (
        isinstance(kind, str)
        and kind in _AVRO_PARTS
        and isinstance(value.get("name"), str)
        and _AVRO_PARTS[kind] in value
    )


def _has_schema_shape(value: dict[str, JsonValue]) -> bool:
    kind = value.get("type")
    types = kind if isinstance(kind, list) else [kind]
    if kind and all(isinstance(item, str) and item in _TYPES for item in types):
        return True
    if any(_lists_schemas(value.get(name)) for name in ("allOf", "anyOf", "oneOf")):
        return True
    return any(_holds_schemas(value.get(name)) for name in ("properties", "$defs", "definitions"))


def _lists_schemas(value: JsonValue) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict | bool) for item in value)


def _holds_schemas(value: JsonValue) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(item, dict | bool) for item in value.values())
