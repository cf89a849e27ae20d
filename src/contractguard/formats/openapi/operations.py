"""Path items and operations, wherever they stand: in `paths`, `webhooks` or callbacks (OpenAPI 3.2, sections 4.9 and 4.10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import OPERATION_2, OPERATION_3, PATH_ITEM, Rest, merged, rest_of
from contractguard.formats.openapi.marks import lifecycle_of
from contractguard.formats.openapi.parameters import ParameterList, read_parameters
from contractguard.formats.openapi.responses import read_body, read_responses
from contractguard.formats.openapi.security import read_security
from contractguard.formats.openapi.servers import read_servers, swagger_servers
from contractguard.formats.openapi.session import Session, flag
from contractguard.formats.openapi.swagger import MediaTypeList, read_media_types, read_payload
from contractguard.model.lifecycle import MARKS
from contractguard.model.openapi import Body, Operation, SecurityAlternative, Server
from contractguard.model.values import nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """What an operation takes from the root of the description where it says nothing itself."""

    servers: tuple[Server, ...]
    security: tuple[SecurityAlternative, ...] | None
    security_node: Node | None
    consumes: MediaTypeList
    produces: MediaTypeList


@dataclass(frozen=True, slots=True, kw_only=True)
class _PathLevel:
    """What a path item gives to all its operations."""

    path: str
    rest: Rest
    parameters: ParameterList
    inherited: Inherited


def read_path_item(
    session: Session, path: str, origin: Node, inherited: Inherited
) -> tuple[tuple[Operation, ...], Rest]:
    """The operations of a path item, and what it says beside them.

    Each operation has that as well, its names starting with `../`. Fields beside a `$ref` add to the item referred to, and the
    operations among them replace those of the same method there (the specification leaves that undefined).
    """
    if origin.value is None:
        return (), {"documentation": nothing(), "extensions": nothing(), "unread": nothing()}
    node = session.object(origin, f"path item {path!r}")
    with session.entered(node, f"path item {path!r}"):
        rest = rest_of(node, PATH_ITEM, marks=session.marks)
        has_siblings = origin is not node and isinstance(origin.value, dict) and len(origin.value) > 1
        if has_siblings:
            rest = merged(("", rest), ("", rest_of(origin, PATH_ITEM, marks=session.marks)))
        operations = _operations_of(session, path, node, rest, inherited)
        if has_siblings:
            operations |= _operations_of(session, path, origin, rest, inherited)
    return tuple(operations.values()), rest


def _operations_of(session: Session, path: str, node: Node, rest: Rest, inherited: Inherited) -> dict[str, Operation]:
    level = _PathLevel(
        path=path,
        rest=rest,
        parameters=read_parameters(session, node.get("parameters")),
        inherited=replace(inherited, servers=read_servers(session, node.get("servers"), inherited.servers)),
    )
    found = [
        (method.upper(), child) for method, child in node.members() if method in _METHODS and child.value is not None
    ]
    found += session.members(node.get("additionalOperations"), "additionalOperations")
    return {method: _read_operation(session, method, child, level) for method, child in found}


def _read_operation(session: Session, method: str, origin: Node, level: _PathLevel) -> Operation:
    node = session.object(origin, f"operation {method} {level.path}")
    inherited = level.inherited
    is_swagger = session.specification.is_swagger
    listed = read_parameters(session, node.get("parameters")).over(level.parameters)
    produces = read_media_types(session, node.get("produces"), inherited.produces) if is_swagger else inherited.produces
    responses, beside_responses = read_responses(session, node.get("responses"), produces)
    callbacks, beside_callbacks = (nothing(), ()) if is_swagger else _read_callbacks(session, node.get("callbacks"))
    deprecated, is_deprecated_read = flag(node, "deprecated")
    own = rest_of(
        node,
        OPERATION_2 if is_swagger else OPERATION_3,
        also_unread=frozenset() if is_deprecated_read else frozenset({"deprecated"}),
        marks=session.marks,
    )
    beside, own = _marks_passed_on(level.rest, own)
    security = read_security(session, node.get("security"))
    listed_rest: Rest = {"documentation": listed.ignored, "extensions": nothing(), "unread": listed.unread}
    return Operation(
        node=node,
        method=method,
        path=level.path,
        operation_id=session.text(node.get("operationId"), "an operationId"),
        tags=_tags(session, node),
        lifecycle=lifecycle_of(own["extensions"], deprecated=deprecated),
        parameters=listed.parameters,
        body=_payload(session, node, listed, inherited.consumes),
        responses=responses,
        security=inherited.security if security is None else security,
        security_node=inherited.security_node if security is None else node.get("security"),
        servers=_servers(session, node, inherited.servers),
        callbacks=callbacks,
        callback_nodes={
            name: child for name, child in session.members(node.get("callbacks"), "callbacks") if callbacks
        },
        **merged(("../", beside), ("", listed_rest), ("", own), ("responses/", beside_responses), *beside_callbacks),
    )


def _marks_passed_on(outer: Rest, own: Rest) -> tuple[Rest, Rest]:
    """What a path item and an operation say, with the lifecycle marks of the path item moved to the operation.

    A mark of its own comes first.
    """
    passed_on = {name: node for name, node in outer["extensions"].items() if name in MARKS}
    if not passed_on:
        return outer, own
    remaining = {name: node for name, node in outer["extensions"].items() if name not in MARKS}
    return (
        {"documentation": outer["documentation"], "extensions": remaining, "unread": outer["unread"]},
        {
            "documentation": own["documentation"],
            "extensions": {**passed_on, **own["extensions"]},
            "unread": own["unread"],
        },
    )


def _payload(session: Session, node: Node, listed: ParameterList, inherited: MediaTypeList) -> Body | None:
    if not session.specification.is_swagger:
        return read_body(session, node.get("requestBody"))
    return read_payload(session, node, listed, read_media_types(session, node.get("consumes"), inherited))


def _servers(session: Session, node: Node, inherited: tuple[Server, ...]) -> tuple[Server, ...]:
    if session.specification.is_swagger:
        return swagger_servers(session, node, inherited)
    return read_servers(session, node.get("servers"), inherited)


def _tags(session: Session, node: Node) -> tuple[str, ...]:
    texts = (session.text(item, "a tag") for item in session.items(node.get("tags"), "tags"))
    return tuple(text for text in texts if text is not None)


def _read_callbacks(
    session: Session, node: Node | None
) -> tuple[Mapping[str, Mapping[str, tuple[Operation, ...]]], tuple[tuple[str, Rest], ...]]:
    """The callbacks of an operation (name → expression → operations), and the extensions that stand among them."""
    callbacks: dict[str, Mapping[str, tuple[Operation, ...]]] = {}
    rests: list[tuple[str, Rest]] = []
    for name, origin in session.members(node, "callbacks"):
        if name.startswith("x-") and not isinstance(origin.value, dict):
            continue
        target = session.object(origin, f"callback {name!r}")
        callbacks[name] = _read_callback(session, target)
        extensions = {key: child for key, child in target.members() if key.startswith("x-")}
        rests.append(
            (f"callbacks/{name}/", {"documentation": nothing(), "extensions": extensions, "unread": nothing()})
        )
    return callbacks, tuple(rests)


def _read_callback(session: Session, node: Node) -> Mapping[str, tuple[Operation, ...]]:
    """The operations of a callback by expression. It is kept before it is full, since a call may have its own callback again."""
    known = session.callbacks.get(node.key)
    if known is None:
        known = session.callbacks[node.key] = {}
        for expression, child in node.members():
            if not expression.startswith("x-"):
                known[expression] = read_path_item(session, expression, child, OUTSIDE)[0]
    return known


OUTSIDE = Inherited(
    servers=(),
    security=None,
    security_node=None,
    consumes=MediaTypeList(()),
    produces=MediaTypeList(()),
)
"""Callbacks and webhooks are calls to somebody else: the servers and the security of the description do not apply to them."""
