"""Collecting the fields of one schema object, keyword by keyword."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from contractguard.formats.jsonschema.open_lists import distinct, take_open_list
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, JsonType, OpenEnum

Fields: TypeAlias = dict[str, Any]
"""Fields of `Schema` that say something, to be passed to its constructor."""


class WrongShapeError(Exception):
    """The value of a keyword is not of the shape its dialect asks for."""


class Reader:
    """Collects the fields of one schema object: what its keywords say goes in by `put`, the rest by the mappings."""

    def __init__(self, node: Node, dialect: Dialect) -> None:
        self.node = node
        self.dialect = dialect
        self.fields: Fields = {}
        self.origins: dict[str, Node] = {}
        self.documentation: dict[str, Node] = {}
        self.extensions: dict[str, Node] = {}
        self.unknown: dict[str, Node] = {}

    def put(self, field: str, value: object, origin: Node) -> None:
        """Set a field, remembering the keyword it comes from."""
        self.fields[field] = value
        self.origins[field] = origin

    def finish(self) -> None:
        """What needs several keywords at once."""
        self._nullable()
        self._contains()
        self._open_enum()
        for field in ("documentation", "extensions", "unknown"):
            mapping = getattr(self, field)
            if mapping:
                self.fields[field] = mapping
        self.fields["origins"] = self.origins

    def _nullable(self) -> None:
        # OpenAPI 3.0.3, Schema Object, nullable: it counts only where `type` stands in the same object.
        says_null = self.fields.pop("nullable", False)
        if "types" not in self.fields:
            self.origins.pop("nullable", None)
        elif says_null:
            self.fields["types"] |= {JsonType.NULL}

    def _open_enum(self) -> None:
        listed = None if "enum" in self.fields else take_open_list(self.extensions, self.documentation)
        if listed is not None:
            self.put("open_enum", OpenEnum(distinct(listed.items()), complete=True), listed)

    def _contains(self) -> None:
        if "contains" not in self.fields:
            for field in ("min_contains", "max_contains"):  # without `contains` they say nothing (2020-12, 6.4.4)
                self.fields.pop(field, None)
        else:
            self.fields.setdefault("min_contains", 1)


Read: TypeAlias = Callable[[Reader, Node], None]
"""Reads one keyword of a dialect into the fields. Raises `WrongShapeError`."""
