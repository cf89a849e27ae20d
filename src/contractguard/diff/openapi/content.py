"""Content of bodies, responses and parameters: media types, their schemas, and how forms are encoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contractguard.diff.openapi.binary import is_bytes
from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.encodings import compare_encodings
from contractguard.diff.openapi.form_fields import is_form
from contractguard.diff.openapi.forms import compare_form
from contractguard.diff.openapi.media_types import MediaRange, around, by_essence, most_specific, parse
from contractguard.diff.openapi.members import compare_members
from contractguard.diff.openapi.streams import compare_stream
from contractguard.diff.openapi.written_values import compare_written_schemas
from contractguard.model.change import Effect
from contractguard.model.openapi import MediaType


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
    old_ranges, new_ranges = by_essence(before), by_essence(after)
    done: set[tuple[int, int]] = set()
    for wanted in [*before, *(item for item in after if item not in before)]:
        old_key = most_specific(wanted, around(wanted, old_ranges))
        new_key = most_specific(wanted, around(wanted, new_ranges))
        old = None if old_key is None else before[old_key]
        new = None if new_key is None else after[new_key]
        name = str(wanted)
        if old is not None and new is not None:
            pair = (id(old), id(new))
            if pair not in done:
                done.add(pair)
                label = f"{name}{_covered_by(wanted, old_key, new_key)}"
                here = spot.below(label, spot.subject, (old, new), media_type=name)
                _compare_media_type(comparison, here, wanted, old, new)
        elif new is not None:
            here = spot.below(name, spot.subject, media_type=name)
            comparison.add("media-type.added", Effect.WIDENED, here, head=new.node, after=new.name)
        elif old is not None:
            here = spot.below(name, spot.subject, media_type=name)
            within = after if wanted.essence.endswith("*") else new_ranges.get(wanted.essence, ())
            left = [key for key in within if key not in before and wanted.covers(key)]
            _removed(comparison, here, old, left)


def _removed(comparison: Comparison, spot: Spot, media_type: MediaType, left: Iterable[MediaRange]) -> None:
    """A media type that nothing describes any more; of a range, media types may be left that are now named."""
    remaining = ", ".join(str(key) for key in left)
    comparison.add(
        "media-type.removed",
        Effect.NARROWED,
        spot,
        base=media_type.node,
        before=media_type.name,
        facts={"replaced": bool(remaining)},
        details={"remaining": remaining} if remaining else None,
    )


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


def _compare_media_type(
    comparison: Comparison, spot: Spot, media_type: MediaRange, base: MediaType, head: MediaType
) -> None:
    places = (base.node, head.node)
    if is_form(media_type):
        compare_form(comparison, spot, media_type, base, head)
        compare_encodings(comparison, spot, media_type, base, head)
    elif media_type.is_text:
        compare_written_schemas(comparison, spot, (base.schema, head.schema), places)
    elif not (is_bytes(comparison.base, media_type, base) and is_bytes(comparison.head, media_type, head)):
        compare_stream(comparison, spot, media_type, base, head)
    compare_members(comparison, spot, base, head)
