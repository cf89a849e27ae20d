"""Parameters and headers (OpenAPI 3.2, sections 4.12 and 4.21; Swagger 2.0, "Parameter Object", "Header Object")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contractguard.formats.openapi.content import read_content
from contractguard.formats.openapi.fields import HEADER_2, HEADER_3, PARAMETER_2, PARAMETER_3, Fields, Rest, rest_of
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.formats.openapi.session import Session, flag
from contractguard.model.lifecycle import says_deprecated
from contractguard.model.openapi import Parameter, ParameterLocation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue

_OF_SCHEMA = frozenset({"x-nullable", "x-extensible-enum"})
"""Extensions of a parameter of Swagger 2.0 that say which values are valid."""
ParameterKey = tuple[ParameterLocation, str]
_LOCATIONS = {location.value: location for location in ParameterLocation}
_BODY_LOCATIONS = frozenset({"body", "formData"})
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""OpenAPI 3: a header parameter of one of these names "SHALL be ignored": other fields describe those headers."""
_DEFAULT_STYLES = {
    ParameterLocation.PATH: "simple",
    ParameterLocation.QUERY: "form",
    ParameterLocation.HEADER: "simple",
    ParameterLocation.COOKIE: "form",
    None: "simple",
}
_EXPLODED_STYLES = frozenset({"form", "cookie"})
_COLLECTION_FORMATS = {"ssv": "spaceDelimited", "pipes": "pipeDelimited", "tsv": "tabDelimited"}


@dataclass(frozen=True, slots=True)
class ParameterList:
    """A `parameters` list: those with a place in the URL or the headers, and what else stands there.

    `payload` holds the `body` and `formData` parameters of Swagger 2.0: where the list says so, and the definition. `ignored`
    are header parameters that OpenAPI 3 gives no meaning; `unread` are those with an unknown location and repeated ones.
    """

    node: Node | None = None
    parameters: Mapping[ParameterKey, Parameter] = field(default_factory=dict)
    payload: Mapping[tuple[str, str], tuple[Node, Node]] = field(default_factory=dict)
    ignored: Mapping[str, Node] = field(default_factory=dict)
    unread: Mapping[str, Node] = field(default_factory=dict)

    def over(self, shared: ParameterList) -> ParameterList:
        """The list of an operation, with that of its path beneath: the operation's own parameters take precedence."""
        return ParameterList(
            self.node or shared.node,
            {**shared.parameters, **self.parameters},
            {**shared.payload, **self.payload},
            {**shared.ignored, **self.ignored},
            {**{f"../{name}": node for name, node in shared.unread.items()}, **self.unread},
        )


def read_parameters(session: Session, node: Node | None) -> ParameterList:
    """The `parameters` of a path or of an operation. Raises `UnreadableError` for one without name or location."""
    origins = session.items(node, "parameters")
    parameters: dict[ParameterKey, Parameter] = {}
    payload: dict[tuple[str, str], tuple[Node, Node]] = {}
    ignored: dict[str, Node] = {}
    unread: dict[str, Node] = {}
    for index, origin in enumerate(origins):
        target = session.object(origin, "a parameter")
        name, location = _name_and_location(session, target)
        key = (_LOCATIONS.get(location), name.lower() if location == "header" else name)
        if location in _BODY_LOCATIONS and session.specification.is_swagger:
            payload[location, name] = (origin, target)
        elif key[0] is None or key in parameters:
            unread[f"parameters/{index}"] = target
        elif key[0] is ParameterLocation.HEADER and key[1] in _IGNORED_HEADERS and not session.specification.is_swagger:
            ignored[f"parameters/{key[1]}"] = target
        else:
            parameters[key[0], key[1]] = _read_shared(session, origin, target, name, key[0])
    return ParameterList(node if origins else None, parameters, payload, ignored, unread)


def read_headers(session: Session, node: Node | None, owner: str | None) -> Mapping[str, Parameter]:
    """The `headers` of a response by lower-case name. `Content-Type` has no meaning there in OpenAPI 3 and is left out."""
    headers: dict[str, Parameter] = {}
    for name, origin in session.members(node, "headers"):
        if name.startswith("x-") and not isinstance(origin.value, dict):
            continue
        if name.lower() == "content-type" and not session.specification.is_swagger:
            continue
        target = session.object(origin, f"header {name!r}")
        headers[name.lower()] = _read_header(session, name, origin, target, owner)
    return headers


def _name_and_location(session: Session, target: Node) -> tuple[str, str]:
    name = session.text(target.get("name"), "the name of a parameter")
    location = session.text(target.get("in"), "the location of a parameter")
    if name is None or location is None:
        missing = "name" if name is None else "in"
        session.fail(target, f"a parameter has no {missing!r}", "say 'name' and 'in' (path, query, header or cookie)")
    return name, location


def _read_shared(session: Session, origin: Node, target: Node, name: str, location: ParameterLocation) -> Parameter:
    if origin is target:
        return _read(session, target, name, location, None)
    parameter = session.parameters.get(target.key)
    if parameter is None:
        component = session.component(origin, target, None)
        parameter = session.parameters[target.key] = _read(session, target, name, location, component)
    return with_reference_siblings(origin, parameter)


def _read_header(session: Session, name: str, origin: Node, target: Node, owner: str | None) -> Parameter:
    if origin is target:
        return _read(session, target, name, None, owner)
    key = (target.key, name)
    header = session.headers.get(key)
    if header is None:
        component = session.component(origin, target, owner)
        header = session.headers[key] = _read(session, target, name, None, component)
    return with_reference_siblings(origin, header)


def _read(
    session: Session, node: Node, name: str, location: ParameterLocation | None, component: str | None
) -> Parameter:
    if session.specification.is_swagger:
        return _read_2(session, node, name, location, component)
    return _read_3(session, node, name, location, component)


def _read_3(
    session: Session, node: Node, name: str, location: ParameterLocation | None, component: str | None
) -> Parameter:
    required, is_required_read = flag(node, "required")
    deprecated, is_deprecated_read = flag(node, "deprecated")
    allow_reserved, is_reserved_read = flag(node, "allowReserved")
    allow_empty, is_empty_read = flag(node, "allowEmptyValue")
    content = read_content(session, node.get("content"), component)
    style = None if content else _style(session, node, location)
    explode, is_explode_read = flag(node, "explode", default=style in _EXPLODED_STYLES)
    useless = _unreadable(
        required=is_required_read,
        deprecated=is_deprecated_read,
        allowReserved=is_reserved_read,
        allowEmptyValue=is_empty_read,
        explode=is_explode_read,
    )
    rest = rest_of(node, _fields_3(location), also_unread=useless, marks=session.marks)
    return Parameter(
        node=node,
        component=component,
        name=name,
        location=location,
        required=required or location is ParameterLocation.PATH,
        deprecated=deprecated or says_deprecated(rest["extensions"]),
        schema=node.get("schema"),
        content=content,
        style=style,
        explode=None if content else explode,
        allow_reserved=allow_reserved,
        allow_empty_value=allow_empty,
        **rest,
    )


def _fields_3(location: ParameterLocation | None) -> Fields:
    return HEADER_3 if location is None else PARAMETER_3


def _style(session: Session, node: Node, location: ParameterLocation | None) -> str:
    return session.text(node.get("style"), "a style") or _DEFAULT_STYLES.get(location, "form")


def _read_2(
    session: Session, node: Node, name: str, location: ParameterLocation | None, component: str | None
) -> Parameter:
    """A parameter of Swagger 2.0, which is its own schema: that lies where the parameter does."""
    required, is_required_read = flag(node, "required")
    allow_empty, is_empty_read = flag(node, "allowEmptyValue")
    style, explode = collection_style(
        session.text(node.get("collectionFormat"), "a collection format"), _DEFAULT_STYLES.get(location, "form")
    )
    useless = _unreadable(required=is_required_read, allowEmptyValue=is_empty_read)
    fields = HEADER_2 if location is None else PARAMETER_2
    rest = rest_of(node, fields, also_unread=useless, marks=session.marks)
    return Parameter(
        node=node,
        component=component,
        name=name,
        location=location,
        required=required or location is ParameterLocation.PATH,
        deprecated=says_deprecated(rest["extensions"]),
        schema=_schema_in(node, rest),
        style=style,
        explode=explode,
        allow_empty_value=allow_empty,
        **rest,
    )


def _schema_in(node: Node, rest: Rest) -> Node:
    """What a parameter says as a schema: without what is said of the parameter, which would be told twice."""
    value = node.value
    if not isinstance(value, dict):
        return node
    kept: dict[str, JsonValue] = {
        name: item
        for name, item in value.items()
        if name not in rest["documentation"]
        and name not in rest["unread"]
        and (name in _OF_SCHEMA or not name.startswith("x-"))
    }
    return node if len(kept) == len(value) else node.with_value(kept)


def collection_style(collection_format: str | None, default_style: str) -> tuple[str, bool]:
    """Style and explode that say in OpenAPI 3 what a `collectionFormat` of Swagger 2.0 says (its default is `csv`)."""
    if collection_format == "multi":
        return default_style, True
    return _COLLECTION_FORMATS.get(collection_format or "csv", default_style), False


def _unreadable(**is_read: bool) -> frozenset[str]:
    """The names of the fields that could not be read."""
    return frozenset(name for name, could_read in is_read.items() if not could_read)
