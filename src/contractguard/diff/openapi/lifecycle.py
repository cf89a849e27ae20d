"""Deprecation, sunset, replacement and stability of operations, parameters and headers (RFC 8594, RFC 9745, extensions)."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.diff.sunsets import sunset_moved
from contractguard.model.change import Effect
from contractguard.model.lifecycle import REPLACED_BY, STABILITY, SUNSET
from contractguard.model.openapi import Operation, Parameter, Part
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset

_LEVELS = ("draft", "experimental", "alpha", "beta", "stable")
_SAME_LEVEL = {"ga": "stable", "general-availability": "stable", "preview": "beta", "development": "draft"}


def compare_lifecycle(comparison: Comparison, spot: Spot, of: str, base: Part, head: Part) -> None:
    """Compare the marks of two objects. `of` is the fact of the vocabulary: `operation`, `parameter` or `header`."""
    was, is_now = is_deprecated(base), is_deprecated(head)
    if was != is_now:
        comparison.add(
            "deprecation.added" if is_now else "deprecation.removed",
            Effect.NONE,
            spot,
            base=keyword(base, "deprecated"),
            head=keyword(head, "deprecated"),
            before=was,
            after=is_now,
            facts={"of": of},
            details=sunset_detail(head) if is_now else None,
        )
    for name, kind in (
        (SUNSET, "sunset.changed"),
        (REPLACED_BY, "replacement.changed"),
        (STABILITY, "stability.changed"),
    ):
        old, new = mark(base, name), mark(head, name)
        before, after = _text(old), _text(new)
        if before != after:
            comparison.add(
                kind,
                Effect.NONE,
                spot,
                base=old or base.node,
                head=new or head.node,
                before=before,
                after=after,
                facts=_facts(name, before, after),
            )


def is_deprecated(part: Part) -> bool:
    """Whether an object is marked deprecated."""
    if isinstance(part, Operation):
        return part.lifecycle.deprecated
    return isinstance(part, Parameter) and part.deprecated


def sunset_detail(part: Part) -> Mapping[str, str]:
    """The detail `sunset` of a change; empty where none is said."""
    node = mark(part, SUNSET)
    return {"sunset": node.value} if node is not None and isinstance(node.value, str) else {}


def mark(part: Part, name: str) -> Node | None:
    """The node of a lifecycle mark; None where there is none, or none that is text."""
    node = part.extensions.get(name)
    return node if node is not None and isinstance(node.value, str) else None


def _text(node: Node | None) -> JsonValue | Unset:
    return UNSET if node is None else node.value


def _facts(name: str, before: JsonValue | Unset, after: JsonValue | Unset) -> Mapping[str, str]:
    if name == SUNSET:
        return {"moved": sunset_moved(before, after)}
    return {"moved": _level_moved(before, after)} if name == STABILITY else {}


def _level_moved(before: JsonValue | Unset, after: JsonValue | Unset) -> str:
    old, new = _level(before), _level(after)
    if old is None or new is None or old == new:
        return "unclear"
    return "raised" if new > old else "lowered"


def _level(text: JsonValue | Unset) -> int | None:
    if not isinstance(text, str):
        return None
    name = text.strip().lower()
    name = _SAME_LEVEL.get(name, name)
    return _LEVELS.index(name) if name in _LEVELS else None
