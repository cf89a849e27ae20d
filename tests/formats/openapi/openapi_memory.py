"""OpenAPI descriptions out of YAML text, for tests: a snapshot that lies in memory."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema import SchemaNormaliser
from contractguard.formats.openapi import read, specification_of
from contractguard.model.contract import OpenApiContract
from contractguard.model.dialects import STANDARD
from contractguard.model.document import Document, Syntax
from contractguard.model.openapi import Operation
from contractguard.model.places import Location, Node
from contractguard.model.values import JsonValue, unescape_token

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "formats"


class _Loader(yaml.SafeLoader):
    """YAML as the core schema of 1.2 has it: dates are text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _load_yaml(text: str) -> Any:
    return yaml.load(text, _Loader)  # noqa: S506 (a safe loader)


def _with_text_keys(value: Any) -> JsonValue:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


class MemoryDocuments:
    """Documents from YAML text. Every place is "located" on line 7, column 3, and remembered in `asked`."""

    dialects = STANDARD

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._documents: dict[str, Document] = {}
        self.asked: list[tuple[str, str]] = []

    def document(self, path: str) -> Document:
        if path not in self._files:
            raise UnreadableError(f"{path} is missing", path=path)
        if path not in self._documents:
            text = self._files[path]
            value = json.loads(text) if path.endswith(".json") else _with_text_keys(_load_yaml(text))
            self._documents[path] = Document(path, f"sha256:{path}", Syntax.YAML, text.encode(), value)
        return self._documents[path]

    def resolve(self, origin: Node, reference: str) -> Node:
        file, _, fragment = reference.partition("#")
        path = (
            posixpath.normpath(posixpath.join(posixpath.dirname(origin.path), unquote(file))) if file else origin.path
        )
        node = self.document(path).root
        for token in unquote(fragment).split("/")[1:]:
            try:
                node = node.child(unescape_token(token))
            except (KeyError, IndexError, TypeError, ValueError):
                raise UnreadableError(f"{reference} leads nowhere", path=origin.path) from None
        return node

    def exists(self, path: str) -> bool:
        return path in self._files

    def read_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._documents))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        self.asked += keys
        return {key: Location(*key, 7, 3) for key in keys}


def read_files(files: Mapping[str, str], path: str = "api.yaml") -> OpenApiContract:
    """Read the description at `path` out of the given files."""
    documents = MemoryDocuments(files)
    schemas = SchemaNormaliser(documents, path, specification_of(documents, path).dialect)
    return read(documents, path, schemas)


def read_text(text: str) -> OpenApiContract:
    """Read a description that has no other files."""
    return read_files({"api.yaml": text})


def read_operation(text: str) -> Operation:
    """The only operation of a description."""
    (operation,) = read_text(text).api.operations
    return operation
