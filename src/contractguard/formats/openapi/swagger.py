"""What Swagger 2.0 says in its own way: media types at the root, bodies as parameters.

A `body` parameter reads into a `Body` with one media type for each of `consumes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.formats.openapi.fields import BODY_2, rest_of
from contractguard.formats.openapi.forms import read_form
from contractguard.formats.openapi.parameters import ParameterList
from contractguard.formats.openapi.references import with_reference_siblings
from contractguard.formats.openapi.session import Session, flag
from contractguard.model.openapi import Body, MediaType

if TYPE_CHECKING:
    from contractguard.model.places import Node

_UNSAID = "application/json"


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


def read_payload(session: Session, node: Node, listed: ParameterList, consumes: MediaTypeList) -> Body | None:
    """The body that `body` or `formData` parameters of the operation at `node` describe, or None without such parameters."""
    for (location, _), (origin, target) in listed.payload.items():
        if location == "body":
            return _body(session, origin, target, consumes)
    if listed.payload:
        return read_form(session, listed.node or node, listed, consumes)
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
