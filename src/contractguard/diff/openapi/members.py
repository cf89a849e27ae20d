"""What every object carries beside its meaning: documentation, extensions, and fields that nothing reads."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.model.change import Effect
from contractguard.model.lifecycle import MARKS
from contractguard.model.openapi import Part
from contractguard.model.places import Node
from contractguard.model.values import UNSET, same_value

_OUTER = "../"
"""Before the names of what an operation has from its path item."""


def compare_members(comparison: Comparison, spot: Spot, base: Part, head: Part, *, outer: Spot | None = None) -> None:
    """One change for each keyword that differs. `outer` is the spot of the path item that an operation stands in."""
    groups = (
        ("documentation.changed", Effect.NONE, base.documentation, head.documentation),
        ("extension.changed", Effect.NONE, base.extensions, head.extensions),
        ("unjudged.changed", Effect.INCOMPARABLE, base.unread, head.unread),
    )
    for kind, effect, before, after in groups:
        for name, old, new in differing(before, after):
            if name in MARKS and all(isinstance(node.value, str) for node in (old, new) if node):
                continue
            is_outer = outer is not None and name.startswith(_OUTER)
            comparison.add(
                kind,
                effect,
                outer if is_outer and outer else spot,
                base=old or (None if is_outer else base.node),
                head=new or (None if is_outer else head.node),
                before=UNSET if old is None else old.value,
                after=UNSET if new is None else new.value,
                details={"keyword": name.removeprefix(_OUTER)},
            )


def same_members(base: Part, head: Part) -> bool:
    """Whether `compare_members` would find nothing, lifecycle marks included."""
    return not (
        differing(base.documentation, head.documentation)
        or differing(base.extensions, head.extensions)
        or differing(base.unread, head.unread)
    )


def differing(base: Mapping[str, Node], head: Mapping[str, Node]) -> list[tuple[str, Node | None, Node | None]]:
    """Name and both nodes of each entry that is not the same on both sides, in the order of base, then of head."""
    if not base and not head:
        return []
    names = [*base, *(name for name in head if name not in base)]
    pairs = ((name, base.get(name), head.get(name)) for name in names)
    return [
        (name, old, new)
        for name, old, new in pairs
        if old is None or new is None or not same_value(old.value, new.value)
    ]
