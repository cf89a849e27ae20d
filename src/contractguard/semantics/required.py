"""Which names an object must have, in a request and in a response."""

from __future__ import annotations

from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Schema, SchemaReader

_MARKING = frozenset({"readOnly", "writeOnly", "$ref", "allOf", "anyOf", "oneOf"})
"""Keywords by which a schema is marked, itself or through another that it is folded with."""

_ALWAYS_SENT: frozenset[Role] = frozenset()


def is_hidden(reader: SchemaReader, schema: Schema, name: str, role: Role) -> bool:
    """Whether the property is not part of the payload: readOnly in a request, writeOnly in a response.

    OpenAPI 3.0.3, Schema Object: such a property should not be sent, and `required` does not ask for it. Only what `schema`
    itself declares counts. Raises `UnreadableError` where the schema of the property cannot be read.
    """
    node = schema.properties.get(name)
    return node is not None and role is not Role.NEITHER and role in unsent_in(reader, node)


def unsent_in(reader: SchemaReader, node: Node) -> frozenset[Role]:
    """The roles of payloads that a property with the schema at `node` is no part of. Errors as `is_hidden`."""
    if not _may_be_marked(node):
        return _ALWAYS_SENT
    declared = reader.read(node)
    if not (declared.read_only or declared.write_only):
        return _ALWAYS_SENT
    marks = {Role.REQUEST: declared.read_only, Role.RESPONSE: declared.write_only}
    return frozenset(role for role, is_unsent in marks.items() if is_unsent)


def required_names(reader: SchemaReader, schema: Schema, role: Role) -> tuple[str, ...]:
    """The names that `required` asks for in a payload of this role, in the order of the schema. Errors as `is_hidden`."""
    return tuple(name for name in schema.required if not is_hidden(reader, schema, name, role))


def hidden_names(reader: SchemaReader, schema: Schema, role: Role) -> frozenset[str]:
    """The names that the schema declares and that are no part of a payload of this role. Errors as `is_hidden`."""
    if role is Role.NEITHER:
        return frozenset()
    return frozenset(name for name in schema.properties if is_hidden(reader, schema, name, role))


def _may_be_marked(node: Node) -> bool:
    """Whether a look at the schema as written leaves it open that it is marked: most properties are not, and need not be read."""
    value = node.value
    return isinstance(value, dict) and not _MARKING.isdisjoint(value)
