"""Pairs of OpenAPI descriptions that lie in memory, everything that differs between them, and the parts to build them from."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "formats" / "openapi"))

from openapi_memory import read_files

from contractguard.diff import compare
from contractguard.model.change import Change, Direction
from contractguard.model.contract import OpenApiContract
from contractguard.model.finding import Reading

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
Case = tuple[str, Any, Any, list[str]]
"""Name, base, head, and exactly what differs: `kind effect direction element`, argued from the specification."""
S = {"type": "string"}
JSON = {"application/json": {"schema": S}}
OK = {"200": {"description": "ok"}}
LIMIT = "GET /orders > query parameter limit"
REQUEST = "POST /orders > request"
RESPONSE = "GET /orders > response"


def contract(side: str | Mapping[str, Any]) -> OpenApiContract:
    """Read a description: a parsed value, the text of `api.yaml`, or the texts of files with an `api.yaml` among them."""
    if isinstance(side, str):
        return read_files({"api.yaml": side})
    if "api.yaml" in side:
        return read_files(side)
    return read_files({"api.json": json.dumps(side)}, "api.json")


def real_side(pair: str, side: str) -> OpenApiContract:
    """One side of a real pair in JSON."""
    text = (REAL / "pairs" / pair / f"{side}.json").read_text(encoding="utf-8")
    return read_files({"api.json": text}, "api.json")


def changes_of(base: OpenApiContract, head: OpenApiContract) -> list[Change]:
    """All changes between the operations, payloads included, whichever specification they are written in."""
    comparison = compare(base, head, reading=Reading.DECLARED, directions=[Direction.INPUT])
    assert not comparison.errors
    return [change for change in comparison.changes if change.kind != "specification.changed"]


def changes_between(base: str | Mapping[str, Any], head: str | Mapping[str, Any]) -> list[Change]:
    """All changes between two descriptions, given as for `contract`."""
    return changes_of(contract(base), contract(head))


def only(base: str | Mapping[str, Any], head: str | Mapping[str, Any], kind: str) -> Change:
    """The one change of a kind."""
    (found,) = [change for change in changes_between(base, head) if change.kind == kind]
    return found


def told(change: Change) -> str:
    """What a change says, short: kind, effect, direction, element."""
    return f"{change.kind} {change.effect} {change.direction} {change.element}"


def api(paths: Any = None, *, openapi: str = "3.1.0", **more: Any) -> dict[str, Any]:
    """A description of OpenAPI 3."""
    return {"openapi": openapi, "info": {"title": "t", "version": "1"}, "paths": paths or {}, **more}


def swagger(paths: Any = None, **more: Any) -> dict[str, Any]:
    """A description of Swagger 2.0."""
    return {"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": paths or {}, **more}


def operation(path: str = "/orders", method: str = "get", **fields: Any) -> dict[str, Any]:
    """The paths of a description with one operation."""
    return {path: {method: {"responses": {}, **fields}}}


def op(**fields: Any) -> Any:
    """A description of OpenAPI 3 with one operation."""
    return api(operation(**fields))


def query(**fields: Any) -> Any:
    """One operation with a query parameter."""
    return op(parameters=[{"name": "limit", "in": "query", "schema": S, **fields}])


def body(**fields: Any) -> Any:
    """One operation with a body."""
    return op(method="post", requestBody={"content": JSON, **fields})


def answers(*statuses: str) -> Any:
    """One operation with empty responses."""
    return op(responses={status: {"description": "d"} for status in statuses})


def content(*names: str, schema: Any = S) -> Any:
    """One operation with a response of some media types."""
    return op(responses={"200": {"description": "d", "content": {name: {"schema": schema} for name in names}}})


def header(**fields: Any) -> Any:
    """One operation with a response with a header."""
    headers = {"Retry-After": {"schema": S, **fields}}
    return op(responses={"200": {"description": "d", "headers": headers}})
