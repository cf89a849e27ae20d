"""Lifecycle marks of two objects, whatever they are: what changed in when they end, what replaces them, how settled they are and
whom they are for (RFC 8594, RFC 9745, extensions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from contractguard.diff.sunsets import sunset_moved
from contractguard.model.change import FactValue
from contractguard.model.dates import sunset_date
from contractguard.model.lifecycle import (
    AUDIENCE,
    DEPRECATED,
    GUIDE,
    PUBLIC_RANK,
    REPLACED_BY,
    STABILITY,
    STABLE_RANK,
    SUNSET,
    ConflictingMark,
    audience_rank,
    mark_node,
    mark_text,
    stability_rank,
)
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing

_WORDS = {
    SUNSET: "sunset",
    REPLACED_BY: "replacement",
    STABILITY: "stability level",
    AUDIENCE: "audience",
    DEPRECATED: "deprecation",
}


_TOLD_WITH_DEPRECATION = frozenset({SUNSET, REPLACED_BY})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """A change of one mark, for whoever knows where the objects stand. It has no effect on what is valid."""

    kind: str
    base: Node | None
    head: Node | None
    before: JsonValue | Unset = UNSET
    after: JsonValue | Unset = UNSET
    facts: Mapping[str, FactValue] = field(default_factory=nothing)
    details: Mapping[str, str] = field(default_factory=nothing)


def mark_changes(
    base: Mapping[str, Node], head: Mapping[str, Node], *, deprecation_moved: bool = False
) -> Iterator[MarkChange]:
    """What changed between the marks of two objects, given their extensions under canonical names.

    That something is deprecated is told by whoever knows its `deprecated` keyword, together with a sunset and a replacement
    that come or go with it: then `deprecation_moved`.
    """
    for name in (SUNSET, REPLACED_BY, STABILITY, AUDIENCE, DEPRECATED):
        old, new = mark_node(base, name), mark_node(head, name)
        if _text(old) == _text(new):
            continue
        is_told = deprecation_moved and name in _TOLD_WITH_DEPRECATION and None in (old, new)
        if is_told and not isinstance(new, ConflictingMark):
            continue
        if isinstance(new, ConflictingMark):
            yield MarkChange(
                kind="marks.conflicting",
                base=old,
                head=new,
                before=_text(old),
                after=new.value,
                details={"name": _WORDS[name]},
            )
        else:
            yield from _change(name, old, new)


def deprecation_details(extensions: Mapping[str, Node]) -> Mapping[str, str]:
    """The details of `deprecation.added`: what the other marks say of the way out."""
    told = {"sunset": SUNSET, "replacement": REPLACED_BY, "guide": GUIDE}
    texts = {detail: mark_text(extensions, name) for detail, name in told.items()}
    return {detail: text for detail, text in texts.items() if text is not None}


def _change(name: str, old: Node | None, new: Node | None) -> Iterator[MarkChange]:
    """What changed in one mark whose texts differ: written otherwise, it is but an extension that changed."""
    kind, facts = "extension.changed", None
    if name == SUNSET and not _is_same_day(old, new):
        kind, facts = "sunset.changed", {"moved": sunset_moved(_text(old), _text(new))}
    elif name == REPLACED_BY:
        kind, facts = "replacement.changed", {}
    elif name == STABILITY and (moved := _stability_moved(old, new)) is not None:
        kind, facts = "stability.changed", {"moved": moved}
    elif name == AUDIENCE and (moved := _audience_moved(old, new)) is not None:
        kind, facts = "audience.changed", {"moved": moved}
    elif name == DEPRECATED and (old is None or new is None):
        return  # told as a deprecation, unless the keyword says it anyway
    yield MarkChange(
        kind=kind,
        base=old,
        head=new,
        before=_text(old),
        after=_text(new),
        facts=nothing() if facts is None else facts,
        details={"keyword": name} if facts is None else nothing(),
    )


def _text(node: Node | None) -> JsonValue | Unset:
    return UNSET if node is None else node.value


def _is_same_day(old: Node | None, new: Node | None) -> bool:
    before, after = (None if node is None else sunset_date(str(node.value)) for node in (old, new))
    return before is not None and before == after


def _stability_moved(old: Node | None, new: Node | None) -> str | None:
    """How the level moved, None where it is as high as before. What names none is relied on like what is stable."""
    before, after = (STABLE_RANK if node is None else stability_rank(str(node.value)) for node in (old, new))
    if before is None or after is None:
        return "unclear"
    return None if before == after else "raised" if after > before else "lowered"


def _audience_moved(old: Node | None, new: Node | None) -> str | None:
    """How the audience moved, None where it is as wide as before. What names none is for anybody who has the description."""
    before, after = (PUBLIC_RANK if node is None else audience_rank(str(node.value)) for node in (old, new))
    if before is None or after is None:
        return "unclear"
    if before == after:
        return None
    if after > before:
        return "widened"
    return "restricted" if old is None else "narrowed"
