"""Facets of arrays."""

from __future__ import annotations

from contractguard.diff.schema.pair import Pair
from contractguard.model.change import Effect, Polarity
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema
from contractguard.semantics.inclusion.literals import Step as Into
from contractguard.semantics.inclusion.literals import Where


def compare_arrays(pair: Pair) -> None:
    """Compare items, tuples, `contains` and `uniqueItems`."""
    if not pair.both_allow(JsonType.ARRAY):
        return
    _compare_items(pair)
    if pair.base.unique_items != pair.head.unique_items:
        if pair.head.unique_items:
            pair.change("unique-items.added", Effect.NARROWED, "unique_items")
        else:
            pair.change("unique-items.removed", Effect.WIDENED, "unique_items")
    _compare_contains(pair)


def _compare_items(pair: Pair) -> None:
    for index in range(max(len(pair.base.prefix_items), len(pair.head.prefix_items))):
        pair.child(
            _item(pair.base, index),
            _item(pair.head, index),
            f"[{index}]",
            f"item {index} of {pair.subject}",
            base_place=pair.base.origin("items"),
            head_place=pair.head.origin("items"),
            into=Into(Where.ITEM, index=index),
        )
    pair.child(
        pair.base.items,
        pair.head.items,
        "[]",
        f"items of {pair.subject}",
        base_place=pair.base.origin("items"),
        head_place=pair.head.origin("items"),
        into=Into(Where.LATER_ITEM, index=max(len(pair.base.prefix_items), len(pair.head.prefix_items))),
    )


def _item(schema: Schema, index: int) -> Node | None:
    return schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items


def _compare_contains(pair: Pair) -> None:
    base, head = pair.base.contains, pair.head.contains
    if base is None and head is None:
        return
    if base is None or head is None:
        if base is None:
            pair.change("contains.added", Effect.NARROWED, "contains")
        else:
            pair.change("contains.removed", Effect.WIDENED, "contains")
        return
    for name, keyword, upper in (("min_contains", "minContains", False), ("max_contains", "maxContains", True)):
        before, after = getattr(pair.base, name), getattr(pair.head, name)
        if before != after:
            pair.bound(name, keyword, before, after, upper=upper)
    # With a maximum, a wider `contains` may count too many: nobody can say which way it goes.
    counted = pair.base.max_contains is not None or pair.head.max_contains is not None
    polarity = Polarity.UNDETERMINED if counted else Polarity.POSITIVE
    subject = f"the item that {pair.subject} contains"
    pair.child(base, head, "[contains]", subject, polarity=polarity, into=Into(Where.LATER_ITEM))
