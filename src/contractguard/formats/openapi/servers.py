"""Base URLs (OpenAPI 3.2, section 4.5 "Server Object"; Swagger 2.0: `schemes`, `host` and `basePath`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import SERVER, SERVER_VARIABLE, rest_of
from contractguard.model.openapi import Server, ServerVariable

if TYPE_CHECKING:
    from contractguard.formats.openapi.session import Session
    from contractguard.model.places import Node


def read_servers(session: Session, node: Node | None, inherited: tuple[Server, ...]) -> tuple[Server, ...]:
    """The servers at `node`; the inherited ones (the very same objects) where there are none."""
    servers = tuple(_server(session, item) for item in session.items(node, "servers"))
    return servers or inherited


def _server(session: Session, origin: Node) -> Server:
    node = session.object(origin, "a server")
    url = session.text(node.get("url"), "the URL of a server")
    variables = {
        name: _variable(session, name, child)
        for name, child in session.members(node.get("variables"), "server variables")
    }
    return Server(node=node, url="/" if url is None else url, variables=variables, **rest_of(node, SERVER))


def _variable(session: Session, name: str, origin: Node) -> ServerVariable:
    node = session.object(origin, f"server variable {name!r}")
    items = [
        (session.text(item, "a value of a server variable"), item)
        for item in session.items(node.get("enum"), "the values of a server variable")
    ]
    values = {text: item for text, item in items if text is not None}
    return ServerVariable(
        node=node,
        name=name,
        values=values or None,
        default=session.text(node.get("default"), "the default of a server variable"),
        **rest_of(node, SERVER_VARIABLE),
    )


def root_servers(session: Session) -> tuple[Server, ...]:
    """The servers of the whole description; `/` where it names none ("Server Object with a url value of /")."""
    root = session.root
    if session.specification.is_swagger:
        return swagger_servers(session, root, ())
    return read_servers(session, root.get("servers"), (Server(node=root, url="/"),))


def swagger_servers(session: Session, holder: Node, inherited: tuple[Server, ...]) -> tuple[Server, ...]:
    """The base URLs of Swagger 2.0, one for each of the `schemes` of `holder`: the root, or an operation that has its own.

    Without a host they are relative to where the description is served, without schemes they take the scheme it is served with.
    """
    root = session.root
    host = session.text(root.get("host"), "the host")
    base_path = session.text(root.get("basePath"), "the base path") or "/"
    schemes = session.items(holder.get("schemes"), "schemes")
    if not schemes and inherited:
        return inherited
    if host is None:
        return (Server(node=root.get("basePath") or root, url=base_path),)
    path = base_path if base_path.startswith("/") else f"/{base_path}"
    if not schemes:
        return (Server(node=root.child("host"), url=f"//{host}{path}"),)
    return tuple(Server(node=scheme, url=f"{session.text(scheme, 'a scheme')}://{host}{path}") for scheme in schemes)
