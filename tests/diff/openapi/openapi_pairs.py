"""Pairs of OpenAPI descriptions that lie in memory, and everything that differs between them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import unquote

from contractguard.diff.collector import Collector
from contractguard.diff.openapi import compare
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema import SchemaNormaliser
from contractguard.formats.openapi import read, specification_of
from contractguard.model.change import Change
from contractguard.model.contract import OpenApiContract
from contractguard.model.document import Document, Syntax
from contractguard.model.finding import Reading
from contractguard.model.places import Location, Node
from contractguard.model.values import pointer_tokens

PATH = "api.json"


class MemoryDocuments:
    """Documents from parsed values."""

    def __init__(self, files: Mapping[str, Any]) -> None:
        self._documents = {
            path: Document(path, path, Syntax.JSON, json.dumps(value).encode(), value) for path, value in files.items()
        }

    def document(self, path: str) -> Document:
        if path not in self._documents:
            raise UnreadableError(f"{path} is missing", path=path)
        return self._documents[path]

    def resolve(self, origin: Node, reference: str) -> Node:
        path, _, fragment = reference.partition("#")
        node = self.document(path or origin.path).root
        for token in pointer_tokens(unquote(fragment)):
            try:
                node = node.child(token)
            except (KeyError, IndexError, TypeError, ValueError):
                raise UnreadableError(f"{reference} leads nowhere", path=origin.path) from None
        return node

    def exists(self, path: str) -> bool:
        return path in self._documents

    def read_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._documents))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        return {key: Location(*key, 1, 1) for key in keys}


def contract(value: Any) -> OpenApiContract:
    """Read a description."""
    documents = MemoryDocuments({PATH: value})
    schemas = SchemaNormaliser(documents, PATH, specification_of(documents, PATH).dialect)
    return read(documents, PATH, schemas)


def changes_between(base: OpenApiContract, head: OpenApiContract) -> list[Change]:
    """All changes, those of payloads included."""
    unchanged = Unchanged(base.schemas, head.schemas)
    payloads = Payloads(base.schemas, head.schemas, unchanged, Reading.DECLARED)
    collector = Collector()
    compare(base, head, collector, payloads, unchanged)
    payloads.changes_into(collector)
    return collector.changes()


def changes(base: Any, head: Any) -> list[Change]:
    """All changes between two descriptions, given as parsed values."""
    return changes_between(contract(base), contract(head))


def told(change: Change) -> tuple[str, str, str, str]:
    """What a change says, short: kind, effect, direction, element."""
    return (change.kind, str(change.effect), str(change.direction), change.element)


def api(paths: Any = None, *, openapi: str = "3.1.0", **more: Any) -> dict[str, Any]:
    """A description of OpenAPI 3."""
    return {"openapi": openapi, "info": {"title": "t", "version": "1"}, "paths": paths or {}, **more}


def swagger(paths: Any = None, **more: Any) -> dict[str, Any]:
    """A description of Swagger 2.0."""
    return {"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": paths or {}, **more}


def operation(path: str = "/orders", method: str = "get", **fields: Any) -> dict[str, Any]:
    """The paths of a description with one operation."""
    return {path: {method: {"responses": {}, **fields}}}
