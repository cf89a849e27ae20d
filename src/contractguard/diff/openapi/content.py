"""Content of bodies, responses and parameters: media types, their schemas, and how forms are encoded."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.media_types import MediaRange, most_specific, parse
from contractguard.diff.openapi.members import compare_members
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, same_value


def compare_content(
    comparison: Comparison,
    spot: Spot,
    base: Mapping[str, MediaType],
    head: Mapping[str, MediaType],
) -> None:
    """Compare two `content` maps, media type by media type over the union of both.

    Each is described by the most specific key that covers it; one that the other side does not cover at all was added or removed.
    """
    before, after = _by_range(base), _by_range(head)
    done: set[tuple[int, int]] = set()
    for wanted in [*before, *(item for item in after if item not in before)]:
        old_key, new_key = most_specific(wanted, before), most_specific(wanted, after)
        old = None if old_key is None else before[old_key]
        new = None if new_key is None else after[new_key]
        name = str(wanted)
        if old is not None and new is not None:
            pair = (id(old), id(new))
            if pair not in done:
                done.add(pair)
                label = f"{name}{_covered_by(wanted, old_key, new_key)}"
                here = spot.below(label, spot.subject, (old, new), media_type=name)
                _compare_media_type(comparison, here, old, new)
        elif new is not None:
            here = spot.below(name, spot.subject, media_type=name)
            comparison.add("media-type.added", Effect.WIDENED, here, head=new.node, after=new.name)
        elif old is not None:
            here = spot.below(name, spot.subject, media_type=name)
            comparison.add("media-type.removed", Effect.NARROWED, here, base=old.node, before=old.name)


def _covered_by(wanted: MediaRange, base: MediaRange | None, head: MediaRange | None) -> str:
    """Says so where one side has no entry for a media type, but a range that covers it."""
    if base != wanted:
        return f" ({base} before)"
    return f" ({head} now)" if head != wanted else ""


def same_media_types(base: Mapping[str, MediaType], head: Mapping[str, MediaType]) -> bool:
    """Whether two `content` maps name the same media types."""
    return base.keys() == head.keys() or _by_range(base).keys() == _by_range(head).keys()


def _by_range(content: Mapping[str, MediaType]) -> dict[MediaRange, MediaType]:
    """The media types by what they mean; of two that mean the same, the first counts."""
    result: dict[MediaRange, MediaType] = {}
    for name, media_type in content.items():
        result.setdefault(parse(name), media_type)
    return result


def _compare_media_type(comparison: Comparison, spot: Spot, base: MediaType, head: MediaType) -> None:
    places = (base.node, head.node)
    comparison.payload(spot, base.schema, head.schema, places)
    items = spot.below("items", f"an item of {spot.subject}")
    comparison.payload(items, base.item_schema, head.item_schema, places)
    if base.encoding is not None or head.encoding is not None:
        _compare_encoding(comparison, spot, base, head)
    compare_members(comparison, spot, base, head)


def _compare_encoding(comparison: Comparison, spot: Spot, base: MediaType, head: MediaType) -> None:
    """Compare the encoding of each property that both sides have: one that comes or goes is a change of the schema."""
    before, after = _entries(base.encoding), _entries(head.encoding)
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if _is_same_entry(comparison, old, new):
            continue
        if (old is None and not _declares(comparison.base, base, name)) or (
            new is None and not _declares(comparison.head, head, name)
        ):
            continue
        comparison.add(
            "encoding.changed",
            Effect.INCOMPARABLE,
            spot.below(f"encoding {name}", f"the encoding of '{name}'"),
            base=old or base.encoding or base.node,
            head=new or head.encoding or head.node,
            before=UNSET if old is None else old.value,
            after=UNSET if new is None else new.value,
        )


def _entries(encoding: Node | None) -> dict[str, Node]:
    return {} if encoding is None else dict(encoding.members())


def _is_same_entry(comparison: Comparison, base: Node | None, head: Node | None) -> bool:
    before, after = _effective(comparison.base, base), _effective(comparison.head, head)
    if not same_value(before, after):
        return False
    if base is None or head is None or comparison.base.api.specification.startswith("2."):
        return True
    return comparison.unchanged(base, head) or not same_value(base.value, head.value)


def _effective(contract: OpenApiContract, entry: Node | None) -> JsonValue:
    """An encoding with its defaults filled in (OpenAPI 3.2, section 4.15; Swagger 2.0: `collectionFormat` is `csv`)."""
    value = entry.value if entry is not None and isinstance(entry.value, dict) else {}
    style = value.get("style", "form")
    explode = style == "form" and not contract.api.specification.startswith("2.")
    return {"style": style, "explode": explode, "allowReserved": False, **value}


def _declares(contract: OpenApiContract, media_type: MediaType, name: str) -> bool:
    return media_type.schema is not None and name in contract.schemas.read(media_type.schema).properties
