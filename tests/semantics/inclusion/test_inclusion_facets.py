"""The part of a schema that a change is about: some keywords alone, or what it says of one property."""

from __future__ import annotations

from typing import Any

import pytest
from inclusion_questions import DRAFT, read_schema

from contractguard.model.payload import Role
from contractguard.model.schema import Bound, Schema
from contractguard.semantics.evaluation import Evaluator
from contractguard.semantics.inclusion.facets import Facets


class Parts:
    """Parts of one schema, and what they take."""

    def __init__(self, schema: Any) -> None:
        self.reader, self.root = read_schema(schema, DRAFT)
        self.facets = Facets()

    def takes(self, part: Schema | None, value: Any) -> bool:
        assert part is not None
        assert part.node is self.root.node
        assert part.dialect is self.root.dialect
        verdict = Evaluator(self.reader, Role.NEITHER).holds(part, value)
        assert verdict is not None
        return verdict

    def keywords(self, *names: str) -> Schema:
        return self.facets.keywords(self.root, names)

    def property(self, name: str) -> Schema | None:
        return self.facets.property(self.root, name)


def test_one_keyword_says_nothing_of_the_others() -> None:
    parts = Parts({"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^a"})
    longest = parts.keywords("max_length")
    assert (longest.max_length, longest.min_length, longest.pattern, longest.types) == (4, None, None, None)
    assert longest.boolean is None
    assert not parts.takes(longest, "abcde")
    assert parts.takes(longest, "")
    assert parts.takes(longest, 7)


def test_keywords_can_be_taken_together() -> None:
    both = Parts({"minimum": 3, "maximum": 5, "multipleOf": 2}).keywords("minimum", "maximum")
    assert (both.minimum, both.maximum, both.multiple_of) == (Bound(3), Bound(5), None)


def test_how_many_items_are_to_be_found_is_another_keyword() -> None:
    parts = Parts({"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3})
    most = parts.keywords("contains", "max_contains")
    assert (most.min_contains, most.max_contains) == (0, 3)
    assert parts.takes(most, [])
    assert not parts.takes(most, [1, 2, 3, 4])
    least = parts.keywords("contains", "min_contains")
    assert (least.min_contains, least.max_contains) == (2, None)
    assert parts.keywords("min_items").contains is None


def test_a_keyword_of_zero_says_something() -> None:
    nothing_in_it = Parts({"maxItems": 0}).keywords("max_items")
    assert nothing_in_it.max_items == 0
    assert nothing_in_it.boolean is None


def test_a_keyword_that_is_absent_lets_everything_through() -> None:
    absent = Parts({"minLength": 2}).keywords("pattern", "required")
    assert absent.boolean is True
    assert absent.pattern is None


def test_further_properties_are_those_that_the_schema_does_not_name() -> None:
    parts = Parts(
        {
            "properties": {"a": {"type": "string"}},
            "patternProperties": {"^b": {"type": "string"}},
            "additionalProperties": False,
            "required": ["a"],
        }
    )
    closed = parts.keywords("additional_properties")
    assert parts.takes(closed, {"a": 1, "b1": 1})
    assert not parts.takes(closed, {"c": "text"})
    assert not closed.required
    named = parts.keywords("properties")
    assert parts.takes(named, {"c": 1, "b": 1})
    assert not parts.takes(named, {"a": 1})


def test_the_same_part_is_the_same_object() -> None:
    parts = Parts({"minLength": 2, "maxLength": 3, "properties": {"a": True}})
    assert parts.keywords("min_length") is parts.keywords("min_length")
    assert parts.keywords("min_length") is not parts.keywords("max_length")
    assert parts.keywords("min_length").min_length == 2
    assert parts.property("a") is parts.property("a")
    assert parts.property("a") is not parts.property("b")
    other = Parts({"minLength": 9}).root
    assert parts.facets.keywords(other, ("min_length",)).min_length == 9
    assert parts.keywords("min_length").min_length == 2


@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("a", [{"a": ""}, 1, {"a": "", "b": 7}], [{"a": 1}, {}, {"b": ""}]),
        ("b", [{"b": ""}, {}, {"a": 1}], [{"b": 1}]),
        ("c", [{"c": 1}, {"c": 1, "a": 1}], [{}, {"c": ""}, {"c": 2}]),
        ("x1", [{"x1": None}, {}, {"a": 1}], [{"x1": 1}]),
        ("d", [{"d": 1}, {}], [{"d": ""}]),
    ],
)
def test_what_is_said_of_one_property(name: str, taken: list[Any], refused: list[Any]) -> None:
    parts = Parts(
        {
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "patternProperties": {"^x": {"type": "null"}},
            "additionalProperties": {"const": 1},
            "required": ["a", "c"],
            "maxProperties": 1,
        }
    )
    part = parts.property(name)
    assert all(parts.takes(part, value) for value in taken)
    assert not any(parts.takes(part, value) for value in refused)
    assert part is not None
    assert set(part.properties) == {name}
    assert set(part.required) <= {name}
    assert part.max_properties is None
    assert part.additional_properties is None
    assert not part.pattern_properties


def test_a_property_of_which_nothing_is_said() -> None:
    parts = Parts({"properties": {"a": {"type": "string"}}, "required": ["b"], "minProperties": 2})
    nothing = parts.property("z")
    assert nothing is not None
    assert nothing.boolean is True
    only_there = parts.property("b")
    assert only_there is not None
    assert only_there.boolean is None
    assert set(only_there.required) == {"b"}
    assert not only_there.properties


def test_a_property_that_several_schemas_govern_cannot_be_taken_out() -> None:
    parts = Parts(
        {
            "properties": {"ab": {}},
            "patternProperties": {"^a": {"type": "string"}, "b$": {"type": "string"}, "^c": {"minLength": 1}},
        }
    )
    assert parts.property("ab") is None
    assert parts.property("a-b") is None
    assert parts.property("a") is not None
    assert parts.property("b") is not None
    assert parts.property("c") is not None


def test_a_property_whose_pattern_nobody_understands_cannot_be_taken_out() -> None:
    parts = Parts({"properties": {"a": {"type": "string"}}, "patternProperties": {r"(a)\1": {"type": "null"}}})
    assert parts.property("a") is None
    assert parts.keywords("properties").properties.keys() == {"a"}
