"""Where a `$ref` of a schema leads: base URIs from `$id`, anchors, files of the snapshot, and the published meta-schemas.

JSON Schema 2020-12 core, sections 8.2 and 9; the older drafts' `id` and `$id: "#name"` too. Nothing is fetched.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema.dialects import HOLDS_A_SCHEMA, HOLDS_NAMED_SCHEMAS, HOLDS_SCHEMAS
from contractguard.model.document import Documents
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, pointer_tokens

_SUFFIXES = (".json", ".yaml", ".yml")
_META_SCHEMA_HOST = "json-schema.org"


@dataclass(slots=True)
class _Resources:
    """What the identifiers of one file say: resource pointer → base URI, and names that fragments may use."""

    bases: dict[str, str] = field(default_factory=dict)
    by_uri: dict[str, Node] = field(default_factory=dict)
    anchors: dict[tuple[str, str], Node] = field(default_factory=dict)
    """(base URI of the resource, anchor) → the node."""


class References:
    """Resolves references between schemas of one snapshot. `resolve` is the only thing others need."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._resources: dict[str, _Resources] = {}
        self._known: dict[tuple[str, str, str], Node] = {}

    def resolve(self, origin: Node, reference: str) -> Node:
        """The node that `reference`, standing at `origin`, names. Raises `UnreadableError` where there is none."""
        resources = self._resources_of(origin)
        owner = _nearest(resources.bases, origin.pointer)
        key = (origin.path, owner, reference)
        found = self._known.get(key)
        if found is None:
            found = self._find(origin, resources, owner, reference)
            self._known[key] = found
        return found

    def _find(self, origin: Node, resources: _Resources, owner: str, reference: str) -> Node:
        if not resources.bases and not resources.anchors and not reference.startswith("http"):
            return self._documents.resolve(origin, reference)
        base = resources.bases.get(owner, "")
        uri, fragment = urldefrag(urljoin(base, reference))
        resource = resources.by_uri.get(uri)
        if resource is None and not urldefrag(reference)[0]:
            resource = Node(self._documents.document(origin.path).value, origin.path, "")
        if resource is None:
            resource = self._in_another_file(origin, base, reference, uri)
        return self._at_fragment(origin, resource, reference, fragment)

    def _in_another_file(self, origin: Node, base: str, reference: str, uri: str) -> Node:
        bare = urldefrag(reference)[0]
        for candidate in _candidate_paths(origin.path, base, bare, uri):
            if self._documents.exists(candidate):
                return self._documents.document(candidate).root
        meta = _meta_schema(uri)
        if meta is not None:
            return Node(meta, uri, "")
        return self._documents.resolve(origin, bare)

    def _at_fragment(self, origin: Node, resource: Node, reference: str, fragment: str) -> Node:
        fragment = unquote(fragment)
        if not fragment:
            return resource
        if not fragment.startswith("/"):
            anchors = self._resources_of(resource).anchors
            base = self._resources_of(resource).bases.get(resource.pointer, "")
            found = anchors.get((base, fragment))
            if found is None:
                raise self._dangling(origin, reference, f"no anchor {fragment!r} there")
            return found
        node = resource
        for token in pointer_tokens(fragment):
            try:
                node = node.child(token)
            except (KeyError, IndexError, ValueError, TypeError):
                raise self._dangling(origin, reference, f"{fragment} does not exist") from None
        return node

    def _dangling(self, origin: Node, reference: str, why: str) -> UnreadableError:
        place = self._documents.locate([origin.key])[origin.key]
        return UnreadableError(
            f"the reference {reference!r} leads nowhere: {why}",
            path=place.path,
            line=place.line,
            column=place.column,
            remedy="correct the reference, or add what it names",
        )

    def _resources_of(self, node: Node) -> _Resources:
        known = self._resources.get(node.path)
        if known is None:
            if self._documents.exists(node.path):
                document = self._documents.document(node.path)
                known = _scan(document.root) if _may_identify(document.raw, document.value) else _Resources()
            else:
                known = _scan(node)
            self._resources[node.path] = known
        return known


def _may_identify(raw: bytes, value: JsonValue) -> bool:
    """Whether a look at the bytes leaves it open that a file has identifiers or anchors; most files have none."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return True
    return any(mark in raw for mark in (b"$id", b"$anchor", b"$dynamicAnchor"))


def _scan(root: Node) -> _Resources:
    """Find identifiers and anchors below the root of a file. OpenAPI descriptions before 3.1 have none."""
    found = _Resources()
    value = root.value
    if isinstance(value, dict) and ("swagger" in value or str(value.get("openapi", "")).startswith("3.0")):
        return found
    below = _anything_below if isinstance(value, dict) and "openapi" in value else _schemas_below
    stack: list[tuple[Node, str]] = [(root, "")]
    while stack:
        node, base = stack.pop()
        base = _identify(found, node, base)
        stack.extend((child, base) for child in below(node))
    return found


def _anything_below(node: Node) -> list[Node]:
    """In an OpenAPI description schemas stand in many places; every object may be one."""
    children = [child for _, child in node.members()] or node.items()
    return [child for child in children if isinstance(child.value, dict | list)]


def _schemas_below(node: Node) -> list[Node]:
    """The subschemas of a schema. Below unknown keywords there are none (2020-12 core, 6.5)."""
    found: list[Node] = []
    for name, member in node.members():
        if name in HOLDS_A_SCHEMA and isinstance(member.value, dict):
            found.append(member)
        if name in HOLDS_SCHEMAS:
            found += [item for item in member.items() if isinstance(item.value, dict)]
        if name in HOLDS_NAMED_SCHEMAS:
            found += [child for _, child in member.members() if isinstance(child.value, dict)]
    return found


def _identify(found: _Resources, node: Node, base: str) -> str:
    value = node.value
    if not isinstance(value, dict):
        return base
    identifier = value.get("$id")
    if identifier is None and (node.pointer == "" or "$schema" in value):
        identifier = value.get("id")  # draft-04; deeper down, `id` is nearly always data
    if isinstance(identifier, str):
        uri, fragment = urldefrag(urljoin(base, identifier))
        if fragment and not urldefrag(identifier)[0]:
            found.anchors[(base, fragment)] = node
        else:
            base = uri
            found.bases[node.pointer] = base
            found.by_uri.setdefault(base, node)
    for keyword in ("$anchor", "$dynamicAnchor"):
        anchor = value.get(keyword)
        if isinstance(anchor, str):
            found.anchors[(base, anchor)] = node
    return base


def _nearest(bases: dict[str, str], pointer: str) -> str:
    """The pointer of the innermost resource that holds `pointer`; `""` where none does."""
    if not bases:
        return ""
    while pointer and pointer not in bases:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _candidate_paths(path: str, base: str, bare: str, uri: str) -> list[str]:
    """Files that a URI may stand for: relative to the file, or where the path of `$id` and of the URI differ."""
    folder = posixpath.dirname(path)
    found = []
    if bare and not urlsplit(bare).scheme and not bare.startswith("//"):
        found.append(posixpath.normpath(posixpath.join(folder, unquote(bare))))
    if base and urlsplit(base).netloc == urlsplit(uri).netloc:
        start = posixpath.dirname(urlsplit(base).path) or "/"
        relative = posixpath.relpath(unquote(urlsplit(uri).path) or "/", start)
        found.append(posixpath.normpath(posixpath.join(folder, relative)))
    inside = [candidate for candidate in found if not candidate.startswith(("../", "/"))]
    # Identifiers often leave the suffix of the file away: `/fragment/common/2.0.0` lies in `2.0.0.yaml`.
    return [candidate + suffix for candidate in inside for suffix in ("", *_SUFFIXES)]


def _meta_schema(uri: str) -> JsonValue:
    """A published meta-schema by its URI, None for any other URI."""
    if urlsplit(uri).netloc != _META_SCHEMA_HOST:
        return None
    from jsonschema_specifications import REGISTRY  # noqa: PLC0415  (heavy, and rarely needed)

    known = REGISTRY.get(uri) or REGISTRY.get(uri + "#")
    contents: JsonValue = known.contents if known is not None else None
    return contents
