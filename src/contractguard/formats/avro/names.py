"""Names and namespaces (Avro 1.12 specification, "Names" and "Aliases")."""

from __future__ import annotations

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
