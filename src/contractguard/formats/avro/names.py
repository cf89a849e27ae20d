"""Names and namespaces (Avro 1.12 specification, "Names" and "Aliases")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractguard.model.places import Node

PRIMITIVES = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})
"""Names of primitive types; nothing else may have them, in any namespace."""


def is_simple_name(text: str) -> bool:
    """Whether `text` is `[A-Za-z_][A-Za-z0-9_]*`: an identifier that keeps to ASCII."""
    return text.isascii() and text.isidentifier()


def is_namespace(text: str) -> bool:
    """Whether `text` is empty (the null namespace) or simple names joined by dots."""
    return not text or all(is_simple_name(part) for part in text.split("."))


def namespace_of(fullname: str) -> str:
    """The part of a full name before its last dot; empty for the null namespace."""
    return fullname.rpartition(".")[0]


def simple_name(fullname: str) -> str:
    """The part of a full name after its last dot."""
    return fullname.rpartition(".")[2]


def full_name(name: str, namespace: str) -> str:
    """`name` itself where it has a dot or the namespace is null, else the namespace, a dot, and the name."""
    return name if "." in name or not namespace else f"{namespace}.{name}"


def own_namespace(node: Node, enclosing: str) -> str:
    """The `namespace` that a definition says, else the one it stands in. What is no text says nothing, as in Apache Avro."""
    own = node.get("namespace")
    return own.value if own is not None and isinstance(own.value, str) else enclosing


def aliases(node: Node) -> tuple[str, ...]:
    """The aliases of a definition or a field as written, each once. Any text will do, since an alias may mend a name that was not
    valid; what is no text, or no array, is none.
    """
    listed = node.get("aliases")
    if listed is None or not isinstance(listed.value, list):
        return ()
    return tuple(dict.fromkeys(alias for alias in listed.value if isinstance(alias, str)))


def type_aliases(node: Node, fullname: str) -> tuple[str, ...]:
    """The aliases of a named type as full names, without its own name."""
    full = (full_name(alias, namespace_of(fullname)) for alias in aliases(node))
    return tuple(dict.fromkeys(alias for alias in full if alias != fullname))
