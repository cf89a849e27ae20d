"""Defaults that their own schema refuses.

Swagger 2.0 and OpenAPI 3.0: "this value MUST conform to the defined type". JSON Schema 2020-12, validation, 9.2, and so OpenAPI
3.1 and 3.2: "it is RECOMMENDED that a default value be valid against the associated schema".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from contractguard.errors import LimitError, UnreadableError
from contractguard.formats.jsonschema.dialects import schema_places
from contractguard.formats.validity import Fault
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType, Operation
from contractguard.model.places import Node
from contractguard.model.schema import SchemaReader
from contractguard.model.values import JsonValue

Holds: TypeAlias = Callable[[Node, JsonValue], bool | None]
"""Whether a value is valid under the schema at a node, or None where that cannot be said within limits."""

_MOST_BYTES: Final = 4_000_000
"""Larger files are not looked through: it would take longer than comparing them."""
_MOST_ASKED: Final = 1_000
_SHOWN: Final = 60
_PLAIN: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_SAY_NO_MORE: Final = frozenset(
    {"type", "default", "description", "title", "format", "example", "deprecated", "nullable"}
)


def defaults_refused(contract: OpenApiContract, holds: Holds) -> Iterator[Fault]:
    """The defaults in the root file that are not valid where they stand."""
    if len(contract.documents.document(contract.path).raw) > _MOST_BYTES:
        return
    asked = 0
    for schema in _schemas(contract):
        default = schema.get("default")
        if default is None or _is_plainly_valid(schema):
            continue
        asked += 1
        if asked > _MOST_ASKED:
            return
        if _holds(holds, schema, default.value) is False:
            told = json.dumps(default.value, ensure_ascii=False)
            yield Fault(default, f"the default {told[:_SHOWN]} is not valid by its own schema")


def _is_plainly_valid(schema: Node) -> bool:
    """Whether a schema says nothing but a type, and the default is of that type: most are so, and need no evaluation."""
    value = schema.value
    if not isinstance(value, dict) or not value.keys() <= _SAY_NO_MORE:
        return False
    kind = value.get("type")
    default = value.get("default")
    if kind is None:
        return True
    expected = _PLAIN.get(kind) if isinstance(kind, str) else None
    return (
        expected is not None and isinstance(default, expected) and (kind == "boolean" or not isinstance(default, bool))
    )


def _holds(holds: Holds, schema: Node, value: JsonValue) -> bool | None:
    try:
        return holds(schema, value)
    except (UnreadableError, LimitError):
        return None  # a reference in it leads nowhere, which is told as such


def _schemas(contract: OpenApiContract) -> Iterator[Node]:
    """All schemas that stand in the root file, each once, outer ones first."""
    seen: set[str] = set()
    stack = [*_roots(contract)][::-1]
    while stack:
        node = stack.pop()
        if node.path == contract.path and isinstance(node.value, dict) and node.pointer not in seen:
            seen.add(node.pointer)
            yield node
            stack += reversed([*_below(contract.schemas, node)])


def _below(reader: SchemaReader, node: Node) -> Iterator[Node]:
    places = schema_places(reader.dialect_at(node))
    for name, member in node.members():
        if name in places.of_named_schemas:
            yield from (child for _, child in member.members())
        elif name in places.of_schemas and isinstance(member.value, list):
            yield from member.items()
        elif name in places.of_a_schema:
            yield member


def _roots(contract: OpenApiContract) -> Iterator[Node]:
    for section in (contract.root.get("definitions"), _schemas_of_components(contract)):
        if section is not None:
            yield from (child for _, child in section.members())
    for operation in (*contract.api.operations, *contract.api.webhooks):
        yield from (node for node in _of_operation(operation) if node is not None)


def _schemas_of_components(contract: OpenApiContract) -> Node | None:
    components = contract.api.components
    return None if components is None else components.get("schemas")


def _of_operation(operation: Operation) -> Iterator[Node | None]:
    for parameter in operation.parameters.values():
        yield parameter.schema
        yield from _of_content(parameter.content.values())
    if operation.body is not None:
        yield from _of_content(operation.body.content.values())
    for response in operation.responses.values():
        yield from _of_content(response.content.values())
        for header in response.headers.values():
            yield header.schema
            yield from _of_content(header.content.values())


def _of_content(media_types: Iterable[MediaType]) -> Iterator[Node | None]:
    for media_type in media_types:
        yield media_type.schema
        yield media_type.item_schema
