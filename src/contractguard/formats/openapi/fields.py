"""The fields of each object: which ones the reader takes, and which ones only document.

Sources: Swagger 2.0, and OpenAPI 3.0.4, 3.1.1 and 3.2.0, section "Schema" of each. A field that is in neither list and is no
extension ends up in `Part.unread`, so that a difference in it is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from contractguard.formats.marks import with_canonical_marks
from contractguard.model.lifecycle import KNOWN_NAMES, MarkNames
from contractguard.model.places import Node
from contractguard.model.values import escape_token, nothing

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of object. `has_marks` says that lifecycle extensions mean something there."""

    read: frozenset[str]
    documentation: frozenset[str]
    has_marks: bool = False


class Rest(TypedDict):
    """What is left of an object beside the fields that the model has: the three mappings of `Part`."""

    documentation: Mapping[str, Node]
    extensions: Mapping[str, Node]
    unread: Mapping[str, Node]


def _fields(read: str, documentation: str, *, has_marks: bool = False) -> Fields:
    return Fields(frozenset(read.split()), frozenset(documentation.split()), has_marks)


ROOT_3 = _fields("openapi jsonSchemaDialect info servers paths webhooks components security tags", "externalDocs $self")
ROOT_2 = _fields(
    "swagger info host basePath schemes consumes produces paths definitions parameters responses securityDefinitions "
    "security tags",
    "externalDocs",
)
COMPONENTS = _fields(
    "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems mediaTypes",
    "",
)
PATH_ITEM = _fields(
    "get put post delete options head patch trace query additionalOperations parameters servers $ref",
    "summary description",
    has_marks=True,
)
OPERATION_3 = _fields(
    "tags operationId parameters requestBody responses callbacks deprecated security servers",
    "summary description externalDocs",
    has_marks=True,
)
OPERATION_2 = _fields(
    "tags operationId consumes produces parameters responses schemes deprecated security",
    "summary description externalDocs",
    has_marks=True,
)
PARAMETER_3 = _fields(
    "name in required deprecated schema content style explode allowReserved allowEmptyValue",
    "summary description example examples",
    has_marks=True,
)
HEADER_3 = _fields(
    "required deprecated schema content style explode",
    # The last two "MUST NOT be used" here (OpenAPI 3.0.4, section 4.7.21), and mean nothing where they are.
    "summary description example examples allowEmptyValue allowReserved",
    has_marks=True,
)
BODY_3 = _fields("content required", "summary description")
BODY_2 = _fields("name in required schema", "description")
RESPONSE_3 = _fields("headers content links", "summary description")
RESPONSE_2 = _fields("schema headers", "description examples")
MEDIA_TYPE = _fields("schema itemSchema encoding prefixEncoding itemEncoding", "summary description example examples")
SERVER = _fields("url variables", "description name")
SERVER_VARIABLE = _fields("enum default", "description")
SECURITY_SCHEME = _fields("", "description")

_SCHEMA_OF_ITEMS = (
    "type format items default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems "
    "uniqueItems enum multipleOf "
)
PARAMETER_2 = _fields(
    _SCHEMA_OF_ITEMS + "name in required allowEmptyValue collectionFormat", "description", has_marks=True
)
HEADER_2 = _fields(_SCHEMA_OF_ITEMS + "collectionFormat", "description", has_marks=True)


def rest_of(
    node: Node, fields: Fields, *, also_unread: frozenset[str] = frozenset(), marks: MarkNames = KNOWN_NAMES
) -> Rest:
    """Sort what `fields` does not read into documentation, extensions and unread; `also_unread` had values of no use.

    Lifecycle marks are looked for under `marks`, where they mean something.
    """
    value = node.value
    documentation: dict[str, Node] = {}
    extensions: dict[str, Node] = {}
    unread: dict[str, Node] = {}
    if isinstance(value, dict):
        for name, item in value.items():
            if name in fields.read and name not in also_unread:
                continue
            child = Node(item, node.path, f"{node.pointer}/{escape_token(name)}")
            if name in fields.documentation:
                documentation[name] = child
            elif name.startswith("x-"):
                extensions[name] = child
            else:
                unread[name] = child
    if fields.has_marks and extensions:
        extensions = with_canonical_marks(extensions, marks)
    return {
        "documentation": documentation or nothing(),
        "extensions": extensions or nothing(),
        "unread": unread or nothing(),
    }


def merged(*parts: tuple[str, Rest]) -> Rest:
    """Several rests as one. Each comes with a prefix for its names: the way from the object that takes them (`responses/`)."""
    documentation: dict[str, Node] = {}
    extensions: dict[str, Node] = {}
    unread: dict[str, Node] = {}
    for prefix, rest in parts:
        documentation |= {prefix + name: node for name, node in rest["documentation"].items()}
        extensions |= {prefix + name: node for name, node in rest["extensions"].items()}
        unread |= {prefix + name: node for name, node in rest["unread"].items()}
    return {"documentation": documentation, "extensions": extensions, "unread": unread}
