"""Streams: media types that repeat one structure (OpenAPI 3.2, section 4.14.2 "Sequential Media Types").

"Implementations MUST support mapping sequential media types into the JSON Schema data model by treating them as if the values
were in an array in the same order": an `itemSchema` says what the `items` of such an array say.
"""

from __future__ import annotations

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.media_types import MediaRange
from contractguard.diff.openapi.rewritten import rewritten
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType
from contractguard.model.places import Node
from contractguard.model.schema import JsonType

_STREAMS = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/ndjson", "text/event-stream", "multipart/mixed"}
)
_ARRAY = frozenset({JsonType.ARRAY})
_OF_THE_WHOLE = (
    "prefix_items",
    "contains",
    "min_items",
    "max_items",
    "unique_items",
    "all_of",
    "any_of",
    "one_of",
    "not_",
)
"""What a schema of an array may say beside `items`."""


def is_stream(media_type: MediaRange) -> bool:
    """Whether a media type is sequential."""
    return media_type.essence in _STREAMS or media_type.essence.endswith("json-seq")


def compare_stream(
    comparison: Comparison, spot: Spot, media_type: MediaRange, base: MediaType, head: MediaType
) -> None:
    """Compare the schemas of a media type, whole and item by item."""
    places = (base.node, head.node)
    before, after = (base.schema, base.item_schema), (head.schema, head.item_schema)
    if is_stream(media_type) and base.item_schema is None and head.item_schema is not None:
        after, before = _in_one_way(comparison.base, head, base)
    elif is_stream(media_type) and head.item_schema is None and base.item_schema is not None:
        before, after = _in_one_way(comparison.head, base, head)
    comparison.payload(spot, before[0], after[0], places)
    items = spot.below("items", f"an item of {spot.subject}")
    comparison.payload(items, before[1], after[1], places)


_Schemas = tuple[Node | None, Node | None]
"""The schema of the whole content and that of each item."""


def _in_one_way(contract: OpenApiContract, by_item: MediaType, whole: MediaType) -> tuple[_Schemas, _Schemas]:
    """The schemas of a side that has an `itemSchema`, and of the other, which `contract` has and which says it in `schema`."""
    said = (by_item.schema, by_item.item_schema)
    if whole.schema is None or by_item.item_schema is None:
        return said, (whole.schema, None)
    schema = contract.schemas.read(whole.schema)
    if schema.types != _ARRAY:
        # Before 3.2 nothing said what the schema of a stream is about: one that is no array was meant for an item.
        return (None, by_item.item_schema), (None, whole.schema)
    if by_item.schema is not None or any(getattr(schema, name) for name in _OF_THE_WHOLE):
        return (by_item.schema or _array_of(by_item.node, by_item.item_schema), None), (whole.schema, None)
    return (None, by_item.item_schema), (None, schema.items)


def _array_of(place: Node, item: Node) -> Node:
    """The schema of an array with such items."""
    plain = Node({"type": "array", "items": item.value}, place.path, place.pointer)
    return rewritten(plain, {"items": item})
