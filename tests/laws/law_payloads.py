"""Payloads drawn for schemas, and what plain `jsonschema` says of them. Nothing here knows the comparison.

The sampler is directed and repeatable: it follows the keywords of a schema, draws numbers, lengths and names from around those
that the schemas mention, and now and then disregards a keyword. Whether a payload is valid is for `is_valid` to say.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeGuard

import jsonschema

Json = Any
DRAFT_2020 = "draft-2020-12"
_VALIDATORS: Mapping[str, Any] = {
    "draft-04": jsonschema.Draft4Validator,
    "draft-06": jsonschema.Draft6Validator,
    "draft-07": jsonschema.Draft7Validator,
    "draft-2019-09": jsonschema.Draft201909Validator,
    DRAFT_2020: jsonschema.Draft202012Validator,
}
_STRINGS = ("", "a", "b", "t", "ab", "aaa", "aaaaaa", "A1", "0", "12", "x-a", "x y", "é", "\U0001f600")
_NAMES = ("a", "b", "x", "x-a", "k", "z", "zz", "0")
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS = ("Items", "Properties", "Length", "Contains")
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_LAID_IN = ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas", *_REFERENCES)
_DEPTH = 5


def is_valid(schema: Json, payload: Json, dialect: str = DRAFT_2020) -> bool:
    """Whether plain `jsonschema` takes the payload."""
    return bool(_VALIDATORS[dialect](schema).is_valid(payload))


def payloads(schema: Json, count: int, *, beside: Iterable[Json] = (), seed: int = 0) -> Iterator[Json]:
    """Payloads that try to be valid under `schema`, with values that the schemas `beside` mention as well."""
    sampler = _Sampler(schema, beside, random.Random(seed))  # noqa: S311  (nothing secret)
    return (sampler.draw(schema, _DEPTH) for _ in range(count))


def valid_payloads(
    schema: Json, count: int, *, beside: Iterable[Json] = (), dialect: str = DRAFT_2020, seed: int = 0
) -> list[Json]:
    """Up to `count` payloads that are valid under `schema`, from ten times as many draws."""
    validator = _VALIDATORS[dialect](schema)
    drawn = payloads(schema, 10 * count, beside=beside, seed=seed)
    return list(islice((payload for payload in drawn if validator.is_valid(payload)), count))


def counterexample(old: Json, new: Json, *, count: int = 200, dialect: str = DRAFT_2020, seed: int = 0) -> list[Json]:
    """A list of one payload that is valid under `old` and not under `new`, or an empty list where none was drawn."""
    accepts = _VALIDATORS[dialect](new)
    found = (p for p in valid_payloads(old, count, beside=[new], dialect=dialect, seed=seed) if not accepts.is_valid(p))
    return list(islice(found, 1))


def values_in(schema: Json) -> Iterator[tuple[str, Json]]:
    """Every key of every object inside a schema, with its value."""
    waiting = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value.items()
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def resolve(root: Json, reference: str) -> Json:
    """What a JSON pointer reference inside `root` leads to; `true` for any other reference."""
    if not reference.startswith("#"):
        return True
    found = root
    for token in reference[1:].split("/")[1:]:
        step = token.replace("~1", "/").replace("~0", "~")
        found = found[int(step)] if isinstance(found, list) else found.get(step, True)
    return found


class _Sampler:
    def __init__(self, root: Json, beside: Iterable[Json], chance: random.Random) -> None:
        self._root = root
        self._chance = chance
        mentioned = [item for schema in (root, *beside) for item in values_in(schema)]
        self._numbers = _numbers_around(mentioned)
        self._lengths = _lengths_around(mentioned)
        self._members = _members(mentioned)
        self._names = _names(mentioned)
        strings = [member for member in self._members if isinstance(member, str)]
        words = [
            word for keyword, value in mentioned if keyword == "pattern" for word in re.findall(r"\w+", str(value))
        ]
        self._strings = sorted(
            {*_STRINGS, *strings, *words, *("a" * length for length in self._lengths if length < 50)}
        )

    def draw(self, schema: Json, depth: int) -> Json:
        """A payload for a schema; any value where it leaves the choice, or, one time in fifteen, in spite of it."""
        if not isinstance(schema, dict) or self._one_in(15):
            return self._anything(depth)
        schema = self._flattened(schema, depth)
        if "const" in schema and not self._one_in(10):
            return schema["const"]
        if schema.get("enum") and not self._one_in(10):
            return self._chance.choice(schema["enum"])
        return self._of_type(self._type(schema), schema, depth)

    def _one_in(self, odds: int) -> bool:
        return self._chance.randrange(odds) == 0

    def _anything(self, depth: int) -> Json:
        if self._members and self._one_in(3):
            return self._chance.choice(self._members)
        return self._of_type(self._chance.choice(_TYPES[: 7 if depth > 0 else 5]), {}, depth)

    def _flattened(self, schema: dict[str, Json], depth: int) -> dict[str, Json]:
        """The schema with its references and branches laid into it: one branch of each choice."""
        for _ in range(depth + 2):
            chosen: list[Json] = list(schema.get("allOf", ()))
            chosen += [self._chance.choice(schema[keyword]) for keyword in ("anyOf", "oneOf") if schema.get(keyword)]
            if "if" in schema:
                chosen += [schema["if"], schema.get("then", True)] if self._one_in(2) else [schema.get("else", True)]
            chosen += [schema["not"]] if "not" in schema and self._one_in(2) else []
            chosen += [part for part in schema.get("dependentSchemas", {}).values() if self._one_in(2)]
            chosen += [resolve(self._root, schema[keyword]) for keyword in _REFERENCES if keyword in schema]
            if not any(keyword in schema for keyword in _LAID_IN):
                break
            schema = {keyword: value for keyword, value in schema.items() if keyword not in _LAID_IN}
            for part in chosen:
                if isinstance(part, dict):
                    schema = _laid_together(schema, part)
        return schema

    def _type(self, schema: dict[str, Json]) -> str:
        named = schema.get("type")
        if isinstance(named, str):
            return named
        if isinstance(named, list) and named:
            return str(self._chance.choice(named))
        for kind, hints in _HINTS.items():
            if not schema.keys().isdisjoint(hints) and not self._one_in(5):
                return kind
        return self._chance.choice(_TYPES)

    def _of_type(self, kind: str, schema: dict[str, Json], depth: int) -> Json:
        if kind == "null":
            return None
        if kind == "boolean":
            return self._one_in(2)
        if kind in ("integer", "number"):
            return self._number(kind, schema)
        if kind == "string":
            return self._string(schema)
        return self._array(schema, depth) if kind == "array" else self._object(schema, depth)

    def _number(self, kind: str, schema: dict[str, Json]) -> Json:
        fits = [number for number in self._numbers if kind == "number" or float(number).is_integer()]
        if not self._one_in(4):
            fits = [number for number in fits if _roughly_within(number, schema)] or fits
        return self._chance.choice(fits)

    def _string(self, schema: dict[str, Json]) -> Json:
        fits = self._strings
        if not self._one_in(4):
            low, high = schema.get("minLength", 0), schema.get("maxLength", 10**6)
            pattern = schema.get("pattern", "")
            fits = [text for text in fits if low <= len(text) <= high and re.search(pattern, text)] or fits
        return self._chance.choice(fits)

    def _count(self, least: int, most: int, usual: int) -> int:
        fits = [length for length in (*self._lengths, *range(usual)) if least <= length <= min(most, 8)]
        return self._chance.choice(fits) if fits and not self._one_in(8) else min(least, 8)

    def _array(self, schema: dict[str, Json], depth: int) -> Json:
        if depth <= 0 and not schema.get("minItems"):
            return []
        items = schema.get("items", True)
        places = items if isinstance(items, list) else schema.get("prefixItems", [])
        rest = schema.get("additionalItems", True) if isinstance(items, list) else items
        most = len(places) if rest is False and not self._one_in(8) else 8
        least = max(schema.get("minItems", 0), schema.get("minContains", 1) if "contains" in schema else 0)
        count = self._count(least, min(most, schema.get("maxItems", 8)), len(places) + 2)
        found = [self.draw(places[i] if i < len(places) else rest, depth - 1) for i in range(count)]
        if "contains" in schema and found and not self._one_in(4):
            for _ in range(schema.get("minContains", 1)):
                found[self._chance.randrange(len(found))] = self.draw(schema["contains"], depth - 1)
        return found

    def _object(self, schema: dict[str, Json], depth: int) -> Json:
        known = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        rest = schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
        names = [name for name in schema.get("required", ()) if not self._one_in(12)]
        wished = schema.get("minProperties", 0)
        odds = 2 if depth > 1 else 6
        names += [name for name in known if name not in names and known[name] is not False and self._one_in(odds)]
        while (
            (rest is not False or patterns)
            and depth > 0
            and (len(names) < wished or self._one_in(2))
            and len(names) < 8
        ):
            names.append(self._chance.choice(self._names))
        for name, demanded in schema.get("dependentRequired", {}).items():
            names += [other for other in demanded if name in names and not self._one_in(4)]
        return {name: self.draw(self._value(name, known, patterns, rest), depth - 1) for name in dict.fromkeys(names)}

    def _value(self, name: str, known: dict[str, Json], patterns: dict[str, Json], rest: Json) -> Json:
        parts = [part for pattern, part in patterns.items() if re.search(pattern, name)]
        if name in known:
            parts.append(known[name])
        flat: Json = parts[0] if parts else rest
        for part in parts[1:]:
            if isinstance(flat, dict) and isinstance(part, dict):
                flat = _laid_together(flat, part)
        return flat


_HINTS: Mapping[str, frozenset[str]] = {
    "object": frozenset(
        "properties required additionalProperties patternProperties minProperties maxProperties propertyNames"
        " dependentRequired unevaluatedProperties".split()
    ),
    "array": frozenset("items prefixItems contains minItems maxItems uniqueItems unevaluatedItems".split()),
    "string": frozenset(("minLength", "maxLength", "pattern")),
    "number": frozenset(_NUMBERS),
}


def _laid_together(first: dict[str, Json], second: dict[str, Json]) -> dict[str, Json]:
    """Roughly what both schemas say; where they differ on a keyword, the second has its way."""
    both = {**first, **second}
    for keyword in ("properties", "patternProperties"):
        if keyword in first and keyword in second:
            both[keyword] = {**first[keyword], **second[keyword]}
    if "required" in first and "required" in second:
        both["required"] = [*first["required"], *second["required"]]
    if "items" in first and second.get("items") is True:
        both["items"] = first["items"]
    return both


def _roughly_within(number: float, schema: dict[str, Json]) -> bool:
    low, high, divisor = (schema.get(keyword) for keyword in ("minimum", "maximum", "multipleOf"))
    if (_is_number(low) and number < low) or (_is_number(high) and number > high):
        return False
    return not _is_number(divisor) or divisor <= 0 or number % divisor == 0


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _numbers_around(mentioned: list[tuple[str, Json]]) -> list[Json]:
    found: set[Json] = {0, 1, -1, 2, 3, 7, 10, 0.5, 1.5, 100}
    for keyword, value in mentioned:
        if keyword in _NUMBERS and _is_number(value):
            found |= {value, value + 1, value - 1, value + 0.5, value * 2, value * 3}
    return sorted(found)


def _lengths_around(mentioned: list[tuple[str, Json]]) -> list[int]:
    found = {0, 1, 2}
    for keyword, value in mentioned:
        if keyword.endswith(_COUNTS) and isinstance(value, int):
            found |= {value, value + 1, max(0, value - 1)}
    return sorted(found)


def _members(mentioned: list[tuple[str, Json]]) -> list[Json]:
    listed = [
        member for keyword, value in mentioned if keyword == "enum" and isinstance(value, list) for member in value
    ]
    return [*listed, *(value for keyword, value in mentioned if keyword == "const")]


def _names(mentioned: list[tuple[str, Json]]) -> list[str]:
    found = set(_NAMES)
    for keyword, value in mentioned:
        if keyword == "required" and isinstance(value, list):
            found.update(name for name in value if isinstance(name, str))
        if keyword in ("properties", "dependentRequired", "dependentSchemas") and isinstance(value, dict):
            found.update(value)
    return sorted(found)
