"""What Swagger 2.0 says in its own way: media types at the root, bodies as parameters, base URLs in three fields.

A `body` parameter reads into a `Body` with one media type for each of `consumes`. `formData` parameters read into a `Body`
whose schema is an object with a property for each of them: no such schema stands in the file, so its node lies at the list of
parameters of the operation, and a property at `…/parameters/properties/name`, which is located at the list. Shared form
parameters are properties that refer to them, and so keep their own places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import BODY_2, PARAMETER_2, Rest, merged, rest_of
from contractguard.formats.openapi.parameters import ParameterList, collection_style
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.formats.openapi.session import Session, flag
from contractguard.model.openapi import Body, MediaType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue

_UNSAID = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class MediaTypeList:
    """A `consumes` or `produces` list: each name, with the node of its item where it is written.

    `is_written` is False for what is assumed where nothing is said. `key` tells lists from different places apart.
    """

    media_types: tuple[tuple[str, Node | None], ...]
    is_written: bool = False
    key: tuple[str, str] | None = None


ASSUMED = MediaTypeList(((_UNSAID, None),))
"""Swagger 2.0 leaves open what an operation speaks that names nothing; tools take JSON."""


def read_media_types(session: Session, node: Node | None, inherited: MediaTypeList) -> MediaTypeList:
    """The list at `node`, which replaces the inherited one ("an empty value MAY be used to clear the global definition")."""
    if node is None or node.value is None:
        return inherited
    names = [(session.text(item, "a media type"), item) for item in session.items(node, "media types")]
    media_types = tuple((name, item) for name, item in names if name is not None)
    return MediaTypeList(media_types, is_written=True, key=node.key) if media_types else ASSUMED


def file_as_binary(schema: Node) -> Node:
    """A schema `type: file` as OpenAPI 3 writes it: a string of format `binary`. Any other schema as it is."""
    value = schema.value
    if isinstance(value, dict) and value.get("type") == "file":
        return schema.with_value({**value, "type": "string", "format": "binary"})
    return schema


def read_payload(session: Session, node: Node, listed: ParameterList, consumes: MediaTypeList) -> Body | None:
    """The body that `body` or `formData` parameters of the operation at `node` describe, or None without such parameters."""
    for (location, _), (origin, target) in listed.payload.items():
        if location == "body":
            return _body(session, origin, target, consumes)
    if listed.payload:
        return _form(session, listed.node or node, listed, consumes)
    return None


def _body(session: Session, origin: Node, node: Node, consumes: MediaTypeList) -> Body:
    component = session.component(origin, node, None)
    required, is_read = flag(node, "required")
    schema = node.get("schema")
    body = Body(
        node=node,
        component=component,
        required=required,
        content={
            name: MediaType(node=place or node, component=component, name=name, schema=schema)
            for name, place in consumes.media_types
        },
        **rest_of(node, BODY_2, also_unread=frozenset() if is_read else frozenset({"required"})),
    )
    return with_reference_siblings(origin, body)


def _form(session: Session, place: Node, listed: ParameterList, consumes: MediaTypeList) -> Body:
    properties: dict[str, JsonValue] = {}
    encoding: dict[str, JsonValue] = {}
    required: list[JsonValue] = []
    rests: list[tuple[str, Rest]] = []
    has_file = False
    for (_, name), (origin, target) in listed.payload.items():
        has_file = has_file or (target.get("type") is not None and target.child("type").value == "file")
        properties[name] = _property(place, origin, target)
        if flag(target, "required")[0]:
            required.append(name)
        collection_format = session.text(target.get("collectionFormat"), "a collection format")
        if collection_format is not None:
            style, explode = collection_style(collection_format, "form")
            encoding[name] = {"style": style, "explode": explode}
        rests.append((f"{name}/", rest_of(target, PARAMETER_2)))
    schema: dict[str, JsonValue] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    names = consumes.media_types if consumes.is_written else ((_MULTIPART if has_file else _FORM, None),)
    node = place.with_value(schema)
    content = {
        name: MediaType(
            node=item or node, name=name, schema=node, encoding=place.with_value(encoding) if encoding else None
        )
        for name, item in names
    }
    return Body(node=node, required=bool(required), content=content, **merged(*rests))


def _property(place: Node, origin: Node, target: Node) -> JsonValue:
    """The schema of one form field: a reference to the shared parameter where that means the same from `place`."""
    value = file_as_binary(target).value
    reference: Mapping[str, JsonValue] = origin.value if isinstance(origin.value, dict) else {}
    if origin is not target and value is target.value and origin.path == place.path:
        return {"$ref": reference.get("$ref")}
    return value
