"""Known edits to schemas of arrays and objects, and to compositions of schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from law_edits import INCOMPARABLE, NARROWED, NEUTRAL, WIDENED, Edit, has_only, is_whole, without

Json = Any
_Schema = dict[str, Json]
_Apply = Callable[[_Schema], Json | None]
_TEXT_THEN_WHOLE = [{"type": "string"}, {"type": "integer"}]


def _counted(keyword: str, step: int) -> _Apply:
    def apply(s: _Schema) -> Json | None:
        suits = has_only(s, "items", "minItems", "maxItems", type="array") and s.get("items") == {"type": "integer"}
        return {**s, keyword: s[keyword] + step} if suits and s.get("minItems", 0) < s.get("maxItems", 0) else None

    return apply


def _list(more: _Schema, **items: Json) -> _Apply:
    """More keywords on an array of `items` and nothing else."""
    return lambda s: {**s, **more} if has_only(s, type="array", **items) else None


def _tuple(more: _Schema, **closed: Json) -> _Apply:
    return lambda s: {**s, **more} if has_only(s, type="array", prefixItems=_TEXT_THEN_WHOLE, **closed) else None


def _holding(more: _Schema) -> _Apply:
    return lambda s: {**s, **more} if has_only(s, type="array", contains={"type": "integer"}) else None


_TEXTS: dict[str, Json] = {"items": {"type": "string"}}
ARRAYS = (
    Edit("minItems raised", NARROWED, _counted("minItems", 1)),
    Edit("minItems lowered", WIDENED, _counted("minItems", -1)),
    Edit("maxItems raised", WIDENED, _counted("maxItems", 1)),
    Edit("maxItems lowered", NARROWED, _counted("maxItems", -1)),
    Edit("maxItems set", NARROWED, _list({"maxItems": 2}, **_TEXTS)),
    Edit("items must differ", NARROWED, _list({"uniqueItems": True}, **_TEXTS)),
    Edit(
        "items need not differ",
        WIDENED,
        lambda s: without(s, "uniqueItems") if has_only(s, "items", type="array", uniqueItems=True) else None,
    ),
    Edit(
        "items of one must differ",
        NEUTRAL,
        lambda s: (
            {"allOf": [s, {"anyOf": [{"minItems": 2}, {"uniqueItems": True}]}]}
            if has_only(s, type="array", **_TEXTS)
            else None
        ),
    ),
    Edit("items bounded", NARROWED, _list({"items": {"type": "string", "maxLength": 2}}, **_TEXTS)),
    Edit("items of a further type", WIDENED, _list({"items": {"type": ["string", "integer"]}}, **_TEXTS)),
    Edit("items restricted", NARROWED, _list({"items": {"type": "string"}})),
    Edit("items that may be anything", NEUTRAL, _list({"items": True})),
    Edit("an array made empty", NARROWED, _list({"items": False})),
    Edit("a tuple laid over a list", NARROWED, _list({"prefixItems": [{"type": "integer"}]})),
    Edit("a certain item demanded", NARROWED, _list({"contains": {"const": "t"}}, **_TEXTS)),
    Edit("any item demanded", NARROWED, _list({"contains": True})),
    Edit("a count of no item", NEUTRAL, _list({"contains": {"const": 7}, "minContains": 0})),
    Edit("more certain items demanded", NARROWED, _holding({"minContains": 2})),
    Edit("certain items limited", NARROWED, _holding({"maxContains": 2})),
    Edit("certain items made optional", WIDENED, _holding({"minContains": 0})),
    Edit("certain item of another type", INCOMPARABLE, _holding({"contains": {"type": "string"}})),
    Edit("tuple closed", NARROWED, _tuple({"items": False})),
    Edit("tuple closed by unevaluatedItems", NARROWED, _tuple({"unevaluatedItems": False})),
    Edit("tuple with a further place", NARROWED, _tuple({"prefixItems": [*_TEXT_THEN_WHOLE, {"type": "null"}]})),
    Edit("tuple with a place less", WIDENED, _tuple({"prefixItems": _TEXT_THEN_WHOLE[:1]})),
    Edit("places of a tuple exchanged", INCOMPARABLE, _tuple({"prefixItems": _TEXT_THEN_WHOLE[::-1]})),
    Edit("closed tuple with a length", NEUTRAL, _tuple({"maxItems": 2}, items=False)),
    Edit("closed tuple with a further place", WIDENED, _tuple({"prefixItems": [*_TEXT_THEN_WHOLE, {}]}, items=False)),
    Edit("closed tuple that must be full", NARROWED, _tuple({"minItems": 2}, items=False)),
)


def _record(s: _Schema, *, closed: bool | None = None) -> bool:
    """A plain object with two or more properties of which the last is optional and takes something."""
    if not has_only(s, "properties", "required", "additionalProperties", type="object"):
        return False
    known = s.get("properties", {})
    if len(known) < 2 or list(known)[-1] in s.get("required", ()) or not set(s.get("required", ())) <= known.keys():
        return False
    if not isinstance(list(known.values())[-1], dict) or "new" in known:
        return False
    further = s.get("additionalProperties", True)
    return isinstance(further, bool) and closed in (None, further is False)


def _edit_record(change: _Apply, *, closed: bool | None = None) -> _Apply:
    return lambda s: change(s) if _record(s, closed=closed) else None


def _last(s: _Schema) -> str:
    return str(list(s["properties"])[-1])


def _required(s: _Schema) -> Json:
    return {**s, "required": [*s.get("required", ()), _last(s)]}


def _with_property(schema: Json) -> _Apply:
    return lambda s: {**s, "properties": {**s["properties"], "new": schema}}


def _less_property(s: _Schema) -> Json | None:
    simple = s["properties"][_last(s)] == {"type": "integer"}
    return {**s, "properties": without(s["properties"], _last(s))} if simple else None


def _split(s: _Schema) -> Json:
    first = {**s, "properties": without(s["properties"], _last(s))}
    return {"allOf": [first, {"properties": {_last(s): s["properties"][_last(s)]}}]}


def _two_texts(more: _Schema) -> _Apply:
    """More keywords on an open object of a string `a` and an integer `b`."""
    known = {"a": {"type": "string"}, "b": {"type": "integer"}}
    return lambda s: {**s, **more} if has_only(s, type="object", properties=known) else None


def _free(more: _Schema) -> _Apply:
    return lambda s: {**s, **more} if has_only(s, type="object") else None


def _sized(keyword: str, step: int) -> _Apply:
    def apply(s: _Schema) -> Json | None:
        suits = has_only(s, "minProperties", "maxProperties", type="object") and is_whole(s.get(keyword))
        return (
            {**s, keyword: s[keyword] + step}
            if suits and s.get("minProperties", 0) < s.get("maxProperties", 9)
            else None
        )

    return apply


def _dependent(change: Callable[[Json], _Schema]) -> _Apply:
    def apply(s: _Schema) -> Json | None:
        if "dependentRequired" not in s or not has_only(s, "properties", "dependentRequired", type="object"):
            return None
        return {**without(s, "dependentRequired"), **change(s["dependentRequired"])}

    return apply


def _as_schemas(dependent: Json) -> _Schema:
    return {"dependentSchemas": {name: {"required": names} for name, names in dependent.items()}}


OBJECTS = (
    Edit("property made required", NARROWED, _edit_record(_required)),
    Edit(
        "all properties made optional",
        WIDENED,
        _edit_record(lambda s: without(s, "required") if s.get("required") else None),
    ),
    Edit("object closed", NARROWED, _edit_record(lambda s: {**s, "additionalProperties": False}, closed=False)),
    Edit(
        "object closed by unevaluatedProperties",
        NARROWED,
        _edit_record(lambda s: {**s, "unevaluatedProperties": False}, closed=False),
    ),
    Edit("object opened", WIDENED, _edit_record(lambda s: without(s, "additionalProperties"), closed=True)),
    Edit(
        "object opened for one type",
        WIDENED,
        _edit_record(lambda s: {**s, "additionalProperties": {"type": "null"}}, closed=True),
    ),
    Edit(
        "closed object in another spelling",
        NEUTRAL,
        _edit_record(lambda s: {**without(s, "additionalProperties"), "unevaluatedProperties": False}, closed=True),
    ),
    Edit("openness written out", NEUTRAL, _edit_record(lambda s: {**s, "additionalProperties": {}}, closed=False)),
    Edit(
        "property declared on an open object", NARROWED, _edit_record(_with_property({"type": "string"}), closed=False)
    ),
    Edit("property of any type declared on an open object", NEUTRAL, _edit_record(_with_property({}), closed=False)),
    Edit(
        "property declared on a closed object", WIDENED, _edit_record(_with_property({"type": "string"}), closed=True)
    ),
    Edit("impossible property declared on a closed object", NEUTRAL, _edit_record(_with_property(False), closed=True)),  # noqa: FBT003
    Edit("property of an open object dropped", WIDENED, _edit_record(_less_property, closed=False)),
    Edit("property of a closed object dropped", NARROWED, _edit_record(_less_property, closed=True)),
    Edit(
        "property refused",
        NARROWED,
        _edit_record(
            lambda s: (
                {**s, "properties": {**s["properties"], _last(s): False}}
                if s["properties"][_last(s)] == {"type": "integer"}
                else None
            )
        ),
    ),
    Edit("properties split over allOf", NEUTRAL, _edit_record(_split, closed=False)),
    Edit("further properties restricted", NARROWED, _two_texts({"additionalProperties": {"type": "null"}})),
    Edit("names under a pattern restricted", NARROWED, _two_texts({"patternProperties": {"^x-": {"type": "null"}}})),
    Edit(
        "pattern over a declared property that says the same",
        NEUTRAL,
        _two_texts({"patternProperties": {"^a$": {"type": "string"}}}),
    ),
    Edit(
        "pattern at odds with a declared property", NARROWED, _two_texts({"patternProperties": {"^b$": {"minimum": 1}}})
    ),
    Edit("one property demands another", NARROWED, _two_texts({"dependentRequired": {"a": ["b"]}})),
    Edit("one property demands itself", NEUTRAL, _two_texts({"dependentRequired": {"a": ["a"]}})),
    Edit(
        "one property restricts another",
        NARROWED,
        _two_texts({"dependentSchemas": {"a": {"properties": {"b": {"minimum": 1}}}}}),
    ),
    Edit("condition on a property", NARROWED, _two_texts({"if": {"required": ["a"]}, "then": {"required": ["b"]}})),
    Edit("condition without consequence", NEUTRAL, _two_texts({"if": {"required": ["a"]}})),
    Edit("demand as a schema", NEUTRAL, _dependent(_as_schemas)),
    Edit("demand dropped", WIDENED, _dependent(lambda _: {})),
    Edit("demand turned round", INCOMPARABLE, _dependent(lambda _: {"dependentRequired": {"b": ["a"]}})),
    Edit("names restricted", NARROWED, _free({"propertyNames": {"maxLength": 2}})),
    Edit("names that may be any string", NEUTRAL, _free({"propertyNames": {"type": "string"}})),
    Edit("values restricted", NARROWED, _free({"additionalProperties": {"type": "integer"}})),
    Edit("number of properties set", NARROWED, _free({"minProperties": 1})),
    Edit("minProperties raised", NARROWED, _sized("minProperties", 1)),
    Edit("minProperties lowered", WIDENED, _sized("minProperties", -1)),
    Edit("maxProperties raised", WIDENED, _sized("maxProperties", 1)),
    Edit("maxProperties lowered", NARROWED, _sized("maxProperties", -1)),
    Edit(
        "number of properties that required implies",
        NEUTRAL,
        _edit_record(lambda s: {**s, "minProperties": len(s["required"])} if s.get("required") else None),
    ),
)


def _alternatives(change: Callable[[list[Json]], _Schema]) -> _Apply:
    """Edits to an anyOf of plain types that exclude each other."""

    def apply(s: _Schema) -> Json | None:
        branches = s.get("anyOf", [])
        if not has_only(s, "anyOf") or not all(
            isinstance(branch, dict) and has_only(branch, "type") for branch in branches
        ):
            return None
        types = [branch.get("type") for branch in branches]
        if len(types) < 2 or not all(isinstance(name, str) and name != "null" for name in types):
            return None
        apart = len({"number" if name == "integer" else name for name in types}) == len(types)
        return change(branches) if apart else None

    return apply


def _any(change: Callable[[_Schema], Json]) -> _Apply:
    """Edits that suit every schema but a reference, beside which older dialects ignore everything."""
    return lambda s: None if "$ref" in s else change(s)


COMPOSITIONS = (
    Edit("alternative removed", NARROWED, _alternatives(lambda branches: {"anyOf": branches[:-1]})),
    Edit("alternative added", WIDENED, _alternatives(lambda branches: {"anyOf": [*branches, {"type": "null"}]})),
    Edit(
        "alternative bounded",
        NARROWED,
        _alternatives(lambda branches: {"anyOf": [{**branches[0], "enum": ["t"]}, *branches[1:]]}),
    ),
    Edit("alternative written twice", NEUTRAL, _alternatives(lambda branches: {"anyOf": [*branches, branches[0]]})),
    Edit(
        "alternative that another contains",
        NEUTRAL,
        _alternatives(lambda branches: {"anyOf": [*branches, {**branches[0], "maxLength": 3}]}),
    ),
    Edit("alternative that takes nothing", NEUTRAL, _alternatives(lambda branches: {"anyOf": [*branches, False]})),
    Edit("alternative that takes everything", WIDENED, _alternatives(lambda branches: {"anyOf": [*branches, True]})),
    Edit("alternatives made exclusive", NEUTRAL, _alternatives(lambda branches: {"oneOf": branches})),
    Edit(
        "exclusive alternative written twice",
        NARROWED,
        _alternatives(lambda branches: {"oneOf": [*branches, branches[0]]}),
    ),
    Edit(
        "exclusive alternatives that overlap",
        NARROWED,
        _alternatives(lambda branches: {"oneOf": [*branches, {**branches[0], "maxLength": 1}]}),
    ),
    Edit("alternatives made demands", NARROWED, _alternatives(lambda branches: {"allOf": branches})),
    Edit("nothing is valid", NARROWED, lambda s: False if has_only(s, "type") else None),
    Edit("negated", INCOMPARABLE, lambda s: {"not": s} if "type" in s and has_only(s, "type") else None),
    Edit("wrapped in allOf", NEUTRAL, _any(lambda s: {"allOf": [s]})),
    Edit("wrapped in allOf twice", NEUTRAL, _any(lambda s: {"allOf": [s, s]})),
    Edit("wrapped in anyOf", NEUTRAL, _any(lambda s: {"anyOf": [s]})),
    Edit("wrapped in oneOf with an impossible branch", NEUTRAL, _any(lambda s: {"oneOf": [False, s]})),
    Edit("negated twice", NEUTRAL, _any(lambda s: {"not": {"not": s}})),
    Edit("consequence of a condition that holds", NEUTRAL, _any(lambda s: {"if": True, "then": s})),
    Edit("annotated", NEUTRAL, _any(lambda s: {**s, "title": "T", "$comment": "c"})),
)
