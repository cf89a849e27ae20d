"""Known edits to schemas of numbers, strings and listed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from law_edits import INCOMPARABLE, NARROWED, NEUTRAL, WIDENED, Edit, has_only, is_whole, without

Json = Any
_Schema = dict[str, Json]
_NUMERIC = ("integer", "number")


def _bounded(schema: _Schema, *bounds: str) -> bool:
    """A numeric schema with bounds alone, whole ones, all of `bounds` among them, and room between them."""
    if schema.get("type") not in _NUMERIC or not has_only(schema, "type", "minimum", "maximum"):
        return False
    given = [schema[bound] for bound in ("minimum", "maximum") if bound in schema]
    return all(is_whole(value) for value in given) and given == sorted(given) and set(bounds) <= schema.keys()


def _moved(bound: str, step: int) -> Callable[[_Schema], Json | None]:
    return lambda s: {**s, bound: s[bound] + step} if _bounded(s, bound) else None


def _bound_dropped(bound: str) -> Callable[[_Schema], Json | None]:
    return lambda s: without(s, bound) if _bounded(s, bound) else None


def _unbounded(keyword: str, value: Json) -> Callable[[_Schema], Json | None]:
    return lambda s: {**s, keyword: value} if has_only(s, "type") and s.get("type") in _NUMERIC else None


def _with_bound_of_integers(keyword: str, shift: float) -> Callable[[_Schema], Json | None]:
    def apply(s: _Schema) -> Json | None:
        if not _bounded(s, "minimum") or s["type"] != "integer":
            return None
        return {**without(s, "minimum"), keyword: s["minimum"] + shift}

    return apply


def _divisor(change: Callable[[int], float]) -> Callable[[_Schema], Json | None]:
    def apply(s: _Schema) -> Json | None:
        suits = has_only(s, "multipleOf", type="integer") and is_whole(s.get("multipleOf")) and s["multipleOf"] % 2 == 0
        return {**s, "multipleOf": change(s["multipleOf"])} if suits else None

    return apply


def _as_divisible_number(s: _Schema) -> Json | None:
    suits = has_only(s, "minimum", "maximum", type="integer")
    return {**s, "type": "number", "multipleOf": 1} if suits else None


def _range_shifted(s: _Schema) -> Json | None:
    both = _bounded(s, "minimum", "maximum")
    return {**s, "minimum": s["minimum"] + 1, "maximum": s["maximum"] + 1} if both else None


NUMBERS = (
    Edit("minimum raised", NARROWED, _moved("minimum", 1)),
    Edit("minimum lowered", WIDENED, _moved("minimum", -1)),
    Edit("maximum raised", WIDENED, _moved("maximum", 1)),
    Edit("maximum lowered", NARROWED, _moved("maximum", -1)),
    Edit("minimum dropped", WIDENED, _bound_dropped("minimum")),
    Edit("maximum dropped", WIDENED, _bound_dropped("maximum")),
    Edit("minimum set", NARROWED, _unbounded("minimum", 0)),
    Edit("maximum set", NARROWED, _unbounded("maximum", 100)),
    Edit("exclusive bound set", NARROWED, _unbounded("exclusiveMaximum", 0)),
    Edit("range shifted", INCOMPARABLE, _range_shifted),
    Edit(
        "bound made exclusive",
        NARROWED,
        lambda s: {**s, "exclusiveMinimum": s["minimum"]} if _bounded(s, "minimum") else None,
    ),
    Edit("bound of integers made exclusive one lower", NEUTRAL, _with_bound_of_integers("exclusiveMinimum", -1)),
    Edit("bound of integers made a fraction lower", NEUTRAL, _with_bound_of_integers("minimum", -0.5)),
    Edit(
        "loose bound beside a tight one",
        NEUTRAL,
        lambda s: {**s, "allOf": [{"minimum": s["minimum"] - 1}]} if _bounded(s, "minimum") else None,
    ),
    Edit(
        "tight bound beside a loose one",
        NARROWED,
        lambda s: {**s, "allOf": [{"minimum": s["minimum"] + 1}]} if _bounded(s, "minimum") else None,
    ),
    Edit("divisor set", NARROWED, _unbounded("multipleOf", 3)),
    Edit("divisor doubled", NARROWED, _divisor(lambda divisor: divisor * 2)),
    Edit("divisor halved", WIDENED, _divisor(lambda divisor: divisor // 2)),
    Edit("divisor of its own", INCOMPARABLE, _divisor(lambda divisor: divisor + 1)),
    Edit("integers made numbers", WIDENED, lambda s: {**s, "type": "number"} if has_only(s, type="integer") else None),
    Edit("numbers made integers", NARROWED, lambda s: {**s, "type": "integer"} if has_only(s, type="number") else None),
    Edit("integers as numbers divisible by 1", NEUTRAL, _as_divisible_number),
)


def _lengths(s: _Schema) -> bool:
    return has_only(s, "minLength", "maxLength", type="string") and 0 < s.get("minLength", 0) < s.get("maxLength", 0)


def _length_moved(keyword: str, step: int) -> Callable[[_Schema], Json | None]:
    return lambda s: {**s, keyword: s[keyword] + step} if _lengths(s) else None


def _plain_text(more: _Schema) -> Callable[[_Schema], Json | None]:
    return lambda s: {**s, **more} if has_only(s, type="string") else None


def _pattern(before: str, after: _Schema) -> Callable[[_Schema], Json | None]:
    return lambda s: {**without(s, "pattern"), **after} if has_only(s, type="string", pattern=before) else None


STRINGS = (
    Edit("minLength raised", NARROWED, _length_moved("minLength", 1)),
    Edit("minLength lowered", WIDENED, _length_moved("minLength", -1)),
    Edit("maxLength raised", WIDENED, _length_moved("maxLength", 1)),
    Edit("maxLength lowered", NARROWED, _length_moved("maxLength", -1)),
    Edit("lengths dropped", WIDENED, lambda s: without(s, "minLength", "maxLength") if _lengths(s) else None),
    Edit("maxLength set", NARROWED, _plain_text({"maxLength": 3})),
    Edit("minLength of zero set", NEUTRAL, _plain_text({"minLength": 0})),
    Edit("pattern set", NARROWED, _plain_text({"pattern": "^[a-z]+$"})),
    Edit("pattern that matches anything set", NEUTRAL, _plain_text({"pattern": ""})),
    Edit("pattern dropped", WIDENED, _pattern("^[a-z]+$", {})),
    Edit("anchor of a pattern dropped", WIDENED, _pattern("^[a-z]+$", {"pattern": "^[a-z]"})),
    Edit("pattern with fewer characters", NARROWED, _pattern("^[a-z]+$", {"pattern": "^[b-z]+$"})),
    Edit("pattern of other characters", INCOMPARABLE, _pattern("^[a-z]+$", {"pattern": "^[a-y0]+$"})),
    Edit("pattern in another spelling", NEUTRAL, _pattern("^[a-z]+$", {"pattern": "^[a-z][a-z]*$"})),
    Edit("length that the pattern implies", NEUTRAL, _pattern("^[a-z]+$", {"pattern": "^[a-z]+$", "minLength": 1})),
    Edit("length beside a pattern", NARROWED, _pattern("^[a-z]+$", {"pattern": "^[a-z]+$", "maxLength": 2})),
    Edit("pattern with a further word", WIDENED, _pattern("^(on|off)$", {"pattern": "^(on|off|auto)$"})),
    Edit("pattern with a word less", NARROWED, _pattern("^(on|off)$", {"pattern": "^(on)$"})),
    Edit("pattern as a list of words", NEUTRAL, _pattern("^(on|off)$", {"enum": ["off", "on"]})),
    Edit("only listed strings", NARROWED, _plain_text({"enum": ["r", "g"]})),
    Edit("a string refused", NARROWED, _plain_text({"not": {"const": "t"}})),
    Edit("a number refused among strings", NEUTRAL, _plain_text({"not": {"const": 7}})),
)


def _listed(s: _Schema) -> bool:
    """Three or more plain values, nothing else, and none that the edits add."""
    values = s.get("enum", [])
    if not has_only(s, "type", "enum") or s.get("type", "string") != "string" or len(values) < 3:
        return False
    kinds: tuple[type, ...] = (str,) if "type" in s else (str, int, type(None))
    return all(isinstance(value, kinds) for value in values) and len({*values, "added"}) == len(values) + 1


def _edit_list(change: Callable[[list[Json]], list[Json]]) -> Callable[[_Schema], Json | None]:
    return lambda s: {**s, "enum": change(s["enum"])} if _listed(s) else None


def _types(change: Callable[[list[str]], list[str]]) -> Callable[[_Schema], Json | None]:
    def apply(s: _Schema) -> Json | None:
        several = isinstance(s.get("type"), list) and len(s["type"]) > 1 and "array" not in s["type"]
        return {**s, "type": change(s["type"])} if several and has_only(s, "type") else None

    return apply


def _types_as_alternatives(s: _Schema) -> Json | None:
    if not isinstance(s.get("type"), list) or not has_only(s, "type"):
        return None
    return {"anyOf": [{"type": name} for name in s["type"]]}


VALUES = (
    Edit("listed value removed", NARROWED, _edit_list(lambda values: values[1:])),
    Edit("listed value added", WIDENED, _edit_list(lambda values: [*values, "added"])),
    Edit("listed value replaced", INCOMPARABLE, _edit_list(lambda values: [*values[1:], "added"])),
    Edit("listed values in another order", NEUTRAL, _edit_list(lambda values: values[::-1])),
    Edit(
        "listed values as alternatives",
        NEUTRAL,
        lambda s: {"anyOf": [{"const": v} for v in s["enum"]]} if _listed(s) else None,
    ),
    Edit("list of values dropped", WIDENED, lambda s: without(s, "enum") if _listed(s) else None),
    Edit(
        "bound that no listed value meets",
        NEUTRAL,
        lambda s: {**s, "maximum": 10**6} if _listed(s) and "type" in s else None,
    ),
    Edit(
        "one value as a list",
        NEUTRAL,
        lambda s: {"enum": [s["const"]]} if has_only(s, "const") and "const" in s else None,
    ),
    Edit("one value replaced", INCOMPARABLE, lambda s: {"const": "other"} if has_only(s, const="only") else None),
    Edit("booleans listed", NEUTRAL, lambda s: {"enum": [False, True]} if has_only(s, type="boolean") else None),
    Edit("only true", NARROWED, lambda s: {**s, "const": True} if has_only(s, type="boolean") else None),
    Edit("type removed from the list", NARROWED, _types(lambda names: names[:-1])),
    Edit("type added to the list", WIDENED, _types(lambda names: [*names, "array"])),
    Edit("types in another order", NEUTRAL, _types(lambda names: names[::-1])),
    Edit("types as alternatives", NEUTRAL, _types_as_alternatives),
    Edit("type replaced", INCOMPARABLE, lambda s: {"type": "integer"} if has_only(s, type="string") else None),
    Edit(
        "type in a list of one",
        NEUTRAL,
        lambda s: {**s, "type": [s["type"]]} if isinstance(s.get("type"), str) else None,
    ),
    Edit("null allowed", WIDENED, lambda s: {**s, "type": [s["type"], "null"]} if has_only(s, type="string") else None),
    Edit("any type made a string", NARROWED, lambda s: {"type": "string"} if has_only(s) else None),
    Edit("type made any", WIDENED, lambda s: {} if has_only(s, type="string") else None),
)
