"""A whole OpenAPI description (OpenAPI 3.2, section 4.1 "OpenAPI Object"; Swagger 2.0, "Swagger Object")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.jsonschema.unknown_dialects import policy_line, shortened_uri
from contractguard.formats.marks import with_canonical_marks
from contractguard.formats.openapi.fields import COMPONENTS, ROOT_2, ROOT_3, Rest, merged, rest_of
from contractguard.formats.openapi.operations import OUTSIDE, Inherited, read_path_item
from contractguard.formats.openapi.security import read_security, read_security_schemes
from contractguard.formats.openapi.servers import root_servers
from contractguard.formats.openapi.session import Session
from contractguard.formats.openapi.specification import specification_of
from contractguard.formats.openapi.swagger import ASSUMED, read_media_types
from contractguard.model.contract import DeclaredVersion, OpenApiContract
from contractguard.model.document import ContractKind, Documents
from contractguard.model.lifecycle import KNOWN_NAMES, MARKS, MarkNames
from contractguard.model.openapi import Api, Operation
from contractguard.model.values import escape_token, nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node
    from contractguard.model.schema import SchemaReader

_OLD_WEBHOOKS = "x-webhooks"
"""Where descriptions older than 3.1 keep their webhooks, in the same form."""


def read(documents: Documents, path: str, schemas: SchemaReader, *, marks: MarkNames = KNOWN_NAMES) -> OpenApiContract:
    """Read the OpenAPI description at `path`, following references through `documents`. `marks` names its lifecycle marks.

    Schemas stay nodes, to be read with `schemas` when they are compared. Raises `UnreadableError` with its place and remedy
    for an unsupported version, a reference that does not resolve or goes in circles, and a value of the wrong shape.
    """
    specification = specification_of(documents, path)
    session = Session(documents, path, specification, marks)
    root = session.root
    info = root.get("info")
    if info is not None and info.value is not None:
        info = session.object(info, "info")
    version = None if info is None else info.get("version")
    version_text = session.text(version, "the version")
    return OpenApiContract(
        path=path,
        kind=ContractKind.OPENAPI,
        dialect=specification.name,
        root=root,
        documents=documents,
        title=None if info is None else session.text(info.get("title"), "the title"),
        version=None if version is None or version_text is None else DeclaredVersion(version_text, version),
        api=_read_api(session, info),
        schemas=schemas,
        notes=_notes(session),
    )


def _notes(session: Session) -> tuple[str, ...]:
    if not session.specification.has_unknown_dialect:
        return ()
    named = session.root.get("jsonSchemaDialect")
    uri = "" if named is None or not isinstance(named.value, str) else named.value
    release = session.specification.release
    told = f"the dialect {shortened_uri(uri)!r} (jsonSchemaDialect) is not known, and schemas are read as {release}"
    return (f"{told}; the policy can say which dialect it is: {policy_line(uri, release)}",)


def _read_api(session: Session, info: Node | None) -> Api:
    root = session.root
    servers = root_servers(session)
    security = read_security(session, root.get("security"))
    inherited = Inherited(
        servers=servers,
        security=security,
        security_node=None if security is None else root.get("security"),
        consumes=read_media_types(session, root.get("consumes"), ASSUMED),
        produces=read_media_types(session, root.get("produces"), ASSUMED),
    )
    unknown = frozenset({"jsonSchemaDialect"}) if session.specification.has_unknown_dialect else frozenset[str]()
    own = rest_of(root, ROOT_2 if session.specification.is_swagger else ROOT_3, also_unread=unknown)
    marks, own = _own_marks(session, info, own)
    operations, beside_paths = _read_paths(session, root.get("paths"), "paths", inherited)
    webhooks, beside_webhooks, own = _read_webhooks(session, own)
    components = root.get("components")
    if components is not None and components.value is not None:
        components = session.object(components, "components")
    return Api(
        node=root,
        specification=session.specification.version,
        operations=operations,
        webhooks=webhooks,
        servers=servers,
        security_schemes=read_security_schemes(session),
        tags=root.get("tags"),
        info=info,
        components=components,
        marks=marks,
        **merged(
            ("", own),
            *beside_paths,
            *beside_webhooks,
            *((("components/", rest_of(components, COMPONENTS)),) if components else ()),
        ),
    )


def _own_marks(session: Session, info: Node | None, own: Rest) -> tuple[Mapping[str, Node], Rest]:
    """The lifecycle marks of the whole description, from its root and from `info`, and the rest of the root without them."""
    beside = with_canonical_marks(own["extensions"], session.marks)
    about = {} if info is None else {name: node for name, node in info.members() if name.startswith("x-")}
    marks = {**beside, **with_canonical_marks(about, session.marks)}
    return {name: node for name, node in marks.items() if name in MARKS}, {
        "documentation": own["documentation"],
        "extensions": {name: node for name, node in beside.items() if name not in MARKS},
        "unread": own["unread"],
    }


def _read_webhooks(session: Session, own: Rest) -> tuple[tuple[Operation, ...], tuple[tuple[str, Rest], ...], Rest]:
    """The webhooks, what stands beside them, and the rest of the root without `x-webhooks` where that held them."""
    webhooks = session.root.get("webhooks")
    group = "webhooks"
    old = own["extensions"].get(_OLD_WEBHOOKS)
    if webhooks is None and old is not None and isinstance(old.value, dict):
        webhooks, group = old, _OLD_WEBHOOKS
        extensions = {name: node for name, node in own["extensions"].items() if name != _OLD_WEBHOOKS}
        own = {"documentation": own["documentation"], "extensions": extensions, "unread": own["unread"]}
    operations, beside = _read_paths(session, webhooks, group, OUTSIDE)
    return operations, beside, own


def _read_paths(
    session: Session, node: Node | None, group: str, inherited: Inherited
) -> tuple[tuple[Operation, ...], tuple[tuple[str, Rest], ...]]:
    """The operations of all path items of a group, and what stands beside them: extensions, and path items without any."""
    operations: list[Operation] = []
    rests: list[tuple[str, Rest]] = []
    extensions: dict[str, Node] = {}
    for path, origin in session.members(node, group):
        if path.startswith("x-") and group == "paths":
            extensions[path] = origin
            continue
        found, rest = read_path_item(session, path, origin, inherited)
        operations += found
        if not found:
            rests.append((f"{group}/{escape_token(path)}/", rest))
    rests.append((f"{group}/", {"documentation": nothing(), "extensions": extensions, "unread": nothing()}))
    return tuple(operations), tuple(rests)
