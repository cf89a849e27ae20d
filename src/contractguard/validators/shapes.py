"""The shape that the value of each keyword must have. A keyword of another shape means nothing that anybody could check."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from contractguard.model.schema import JsonType
from contractguard.validators.outcomes import Loose

Shape: TypeAlias = Callable[[Loose], bool]

_TYPE_NAMES = frozenset(str(name) for name in JsonType)


def is_schema(value: Loose) -> bool:
    """Whether a value can be a schema."""
    return isinstance(value, dict | bool)


def is_finite_number(value: Loose) -> bool:
    """Whether a value is a JSON number."""
    if isinstance(value, int):
        return not isinstance(value, bool)
    return isinstance(value, float) and math.isfinite(value)


def is_count(value: Loose) -> bool:
    """Whether a value is a whole number from 0, however written."""
    return is_finite_number(value) and value >= 0 and value == int(value)


def _is_text(value: Loose) -> bool:
    return isinstance(value, str)


def _is_flag(value: Loose) -> bool:
    return isinstance(value, bool)


def _are_schemas(value: Loose) -> bool:
    return isinstance(value, list) and bool(value) and all(is_schema(item) for item in value)


def _are_named_schemas(value: Loose) -> bool:
    return isinstance(value, dict) and all(is_schema(item) for item in value.values())


def _are_names(value: Loose) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_types(value: Loose) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name in _TYPE_NAMES for name in names)


def _are_name_lists(value: Loose) -> bool:
    return isinstance(value, dict) and all(_are_names(item) for item in value.values())


def _are_dependencies(value: Loose) -> bool:
    return isinstance(value, dict) and all(_are_names(item) or is_schema(item) for item in value.values())


def is_tuple_or_schema(value: Loose) -> bool:
    """The shape of `items` before 2020-12."""
    return is_schema(value) or (isinstance(value, list) and all(is_schema(item) for item in value))


SHAPES: Mapping[str, Shape] = {
    "$ref": _is_text,
    "$dynamicRef": _is_text,
    "$recursiveRef": _is_text,
    "type": _are_types,
    "enum": lambda value: isinstance(value, list) and bool(value),
    "multipleOf": lambda value: is_finite_number(value) and value > 0,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), is_finite_number),
    **dict.fromkeys(
        (
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minContains",
            "maxContains",
        ),
        is_count,
    ),
    "pattern": _is_text,
    "uniqueItems": _is_flag,
    "required": _are_names,
    "dependencies": _are_dependencies,
    "dependentRequired": _are_name_lists,
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), _are_named_schemas),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _are_schemas),
    **dict.fromkeys(
        (
            "additionalItems",
            "additionalProperties",
            "contains",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties",
        ),
        is_schema,
    ),
}
"""Keyword → its shape in the later dialects; `dialects.py` names what differs in the earlier ones. `const` takes any value."""

_NUMBERS = frozenset({JsonType.INTEGER, JsonType.NUMBER})
_STRINGS = frozenset({JsonType.STRING})
_ARRAYS = frozenset({JsonType.ARRAY})
_OBJECTS = frozenset({JsonType.OBJECT})

SPEAKS_OF: Mapping[str, frozenset[JsonType]] = {
    **dict.fromkeys(("multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _NUMBERS),
    **dict.fromkeys(("minLength", "maxLength", "pattern"), _STRINGS),
    **dict.fromkeys(
        (
            "additionalItems",
            "contains",
            "items",
            "maxItems",
            "minItems",
            "prefixItems",
            "unevaluatedItems",
            "uniqueItems",
        ),
        _ARRAYS,
    ),
    **dict.fromkeys(
        (
            "additionalProperties",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "unevaluatedProperties",
        ),
        _OBJECTS,
    ),
}
"""Keyword → the only types of payload that it says anything about."""
