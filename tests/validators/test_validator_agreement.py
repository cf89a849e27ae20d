"""Where the library is right as it is, the answers are those of its stock validators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS30Validator
from payload_checks import check_payload

from contractguard.documents import DocumentSet
from contractguard.model.payload import Role
from contractguard.model.schema import Dialect
from contractguard.sources.memory import MemorySnapshot
from contractguard.validators import PayloadValidator

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "pairs"
NAMES = st.sampled_from(["a", "b", "ab", "ba"])
PATTERNS = st.sampled_from(["^a", "b$", "^ab?$", "c"])
COUNTS = st.integers(0, 3)
TYPES = st.sampled_from(["boolean", "integer", "number", "string", "array", "object"])
SCALARS = st.booleans() | st.integers(-4, 6) | st.sampled_from([0.5, 2.5]) | st.sampled_from(["", "a", "ab", "bab"])
PAYLOADS = st.recursive(
    SCALARS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)

SIMPLE = {
    "type": TYPES,
    "enum": st.lists(SCALARS, min_size=1, max_size=3),
    "minimum": st.integers(-3, 5),
    "maximum": st.integers(-3, 5),
    "multipleOf": st.integers(1, 3),
    "minLength": COUNTS,
    "maxLength": COUNTS,
    "pattern": PATTERNS,
    "minItems": COUNTS,
    "maxItems": COUNTS,
    "uniqueItems": st.booleans(),
    "minProperties": COUNTS,
    "maxProperties": COUNTS,
    "required": st.lists(NAMES, min_size=1, max_size=2, unique=True),
}


def _keywords(dialect: Dialect, inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    named, several = st.dictionaries(NAMES, inner, max_size=2), st.lists(inner, min_size=1, max_size=2)
    by_pattern = st.dictionaries(PATTERNS, inner, max_size=2)
    found = SIMPLE | {"properties": named, "allOf": several, "anyOf": several, "oneOf": several, "not": inner}
    found |= {"additionalProperties": inner | st.booleans(), "items": inner}
    if dialect is Dialect.OPENAPI_3_0:
        return found | {"nullable": st.booleans(), "exclusiveMinimum": st.booleans()}
    found |= {
        "patternProperties": by_pattern,
        "type": TYPES | st.lists(TYPES | st.just("null"), min_size=1, max_size=2),
    }
    if dialect is Dialect.DRAFT_04:
        tuples = {"items": inner | several, "additionalItems": inner | st.booleans()}
        return (
            found | tuples | {"exclusiveMaximum": st.booleans(), "maximum": st.integers(-3, 5), "dependencies": named}
        )
    found |= {"const": PAYLOADS, "contains": inner, "propertyNames": inner, "exclusiveMinimum": st.integers(-3, 5)}
    if dialect in {Dialect.DRAFT_06, Dialect.DRAFT_07}:
        found |= {"items": inner | several, "additionalItems": inner | st.booleans(), "dependencies": named}
    if dialect is not Dialect.DRAFT_06:
        found |= {"if": inner, "then": inner, "else": inner}
    if dialect is Dialect.DRAFT_2019_09:
        found |= {"dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2), max_size=2)}
    if dialect is Dialect.DRAFT_2020_12:
        found |= {"prefixItems": several, "minContains": COUNTS, "maxContains": COUNTS, "dependentSchemas": named}
        found |= {"unevaluatedProperties": inner | st.booleans(), "unevaluatedItems": inner | st.booleans()}
    return found


def schemas(dialect: Dialect) -> st.SearchStrategy[Any]:
    def some_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        keywords = _keywords(dialect, inner)
        chosen = st.lists(st.sampled_from(sorted(keywords)), min_size=1, max_size=4, unique=True)
        whole = chosen.flatmap(lambda names: st.fixed_dictionaries({name: keywords[name] for name in names}))
        return whole.map(_with_neighbours)

    leaves = st.dictionaries(st.sampled_from(sorted(SIMPLE)), st.none(), max_size=2).flatmap(
        lambda chosen: st.fixed_dictionaries({name: SIMPLE[name] for name in chosen})
    )
    return st.recursive(leaves, some_of, max_leaves=5)


def _with_neighbours(schema: dict[str, Any]) -> dict[str, Any]:
    """The library stumbles over a boolean exclusiveMinimum or additionalItems without the keyword that it is about."""
    if isinstance(schema.get("exclusiveMinimum"), bool):
        schema.setdefault("minimum", 2)
    if isinstance(schema.get("exclusiveMaximum"), bool):
        schema.setdefault("maximum", 2)
    if "additionalItems" in schema:
        schema.setdefault("items", {})
    if "nullable" in schema:
        schema.setdefault("type", "string")
    return schema


STOCK: dict[Dialect, Any] = {
    Dialect.DRAFT_04: jsonschema.Draft4Validator,
    Dialect.DRAFT_06: jsonschema.Draft6Validator,
    Dialect.DRAFT_07: jsonschema.Draft7Validator,
    Dialect.DRAFT_2019_09: jsonschema.Draft201909Validator,
    Dialect.DRAFT_2020_12: jsonschema.Draft202012Validator,
    Dialect.OPENAPI_3_0: OAS30Validator,
}


@pytest.mark.parametrize("dialect", list(STOCK))
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_generated_schemas_are_judged_as_by_the_stock_validator(dialect: Dialect, data: st.DataObject) -> None:
    schema, payload = data.draw(schemas(dialect)), data.draw(PAYLOADS)
    assert check_payload(schema, payload, dialect).valid is STOCK[dialect](schema).is_valid(payload)


@settings(max_examples=60, deadline=None)
@given(schemas(Dialect.DRAFT_2020_12), PAYLOADS)
def test_what_cannot_be_told_never_turns_into_an_answer(schema: Any, payload: Any) -> None:
    """With a pattern that RE2 refuses put for one that matches everything or nothing, an answer stays right for both."""

    def with_pattern(value: Any, replacement: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: replacement if key == "pattern" and isinstance(item, str) else with_pattern(item, replacement)
                for key, item in value.items()
                if key not in ("const", "enum")
            }
        return [with_pattern(item, replacement) for item in value] if isinstance(value, list) else value

    answer = check_payload(with_pattern(schema, "(?=x)x"), payload).valid
    if answer is not None:
        for pattern in ("", "x{3}y{3}"):
            assert check_payload(with_pattern(schema, pattern), payload).valid is answer


@pytest.mark.parametrize(
    ("schema", "payload", "valid"),
    [
        ({"not": {"pattern": "(?=a)"}}, "a", None),
        ({"not": {"pattern": "(?=a)", "maxLength": 0}}, "a", True),
        ({"anyOf": [{"pattern": "(?=a)"}, {"type": "string"}]}, "a", True),
        ({"anyOf": [{"pattern": "(?=a)"}, {"type": "integer"}]}, "a", None),
        ({"oneOf": [{"pattern": "(?=a)"}, {"type": "string"}]}, "a", None),
        ({"oneOf": [{}, {"pattern": "(?=a)"}, {"type": "string"}]}, "a", False),
        ({"if": {"pattern": "(?=a)"}, "then": False, "else": False}, "a", False),
        ({"if": {"pattern": "(?=a)"}, "then": {"maxLength": 1}}, "a", True),
        ({"if": {"pattern": "(?=a)"}, "then": {"maxLength": 0}}, "a", None),
        ({"patternProperties": {"(?=a)": {"type": "string"}}}, {"a": "x"}, True),
        ({"patternProperties": {"(?=a)": {"type": "string"}}}, {"a": 1}, None),
        ({"patternProperties": {"(?=a)": {}}, "additionalProperties": False}, {"a": 1}, None),
        ({"patternProperties": {"(?=a)": {}, "^b": {}}, "additionalProperties": False}, {"b": 1}, True),
        ({"patternProperties": {"(?=a)": {}}, "additionalProperties": {"type": "string"}}, {"a": "x"}, True),
        ({"patternProperties": {"(?=a)": {}}, "unevaluatedProperties": False}, {"a": "x"}, None),
        ({"contains": {"pattern": "(?=a)"}}, ["a"], None),
        ({"contains": {"pattern": "(?=a)"}}, [1], True),
        ({"contains": {"pattern": "(?=a)"}, "maxContains": 1}, [1, 2, "a"], False),
        ({"contains": {"pattern": "(?=a)"}, "minContains": 3}, [1, "a"], False),
        ({"contains": {"pattern": "(?=a)"}, "unevaluatedItems": False, "prefixItems": [{}]}, [1, "a"], None),
        ({"propertyNames": {"pattern": "(?=a)"}, "required": ["b"]}, {"a": 1}, False),
        ({"type": "string", "minLength": "1"}, "a", None),
        ({"minLength": "1"}, 5, True),
        ({"type": "strng"}, "a", None),
        ({"properties": []}, {}, None),
        ({"properties": {"a": None}}, {"a": 1}, None),
        ({"enum": "a"}, "a", None),
        ({"allOf": []}, "a", None),
    ],
)
def test_ignorance_counts_as_neither_answer(check: Any, schema: Any, payload: Any, valid: bool | None) -> None:
    assert check(schema, payload).valid is valid


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the real contracts are not here")
@pytest.mark.parametrize("pair", ["openapi-stripe-json-adjacent-release", "openapi-github-adjacent-release"])
def test_large_contracts_are_checked_in_few_steps(pair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps, not seconds: a check walks what the payload touches, whatever the size of the description."""
    monkeypatch.setattr("contractguard.validators.classes.MAX_STEPS", 20_000)
    path = next(path for path in sorted((REAL / pair).glob("*.json")) if path.stat().st_size > 1_000_000)
    documents = DocumentSet(MemorySnapshot("v1", {"api.json": path.read_bytes()}))
    listed = documents.document("api.json").root.child("components").child("schemas").members()
    validator = PayloadValidator(documents)
    answers = [
        validator.check(node, payload, dialect=Dialect.OPENAPI_3_0, role=Role.RESPONSE)
        for _, node in listed[:200]
        for payload in ({}, "text", {"id": 1, "object": "x", "data": [{}]})
    ]
    assert {answer.valid for answer in answers} == {True, False}
    assert json.dumps([answer.reason for answer in answers])
