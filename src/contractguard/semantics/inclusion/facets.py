"""One keyword of a schema at a time: what it alone refuses."""

from __future__ import annotations

from typing import Any

from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.semantics.languages import matches


class Facets:
    """Schemas that say a part of what others say. The same part is the same object, so that answers about it are remembered."""

    def __init__(self) -> None:
        self._made: dict[tuple[Schema, object], Schema] = {}

    def keywords(self, schema: Schema, names: tuple[str, ...]) -> Schema:
        """What the fields of a schema say without the others. `additional_properties` keeps the names that it leaves out."""
        made = self._made.get((schema, names))
        if made is None:
            said: dict[str, Any] = {name: getattr(schema, name) for name in names}
            if "additional_properties" in said:
                said["properties"] = {name: _anything(node) for name, node in schema.properties.items()}
                said["pattern_properties"] = {name: _anything(node) for name, node in schema.pattern_properties.items()}
            if said.get("contains") is not None:
                said.setdefault("min_contains", 0)  # absent it would mean 1, which is another facet
            made = self._made[schema, names] = _only(schema, said)
        return made

    def property(self, schema: Schema, name: str) -> Schema | None:
        """What a schema says of one property: that it must be there, and what its value is.

        None where several schemas govern the value, or a pattern cannot be matched.
        """
        key = (schema, ("property", name))
        made = self._made.get(key)
        if made is None:
            governing = [schema.properties[name]] if name in schema.properties else []
            for pattern, node in schema.pattern_properties.items():
                matched = matches(pattern, name)
                if matched is None:
                    return None
                governing += [node] if matched else []
            if len(governing) > 1:
                return None
            if not governing and schema.additional_properties is not None:
                governing = [schema.additional_properties]
            required = {name: schema.required[name]} if name in schema.required else {}
            said: dict[str, Any] = {
                "properties": dict.fromkeys([name], governing[0]) if governing else {},
                "required": required,
            }
            made = self._made[key] = _only(schema, said)
        return made


def _anything(node: Node) -> Node:
    return node.with_value(value=True)


def _only(schema: Schema, said: dict[str, Any]) -> Schema:
    telling = {name: value for name, value in said.items() if value or value == 0}
    boolean = None if telling else True
    return Schema(node=schema.node, dialect=schema.dialect, boolean=boolean, **telling)
