"""Every keyword with what reads it, and reading a whole schema object."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.formats.jsonschema.dialects import DOCUMENTATION, IDENTIFICATION, KEYWORDS, PARAMETER_MEMBERS
from contractguard.formats.jsonschema.keywords.of_openapi import discriminator, nullable, xml
from contractguard.formats.jsonschema.keywords.reader import Fields, Read, Reader, WrongShapeError
from contractguard.formats.jsonschema.keywords.shapes import (
    branches,
    count,
    flag,
    schema,
    schema_of_the_rest,
    schemas,
    telling_schema,
    text,
)
from contractguard.formats.jsonschema.keywords.structures import (
    additional_items,
    dependencies,
    dependent_required,
    dependent_schemas,
    items,
    required,
)
from contractguard.formats.jsonschema.keywords.values import (
    bound,
    const,
    default,
    enum,
    exclusive_bound,
    multiple_of,
    types,
)
from contractguard.formats.jsonschema.versions import is_version_mark
from contractguard.model.places import Node
from contractguard.model.schema import Dialect

_WITHOUT_NULLABLE = frozenset({Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
"""Where many still write `nullable`, which is an unknown keyword there and restricts nothing (2020-12 core, 6.5)."""

_READERS: Mapping[str, Read] = {
    "type": types,
    "enum": enum,
    "const": const,
    "nullable": nullable,
    "format": text("format"),
    "minimum": bound("minimum", "minimum", "exclusiveMinimum"),
    "maximum": bound("maximum", "maximum", "exclusiveMaximum"),
    "exclusiveMinimum": exclusive_bound("minimum", upper=False),
    "exclusiveMaximum": exclusive_bound("maximum", upper=True),
    "multipleOf": multiple_of,
    "minLength": count("min_length", silent=0),
    "maxLength": count("max_length"),
    "pattern": text("pattern"),
    "contentEncoding": text("content_encoding"),
    "contentMediaType": text("content_media_type"),
    "contentSchema": schema("content_schema"),
    "prefixItems": branches("prefix_items"),
    "items": items,
    "additionalItems": additional_items,
    "contains": telling_schema("contains"),
    "minContains": count("min_contains"),
    "maxContains": count("max_contains"),
    "minItems": count("min_items", silent=0),
    "maxItems": count("max_items"),
    "uniqueItems": flag("unique_items"),
    "unevaluatedItems": schema_of_the_rest("unevaluated_items", "evaluates_items"),
    "properties": schemas("properties"),
    "patternProperties": schemas("pattern_properties"),
    "additionalProperties": schema_of_the_rest("additional_properties", "evaluates_properties"),
    "unevaluatedProperties": schema_of_the_rest("unevaluated_properties", "evaluates_properties"),
    "propertyNames": schema("property_names"),
    "required": required,
    "minProperties": count("min_properties", silent=0),
    "maxProperties": count("max_properties"),
    "dependencies": dependencies,
    "dependentRequired": dependent_required,
    "dependentSchemas": dependent_schemas,
    "allOf": branches("all_of"),
    "anyOf": branches("any_of"),
    "oneOf": branches("one_of"),
    "not": telling_schema("not_"),
    "if": telling_schema("if_"),
    "then": schema("then"),
    "else": schema("else_"),
    "default": default,
    "deprecated": flag("deprecated"),
    "readOnly": flag("read_only"),
    "writeOnly": flag("write_only"),
    "discriminator": discriminator,
    "xml": xml,
}


def read_keywords(node: Node, dialect: Dialect, *, skip: frozenset[str] = frozenset()) -> Fields:
    """The fields that the keywords of the schema object at `node` give, without `$ref`, folding or normalising across them.

    Documentation, extensions and unknown keywords come as mappings from keyword to node; `origins` maps field to keyword node.
    """
    reader = Reader(node, dialect)
    for name, member in node.members():
        if name not in skip:
            _take(reader, name, member)
    reader.finish()
    return reader.fields


def _is_extension(name: str) -> bool:
    """Whether a keyword is for annotations of one's own: `x-…`, or with the name of its owner before a colon, as registries and
    catalogues write their tags (`confluent:tags`, `meta:enum`). No published vocabulary has keywords with a colon.
    """
    return name.startswith("x-") or name.find(":") > 0


def _take(reader: Reader, name: str, member: Node) -> None:
    """Read one member of the schema object."""
    if name in KEYWORDS[reader.dialect]:
        try:
            _READERS[name](reader, member)
        except WrongShapeError:
            reader.unknown[name] = member
    elif name in DOCUMENTATION:
        reader.documentation[name] = member
    elif name == "x-nullable" and reader.dialect is Dialect.OPENAPI_2_0 and isinstance(member.value, bool):
        nullable(reader, member)  # 2.0 has no null; tools that write the extension mean what `nullable` says in 3.0
    elif _is_extension(name) or (name == "nullable" and reader.dialect in _WITHOUT_NULLABLE):
        reader.extensions[name] = member
    elif name in IDENTIFICATION or is_version_mark(name, member):
        pass
    elif not (reader.dialect is Dialect.OPENAPI_2_0 and name in PARAMETER_MEMBERS):
        reader.unknown[name] = member
