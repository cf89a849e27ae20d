"""Validity, compared with what other libraries say."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import fastavro
import pytest
from fastavro.schema import UnknownType
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from referencing import Registry

from contractguard.documents import DanglingReferenceError, DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.errors import UnreadableError
from contractguard.formats import read_contract, validity_faults
from contractguard.formats.openapi.validity import published_faults
from contractguard.model.contract import OpenApiContract
from contractguard.model.document import ContractKind
from contractguard.model.places import Node


def pointers_of(value: Any, kind: ContractKind) -> list[str]:
    """Where the published schema of a description, or the specification of an Avro schema, is not followed."""
    contract = read_contract(kind, DocumentSet(in_memory("head", value)), MEMORY_PATH)
    faults = published_faults(contract) if isinstance(contract, OpenApiContract) else validity_faults(contract, unasked)
    return [fault.node.pointer for fault in faults]


def unasked(_schema: Node, _value: Any) -> None:
    """No default is judged here."""


NAMES = ["A", "B", "n.C"]
TYPES = st.recursive(
    st.sampled_from(["int", *NAMES]),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"type": st.just("map"), "values": inner}),
        st.builds(lambda branch: ["null", branch], inner.filter(lambda kind: not isinstance(kind, list))),
    ),
    max_leaves=3,
)


@given(st.permutations(NAMES), st.lists(TYPES, max_size=4), st.integers(0, 4))
def test_avro_names_before_their_definition_are_those_that_fastavro_does_not_know(
    names: list[str], uses: list[Any], place: int
) -> None:
    defined = [{"name": f"d{name[-1]}", "type": {"type": "fixed", "name": name, "size": 1}} for name in names]
    used = [{"name": f"u{number}", "type": kind} for number, kind in enumerate(uses)]
    fields = [*defined[:place], *used, *defined[place:]]
    schema = {"type": "record", "name": "Root", "namespace": "n", "fields": fields}
    try:
        fastavro.parse_schema(copy.deepcopy(schema))
        known = True
    except UnknownType:
        known = False
    assert (pointers_of(schema, ContractKind.AVRO) == []) is known


DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1", "contact": {"name": "n"}},
    "servers": [{"url": "https://example.org"}],
    "paths": {
        "/a/{b}": {
            "get": {
                "operationId": "a",
                "parameters": [{"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "d", "content": {"a/b": {"schema": {"enum": [1]}}}}},
            },
            "post": {"requestBody": {"content": {}}, "responses": {"default": {"$ref": "#/components/responses/R"}}},
        }
    },
    "components": {
        "responses": {"R": {"description": "r", "headers": {"H": {"schema": {"type": "integer", "minimum": 0}}}}},
        "schemas": {"S": {"type": "object", "properties": {"p": {"allOf": [{"maxLength": 1}]}}, "required": ["p"]}},
        "securitySchemes": {"K": {"type": "apiKey", "name": "k", "in": "header"}},
    },
    "security": [{"K": []}],
}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*way, key)
        yield from places(item, (*way, key))


def changed(way: tuple[Any, ...], *, to: Any = None, gone: bool = False) -> Any:
    value = copy.deepcopy(DESCRIPTION)
    inner: Any = value
    for key in way[:-1]:
        inner = inner[key]
    if gone:
        del inner[way[-1]]
    else:
        inner[way[-1]] = to
    return value


PLACES = [way for way in places(DESCRIPTION) if way != ("openapi",)]


@pytest.mark.parametrize("way", PLACES, ids=lambda way: "/".join(map(str, way)))
def test_a_broken_description_is_invalid_where_the_meta_schema_says_so(way: tuple[Any, ...]) -> None:
    published = files("openapi_spec_validator") / "resources" / "schemas" / "v3.0" / "schema.json"
    judge = Draft4Validator(json.loads(published.read_text(encoding="utf-8")), registry=Registry())
    for value in (
        changed(way, to=7),
        changed(way, to="x"),
        changed(way, to={}),
        changed(way, to=[]),
        changed(way, gone=True),
    ):
        refused = [
            "".join(f"/{str(k).replace('/', '~1')}" for k in error.absolute_path) for error in judge.iter_errors(value)
        ]
        try:
            found = pointers_of(value, ContractKind.OPENAPI)
        except DanglingReferenceError:
            continue  # what the reference named is gone, which no meta-schema sees
        except UnreadableError:
            assert refused, "what cannot be read at all is not valid either"
            continue
        assert bool(found) == bool(refused), value
        assert all(any(pointer.startswith(place) for place in refused) for pointer in found), value
