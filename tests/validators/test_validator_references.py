"""References lead through the snapshot and nowhere else."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from payload_checks import documents_of

from contractguard.model.payload import Role
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import Dialect
from contractguard.validators import PayloadValidator, form_schema

D4, D7, D20 = Dialect.DRAFT_04, Dialect.DRAFT_07, Dialect.DRAFT_2020_12
O2, O30, O31 = Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0, Dialect.OPENAPI_3_1
STRING = {"type": "string"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    ("reference", "files"),
    [
        ("other.json", {"schemas__other": STRING}),
        ("./other.json#", {"schemas__other": STRING}),
        ("../shared/a%20b.json#/x~1y", {"shared__a b": {"x/y": STRING}}),
        ("/shared/c.json#/0", {"shared__c": [STRING]}),
        ("one.json#/a", {"schemas__one": {"a": {"$ref": "two.json#/b"}}, "schemas__two": {"b": STRING}}),
        ("deep/one.json", {"schemas__deep__one": {"$ref": "../two.json"}, "schemas__two": STRING}),
    ],
)
@pytest.mark.parametrize("dialect", [D4, D7, D20, O30, O31])
def test_other_files_are_reached(check: Any, reference: str, files: dict[str, Any], dialect: Dialect) -> None:
    assert check({"$ref": reference}, "a", dialect, **files).valid is True
    assert check({"$ref": reference}, 1, dialect, **files).valid is False


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.com/order.json",
        "http://127.0.0.1/order.json#/a",
        "file:///etc/passwd",
        "//example.com/a",
        "missing.json",
        "#/missing",
        "#missing",
        "other.json#/list/one",
        "other.json#/name",
        "http://[::1",
        "urn:example:nothing",
        "",
    ],
)
def test_what_leads_nowhere_cannot_be_judged(check: Any, reference: str) -> None:
    others = {"schemas__other": {"list": [1], "name": "text"}}
    answer = check({"$ref": reference}, "a", **others)
    assert answer.valid is None
    assert answer.reason
    assert "a" * 50 not in answer.reason
    assert check({"$ref": reference, "type": "integer"}, "a", **others).valid is (None if reference == "" else False)
    assert check({"anyOf": [{"$ref": reference}, STRING]}, "a", **others).valid is (None if reference == "" else True)


def test_an_unreadable_file_cannot_be_judged() -> None:
    documents = documents_of({"a.json": {"$ref": "b.json"}, "b.json": STRING})
    documents.snapshot._files["b.json"] = b"{"  # type: ignore[attr-defined]
    node = documents.document("a.json").root
    assert PayloadValidator(documents).check(node, 1, dialect=D20, role=Role.NEITHER).valid is None
    missing = Node({"$ref": "#"}, "missing.json", "")
    answer = PayloadValidator(documents).check(missing, 1, dialect=D20, role=Role.NEITHER)
    assert answer.valid is None
    assert "missing.json" in answer.reason


IDENTIFIED = {
    "$id": "https://example.com/schemas/root",
    "properties": {
        "anchored": {"$ref": "#text"},
        "absolute": {"$ref": "https://example.com/schemas/root#/$defs/text"},
        "inner": {"$ref": "inner"},
        "file": {"$ref": "other.json"},
        "without-suffix": {"$ref": "/schemas/other"},
    },
    "$defs": {
        "text": {"$anchor": "text", **STRING},
        "inner": {"$id": "inner", "$ref": "#/$defs/deep", "$defs": {"deep": STRING}},
    },
}


@pytest.mark.parametrize("name", list(IDENTIFIED["properties"]))  # type: ignore[call-overload]
def test_identifiers_and_anchors_count(check: Any, name: str) -> None:
    assert check(IDENTIFIED, {name: "a"}, schemas__other=STRING).valid is True
    assert check(IDENTIFIED, {name: 1}, schemas__other=STRING).valid is False
    at_property = check(IDENTIFIED, 1, pointer=f"/properties/{name}", schemas__other=STRING)
    assert at_property.valid is False


def test_a_schema_inside_an_identified_one_has_its_base(check: Any) -> None:
    schema = {"$defs": {"a": {"$id": "sub/", "properties": {"x": {"$ref": "item.json"}}}}}
    files = {"schemas__sub__item": STRING, "schemas__item": {"type": "integer"}}
    assert check(schema, "a", pointer="/$defs/a/properties/x", **files).valid is True
    assert check(schema, {"x": "a"}, pointer="/$defs/a", **files).valid is True
    assert check(schema, {"x": 1}, pointer="/$defs/a", **files).valid is False


def test_urns_are_identifiers_without_folders(check: Any) -> None:
    schema = {"$id": "urn:example:order", "properties": {"x": {"$ref": "other.json"}}}
    assert check(schema, {"x": 1}, schemas__other=STRING).valid is False


def test_old_identifiers(check: Any) -> None:
    schema = {
        "id": "https://example.com/root",
        "$ref": "#text",
        "definitions": {"a": {"id": "#text", "type": "string"}},
    }
    assert check(schema, 1, D4).valid is False
    schema = {"allOf": [{"$ref": "#text"}], "definitions": {"a": {"$id": "#text", "type": "string"}}}
    assert check(schema, 1, D7).valid is False


def test_openapi_descriptions_have_identifiers_since_3_1(check: Any) -> None:
    description = {
        "openapi": "3.1.0",
        "components": {
            "schemas": {"A": {"$anchor": "a", "type": "string"}, "B": {"$ref": "#a"}, "C": {"$id": "c", "$ref": "#/B"}}
        },
    }
    assert check(description, 1, O31, pointer="/components/schemas/B").valid is False
    assert check(description, "x", O31, pointer="/components/schemas/B").valid is True
    description = {"openapi": "3.0.0", "components": {"schemas": {"B": {"$ref": "#a"}, "A": {"$anchor": "a"}}}}
    assert check(description, 1, O30, pointer="/components/schemas/B").valid is None
    properties = {
        "openapi": "3.0.0",
        "s": {"id": "https://example.com/x", "properties": {"a": {"$ref": "#/t"}}},
        "t": STRING,
    }
    assert check(properties, {"a": 1}, O30, pointer="/s").valid is False


def test_published_meta_schemas_answer_references(check: Any) -> None:
    schema = {"$ref": "http://json-schema.org/draft-07/schema#"}
    assert check(schema, {"type": "string"}, D7).valid is True
    assert check(schema, {"type": 1}, D7).valid is False
    dynamic = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
    assert check(dynamic, {"properties": {"a": {"type": 1}}}).valid is False
    assert check(dynamic, {"properties": {"a": {"type": "string"}}}).valid is True


def test_a_schema_that_was_put_together_is_read_with_the_references_of_its_file() -> None:
    documents = documents_of(
        {
            "api/a.json": {"t": STRING, "list": []},
            "b.json": {"properties": {"x": {"$ref": "#/t"}}, "t": {"type": "integer"}},
        }
    )
    validator = PayloadValidator(documents)
    made = Node({"properties": {"x": {"$ref": "#/t"}, "y": {"$ref": "../b.json#/t"}}}, "api/a.json", "/list/properties")
    assert validator.check(made, {"x": "a", "y": 1}, dialect=O2, role=Role.NEITHER).valid is True
    assert validator.check(made, {"x": 1}, dialect=O2, role=Role.NEITHER).valid is False
    assert validator.check(made, {"y": "a"}, dialect=O2, role=Role.NEITHER).valid is False


def test_parts_that_hold_together_keep_their_files() -> None:
    documents = documents_of({"a.json": {"$ref": "#/t", "t": STRING}, "b.json": {"$ref": "#/t", "t": {"maxLength": 2}}})
    both = Conjunction.of(documents.document("a.json").root, documents.document("b.json").root)
    validator = PayloadValidator(documents)
    answers = [validator.check(both, payload, dialect=D7, role=Role.NEITHER).valid for payload in ("ab", "abc", 1)]
    assert answers == [True, False, False]


def test_a_form_is_put_together_from_its_parameters() -> None:
    field = {"name": "b", "in": "formData", "type": "string", "required": True}
    operation = [
        {"$ref": "#/parameters/shared"},
        {"name": "n", "in": "formData", "type": "integer"},
        {"name": "q", "in": "query", "type": "string", "required": True},
        {"$ref": "../common.json#/b"},
    ]
    over = [
        {"name": "n", "in": "formData", "type": "string", "required": True},
        {"name": "p", "in": "formData", "type": "boolean"},
    ]
    description = {
        "swagger": "2.0",
        "paths": {"/a": {"parameters": over, "post": {"parameters": operation}}},
        "parameters": {"shared": {"name": "s", "in": "formData", "type": "string", "required": True}},
    }
    documents = documents_of({"api/x.json": description, "common.json": {"b": field}})
    root = documents.document("api/x.json").root
    listed = root.child("paths").child("/a").child("post").child("parameters")
    schema = form_schema(documents, listed, root)
    assert schema.key == listed.key
    validator = PayloadValidator(documents)
    cases = {True: {"s": "a", "b": "c", "n": 1, "p": True, "free": 1}, False: {"s": "a"}}
    for valid, payload in cases.items():
        assert validator.check(schema, payload, dialect=O2, role=Role.REQUEST).valid is valid
    for wrong in ({"s": 1}, {"b": 1}, {"n": "a"}, {"p": 1}):
        assert validator.check(schema, cases[True] | wrong, dialect=O2, role=Role.REQUEST).valid is False
    of_the_path = form_schema(documents, root.child("paths").child("/a").child("parameters"), root)
    assert validator.check(of_the_path, {"n": "a"}, dialect=O2, role=Role.REQUEST).valid is True
    assert validator.check(of_the_path, {}, dialect=O2, role=Role.REQUEST).valid is False


def test_a_validator_answers_many_questions_alike() -> None:
    documents = documents_of(
        {
            "a.json": {"$ref": "b.json"},
            "b.json": {"$id": "https://example.com/b", "$ref": "#t", "$defs": {"t": {"$anchor": "t", **STRING}}},
        }
    )
    validator = PayloadValidator(documents)
    node = documents.document("a.json").root
    for _ in range(3):
        assert validator.check(node, "a", dialect=D20, role=Role.NEITHER).valid is True
        assert validator.check(node, 1, dialect=D20, role=Role.REQUEST).valid is False
    assert documents.read_paths() == ("a.json", "b.json")


DRAFT_07 = "http://json-schema.org/draft-07/schema#"
TUPLE = {"items": [{"type": "string"}], "additionalItems": False}
"""In draft-07 a tuple of one string; nothing that means anything in 2020-12."""


@pytest.mark.parametrize(
    "reference", ["https://x.org/inner", "https://x.org/inner#/properties/p", "https://x.org/inner#anchor"]
)
def test_a_schema_embedded_in_another_file_is_the_schema_alone(reference: str, check: Any) -> None:
    part = {"$anchor": "anchor", "type": "string"}
    inner = {"$id": "https://x.org/inner", "type": ["string", "object"], "properties": {"p": part}}
    bundle = {"$id": "https://x.org/bundle", "$defs": {"i": inner}}
    assert check({"$ref": reference}, "text", other__bundle=bundle).valid is True
    assert check({"$ref": reference}, 3, other__bundle=bundle).valid is False


@pytest.mark.parametrize(
    "files",
    [
        {"b": {"$schema": DRAFT_07, "definitions": {"e": {"$id": "https://x.org/e", **TUPLE}}}},
        {
            "b": {
                "$schema": DRAFT_07,
                "definitions": {"e": {"$id": "https://x.org/e", "allOf": [{"not": {"not": TUPLE}}]}},
            }
        },
        {"b": {"$defs": {"d": {"$id": "https://x.org/d", "$schema": DRAFT_07, "not": {"not": {"$id": "e", **TUPLE}}}}}},
    ],
    ids=["as the file", "below", "as the schema around"],
)
def test_an_embedded_schema_is_in_the_dialect_of_what_is_around_it(files: Any, check: Any) -> None:
    schema = {"$ref": "https://x.org/d" if "$defs" in files["b"] else "https://x.org/e"}
    assert check(schema, ["a"], **files).valid is True
    assert check(schema, [1], **files).valid is False
    assert check(schema, ["a", "a"], **files).valid is False
