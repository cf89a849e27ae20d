"""The JSON Schema of the report JSON, generated from the types that are written.

`schemas/report-1.json` is this schema, committed; a test tells when it is not current. The version only ever gains keys, and
readers of the schema ignore those that they do not know, so objects are left open.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from inspect import cleandoc, getdoc
from types import NoneType
from typing import Any, cast, get_args, get_origin

from contractguard.model.report import Report
from contractguard.model.values import JsonValue, Unset
from contractguard.reporting.codec import AnyJson, alternatives, field_types, is_enum
from contractguard.reporting.report_json import SCHEMA_VERSION
from contractguard.reporting.schema_texts import TEXTS

SCHEMA_ID = f"urn:contractguard:schema:report-{SCHEMA_VERSION}"


def report_schema() -> dict[str, JsonValue]:
    """The JSON Schema (2020-12) that every rendered report is valid against."""
    definitions: dict[str, JsonValue] = {}
    root = _object(Report, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"contractguard report, version {SCHEMA_VERSION}",
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _object(model: type, definitions: dict[str, JsonValue]) -> dict[str, JsonValue]:
    hints = field_types(model)
    properties: dict[str, JsonValue] = {}
    for name, annotation in hints.items():
        schema = _schema(annotation, definitions)
        if name == "schema_version":
            schema = {"const": SCHEMA_VERSION}
        text = TEXTS[model.__name__].get(name)
        properties[name] = {**schema, "description": text} if text else cast("JsonValue", schema)
    required: list[JsonValue] = [name for name, annotation in hints.items() if Unset not in alternatives(annotation)]
    return {"type": "object", "description": _summary(model), "properties": properties, "required": required}


def _schema(annotation: Any, definitions: dict[str, JsonValue]) -> dict[str, JsonValue]:  # noqa: ANN401 - an annotation is any object
    options = alternatives(annotation)
    (kind,) = (option for option in options if option not in {NoneType, Unset})
    if NoneType not in options:
        return _single(kind, definitions)
    inner = _single(kind, definitions)
    if isinstance(inner.get("type"), str):
        return {"type": [inner["type"], "null"]}
    return {"anyOf": [inner, {"type": "null"}]}


def _single(kind: Any, definitions: dict[str, JsonValue]) -> dict[str, JsonValue]:  # noqa: ANN401 - an annotation is any object
    if kind is AnyJson:
        return {}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], definitions)}
    if is_enum(kind):
        values: list[JsonValue] = [str(member) for member in kind]
        definitions.setdefault(kind.__name__, {"description": _summary(kind), "enum": values})
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if is_dataclass(kind):
        model = cast("type", kind)
        if model.__name__ not in definitions:
            definitions[model.__name__] = None  # keeps a type that contains itself from being described for ever
            definitions[model.__name__] = _object(model, definitions)
        return {"$ref": f"#/$defs/{model.__name__}"}
    return {"type": {str: "string", int: "integer"}[kind]}


def _summary(model: type) -> str:
    return " ".join(cleandoc(getdoc(model) or "").split("\n\n", maxsplit=1)[0].split())
