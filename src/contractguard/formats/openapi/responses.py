"""Request bodies and responses (OpenAPI 3.2, sections 4.13 and 4.17; Swagger 2.0, "Response Object")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contractguard.formats.openapi.content import read_content
from contractguard.formats.openapi.fields import BODY_3, RESPONSE_2, RESPONSE_3, Rest, rest_of
from contractguard.formats.openapi.forms import file_as_binary
from contractguard.formats.openapi.parameters import read_headers
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.formats.openapi.session import Session, flag
from contractguard.formats.openapi.swagger import MediaTypeList
from contractguard.model.openapi import Body, MediaType, Response
from contractguard.model.values import nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue

_STATUS = re.compile(r"[1-5](?:\d\d|XX)", re.ASCII)


def read_body(session: Session, origin: Node | None) -> Body | None:
    """The `requestBody` of OpenAPI 3."""
    if origin is None or origin.value is None:
        return None
    node = session.object(origin, "a request body")
    component = session.component(origin, node, None)
    required, is_read = flag(node, "required")
    body = Body(
        node=node,
        component=component,
        required=required,
        content=read_content(session, node.get("content"), component),
        **rest_of(node, BODY_3, also_unread=frozenset() if is_read else frozenset({"required"})),
    )
    return with_reference_siblings(origin, body)


def read_responses(session: Session, node: Node | None, produces: MediaTypeList) -> tuple[Mapping[str, Response], Rest]:
    """The responses by status, and what else stands beside them. `produces` has the media types of Swagger 2.0."""
    responses: dict[str, Response] = {}
    extensions: dict[str, Node] = {}
    unread: dict[str, Node] = {}
    for name, origin in session.members(node, "responses"):
        status = _status(name)
        if name.startswith("x-"):
            extensions[name] = origin
        elif status is None or status in responses:
            unread[name] = origin
        else:
            responses[status] = _read_response(session, status, origin, produces)
    return responses, {"documentation": nothing(), "extensions": extensions, "unread": unread}


def _status(name: str) -> str | None:
    """`200`, `4XX` or `default`; None for a key that names no status."""
    if name == "default":
        return name
    status = name.strip().upper()
    return status if _STATUS.fullmatch(status) else None


def _read_response(session: Session, status: str, origin: Node, produces: MediaTypeList) -> Response:
    node = session.object(origin, f"response {status}")
    if origin is node:
        return _read(session, status, node, None, produces)
    key = (node.key, status, produces.key)
    response = session.responses.get(key)
    if response is None:
        component = session.component(origin, node, None)
        response = session.responses[key] = _read(session, status, node, component, produces)
    return with_reference_siblings(origin, response)


def _read(session: Session, status: str, node: Node, component: str | None, produces: MediaTypeList) -> Response:
    is_swagger = session.specification.is_swagger
    links = () if is_swagger else session.members(node.get("links"), "links")
    if is_swagger:
        content = _content_2(node, component, produces)
        rest = _without_placed_examples(rest_of(node, RESPONSE_2), content)
    else:
        content = read_content(session, node.get("content"), component)
        rest = rest_of(node, RESPONSE_3)
    return Response(
        node=node,
        component=component,
        status=status,
        content=content,
        headers=read_headers(session, node.get("headers"), component),
        links={name: session.object(link, f"link {name!r}") for name, link in links},
        **rest,
    )


def _content_2(node: Node, component: str | None, produces: MediaTypeList) -> Mapping[str, MediaType]:
    schema = node.get("schema")
    if schema is None:
        return nothing()
    schema = file_as_binary(schema)
    examples = node.get("examples")
    content: dict[str, MediaType] = {}
    for name, place in produces.media_types:
        example = None if examples is None else examples.get(name)
        content[name] = MediaType(
            node=place or node,
            component=component,
            name=name,
            schema=schema,
            documentation={} if example is None else {"example": example},
        )
    return content


def _without_placed_examples(rest: Rest, content: Mapping[str, MediaType]) -> Rest:
    """`rest` without the examples of media types that the response has: they are told of there."""
    examples = rest["documentation"].get("examples")
    if examples is None or not isinstance(examples.value, dict):
        return rest
    left: dict[str, JsonValue] = {name: item for name, item in examples.value.items() if name not in content}
    documentation = {name: node for name, node in rest["documentation"].items() if name != "examples"}
    if left:
        documentation["examples"] = examples.with_value(left)
    return {"documentation": documentation, "extensions": rest["extensions"], "unread": rest["unread"]}
