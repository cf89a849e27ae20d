"""Where something stands: in a parsed document (`Node`), or in a file for a person (`Location`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, TypeAlias

from contractguard.model.values import JsonValue, escape_token


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value and the place where it lies: `path` is the file in the snapshot, `pointer` the JSON pointer in it.

    Two nodes are the same node when path and pointer agree; `key` is that identity.
    """

    value: JsonValue
    path: str
    pointer: str

    @property
    def key(self) -> tuple[str, str]:
        """Identity of the place within one snapshot."""
        return (self.path, self.pointer)

    def child(self, token: str | int) -> Node:
        """The member or item at `token`. Raises KeyError, IndexError or TypeError where there is none."""
        value = self.value
        if isinstance(value, dict):
            return Node(value[str(token)], self.path, f"{self.pointer}/{escape_token(str(token))}")
        if isinstance(value, list):
            return Node(value[int(token)], self.path, f"{self.pointer}/{int(token)}")
        msg = f"no {token!r} below {self.pointer or '/'}: not an object or array"
        raise TypeError(msg)

    def get(self, token: str) -> Node | None:
        """The member `token` of an object, or None where the value is no object or has no such member."""
        value = self.value
        if isinstance(value, dict) and token in value:
            return Node(value[token], self.path, f"{self.pointer}/{escape_token(token)}")
        return None

    def members(self) -> list[tuple[str, Node]]:
        """Name and node of each member of an object, in file order; empty for anything else."""
        value = self.value
        if not isinstance(value, dict):
            return []
        return [(name, Node(item, self.path, f"{self.pointer}/{escape_token(name)}")) for name, item in value.items()]

    def items(self) -> list[Node]:
        """The node of each item of an array; empty for anything else."""
        value = self.value
        if not isinstance(value, list):
            return []
        return [Node(item, self.path, f"{self.pointer}/{index}") for index, item in enumerate(value)]

    def with_value(self, value: JsonValue) -> Self:
        """The same place with another reading of its value."""
        return type(self)(value, self.path, self.pointer)


@dataclass(frozen=True, slots=True, eq=False)
class Conjunction(Node):
    """Several schemas that must all hold at one place: what folding an `allOf` makes of a property that two branches declare.

    `value` is the `allOf` that a reader could have written there; path and pointer are those of the first part.
    """

    parts: tuple[Node, ...] = ()

    @staticmethod
    def of(*parts: Node) -> Conjunction:
        """The conjunction of at least two nodes; parts that are conjunctions themselves are taken apart."""
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, Conjunction) else (part,))]
        return Conjunction({"allOf": [part.value for part in flat]}, flat[0].path, flat[0].pointer, tuple(flat))


Scope: TypeAlias = tuple[tuple[str, Node], ...]
"""Dynamic anchors met on the way to a schema, by name: the outermost place with each name (JSON Schema 2020-12 core, 8.2.3.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scoped(Node):
    """A place in a schema whose dynamic references depend on the way that led there. What lies below it has the same scope.

    Path and pointer are those of the place; what is known of a schema there is known only in this scope.
    """

    scope: Scope = ()

    def child(self, token: str | int) -> Node:
        """See `Node.child`."""
        return self._within(Node.child(self, token))

    def get(self, token: str) -> Node | None:
        """See `Node.get`."""
        found = Node.get(self, token)
        return found and self._within(found)

    def members(self) -> list[tuple[str, Node]]:
        """See `Node.members`."""
        return [(name, self._within(member)) for name, member in Node.members(self)]

    def items(self) -> list[Node]:
        """See `Node.items`."""
        return [self._within(item) for item in Node.items(self)]

    def with_value(self, value: JsonValue) -> Self:
        """See `Node.with_value`."""
        return type(self)(value, self.path, self.pointer, self.scope)

    def _within(self, node: Node) -> Node:
        return Scoped(node.value, node.path, node.pointer, self.scope)


def scope_of(node: Node) -> Scope:
    """The scope of a node, empty where no way led to it on which a dynamic anchor was met."""
    return node.scope if isinstance(node, Scoped) else ()


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file for a person: JSON pointer, and 1-based line and column of the key (or item) it names."""

    path: str
    pointer: str
    line: int
    column: int
