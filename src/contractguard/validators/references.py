"""References of schemas inside the snapshot, resolved by the `referencing` library. Nothing is fetched.

Files get URIs under a host that cannot exist (RFC 2606, `.invalid`), because relative references need a hierarchical scheme. A
URI that no file stands for is looked for beside the files whose `$id` has the same host, among the names that files give
themselves, and among the published meta-schemas.
"""

from __future__ import annotations

import posixpath
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import referencing
from jsonschema_specifications import REGISTRY as META_SCHEMAS
from referencing import Registry, Resource, Specification
from referencing.exceptions import Unresolvable

from contractguard.errors import ContractguardError
from contractguard.model.document import Document, Documents
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue
from contractguard.validators.dialects import OPENAPI_30_LIKE, specification_of

_libraries: Any = referencing
"""The library without its types, which do not tell the arguments of what they make."""

Resolver: TypeAlias = Any
"""The library's resolver: a base URI, and the files known so far."""

_ROOT = "https://snapshot.invalid/"
_SUFFIXES = ("", ".json", ".yaml", ".yml")
_IDENTIFIERS = (b"$id", b"$anchor", b"$dynamicAnchor", b"$recursiveAnchor")
_OPENAPI = frozenset({Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0, Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
BROKEN = (Unresolvable, ValueError, TypeError, AttributeError, LookupError)
"""What the library raises for references and identifiers that lead nowhere or are malformed."""


class SnapshotReferences:
    """The files of one snapshot as resources of the library, each read when first needed and kept."""

    def __init__(self, documents: Documents, dialect: Dialect) -> None:
        self._documents = documents
        self._dialect = dialect
        self._registry: Registry[Any] = _libraries.Registry(retrieve=self._retrieve)
        self._fetched: dict[str, Resource[Any]] = {}
        self._identified: dict[str, str] = {}
        self._dialects: dict[str, Dialect] = {}
        """The dialects of resources by their URIs, of files that are not all in the dialect of the contract."""

    def resolver_at(self, node: Node) -> Resolver:
        """What resolves the references that stand in the schema at `node`.

        Raises `UnreadableError` or `LimitError` where the file cannot be read.
        """
        uri = self._add(node.path)
        self._keep_fetched()
        base = self._identified.get(node.path, uri)
        resolver: Resolver = self._registry.resolver(base_uri=base)
        if not node.pointer:
            return resolver
        try:
            return resolver.lookup(f"#{quote(node.pointer, safe='/~')}").resolver
        except BROKEN:
            return resolver  # a schema that was put together: it stands at a place that the file does not have

    def dialect_at(self, resolver: Resolver) -> Dialect:
        """The dialect of the resource that a resolver stands in: as its `$schema` says, else that of what is around it."""
        try:
            root = resolver.lookup("#").contents
        except BROKEN:
            return self._dialect
        around = self._dialects.get(resolver._base_uri, self._dialect)  # noqa: SLF001  (the only way to ask where it stands)
        return self._documents.dialects.of(root) or around

    def _add(self, path: str) -> str:
        """The URI of a file, which is in the registry from then on."""
        if "://" in path:  # a published meta-schema
            return path
        uri = _ROOT + quote(path)
        if uri not in self._registry:
            document = self._documents.document(path)
            resource = self._resource(document, uri, document.root)
            self._registry = _crawled(self._registry.with_resource(uri, resource))
        return uri

    def _keep_fetched(self) -> None:
        """Files that references of earlier checks led to are crawled once, and not anew in every check."""
        if self._fetched:
            self._registry = _crawled(self._registry.with_resources(self._fetched.items()))
            self._fetched = {}

    def _resource(self, document: Document, uri: str, schema: Node) -> Resource[Any]:
        """A file, or a schema embedded in it, as a resource of the library."""
        specification = self._specification(document)
        resource = specification.create_resource(schema.value)
        identifier = self._identifier(resource, uri)
        if identifier is not None and not schema.pointer:
            if self._names_another(identifier, document.path):
                resource = _nameless(specification, schema.value).create_resource(schema.value)
                identifier = None
            else:
                self._identified[document.path] = identifier
        base = identifier or uri
        around = self._documents.dialects.of(document.value) or self._dialect
        if around is not self._dialect or document.raw.count(b"$schema") > 1:
            self._note_dialects(schema.value, base, around)
        return resource

    def _identifier(self, resource: Resource[Any], uri: str) -> str | None:
        """What a file or an embedded schema, which the URI stands for, calls itself."""
        identifier = resource.id() if isinstance(resource.contents, dict) else None
        return urljoin(uri, identifier) if identifier else None

    def _names_another(self, identifier: str, path: str) -> bool:
        """Whether the file that lies where an identifier says has it too: `2.0.0.yaml` beside a `current.yaml` of that version.

        The identifier leads to that file then, whichever of the two is read first.
        """
        place = posixpath.join(posixpath.dirname(path), posixpath.basename(unquote(urlsplit(identifier).path)))
        for other in (place + suffix for suffix in _SUFFIXES):
            if other == path:
                return False
            if self._documents.exists(other):
                try:
                    document = self._documents.document(other)
                except ContractguardError:
                    return False
                resource = self._specification(document).create_resource(document.value)
                return self._identifier(resource, _ROOT + quote(other)) == identifier
        return False

    def _note_dialects(self, value: JsonValue, base: str, dialect: Dialect) -> None:
        """Remember for a schema, and for all that it embeds, what they are written in: where they do not say it, as the schema
        around them (2020-12 core, 9.3.3).
        """
        stack, met = [(value, base, dialect)], set()
        self._dialects[base] = self._documents.dialects.of(value) or dialect
        while stack:
            item, base, dialect = stack.pop()
            if id(item) in met:  # a part that YAML repeats by an alias
                continue
            met.add(id(item))
            if isinstance(item, dict):
                dialect = self._documents.dialects.of(item) or dialect
                identifier = item.get("id" if dialect is Dialect.DRAFT_04 else "$id")
                if isinstance(identifier, str):
                    base = _joined(base, identifier)
                    self._dialects.setdefault(base, dialect)
            children = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            stack += [(child, base, dialect) for child in children if isinstance(child, dict | list)]

    def _specification(self, document: Document) -> Specification[Any]:
        """Where identifiers stand in a file; nowhere where its bytes show that it has none, since crawling takes time."""
        value = document.value
        dialect = self._documents.dialects.of(value) or self._dialect
        if isinstance(value, dict) and ("swagger" in value or str(value.get("openapi", "")).startswith("3.0")):
            return Specification.OPAQUE
        if dialect in OPENAPI_30_LIKE:
            return Specification.OPAQUE
        marks = (b"id",) if dialect is Dialect.DRAFT_04 else _IDENTIFIERS
        if not any(mark in document.raw for mark in marks):
            return Specification.OPAQUE
        anywhere = dialect in _OPENAPI or (isinstance(value, dict) and "openapi" in value)
        return _tolerant(specification_of(dialect), anywhere=anywhere)

    def _retrieve(self, uri: str) -> Resource[Any]:
        """The file or meta-schema that a URI stands for. Raises `NoSuchResource`."""
        schema = self._schema_of(uri)
        if schema is not None:
            found = self._fetched[uri] = self._resource(self._documents.document(schema.path), uri, schema)
            return found
        known: Resource[Any] | None = META_SCHEMAS.get(uri) or META_SCHEMAS.get(uri.rstrip("#"))
        if known is None:
            raise _libraries.exceptions.NoSuchResource(ref=uri)
        return known

    def _schema_of(self, uri: str) -> Node | None:
        """The file at the place that a URI says, else the schema that calls itself so: a file, or embedded in one."""
        path = next((path for path in self._candidates(uri) if self._documents.exists(path)), None)
        try:
            if path is None:
                origin = Node(None, next(iter(self._identified), ""), "")
                return self._documents.resolve(origin, uri.replace(_ROOT, "/", 1))
            return self._documents.document(path).root
        except ContractguardError:
            return None

    def _candidates(self, uri: str) -> list[str]:
        """The files that a URI may stand for (2020-12 core, 8.2.1: identifiers say how schemas lie to each other).

        A URI under our own host is the path of a file, or was made from an identifier without a host (`/shop/order/1.0.0`), which
        counts from the folder that the repository keeps its schemas in.
        """
        target = urlsplit(uri)
        found = [unquote(uri.removeprefix(_ROOT))] if uri.startswith(_ROOT) else []
        for path, identifier in self._identified.items():
            base = urlsplit(identifier)
            start = posixpath.dirname(base.path) or "/"
            if not target.scheme and not target.netloc:  # relative to an identifier such as a URN
                relative = unquote(target.path)
            elif target.netloc and target.netloc == base.netloc:
                relative = posixpath.relpath(unquote(target.path) or "/", start)
            else:
                continue
            found.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), relative)))
        return [path + suffix for path in found for suffix in _SUFFIXES]


def _joined(base: str, identifier: str) -> str:
    try:
        return urldefrag(urljoin(base, identifier)).url
    except ValueError:  # such as a broken IPv6 address
        return base


def _crawled(registry: Registry[Any]) -> Registry[Any]:
    try:
        return registry.crawl()
    except BROKEN:
        return registry  # a malformed identifier somewhere; references that need it stay undecided


def _tolerant(specification: Specification[Any], *, anywhere: bool) -> Specification[Any]:
    """The specification for files that need not be well-formed. `anywhere` looks for identifiers below every member: in an
    OpenAPI description schemas stand in many places.
    """

    def subresources_of(contents: Any) -> list[Any]:  # noqa: ANN401  (any part of a file)
        if anywhere:
            children = list(contents.values()) if isinstance(contents, dict) else contents
            return [child for child in children if isinstance(child, list) or _is_plain(child)]
        try:
            return [child for child in specification.subresources_of(contents) if _is_plain(child)]
        except BROKEN:
            return []

    def id_of(contents: Any) -> str | None:  # noqa: ANN401
        return specification.id_of(contents) if _is_plain(contents) else None

    def anchors_in(_: Specification[Any], contents: Any) -> list[Any]:  # noqa: ANN401
        return list(specification.anchors_in(contents)) if _is_plain(contents) else []

    made: Specification[Any] = _libraries.Specification(
        name=f"tolerant {specification.name}",
        id_of=id_of,
        subresources_of=subresources_of,
        maybe_in_subresource=(lambda _, resolver, subresource: resolver.in_subresource(subresource))
        if anywhere
        else specification.maybe_in_subresource,
        anchors_in=anchors_in,
    )
    return made


def _nameless(specification: Specification[Any], root: Any) -> Specification[Any]:  # noqa: ANN401  (any file)
    """The same specification for a file whose own identifier does not count."""
    made: Specification[Any] = _libraries.Specification(
        name=f"nameless {specification.name}",
        id_of=lambda contents: None if contents is root else specification.id_of(contents),
        subresources_of=specification.subresources_of,
        maybe_in_subresource=specification.maybe_in_subresource,
        anchors_in=lambda _, contents: specification.anchors_in(contents),
    )
    return made


def _is_plain(value: object) -> bool:
    """Whether a value is an object whose identifying members are strings, as the library takes for granted."""
    names = ("$id", "id", "$anchor", "$dynamicAnchor", "$schema", "$ref")
    return isinstance(value, dict) and all(isinstance(value.get(name, ""), str) for name in names)
