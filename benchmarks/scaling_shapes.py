"""Contracts of any size in which one thing grows: JSON Schemas, and those of `scaling_descriptions.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import scaling_descriptions
from scaling_common import Entry, Shape, Sides, branch, names

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def _schema(**keywords: object) -> dict[str, Any]:
    return {"$schema": SCHEMA, **keywords}


def _of_type(names: Iterable[str], kind: str) -> dict[str, Any]:
    return {name: {"type": kind} for name in names}


# JSON Schema


def _properties(before: str, after: str) -> Shape:
    return lambda n: (
        _schema(type="object", properties=_of_type(names(n), before)),
        _schema(type="object", properties=_of_type(names(n), after)),
    )


def _renamed_properties(n: int) -> Sides:
    old, new = (_schema(type="object", properties=_of_type(names(n, prefix), "string")) for prefix in "ab")
    return old, new


def _required(n: int) -> Sides:
    properties = _of_type(names(n), "string")
    return _schema(type="object", properties=properties), _schema(properties=properties, required=names(n))


def _enum(n: int) -> Sides:
    return _schema(enum=names(n)), _schema(enum=names(n, "q"))


def _enum_within_pattern(n: int) -> Sides:
    return _schema(enum=names(n)), _schema(type="string", pattern="^p[0-9]+$")


def _tagged(number: int, kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"kind": {"const": f"k{number}"}, "value": {"type": kind}},
        "required": ["kind"],
    }


def _union(keyword: str, branch: Callable[[int, str], Any], after: str, *, reverse: bool = False) -> Shape:
    def made(n: int) -> Sides:
        old = [branch(number, "string") for number in range(n)]
        new = [branch(number, after) for number in range(n)]
        return _schema(**{keyword: old}), _schema(**{keyword: new[::-1] if reverse else new})

    return made


def _union_changed_keyword(n: int) -> Sides:
    branches = [branch(number, "string") for number in range(n)]
    return _schema(anyOf=branches), _schema(oneOf=branches)


def _all_of_properties(after: str) -> Shape:
    return lambda n: (
        _schema(allOf=[{"properties": {name: {"type": "string"}}} for name in names(n)]),
        _schema(allOf=[{"properties": {name: {"type": after}}} for name in reversed(names(n))]),
    )


def _nested(keyword: str, leaf: object, other: object) -> Shape:
    def made(n: int) -> Sides:
        sides = []
        for inner in (leaf, other):
            schema: Any = inner
            for _ in range(min(n, 110)):
                schema = {"properties": {"a": schema}} if keyword == "properties" else {keyword: schema}
            sides.append(_schema(**schema))
        return sides[0], sides[1]

    return made


def _conditions(n: int) -> Sides:
    def chain(kind: str) -> list[Any]:
        return [
            {"if": {"required": [name]}, "then": {"properties": {name: {"type": kind}}}, "else": {"minProperties": 1}}
            for name in names(n)
        ]

    return _schema(type="object", allOf=chain("string")), _schema(type="object", allOf=chain("integer"))


def _dependent_required(n: int) -> Sides:
    return (
        _schema(dependentRequired={name: ["x"] for name in names(n)}),
        _schema(dependentRequired={name: ["x", "y"] for name in names(n)}),
    )


def _dependent_schemas(n: int) -> Sides:
    return (
        _schema(dependentSchemas={name: {"required": ["x"]} for name in names(n)}),
        _schema(dependentSchemas={name: {"required": ["y"]} for name in names(n)}),
    )


def _pattern_properties(n: int) -> Sides:
    return (
        _schema(patternProperties={f"^a.*{name}": {"type": "string"} for name in names(n)}),
        _schema(patternProperties={f"^a.*{name}": {"type": "integer"} for name in names(n)}),
    )


def _properties_beside_patterns(n: int) -> Sides:
    patterns = {f"^x{number}": {"type": "string"} for number in range(50)}
    return (
        _schema(properties=_of_type(names(n), "string"), patternProperties=patterns),
        _schema(properties=_of_type(names(n), "integer"), patternProperties=patterns),
    )


def _tuple(n: int) -> Sides:
    return (
        _schema(prefixItems=[{"type": "string"} for _ in range(n)]),
        _schema(prefixItems=[{"type": "integer"} for _ in range(n)]),
    )


def _long_pattern(n: int) -> Sides:
    return _schema(pattern=f"^{'ab' * n}$"), _schema(pattern=f"^{'ab' * n}c?$")


def _alternating_pattern(n: int) -> Sides:
    return _schema(pattern=f"^({'|'.join(names(n))})*$"), _schema(pattern=f"^({'|'.join(names(n, 'q'))})*$")


def _counted_pattern(n: int) -> Sides:
    return _schema(pattern=f"^(a|b{{1,{n}}}){{{n}}}$"), _schema(pattern=f"^(a|b{{1,{n}}}){{{n + 1}}}$")


def _many_patterns(n: int) -> Sides:
    return (
        _schema(allOf=[{"pattern": f"{name}x"} for name in names(n)]),
        _schema(allOf=[{"pattern": f"{name}y"} for name in names(n)]),
    )


def _min_length(n: int) -> Sides:
    return _schema(type="string", minLength=10**n), _schema(type="string", minLength=10**n + 1)


def _multiple(n: int) -> Sides:
    return _schema(multipleOf=1e-300, maximum=10**n), _schema(multipleOf=3e-300, maximum=1e300)


def _huge_multiple(n: int) -> Sides:
    return _schema(multipleOf=10**n + 1), _schema(multipleOf=10**n + 3)


def _many_multiples(n: int) -> Sides:
    return (
        _schema(allOf=[{"multipleOf": number} for number in range(2, n + 2)]),
        _schema(allOf=[{"multipleOf": number} for number in range(3, n + 3)]),
    )


def _recursive(after: str) -> Shape:
    def made(n: int) -> Sides:
        def definitions(kind: str) -> dict[str, Any]:
            return {
                f"d{number}": {
                    "properties": {
                        "value": {"type": kind},
                        "next": {"$ref": f"#/$defs/d{(number + 1) % n}"},
                        "other": {"$ref": f"#/$defs/d{(number * 7 + 3) % n}"},
                    }
                }
                for number in range(n)
            }

        sides = [_schema(**{"$ref": "#/$defs/d0", "$defs": definitions(kind)}) for kind in ("string", after)]
        return sides[0], sides[1]

    return made


def _not_tower(n: int) -> Sides:
    return _nested("not", {"minimum": 1}, {"minimum": 2})(n)


def _negated(n: int) -> Sides:
    return (
        _schema(allOf=[{"not": {"required": [name]}} for name in names(n)]),
        _schema(**{"not": {"anyOf": [{"required": [name]} for name in names(n, "q")]}}),
    )


def _distinct(n: int) -> Sides:
    array = {"type": "array", "uniqueItems": True, "items": {"enum": list(range(n))}}
    return _schema(**array, minItems=n), _schema(**array, minItems=n + 1)


def _contains(n: int) -> Sides:
    array = {"type": "array", "contains": {"type": "string"}}
    return _schema(**array, minContains=n), _schema(**array, minContains=n, maxContains=n)


def _unevaluated(n: int) -> Sides:
    branches = [{"properties": {name: {"type": "string"}}} for name in names(n)]
    return _schema(anyOf=branches), _schema(anyOf=branches, unevaluatedProperties=False)


def _listed_branches(n: int) -> Sides:
    old = [{"enum": [f"{name}-{number}" for number in range(20)]} for name in names(n)]
    new = [{"enum": [f"{name}-{number}" for number in range(1, 21)]} for name in names(n)]
    return _schema(oneOf=old), _schema(oneOf=new)


def _min_properties(n: int) -> Sides:
    return _schema(type="object", minProperties=n), _schema(type="object", minProperties=n + 1)


def _min_items(n: int) -> Sides:
    return _schema(type="array", minItems=n), _schema(type="array", minItems=n + 1)


SHAPES: dict[str, Entry] = {
    "properties changed": ("jsonschema", _properties("string", "integer"), 8000),
    "properties renamed": ("jsonschema", _renamed_properties, 8000),
    "required added": ("jsonschema", _required, 8000),
    "enum values replaced": ("jsonschema", _enum, 8000),
    "enum to pattern": ("jsonschema", _enum_within_pattern, 32000),
    "oneOf, overlapping, changed": ("jsonschema", _union("oneOf", branch, "integer"), 2000),
    "oneOf, overlapping, reordered": ("jsonschema", _union("oneOf", branch, "string", reverse=True), 2000),
    "oneOf, tagged, changed": ("jsonschema", _union("oneOf", _tagged, "integer"), 2000),
    "oneOf, tagged, reordered": ("jsonschema", _union("oneOf", _tagged, "string", reverse=True), 4000),
    "anyOf, changed": ("jsonschema", _union("anyOf", branch, "integer"), 2000),
    "anyOf, reordered": ("jsonschema", _union("anyOf", branch, "string", reverse=True), 4000),
    "allOf, changed": ("jsonschema", _union("allOf", branch, "integer"), 2000),
    "allOf, reordered": ("jsonschema", _union("allOf", branch, "string", reverse=True), 4000),
    "allOf of properties, reordered": ("jsonschema", _all_of_properties("string"), 4000),
    "anyOf to oneOf": ("jsonschema", _union_changed_keyword, 2000),
    "enums in oneOf": ("jsonschema", _listed_branches, 2000),
    "nested properties": ("jsonschema", _nested("properties", {"type": "string"}, {"type": "integer"}), 110),
    "nested items": ("jsonschema", _nested("items", {"type": "string"}, {"type": "integer"}), 110),
    "tower of not": ("jsonschema", _not_tower, 110),
    "negated names": ("jsonschema", _negated, 4000),
    "if, then, else": ("jsonschema", _conditions, 2000),
    "dependentRequired": ("jsonschema", _dependent_required, 4000),
    "dependentSchemas": ("jsonschema", _dependent_schemas, 4000),
    "patternProperties, overlapping": ("jsonschema", _pattern_properties, 1000),
    "properties beside patterns": ("jsonschema", _properties_beside_patterns, 2000),
    "prefixItems": ("jsonschema", _tuple, 4000),
    "long pattern": ("jsonschema", _long_pattern, 64000),
    "pattern of alternatives": ("jsonschema", _alternating_pattern, 16000),
    "pattern with counts": ("jsonschema", _counted_pattern, 1000),
    "many patterns": ("jsonschema", _many_patterns, 2000),
    "minLength of n digits": ("jsonschema", _min_length, 4000),
    "multipleOf 1e-300, n digits": ("jsonschema", _multiple, 4000),
    "multipleOf of n digits": ("jsonschema", _huge_multiple, 4000),
    "many multipleOf": ("jsonschema", _many_multiples, 4000),
    "recursive schemas, changed": ("jsonschema", _recursive("integer"), 4000),
    "recursive schemas, nothing changed": ("jsonschema", _recursive("string"), 4000),
    "uniqueItems": ("jsonschema", _distinct, 4000),
    "contains": ("jsonschema", _contains, 4000),
    "minProperties": ("jsonschema", _min_properties, 64000),
    "minItems": ("jsonschema", _min_items, 64000),
    "unevaluatedProperties": ("jsonschema", _unevaluated, 2000),
    **scaling_descriptions.SHAPES,
}
"""What grows → how it is made."""
