"""What a schema says beyond which payloads are valid: defaults, marks, documentation, extensions, what nobody understands."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.schema.pair import Pair, said
from contractguard.model.change import Effect
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, same_value


def compare_annotations(pair: Pair) -> None:
    """Compare everything that asserts nothing."""
    _compare_default(pair)
    _compare_marks(pair)
    _compare_discriminators(pair)
    if not _is_same(pair.base.xml, pair.head.xml):
        pair.change("xml.changed", Effect.INCOMPARABLE, "xml", before=pair.base.xml, after=pair.head.xml)
    _compare_members(pair, pair.base.documentation, pair.head.documentation, "documentation.changed", Effect.NONE)
    _compare_members(pair, pair.base.extensions, pair.head.extensions, "extension.changed", Effect.NONE)
    _compare_members(pair, pair.base.unknown, pair.head.unknown, "unjudged.changed", Effect.INCOMPARABLE)


def _is_same(base: JsonValue | Unset, head: JsonValue | Unset) -> bool:
    if base is UNSET or head is UNSET:
        return base is head
    return same_value(base, head)


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
    if pair.base.deprecated != pair.head.deprecated:
        kind = "deprecation.added" if pair.head.deprecated else "deprecation.removed"
        pair.change(kind, Effect.NONE, "deprecated", facts={"of": "schema"})


def _compare_discriminators(pair: Pair) -> None:
    base, head = pair.base.discriminator, pair.head.discriminator
    if base is None and head is None:
        return
    if base is None or head is None or base.property_name != head.property_name:
        pair.change(
            "discriminator.changed",
            Effect.INCOMPARABLE,
            "discriminator",
            before=base.property_name if base else UNSET,
            after=head.property_name if head else UNSET,
        )
        return
    for value in sorted(base.mapping.keys() | head.mapping.keys()):
        before, after = base.mapping.get(value), head.mapping.get(value)
        if before != after:
            effect = Effect.WIDENED if before is None else Effect.NARROWED if after is None else Effect.INCOMPARABLE
            pair.change(
                "discriminator.mapping-changed",
                effect,
                "discriminator",
                before=said(before),
                after=said(after),
                details={"name": value},
            )


def _compare_members(pair: Pair, base: Mapping[str, Node], head: Mapping[str, Node], kind: str, effect: Effect) -> None:
    if not base and not head:
        return
    for name in [*base, *(name for name in head if name not in base)]:
        before, after = base.get(name), head.get(name)
        if before is not None and after is not None and same_value(before.value, after.value):
            continue
        pair.change(
            kind,
            effect,
            before=UNSET if before is None else before.value,
            after=UNSET if after is None else after.value,
            base=before or pair.base.node,
            head=after or pair.head.node,
            details={"keyword": name},
        )
