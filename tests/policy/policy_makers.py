"""Small findings, judgements and documents for the tests of policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from contractguard.errors import UnreadableError
from contractguard.model.change import Change, Direction, Effect, Evidence, EvidenceKind
from contractguard.model.document import Document, DuplicateKey, Syntax
from contractguard.model.finding import Bump, Finding, Impact, Judgement, Migration, Severity
from contractguard.model.places import Location, Node
from contractguard.model.values import pointer_tokens

PLACE = Location("api.yaml", "/paths", 3, 1)


def finding(**given: Any) -> Finding:
    """A finding that breaks, with whatever fields a test cares about."""
    fields: dict[str, Any] = {
        "rule": "operation-removed",
        "title": "Operation removed",
        "fingerprint": "fp1:0123456789abcdef",
        "change": "operation.removed",
        "effect": Effect.NARROWED,
        "impact": Impact.BREAKING,
        "bump": Bump.MAJOR,
        "severity": Severity.ERROR,
        "direction": Direction.INPUT,
        "element": "GET /orders",
        "subject": "operation GET /orders",
        "message": "GET /orders is gone",
        "because": "Callers get 404.",
        "evidence": Evidence(EvidenceKind.RULE),
        "migration": Migration("Stop calling it.", "Keep it."),
        "layers": ("wire",),
    }
    return Finding(**{**fields, **given})


def change(**given: Any) -> Change:
    fields: dict[str, Any] = {
        "kind": "operation.removed",
        "effect": Effect.NARROWED,
        "direction": Direction.INPUT,
        "element": "GET /orders",
        "subject": "operation GET /orders",
        "facts": {"deprecated": False},
    }
    return Change(**{**fields, **given})


def judgement(changed: Change, **given: Any) -> Judgement:
    fields: dict[str, Any] = {
        "change": changed,
        "rule": "operation-removed",
        "title": "Operation removed",
        "impact": Impact.BREAKING,
        "bump": Bump.MAJOR,
        "because": "Callers get 404.",
        "message": "GET /orders is gone",
        "migration": Migration("Stop calling it.", "Keep it."),
        "layers": ("wire",),
    }
    return Judgement(**{**fields, **given})


class TextDocuments:
    """`Documents` over texts in YAML, small enough to be read through."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def read_bytes(self, path: str) -> bytes | None:
        return self._files[path].encode() if path in self._files else None

    def document(self, path: str) -> Document:
        try:
            root = yaml.compose(self._files[path])
            value = yaml.safe_load(self._files[path])
        except yaml.MarkedYAMLError as error:
            raise UnreadableError("not valid YAML", path=path) from error
        twice = tuple(_duplicates(root)) if isinstance(root, yaml.MappingNode) else ()
        return Document(path, "blob", Syntax.YAML, self._files[path].encode(), value, twice)

    def resolve(self, origin: Node, reference: str) -> Node:
        raise UnreadableError(f"no references here: {reference}", path=origin.path)

    def exists(self, path: str) -> bool:
        return path in self._files

    def read_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        return {(path, pointer): self._locate(path, pointer) for path, pointer in keys}

    def _locate(self, path: str, pointer: str) -> Location:
        node = yaml.compose(self._files[path])
        mark = node.start_mark
        for token in pointer_tokens(pointer):
            if isinstance(node, yaml.MappingNode):
                key, node = next(pair for pair in node.value if pair[0].value == token)
                mark = key.start_mark
            elif isinstance(node, yaml.SequenceNode):
                node = node.value[int(token)]
                mark = node.start_mark
        return Location(path, pointer, mark.line + 1, mark.column + 1)


def _duplicates(root: yaml.MappingNode) -> list[DuplicateKey]:
    seen: set[str] = set()
    found = []
    for key, _ in root.value:
        if key.value in seen:
            found.append(DuplicateKey(key.value, key.start_mark.line + 1, key.start_mark.column + 1))
        seen.add(key.value)
    return found
