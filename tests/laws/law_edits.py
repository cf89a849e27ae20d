"""Edits whose effect on the set of payloads is known by construction, and where to make them.

An edit takes a schema and gives the edited one, or None where it does not suit: it asks for exactly the keywords that its
argument needs (`has_only`), so that nothing else in the schema can hide or undo what it does. A context puts a schema somewhere
inside another one such that a difference there always shows at the root, in the same sense (1) or the opposite one (-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = Any
NARROWED, WIDENED, NEUTRAL, INCOMPARABLE = "narrowed", "widened", "neutral", "incomparable"
ANNOTATIONS = frozenset("title description $comment default examples deprecated readOnly writeOnly".split())


@dataclass(frozen=True)
class Edit:
    """`apply` gives the edited schema, or None where the edit does not suit the schema."""

    name: str
    truth: str
    apply: Callable[[dict[str, Json]], Json | None] = field(repr=False)


@dataclass(frozen=True)
class Context:
    """`wrap` puts a schema into another one; `sign` is -1 where less inside means more outside."""

    name: str
    sign: int
    wrap: Callable[[Json], Json]


def has_only(schema: Json, *keywords: str, **values: Json) -> bool:
    """Whether a schema has all of `values`, some or none of `keywords`, and no other keyword but annotations."""
    if not isinstance(schema, dict) or not schema.keys() - ANNOTATIONS <= {*keywords, *values}:
        return False
    return all(name in schema and schema[name] == value for name, value in values.items())


def without(schema: dict[str, Json], *keywords: str) -> dict[str, Json]:
    """The schema less some keywords."""
    return {keyword: value for keyword, value in schema.items() if keyword not in keywords}


def is_whole(value: Json) -> bool:
    """Whether a value is an integer, and no boolean."""
    return isinstance(value, int) and not isinstance(value, bool)


def flipped(truth: str, sign: int) -> str:
    """What an effect inside a context is outside of it."""
    return {NARROWED: WIDENED, WIDENED: NARROWED}.get(truth, truth) if sign < 0 else truth


def _tagged(tag: str, **properties: Json) -> dict[str, Json]:
    return {"type": "object", "required": ["k", *properties], "properties": {"k": {"const": tag}, **properties}}


_IF_X = {"properties": {"k": {"const": "x"}}, "required": ["k"]}
CONTEXTS = (
    Context("root", 1, lambda s: s),
    Context("property", 1, lambda s: {"type": "object", "properties": {"a": s}}),
    Context("required property", 1, lambda s: {"type": "object", "properties": {"a": s}, "required": ["a"]}),
    Context("items", 1, lambda s: {"type": "array", "items": s}),
    Context("items of items", 1, lambda s: {"type": "array", "items": {"type": "array", "items": s}}),
    Context("tuple", 1, lambda s: {"type": "array", "prefixItems": [{"type": "integer"}, s]}),
    Context(
        "additionalProperties", 1, lambda s: {"type": "object", "properties": {"a": {}}, "additionalProperties": s}
    ),
    Context("patternProperties", 1, lambda s: {"type": "object", "patternProperties": {"^x-": s}}),
    Context("unevaluatedProperties", 1, lambda s: {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": s}),
    Context("unevaluatedItems", 1, lambda s: {"type": "array", "prefixItems": [{}], "unevaluatedItems": s}),
    Context("allOf", 1, lambda s: {"allOf": [{"title": "one"}, s]}),
    Context("anyOf", 1, lambda s: {"anyOf": [_tagged("x"), _tagged("y", a=s)]}),
    Context("oneOf", 1, lambda s: {"oneOf": [_tagged("x"), _tagged("y", a=s)]}),
    Context("contains", 1, lambda s: {"type": "array", "contains": s}),
    Context("contains none", -1, lambda s: {"type": "array", "contains": s, "minContains": 0, "maxContains": 0}),
    Context("dependentSchemas", 1, lambda s: {"type": "object", "dependentSchemas": {"k": {"properties": {"a": s}}}}),
    Context("then", 1, lambda s: {"type": "object", "if": _IF_X, "then": {"properties": {"a": s}}}),
    Context("else", 1, lambda s: {"type": "object", "if": _IF_X, "else": {"properties": {"a": s}}}),
    Context("if", -1, lambda s: {"if": s, "then": False}),
    Context("not", -1, lambda s: {"not": s}),
    Context("not not", 1, lambda s: {"not": {"not": s}}),
    Context("not below a property", -1, lambda s: {"type": "object", "properties": {"a": {"not": s}}}),
    Context("property below not", -1, lambda s: {"not": {"type": "object", "properties": {"a": s}, "required": ["a"]}}),
    Context(
        "reference", 1, lambda s: {"type": "object", "properties": {"a": {"$ref": "#/$defs/s"}}, "$defs": {"s": s}}
    ),
    Context("cycle", 1, lambda s: {"$ref": "#/$defs/n", "$defs": {"n": _node({"$ref": "#/$defs/n"}, s)}}),
    Context("longer cycle", 1, lambda s: {"$ref": "#/$defs/m", "$defs": _two_nodes(s)}),
)


def _node(following: Json, value: Json) -> dict[str, Json]:
    return {"type": "object", "properties": {"next": following, "v": value}}


def _two_nodes(value: Json) -> dict[str, Json]:
    return {"m": _node({"$ref": "#/$defs/n"}, {}), "n": _node({"$ref": "#/$defs/m"}, value)}


_WHOLE, _TEXT = {"type": "integer"}, {"type": "string"}
BASES: tuple[dict[str, Json], ...] = (
    {},
    {"type": "integer"},
    {"type": "number"},
    {"type": "integer", "minimum": 1},
    {"type": "integer", "minimum": 1, "maximum": 10},
    {"type": "number", "minimum": 0, "maximum": 5},
    {"type": "integer", "multipleOf": 4},
    {"type": "string"},
    {"type": "string", "minLength": 2, "maxLength": 5},
    {"type": "string", "pattern": "^[a-z]+$"},
    {"type": "string", "pattern": "^(on|off)$"},
    {"type": "string", "enum": ["r", "g", "b"]},
    {"enum": ["r", 1, None]},
    {"const": "only"},
    {"type": "boolean"},
    {"type": ["string", "integer"]},
    {"type": ["string", "null"], "maxLength": 4},
    {"type": "array"},
    {"type": "array", "items": _TEXT},
    {"type": "array", "items": _WHOLE, "minItems": 1, "maxItems": 3},
    {"type": "array", "prefixItems": [_TEXT, _WHOLE]},
    {"type": "array", "prefixItems": [_TEXT, _WHOLE], "items": False},
    {"type": "array", "contains": _WHOLE},
    {"type": "array", "items": _WHOLE, "uniqueItems": True},
    {"type": "object"},
    {"type": "object", "properties": {"a": _TEXT, "b": _WHOLE}},
    {"type": "object", "properties": {"a": _TEXT, "b": _WHOLE}, "required": ["a"]},
    {"type": "object", "properties": {"a": _TEXT, "b": _WHOLE}, "additionalProperties": False},
    {"type": "object", "properties": {"a": _TEXT, "b": _WHOLE}, "required": ["a"], "additionalProperties": False},
    {"type": "object", "minProperties": 1, "maxProperties": 3},
    {"type": "object", "additionalProperties": _WHOLE},
    {"type": "object", "properties": {"a": _TEXT, "b": _WHOLE}, "dependentRequired": {"a": ["b"]}},
    {"anyOf": [_TEXT, _WHOLE, {"type": "boolean"}]},
    {"oneOf": [_TEXT, _WHOLE]},
    {"allOf": [{"type": "string"}, {"maxLength": 4}]},
    {"type": "integer", "not": {"const": 3}},
    {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
)


def plain_places(schema: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where in a schema a difference always shows at the root: through properties and items alone, of plain objects and arrays.

    Plain means that no keyword beside them can rule out an object with that one property, or an array with that one item.
    """
    yield path
    if not isinstance(schema, dict):
        return
    if has_only(
        schema, "properties", "additionalProperties", "required", "$schema", "$id", "definitions", type="object"
    ):
        known = schema.get("properties", {})
        if set(schema.get("required", ())) <= known.keys():
            for name, child in known.items():
                yield from plain_places(child, (*path, "properties", name))
    elif has_only(schema, "items", "minItems", "maxItems", type="array") and isinstance(schema.get("items"), dict):
        one_item = schema.get("minItems", 0) <= 1 <= schema.get("maxItems", 1)
        yield from plain_places(schema["items"], (*path, "items")) if one_item else ()


def at(schema: Json, path: tuple[str, ...]) -> Json:
    """The schema at a place."""
    for step in path:
        schema = schema[step]
    return schema


def replaced(schema: Json, path: tuple[str, ...], new: Json) -> Json:
    """A copy of a schema with another one at a place; what does not change is shared."""
    if not path:
        return new
    return {**schema, path[0]: replaced(schema[path[0]], path[1:], new)}
