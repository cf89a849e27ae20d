"""Schemas in which a difference that text does not show is levelled: both sides with the values of one of them.

The values are those of the side that sends, so that a payload found with them is valid there as the file has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from contractguard.diff.openapi.rewritten import rewritten
from contractguard.diff.openapi.texts import Sort, Texts, text_of
from contractguard.model.places import Node
from contractguard.model.schema import Bound, Dialect, JsonType, Schema
from contractguard.model.values import UNSET, JsonValue

_BOOLEAN_EXCLUSIVE = frozenset({Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0})
"""Where `exclusiveMinimum` is a boolean beside `minimum`."""
_ASSERTING = frozenset(
    "$ref type format enum const nullable minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength "
    "pattern contentEncoding contentMediaType contentSchema items prefixItems additionalItems contains minContains maxContains "
    "minItems maxItems uniqueItems unevaluatedItems properties patternProperties additionalProperties propertyNames required "
    "minProperties maxProperties dependentRequired dependentSchemas unevaluatedProperties anyOf oneOf allOf not if then "
    "else".split()
)
"""Keywords that say which values are valid; the others are kept where a schema is given the values of another."""


def annotations_of(schema: Schema) -> Node:
    """The schema without what it says about values: anything is valid under it."""
    return _node(schema, _annotations(schema))


def with_values_of(sender: Texts, schema: Schema) -> Node:
    """`schema` with the values of `sender`; a default that is written as that of the sender counts as the same."""
    members = _annotations(schema) | _assertions(sender, schema.dialect)
    _settle_default(members, sender)
    listed = _listed_of(sender) if sender.sort is Sort.LISTED else {}
    return _with_enum(schema, members, listed)


def with_listed_values(sender: Texts, own: Texts) -> Node:
    """The schema of `own`, which lists its values, each as the sender has it where both list the same text."""
    members = _annotations(own.schema)
    _settle_default(members, sender)
    values = {
        text: sender.listed[text].value if text in sender.listed else node.value for text, node in own.listed.items()
    }
    listed = {text: node.with_value(values[text]) for text, node in own.listed.items()}
    return _with_enum(own.schema, members, listed | _null_of(own))


def excluding(schema: Schema, values: Sequence[JsonValue]) -> Node:
    """A schema that says no `not`, with one that leaves out some values."""
    place = schema.node
    return rewritten(place, {"not": Node({"enum": list(values)}, place.path, f"{place.pointer}/not")})


def _node(schema: Schema, members: dict[str, JsonValue]) -> Node:
    place = schema.node
    return Node(members, place.path, place.pointer)


def _annotations(schema: Schema) -> dict[str, JsonValue]:
    value = schema.node.value
    return {name: item for name, item in value.items() if name not in _ASSERTING} if isinstance(value, dict) else {}


def _settle_default(members: dict[str, JsonValue], sender: Texts) -> None:
    default, sent = members.get("default"), sender.schema.default
    if sent is not UNSET and default is not None and text_of(default) == text_of(sent):
        members["default"] = sent


def _assertions(texts: Texts, dialect: Dialect) -> dict[str, JsonValue]:
    """The keywords that say which single values are valid, other than `enum`."""
    schema = texts.schema
    if texts.sort is Sort.LISTED:
        return {}
    names: list[JsonValue] = [str(name) for name in JsonType if name in texts.types]
    said: dict[str, JsonValue] = {"type": [*names, "null"] if texts.has_null else names}
    if texts.sort is Sort.ANY:
        return said
    counts = {"minLength": schema.min_length, "maxLength": schema.max_length, "multipleOf": schema.multiple_of}
    words = {"format": schema.format, "pattern": schema.pattern, "contentEncoding": schema.content_encoding}
    said |= {name: item for name, item in (counts | words).items() if item is not None}
    for name, bound in (("minimum", schema.minimum), ("maximum", schema.maximum)):
        said |= _bound(name, bound, dialect)
    return said


def _bound(name: str, bound: Bound | None, dialect: Dialect) -> dict[str, JsonValue]:
    if bound is None:
        return {}
    exclusive = f"exclusive{name.capitalize()}"
    if not bound.exclusive:
        return {name: bound.value}
    return {name: bound.value, exclusive: True} if dialect in _BOOLEAN_EXCLUSIVE else {exclusive: bound.value}


def _listed_of(texts: Texts) -> dict[str, Node]:
    return {**texts.listed, **_null_of(texts)}


def _null_of(texts: Texts) -> dict[str, Node]:
    return {"null value": texts.schema.node.with_value(None)} if texts.has_null else {}


def _with_enum(schema: Schema, members: dict[str, JsonValue], listed: dict[str, Node]) -> Node:
    """A schema with an `enum` whose values keep their places."""
    if not listed:
        return _node(schema, members)
    origin = schema.origin("enum")
    values: list[JsonValue] = [node.value for node in listed.values()]
    plain = Node(values, origin.path, origin.pointer)
    enum = rewritten(plain, {str(index): node for index, node in enumerate(listed.values())})
    return rewritten(_node(schema, members), {"enum": enum})
