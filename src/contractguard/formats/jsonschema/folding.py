"""Folding schemas that must all hold into one, where that changes no payload and hides no place.

Used for `allOf`, for `$ref` with members beside it, and for unions of one. Keywords that look at their neighbours in the same
schema object (`additionalProperties`, `unevaluated…`, `items` after a tuple, `if`) fold only where the neighbours stay the same;
what does not fold stays an `allOf`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from contractguard.formats.jsonschema.keywords import tighter
from contractguard.model.places import Conjunction, Node, scope_of
from contractguard.model.schema import JsonType, Schema
from contractguard.model.values import UNSET, canonical, same_value

SameBase: TypeAlias = Callable[[Node, Node], bool]
"""Whether references at two places of one file are relative to the same base: both lie in one schema resource."""

_ARRAY_GROUP = ("prefix_items", "items", "unevaluated_items")
_CONTAINS_GROUP = ("contains", "min_contains", "max_contains")
_CONDITION_GROUP = ("if_", "then", "else_")
_ONE_SIDE_ONLY = ("any_of", "one_of", "not_")
_SAME_OR_ONE_SIDE = ("format", "pattern", "content_encoding", "content_media_type", "multiple_of")
_LOWER_COUNTS = ("min_length", "min_items", "min_properties")
_UPPER_COUNTS = ("max_length", "max_items", "max_properties")
_MARKS = (
    "deprecated",
    "read_only",
    "write_only",
    "unique_items",
    "evaluates_properties",
    "evaluates_items",
    "open_enum",
)


def fold(outer: Schema, inner: Schema, same_base: SameBase) -> Schema | None:
    """One schema valid for exactly the payloads that both are valid for, or None where the two do not fold.

    Annotations are those of `outer`, else those of `inner`. What `same_base` answers decides where equal text means the same.
    """
    if outer.dialect is not inner.dialect or outer.boolean is False or inner.boolean is False:
        return None
    merged: dict[str, Any] = {}
    for step in (_scalars, _counts_and_bounds, _groups, partial(_objects, same_base=same_base), _annotations):
        fields = step(outer, inner)
        if fields is None:
            return None
        merged |= fields
    origins = {**inner.origins, **outer.origins}
    for field in ("minimum", "maximum", *_LOWER_COUNTS, *_UPPER_COUNTS):
        if merged.get(field) is not None and merged[field] != getattr(outer, field):
            origins[field] = inner.origin(field)
    all_of = (*outer.all_of, *inner.all_of)
    return replace(outer, **merged, all_of=all_of, origins=origins, boolean=None)


def _scalars(outer: Schema, inner: Schema) -> dict[str, Any] | None:
    types = common_types(outer.types, inner.types)
    if types is not None and not types:
        return None
    fields: dict[str, Any] = {"types": types}
    enum = _common_values(outer.enum, inner.enum)
    if enum is not None and not enum:
        return None
    fields["enum"] = enum
    for field in _SAME_OR_ONE_SIDE:
        a, b = getattr(outer, field), getattr(inner, field)
        if a is not None and b is not None and a != b:
            return None
        fields[field] = b if a is None else a
    return fields


def common_types(a: frozenset[JsonType] | None, b: frozenset[JsonType] | None) -> frozenset[JsonType] | None:
    """The types that both sets allow; None stands for all."""
    if a is None or b is None:
        return b if a is None else a
    both = a & b
    if JsonType.INTEGER in a | b and JsonType.NUMBER in a | b and JsonType.NUMBER not in both:
        both |= {JsonType.INTEGER}
    return both


def _common_values(a: tuple[Node, ...] | None, b: tuple[Node, ...] | None) -> tuple[Node, ...] | None:
    if a is None or b is None:
        return b if a is None else a
    kept = {canonical(item.value) for item in b}
    return tuple(item for item in a if canonical(item.value) in kept)


def _counts_and_bounds(outer: Schema, inner: Schema) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field, upper in (("minimum", False), ("maximum", True)):
        a, b = getattr(outer, field), getattr(inner, field)
        fields[field] = tighter(a, b, upper=upper) if a and b else a or b
    for names, choose in ((_LOWER_COUNTS, max), (_UPPER_COUNTS, min)):
        for field in names:
            given = [value for value in (getattr(outer, field), getattr(inner, field)) if value is not None]
            fields[field] = choose(given) if given else None
    return fields


def _groups(outer: Schema, inner: Schema) -> dict[str, Any] | None:
    fields: dict[str, Any] = {}
    for group in (_ARRAY_GROUP, _CONTAINS_GROUP, _CONDITION_GROUP, *((name,) for name in _ONE_SIDE_ONLY)):
        a, b = (any(getattr(side, name) not in (None, ()) for name in group) for side in (outer, inner))
        if a and b:
            return None
        fields |= {name: getattr(inner if b else outer, name) for name in group}
    if inner.unevaluated_items is not None or (outer.unevaluated_items is not None and inner.contains is not None):
        return None
    return fields


def _objects(outer: Schema, inner: Schema, same_base: SameBase) -> dict[str, Any] | None:
    if inner.unevaluated_properties is not None or not _same_reach(outer, inner) or not _same_reach(inner, outer):
        return None
    return {
        "properties": _joined(outer.properties, inner.properties, same_base),
        "pattern_properties": _joined(outer.pattern_properties, inner.pattern_properties, same_base),
        "additional_properties": outer.additional_properties or inner.additional_properties,
        "property_names": _both(outer.property_names, inner.property_names, same_base),
        "required": {**inner.required, **outer.required},
        "dependent_required": {
            name: outer.dependent_required.get(name, frozenset()) | inner.dependent_required.get(name, frozenset())
            for name in (
                *outer.dependent_required,
                *(n for n in inner.dependent_required if n not in outer.dependent_required),
            )
        },
        "dependent_schemas": _joined(outer.dependent_schemas, inner.dependent_schemas, same_base),
    }


def _same_reach(closed: Schema, other: Schema) -> bool:
    """Whether `additionalProperties` of one would still govern the same names beside the properties of the other."""
    if closed.additional_properties is None:
        return True
    if other.additional_properties is not None:
        return False
    return other.properties.keys() <= closed.properties.keys() and other.pattern_properties.keys() <= (
        closed.pattern_properties.keys()
    )


def _joined(a: Mapping[str, Node], b: Mapping[str, Node], same_base: SameBase) -> Mapping[str, Node]:
    if not a or not b:
        return a or b
    joined = dict(a)
    for name, node in b.items():
        held = joined.get(name)
        joined[name] = node if held is None else _both_nodes(held, node, same_base)
    return joined


def _both(a: Node | None, b: Node | None, same_base: SameBase) -> Node | None:
    return _both_nodes(a, b, same_base) if a is not None and b is not None else a or b


def _both_nodes(a: Node, b: Node, same_base: SameBase) -> Node:
    return a if _means_the_same(a, b, same_base) else Conjunction.of(a, b)


def _means_the_same(a: Node, b: Node, same_base: SameBase) -> bool:
    """Whether two schemas are equal text, with the same file, scope and base: elsewhere a reference in it may lead elsewhere."""
    if isinstance(a, Conjunction) or isinstance(b, Conjunction):
        a_parts, b_parts = (node.parts if isinstance(node, Conjunction) else (node,) for node in (a, b))
        same_count = len(a_parts) == len(b_parts)
        return same_count and all(_means_the_same(x, y, same_base) for x, y in zip(a_parts, b_parts, strict=True))
    return a.path == b.path and scope_of(a) is scope_of(b) and same_value(a.value, b.value) and same_base(a, b)


def _annotations(outer: Schema, inner: Schema) -> dict[str, Any] | None:
    if outer.unknown.keys() & inner.unknown.keys():
        return None
    fields: dict[str, Any] = {name: getattr(outer, name) or getattr(inner, name) for name in _MARKS}
    fields["default"] = inner.default if outer.default is UNSET else outer.default
    fields["xml"] = inner.xml if outer.xml is UNSET else outer.xml
    fields["discriminator"] = outer.discriminator or inner.discriminator
    fields["content_schema"] = outer.content_schema or inner.content_schema
    for name in ("documentation", "extensions", "unknown"):
        a, b = getattr(outer, name), getattr(inner, name)
        fields[name] = {**b, **a} if a and b else a or b
    return fields


def close_unevaluated(schema: Schema) -> Schema:
    """`unevaluatedProperties` as `additionalProperties`, where everything it looks at has been folded into one schema.

    2020-12 core, 11.3: without in-place applicators left, both govern the same names. Likewise for items. Where the schema itself
    leaves nothing unevaluated, the keyword says nothing.
    """
    if schema.evaluates_properties and schema.unevaluated_properties is not None:
        schema = replace(schema, unevaluated_properties=None)
    if schema.evaluates_items and schema.unevaluated_items is not None:
        schema = replace(schema, unevaluated_items=None)
    if schema.all_of or schema.any_of or schema.one_of or schema.if_ or schema.dependent_schemas:
        return schema
    changes: dict[str, Any] = {}
    if schema.unevaluated_properties is not None and schema.additional_properties is None:
        changes |= {"additional_properties": schema.unevaluated_properties, "unevaluated_properties": None}
    if schema.unevaluated_items is not None and schema.items is None and schema.contains is None:
        changes |= {"items": schema.unevaluated_items, "unevaluated_items": None}
    if not changes:
        return schema
    origins = dict(schema.origins)
    for field, source in (("additional_properties", "unevaluated_properties"), ("items", "unevaluated_items")):
        if field in changes:
            origins[field] = schema.origin(source)
    return replace(schema, **changes, origins=origins)
