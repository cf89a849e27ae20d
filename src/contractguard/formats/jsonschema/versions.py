"""The version that a JSON Schema gives itself. The specification has no keyword for it; these are the ones that people write."""

from __future__ import annotations

import re
from typing import Final

from contractguard.model.contract import DeclaredVersion
from contractguard.model.places import Node

_IN_URI = re.compile(r"(?:^|[/_-])v?(\d+[.-]\d+(?:[.-]\d+)?)(?=$|[/.#_-])")
_SELF: Final = frozenset({"vendor", "name", "format", "version"})


def declared_version(root: Node) -> DeclaredVersion | None:
    """`version` of the schema, else that in `self` (self-describing schemas), else a version in its `$id`: `…/order/1-0-2`,
    `…/1.2.0/order.json`.
    """
    for stated in (root.get("version"), _in_self(root)):
        if stated is not None and _is_version(stated):
            return DeclaredVersion(str(stated.value), stated)
    for name in ("$id", "id"):
        identifier = root.get(name)
        if identifier is not None and isinstance(identifier.value, str):
            matches = _IN_URI.findall(identifier.value)
            if matches:
                return DeclaredVersion(matches[-1], identifier)
    return None


def is_version_mark(name: str, member: Node) -> bool:
    """Whether a member at the root of a file says which version of what the schema is, and nothing about payloads."""
    if member.pointer.count("/") != 1:
        return False
    return (name == "version" and _is_version(member)) or (name == "self" and _describes_itself(member))


def _in_self(root: Node) -> Node | None:
    described = root.get("self")
    return described.get("version") if described is not None and _describes_itself(described) else None


def _describes_itself(node: Node) -> bool:
    return isinstance(node.value, dict) and node.value.keys() == _SELF


def _is_version(node: Node) -> bool:
    return isinstance(node.value, str | int) and not isinstance(node.value, bool)
