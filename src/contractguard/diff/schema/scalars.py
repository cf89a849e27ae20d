"""Facets of numbers and strings, and the counts of arrays and objects."""

from __future__ import annotations

from fractions import Fraction

from contractguard.diff.schema.pair import Pair, is_base64, said
from contractguard.model.change import Effect
from contractguard.model.schema import Bound, JsonType, Schema
from contractguard.model.values import UNSET, JsonValue, Unset

_COUNTS = {
    JsonType.STRING: (("min_length", "minLength", False), ("max_length", "maxLength", True)),
    JsonType.ARRAY: (("min_items", "minItems", False), ("max_items", "maxItems", True)),
    JsonType.OBJECT: (("min_properties", "minProperties", False), ("max_properties", "maxProperties", True)),
}


def compare_numbers(pair: Pair) -> None:
    """Compare `minimum`, `maximum`, their exclusive forms, and `multipleOf`."""
    if not pair.both_allow(JsonType.NUMBER):
        return
    for name, upper in (("minimum", False), ("maximum", True)):
        base = _integral(pair.base, getattr(pair.base, name), upper=upper)
        head = _integral(pair.head, getattr(pair.head, name), upper=upper)
        if base == head:
            continue
        tightened = base is None or (head is not None and _admits_less(head, base, upper=upper))
        kind, effect = ("bound.tightened", Effect.NARROWED) if tightened else ("bound.loosened", Effect.WIDENED)
        # As the two versions write them, not as they were compared: a reader looks for these values in the files.
        before, after = (_shown(getattr(side, name), upper=upper) for side in (pair.base, pair.head))
        pair.change(kind, effect, name, before=before, after=after, facts={"keyword": name})
    _compare_multiples(pair)


def _integral(schema: Schema, bound: Bound | None, *, upper: bool) -> Bound | None:
    """For integers `> 0` is `>= 1`, and `>= 0.5` too."""
    if bound is None or schema.types is None or JsonType.NUMBER in schema.types or JsonType.INTEGER not in schema.types:
        return bound
    exact = Fraction(bound.value)
    if exact.denominator == 1:
        return Bound(int(exact) + ((-1 if upper else 1) if bound.exclusive else 0))
    return Bound(exact.__floor__() if upper else exact.__ceil__())


def _admits_less(a: Bound, b: Bound, *, upper: bool) -> bool:
    if a.value == b.value:
        return a.exclusive
    return (a.value < b.value) == upper


def _shown(bound: Bound | None, *, upper: bool) -> JsonValue | Unset:
    if bound is None:
        return UNSET
    if not bound.exclusive:
        return bound.value
    return f"{'<' if upper else '>'} {bound.value}"


def _compare_multiples(pair: Pair) -> None:
    base, head = pair.base.multiple_of, pair.head.multiple_of
    if base == head:
        return
    if base is None or head is None:
        effect = Effect.NARROWED if base is None else Effect.WIDENED
    elif (Fraction(str(base)) / Fraction(str(head))).denominator == 1:
        effect = Effect.WIDENED
    elif (Fraction(str(head)) / Fraction(str(base))).denominator == 1:
        effect = Effect.NARROWED
    else:
        effect = Effect.INCOMPARABLE
    before, after = (UNSET if number is None else number for number in (base, head))
    pair.change("multiple-of.changed", effect, "multiple_of", before=before, after=after)


def compare_counts(pair: Pair) -> None:
    """Compare lengths of strings and arrays, and numbers of properties."""
    for kind, fields in _COUNTS.items():
        if not pair.both_allow(kind):
            continue
        for name, keyword, upper in fields:
            base, head = getattr(pair.base, name), getattr(pair.head, name)
            if base != head:
                pair.bound(name, keyword, base, head, upper=upper)


def compare_strings(pair: Pair) -> None:
    """Compare patterns and what a string's content is."""
    if not pair.both_allow(JsonType.STRING):
        return
    base, head = pair.base.pattern, pair.head.pattern
    if base != head:
        if base is None:
            pair.change("pattern.added", Effect.NARROWED, "pattern", after=head)
        elif head is None:
            pair.change("pattern.removed", Effect.WIDENED, "pattern", before=base)
        else:
            pair.change("pattern.changed", Effect.INCOMPARABLE, "pattern", before=base, after=head)
    for name, keyword in (("content_encoding", "contentEncoding"), ("content_media_type", "contentMediaType")):
        before, after = getattr(pair.base, name), getattr(pair.head, name)
        is_same = name == "content_encoding" and is_base64(pair.base) and is_base64(pair.head)
        if before != after and not is_same:
            details = {"keyword": keyword}
            old, new = said(before), said(after)
            pair.change("content.changed", Effect.INCOMPARABLE, name, before=old, after=new, details=details)
    _compare_content_schema(pair)


def _compare_content_schema(pair: Pair) -> None:
    base, head = pair.base.content_schema, pair.head.content_schema
    same = base is head or (base is not None and head is not None and pair.unchanged(base, head))
    if not same:
        # What an encoded string decodes to is an annotation (2020-12 validation, 8.5); it is named, not looked into.
        old, new = (UNSET if side is None else side.value for side in (base, head))
        details = {"keyword": "contentSchema"}
        pair.change("content.changed", Effect.INCOMPARABLE, "content_schema", before=old, after=new, details=details)
