"""`unevaluatedProperties` and `unevaluatedItems`: what is left over depends on what holds beside them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from inclusion_questions import example, oracle, search

from contractguard.semantics.inclusion.outcome import EMPTY, Unknown, Witness, unknown

OLD, NEW = "draft-2019-09", "draft-2020-12"
N, S = {"type": "number"}, {"type": "string"}

OBJECTS: tuple[Any, ...] = (
    *({}, {"a": 1}, {"a": "x"}, {"b": 1}, {"b": "x"}, {"a": 1, "b": 1}, {"a": 1, "b": "x"}, {"a": "x", "b": 1}),
    *({"c": 1}, {"c": "x"}, {"a": 1, "c": 1}, {"b": "x", "c": 1}, {"a": 1, "b": 1, "c": 1}, {"ab": 1}, {"ab": "x"}),
    *({"a": None}, {"a": 1, "z": None}, {"z": None}, {"z": 1}, {"b": 1, "z": "x"}, {"a": 1, "ab": 1, "c": "x"}),
)
ARRAYS: tuple[Any, ...] = (
    *([], [1], ["x"], [None], [1, 1], [1, "x"], ["x", 1], ["x", "x"], [1, None], ["x", None], [None, 1]),
    *([1, "x", None], [1, 1, 1], ["x", "x", 1], ["x", 1, "x"], [None, None], [1, "x", 1], ["x", 1, None]),
)
BESIDE_OBJECTS: list[dict[str, Any]] = [
    {},
    {"properties": {"a": N}},
    {"properties": {"a": {}}, "patternProperties": {"^ab": {}}},
    {"additionalProperties": N},
    {"properties": {"a": N}, "additionalProperties": {}},
    {"allOf": [{"anyOf": [{"properties": {"a": N}}, {"minProperties": 2}]}, {"properties": {"b": {}}}]},
    {"anyOf": [{"properties": {"a": N}, "required": ["a"]}, {"properties": {"b": N}, "required": ["b"]}]},
    {"anyOf": [{"properties": {"a": N}}, {"required": ["b"]}]},
    {"oneOf": [{"properties": {"a": N}, "required": ["a"]}, {"properties": {"b": N}, "required": ["b"]}]},
    {"oneOf": [{"properties": {"a": {}}, "required": ["a"]}, {"properties": {"b": {}}, "maxProperties": 1}]},
    {"if": {"properties": {"a": N}, "required": ["a"]}, "then": {"properties": {"b": {}}}, "else": {"properties": {"c": {}}}},
    {"if": {"required": ["a"]}, "then": {"properties": {"a": {}}}},
    {"if": {"required": ["a"]}, "else": {"properties": {"b": {}}}},
    {"if": {"properties": {"a": N}}},
    {"dependentSchemas": {"a": {"properties": {"b": {}, "a": {}}}}},
    {"dependentSchemas": {"a": {"properties": {"a": {}}, "unevaluatedProperties": S}, "b": {"required": ["c"]}}},
    {"not": {"properties": {"a": S}, "required": ["a"]}},
    {"not": {"not": {"properties": {"a": {}}}}},
    {"allOf": [{"unevaluatedProperties": N}, {"properties": {"a": {}}}]},
    {"allOf": [{"properties": {"b": {}}, "unevaluatedProperties": S}]},
    {"anyOf": [{"unevaluatedProperties": N}, {"properties": {"a": S}, "unevaluatedProperties": False}]},
    {"$defs": {"r": {"properties": {"a": {}}}}, "$ref": "#/$defs/r", "properties": {"b": {}}},
]  # fmt: skip
BESIDE_ARRAYS: list[dict[str, Any]] = [
    {},
    {"prefix": [N]},
    {"prefix": [{}, S]},
    {"rest": N, "prefix": [S]},
    {"allOf": [{"prefix": [{}]}, {"prefix": [N, S], "minItems": 1}]},
    {"anyOf": [{"prefix": [N], "minItems": 1}, {"prefix": [S, N]}]},
    {"anyOf": [{"prefix": [{}, {}]}, {"minItems": 3}]},
    {"oneOf": [{"prefix": [N], "minItems": 1}, {"prefix": [S, {}], "minItems": 1}]},
    {"if": {"prefix": [N]}, "then": {"prefix": [{}, S]}, "else": {"minItems": 2}},
    {"if": {"prefix": [N]}, "else": {"prefix": [{}, {}]}},
    {"if": {"minItems": 2}, "then": {"prefix": [{}]}},
    {"contains": N},
    {"contains": N, "prefix": [S]},
    {"contains": N, "minContains": 2},
    {"contains": N, "minContains": 0, "maxContains": 1},
    {"allOf": [{"contains": N}, {"contains": S}]},
    {"anyOf": [{"contains": N}, {"prefix": [S]}]},
    {"not": {"prefix": [S], "minItems": 1}},
    {"allOf": [{"unevaluatedItems": N}, {"prefix": [S]}]},
]  # fmt: skip
REST: tuple[Any, ...] = (False, N, {"enum": [1]})


def _written(schema: Any, dialect: str) -> Any:
    """The schema in the words of the dialect: `prefix` and `rest` are named differently."""
    if isinstance(schema, list):
        return [_written(part, dialect) for part in schema]
    if not isinstance(schema, dict):
        return schema
    prefix, rest = ("prefixItems", "items") if dialect == NEW else ("items", "additionalItems")
    names = {"prefix": prefix, "rest": rest}
    return {names.get(key, key): _written(part, dialect) for key, part in schema.items()}


def _told(schema: Any, dialect: str, values: tuple[Any, ...]) -> list[bool]:
    validator = oracle(schema, dialect)
    return [validator.is_valid(value) for value in values]


def _check(old: Any, new: Any, dialect: str, values: tuple[Any, ...]) -> str:
    """The answer, which is right as far as the values tell."""
    outcome = search(old, new, dialect=dialect)
    if isinstance(outcome, Witness):
        assert oracle(old, dialect).is_valid(outcome.value), (old, new, outcome)
        assert not oracle(new, dialect).is_valid(outcome.value), (old, new, outcome)
        return "witness"
    lost = zip(values, _told(old, dialect, values), _told(new, dialect, values), strict=True)
    if isinstance(outcome, Unknown):
        return "unknown"
    assert [value for value, a, b in lost if a and not b] == [], (old, new)
    return "proof"


@pytest.mark.parametrize("dialect", [OLD, NEW])
@pytest.mark.parametrize("beside", BESIDE_OBJECTS, ids=str)
def test_what_no_schema_looked_at_in_an_object(beside: dict[str, Any], dialect: str) -> None:
    for rest in REST:
        schema = {"type": "object", **beside, "unevaluatedProperties": rest}
        answers = [
            _check(schema, {"type": "null"}, dialect, OBJECTS),
            _check({"type": "object"}, schema, dialect, OBJECTS),
            _check(schema, {"type": "object", **beside}, dialect, OBJECTS),
            _check({"type": "object", **beside}, schema, dialect, OBJECTS),
        ]
        assert "unknown" not in answers
        assert answers[2] == "proof"


@pytest.mark.parametrize(
    ("beside", "dialect"),
    # In 2019-09 `jsonschema` counts what `contains` finds as looked at, which came with 2020-12.
    [
        (beside, dialect)
        for beside in BESIDE_ARRAYS
        for dialect in (OLD, NEW)
        if dialect == NEW or "contains" not in str(beside)
    ],
    ids=str,
)
def test_what_no_schema_looked_at_in_an_array(beside: dict[str, Any], dialect: str) -> None:
    said = _written(beside, dialect)
    for rest in REST:
        schema = {
            "type": "array",
            **said,
            "unevaluatedItems": rest if rest is not False or dialect == NEW else {"not": {}},
        }
        answers = [
            _check(schema, {"type": "null"}, dialect, ARRAYS),
            _check({"type": "array"}, schema, dialect, ARRAYS),
            _check(schema, {"type": "array", **said}, dialect, ARRAYS),
            _check({"type": "array", **said}, schema, dialect, ARRAYS),
        ]
        assert "unknown" not in answers
        assert answers[2] == "proof"


@pytest.mark.parametrize("part", range(4))
def test_pairs_of_closed_objects(part: int) -> None:
    closed = [{"type": "object", **beside, "unevaluatedProperties": False} for beside in BESIDE_OBJECTS]
    for old, new in list(product(closed, closed))[part::4]:
        assert _check(old, new, NEW, OBJECTS) != "unknown", (old, new)


@pytest.mark.parametrize("part", range(4))
def test_pairs_of_closed_arrays(part: int) -> None:
    closed = [{"type": "array", **_written(beside, NEW), "unevaluatedItems": False} for beside in BESIDE_ARRAYS]
    for old, new in list(product(closed, closed))[part::4]:
        assert _check(old, new, NEW, ARRAYS) != "unknown", (old, new)


def test_items_that_contains_finds_are_looked_at_in_2020_12_only() -> None:
    schema = {"type": "array", "contains": N, "unevaluatedItems": {"not": {}}}
    assert isinstance(search(schema, False, dialect=NEW), Witness)  # noqa: FBT003
    assert search(schema, {"not": {}}, dialect=OLD) is EMPTY


def test_the_keywords_say_nothing_before_2019_09() -> None:
    schema = {"type": "object", "unevaluatedProperties": False}
    assert search({"type": "object"}, schema, dialect="draft-07") is EMPTY


def test_what_is_declared_around_a_schema_is_not_seen_by_it() -> None:
    """2020-12 core, 11: annotations come from below and beside, never from around."""
    inner = {"unevaluatedProperties": False}
    schema = {"type": "object", "properties": {"a": N}, "allOf": [inner]}
    assert search(schema, {"maxProperties": 0}, dialect=NEW) is EMPTY
    assert isinstance(search(schema, {"not": {}}, dialect=NEW), Witness)


def test_too_many_ways_are_not_looked_at() -> None:
    ways = [{"properties": {f"p{number}": {}}, "required": [f"p{number}"]} for number in range(9)]
    schema = {"type": "object", "anyOf": ways, "unevaluatedProperties": False}
    assert search(schema, {"type": "object", "minProperties": 1}, dialect=NEW) == unknown(["unevaluatedProperties"])
    less = {**schema, "anyOf": ways[:8]}
    assert search(less, {"type": "object", "minProperties": 1}, dialect=NEW) is EMPTY


def test_too_many_ways_for_arrays_are_not_looked_at() -> None:
    ways = [{"prefixItems": [{}] * (number + 1), "maxItems": number} for number in range(9)]
    schema = {"type": "array", "anyOf": ways, "unevaluatedItems": False}
    assert search(schema, {"type": "array", "maxItems": 20}, dialect=NEW) == unknown(["unevaluatedItems"])


def test_schemas_that_look_at_nothing_are_not_decided() -> None:
    """Twenty of them are no more ways than none."""
    nothing = [{"required": [f"p{number}"]} for number in range(20)]
    schema = {"type": "object", "anyOf": nothing, "properties": {"a": {}}, "unevaluatedProperties": False}
    assert search(schema, {"type": "object", "maxProperties": 1}, dialect=NEW) is EMPTY


def test_what_an_inner_keyword_of_the_same_sort_looks_at_counts_for_the_outer_one() -> None:
    items = {"allOf": [{"anyOf": [{"title": "A"}, {"title": "B"}], "unevaluatedItems": {"type": "string"}}]}
    old = {"type": "array", "minItems": 1, **items, "unevaluatedItems": False}
    assert example(old) == ["text"]
    names = {"allOf": [{"anyOf": [{"title": "A"}, {"title": "B"}], "unevaluatedProperties": {"type": "string"}}]}
    old = {"type": "object", "minProperties": 1, **names, "unevaluatedProperties": False}
    assert list(example(old).values()) == ["text"]
