"""What a schema says beyond which payloads are valid: defaults, marks, documentation, extensions, what nobody understands."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.schema.discriminators import compare_discriminators
from contractguard.diff.schema.marks import compare_schema_marks
from contractguard.diff.schema.pair import Pair
from contractguard.diff.schema.xml import compare_xml
from contractguard.model.change import Effect
from contractguard.model.lifecycle import MARKS
from contractguard.model.places import Node
from contractguard.model.values import UNSET, same_value


def compare_annotations(pair: Pair) -> None:
    """Compare everything that asserts nothing."""
    _compare_default(pair)
    _compare_marks(pair)
    compare_schema_marks(pair)
    compare_discriminators(pair)
    compare_xml(pair)
    _compare_members(pair, pair.base.documentation, pair.head.documentation, "documentation.changed", Effect.NONE)
    _compare_members(pair, pair.base.extensions, pair.head.extensions, "extension.changed", Effect.NONE)
    _compare_members(pair, pair.base.unknown, pair.head.unknown, "unjudged.changed", Effect.INCOMPARABLE)


def _compare_default(pair: Pair) -> None:
    base, head = pair.base.default, pair.head.default
    if base is UNSET and head is UNSET:
        return
    if base is UNSET:
        pair.change("default.added", Effect.NONE, "default", after=head)
    elif head is UNSET:
        pair.change("default.removed", Effect.NONE, "default", before=base)
    elif not same_value(base, head):
        pair.change("default.changed", Effect.NONE, "default", before=base, after=head)


def _compare_marks(pair: Pair) -> None:
    for name, thing in (("read_only", "read-only"), ("write_only", "write-only")):
        base, head = getattr(pair.base, name), getattr(pair.head, name)
        if base != head:
            kind = f"{thing}.added" if head else f"{thing}.removed"
            pair.change(kind, Effect.NONE, name, before=base, after=head)


def _compare_members(pair: Pair, base: Mapping[str, Node], head: Mapping[str, Node], kind: str, effect: Effect) -> None:
    if not base and not head:
        return
    for name in [*base, *(name for name in head if name not in base)]:
        before, after = base.get(name), head.get(name)
        if before is not None and after is not None and same_value(before.value, after.value):
            continue
        if name in MARKS and all(isinstance(node.value, str) for node in (before, after) if node):
            continue  # a lifecycle mark, told as such
        pair.change(
            kind,
            effect,
            before=UNSET if before is None else before.value,
            after=UNSET if after is None else after.value,
            base=before or pair.base.node,
            head=after or pair.head.node,
            details={"keyword": name},
        )
