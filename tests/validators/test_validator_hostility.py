"""Schemas and payloads that mean harm end in an answer, in little time."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payload_checks import check_payload, documents_of

from contractguard.model.payload import Role
from contractguard.model.schema import Dialect
from contractguard.validators import PayloadValidator
from contractguard.validators.reasons import LONGEST, reason

D7, D19, D20 = Dialect.DRAFT_07, Dialect.DRAFT_2019_09, Dialect.DRAFT_2020_12
SLOW = "^(a+)+$"
LONG = "a" * 40 + "!"


@pytest.fixture
def no_stdlib_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a pattern of a contract went to re")

    monkeypatch.setattr(re, "search", refuse)
    monkeypatch.setattr(re, "match", refuse)


@pytest.mark.usefixtures("no_stdlib_patterns")
@pytest.mark.parametrize("dialect", [dialect for dialect in Dialect if dialect != Dialect.OPENAPI_2_0])
@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": SLOW},
        {"patternProperties": {SLOW: False}},
        {"patternProperties": {SLOW: {}}, "additionalProperties": False},
        {"patternProperties": {SLOW: {}}, "unevaluatedProperties": False},
        {"allOf": [{"patternProperties": {SLOW: {}}}], "unevaluatedProperties": False},
        {"propertyNames": {"pattern": SLOW}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "pattern": SLOW},
        {"allOf": [{"$schema": "http://json-schema.org/draft-07/schema#", "patternProperties": {SLOW: False}}]},
        {"not": {"$schema": "https://json-schema.org/draft/2019-09/schema", "pattern": SLOW}},
    ],
)
def test_patterns_never_meet_the_standard_library(check: Any, schema: Any, dialect: Dialect) -> None:
    for payload in (LONG, {LONG: 1}):
        assert check(schema, payload, dialect).valid is not None


def nested(depth: int, payload: Any = 0) -> Any:
    for _ in range(depth):
        payload = {"a": payload}
    return payload


@pytest.mark.parametrize("depth", [5000, 100_000])
def test_payloads_that_nest_absurdly_end(check: Any, depth: int) -> None:
    schema = {"properties": {"a": {"$ref": "#"}}}
    assert check(schema, nested(depth)).valid is None
    assert check({"type": "string"}, nested(depth)).valid in (None, False)
    assert check({"enum": [nested(200)]}, nested(depth)).valid in (None, False)
    assert check({"uniqueItems": True}, [nested(depth), nested(depth)]).valid is None


def test_a_caller_deep_in_the_stack_gets_an_answer(capfd: pytest.CaptureFixture[str]) -> None:
    """The library's maps panic, past any `except Exception`, where Python's recursion limit is hit inside of them."""
    schema = {"$schema": str(D7), "properties": {"a": {"$ref": "#/definitions/b"}}, "definitions": {"b": {"$ref": "#"}}}
    documents = documents_of({"s.json": schema})
    node, validator = documents.document("s.json").root, PayloadValidator(documents)

    def ask(frames: int) -> bool | None:
        if frames:
            return ask(frames - 1)
        return validator.check(node, nested(15), dialect=D7, role=Role.REQUEST).valid

    assert ask(0) is True
    room = sys.getrecursionlimit() - len(inspect.stack(0))
    answers = [ask(frames) for frames in range(room - 500, room - 60, 3)]
    assert answers[0] is True
    assert answers[-1] is None
    assert answers == sorted(answers, key=lambda answer: answer is None)
    assert "panicked" not in capfd.readouterr().err


def test_ordinary_nesting_is_checked_to_the_bottom(check: Any) -> None:
    schema = {"type": ["object", "integer"], "properties": {"a": {"$ref": "#"}}}
    assert check(schema, nested(60)).valid is True
    assert check(schema, nested(60, "x")).valid is False


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"anyOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#"}]}}},
        {"not": {"$ref": "#"}},
        {"unevaluatedProperties": False, "allOf": [{"$ref": "#"}]},
        {"$dynamicAnchor": "n", "$dynamicRef": "#n"},
    ],
)
def test_a_schema_that_refers_to_itself_in_place_has_no_answer(check: Any, schema: Any) -> None:
    assert check(schema, {"a": 1}).valid is None


@pytest.mark.parametrize(
    ("schema", "payload"),
    [
        ({"items": {"enum": list(range(5000))}}, ["x"] * 5000),
        ({"items": {"properties": {f"p{n}": {} for n in range(5000)}}}, [{}] * 20_000),
        ({"patternProperties": {f"^p{n}": {} for n in range(2000)}}, {f"q{n}": 1 for n in range(2000)}),
        ({"anyOf": [{"type": "string"}] * 5000}, [{"a": "b" * 1000}] * 100),
        ({"uniqueItems": True}, [{"a": n} for n in range(20_000)]),
    ],
)
def test_large_work_is_cut_off_or_done(check: Any, schema: Any, payload: Any) -> None:
    answer = check(schema, payload)
    assert len(answer.reason) <= LONGEST


@pytest.mark.parametrize(
    "schema",
    [
        5,
        None,
        "text",
        [],
        {"$id": 5, "$ref": "#x", "$anchor": []},
        {"$id": "http://[::1", "$ref": "x"},
        {"$schema": 5, "$ref": "#/a", "a": {"$schema": []}},
        {"$defs": [{"$id": "a"}], "$ref": "a"},
        {"properties": {"a": {"$id": None, "$ref": "#"}}, "$anchor": "x", "$ref": "#x"},
        {"multipleOf": 0},
        {"items": {"multipleOf": 1e-320}},
        {"$ref": ["#"]},
        {"$ref": "#/%"},
    ],
)
@pytest.mark.parametrize("dialect", list(Dialect))
def test_malformed_schemas_raise_nothing(check: Any, schema: Any, dialect: Dialect) -> None:
    for payload in (1, "a", {"a": {"a": 1}}, [1]):
        check(schema, payload, dialect)


KEYWORDS = (
    "type enum multipleOf maximum exclusiveMaximum minLength pattern items prefixItems additionalItems contains minContains "
    "uniqueItems unevaluatedItems properties patternProperties additionalProperties unevaluatedProperties required dependencies "
    "dependentRequired dependentSchemas propertyNames allOf anyOf oneOf not if then else $ref $dynamicRef $recursiveRef $id id "
    "$anchor $schema nullable readOnly"
).split()
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "#", "a", "#/allOf/0", "string"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*KEYWORDS, "a"]), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("dialect", [Dialect.DRAFT_04, D19, D20, Dialect.OPENAPI_3_0])
@settings(max_examples=60, deadline=None)
@given(schema=ANYTHING, payload=ANYTHING)
def test_anything_at_all_gets_an_answer(dialect: Dialect, schema: Any, payload: Any) -> None:
    answer = check_payload({"s": schema}, payload, dialect, pointer="/s")
    assert bool(answer.reason) is (answer.valid is not True)
    assert len(answer.reason) <= LONGEST
    assert answer.reason.isprintable()


def test_reasons_are_one_short_line(check: Any) -> None:
    answer = check({"items": {"properties": {"total": {"type": "integer"}}}}, [{"total": "x" * 10_000_000}])
    assert answer.valid is False
    assert len(answer.reason) <= LONGEST
    assert answer.reason == f'"{"x" * 78}… is not of type integer at /0/total'
    lines = check({"properties": {"a\n\x1b[31m": {"type": "integer"}}}, {"a\n\x1b[31m": "\u202e"})
    assert lines.reason.isprintable()
    assert "/a\\u000a\\u001b[31m" in lines.reason
    assert reason("short", ["a/b", 0]) == "short at /a~1b/0"
    assert len(reason("m" * 999, ["p" * 999])) == LONGEST


@pytest.mark.parametrize(
    ("schema", "payload", "expected"),
    [
        ({"type": "object"}, None, "null is not of type object"),
        ({"type": ["string", "null"]}, True, "true is not of type string or null"),
        ({"type": "array"}, {"a": [1, None], "ä": "'\n"}, """{"a": [1, null], "ä": "'\\n"} is not of type array"""),
        ({"enum": ["a", None, False]}, 1.5, '1.5 is not one of ["a", null, false]'),
        ({"const": {"a": True}}, {}, '{} is not the constant {"a": true}'),
        ({"minimum": 2}, 1, "1 is less than the minimum of 2"),
        ({"maximum": 2}, 3, "3 is greater than the maximum of 2"),
        ({"exclusiveMinimum": 2}, 2, "2 is less than or equal to the minimum of 2"),
        ({"exclusiveMaximum": 2}, 2, "2 is greater than or equal to the maximum of 2"),
        ({"multipleOf": 0.5}, 0.75, "0.75 is not a multiple of 0.5"),
        ({"minLength": 2}, "a", '"a" is too short, minLength is 2'),
        ({"maxLength": 1}, "ab", '"ab" is too long, maxLength is 1'),
        ({"pattern": "^\\d"}, "a", '"a" does not match "^\\\\d"'),
        ({"minItems": 1}, [], "[] has too few items, minItems is 1"),
        ({"maxItems": 1}, [None, 1], "[null, 1] has too many items, maxItems is 1"),
        ({"uniqueItems": True}, [1, 1.0], "[1, 1.0] has equal items"),
        ({"contains": False}, [1], "no items match the schema of contains, at least 1 must"),
        ({"contains": True, "maxContains": 1}, [1, 2], "2 items match the schema of contains, at most 1 may"),
        ({"minProperties": 1}, {}, "{} has too few properties, minProperties is 1"),
        ({"maxProperties": 0}, {"{}": None}, '{"{}": null} has too many properties, maxProperties is 0'),
        ({"required": ["it's"]}, {}, """"it's" is a required property"""),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, '"b" is a dependency of "a"'),
        ({"additionalProperties": False}, {"a": 1}, 'Additional properties are not allowed ("a" was unexpected)'),
        ({"unevaluatedProperties": False}, {"a": 1}, 'Unevaluated properties are not allowed ("a" was unexpected)'),
        ({"unevaluatedItems": False}, [1], "Unevaluated items are not allowed (0 was unexpected)"),
        ({"propertyNames": {"maxLength": 0}}, {"a": 1}, '"a" is too long, maxLength is 0'),
        ({"items": False}, [None], "null is not allowed: the schema is false at /0"),
        ({"not": {"type": "null"}}, None, 'null should not be valid under {"type": "null"}'),
        ({"anyOf": [False]}, False, "false is not valid under any of the given schemas"),
        ({"oneOf": [True, True]}, 1, "1 is valid under more than one of the given schemas (/oneOf/0 and /oneOf/1)"),
        ({"minLength": True}, "a", "the value of minLength means nothing in draft-2020-12: it is true"),
        ({"$ref": "{}#a"}, 1, 'the reference "{}#a" leads to no schema in the files that are read'),
    ],
)
def test_reasons_show_values_as_json(check: Any, schema: Any, payload: Any, expected: str) -> None:
    assert check(schema, payload).reason == expected


def test_numbers_too_long_to_be_written_are_cut(check: Any) -> None:
    for value in (10**5000, [10**5000], {"a": 10**5000}):
        answer = check({"type": "string"}, value)
        assert answer.valid is False
        assert answer.reason.endswith("… is not of type string")


def test_of_a_value_the_beginning_is_shown() -> None:
    assert reason("{} is not {}", (), [list(range(100)), {"a": "x" * 999}]) == (
        f'[{", ".join(map(str, range(22)))}, … is not {{"a": "{"x" * 72}…'
    )
    assert len(reason("{}" * 99, ["p" * 999], ["x" * 99] * 99)) == LONGEST


def test_reasons_are_the_same_every_time(check: Any) -> None:
    payload = dict.fromkeys("zyxwvu", 1)
    answers = {check({"additionalProperties": False}, payload).reason for _ in range(5)}
    assert answers == {'Additional properties are not allowed ("z" was unexpected)'}
