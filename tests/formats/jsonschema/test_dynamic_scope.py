"""`$dynamicRef` and `$recursiveRef`: the specification's own examples, and the `jsonschema` library on random schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import agrees, contract_of, holds, holds_in_library

from contractguard.diff.unchanged import Unchanged
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.places import Scoped

_TREE = {
    "$id": "https://example.invalid/tree",
    "$dynamicAnchor": "node",
    "type": "object",
    "properties": {"data": True, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
}
_STRICT_TREE = {
    "$id": "https://example.invalid/strict-tree",
    "$dynamicAnchor": "node",
    "$ref": "tree",
    "unevaluatedProperties": False,
    "$defs": {"tree": _TREE},
}
"""2020-12 core, appendix C."""


def test_a_tree_that_another_schema_extends() -> None:
    assert agrees(_STRICT_TREE, {"children": [{"data": 1, "children": []}]}, expected=True)
    assert agrees(_STRICT_TREE, {"children": [{"daat": 1}]}, expected=False)
    assert agrees(_TREE, {"children": [{"daat": 1}]}, expected=True)
    assert agrees(_TREE, {"children": [1]}, expected=False)


def test_the_same_place_means_different_things_on_different_ways() -> None:
    schema = {"properties": {"loose": {"$ref": "https://example.invalid/tree"}, "strict": _STRICT_TREE}}
    assert agrees(schema, {"loose": {"children": [{"daat": 1}]}}, expected=True)
    assert agrees(schema, {"strict": {"children": [{"daat": 1}]}}, expected=False)


def test_in_2019_09_the_outermost_recursive_anchor_counts() -> None:
    """2019-09 core, appendix C."""
    tree = {
        "$id": "https://example.invalid/tree",
        "$recursiveAnchor": True,
        "type": "object",
        "properties": {"data": True, "children": {"type": "array", "items": {"$recursiveRef": "#"}}},
    }
    strict = {
        "$id": "https://example.invalid/strict-tree",
        "$recursiveAnchor": True,
        "$ref": "tree",
        "unevaluatedProperties": False,
        "$defs": {"tree": tree},
    }
    for anchored, expected in ((True, False), (False, True)):
        schema = strict | {"$recursiveAnchor": anchored}
        assert agrees(schema, {"children": [{"data": 1}]}, expected=True, dialect="draft-2019-09")
        assert agrees(schema, {"children": [{"daat": 1}]}, expected, "draft-2019-09")
        assert agrees(schema, {"daat": 1}, expected=False, dialect="draft-2019-09")
    inner = strict | {"$defs": {"tree": tree | {"$recursiveAnchor": False}}}
    assert agrees(inner, {"children": [{"daat": 1}]}, expected=True, dialect="draft-2019-09")


def test_a_recursive_anchor_counts_at_the_root_of_a_resource_only() -> None:
    tree = {"$id": "tree", "$recursiveAnchor": True, "additionalProperties": {"$recursiveRef": "#"}}
    schema = {
        "properties": {"a": {"$recursiveAnchor": True, "type": "object", "allOf": [{"$ref": "tree"}]}},
        "$defs": {"t": tree},
    }
    assert agrees(schema, {"a": {"b": 1}}, expected=True, dialect="draft-2019-09")


_LEVELS = 10
_LIST = {
    "$id": "list",
    "type": "array",
    "items": {"$dynamicRef": "#items"},
    "$defs": {"items": {"$dynamicAnchor": "items"}},
}


@pytest.mark.parametrize(
    ("outer", "binds"),
    [
        ({"$defs": {"foo": {"$dynamicAnchor": "items", "type": "string"}}}, True),
        ({"$defs": {"foo": {"$anchor": "items", "type": "string"}}}, False),
        ({"$defs": {"foo": {"$dynamicAnchor": "other", "type": "string"}}}, False),
        ({"$defs": {"foo": {"$id": "elsewhere", "$dynamicAnchor": "items", "type": "string"}}}, False),
        ({"default": {"$dynamicAnchor": "items", "type": "string"}}, False),
    ],
)
def test_only_a_dynamic_anchor_of_a_resource_on_the_way_binds(outer: Any, binds: bool) -> None:
    schema = {"$id": "https://example.invalid/root", **outer, "$ref": "list"}
    schema["$defs"] = schema.get("$defs", {}) | {"list": _LIST}
    assert agrees(schema, ["a"], expected=True)
    assert agrees(schema, [1], expected=not binds)


def test_the_way_back_out_of_a_resource_leaves_its_scope() -> None:
    """The example of a scope that is left: `if` is over when `then` begins."""
    thingy = {"$dynamicAnchor": "thingy"}
    schema = {
        "$id": "https://example.invalid/main",
        "if": {"$id": "first", "$defs": {"thingy": thingy | {"type": "number"}}},
        "then": {"$id": "second", "$ref": "start", "$defs": {"thingy": thingy | {"type": "null"}}},
        "$defs": {
            "start": {"$id": "start", "$dynamicRef": "inner#thingy"},
            "thingy": {"$id": "inner", "type": "string"} | thingy,
        },
    }
    assert agrees(schema, None, expected=True)
    assert agrees(schema, "text", expected=False)
    assert agrees(schema, 42, expected=False)


def test_a_pointer_or_a_plain_anchor_leads_where_it_says() -> None:
    list_ = _LIST | {"$defs": {"items": {"$anchor": "items", "type": "integer"}}}
    for reference in ("#items", "#/$defs/items"):
        schema = {
            "$id": "https://example.invalid/root",
            "$ref": "list",
            "$defs": {
                "foo": {"$dynamicAnchor": "items", "type": "string"},
                "list": list_ | {"items": {"$dynamicRef": reference}},
            },
        }
        assert agrees(schema, [1], expected=True)
        assert agrees(schema, ["a"], expected=False)


def test_a_dynamic_reference_beside_an_ordinary_one() -> None:
    schema = {
        "$dynamicRef": "#a",
        "$ref": "#/$defs/b",
        "maximum": 9,
        "$defs": {"a": {"$dynamicAnchor": "a", "type": "integer"}, "b": {"minimum": 3}},
    }
    for payload, expected in ((5, True), (2, False), (10, False), (5.5, False)):
        assert agrees(schema, payload, expected)


def test_a_scope_reaches_through_what_is_folded_together() -> None:
    schema = {
        "$id": "https://example.invalid/root",
        "$dynamicAnchor": "t",
        "allOf": [{"$ref": "one"}, {"$ref": "two"}],
        "$defs": {
            "one": {"$id": "one", "$dynamicAnchor": "t", "properties": {"a": {"$dynamicRef": "#t"}}},
            "two": {
                "$id": "two",
                "$dynamicAnchor": "t",
                "properties": {"a": {"$dynamicRef": "#t", "minProperties": 1}},
            },
        },
        "type": "object",
    }
    assert agrees(schema, {"a": {"b": 1}}, expected=True)
    assert agrees(schema, {"a": {}}, expected=False)
    assert agrees(schema, {"a": {"a": 1}}, expected=False)


def test_equal_text_in_two_scopes_is_not_folded_into_one() -> None:
    def binding(name: str, kind: str) -> Any:
        return {"$id": name, "$ref": "list", "$defs": {"x": {"$dynamicAnchor": "items", "type": kind}}}

    schema = {
        "$id": "https://example.invalid/root",
        "allOf": [binding("one", "string"), binding("two", "integer")],
        "$defs": {
            "list": {"$id": "list", "properties": {"a": {"$dynamicRef": "#items"}}, "$defs": _LIST["$defs"]},
        },
    }
    assert agrees(schema, {"a": "x"}, expected=False)
    assert agrees(schema, {"a": 1}, expected=False)
    assert agrees(schema, {}, expected=True)


@pytest.mark.parametrize(
    ("schema", "dialect"),
    [
        ({"$dynamicAnchor": "n", "$dynamicRef": "#n"}, "draft-2020-12"),
        ({"$recursiveAnchor": True, "allOf": [{"$recursiveRef": "#"}]}, "draft-2019-09"),
    ],
)
def test_a_schema_that_is_itself_in_place_is_an_error(schema: Any, dialect: str) -> None:
    with pytest.raises(UnreadableError, match="refers to itself in place"):
        holds(schema, 1, dialect)


def test_a_dynamic_reference_that_leads_nowhere_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="leads nowhere"):
        holds({"$dynamicRef": "#n"}, 1)


@pytest.mark.parametrize(
    ("keyword", "value", "dialect"),
    [
        ("$dynamicRef", 1, "draft-2020-12"),
        ("$recursiveRef", {}, "draft-2019-09"),
        ("$dynamicRef", "#", "draft-2019-09"),
        ("$recursiveRef", "#", "draft-2020-12"),
        ("$dynamicRef", "#", "draft-07"),
    ],
)
def test_a_dynamic_reference_of_another_shape_or_dialect_is_not_understood(
    keyword: str, value: Any, dialect: str
) -> None:
    contract = contract_of({keyword: value}, dialect)
    assert list(contract.schemas.read(contract.root).unknown) == [keyword]


def test_dynamic_references_across_files() -> None:
    generic = _LIST | {"$id": "https://example.invalid/list"}
    schema = {"$ref": "generic.json", "$defs": {"x": {"$dynamicAnchor": "items", "type": "string"}}}
    assert holds(schema, ["a"], generic=generic) is True
    assert holds(schema, [1], generic=generic) is False


def test_contracts_without_dynamic_anchors_have_no_scopes() -> None:
    contract = contract_of({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$anchor": "b"}}})
    assert not isinstance(contract.schemas.read(contract.root).properties["a"], Scoped)
    assert not isinstance(contract.schemas.resolve(contract.root, "#b"), Scoped)


def test_equal_scopes_are_one_so_that_a_schema_is_read_once() -> None:
    contract = contract_of(_TREE)
    read = contract.schemas.read
    children = read(read(contract.root).properties["children"])
    assert read(children.items) is read(contract.root)


def test_ways_that_combine_to_very_many_scopes_end_in_a_limit() -> None:
    def level(number: int) -> Any:
        onwards = {"items": {"$ref": f"root#/$defs/l{number + 1}"}} if number < _LEVELS else {}
        return {"anyOf": [{"$id": f"{side}{number}", "$dynamicAnchor": f"n{number}"} | onwards for side in "ab"]}

    schema = {"$id": "https://example.invalid/root", "$defs": {f"l{n}": level(n) for n in range(_LEVELS + 1)}}
    contract = contract_of(schema | {"$ref": "#/$defs/l0"})
    with pytest.raises(LimitError, match="more than 1000 meanings"):
        _read_all(contract)


def _read_all(contract: Any) -> None:
    stack = [contract.root]
    while stack:
        found = contract.schemas.read(stack.pop())
        stack += [*found.any_of, *([found.items] if found.items else [])]


# what is skipped because it is equal


def _unchanged(base: Any, head: Any, pointer: str = "") -> bool:
    sides = [contract_of(base), contract_of(head)]
    nodes = [side.schemas.resolve(side.root, f"#{pointer}") for side in sides]
    return Unchanged(*(side.schemas for side in sides))(*nodes)


def _typed(kind: str) -> Any:
    items = {"$dynamicAnchor": "items", "type": kind}
    return {"$id": "https://example.invalid/root", "items": {"$ref": "list"}, "$defs": {"foo": items, "list": _LIST}}


def test_equal_text_has_changed_where_its_scope_has() -> None:
    assert _unchanged(_typed("string"), _typed("string"), "/items")
    assert not _unchanged(_typed("string"), _typed("integer"), "/items")
    without = _typed("string")
    del without["$defs"]["foo"]
    assert not _unchanged(_typed("string"), without, "/items")
    more = _typed("string") | {"title": "other", "type": "array"}
    assert _unchanged(_typed("string"), more, "/items")


def test_equal_text_has_changed_where_what_a_nested_resource_refers_to_has() -> None:
    def schema(kind: str) -> Any:
        nested = {"$id": "nested/it", "$ref": "other"}
        return {
            "$id": "https://example.invalid/root",
            "items": {"properties": {"a": nested}},
            "$defs": {"near": {"$id": "nested/other", "type": kind}, "far": {"$id": "other"}},
        }

    assert _unchanged(schema("string"), schema("string"), "/items")
    assert not _unchanged(schema("string"), schema("integer"), "/items")


# random schemas

_NAMES = ("n", "m")
_REFERENCES: st.SearchStrategy[Any] = st.one_of(
    st.builds(lambda number: {"$ref": f"r{number}"}, st.integers(0, 3)),
    st.builds(lambda name: {"$dynamicRef": f"#{name}"}, st.sampled_from(_NAMES)),
    st.builds(lambda number, name: {"$dynamicRef": f"r{number}#{name}"}, st.integers(0, 3), st.sampled_from(_NAMES)),
)
_TYPES: st.SearchStrategy[Any] = st.sampled_from(
    [{"type": ["object", "integer"]}, {"type": ["object", "string"]}, {"maxProperties": 1}, {}]
)


@st.composite
def _resource(draw: st.DrawFn, number: int) -> Any:
    """A resource with both anchors somewhere, one of which may be an ordinary one; references stand below properties only."""
    schema: dict[str, Any] = {"$id": f"r{number}", "properties": {}, "$defs": {}} | draw(_TYPES)
    for name in ("a", "b"):
        if draw(st.booleans()):
            schema["properties"][name] = draw(_REFERENCES) | draw(_TYPES)
    for name in _NAMES:
        kind = draw(st.sampled_from(["$dynamicAnchor", "$dynamicAnchor", "$anchor"]))
        holder = schema if name == "n" and kind == "$dynamicAnchor" and draw(st.booleans()) else {}
        holder[kind] = name
        if holder is not schema:
            schema["$defs"][name] = holder | draw(_TYPES) | {"properties": {"a": draw(_REFERENCES)}}
    return schema


_SCHEMAS = st.tuples(*(_resource(number) for number in range(4))).map(
    lambda resources: (
        resources[0]
        | {
            "$id": "https://example.invalid/r0",
            "$defs": resources[0]["$defs"] | {f"r{n}": resources[n] for n in (1, 2, 3)},
        }
    )
)


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([1, "x"]) | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)


_PAYLOADS = _around(_around(_around(st.sampled_from([1, "x", {}]))))


@given(_SCHEMAS, st.lists(_PAYLOADS, min_size=4, max_size=8))
def test_random_schemas_mean_what_the_library_says(schema: Any, payloads: list[Any]) -> None:
    for payload in payloads:
        assert holds(schema, payload) is holds_in_library(schema, payload)
