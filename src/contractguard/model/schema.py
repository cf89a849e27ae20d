"""The normal form of a schema: JSON Schema draft-04 to 2020-12, and the schema objects of OpenAPI 2.0 to 3.2.

Different spellings of one set of payloads read into the same form: a bare `$ref` and an `allOf` of one are the schema
they name; `nullable` and `type: [x, "null"]` are `types`; `const` is an `enum` of one; boolean and numeric
`exclusiveMinimum` are a `Bound`; the branches of an `allOf` are folded in where that changes no payload. A keyword
that says nothing (`minItems: 0`, `additionalProperties: true`) is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing


class Dialect(StrEnum):
    """The language a schema is written in; decides which keywords mean what."""

    DRAFT_04 = "draft-04"
    DRAFT_06 = "draft-06"
    DRAFT_07 = "draft-07"
    DRAFT_2019_09 = "draft-2019-09"
    DRAFT_2020_12 = "draft-2020-12"
    OPENAPI_2_0 = "openapi-2.0"
    OPENAPI_3_0 = "openapi-3.0"
    OPENAPI_3_1 = "openapi-3.1"
    OPENAPI_3_2 = "openapi-3.2"


DYNAMIC_REFERENCES: Mapping[Dialect, str] = {
    Dialect.DRAFT_2019_09: "$recursiveRef",
    Dialect.DRAFT_2020_12: "$dynamicRef",
    Dialect.OPENAPI_3_1: "$dynamicRef",
    Dialect.OPENAPI_3_2: "$dynamicRef",
}
"""The keyword that refers to a place which depends on the dynamic scope, in the dialects that have one."""


OPENAPI_DIALECTS = frozenset(dialect for dialect in Dialect if dialect.startswith("openapi"))
"""The languages of schema objects in OpenAPI descriptions."""


class JsonType(StrEnum):
    """Types of JSON Schema. `integer` is part of `number`: a set never holds both."""

    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    ARRAY = "array"
    OBJECT = "object"


def type_of(value: JsonValue) -> JsonType:
    """The type of a value; whole numbers are integers however they are written (2020-12 validation, 6.1.1)."""
    if value is None:
        return JsonType.NULL
    if isinstance(value, bool):
        return JsonType.BOOLEAN
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return JsonType.INTEGER
    if isinstance(value, float):
        return JsonType.NUMBER
    if isinstance(value, str):
        return JsonType.STRING
    return JsonType.ARRAY if isinstance(value, list) else JsonType.OBJECT


def is_among(kind: JsonType, types: frozenset[JsonType] | None) -> bool:
    """Whether values of a type, as `type_of` tells it, are of one of `types`: an integer is a number, and None stands for all."""
    return types is None or kind in types or (kind is JsonType.INTEGER and JsonType.NUMBER in types)


def is_unsaid(value: object) -> bool:
    """Whether the value of a field of `Schema` means that the schema says nothing of the kind; 0 does say something."""
    return value is None or value is False or value is UNSET or (isinstance(value, tuple | Mapping) and not value)


@dataclass(frozen=True, slots=True)
class Bound:
    """A numeric bound; `exclusive` when the value itself is out."""

    value: int | float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Discriminator:
    """OpenAPI's discriminator: the property, and its mapping from value to schema reference as written.

    `default_mapping` is the schema that 3.2 gives to a payload without the property, or with a value that leads nowhere.
    """

    property_name: str
    mapping: Mapping[str, str]
    default_mapping: str | None = None


@dataclass(frozen=True, slots=True)
class OpenEnum:
    """Values that are listed without excluding others.

    `complete` where the list has all values that are possible today (`x-extensible-enum`, Zalando guidelines, rule 112); not
    where it names some of those that are valid (`anyOf: [{enum: …}, {type: string}]`).
    """

    values: tuple[Node, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schema:
    """A schema in normal form. Children are nodes, read in their turn with `SchemaReader.read` when they are needed.

    `None` (or an empty tuple or mapping) means that the schema says nothing of the kind. `origins` maps the name of each
    field below that says something to the node of the keyword that says it, for positions; `nullable` to OpenAPI's own keyword.
    """

    node: Node
    """Where the schema stands, after bare references were followed."""
    dialect: Dialect
    component: str | None = None
    """`components/schemas/Order`, `$defs/order`: the name of a shared definition, None for an inline schema."""
    adds_null: bool = False
    """The schema is that shared definition or null: `anyOf: [{$ref: …}, {type: null}]`."""
    origins: Mapping[str, Node] = field(default_factory=nothing)

    boolean: bool | None = None
    """The schema is `true` or `false` (or `{}`, which is `true`)."""

    # any type
    types: frozenset[JsonType] | None = None
    enum: tuple[Node, ...] | None = None
    """The values allowed, each where it stands; from `enum` or `const`, without duplicates."""
    format: str | None = None

    # numbers
    minimum: Bound | None = None
    maximum: Bound | None = None
    multiple_of: int | float | None = None

    # strings
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    content_schema: Node | None = None

    # arrays
    prefix_items: tuple[Node, ...] = ()
    items: Node | None = None
    """What every item after `prefix_items` must satisfy (`items`, or `additionalItems` of the older drafts)."""
    contains: Node | None = None
    min_contains: int | None = None
    """1 where `contains` stands without it."""
    max_contains: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    unevaluated_items: Node | None = None

    # objects
    properties: Mapping[str, Node] = field(default_factory=nothing)
    pattern_properties: Mapping[str, Node] = field(default_factory=nothing)
    additional_properties: Node | None = None
    """None where further properties are free; a node of value `false` where there are none."""
    unevaluated_properties: Node | None = None
    property_names: Node | None = None
    required: Mapping[str, Node] = field(default_factory=nothing)
    """Required name → the item of `required` that says so."""
    min_properties: int | None = None
    max_properties: int | None = None
    dependent_required: Mapping[str, frozenset[str]] = field(default_factory=nothing)
    dependent_schemas: Mapping[str, Node] = field(default_factory=nothing)

    # what counts for `unevaluated…` of a schema around this one, where the keyword that says it restricts nothing
    evaluates_properties: bool = False
    """`additionalProperties: true` or `unevaluatedProperties: true` is written: every property is evaluated."""
    evaluates_items: bool = False
    """`items: true`, `additionalItems: true` or `unevaluatedItems: true` is written: every item is evaluated."""

    # composition
    all_of: tuple[Node, ...] = ()
    any_of: tuple[Node, ...] = ()
    one_of: tuple[Node, ...] = ()
    not_: Node | None = None
    if_: Node | None = None
    then: Node | None = None
    else_: Node | None = None

    # annotations and marks
    default: JsonValue | Unset = UNSET
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    discriminator: Discriminator | None = None
    open_enum: OpenEnum | None = None
    """Values that are known, where others may come."""
    xml: JsonValue | Unset = UNSET
    documentation: Mapping[str, Node] = field(default_factory=nothing)
    """title, description, examples and the like: they restrict nothing."""
    extensions: Mapping[str, Node] = field(default_factory=nothing)
    """`x-…`, keywords with an owner before a colon (`confluent:tags`), and others that dialects reserve for extension."""
    unknown: Mapping[str, Node] = field(default_factory=nothing)
    """Keywords that contractguard does not read in this dialect. A difference in one is never compatible."""

    def origin(self, name: str) -> Node:
        """The node of the keyword behind the field `name`, the schema's own node where there is none."""
        return self.origins.get(name, self.node)


class SchemaReader(Protocol):
    """Reads nodes of one contract into normal form; the same node gives the same object."""

    def read(self, node: Node) -> Schema:
        """The normal form of the schema at `node`.

        Raises `UnreadableError` for a reference that does not resolve or that leads back to itself in place, and for a keyword
        whose value has the wrong shape; `LimitError` where too many schemas are nested in one place.
        """
        ...

    def dialect_at(self, node: Node) -> Dialect:
        """The dialect of a schema at `node`: as its own `$schema` says, else that of its file, else the contract."""
        ...

    def resolve(self, origin: Node, reference: str) -> Node:
        """The target of a `$ref` at `origin`, honouring `$id` and anchors where the dialect has them. Errors as for `read`."""
        ...
