"""Schemas with other schemas in place of some of their parts: the same places, read in another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contractguard.errors import UnreadableError
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import SchemaReader
from contractguard.model.values import JsonValue, nothing

_MOST_LEVELS = 32
"""Levels of a schema that are looked through for parts to replace: each property takes two, each reference one."""
_GROUPS = ("properties", "allOf", "anyOf", "oneOf")
"""Keywords that hold several schemas of the same payload or of parts of it."""
_SINGLE = ("items", "additionalProperties")


@dataclass(frozen=True, slots=True, eq=False)
class Rewritten(Node):
    """A node with other nodes for some of its members or items, each of which has a place of its own."""

    original: Node = field(default_factory=lambda: Node(None, "", ""))
    parts: Mapping[str, Node] = field(default_factory=nothing)

    def child(self, token: str | int) -> Node:
        """See `Node.child`."""
        part = self.parts.get(str(token))
        return self.original.child(token) if part is None else part

    def get(self, token: str) -> Node | None:
        """See `Node.get`."""
        return self.parts.get(token) or self.original.get(token)

    def members(self) -> list[tuple[str, Node]]:
        """See `Node.members`."""
        if not isinstance(self.value, dict):
            return []
        known = {name: self.parts.get(name, node) for name, node in self.original.members()}
        return list({**known, **self.parts}.items())

    def items(self) -> list[Node]:
        """See `Node.items`."""
        return [self.parts.get(str(index), node) for index, node in enumerate(self.original.items())]


def rewritten(node: Node, parts: Mapping[str, Node]) -> Node:
    """`node` with these members (or items, by number) in place of its own; the node itself where there are none."""
    if not parts:
        return node
    value: JsonValue
    if isinstance(node.value, list):
        value = [parts[str(index)].value if str(index) in parts else item for index, item in enumerate(node.value)]
    else:
        members = node.value if isinstance(node.value, dict) else {}
        value = {**members, **{name: part.value for name, part in parts.items()}}
    return Rewritten(value, node.path, node.pointer, node, parts)


class Replacing:
    """Puts schemas in place of others, wherever below a schema they stand, references and `allOf` followed.

    `replacements` maps the place of each schema, as it is after bare references, to what is read there instead.
    """

    def __init__(self, reader: SchemaReader, replacements: Mapping[tuple[str, str], Node]) -> None:
        self._reader = reader
        self._replacements = replacements
        self._done: dict[tuple[str, str], Node] = {}

    def within(self, node: Node, level: int = 0) -> Node:
        """The schema with all replacements made; the node itself where none is to be made in it."""
        if isinstance(node, Conjunction):
            parts = [self.within(part, level) for part in node.parts]
            is_same = all(_is_same(part, old) for part, old in zip(parts, node.parts, strict=True))
            return node if is_same else Conjunction.of(*parts)
        done = self._replacements.get(node.key) or self._done.get(node.key)
        if done is None and level < _MOST_LEVELS:
            self._done[node.key] = node  # a schema that is met within itself stays as it is there
            done = self._done[node.key] = self._rewritten(node, level + 1)
        return done or node

    def _rewritten(self, node: Node, level: int) -> Node:
        target = self._target(node)
        if target is not None:
            changed = self.within(target, level)
            return node if _is_same(changed, target) else _instead_of_reference(node, changed)
        parts: dict[str, Node] = {}
        for keyword in _GROUPS:
            group = node.get(keyword)
            if group is not None:
                inner = self._members_within(group, level)
                if inner:
                    parts[keyword] = rewritten(group, inner)
        for keyword in _SINGLE:
            single = node.get(keyword)
            if single is not None and isinstance(single.value, dict):
                changed = self.within(single, level)
                if not _is_same(changed, single):
                    parts[keyword] = changed
        return rewritten(node, parts)

    def _members_within(self, group: Node, level: int) -> dict[str, Node]:
        numbered = [(str(index), item) for index, item in enumerate(group.items())]
        changed = ((name, member, self.within(member, level)) for name, member in (*group.members(), *numbered))
        return {name: after for name, before, after in changed if not _is_same(after, before)}

    def _target(self, node: Node) -> Node | None:
        reference = node.value.get("$ref") if isinstance(node.value, dict) else None
        if not isinstance(reference, str):
            return None
        try:
            return self._reader.resolve(node, reference)
        except UnreadableError:
            return None


def _is_same(one: Node, other: Node) -> bool:
    """Whether two nodes of one place are read in the same way."""
    return one.value is other.value


def _instead_of_reference(node: Node, target: Node) -> Node:
    """What a reference leads to, with what the schema says beside the reference."""
    value = node.value if isinstance(node.value, dict) else {}
    if len(value) == 1:
        return target
    siblings = {name: item for name, item in value.items() if name != "$ref"}
    held = node.get("allOf")
    branches = [target, *(held.items() if held is not None else ())]
    plain = node.with_value({**siblings, "allOf": [branch.value for branch in branches]})
    all_of = plain.child("allOf")
    return rewritten(plain, {"allOf": rewritten(all_of, {str(index): item for index, item in enumerate(branches)})})
