"""Schemas that combine others, in three values; references that depend on the scope; limits."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from evaluation_cases import holds, read_schema

from contractguard.errors import UnreadableError
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.semantics.evaluation import Evaluator
from contractguard.semantics.evaluation.judge import MAX_LEVELS

_YES: dict[str, Any] = {"type": "string"}
_NO: dict[str, Any] = {"type": "integer"}
_OPEN: dict[str, Any] = {"pattern": "(?=x)"}
"""True, False and None of any string."""


def _schemas(letters: str) -> list[Any]:
    # Each spelt anew: what is said twice in an `allOf` is folded into one.
    return [{"Y": _YES, "N": _NO, "O": _OPEN}[letter] | {"minLength": index} for index, letter in enumerate(letters)]


@pytest.mark.parametrize(
    ("keyword", "branches", "expected"),
    [
        ("allOf", "YY", True),
        ("allOf", "YO", None),
        ("allOf", "OY", None),
        ("allOf", "ON", False),
        ("allOf", "NO", False),
        ("anyOf", "NY", True),
        ("anyOf", "OY", True),
        ("anyOf", "ON", None),
        ("anyOf", "NO", None),
        ("anyOf", "NN", False),
        ("oneOf", "YN", True),
        ("oneOf", "NY", True),
        ("oneOf", "YY", False),
        ("oneOf", "NN", False),
        ("oneOf", "YO", None),
        ("oneOf", "ON", None),
        ("oneOf", "OYY", False),
        ("oneOf", "YYO", False),
        ("oneOf", "OO", None),
        ("oneOf", "NYN", True),
    ],
)
def test_unions_and_intersections(keyword: str, branches: str, expected: bool | None) -> None:
    assert holds({keyword: _schemas(branches)}, "text") is expected


@pytest.mark.parametrize(("branch", "expected"), [("Y", False), ("N", True), ("O", None)])
def test_a_negation(branch: str, expected: bool | None) -> None:
    assert holds({"not": _schemas(branch)[0]}, "text") is expected


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ("YYN", True),
        ("YNY", False),
        ("YON", None),
        ("NYN", False),
        ("NNY", True),
        ("NYO", None),
        ("OYY", True),
        ("ONN", False),
        ("OYN", None),
        ("ONY", None),
        ("OOY", None),
        ("OOO", None),
    ],
)
def test_a_condition(cases: str, expected: bool | None) -> None:
    condition, then, otherwise = _schemas(cases)
    assert holds({"if": condition, "then": then, "else": otherwise}, "text") is expected


def test_a_condition_with_one_case() -> None:
    assert holds({"if": _YES, "then": _NO}, "text") is False
    assert holds({"if": _NO, "then": _NO}, "text") is True
    assert holds({"if": _YES, "else": _NO}, "text") is True
    assert holds({"if": _NO, "else": _NO}, "text") is False
    assert holds({"if": _OPEN, "else": _NO}, "text") is None
    assert holds({"if": _OPEN, "then": _YES}, "text") is True
    assert holds({"then": _NO, "else": _NO}, "text") is True


@pytest.mark.parametrize("keyword", ["frobnicate", "$recursiveRef", "additionalItems", "nullable"])
def test_a_keyword_that_is_not_read_may_refuse_anything(keyword: str) -> None:
    schema = {keyword: True, "type": "string"}
    assert holds(schema, "text") is None
    assert holds(schema, 1) is False
    assert holds({"anyOf": [schema, {"type": "string"}]}, "text") is True
    assert holds({"not": schema}, "text") is None
    assert holds({"not": schema}, 1) is True


def test_unknown_keywords_can_be_taken_as_annotations() -> None:
    assert holds({"frobnicate": True}, 1, unknown_is_annotation=True) is True
    assert holds({"frobnicate": True}, 1, unknown_is_annotation=False) is None


def test_a_keyword_of_the_wrong_shape_is_not_guessed_at() -> None:
    assert holds({"minLength": "3", "type": "string"}, "text") is None
    assert holds({"minLength": "3", "type": "string"}, 7) is False


def test_extensions_and_documentation_say_nothing() -> None:
    assert holds({"x-nullable": True, "title": "t", "examples": [1], "type": "string"}, "text") is True


def test_half_a_surrogate_pair_is_no_text_for_patterns() -> None:
    assert holds({"pattern": "a"}, "\ud800") is None
    assert holds({"pattern": "a", "maxLength": 0}, "\ud800") is False


def test_a_reference_that_depends_on_the_scope_is_followed_in_it() -> None:
    schema = {"$dynamicAnchor": "node", "type": "object", "additionalProperties": {"$dynamicRef": "#node"}}
    assert holds(schema, {}) is True
    assert holds(schema, {"a": {"b": {}}}) is True
    assert holds(schema, {"a": {"b": 1}}) is False
    old = {"$recursiveAnchor": True, "type": "object", "additionalProperties": {"$recursiveRef": "#"}}
    assert holds(old, {"a": {"b": {}}}, dialect="draft-2019-09") is True
    assert holds(old, {"a": {"b": 1}}, dialect="draft-2019-09") is False


def test_a_dynamic_reference_to_a_fixed_place_is_followed() -> None:
    anchored = {"properties": {"a": {"$dynamicRef": "#n"}}, "$defs": {"n": {"$anchor": "n", "type": "integer"}}}
    assert holds(anchored, {"a": 1}) is True
    assert holds(anchored, {"a": "x"}) is False
    other_mark = anchored | {"$defs": {"n": {"$anchor": "n", "$dynamicAnchor": "m", "type": "integer"}}}
    assert holds(other_mark, {"a": "x"}) is False
    pointer = {"properties": {"a": {"$dynamicRef": "#/$defs/n"}}, "$defs": {"n": False}}
    assert holds(pointer, {"a": 1}) is False
    old = {"type": "object", "additionalProperties": {"$recursiveRef": "#"}}
    assert holds(old, {"a": {"b": {}}}, dialect="draft-2019-09") is True
    assert holds(old, {"a": {"b": 1}}, dialect="draft-2019-09") is False


_TREE = {"type": "object", "properties": {"next": {"$ref": "#"}}, "additionalProperties": False}


def _nested(levels: int, inside: Any) -> Any:
    for _ in range(levels):
        inside = {"next": inside}
    return inside


def test_values_nest_as_deep_as_documents_may() -> None:
    assert holds(_TREE, _nested(250, {})) is True
    assert holds(_TREE, _nested(250, {"other": 1})) is False
    listed = {"type": "array", "items": {"$ref": "#"}, "uniqueItems": True}
    value: Any = []
    for _ in range(200):
        value = [value]
    assert holds(listed, value) is True


def test_levels_are_limited() -> None:
    assert holds(_TREE, _nested(MAX_LEVELS, {})) is True
    assert holds(_TREE, _nested(MAX_LEVELS + 1, {})) is None
    assert holds(_TREE | {"maxProperties": 0}, _nested(MAX_LEVELS + 1, {})) is False


_NEXT: dict[str, Any] = {"properties": {"next": {"$ref": "#"}}}
_STRING: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "wrapped", "levels"),
    [
        (_NEXT, "object", 1),
        ({"additionalProperties": {"$ref": "#"}}, "object", 1),
        ({"patternProperties": {"n": {"$ref": "#"}}}, "object", 1),
        ({"patternProperties": {"m": {}}, "additionalProperties": {"$ref": "#"}}, "object", 1),
        ({"patternProperties": {"(?=n)": {"$ref": "#"}}}, "object", 1),
        ({"patternProperties": {"(?=n)": {}}, "additionalProperties": {"$ref": "#"}}, "object", 1),
        ({"anyOf": [{"minProperties": 2}, True], "unevaluatedProperties": {"$ref": "#"}}, "object", 1),
        ({"items": {"$ref": "#"}}, "array", 1),
        ({"propertyNames": True, "properties": {"next": {"$ref": "#"}}}, "object", 1),
        ({"prefixItems": [{"$ref": "#"}]}, "array", 1),
        ({"contains": {"$ref": "#"}}, "array", 1),
        ({"anyOf": [{"minItems": 2}, True], "unevaluatedItems": {"$ref": "#"}}, "array", 1),
        ({"anyOf": [_NEXT, _STRING]}, "object", 2),
        ({"oneOf": [_NEXT, _STRING]}, "object", 2),
        ({"not": {"not": _NEXT}}, "object", 3),
        ({"if": {"type": "object"}, "then": _NEXT}, "object", 2),
        ({"if": _STRING, "else": _NEXT}, "object", 2),
        ({"if": _NEXT, "else": False}, "object", 2),
        ({"dependentSchemas": {"next": _NEXT}}, "object", 2),
        ({"not": {"type": "array"}, "allOf": [_NEXT | {"not": {"type": "null"}}]}, "object", 2),
        ({"$dynamicRef": "#/$defs/a", "$defs": {"a": _NEXT}}, "object", 1),
    ],
)
def test_each_schema_within_another_is_a_level(schema: Any, wrapped: str, levels: int) -> None:
    def value(depth: int) -> Any:
        inside: Any = 7
        for _ in range(depth):
            inside = {"next": inside} if wrapped == "object" else [inside]
        return inside

    reader, root = read_schema(schema)
    evaluator = Evaluator(reader, Role.NEITHER)
    assert evaluator.holds(root, value(MAX_LEVELS // levels - 1)) is True
    assert evaluator.holds(root, value(MAX_LEVELS // levels + 1)) is None


def test_a_union_that_leads_back_to_itself_is_cut() -> None:
    schema = {"anyOf": [{"$ref": "#"}, {"type": "string", "minLength": 1}]}
    assert holds(schema, "text") is True
    assert holds(schema, 1) is None
    doubled = {"anyOf": [{"$ref": "#"}, {"allOf": [{"$ref": "#/anyOf/0"}]}, {"type": "string"}]}
    assert holds(doubled, 1, steps=5_000) is None
    looking = {"anyOf": [{"$ref": "#"}, {"type": "object"}], "unevaluatedProperties": False}
    assert holds(looking, {"a": 1}, steps=5_000) is None


def test_a_reference_in_place_to_itself_is_an_error() -> None:
    schema = {"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}
    assert holds(schema, {}) is True
    with pytest.raises(UnreadableError):
        holds(schema, {"a": 1})


def test_steps_used_up_leave_the_answer_open_and_start_anew_with_each_call() -> None:
    reader, root = read_schema({"items": {"type": "integer"}})
    evaluator = Evaluator(reader, Role.NEITHER, steps=4)
    assert evaluator.holds(root, [1, 2, 3]) is True
    assert evaluator.holds(root, [1, 2, 3, 4]) is None
    assert evaluator.holds(root, [1, 2, 3]) is True
    assert evaluator.holds(root, ["a", 2, 3, 4, 5]) is False
    assert Evaluator(reader, Role.NEITHER, steps=0).holds(root, []) is None


def test_work_without_schemas_below_takes_steps_too() -> None:
    assert holds({"uniqueItems": True}, [1, 2, 3], steps=4) is True
    assert holds({"uniqueItems": True}, [1, 2, 3], steps=3) is None
    assert holds({"patternProperties": {"a": True, "b": True}}, {"x": 1, "y": 1}, steps=5) is True
    assert holds({"patternProperties": {"a": True, "b": True}}, {"x": 1, "y": 1}, steps=4) is None


def test_a_node_is_read_first() -> None:
    reader, root = read_schema({"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}})
    evaluator = Evaluator(reader, Role.NEITHER)
    assert evaluator.holds_node(root.node, 1) is True
    assert evaluator.holds_node(root.node, "x") is False
    with pytest.raises(UnreadableError):
        evaluator.holds_node(Node({"$ref": "#/nowhere"}, root.node.path, "/there"), 1)


def test_a_caller_deep_down_the_stack_gets_no_answer_instead_of_an_error() -> None:
    reader, root = read_schema(_TREE)
    evaluator = Evaluator(reader, Role.NEITHER)
    value = _nested(200, {})

    def below(frames: int) -> bool | None:
        return evaluator.holds(root, value) if frames == 0 else below(frames - 1)

    assert below(0) is True
    used = 0
    frame = sys._getframe()
    while frame.f_back is not None:
        used, frame = used + 1, frame.f_back
    assert below(sys.getrecursionlimit() - used - 60) is None
