"""The declared reading: nobody sends a property that only the other side declares (DESIGN, law 5)."""

from __future__ import annotations

from typing import Any

import pytest
from inclusion_questions import counterexample, doubts, included, read_schema

from contractguard.model.finding import Reading
from contractguard.model.schema import Schema, SchemaReader
from contractguard.semantics.inclusion.declared import Declared, _unconstrained
from contractguard.semantics.inclusion.literals import Literals, Side, Step, Where

_DECLARING = {"properties": {"a": {"type": "integer"}}}
_NOT_UNDERSTOOD = r"(a)\1"


def declared_in(old: Any, new: Any, **options: Any) -> bool:
    return included(old, new, reading=Reading.DECLARED, **options)


@pytest.mark.parametrize("sender", [Side.BASE, Side.HEAD])
@pytest.mark.parametrize(
    "new",
    [
        _DECLARING,
        {"allOf": [_DECLARING, {"properties": {"b": {"type": "null"}}}]},
        {"allOf": [{"allOf": [_DECLARING, {"title": "t"}]}, {"minProperties": 0}]},
        {"anyOf": [_DECLARING, {"properties": {"b": {"type": "null"}}, "required": ["b"]}]},
        {"oneOf": [_DECLARING, {"type": "null"}]},
        {"$ref": "#/$defs/d", "$defs": {"d": _DECLARING}},
        {"allOf": [{"$ref": "#/$defs/d"}, {"minProperties": 0}], "$defs": {"d": {"anyOf": [_DECLARING]}}},
    ],
)
def test_what_the_receiver_declares_is_not_sent(new: Any, sender: Side) -> None:
    assert declared_in({"type": "object"}, new, sender=sender)
    payload = counterexample({"type": "object"}, new, sender=sender)
    assert not isinstance(payload["a"], int)


@pytest.mark.parametrize(
    "new",
    [
        {"not": {"properties": {"a": {"type": "integer"}}, "required": ["a"]}},
        {"if": _DECLARING, "else": False},
        {"patternProperties": {"^a$": {"type": "integer"}}},
        {"dependentSchemas": {"b": _DECLARING}},
        {"required": ["a"]},
        {"minProperties": 1},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"a": {}}, "maxProperties": 0},
    ],
)
def test_what_it_does_not_declare_is(new: Any) -> None:
    assert not declared_in({"type": "object"}, new)


@pytest.mark.parametrize(
    "old",
    [
        {"properties": {"a": {}}},
        {"properties": {"a": {"type": "string"}}},
        {"additionalProperties": {"type": "string"}},
        {"patternProperties": {"^a": {"type": "string"}}},
        {"patternProperties": {"^b": {}, "^a": {}}},
        {"unevaluatedProperties": {"type": "string"}},
        {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {}}}]},
        {"allOf": [{"$ref": "#/$defs/d"}, {"minProperties": 0}], "$defs": {"d": {"properties": {"a": {}}}}},
        {"required": ["x"], "properties": {"x": {}}, "patternProperties": {"": {}}},
    ],
)
@pytest.mark.parametrize("sender", [Side.BASE, Side.HEAD])
def test_what_the_sender_constrains_is_sent(old: Any, sender: Side) -> None:
    payload = counterexample({"type": "object", **old}, _DECLARING, reading=Reading.DECLARED, sender=sender)
    assert not isinstance(payload["a"], int)


@pytest.mark.parametrize(
    "old",
    [
        {"properties": {"b": {}}},
        {"patternProperties": {"^b": {"type": "string"}}},
        {"additionalProperties": True},
        {"propertyNames": {"maxLength": 3}},
        {"minProperties": 2},
        {"not": {"properties": {"a": {"type": "integer"}}}},
        {"anyOf": [{"properties": {"b": {"type": "string"}}}, {"properties": {"c": {"type": "string"}}}]},
    ],
)
def test_what_the_sender_leaves_open_is_not_sent(old: Any) -> None:
    assert declared_in({"type": "object", **old}, _DECLARING)
    assert not included({"type": "object", **old}, _DECLARING)


def test_a_name_may_be_declared_in_one_branch_of_the_sender() -> None:
    old = {"type": "object", "anyOf": [{"properties": {"b": {"const": 1}}, "required": ["b"]}, _STRING_A]}
    assert counterexample(old, _DECLARING, reading=Reading.DECLARED)["a"] is not None
    elsewhere = {"type": "object", "oneOf": [{"required": ["b"]}, {"required": ["c"]}]}
    assert declared_in(elsewhere, _DECLARING)


_STRING_A = {"properties": {"a": {"type": "string"}}, "required": ["a"]}


def test_a_required_name_that_is_declared_elsewhere_only_cannot_be_sent() -> None:
    assert declared_in({"type": "object", "required": ["a"]}, _DECLARING)
    assert not declared_in({"type": "object", "required": ["b"]}, {**_DECLARING, "required": ["a"]})


def test_each_object_of_a_payload_is_read_so() -> None:
    old = {"type": "object", "properties": {"o": {"type": "object"}, "l": {"items": {"type": "object"}}}}
    assert declared_in(old, {"properties": {"o": _DECLARING}})
    assert declared_in(old, {"properties": {"l": {"items": _DECLARING}}})
    assert declared_in(old, {"properties": {"l": {"prefixItems": [_DECLARING]}}})
    assert declared_in(old, {"properties": {"o": {"properties": {"p": _DECLARING}}}})
    assert not declared_in(old, {"properties": {"o": {**_DECLARING, "type": "array"}}})
    assert not declared_in({"additionalProperties": {"type": "object"}}, {"additionalProperties": {"type": "string"}})


def test_recursive_schemas_are_read_so() -> None:
    old = {"type": "object", "properties": {"next": {"$ref": "#"}}}
    new = {"type": "object", "properties": {"next": {"$ref": "#"}, "a": {"type": "integer"}}}
    assert declared_in(old, new)
    assert not included(old, new)
    assert counterexample(new, old | {"maxProperties": 1}, reading=Reading.DECLARED) == {"next": {}, "a": 0}


def test_a_pattern_that_nobody_understands_counts_as_a_constraint() -> None:
    old = {"type": "object", "patternProperties": {_NOT_UNDERSTOOD: {"type": "string"}}}
    assert doubts(old, _DECLARING, reading=Reading.DECLARED) == {"patternProperties"}


class Question:
    """A sender's and a receiver's schema, and the names that the object must not have."""

    def __init__(self, old: Any, new: Any, sender: Side = Side.BASE) -> None:
        self.sender, self.receiver = sender, Side(1 - sender)
        read = {self.sender: read_schema(old), self.receiver: read_schema(new)}
        readers: tuple[SchemaReader, SchemaReader] = (read[Side.BASE][0], read[Side.HEAD][0])
        self.schemas: dict[Side, Schema] = {side: read[side][1] for side in Side}
        self.literals = Literals(readers, lambda _base, _head: False)
        self.declared = Declared(readers, sender)

    def about(self, side: Side, *, holds: bool) -> Any:
        schema = self.schemas[side]
        return self.literals.about(schema, schema.node, side, holds=holds)

    def forbidden(self, *goal: Any, holding: tuple[Any, ...] = ()) -> set[str]:
        return set(self.declared.forbidden(goal, holding))


@pytest.mark.parametrize("sender", [Side.BASE, Side.HEAD])
def test_names_are_those_of_the_receiver_that_no_schema_at_hand_constrains(sender: Side) -> None:
    question = Question({"properties": {"a": {}}}, {"properties": {"a": {}, "b": {}, "c": {}}}, sender)
    refused = question.about(question.receiver, holds=False)
    sent = question.about(question.sender, holds=True)
    assert question.forbidden(refused) == {"a", "b", "c"}
    assert question.forbidden(refused, holding=(sent,)) == {"b", "c"}
    assert question.forbidden(refused, sent, holding=(sent,)) == {"b", "c"}
    assert question.forbidden(refused, holding=(question.about(question.receiver, holds=True),)) == {"a", "b", "c"}
    assert question.forbidden(question.literals.beside(refused.node, question.receiver)) == {"a", "b", "c"}
    assert question.forbidden(sent) == set()
    assert question.forbidden() == set()


def test_parts_of_a_payload_and_lists_of_values_declare_nothing() -> None:
    question = Question({"type": "object"}, {"properties": {"b": {}}})
    refused = question.about(Side.HEAD, holds=False)
    below = question.literals.child(Step(Where.PROPERTY, "b"), (refused,))
    assert question.forbidden(below) == set()
    swapped = Question({"type": "object"}, {"properties": {"b": {}}}, Side.HEAD)
    listed = swapped.literals.values([{}], holds=True)  # it belongs to no contract, though it is counted to the base
    assert swapped.forbidden(listed) == set()
    assert swapped.forbidden(swapped.about(Side.BASE, holds=True), listed) == {"b"}
    constraining = question.literals.pattern("b", holds=True)
    assert question.forbidden(refused, holding=(constraining,)) == {"b"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object"}, False),
        ({"properties": {"a": {}}}, True),
        ({"properties": {"b": {}}}, False),
        ({"additionalProperties": False}, True),
        ({"additionalProperties": True}, False),
        ({"unevaluatedProperties": False}, True),
        ({"patternProperties": {"^a": {}}}, True),
        ({"patternProperties": {"^b": {}, "c": {}}}, False),
        ({"patternProperties": {"^b": {}, "a": {}}}, True),
        ({"patternProperties": {_NOT_UNDERSTOOD: {}}}, True),
    ],
)
def test_what_constrains_a_name(schema: Any, expected: bool) -> None:
    assert (_unconstrained(read_schema(schema)[1], frozenset("a")) == frozenset()) is expected
