"""Forms of Swagger 2.0: `formData` parameters, each a field, read as the body that OpenAPI 3 writes for them.

The schema of that body is an object with a property for each parameter. No such schema stands in the file, so its node lies at
the list of parameters of the operation, while each part of it keeps the place of the parameter that it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contractguard.formats.openapi.parameters import ParameterList, collection_style
from contractguard.formats.openapi.session import Session, flag
from contractguard.model.openapi import Body, MediaType
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, nothing

if TYPE_CHECKING:
    from contractguard.formats.openapi.swagger import MediaTypeList

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True, eq=False)
class Assembled(Node):
    """An object or array that nobody wrote down as such: path and pointer are those of the whole, each part has its own."""

    parts: Mapping[str, Node] = field(default_factory=nothing)

    def child(self, token: str | int) -> Node:
        """The part at `token`. Raises KeyError where there is none."""
        return self.parts[str(token)]

    def get(self, token: str) -> Node | None:
        """The part `token`, or None."""
        return self.parts.get(token)

    def members(self) -> list[tuple[str, Node]]:
        """Name and node of each part of an object; empty for an array."""
        return list(self.parts.items()) if isinstance(self.value, dict) else []

    def items(self) -> list[Node]:
        """The node of each item of an array; empty for an object."""
        return list(self.parts.values()) if isinstance(self.value, list) else []


@dataclass(slots=True, kw_only=True)
class _Fields:
    """What the parameters of one form say, by name: the values that an OpenAPI 3 description would hold, and the nodes."""

    values: dict[str, JsonValue] = field(default_factory=dict)
    properties: dict[str, Node] = field(default_factory=dict)
    required: dict[str, Node] = field(default_factory=dict)
    encodings: dict[str, Node] = field(default_factory=dict)
    has_file: bool = False


def read_form(session: Session, place: Node, listed: ParameterList, consumes: MediaTypeList) -> Body:
    """The body that the `formData` parameters of a list describe; `place` is the list of the operation."""
    fields = _Fields()
    for (_, name), (origin, target) in listed.payload.items():
        _read_field(session, fields, name, (place, origin, target))
    schema = _schema(place, fields)
    encoding = _object(place, fields.encodings) if fields.encodings else None
    names = consumes.media_types if consumes.is_written else ((_MULTIPART if fields.has_file else _FORM, None),)
    content = {
        name: MediaType(node=item or schema, name=name, schema=schema, encoding=encoding) for name, item in names
    }
    return Body(node=schema, required=bool(fields.required), content=content)


def file_as_binary(schema: Node) -> Node:
    """A schema `type: file` as OpenAPI 3 writes it: a string of format `binary`. Any other schema as it is."""
    value = schema.value
    if isinstance(value, dict) and value.get("type") == "file":
        return schema.with_value({**value, "type": "string", "format": "binary"})
    return schema


def _read_field(session: Session, fields: _Fields, name: str, nodes: tuple[Node, Node, Node]) -> None:
    """Take up one parameter; `nodes` are the list, its item, and the parameter that the item is or refers to."""
    place, origin, target = nodes
    schema = file_as_binary(target)
    fields.has_file = fields.has_file or schema is not target
    # A shared parameter stays a reference, so that its name is known; from another file the reference would lead elsewhere.
    is_reference = origin is not target and schema is target
    fields.properties[name] = origin if is_reference else schema
    fields.values[name] = origin.value if is_reference and origin.path == place.path else schema.value
    required = target.get("required")
    if required is not None and flag(target, "required")[0]:
        fields.required[name] = required.with_value(name)
    encoding = _encoding(session, target)
    if encoding is not None:
        fields.encodings[name] = encoding


def _encoding(session: Session, parameter: Node) -> Node | None:
    """How a field is written, as an Encoding Object of OpenAPI 3, which has no `allowEmptyValue`; None where nothing is said."""
    written = parameter.get("collectionFormat")
    collection_format = session.text(written, "a collection format")
    said: dict[str, JsonValue] = {}
    if collection_format is not None:
        style, explode = collection_style(collection_format, "form")
        said = {"style": style, "explode": explode}
    if flag(parameter, "allowEmptyValue")[0]:
        said["allowEmptyValue"] = True
    place = written or parameter.get("allowEmptyValue")
    return place.with_value(said) if place is not None and said else None


def _schema(place: Node, fields: _Fields) -> Node:
    """The schema of the whole form."""
    parts: dict[str, Node] = {
        "type": place.with_value("object"),
        "properties": Assembled(fields.values, place.path, place.pointer, fields.properties),
    }
    if fields.required:
        numbered = {str(index): node for index, node in enumerate(fields.required.values())}
        parts["required"] = Assembled([*fields.required], place.path, place.pointer, numbered)
    return _object(place, parts)


def _object(place: Node, parts: Mapping[str, Node]) -> Node:
    return Assembled({name: node.value for name, node in parts.items()}, place.path, place.pointer, parts)
