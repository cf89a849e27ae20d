"""Which names an object must have, and which it never has, in requests and in responses."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.payload import Role
from contractguard.model.schema import Dialect, Schema, SchemaReader
from contractguard.semantics.required import hidden_names, is_hidden, required_names

READ, WRITE = {"type": "string", "readOnly": True}, {"type": "string", "writeOnly": True}
SCHEMA = {
    "type": "object",
    "required": ["write", "read", "plain", "undeclared"],
    "properties": {"plain": {"type": "string"}, "read": READ, "write": WRITE, "optional": READ},
}


def read(schema: Any) -> tuple[SchemaReader, Schema]:
    documents = DocumentSet(in_memory("schema", schema))
    reader = SchemaNormaliser(documents, MEMORY_PATH, Dialect.OPENAPI_3_1)
    return reader, reader.read(documents.document(MEMORY_PATH).root)


@pytest.mark.parametrize(
    ("role", "hidden", "required"),
    [
        (Role.REQUEST, {"read", "optional"}, ("write", "plain", "undeclared")),
        (Role.RESPONSE, {"write"}, ("read", "plain", "undeclared")),
        (Role.NEITHER, set(), ("write", "read", "plain", "undeclared")),
    ],
)
def test_what_a_role_hides(role: Role, hidden: set[str], required: tuple[str, ...]) -> None:
    reader, schema = read(SCHEMA)
    assert required_names(reader, schema, role) == required
    assert hidden_names(reader, schema, role) == hidden
    assert {
        name for name in (*schema.properties, "undeclared", "none") if is_hidden(reader, schema, name, role)
    } == hidden


@pytest.mark.parametrize(
    "written",
    [
        {"$ref": "#/$defs/id"},
        {"allOf": [{"$ref": "#/$defs/id"}]},
        {"anyOf": [{"type": "string"}], "readOnly": True},
        {"oneOf": [{"type": "string"}], "readOnly": True},
        {"allOf": [{"type": "string"}], "readOnly": True},
    ],
    ids=str,
)
def test_a_property_may_be_marked_through_another_schema(written: Any) -> None:
    reader, schema = read({"$defs": {"id": READ}, "properties": {"a": written}, "required": ["a"]})
    assert is_hidden(reader, schema, "a", Role.REQUEST)
    assert not is_hidden(reader, schema, "a", Role.RESPONSE)
    assert required_names(reader, schema, Role.REQUEST) == ()


def test_a_mark_that_is_taken_back_hides_nothing() -> None:
    reader, schema = read(
        {"properties": {"a": {"type": "string", "readOnly": False}, "b": True}, "required": ["a", "b"]}
    )
    assert required_names(reader, schema, Role.REQUEST) == ("a", "b")


def test_properties_without_a_mark_need_not_be_readable() -> None:
    reader, schema = read({"properties": {"a": {"type": 1}, "b": {"$ref": "#/none"}}})
    assert not is_hidden(reader, schema, "a", Role.REQUEST)
    assert not is_hidden(reader, schema, "b", Role.NEITHER)
    with pytest.raises(UnreadableError):
        is_hidden(reader, schema, "b", Role.REQUEST)
