"""What schemas say of payloads, keyword by keyword: as exact things, and through the payloads that tell two schemas apart."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any

import pytest
from inclusion_questions import DRAFT, oracle, search

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.payload import Role
from contractguard.model.schema import Bound, Dialect, JsonType, Schema, SchemaReader
from contractguard.model.values import canonical
from contractguard.semantics.inclusion.expansion import Expansion, admits, other_property
from contractguard.semantics.inclusion.literals import Beside, Child, Literal, Literals, Side, Step, Where
from contractguard.semantics.inclusion.outcome import EMPTY, Witness
from contractguard.semantics.inclusion.things import (
    AllBut,
    AnyFrom,
    Counted,
    Differs,
    Distinct,
    Has,
    Lacks,
    Looks,
    Lower,
    Match,
    Multiple,
    Size,
    Thing,
    Upper,
    Whole,
)

NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT = (
    JsonType.NULL,
    JsonType.BOOLEAN,
    JsonType.NUMBER,
    JsonType.STRING,
    JsonType.ARRAY,
    JsonType.OBJECT,
)
FILLED = (NUMBER, STRING, ARRAY, OBJECT)
"""The types that are expanded; null and the booleans are tried."""


def read_schema(schema: Any, dialect: str = DRAFT) -> tuple[SchemaReader, Schema]:
    """A reader of a schema, and the schema in normal form."""
    documents = DocumentSet(in_memory("schema", schema))
    reader = SchemaNormaliser(documents, MEMORY_PATH, Dialect(dialect))
    return reader, reader.read(documents.document(MEMORY_PATH).root)


# exact things


class Said:
    """What one schema says, in words that can be compared."""

    def __init__(self, schema: Any, dialect: str = DRAFT, role: Role = Role.NEITHER) -> None:
        reader, self.schema = read_schema(schema, dialect)
        self.literals = Literals((reader, reader), lambda _base, _head: False)
        self.expansion = Expansion(self.literals, (reader, reader), role)

    def positive(self, kind: JsonType) -> tuple[list[str], list[list[str]]] | None:
        """Things, and the choices with their alternatives."""
        said = self.expansion.positive(self._literal(holds=True), kind)
        if said is None:
            return None
        return [_word(thing) for thing in said.things], [[_words(way) for way in group] for group in said.groups]

    def negative(self, kind: JsonType) -> list[str]:
        """The ways to be false."""
        return [_words(way) for way in self.expansion.negative(self._literal(holds=False), kind)]

    def _literal(self, *, holds: bool) -> Literal:
        return self.literals.about(self.schema, self.schema.node, Side.BASE, holds=holds)


def _words(way: tuple[Thing, ...]) -> str:
    return " & ".join(map(_word, way)) or "free"


def _word(thing: Thing) -> str:  # noqa: PLR0911  (one for each sort)
    match thing:
        case Literal():
            place = thing.node.pointer or canonical([item.value for item in thing.schema.enum or ()])
            return f"{'' if thing.holds else 'not '}{place}"
        case Child(_, step, goal):
            names = f" but {sorted(step.names)} {list(step.avoiding)}" if step.where is Where.OTHER_PROPERTY else ""
            return f"{step.where.name} {step.name or step.index}{names}: {_words(goal)}"
        case Lower(bound) | Upper(bound):
            sign = ">" if isinstance(thing, Lower) else "<"
            return f"{sign}{'' if bound.exclusive else '='} {bound.value}"
        case Size(at_least, at_most):
            return f"size {at_least}..{'' if at_most is None else at_most}"
        case AllBut():
            return _words(tuple(thing.members()))
        case AnyFrom(literals, start):
            return f"({' | '.join(map(_word, literals[start:]))})"
        case Counted(literal, at_least, at_most):
            return f"count {at_least}..{'' if at_most is None else at_most} of {_word(literal)}"
        case Differs(value):
            return f"differs {canonical(value)}"
        case Beside():
            return "beside"
    return str(thing)


APART = {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "minLength": 1}]}
POSITIVE: list[tuple[Any, JsonType, list[Any], list[list[str]]]] = [
    ({"minimum": 1}, NUMBER, [">= 1"], []),
    ({"exclusiveMinimum": 1, "maximum": 5}, NUMBER, ["> 1", "<= 5"], []),
    ({"exclusiveMaximum": 5}, NUMBER, ["< 5"], []),
    ({"multipleOf": 2}, NUMBER, [Multiple(2, holds=True)], []),
    ({"type": "integer"}, NUMBER, [Whole(holds=True)], []),
    ({"type": "number"}, NUMBER, [], []),
    ({"type": ["integer", "string"]}, STRING, [], []),
    ({"minimum": 1}, STRING, [], []),
    ({"minLength": 1}, STRING, ["size 1.."], []),
    ({"maxLength": 0}, STRING, ["size 0..0"], []),
    ({"minLength": 2, "maxLength": 3}, STRING, ["size 2..3"], []),
    ({"pattern": "a", "format": "date"}, STRING, [Match("a", holds=True), Looks("date")], []),
    ({"minLength": 1, "pattern": "a"}, NUMBER, [], []),
    ({"minItems": 1, "maxItems": 3}, ARRAY, ["size 1..3"], []),
    ({"maxItems": 0}, ARRAY, ["size 0..0"], []),
    ({"uniqueItems": True}, ARRAY, [Distinct(holds=True)], []),
    ({"contains": {"type": "null"}}, ARRAY, ["count 1.. of /contains"], []),
    ({"contains": {"type": "null"}, "minContains": 2, "maxContains": 3}, ARRAY, ["count 2..3 of /contains"], []),
    ({"contains": {"type": "null"}, "minContains": 0, "maxContains": 3}, ARRAY, ["count 0..3 of /contains"], []),
    ({"contains": {"type": "null"}, "minContains": 0, "maxContains": 0}, ARRAY, ["count 0..0 of /contains"], []),
    ({"contains": {"type": "null"}, "minContains": 0}, ARRAY, [], []),
    ({"contains": {"type": "null"}}, OBJECT, [], []),
    ({"items": {"type": "null"}, "prefixItems": [{"type": "null"}]}, ARRAY, [], []),
    ({"minProperties": 1, "maxProperties": 3}, OBJECT, ["size 1..3"], []),
    ({"required": ["b", "a"]}, OBJECT, [Has("b"), Has("a")], []),
    ({"required": ["a"]}, ARRAY, [], []),
    ({"properties": {"a": {"type": "null"}}, "additionalProperties": False}, OBJECT, [], []),
    (
        {"dependentRequired": {"a": ["c", "b"]}},
        OBJECT,
        [],
        [["Lacks(name='a')", "Has(name='a') & Has(name='b') & Has(name='c')"]],
    ),
    ({"dependentRequired": {"a": ["a"]}}, OBJECT, [], []),
    ({"dependentRequired": {"a": ["b"]}}, ARRAY, [], []),
    (
        {"dependentSchemas": {"a": {"type": "null"}}},
        OBJECT,
        [],
        [["Lacks(name='a')", "Has(name='a') & /dependentSchemas/a"]],
    ),
    ({"dependentSchemas": {"a": {"type": "null"}}}, STRING, [], []),
    ({"not": {"minimum": 1}}, NUMBER, ["not /not"], []),
    ({"anyOf": [{"minimum": 1}, {"minLength": 1}]}, NUMBER, [], [["/anyOf/0", "/anyOf/1"]]),
    (APART, STRING, [], [["/oneOf/0", "/oneOf/1"]]),
    (
        {"allOf": [{"anyOf": [{"minimum": 1}, {"maximum": 0}]}, {"anyOf": [{"minLength": 1}, {"type": "null"}]}]},
        NUMBER,
        ["/allOf/1"],
        [["/allOf/0/anyOf/0", "/allOf/0/anyOf/1"]],
    ),
    (
        {"oneOf": [{"minimum": 1}, {"maximum": 2}, {"minLength": 1}]},
        STRING,
        [],
        [["/oneOf/0 & not /oneOf/1 & not /oneOf/2", "/oneOf/1 & not /oneOf/0 & not /oneOf/2",
          "/oneOf/2 & not /oneOf/0 & not /oneOf/1"]],
    ),
    (
        {"if": {"minimum": 1}, "then": {"maximum": 2}, "else": {"maximum": 0}},
        NUMBER,
        [],
        [["/if & /then", "not /if & /else"]],
    ),
    ({"if": {"minimum": 1}, "then": {"maximum": 2}}, NUMBER, [], [["/if & /then", "not /if"]]),
    ({"if": {"minimum": 1}, "else": {"maximum": 2}}, NUMBER, [], [["/if", "not /if & /else"]]),
    ({"if": {"minimum": 1}}, NUMBER, [], []),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "kind", "things", "groups"), POSITIVE, ids=str)
def test_what_holds_where_the_schema_does(schema: Any, kind: JsonType, things: list[Any], groups: Any) -> None:
    assert Said(schema).positive(kind) == ([str(thing) for thing in things], groups)


NEGATIVE: list[tuple[Any, JsonType, list[Any]]] = [
    ({"minimum": 1}, NUMBER, ["< 1"]),
    ({"exclusiveMinimum": 1, "exclusiveMaximum": 5}, NUMBER, ["<= 1", ">= 5"]),
    ({"maximum": 5}, NUMBER, ["> 5"]),
    ({"multipleOf": 2}, NUMBER, [Multiple(2, holds=False)]),
    ({"type": "integer", "minimum": 1}, NUMBER, [Whole(holds=False), "< 1"]),
    ({"type": ["integer", "number"], "minimum": 1}, NUMBER, ["< 1"]),
    ({"type": "number"}, NUMBER, []),
    ({"type": "string"}, NUMBER, ["free"]),
    ({"type": "string", "minLength": 2, "maxLength": 4}, STRING, ["size 0..1", "size 5.."]),
    ({"maxLength": 0}, STRING, ["size 1.."]),
    ({"pattern": "a", "format": "date"}, STRING, [Match("a", holds=False)]),
    ({"minLength": 2, "minimum": 1}, NUMBER, ["< 1"]),
    ({"minItems": 1, "maxItems": 3, "uniqueItems": True}, ARRAY, ["size 0..0", "size 4..", Distinct(holds=False)]),
    (
        {"prefixItems": [{"type": "null"}, {"type": "string"}], "items": {"type": "number"}},
        ARRAY,
        ["ITEM 0: not /prefixItems/0", "ITEM 1: not /prefixItems/1", "LATER_ITEM 2: not /items"],
    ),
    ({"items": {"type": "number"}}, ARRAY, ["LATER_ITEM 0: not /items"]),
    ({"contains": {"type": "null"}}, ARRAY, ["count 0..0 of /contains"]),
    (
        {"contains": {"type": "null"}, "minContains": 2, "maxContains": 3},
        ARRAY,
        ["count 0..1 of /contains", "count 4.. of /contains"],
    ),
    ({"contains": {"type": "null"}, "minContains": 0, "maxContains": 0}, ARRAY, ["count 1.. of /contains"]),
    ({"contains": {"type": "null"}, "minContains": 0}, ARRAY, []),
    (
        {"required": ["a"], "minProperties": 1, "maxProperties": 3},
        OBJECT,
        [Lacks("a"), "size 0..0", "size 4.."],
    ),
    (
        {
            "properties": {"a": {"type": "null"}},
            "patternProperties": {"^b": {"type": "null"}},
            "additionalProperties": {"type": "string"},
            "propertyNames": {"maxLength": 3},
        },
        OBJECT,
        [
            "PROPERTY a: not /properties/a",
            "MATCHING_PROPERTY ^b: not /patternProperties/^b",
            "OTHER_PROPERTY 0 but ['a'] ['^b']: not /additionalProperties",
            "NAME 0: not /propertyNames",
        ],
    ),
    (
        {"dependentRequired": {"a": ["c", "b", "a"]}},
        OBJECT,
        ["Has(name='a') & Lacks(name='b')", "Has(name='a') & Lacks(name='c')"],
    ),
    ({"dependentSchemas": {"a": {"type": "null"}}}, OBJECT, ["Has(name='a') & not /dependentSchemas/a"]),
    ({"dependentSchemas": {"a": {"type": "null"}}, "required": ["a"]}, ARRAY, []),
    ({"not": {"minimum": 1}}, NUMBER, ["/not"]),
    ({"allOf": [{"anyOf": [{"minimum": 1}, {"maximum": 0}]}, {"anyOf": [{"minLength": 1}, {"type": "null"}]}]}, NUMBER,
     ["not /allOf/1", "not /allOf/0/anyOf/0 & not /allOf/0/anyOf/1"]),
    ({"anyOf": [{"minimum": 1}, {"minLength": 1}]}, NUMBER, ["not /anyOf/0 & not /anyOf/1"]),
    (APART, STRING, ["not /oneOf/0 & not /oneOf/1"]),
    (
        {"oneOf": [{"minimum": 1}, {"maximum": 2}, {"minLength": 1}]},
        STRING,
        ["not /oneOf/0 & not /oneOf/1 & not /oneOf/2", "/oneOf/0 & (/oneOf/1 | /oneOf/2)", "/oneOf/1 & (/oneOf/2)"],
    ),
    (
        {"if": {"minimum": 1}, "then": {"maximum": 2}, "else": {"maximum": 0}},
        NUMBER,
        ["/if & not /then", "not /if & not /else"],
    ),
    ({"if": {"minimum": 1}, "then": {"maximum": 2}}, NUMBER, ["/if & not /then"]),
    ({"if": {"minimum": 1}, "else": {"maximum": 2}}, NUMBER, ["not /if & not /else"]),
    ({"enum": [1, 2.5, "a"]}, NUMBER, ["differs 1 & differs 2.5"]),
    ({"enum": [1, "a"]}, ARRAY, ["free"]),
    ({"enum": [1, "a"], "minLength": 3}, STRING, ['differs "a"', "size 0..2"]),
    ({"enum": [[1], []]}, ARRAY, ["differs [1] & differs []"]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "kind", "ways"), NEGATIVE, ids=str)
def test_the_ways_in_which_a_schema_is_false(schema: Any, kind: JsonType, ways: list[Any]) -> None:
    assert Said(schema).negative(kind) == [str(way) for way in ways]


@pytest.mark.parametrize("kind", FILLED)
def test_schemas_that_are_true_or_false(kind: JsonType) -> None:
    assert Said({}).positive(kind) == ([], [])
    assert Said({}).negative(kind) == []
    always, never = Said(schema=True), Said(schema=False)
    assert never.positive(kind) is None
    assert never.negative(kind) == ["free"]
    assert always.positive(kind) == ([], [])
    assert always.negative(kind) == []


@pytest.mark.parametrize("kind", FILLED)
def test_no_payload_of_another_type_is_valid(kind: JsonType) -> None:
    assert Said({"type": "null", "minLength": 1}).positive(kind) is None


def test_types_let_integers_through_as_numbers() -> None:
    for written, through in (("integer", True), ("number", True), ("string", False)):
        assert admits(read_schema({"type": written})[1], NUMBER) is through
    assert admits(read_schema({})[1], NUMBER)
    assert not admits(read_schema({"type": "integer"})[1], STRING)


def test_bounds_are_turned_round() -> None:
    said = Said({"minimum": 1, "exclusiveMaximum": 5})
    literal = said.literals.about(said.schema, said.schema.node, Side.BASE, holds=False)
    assert said.expansion.negative(literal, NUMBER) == [
        (Upper(Bound(1, exclusive=True)),),
        (Lower(Bound(5, exclusive=False)),),
    ]


def test_what_further_properties_are() -> None:
    schema = read_schema({"properties": {"a": {}, "b": {}}, "patternProperties": {"^c": {"type": "null"}}})[1]
    assert other_property(schema) == Step(Where.OTHER_PROPERTY, names=frozenset("ab"), avoiding=("^c",))


def test_the_ways_in_which_an_object_is_another_one() -> None:
    expansion = Said({}).expansion
    assert [_words(way) for way in expansion.differing({"a": 1, "b": []})] == [
        "Lacks(name='a')",
        "Lacks(name='b')",
        "PROPERTY a: not [1]",
        "PROPERTY b: not [[]]",
        "OTHER_PROPERTY 0 but ['a', 'b'] []: free",
    ]
    assert [_words(way) for way in expansion.differing({})] == ["OTHER_PROPERTY 0 but [] []: free"]


def test_the_ways_in_which_an_array_is_another_one() -> None:
    expansion = Said({}).expansion
    assert [_words(way) for way in expansion.differing([1, None])] == [
        "size 0..1",
        "ITEM 0: not [1]",
        "ITEM 1: not [null]",
        "size 3..",
    ]
    assert [_words(way) for way in expansion.differing([])] == ["size 1.."]


def test_required_names_depend_on_the_role() -> None:
    schema = {
        "type": "object",
        "required": ["id", "secret", "name"],
        "properties": {"id": {"type": "string", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}},
    }
    for role, names in (
        (Role.REQUEST, ("secret", "name")),
        (Role.RESPONSE, ("id", "name")),
        (Role.NEITHER, ("id", "secret", "name")),
    ):
        said = Said(schema, "openapi-3.0", role)
        assert said.expansion.required(said.schema, Side.BASE) == names
        assert said.positive(OBJECT) == ([f"Has(name='{name}')" for name in names], [])
        assert said.negative(OBJECT)[: len(names)] == [f"Lacks(name='{name}')" for name in names]


# which payloads tell two schemas apart

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 2, 3, 4, 5, 6, -1, 1.5, 2.5, 0.5, 7),
    *("", "a", "b", "ab", "aa", "abc", "bcd", "zzzz"),
    *([], [1], [2], ["a"], [None], [1, 1], [1, 2], [1, "a"], ["a", 1], ["a", "a"], ["a", "b"], [None, None], [[], []]),
    *([1, 2, 3], [1, 1, 1], ["a", 1, None], [1, "a", None], [1, "a", "a"], ["a", "b", "a"], [1, 2, "a", "b"], [1.5, 1, 2]),
    *({}, {"a": 1}, {"a": "a"}, {"a": None}, {"b": 1}, {"b": "b"}, {"c": 1}, {"ab": 1}, {"ab": "a"}, {"zz": None}),
    *({"a": 1, "b": 1}, {"a": "a", "b": 2}, {"a": 1, "b": "b"}, {"a": 1, "c": 1}, {"b": 1, "c": "c"}, {"a": 2, "ab": "x"}),
    *({"a": 1, "b": 2, "c": 3}, {"a": "x", "b": "y", "c": "z"}, {"a": 1, "ab": 1, "b": None}, {"a": {"a": 1}}),
    *({"k": "x", "a": 1}, {"k": "x"}, {"k": "y"}, {"k": "y", "b": 1}, {"k": "x", "b": 1}, {"k": "z"}, {"k": 1}),
)  # fmt: skip
N, WHOLE, S = {"type": "number"}, {"type": "integer"}, {"type": "string"}
X, Y = (
    {"properties": {"k": {"const": "x"}}, "required": ["k"]},
    {"properties": {"k": {"const": "y"}}, "required": ["k"]},
)

SCALARS: list[Any] = [
    {},
    {"not": {}},
    *({"type": kind} for kind in ("null", "boolean", "integer", "number", "string")),
    {"type": ["integer", "null"]},
    {"type": ["number", "string"]},
    {"minimum": 2},
    {"type": "integer", "minimum": 2, "maximum": 5},
    {"type": "number", "exclusiveMinimum": 2, "exclusiveMaximum": 5},
    {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 6},
    {"multipleOf": 2},
    {"type": "number", "multipleOf": 0.5},
    {"enum": [1, 2, "a", None, True]},
    {"enum": [1, "a", [1], {"a": 1}]},
    {"const": 2},
    {"type": "string", "enum": ["a", "b", 1]},
    {"minLength": 1, "maxLength": 2},
    {"type": "string", "maxLength": 0},
    {"type": "string", "pattern": "^a"},
    {"type": "string", "pattern": "b$", "maxLength": 2},
    {"not": {"type": "string"}},
    {"not": {"minimum": 2}},
    {"not": {"enum": [1, "a", []]}},
    {"anyOf": [{"minimum": 3}, {"type": "string"}]},
    {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    {"oneOf": [{"minimum": 1}, {"maximum": 3}]},
    {"oneOf": [{"type": "integer"}, {"minimum": 2}, {"type": "string", "maxLength": 1}]},
    {"allOf": [{"anyOf": [{"minimum": 1}, {"type": "null"}]}, {"anyOf": [{"maximum": 4}, {"type": "boolean"}]}]},
    {"if": {"type": "integer"}, "then": {"minimum": 2}, "else": {"type": "string"}},
    {"if": {"type": "integer"}, "then": {"minimum": 2}},
    {"if": {"type": "integer"}, "else": {"type": "string"}},
    {"if": {"type": "integer"}, "minimum": 1},
]
OBJECTS: list[Any] = [
    {},
    {"type": "object"},
    {"not": {"type": "object"}},
    {"type": "object", "required": ["a"]},
    {"type": "object", "required": ["a", "b"]},
    {"type": "object", "properties": {"a": WHOLE}},
    {"type": "object", "properties": {"a": N, "b": S}, "required": ["a"]},
    {"type": "object", "properties": {"a": WHOLE}, "additionalProperties": False},
    {"type": "object", "properties": {"a": WHOLE}, "additionalProperties": S},
    {"type": "object", "patternProperties": {"^a": WHOLE}},
    {"type": "object", "patternProperties": {"^a": WHOLE, "b$": N}, "additionalProperties": False},
    {"type": "object", "properties": {"ab": S}, "patternProperties": {"^b": WHOLE}},
    {"type": "object", "propertyNames": {"maxLength": 1}},
    {"type": "object", "propertyNames": {"enum": ["a", "b"]}},
    {"type": "object", "minProperties": 1},
    {"type": "object", "minProperties": 2, "maxProperties": 2},
    {"type": "object", "maxProperties": 1},
    {"type": "object", "dependentRequired": {"a": ["b"]}},
    {"type": "object", "dependentRequired": {"a": ["b", "c"], "b": ["a"]}},
    {"type": "object", "dependentSchemas": {"a": {"properties": {"b": WHOLE}}}},
    {"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}},
    {"type": "object", "not": {"required": ["a"]}},
    {"type": "object", "not": {"properties": {"a": WHOLE}}},
    {"type": "object", "not": {"additionalProperties": WHOLE}},
    {"type": "object", "not": {"patternProperties": {"^a": WHOLE}}},
    {"type": "object", "not": {"propertyNames": {"maxLength": 1}}},
    {"oneOf": [X, Y]},
    {"type": "object", "oneOf": [X, {"required": ["b"]}]},
    {"anyOf": [X, {"type": "object", "maxProperties": 1}]},
    {"type": "object", "if": X, "then": {"required": ["a"]}, "else": {"required": ["b"]}},
    {"enum": [{}, {"a": 1}, {"a": "a"}, [1]]},
    {"const": {"a": 1, "b": 1}},
    {"type": "object", "not": {"const": {"a": 1}}},
    {"type": "object", "not": {"enum": [{}, {"a": 1, "b": 1}]}, "required": ["a"]},
]
ARRAYS: list[Any] = [
    {},
    {"type": "array"},
    {"type": "array", "items": WHOLE},
    {"type": "array", "items": N},
    {"type": "array", "prefixItems": [WHOLE, S]},
    {"type": "array", "prefixItems": [WHOLE], "items": S},
    {"type": "array", "prefixItems": [S], "items": False},
    {"type": "array", "minItems": 1},
    {"type": "array", "minItems": 2, "maxItems": 2},
    {"type": "array", "maxItems": 1},
    {"type": "array", "uniqueItems": True},
    {"type": "array", "uniqueItems": True, "minItems": 2, "items": {"enum": [1, 2, 3]}},
    {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"enum": [1, 2]}},
    {"type": "array", "not": {"uniqueItems": True}},
    {"type": "array", "contains": WHOLE},
    {"type": "array", "contains": S, "minContains": 2},
    {"type": "array", "contains": WHOLE, "maxContains": 1},
    {"type": "array", "contains": WHOLE, "minContains": 0, "maxContains": 1},
    {"type": "array", "contains": N, "minContains": 1, "maxContains": 2},
    {"type": "array", "contains": WHOLE, "minContains": 0},
    {"type": "array", "not": {"contains": WHOLE}},
    {"type": "array", "not": {"items": WHOLE}},
    {"type": "array", "not": {"prefixItems": [WHOLE, S]}},
    {"enum": [[], [1], [1, 2], {"a": 1}]},
    {"type": "array", "not": {"const": [1]}},
    {"type": "array", "not": {"enum": [[], [1, 2]]}, "items": WHOLE},
    {"anyOf": [{"type": "array", "maxItems": 1}, {"type": "array", "items": WHOLE}]},
    {"type": "array", "oneOf": [{"items": WHOLE}, {"minItems": 2}]},
]  # fmt: skip
_PAIRS = [pair for schemas in (SCALARS, OBJECTS, ARRAYS) for pair in product(schemas, schemas)]


@lru_cache(maxsize=1000)
def _taken(schema: str) -> tuple[bool, ...]:
    validator = oracle(eval(schema), DRAFT)  # noqa: S307  (our own schema, to have a key)
    return tuple(validator.is_valid(value) for value in VALUES)


def _check(old: Any, new: Any, dialect: str = DRAFT) -> None:
    """The answer is right as far as the values tell, and always given."""
    outcome = search(old, new, dialect=dialect)
    if isinstance(outcome, Witness):
        assert oracle(old, dialect).is_valid(outcome.value), (old, new, outcome)
        assert not oracle(new, dialect).is_valid(outcome.value), (old, new, outcome)
    else:
        assert outcome is EMPTY, (old, new, outcome)
        lost = [value for value, a, b in zip(VALUES, _taken(repr(old)), _taken(repr(new)), strict=True) if a and not b]
        assert lost == [], (old, new)


@pytest.mark.parametrize("part", range(20))
def test_pairs_of_schemas_are_told_apart_as_values_do(part: int) -> None:
    for old, new in _PAIRS[part::20]:
        _check(old, new)


@pytest.mark.parametrize("part", range(10))
def test_schemas_that_must_hold_beside_others_that_must_not(part: int) -> None:
    """Three schemas at once, so that choices of one meet demands of the other."""
    triples = [
        (first, second, third)
        for schemas in (SCALARS, OBJECTS, ARRAYS)
        for index, first in enumerate(schemas)
        for second in schemas[index % 5 :: 5]
        for third in schemas[index % 8 :: 8]
        if first != second
    ]
    for first, second, third in triples[part::10]:
        _check({"allOf": [first, {"not": second}]}, third)


def test_one_property_does_for_several_where_no_more_may_be_there() -> None:
    """A name that breaks one schema, and the value under it that breaks another one."""
    names, values = {"propertyNames": {"enum": ["a", "b"]}}, {"patternProperties": {"^a": WHOLE}}
    further = {"properties": {"ab": {}}, "additionalProperties": S}
    one = {"type": "object", "maxProperties": 1}
    for first, second in product((names, values, further), repeat=2):
        if first != second:
            outcome = search({"allOf": [one, {"not": first}]}, second)
            assert isinstance(outcome, Witness), (first, second)
            assert not oracle(first, DRAFT).is_valid(outcome.value)
            assert not oracle(second, DRAFT).is_valid(outcome.value)
    outcome = search({"allOf": [one, {"not": names}, {"not": values}]}, further)
    assert isinstance(outcome, Witness)
    assert not any(oracle(schema, DRAFT).is_valid(outcome.value) for schema in (names, values, further))
