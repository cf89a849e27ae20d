"""Which full names a file defines, without reading it as a schema: the index by which files refer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.avro.names import full_name, namespace_of

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue

_NAMED = frozenset({"record", "error", "enum", "fixed"})


def defined_names(schema: JsonValue) -> tuple[str, ...]:
    """The full names of the types that a parsed `.avsc` file defines, the outermost first, in file order.

    Anything that is no definition is passed over: `read` is what says that a schema is wrong.
    """
    found: dict[str, None] = {}
    stack: list[tuple[JsonValue, str]] = [(schema, "")]
    while stack:
        value, namespace = stack.pop()
        parts: list[JsonValue] = []
        if isinstance(value, list):
            parts = value
        elif isinstance(value, dict):
            name, own, kind = value.get("name"), value.get("namespace"), value.get("type")
            if isinstance(kind, str) and kind in _NAMED and isinstance(name, str):
                fullname = full_name(name, own if isinstance(own, str) else namespace)
                found[fullname] = None
                namespace = namespace_of(fullname)
            parts = _parts(value)
        stack.extend((part, namespace) for part in reversed(parts))
    return tuple(found)


def _parts(schema: dict[str, JsonValue]) -> list[JsonValue]:
    """The schemas inside a schema object."""
    fields = schema.get("fields")
    types = [field.get("type") for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    inner = schema.get("type")
    return [*types, schema.get("items"), schema.get("values"), inner if isinstance(inner, dict | list) else None]
