"""Walking JSON Schemas, and rewritings of whole schemas that change no payload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from law_payloads import resolve

Json = Any
_ONE = frozenset(
    "items additionalItems contains unevaluatedItems additionalProperties unevaluatedProperties propertyNames not if then"
    " else".split()
)
_LIST = frozenset("prefixItems items allOf anyOf oneOf".split())
_NAMED = frozenset("properties patternProperties dependentSchemas $defs definitions".split())
Path = tuple[str | int, ...]


def subschemas(schema: Json, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json]]]:
    """Every schema that is an object, with the way to it, outermost first."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for keyword, value in schema.items():
        for step, child in _children(keyword, value):
            yield from subschemas(child, (*path, keyword, *step))


def _children(keyword: str, value: Json) -> Iterator[tuple[Path, Json]]:
    if keyword in _LIST and isinstance(value, list):
        yield from (((index,), child) for index, child in enumerate(value))
    elif keyword in _NAMED and isinstance(value, dict):
        yield from (((name,), child) for name, child in value.items())
    elif keyword in _ONE:
        yield (), value


def put(schema: Json, path: Path, new: Json) -> Json:
    """A copy of a schema with another one at a place; what does not change is shared."""
    if not path:
        return new
    step, *rest = path
    if isinstance(schema, list):
        return [put(item, tuple(rest), new) if index == step else item for index, item in enumerate(schema)]
    return {**schema, str(step): put(schema[step], tuple(rest), new)}


def rewritten(schema: Json, change: Callable[[dict[str, Json]], Json]) -> Json:
    """A copy with `change` applied to every schema that is an object, innermost first."""
    if not isinstance(schema, dict):
        return schema
    return change({keyword: _rewritten_keyword(keyword, value, change) for keyword, value in schema.items()})


def _rewritten_keyword(keyword: str, value: Json, change: Callable[[dict[str, Json]], Json]) -> Json:
    if keyword in _LIST and isinstance(value, list):
        return [rewritten(child, change) for child in value]
    if keyword in _NAMED and isinstance(value, dict):
        return {name: rewritten(child, change) for name, child in value.items()}
    return rewritten(value, change) if keyword in _ONE else value


def keys_reversed(value: Json) -> Json:
    """Every object of a JSON value with its keys in the opposite order."""
    if isinstance(value, dict):
        return {key: keys_reversed(value[key]) for key in reversed(value)}
    return [keys_reversed(item) for item in value] if isinstance(value, list) else value


def references_wrapped(root: Json) -> Json:
    """Each schema that is a bare reference as the only branch of an allOf."""
    return rewritten(root, lambda s: {"allOf": [s]} if s.keys() == {"$ref"} else s)


def references_inlined(root: Json) -> Json:
    """Each bare reference replaced by what it leads to, once: references inside of that stay."""
    return rewritten(root, lambda s: resolve(root, s["$ref"]) if s.keys() == {"$ref"} else s)


def definitions_renamed(root: Json) -> Json:
    """Each definition under another name."""

    def change(s: dict[str, Json]) -> Json:
        new = dict(s)
        if "$ref" in s:
            new["$ref"] = f"{s['$ref']}_renamed"
        for keyword in ("$defs", "definitions"):
            if keyword in s:
                new[keyword] = {f"{name}_renamed": child for name, child in s[keyword].items()}
        return new

    return rewritten(root, change)


def constants_listed(root: Json) -> Json:
    """`const` as an `enum` of one."""

    def change(s: dict[str, Json]) -> Json:
        if "const" not in s or "enum" in s:
            return s
        return {("enum" if key == "const" else key): ([value] if key == "const" else value) for key, value in s.items()}

    return rewritten(root, change)


def types_listed(root: Json) -> Json:
    """`type` in a list, where it is not."""
    return rewritten(root, lambda s: {**s, "type": [s["type"]]} if isinstance(s.get("type"), str) else s)


def schemas_wrapped(root: Json) -> Json:
    """Every schema below the root as the only branch of an allOf."""
    return {**rewritten(root, lambda s: {"allOf": [s]})["allOf"][0]} if isinstance(root, dict) else root
