"""The schema resources of one file: what its identifiers and anchors name, and where schemas may stand at all.

JSON Schema 2020-12 core, 8.2; draft-07 core, 8.2 and 8.3; draft-04 core, 7.2. Values of `enum`, `const`, `default` and of
keywords that the dialect does not have are data: nothing in them identifies anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from contractguard.formats.jsonschema.dialects import (
    HAS_ANCHORS,
    HAS_DYNAMIC_ANCHORS,
    OPENAPI_30_LIKE,
    REF_HIDES_SIBLINGS,
    schema_places,
)
from contractguard.model.dialects import Dialects
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

RECURSIVE = ""
"""The name under which `$recursiveAnchor: true` of 2019-09 is kept among the dynamic anchors; `$dynamicAnchor` is never empty."""

_ESCAPES = tuple(start + code for start in (b"\\u00", b"\\x", b"\\U000000") for code in (b"24", b"41", b"6", b"7"))
"""With these `$`, `A` and small letters can be written in other bytes than their own."""
_EXAMPLES = frozenset({"example", "examples"})
_NAMER = b"$schema"


@dataclass(slots=True, eq=False)
class Resource:
    """A schema resource: its root, its base URI (empty where nothing identifies it), and the names that fragments may use."""

    root: Node
    base: str
    anchors: dict[str, Node] = field(default_factory=dict)
    dynamic: dict[str, Node] = field(default_factory=dict)
    """Those of the anchors that a dynamic reference in another resource may reach."""


class Resources:
    """The schema resources of one file. There is always one at its root."""

    def __init__(self, root: Node) -> None:
        self._at: dict[str, Resource] = {"": Resource(root, "")}
        self._by_uri: dict[str, Resource] = {}
        self.is_dynamic = False
        """Whether any of them has a dynamic anchor."""
        self.named: dict[str, Node] = {}
        """Where a schema below the root says with `$schema` in which dialect it and what it holds are written."""

    @property
    def root(self) -> Resource:
        """The resource at the root of the file."""
        return self._at[""]

    @property
    def is_plain(self) -> bool:
        """Whether the file identifies nothing, so that references in it are to files and places only."""
        return len(self._at) == 1 and not self.root.base and not self.root.anchors

    def owner(self, pointer: str) -> Resource:
        """The innermost resource that holds the place `pointer`."""
        if len(self._at) == 1:
            return self._at[""]
        while pointer and pointer not in self._at:
            pointer = pointer.rpartition("/")[0]
        return self._at[pointer]

    def with_uri(self, uri: str) -> Resource | None:
        """The resource with this URI, the first in the file where several claim it."""
        return self._by_uri.get(uri)

    def namers(self, pointer: str) -> Iterator[Node]:
        """The `$schema` members that may say the dialect of the place `pointer`, the innermost first; not that of the root."""
        while self.named and pointer:
            if pointer in self.named:
                yield self.named[pointer]
            pointer = pointer.rpartition("/")[0]

    def add(self, node: Node, uri: str) -> Resource:
        """Make the schema at `node` a resource of its own."""
        added = self._at[node.pointer] = Resource(node, uri)
        self._by_uri.setdefault(uri, added)
        return added


def may_identify(raw: bytes, value: JsonValue, dialect: Dialect) -> bool:
    """Whether a look at the bytes of a file leaves it open that it has identifiers, anchors or a `$schema` below its root; most
    files have none.
    """
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return True
    if dialect in OPENAPI_30_LIKE:
        return False
    return raw.count(_NAMER) > 1 or any(mark in raw for mark in (*_marks(dialect), *_ESCAPES))


def _marks(dialect: Dialect) -> tuple[bytes, ...]:
    """The keywords that identify something. A `$recursiveAnchor` without `$id` elsewhere leads nowhere but to the root."""
    if dialect is Dialect.DRAFT_04:
        return (b"id",)
    if dialect in HAS_DYNAMIC_ANCHORS:
        return (b"$id", b"$anchor", b"$dynamicAnchor")
    return (b"$id", b"$anchor", b"$recursiveAnchor") if dialect is Dialect.DRAFT_2019_09 else (b"$id",)


def resources_of(root: Node, dialect: Dialect, dialects: Dialects) -> Resources:
    """The resources of the file with this root. OpenAPI descriptions before 3.1 have but one."""
    found = Resources(root)
    value = root.value
    if dialect in OPENAPI_30_LIKE or (isinstance(value, dict) and _is_openapi_30_like(value)):
        return found
    is_description = isinstance(value, dict) and "openapi" in value
    stack: list[tuple[Node, Resource, Dialect, bool]] = [(root, found.root, dialect, not is_description)]
    while stack:
        node, owner, dialect, is_schema = stack.pop()
        if isinstance(node.value, dict):
            dialect = dialects.of(node.value) or dialect
            if is_schema and node.pointer and isinstance(node.value.get("$schema"), str):
                found.named[node.pointer] = node.child("$schema")
            owner = _identify(found, node, owner, dialect)
        below = _schemas_below(node, dialect) if is_schema else _anything_below(node)
        stack.extend((child, owner, dialect, is_below) for child, is_below in reversed(below))
    return found


def _is_openapi_30_like(value: dict[str, JsonValue]) -> bool:
    return "swagger" in value or str(value.get("openapi", "")).startswith("3.0")


def _anything_below(node: Node) -> list[tuple[Node, bool]]:
    """What may hold schemas in an OpenAPI description outside of its schemas, and whether it is one."""
    if isinstance(node.value, list):
        return [(item, False) for item in node.items() if isinstance(item.value, dict | list)]
    are_schemas = node.pointer == "/components/schemas"
    return [
        (member, are_schemas or name in ("schema", "itemSchema"))
        for name, member in node.members()
        if isinstance(member.value, dict | list) and (are_schemas or name not in _EXAMPLES)
    ]


def _schemas_below(node: Node, dialect: Dialect) -> list[tuple[Node, bool]]:
    """The subschemas of a schema. Below unknown keywords there are none (2020-12 core, 6.5)."""
    places = schema_places(dialect)
    found: list[Node] = []
    for name, member in node.members():
        if name in places.of_a_schema:
            found.append(member)
        if name in places.of_schemas:
            found += member.items()
        if name in places.of_named_schemas:
            found += [child for _, child in member.members()]
    return [(schema, True) for schema in found if isinstance(schema.value, dict)]


def _identify(found: Resources, node: Node, owner: Resource, dialect: Dialect) -> Resource:
    """Note what the schema at `node` calls itself; the resource that it belongs to."""
    value = node.value
    if not isinstance(value, dict):
        return owner
    identifier = _identifier(node, value, dialect)
    if identifier is not None:
        uri, fragment = _joined(owner.base, identifier)
        is_anchor = bool(fragment) and identifier.startswith("#")
        if uri and not is_anchor:
            owner = found.add(node, uri)
        if fragment:
            owner.anchors[fragment] = node
    if dialect in HAS_ANCHORS and isinstance(value.get("$anchor"), str):
        owner.anchors[str(value["$anchor"])] = node
    if dialect in HAS_DYNAMIC_ANCHORS and isinstance(value.get("$dynamicAnchor"), str):
        owner.anchors[str(value["$dynamicAnchor"])] = owner.dynamic[str(value["$dynamicAnchor"])] = node
    if dialect is Dialect.DRAFT_2019_09 and value.get("$recursiveAnchor") is True and owner.root.key == node.key:
        owner.dynamic[RECURSIVE] = node
    found.is_dynamic = found.is_dynamic or bool(owner.dynamic)
    return owner


def _identifier(node: Node, value: dict[str, JsonValue], dialect: Dialect) -> str | None:
    """What a schema calls itself. At the root of a file the names of all drafts count: files use them whatever they declare."""
    if node.pointer == "":
        own, other = ("id", "$id") if dialect is Dialect.DRAFT_04 else ("$id", "id")
        identifier = value.get(own, value.get(other))
    elif "$ref" in value and dialect in REF_HIDES_SIBLINGS:
        identifier = None
    else:
        identifier = value.get("id" if dialect is Dialect.DRAFT_04 else "$id")
    return identifier if isinstance(identifier, str) else None


def _joined(base: str, identifier: str) -> tuple[str, str]:
    """The URI and the fragment that an identifier stands for; both empty for one that is no URI reference."""
    try:
        uri, fragment = urldefrag(identifier)
        return absolute(base, uri), fragment
    except ValueError:  # such as a broken IPv6 address
        return "", ""


def absolute(base: str, reference: str) -> str:
    """A reference without fragment, resolved against a base URI, without dot segments (RFC 3986, 5.2). Raises ValueError."""
    uri = urljoin(base, reference)
    parts = urlsplit(uri)
    if "/." in parts.path and parts.netloc:
        uri = urljoin(f"{parts.scheme}://{parts.netloc}/", parts._replace(scheme="", netloc="").geturl())
    return uri
