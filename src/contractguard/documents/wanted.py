"""The pointers that are looked for, as a tree: one node a token, so that one walk over a file finds them all."""

from __future__ import annotations

from collections.abc import Collection

from contractguard.model.values import pointer_tokens


class Wanted:
    """A place that is looked for. `offset` is where it stands in the text, None until it is found; `children` go by token."""

    __slots__ = ("children", "offset")

    def __init__(self) -> None:
        self.children: dict[str, Wanted] = {}
        self.offset: int | None = None

    @classmethod
    def of(cls, pointers: Collection[str]) -> Wanted:
        """The tree of these JSON pointers and of all that they pass through."""
        root = cls()
        for pointer in pointers:
            node = root
            for token in pointer_tokens(pointer):
                node = node.children.setdefault(token, cls())
        return root

    def size(self) -> int:
        """How many places the tree holds, this one included."""
        stack, size = [self], 0
        while stack:
            node = stack.pop()
            size += 1
            stack.extend(node.children.values())
        return size

    def forget(self) -> None:
        """Drop what was found below this place: its key came again, and only the last one counts."""
        stack = list(self.children.values())
        while stack:
            node = stack.pop()
            node.offset = None
            stack.extend(node.children.values())

    def nearest(self, pointer: str) -> tuple[str, int]:
        """The longest part of `pointer` that was found, and its offset. The root is always found, at worst at 0."""
        node, known, offset = self, "", self.offset or 0
        end = 0
        for token in pointer_tokens(pointer):
            end = pointer.find("/", end + 1) if end + 1 <= len(pointer) else -1
            node = node.children[token]
            if node.offset is None:
                break
            known = pointer if end < 0 else pointer[:end]
            offset = node.offset
        return known, offset
