"""How one field of a form or one part of a multipart body is written (OpenAPI 3.2, section 4.15 "Encoding Object").

"The presence of at least one of `style`, `explode`, or `allowReserved` with an explicit value is equivalent to using `schema`
with `in: query` Parameter Objects. The absence of all three is the equivalent of using `content`", with the media type of
`contentType` or the one that follows from the type of the value.
"""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.diff.openapi.media_types import MediaRange, parse
from contractguard.model.contract import OpenApiContract
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema

URLENCODED = "application/x-www-form-urlencoded"
FORM_DATA = "multipart/form-data"
_STYLED = ("style", "explode", "allowReserved")
_SINGLE = frozenset({JsonType.STRING, JsonType.INTEGER, JsonType.NUMBER, JsonType.BOOLEAN, JsonType.NULL})
_TEXT = parse("text/plain")
_JSON = parse("application/json")
_ANYTHING = parse("*/*")


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is written: with a style (`form` for those that repeat their name), or as content of some media types."""

    style: str | None
    explode: bool = True
    allows_reserved: bool = False
    content_types: frozenset[MediaRange] = frozenset()

    @property
    def is_text(self) -> bool:
        """Whether single values in it travel as text."""
        return self.style is not None or all(known.essence.startswith("text/") for known in self.content_types)


def is_form(media_type: MediaRange) -> bool:
    """Whether the media type is one that `encoding` applies to."""
    return media_type.essence == URLENCODED or media_type.essence.startswith("multipart/")


def field_of(contract: OpenApiContract, media_type: MediaRange, entry: Node | None, schema: Schema | None) -> Field:
    """How a field with this Encoding Object (None: none) and this schema is written."""
    value = entry.value if entry is not None and isinstance(entry.value, dict) else {}
    release = contract.api.specification
    if release.startswith("2."):
        return Field(str(value.get("style", "form")), explode=value.get("explode") is True)
    styles_apply = media_type.essence == URLENCODED or (
        media_type.essence == FORM_DATA and not release.startswith("3.0")
    )
    if styles_apply and any(value.get(name) is not None for name in _STYLED):
        style = str(value.get("style") or "form")
        explode = value.get("explode")
        return Field(
            style,
            explode=style == "form" if explode is None else explode is True,
            # Parts of multipart bodies are not percent-encoded, so that nothing is reserved in them.
            allows_reserved=value.get("allowReserved") is True and media_type.essence == URLENCODED,
        )
    written = value.get("contentType")
    if isinstance(written, str) and written.strip():
        return Field(None, content_types=frozenset(parse(name) for name in written.split(",") if name.strip()))
    return Field(None, content_types=frozenset(_default_types(contract, schema)))


def item_of(contract: OpenApiContract, schema: Schema | None) -> Schema | None:
    """What an array holds: each item of a field that is one is written by itself."""
    if schema is None or schema.types is None or schema.types - {JsonType.NULL} != {JsonType.ARRAY}:
        return schema
    return contract.schemas.read(schema.items) if schema.items is not None else None


def _default_types(contract: OpenApiContract, schema: Schema | None) -> set[MediaRange]:
    """The media types that follow from the type of a value. Bytes may be of any type: that is no promise."""
    item = item_of(contract, schema)
    if item is None or item.format == "binary" or item.content_encoding is not None:
        return {_ANYTHING}
    types = item.types
    if types is None and item.enum is None and (item.properties or item.any_of or item.one_of or item.all_of):
        return {_JSON, _TEXT}
    if types is None and item.enum is None:
        return {_ANYTHING}
    if types is None:
        return {_TEXT}
    return ({_TEXT} if types & _SINGLE else set()) | ({_JSON} if types - _SINGLE else set())
