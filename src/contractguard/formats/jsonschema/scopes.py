"""Where a `$dynamicRef` or `$recursiveRef` leads: it depends on the schema resources entered on the way to it.

JSON Schema 2020-12 core, 7.1 and 8.2.3.2; 2019-09 core, 8.2.4.2. Only the outermost resource with a dynamic anchor of a name
counts, so a scope is no more than the place that was met first for each name. Reading a schema in its scope resolves its
dynamic references once and for all: to everybody who asks for its normal form they are ordinary references. Contracts without
dynamic anchors have no scopes, and pay nothing.
"""

from __future__ import annotations

from urllib.parse import unquote

from contractguard.errors import LimitError
from contractguard.formats.jsonschema.identifiers import RECURSIVE
from contractguard.formats.jsonschema.references import References
from contractguard.model.document import Documents
from contractguard.model.places import Conjunction, Node, Scope, Scoped, scope_of
from contractguard.model.schema import Dialect

_MOST_SCOPES = 1000
"""Each is another reading of what it reaches, and a few names with several places each combine to very many."""


class Scopes:
    """The dynamic scopes of one contract. Equal scopes are one object."""

    def __init__(self, documents: Documents, references: References) -> None:
        self._documents = documents
        self._references = references
        self._without: set[str] = set()
        self._interned: dict[tuple[tuple[str, str, str], ...], Scope] = {}

    def entered(self, node: Node) -> Node:
        """The node in the scope that holds within it: with the dynamic anchors of the resource that it lies in.

        Raises `LimitError` where the ways through the contract lead to too many scopes.
        """
        if node.path in self._without or isinstance(node, Conjunction):  # whose parts are entered one by one
            return node
        resources = self._references.resources(node)
        if not resources.is_dynamic:
            self._without.add(node.path)
            return node
        anchors = resources.owner(node.pointer).dynamic
        scope = scope_of(node)
        met = {name for name, _ in scope}
        fresh = [(name, anchor) for name, anchor in anchors.items() if name not in met]
        return within(node, self._same((*scope, *fresh), node)) if fresh else node

    def target(self, origin: Node, reference: str, dialect: Dialect) -> Node:
        """Where the dynamic reference at `origin`, a node that was entered, leads. Raises `UnreadableError` where it does not."""
        first = self._references.resolve(origin, reference)
        anchors = self._references.resources(first).owner(first.pointer).dynamic
        name = RECURSIVE if dialect is Dialect.DRAFT_2019_09 else unquote(reference.partition("#")[2])
        anchor = anchors.get(name)
        if anchor is None or anchor.key != first.key:
            return within(first, scope_of(origin))  # not marked as dynamic: an ordinary reference
        return within(dict(scope_of(origin)).get(name, first), scope_of(origin))

    def _same(self, scope: Scope, node: Node) -> Scope:
        ordered = tuple(sorted(scope, key=lambda met: met[0]))
        key = tuple((name, *anchor.key) for name, anchor in ordered)
        known = self._interned.get(key)
        if known is None:
            if len(self._interned) >= _MOST_SCOPES:
                place = self._documents.locate([node.key])[node.key]
                message = (
                    f"dynamic references here have more than {_MOST_SCOPES} meanings, on as many ways that lead to them"
                )
                raise LimitError(message, path=place.path, line=place.line, column=place.column)
            known = self._interned[key] = ordered
        return known


def within(node: Node, scope: Scope) -> Node:
    """The same place in another scope."""
    return Scoped(node.value, node.path, node.pointer, scope) if scope else node
