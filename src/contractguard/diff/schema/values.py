"""Facets of values of any type: booleans, types, null, enums and constants, formats."""

from __future__ import annotations

from contractguard.diff.schema.open_lists import compare_open_lists, compare_unlisted
from contractguard.diff.schema.pair import Pair, effective_types, is_base64, said
from contractguard.model.change import Effect
from contractguard.model.finding import Formats
from contractguard.model.places import Node
from contractguard.model.schema import OPENAPI_DIALECTS, JsonType, OpenEnum, Schema
from contractguard.model.values import UNSET, JsonValue, canonical

_ALL = frozenset(JsonType) - {JsonType.INTEGER}
_ORDER = list(JsonType)

_FORMAT_WITHIN = {("int32", "int64"), ("float", "double")}
"""(narrower, wider): each value of the first is one of the second (OpenAPI format registry)."""


def compare_booleans(pair: Pair) -> bool:
    """Where a side forbids everything there is nothing else to compare. Whether that was so."""
    base, head = pair.base.boolean is False, pair.head.boolean is False
    if base == head:
        return base
    if head:
        pair.change("schema.forbidden", Effect.NARROWED, base=pair.base.node, head=pair.head.node)
    else:
        pair.change("schema.allowed", Effect.WIDENED, base=pair.base.node, head=pair.head.node)
    return True


def compare_types(pair: Pair) -> bool:
    """Compare the types allowed. Whether no type but null is left in common, so that nothing below can be compared."""
    if pair.base.enum is not None and pair.head.enum is not None:
        return False  # the values say it all
    base, head = _types(pair.base), _types(pair.head)
    gone, come = _lost(base, head), _lost(head, base)
    if not gone and not come:
        return False
    if gone <= {JsonType.NULL} and come <= {JsonType.NULL}:
        if (pair.base.enum is None and pair.head.enum is None) or not _by_enum(pair, come | gone):
            _null(pair, refused=bool(gone))
        return False
    if not _explained_by_enum(pair, gone, come):
        before, after = _listed(pair.base, base), _listed(pair.head, head)
        pair.change("type.changed", _effect(gone, come), "types", before=before, after=after)
    return not _overlap(base, head)


def _by_enum(pair: Pair, null: frozenset[JsonType]) -> bool:
    """Whether null came or went only because the values of an enum on one side do (not) list it."""
    side = pair.base if pair.base.enum is not None else pair.head
    return side.types is None and bool(null)


def _explained_by_enum(pair: Pair, gone: frozenset[JsonType], come: frozenset[JsonType]) -> bool:
    """Whether a type list only seems to change because one side has an enum and no `type`: the enum's own change says it."""
    if pair.head.enum is not None and pair.head.types is None and not come:
        return True
    return pair.base.enum is not None and pair.base.types is None and not gone


def _types(schema: Schema) -> frozenset[JsonType]:
    types = effective_types(schema)
    return _ALL if types is None else types


def _lost(before: frozenset[JsonType], after: frozenset[JsonType]) -> frozenset[JsonType]:
    lost = before - after
    return lost - {JsonType.INTEGER} if JsonType.NUMBER in after else lost


def _overlap(a: frozenset[JsonType], b: frozenset[JsonType]) -> bool:
    numeric = {JsonType.INTEGER, JsonType.NUMBER}
    null = frozenset({JsonType.NULL})
    return bool((a & b) - null) or bool(a & numeric and b & numeric) or (null in (a, b) and bool(a & b))


def _effect(gone: frozenset[JsonType], come: frozenset[JsonType]) -> Effect:
    if gone and come:
        return Effect.INCOMPARABLE
    return Effect.NARROWED if gone else Effect.WIDENED


def _listed(schema: Schema, types: frozenset[JsonType]) -> JsonValue:
    """Types as a schema would write them: one name, or a list; `any` where all are allowed."""
    if effective_types(schema) is None:
        return "any"
    names: list[JsonValue] = [str(kind) for kind in _ORDER if kind in types and kind is not JsonType.NULL]
    if JsonType.NULL in types:
        names.append("null")
    return names[0] if len(names) == 1 else names


def _null(pair: Pair, *, refused: bool) -> None:
    before, after = _listed(pair.base, _types(pair.base)), _listed(pair.head, _types(pair.head))
    kind, effect = ("null.refused", Effect.NARROWED) if refused else ("null.allowed", Effect.WIDENED)
    base, head = _says_null(pair.base), _says_null(pair.head)
    pair.change(kind, effect, before=before, after=after, base=base, head=head)


def _says_null(schema: Schema) -> Node:
    """The keyword that allows or refuses null: `nullable` where it stands beside the `type` that counts, else that `type`."""
    types, nullable = schema.origin("types"), schema.origins.get("nullable")
    if nullable is None or nullable.path != types.path:
        return types
    is_beside = nullable.pointer.rpartition("/")[0] == types.pointer.rpartition("/")[0]
    return nullable if is_beside else types


def compare_enums(pair: Pair) -> None:
    """Compare the values listed by `enum` or `const`, and those of lists that are open."""
    base, head = pair.base.enum, pair.head.enum
    if base is not None and head is not None:
        _compare_values(pair, base, head)
    elif head is not None:
        _closed(pair, head)
    elif base is not None:
        _opened(pair, base)
    else:
        compare_open_lists(pair)


def _closed(pair: Pair, head: tuple[Node, ...]) -> None:
    """A closed list where anything went, or where the list was an open one."""
    known = pair.base.open_enum
    pair.change(
        "enum.added",
        Effect.NARROWED,
        before=UNSET if known is None else _values(known.values),
        after=_values(head),
        base=pair.base.origin("enum" if known is None else "open_enum"),
        head=pair.head.origin("enum"),
        facts={"open_list": known is not None},
    )


def _opened(pair: Pair, base: tuple[Node, ...]) -> None:
    """No closed list any more: anything goes, or the list is an open one, which may have lost some of the values."""
    known = pair.head.open_enum
    pair.change(
        "enum.removed",
        Effect.WIDENED,
        before=_values(base),
        after=UNSET if known is None else _values(known.values),
        base=pair.base.origin("enum"),
        head=pair.head.origin("enum" if known is None else "open_enum"),
        facts={"open_list": known is not None},
    )
    if known is not None:
        compare_unlisted(pair, OpenEnum(base, complete=True), known)


def _compare_values(pair: Pair, base: tuple[Node, ...], head: tuple[Node, ...]) -> None:
    old = {canonical(item.value): item for item in base}
    new = {canonical(item.value): item for item in head}
    if len(old) == len(new) == 1 and old.keys() != new.keys():
        pair.change("const.changed", Effect.INCOMPARABLE, "enum", before=base[0].value, after=head[0].value)
        return
    remaining = ", ".join(text for text in new if text in old)
    for text, item in old.items():
        if text not in new:
            pair.change(
                "enum.value-removed",
                Effect.NARROWED,
                before=item.value,
                base=item,
                head=pair.head.origin("enum"),
                facts={"has_default": False},
                details={"remaining": remaining},
            )
    for text, item in new.items():
        if text not in old:
            pair.change(
                "enum.value-added",
                Effect.WIDENED,
                after=item.value,
                base=pair.base.origin("enum"),
                head=item,
                facts={"has_default": False},
            )


def _values(items: tuple[Node, ...]) -> JsonValue:
    return [item.value for item in items]


def compare_formats(pair: Pair) -> None:
    """Compare `format`, an annotation that many validators and generators act on."""
    base, head = pair.base.format, pair.head.format
    if base == head or (pair.base.enum is not None and pair.head.enum is not None):
        return
    if {base, head} == {None, "byte"} and is_base64(pair.base) and is_base64(pair.head):
        return
    in_openapi = {pair.base.dialect, pair.head.dialect} & OPENAPI_DIALECTS
    if not in_openapi and pair.formats is Formats.ANNOTATIONS:
        # An annotation by default (2020-12 validation, 7.2.1); OpenAPI makes it a part of the data type.
        pair.change("format.annotation-changed", Effect.NONE, "format", before=said(base), after=said(head))
    elif base is None:
        pair.change("format.added", Effect.NARROWED, "format", after=head)
    elif head is None:
        pair.change("format.removed", Effect.WIDENED, "format", before=base)
    else:
        effect = Effect.INCOMPARABLE
        if (base, head) in _FORMAT_WITHIN:
            effect = Effect.WIDENED
        elif (head, base) in _FORMAT_WITHIN:
            effect = Effect.NARROWED
        pair.change("format.changed", effect, "format", before=base, after=head)
