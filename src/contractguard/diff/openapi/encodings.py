"""Encodings of forms and multipart bodies (OpenAPI 3.2, sections 4.14.5 and 4.15), by name and by position.

What is said is compared with what holds where nothing is said, so that writing a default out changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.form_fields import Field, field_of
from contractguard.diff.openapi.media_types import MediaRange
from contractguard.diff.openapi.members import differing
from contractguard.errors import UnreadableError
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema
from contractguard.model.values import UNSET, JsonValue, same_value

_COMPOSITE = (JsonType.ARRAY, JsonType.OBJECT)
_BY_POSITION = "[]"
_NESTED = ("encoding", "prefixEncoding", "itemEncoding")
_CONTENT_TYPE = "content-type"


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What one side says of a field or part: its Encoding Object and its schema, each None where there is none."""

    contract: OpenApiContract
    encoding: Node | None
    schema: Schema | None
    place: Node

    @property
    def shown(self) -> Node:
        return self.encoding or self.place

    @property
    def value(self) -> Mapping[str, JsonValue]:
        held = self.encoding.value if self.encoding is not None else None
        return held if isinstance(held, dict) else {}


def compare_encodings(
    comparison: Comparison, spot: Spot, media_type: MediaRange, base: MediaType, head: MediaType
) -> None:
    """Compare how each field or part is written that both sides have: one that comes or goes is a change of the schema.

    Call it for forms only (`is_form`): of other media types the fields "SHALL be ignored".
    """
    before, after = _encodings(comparison.base, base), _encodings(comparison.head, head)
    for name in [*before, *(name for name in after if name not in before)]:
        old = _entry(comparison.base, base, name, before)
        new = _entry(comparison.head, head, name, after)
        if old is not None and new is not None:
            called = f"part {name}" if name.startswith("[") else f"'{name}'"
            here = spot.below(f"encoding {name}", f"the encoding of {called}")
            _compare_entries(comparison, here, media_type, (old, new))
            _compare_empty_values(comparison, spot.below(name, f"property '{name}'"), old, new)


def _encodings(contract: OpenApiContract, media_type: MediaType) -> dict[str, Node | None]:
    """Each Encoding Object by the name of its field; by position `[0]`, and `[]` for all further items."""
    found: dict[str, Node | None] = dict(media_type.encoding.members()) if media_type.encoding is not None else {}
    if media_type.prefix_encoding is not None:
        found |= {f"[{index}]": item for index, item in enumerate(media_type.prefix_encoding.items())}
    if media_type.item_encoding is not None:
        found[_BY_POSITION] = media_type.item_encoding
    return {
        name: node
        for name, node in found.items()
        if not name.startswith("x-") or _is_declared(contract, media_type, name)
    }


def _entry(
    contract: OpenApiContract, media_type: MediaType, name: str, encodings: Mapping[str, Node | None]
) -> _Entry | None:
    """What a side says of a field; None where it has no such field, and nothing to say of it."""
    if name.startswith("["):
        encoding = encodings.get(name) or encodings.get(_BY_POSITION)
        return _Entry(contract, encoding, _part(contract, media_type, name), media_type.node)
    if name not in encodings and not _is_declared(contract, media_type, name):
        return None
    place = media_type.encoding or media_type.node
    return _Entry(contract, encodings.get(name), _field_schema(contract, media_type, name), place)


def _is_declared(contract: OpenApiContract, media_type: MediaType, name: str) -> bool:
    return media_type.schema is not None and name in contract.schemas.read(media_type.schema).properties


def _field_schema(contract: OpenApiContract, media_type: MediaType, name: str) -> Schema | None:
    if media_type.schema is None:
        return None
    node = contract.schemas.read(media_type.schema).properties.get(name)
    return None if node is None else contract.schemas.read(node)


def _part(contract: OpenApiContract, media_type: MediaType, name: str) -> Schema | None:
    """The schema of a part by its position: that of `prefixItems`, else of `items`, else of each item of the stream."""
    node = media_type.item_schema
    if media_type.schema is not None:
        schema = contract.schemas.read(media_type.schema)
        number = name[1:-1]
        is_first = number.isdecimal() and int(number) < len(schema.prefix_items)
        node = schema.prefix_items[int(number)] if is_first else schema.items or node
    return None if node is None else contract.schemas.read(node)


def _compare_entries(
    comparison: Comparison, spot: Spot, media_type: MediaRange, entries: tuple[_Entry, _Entry]
) -> None:
    old, new = entries
    fields = [field_of(entry.contract, media_type, entry.encoding, entry.schema) for entry in entries]
    effect = _effect(fields[0], fields[1], entries)
    is_changed = effect is not Effect.NONE
    if media_type.essence.startswith("multipart/"):
        of_headers = _compare_headers(comparison, spot, entries)
        is_changed = is_changed or of_headers is not None
        effect = effect.joined(of_headers or Effect.NONE)
    if any(not same_value(old.value.get(name), new.value.get(name)) for name in _NESTED):
        effect, is_changed = Effect.INCOMPARABLE, True
    if is_changed:
        comparison.add(
            "encoding.changed",
            effect,
            spot,
            base=old.shown,
            head=new.shown,
            before=UNSET if old.encoding is None else old.encoding.value,
            after=UNSET if new.encoding is None else new.encoding.value,
        )
    _compare_extensions(comparison, spot, entries)


def _compare_empty_values(comparison: Comparison, spot: Spot, old: _Entry, new: _Entry) -> None:
    """Swagger 2.0 says of each field of a form whether it may be empty."""
    was, is_now = (entry.value.get("allowEmptyValue") is True for entry in (old, new))
    if was == is_now or not all(entry.contract.api.specification.startswith("2.") for entry in (old, new)):
        return
    kind, effect = (
        ("parameter.empty-value-allowed", Effect.WIDENED)
        if is_now
        else ("parameter.empty-value-refused", Effect.NARROWED)
    )
    comparison.add(kind, effect, spot, base=old.shown, head=new.shown, before=was, after=is_now)


def _compare_extensions(comparison: Comparison, spot: Spot, entries: tuple[_Entry, _Entry]) -> None:
    """One change for each extension field that differs."""
    extensions = [
        {name: node for name, node in (entry.encoding.members() if entry.encoding else ()) if name.startswith("x-")}
        for entry in entries
    ]
    for name, before, after in differing(extensions[0], extensions[1]):
        comparison.add(
            "extension.changed",
            Effect.NONE,
            spot,
            base=before or entries[0].shown,
            head=after or entries[1].shown,
            before=UNSET if before is None else before.value,
            after=UNSET if after is None else after.value,
            details={"keyword": name},
        )


def _effect(base: Field, head: Field, entries: tuple[_Entry, _Entry]) -> Effect:
    if base.style is None and head.style is None:
        return _effect_of_types(base, head)
    if base.style is None or head.style is None:
        typed, styled = (base, head) if base.style is None else (head, base)
        return Effect.NONE if _is_written_alike(typed, styled, entries) else Effect.INCOMPARABLE
    effect = Effect.NONE
    if base.style != head.style and _may_be(entries, *_COMPOSITE):
        effect = Effect.INCOMPARABLE
    if base.explode != head.explode and head.style != "deepObject" and _may_be(entries, *_COMPOSITE):
        effect = Effect.INCOMPARABLE
    if base.allows_reserved != head.allows_reserved:
        effect = effect.joined(Effect.WIDENED if head.allows_reserved else Effect.NARROWED)
    return effect


def _effect_of_types(base: Field, head: Field) -> Effect:
    gains = not all(any(old.covers(new) for old in base.content_types) for new in head.content_types)
    loses = not all(any(new.covers(old) for new in head.content_types) for old in base.content_types)
    if gains and loses:
        return Effect.INCOMPARABLE
    return Effect.WIDENED if gains else Effect.NARROWED if loses else Effect.NONE


def _is_written_alike(typed: Field, styled: Field, entries: tuple[_Entry, _Entry]) -> bool:
    """Whether content of a media type looks like a value of a style: text does, and a list of it repeats the name."""
    if not typed.is_text and not any(entry.schema is None or entry.schema.types is None for entry in entries):
        return False
    return not _may_be(entries, *_COMPOSITE) or (styled.style == "form" and styled.explode)


def _may_be(entries: tuple[_Entry, _Entry], *types: JsonType) -> bool:
    """Whether both sides let values of one of these types through, as far as `type` tells."""
    known = [frozenset(JsonType) if e.schema is None or e.schema.types is None else e.schema.types for e in entries]
    return any(wanted in known[0] and wanted in known[1] for wanted in types)


def _compare_headers(comparison: Comparison, spot: Spot, entries: tuple[_Entry, _Entry]) -> Effect | None:
    """What other headers of a part do to the bodies that are valid, None where they are the same. Schemas are compared, too."""
    base, head = (dict(_headers(entry)) for entry in entries)
    effect = Effect.NONE if base.keys() != head.keys() else None
    for name in [*base, *(name for name in head if name not in base)]:
        old, new = base.get(name), head.get(name)
        was, is_now = (node is not None and _is_required(node) for node in (old, new))
        if was != is_now:
            effect = (effect or Effect.NONE).joined(Effect.NARROWED if is_now else Effect.WIDENED)
        if old is not None and new is not None:
            here = spot.below(f"header {name}", f"header '{name}' of a part")
            comparison.payload(here, old.get("schema"), new.get("schema"), (old, new))
    return effect


def _headers(entry: _Entry) -> Iterator[tuple[str, Node]]:
    """The headers of a part by lower-case name; `Content-Type` "is described separately and SHALL be ignored"."""
    headers = entry.encoding.get("headers") if entry.encoding is not None else None
    for name, node in headers.members() if headers is not None else ():
        if name.lower() != _CONTENT_TYPE:
            yield name.lower(), _followed(entry.contract, node)


def _followed(contract: OpenApiContract, node: Node) -> Node:
    reference = node.value.get("$ref") if isinstance(node.value, dict) else None
    if not isinstance(reference, str):
        return node
    try:
        return contract.documents.resolve(node, reference)
    except UnreadableError:
        return node  # a header that nobody can read says nothing


def _is_required(header: Node) -> bool:
    return isinstance(header.value, dict) and header.value.get("required") is True
