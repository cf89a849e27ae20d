"""Keys that tell schemas apart without comparing them: what is the same has the same key."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from contractguard.model.places import Conjunction, Node
from contractguard.model.values import JsonValue

Key: TypeAlias = Hashable
"""Compared for equality only; it means nothing outside of the run."""


class Likeness:
    """Finds the key of what a node says, as it is written. References count as written, so equal keys are a hint and no answer;
    nodes that are unchanged between two versions have equal keys, whatever the order of their members.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[JsonValue, int]] = {}
        """By the `id` of the value, which is kept: a look at a whole document costs no more than one walk through it."""

    def key(self, node: Node) -> Key:
        """The key of a node; that of several schemas at one place is made of theirs."""
        if isinstance(node, Conjunction):
            return tuple(self.key(part) for part in node.parts)
        return self._of(node.value)

    def _of(self, value: JsonValue) -> int:
        if not isinstance(value, dict | list):
            return hash(value)  # 1, 1.0 and true share it, as equal keys may
        known = self._known.get(id(value))
        if known is None:
            found = (
                hash(frozenset((name, self._of(item)) for name, item in value.items()))
                if isinstance(value, dict)
                else hash(tuple(self._of(item) for item in value))
            )
            known = self._known[id(value)] = (value, found)
        return known[1]
