"""Where a `$ref` of a schema leads: base URIs from `$id`, anchors, files of the snapshot, and the published meta-schemas.

JSON Schema 2020-12 core, sections 8.2 and 9; the older drafts' `id` and `$id: "#name"` too. Nothing is fetched.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import unquote, urldefrag, urlsplit

from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema.identifiers import Resource, Resources, absolute, may_identify, resources_of
from contractguard.model.document import Documents
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue, pointer_tokens

_SUFFIXES = (".json", ".yaml", ".yml")
_META_SCHEMA_HOST = "json-schema.org"


class References:
    """Resolves references between schemas of one snapshot. `dialect_of_file` tells the dialect of the file of a node."""

    def __init__(self, documents: Documents, dialect_of_file: Callable[[Node], Dialect]) -> None:
        self._documents = documents
        self._dialect_of_file = dialect_of_file
        self._resources: dict[str, Resources] = {}
        self._known: dict[tuple[str, str, str], Node] = {}

    def resolve(self, origin: Node, reference: str) -> Node:
        """The node that `reference`, standing at `origin`, names. Raises `UnreadableError` where there is none."""
        resources = self.resources(origin)
        owner = resources.owner(origin.pointer)
        key = (origin.path, owner.root.pointer, reference)
        found = self._known.get(key)
        if found is None:
            try:
                found = self._find(origin, resources, owner, reference)
            except ValueError:  # such as a broken IPv6 address
                raise self._dangling(origin, reference, "it is not a URI reference (RFC 3986)") from None
            self._known[key] = found
        return found

    def same_base(self, one: Node, other: Node) -> bool:
        """Whether references at two places of one file are relative to the same base: both lie in one schema resource."""
        resources = self.resources(one)
        return resources.is_plain or resources.owner(one.pointer) is resources.owner(other.pointer)

    def resources(self, node: Node) -> Resources:
        """The schema resources of the file that a node lies in."""
        known = self._resources.get(node.path)
        if known is None:
            known = self._resources[node.path] = self._resources_of_file(node)
        return known

    def _resources_of_file(self, node: Node) -> Resources:
        dialect = self._dialect_of_file(node)
        if not self._documents.exists(node.path):
            return resources_of(Node(published(node.path), node.path, ""), dialect, self._documents.dialects)
        document = self._documents.document(node.path)
        if not may_identify(document.raw, document.value, dialect):
            return Resources(document.root)
        return resources_of(document.root, dialect, self._documents.dialects)

    def _find(self, origin: Node, resources: Resources, owner: Resource, reference: str) -> Node:
        bare, fragment = urldefrag(reference)
        names_an_anchor = fragment and not unquote(fragment).startswith("/")
        if resources.is_plain and not reference.startswith("http") and not names_an_anchor:
            return self._documents.resolve(origin, reference)
        if not bare:
            return self._at_fragment(origin, owner, reference, fragment)
        uri = absolute(owner.base, bare)
        named = resources.with_uri(uri)
        if named is None:
            root = self._another_file(origin, resources, owner, bare, uri)
            there = self.resources(root)
            named = there.with_uri(uri) or there.owner(root.pointer)
        return self._at_fragment(origin, named, reference, fragment)

    def _another_file(self, origin: Node, resources: Resources, owner: Resource, bare: str, uri: str) -> Node:
        if self._documents.exists(origin.path):
            is_nested = owner is not resources.root
            for candidate in _candidate_paths(origin.path, resources.root.base, bare, uri, is_nested=is_nested):
                if self._documents.exists(candidate):
                    return self._documents.document(candidate).root
        contents = published(uri)
        if contents is not None:
            return Node(contents, uri, "")
        return self._documents.resolve(origin, bare)

    def _at_fragment(self, origin: Node, resource: Resource, reference: str, fragment: str) -> Node:
        fragment = unquote(fragment)
        if not fragment:
            return resource.root
        if not fragment.startswith("/"):
            found = resource.anchors.get(fragment)
            if found is None:
                raise self._dangling(origin, reference, f"no anchor {fragment!r} there")
            return found
        node = resource.root
        for token in pointer_tokens(fragment):
            if isinstance(node.value, list) and not (token.isascii() and token.isdecimal()):
                raise self._dangling(origin, reference, f"{fragment} does not exist")
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


def _candidate_paths(path: str, base: str, bare: str, uri: str, *, is_nested: bool) -> list[str]:
    """Files that a URI may stand for: relative to the file, or where the path of its `$id` (`base`) and of the URI differ.

    In a resource nested in the file, whose own `$id` a reference is relative to, the second comes first.
    """
    folder = posixpath.dirname(path)
    found = []
    if bare and not urlsplit(bare).scheme and not bare.startswith("//"):
        found.append(posixpath.normpath(posixpath.join(folder, unquote(bare))))
    if (base or is_nested) and urlsplit(base).netloc == urlsplit(uri).netloc:
        start = posixpath.dirname(urlsplit(base).path)
        relative = posixpath.relpath(_from_root(unquote(urlsplit(uri).path)), _from_root(start))
        found.append(posixpath.normpath(posixpath.join(folder, relative)))
    if is_nested:
        found.reverse()
    inside = [candidate for candidate in found if not candidate.startswith(("../", "/"))]
    # Identifiers often leave the suffix of the file away: `/fragment/common/2.0.0` lies in `2.0.0.yaml`.
    return [candidate + suffix for candidate in inside for suffix in ("", *_SUFFIXES)]


def _from_root(path: str) -> str:
    """The same path from the root, so that where the process runs plays no part in relating two of them."""
    return f"/{path.lstrip('/')}"


def published(uri: str) -> JsonValue:
    """A published meta-schema, or a vocabulary of one, by its URI; None for any other URI."""
    if urlsplit(uri).netloc != _META_SCHEMA_HOST:
        return None
    from jsonschema_specifications import REGISTRY  # noqa: PLC0415  (heavy, and rarely needed)

    known = REGISTRY.get(uri) or REGISTRY.get(uri + "#")
    contents: JsonValue = known.contents if known is not None else None
    return contents
