"""Whether a payload is valid under a schema: as we read it, and as the `jsonschema` library does."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from referencing import Registry

from contractguard.documents import DocumentSet
from contractguard.formats.jsonschema import read
from contractguard.model.payload import Role
from contractguard.semantics.evaluation import Evaluator
from contractguard.sources.memory import MemorySnapshot

_LIBRARY = {
    "draft-04": jsonschema.Draft4Validator,
    "draft-06": jsonschema.Draft6Validator,
    "draft-07": jsonschema.Draft7Validator,
    "draft-2019-09": jsonschema.Draft201909Validator,
    "draft-2020-12": jsonschema.Draft202012Validator,
}


def contract_of(schema: Any, dialect: str = "draft-2020-12", **others: Any) -> Any:
    """The contract `folder/schema.json`; keywords name further files beside it, without their suffix."""
    files = {f"folder/{name}.json": json.dumps(value).encode() for name, value in {"schema": schema, **others}.items()}
    return read(DocumentSet(MemorySnapshot("here", files)), "folder/schema.json", dialect=dialect)


def holds(schema: Any, payload: Any, dialect: str = "draft-2020-12", **others: Any) -> bool | None:
    """What contractguard says of the payload."""
    contract = contract_of(schema, dialect, **others)
    return Evaluator(contract.schemas, Role.NEITHER).holds(contract.schemas.read(contract.root), payload)


def holds_in_library(schema: Any, payload: Any, dialect: str = "draft-2020-12") -> bool:
    """What the library says."""
    return bool(_LIBRARY[dialect](schema, registry=Registry()).is_valid(payload))


def agrees(schema: Any, payload: Any, expected: bool, dialect: str = "draft-2020-12") -> bool:
    """Whether both say what is expected."""
    return holds(schema, payload, dialect) is expected and holds_in_library(schema, payload, dialect) is expected
