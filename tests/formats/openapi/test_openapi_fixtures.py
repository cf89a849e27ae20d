"""The descriptions under `fixtures/formats`: each valid one reads in full, each invalid one is refused for its one fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from openapi_memory import FIXTURES, read_files

from contractguard.errors import UnreadableError
from contractguard.model.contract import OpenApiContract

VALID = FIXTURES / "valid" / "openapi"
INVALID = FIXTURES / "invalid" / "openapi"
OPERATIONS = {
    "orders-2.0.yaml": ["GET /orders", "POST /orders", "PUT /orders/{id}/invoice"],
    "orders-3.0.yaml": ["GET /orders/{id}", "GET /orders/{id}/invoice", "POST /orders"],
    "orders-3.1.yaml": ["GET /orders"],
    "orders-3.2.yaml": ["QUERY /orders", "COPY /orders"],
    "several-files/openapi.yaml": ["GET /orders", "GET /orders/{id}"],
}
FAULTS = {
    "no-version": "names no version",
    "not-an-object": "must be an object",
    "operation-as-text": "operation GET /orders must be an object, not a string",
    "parameter-without-name": "a parameter has no 'name'",
    "parameter-without-place": "a parameter has no 'in'",
    "paths-as-a-list": "paths must be an object, not an array",
    "reference-to-itself": "leads back to itself",
    "reference-to-nothing": "leads nowhere",
    "responses-as-a-list": "responses must be an object, not an array",
    "security-as-an-object": "security must be an array, not an object",
    "unknown-version": "OpenAPI version '4.0.0' is not supported",
}


def read_fixture(root: Path, name: str) -> OpenApiContract:
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}
    return read_files(files, name)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_valid_description_is_read_and_nothing_in_it_is_left_unread(name: str) -> None:
    api = read_fixture(VALID, name).api
    assert [f"{operation.method} {operation.path}" for operation in api.operations] == OPERATIONS[name]
    assert set(api.unread) <= {"jsonSchemaDialect"}
    for operation in (*api.operations, *api.webhooks):
        parts = [operation, *operation.parameters.values(), *operation.responses.values()]
        for response in operation.responses.values():
            parts += [*response.content.values(), *response.headers.values()]
        if operation.body is not None:
            parts += [operation.body, *operation.body.content.values()]
        assert [dict(part.unread) for part in parts if part.unread] == []


@pytest.mark.parametrize("name", FAULTS)
def test_an_invalid_description_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_fixture(INVALID, f"{name}.yaml")
    assert FAULTS[name] in caught.value.message
    assert caught.value.path == f"{name}.yaml"


def test_every_fixture_is_tested() -> None:
    assert {path.stem for path in INVALID.iterdir()} == set(FAULTS)
    assert {path.name for path in VALID.iterdir()} == {name.partition("/")[0] for name in OPERATIONS}
