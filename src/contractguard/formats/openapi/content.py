"""Media types of bodies, responses, parameters and headers (OpenAPI 3.2, section 4.14 "Media Type Object")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import MEDIA_TYPE, rest_of
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.model.openapi import MediaType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.formats.openapi.session import Session
    from contractguard.model.places import Node


def read_content(session: Session, node: Node | None, owner: str | None) -> Mapping[str, MediaType]:
    """A `content` map; `owner` is the shared name of the object that it stands in."""
    return {
        name: _read_media_type(session, name, child, owner)
        for name, child in session.members(node, "content")
        if not name.startswith("x-")
    }


def _read_media_type(session: Session, name: str, origin: Node, owner: str | None) -> MediaType:
    if origin.value is None:
        return MediaType(node=origin, component=owner, name=name)
    node = session.object(origin, f"media type {name!r}")
    media_type = MediaType(
        node=node,
        component=session.component(origin, node, owner),
        name=name,
        schema=node.get("schema"),
        item_schema=node.get("itemSchema"),
        encoding=node.get("encoding"),
        prefix_encoding=node.get("prefixEncoding"),
        item_encoding=node.get("itemEncoding"),
        **rest_of(node, MEDIA_TYPE),
    )
    return with_reference_siblings(origin, media_type)
