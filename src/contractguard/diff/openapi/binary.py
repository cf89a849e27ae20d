"""Bytes: content that JSON does not describe, however a version of the specification writes it.

Swagger 2.0 has `type: file`; OpenAPI 3.0 `type: string, format: binary`; since 3.1 such content "MAY omit `schema`", or says
no more than its media type (OpenAPI 3.1, section 4.8.14.1 "Considerations for File Uploads"; OpenAPI 3.2, section 4.14.4).
"""

from __future__ import annotations

from contractguard.diff.openapi.media_types import MediaRange, parse
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType
from contractguard.model.schema import JsonType, Schema

_STRING = frozenset({JsonType.STRING})
_RESTRICTIONS = ("enum", "pattern", "min_length", "max_length", "content_encoding", "content_schema")
_STRUCTURE = (
    "all_of any_of one_of not_ if_ properties pattern_properties additional_properties required min_properties max_properties "
    "items prefix_items contains min_items max_items minimum maximum multiple_of"
).split()


def is_bytes(contract: OpenApiContract, media_type: MediaRange, content: MediaType) -> bool:
    """Whether a media type holds nothing but bytes of its kind."""
    if media_type.is_structured or content.item_schema is not None:
        return False
    return content.schema is None or is_file(contract.schemas.read(content.schema), media_type)


def is_file(schema: Schema, media_type: MediaRange | None = None) -> bool:
    """Whether a schema stands for any bytes; for those of `media_type`, where it is given."""
    if any(getattr(schema, name) for name in (*_RESTRICTIONS, *_STRUCTURE)) or schema.boolean is False:
        return False
    if schema.types is None:
        is_named = schema.format is None
    else:
        is_named = schema.types == _STRING and (schema.format == "binary" or _names_its_kind(schema))
    return is_named and _is_of(schema, media_type)


def _names_its_kind(schema: Schema) -> bool:
    return schema.format is None and schema.content_media_type is not None


def _is_of(schema: Schema, media_type: MediaRange | None) -> bool:
    if schema.content_media_type is None or media_type is None:
        return True
    named = parse(schema.content_media_type)
    return named.covers(media_type) or named == parse("application/octet-stream")
