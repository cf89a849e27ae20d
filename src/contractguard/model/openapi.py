"""The normal form of an OpenAPI description, 2.0 to 3.2.

Parameters of the path are merged into its operations, references to components are followed, Swagger 2.0 `body` and
`formData` parameters are a `Body`, `host`, `basePath` and `schemes` are servers, `consumes` and `produces` are media types.
Every object keeps three mappings: `documentation` (summary, description, examples: they bind nobody), `extensions` (`x-…`) and
`unread` (fields that nothing here reads; a difference there is an unjudged change).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contractguard.model.places import Node
from contractguard.model.values import JsonValue, nothing


class ParameterLocation(StrEnum):
    """Where a parameter is sent."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What every object of a description has: its place after references, its shared name, and what binds nobody.

    `component` is the name of the shared definition (`components/parameters/limit`) that the object stands in, or None.
    """

    node: Node
    component: str | None = None
    documentation: Mapping[str, Node] = field(default_factory=nothing)
    extensions: Mapping[str, Node] = field(default_factory=nothing)
    unread: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MediaType(Part):
    """Content of one media type. `name` as written. `schema` is the payload, `item_schema` one item of a 3.2 stream.

    `encoding` maps fields to Encoding Objects; `prefix_encoding` (a list) and `item_encoding` are those of parts by position.
    """

    name: str
    schema: Node | None = None
    item_schema: Node | None = None
    encoding: Node | None = None
    prefix_encoding: Node | None = None
    item_encoding: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter(Part):
    """A parameter of an operation, or (without `location`) a header of a response.

    `style` and `explode` have their defaults filled in. A parameter has either `schema` or `content`.
    """

    name: str
    location: ParameterLocation | None
    required: bool
    deprecated: bool = False
    schema: Node | None = None
    content: Mapping[str, MediaType] = field(default_factory=nothing)
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    allow_empty_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body(Part):
    """A request body."""

    required: bool
    content: Mapping[str, MediaType]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Response(Part):
    """A response; `status` is `200`, `4XX` or `default`. Header names are lower-cased."""

    status: str
    content: Mapping[str, MediaType]
    headers: Mapping[str, Parameter] = field(default_factory=nothing)
    links: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class SecurityAlternative:
    """One way to be let in: all of these schemes together, each with its scopes. No scheme at all: anybody."""

    schemes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServerVariable(Part):
    """A variable of a base URL. `values` are those of `enum`, each where it stands; None where any value goes."""

    name: str
    values: Mapping[str, Node] | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Server(Part):
    """A base URL, with the names of its variables as written (2.0: scheme, host and basePath joined)."""

    url: str
    variables: Mapping[str, ServerVariable] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lifecycle:
    """Deprecation marks of an operation (RFC 9745 and common extensions). Dates as written."""

    deprecated: bool = False
    sunset: str | None = None
    replaced_by: str | None = None
    stability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation(Part):
    """One method of one path, as a caller meets it. `method` is upper-case, `path` the template as written.

    `parameters` has path-level ones merged in, keyed by location and name (header names lower-cased). `security` None means
    that the description says nothing about it, here or at the root. `callbacks` maps name → (expression → operations).
    """

    method: str
    path: str
    operation_id: str | None = None
    tags: tuple[str, ...] = ()
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    parameters: Mapping[tuple[ParameterLocation, str], Parameter] = field(default_factory=nothing)
    body: Body | None = None
    responses: Mapping[str, Response] = field(default_factory=nothing)
    security: tuple[SecurityAlternative, ...] | None = None
    security_node: Node | None = None
    servers: tuple[Server, ...] = ()
    callbacks: Mapping[str, Mapping[str, tuple[Operation, ...]]] = field(default_factory=nothing)
    callback_nodes: Mapping[str, Node] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecurityScheme(Part):
    """A security scheme; `value` is the object as written."""

    name: str
    value: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Api(Part):
    """A whole description. Operations and webhooks in file order; a webhook's `path` is its name."""

    specification: str
    """The exact version it names: `3.1.0`."""
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...] = ()
    servers: tuple[Server, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=nothing)
    tags: Node | None = None
    info: Node | None = None
    components: Node | None = None
    """For what is defined and used nowhere; `definitions` and the like in 2.0 are not here."""
    marks: Mapping[str, Node] = field(default_factory=nothing)
    """Lifecycle marks of the whole description, from its root and from `info`, under their canonical names."""
