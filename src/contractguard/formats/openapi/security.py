"""Security schemes and requirements (OpenAPI 3.2, sections 4.27 and 4.30; Swagger 2.0, the objects of the same names)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import SECURITY_SCHEME, rest_of
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.model.openapi import SecurityAlternative, SecurityScheme
from contractguard.model.values import nothing, unescape_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.formats.openapi.session import Session
    from contractguard.model.places import Node

_PLACE = "#/components/securitySchemes/"


def read_security(session: Session, node: Node | None) -> tuple[SecurityAlternative, ...] | None:
    """The alternatives of a `security` field; None where it is absent. An empty list is no alternative: anybody."""
    if node is None or node.value is None:
        return None
    return tuple(_alternative(session, item) for item in session.items(node, "security"))


def _alternative(session: Session, node: Node) -> SecurityAlternative:
    schemes: dict[str, frozenset[str]] = {}
    for name, scopes in session.members(node, "a security requirement"):
        texts = (
            session.text(scope, "a scope") for scope in session.items(scopes, "the scopes of a security requirement")
        )
        # OpenAPI 3.2, section 4.30: a scheme has its name there, or the URI of the place where it stands.
        key = unescape_token(name.removeprefix(_PLACE)) if name.startswith(_PLACE) else name
        schemes[key] = frozenset(text for text in texts if text is not None)
    return SecurityAlternative(schemes)


def read_security_schemes(session: Session) -> Mapping[str, SecurityScheme]:
    """The security schemes that the description defines, by name."""
    if session.specification.is_swagger:
        node = session.root.get("securityDefinitions")
    else:
        components = session.root.get("components")
        node = None if components is None else session.follow(components).get("securitySchemes")
    return {name: _scheme(session, name, origin) for name, origin in session.members(node, "the security schemes")}


def _scheme(session: Session, name: str, origin: Node) -> SecurityScheme:
    node = session.object(origin, f"security scheme {name!r}")
    rest = rest_of(node, SECURITY_SCHEME)
    prefix = "securityDefinitions" if session.specification.is_swagger else "components/securitySchemes"
    scheme = SecurityScheme(
        node=node,
        component=f"{prefix}/{name}",
        name=name,
        value=node.value,
        documentation=rest["documentation"],
        extensions={**rest["extensions"], **_extensions_within(node)},
        unread=nothing(),
    )
    return with_reference_siblings(origin, scheme)


def _extensions_within(node: Node) -> Mapping[str, Node]:
    """The extensions within a scheme, by the way to each: OAuth flows (OpenAPI 3.2, 4.28 and 4.29), Scopes Object (2.0)."""
    flows = node.get("flows")
    inner = [("scopes/", node.get("scopes")), ("flows/", flows)]
    if flows is not None:
        inner += [(f"flows/{name}/", flow) for name, flow in flows.members() if not name.startswith("x-")]
    return {
        prefix + name: child
        for prefix, holder in inner
        if holder is not None
        for name, child in holder.members()
        if name.startswith("x-")
    }
