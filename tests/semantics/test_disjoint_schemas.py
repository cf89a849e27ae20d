"""Cheap and certain signs that two schemas exclude each other."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.payload import Role
from contractguard.model.schema import Dialect
from contractguard.semantics.disjoint import Signs, all_disjoint, disjoint


def side(schema: Any, role: Role = Role.NEITHER) -> Signs:
    documents = DocumentSet(in_memory("schema", schema))
    reader = SchemaNormaliser(documents, MEMORY_PATH, Dialect.OPENAPI_3_1)
    return Signs(reader, reader.read(documents.document(MEMORY_PATH).root), role)


def apart(first: Any, second: Any, role: Role = Role.NEITHER) -> bool:
    """Whether the two are disjoint, which must not depend on their order."""
    answer = disjoint(side(first, role), side(second, role))
    assert disjoint(side(second, role), side(first, role)) is answer
    return answer


def tagged(**properties: Any) -> Any:
    return {"type": "object", "properties": properties, "required": list(properties)}


def closed(*names: str, **more: Any) -> Any:
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "additionalProperties": False,
        **more,
    }


OR_NULL = {"type": ["object", "null"]}


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        # everything and nothing
        (False, {"type": "string"}, True),
        (False, False, True),
        (True, {"type": "string"}, False),
        (True, True, False),
        # listed values
        ({"enum": ["a", 1]}, {"enum": ["b", 2]}, True),
        ({"enum": ["a", 1]}, {"enum": ["b", 1.0]}, False),
        ({"const": 1}, {"const": True}, True),
        ({"const": {"a": 1}}, {"const": {"a": 1}}, False),
        ({"enum": ["a"]}, {"minLength": 3}, False),
        # types
        ({"type": "string"}, {"type": "number"}, True),
        ({"type": "string"}, {"minimum": 1}, False),
        ({"type": "integer"}, {"type": "number"}, False),
        ({"type": "integer"}, {"type": "integer", "minimum": 2}, False),
        ({"type": ["integer", "null"]}, {"type": ["number", "string"]}, False),
        ({"type": ["integer", "null"]}, {"type": ["array", "string"]}, True),
        ({"type": ["string", "null"]}, {"type": ["integer", "null"]}, False),
        ({"type": "object"}, {"type": "array"}, True),
        ({"type": "object"}, {"type": "object"}, False),
        # a property that tells them apart
        (tagged(k={"const": "x"}), tagged(k={"const": "y"}), True),
        (tagged(k={"const": "x"}), tagged(k={"enum": ["x", "y"]}), False),
        (tagged(k={"type": "string"}), tagged(k={"type": "integer"}), True),
        (tagged(k={"type": "number"}), tagged(k={"type": "integer"}), False),
        (tagged(k={"const": "x"}), tagged(k={"minLength": 2}), False),
        (tagged(k={"type": "string"}), tagged(k={"minimum": 2}), False),
        (tagged(a={"const": 1}, k={"const": "x"}), tagged(a={"const": 1}, k={"const": "y"}), True),
        (tagged(k={"const": "x"}), {"type": "object", "properties": {"k": {"const": "y"}}}, True),
        ({"type": "object", "properties": {"k": {"const": "x"}}}, {"type": "object", "properties": {"k": {"const": "y"}}}, False),
        (tagged(k={"const": "x"}), tagged(j={"const": "y"}), False),
        (tagged(k={"const": "x"}), {"type": "object", "required": ["k"]}, False),
        ({**tagged(k={"const": "x"}), **OR_NULL}, {**tagged(k={"const": "y"}), **OR_NULL}, False),
        ({**tagged(k={"const": "x"}), **OR_NULL}, tagged(k={"const": "y"}), False),
        # a property that one wants and the other forbids
        (closed("a"), tagged(b={"type": "string"}), True),
        (closed("a"), tagged(a={"type": "string"}), False),
        (closed("a"), {"type": "object", "properties": {"b": {}}}, False),
        (closed("a", patternProperties={"^b": {"type": "null"}}), tagged(b={"type": "string"}), False),
        (closed("a", additionalProperties={"type": "null"}), tagged(b={"type": "string"}), False),
        (closed("a", additionalProperties=True), tagged(b={"type": "string"}), False),
        (closed("a"), closed("b"), False),
        (closed("a", required=["a"]), closed("b"), True),
    ],
    ids=str,
)  # fmt: skip
def test_two_schemas(first: Any, second: Any, answer: bool) -> None:
    assert apart(first, second) is answer


def test_a_property_that_is_not_sent_tells_nothing_apart() -> None:
    """A readOnly property is not asked for in a request."""
    first, second = (tagged(k={"const": value, "readOnly": True}) for value in "xy")
    assert apart(first, second, Role.RESPONSE)
    assert not apart(first, second, Role.REQUEST)
    wanted = {**tagged(b={"type": "string", "readOnly": True})}
    assert apart(closed("a"), wanted, Role.RESPONSE)
    assert not apart(closed("a"), wanted, Role.REQUEST)


def test_the_parts_of_one_side() -> None:
    made = side(tagged(a={"type": "string", "readOnly": True}, b={"type": "null"}), Role.REQUEST)
    assert list(made.required) == ["b"]
    assert made.of("a").schema.read_only
    assert made.of("a") is made.of("a")


def branches(*schemas: Any, role: Role = Role.NEITHER) -> bool:
    made = side({"properties": {str(index): schema for index, schema in enumerate(schemas)}}, role)
    reader, schema = made._reader, made.schema
    return all_disjoint(reader, [*schema.properties.values()], role)


def test_all_branches_are_compared_with_each_other() -> None:
    kinds = [{"type": kind} for kind in ("null", "boolean", "integer", "string", "array", "object")]
    assert branches(*kinds)
    assert not branches(*kinds, {"type": "number"})
    assert not branches({"type": "number"}, *kinds)
    assert not branches({"type": "string"}, {"type": "null"}, {"type": "string"})
    assert branches({"type": "string"})
    assert branches()


def test_the_role_counts_for_branches() -> None:
    first, second = (tagged(k={"const": value, "readOnly": True}) for value in "xy")
    assert branches(first, second, role=Role.RESPONSE)
    assert not branches(first, second, role=Role.REQUEST)


def test_what_lists_its_values_is_told_apart_in_any_number() -> None:
    constants = [{"const": number} for number in range(1000)]
    assert branches(*constants)
    assert not branches(*constants, {"const": 7})
    assert not branches(*constants, {"enum": [1000, 999.0]})
    assert branches(*constants, {"type": "object"}) is False


def test_tagged_objects_are_told_apart_in_any_number() -> None:
    objects = [tagged(n={"type": "integer"}, k={"const": str(number)}) for number in range(1000)]
    assert branches(*objects)
    assert branches(*objects, {"type": "null"})
    assert branches(*objects, {"type": "object", "properties": {"k": {"const": "x"}}})
    assert not branches(*objects, *({"type": "object", "properties": {"k": {"const": name}}} for name in "xy"))
    assert not branches(*objects, tagged(k={"enum": ["new", "7"]}))
    assert not branches(*objects, tagged(k={"type": "string"}))
    assert not branches(*objects, {"type": ["object", "null"]})


def test_what_only_pairs_tell_apart_is_looked_at_in_small_unions() -> None:
    tags = [{f"k{number}": {"const": number}} for number in range(400)]
    chained = [
        tagged(**{f"k{number}": {"const": "no"} for number in range(index)}, **tag) for index, tag in enumerate(tags)
    ]
    assert branches(*chained[:20])
    plain = [closed(f"a{number}", required=[f"a{number}"]) for number in range(300)]
    assert branches(*plain[:80])
    assert not branches(*plain)
