"""What all readers of one description share: its documents, its references, its memo, and the shapes that values must have."""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from contractguard.errors import UnreadableError
from contractguard.model.lifecycle import KNOWN_NAMES, MarkNames
from contractguard.model.values import JsonValue, pointer_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractguard.formats.openapi.specification import Specification
    from contractguard.model.document import Documents
    from contractguard.model.openapi import Operation, Parameter, Response
    from contractguard.model.places import Node

_SHARED_IN_2 = frozenset({"definitions", "parameters", "responses", "securityDefinitions"})
_NAMES = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
}


class Session:
    """One reading of one description. Shared objects are read once, by the place where they are defined."""

    def __init__(
        self, documents: Documents, path: str, specification: Specification, marks: MarkNames = KNOWN_NAMES
    ) -> None:
        self.documents = documents
        self.specification = specification
        self.marks = marks
        self.root = documents.document(path).root
        self.parameters: dict[tuple[str, str], Parameter] = {}
        self.headers: dict[tuple[tuple[str, str], str], Parameter] = {}
        self.responses: dict[tuple[tuple[str, str], str, tuple[str, str] | None], Response] = {}
        self.callbacks: dict[tuple[str, str], dict[str, tuple[Operation, ...]]] = {}
        self._folder = posixpath.dirname(path) or "."
        self._targets: dict[tuple[str, str], Node] = {}
        self._open: set[tuple[str, str]] = set()

    def fail(self, node: Node, message: str, remedy: str) -> NoReturn:
        """Raise `UnreadableError` at the place of `node`."""
        location = self.documents.locate([node.key])[node.key]
        raise UnreadableError(message, path=node.path, line=location.line, column=location.column, remedy=remedy)

    def follow(self, node: Node) -> Node:
        """The object that `node` is or refers to, however many references lead there.

        Raises `UnreadableError` for a reference that does not resolve, or that leads back to itself.
        """
        if not (isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str)):
            return node
        origin, seen = node, {node.key}
        while isinstance(node.value, dict) and isinstance(reference := node.value.get("$ref"), str):
            node = self._target(node, reference)
            if node.key in seen:
                self.fail(origin, f"reference {reference!r} leads back to itself", "let it refer to a definition")
            seen.add(node.key)
        return node

    def _target(self, node: Node, reference: str) -> Node:
        key = (node.path, reference)
        target = self._targets.get(key)
        if target is None:
            target = self._targets[key] = self.documents.resolve(node, reference)
        return target

    @contextmanager
    def entered(self, node: Node, what: str) -> Iterator[None]:
        """Read something that may contain others of its kind. Raises `UnreadableError` where it contains itself."""
        if node.key in self._open:
            self.fail(node, f"{what} contains itself", "break the circle of references")
        self._open.add(node.key)
        try:
            yield
        finally:
            self._open.discard(node.key)

    def component(self, origin: Node, target: Node, owner: str | None) -> str | None:
        """The shared name of `target`, to which `origin` led; the name of what it stands in where no reference was followed."""
        if origin is target:
            return owner
        if target.path != self.root.path:
            file = posixpath.relpath(target.path, self._folder)
            return f"{file}#{target.pointer}" if target.pointer else file
        tokens = pointer_tokens(target.pointer)
        if self.specification.is_swagger:
            is_shared = len(tokens) == 2 and tokens[0] in _SHARED_IN_2  # noqa: PLR2004 (group and name)
        else:
            is_shared = len(tokens) == 3 and tokens[0] == "components"  # noqa: PLR2004 ("components", group and name)
        return "/".join(tokens) if is_shared else owner

    def object(self, node: Node, what: str) -> Node:
        """`node` after references, which must be an object."""
        target = self.follow(node)
        if not isinstance(target.value, dict):
            self._wrong_shape(target, what, "an object")
        return target

    def members(self, node: Node | None, what: str) -> list[tuple[str, Node]]:
        """The members of an object after references; none for a field that is absent or null (an empty key of YAML)."""
        if node is None or node.value is None:
            return []
        return self.object(node, what).members()

    def items(self, node: Node | None, what: str) -> list[Node]:
        """The items of an array after references; none for a field that is absent or null (an empty key of YAML)."""
        if node is None or node.value is None:
            return []
        target = self.follow(node)
        if not isinstance(target.value, list):
            self._wrong_shape(target, what, "an array")
        return target.items()

    def text(self, node: Node | None, what: str) -> str | None:
        """A string, or a number as text; None for a field that is absent or null."""
        if node is None or node.value is None:
            return None
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, dict | list):
            self._wrong_shape(node, what, "a string")
        return str(node.value)

    def _wrong_shape(self, node: Node, what: str, expected: str) -> NoReturn:
        found = "null" if node.value is None else _NAMES[type(node.value)]
        self.fail(node, f"{what} must be {expected}, not {found}", f"write {what} as {expected}")


def flag(node: Node, name: str, *, default: bool = False) -> tuple[bool, bool]:
    """The value of a boolean field, and whether it could be read. `"true"` and `"false"` leave no doubt about what is meant."""
    value: JsonValue = node.value.get(name) if isinstance(node.value, dict) else None
    if value is None or isinstance(value, bool):
        return (default if value is None else value), True
    if isinstance(value, str) and value.strip().lower() in {"true", "false"}:
        return value.strip().lower() == "true", True
    return default, False
