"""A payload checked against a schema that a test writes down."""

from __future__ import annotations

import json
from typing import Any

from contractguard.documents import DocumentSet
from contractguard.model.payload import Checked, Role
from contractguard.model.schema import Dialect
from contractguard.sources.memory import MemorySnapshot
from contractguard.validators import PayloadValidator


def documents_of(files: dict[str, Any]) -> DocumentSet:
    """A snapshot of JSON files."""
    return DocumentSet(MemorySnapshot("v1", {path: json.dumps(value).encode() for path, value in files.items()}))


def check_payload(
    schema: Any,
    payload: Any,
    dialect: Dialect = Dialect.DRAFT_2020_12,
    *,
    role: Role = Role.NEITHER,
    pointer: str = "",
    path: str = "schemas/root.json",
    **files: Any,
) -> Checked:
    """The answer for a schema that is a file of its own, or lies at `pointer` of it; `files` are others, `__` for a slash."""
    others = {f"{name.replace('__', '/')}.json": value for name, value in files.items()}
    documents = documents_of({path: schema, **others})
    node = documents.document(path).root
    for token in pointer.split("/")[1:]:
        node = node.child(token.replace("~1", "/").replace("~0", "~"))
    return PayloadValidator(documents).check(node, payload, dialect=dialect, role=role)
