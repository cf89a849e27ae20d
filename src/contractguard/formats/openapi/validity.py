"""Whether an OpenAPI description is valid: by the schemas that the OpenAPI Initiative publishes, and by what only the text says.

The schemas are read from the files of openapi-spec-validator; the package itself is not imported, which takes ten times as long
as judging a description. In 3.1 and 3.2 the schemas in the description are judged by JSON Schema 2020-12, unless the description
names another dialect (`jsonSchemaDialect`). What the text of the specification asks for beyond them stands in the modules beside
this one: `consistency`, `dangling`, `defaults`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final

from contractguard.errors import InternalError
from contractguard.formats.openapi.consistency import inconsistencies
from contractguard.formats.openapi.dangling import dangling_references
from contractguard.formats.openapi.defaults import Holds, defaults_refused
from contractguard.formats.openapi.specification import specification_of
from contractguard.formats.validity import MOST_FAULTS, Fault, MetaSchema
from contractguard.model.contract import OpenApiContract
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

_JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
_LIKE_2020_12: Final = (Dialect.DRAFT_2020_12, Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2)
_INFO: Final[JsonValue] = {"title": "", "version": ""}
_SECTIONS_3: Final = (("paths", "*"), ("webhooks", "*"), ("components", "*", "*"))
_SECTIONS_2: Final = (
    ("paths", "*"),
    ("definitions", "*"),
    ("parameters", "*"),
    ("responses", "*"),
    ("securityDefinitions", "*"),
)
_RELEASES: Final = {
    Dialect.OPENAPI_2_0: ("v2.0", {"swagger": "2.0", "info": _INFO, "paths": {}}, _SECTIONS_2),
    Dialect.OPENAPI_3_0: ("v3.0", {"openapi": "3.0.3", "info": _INFO, "paths": {}}, _SECTIONS_3),
    Dialect.OPENAPI_3_1: ("v3.1", {"openapi": "3.1.0", "info": _INFO, "paths": {}}, _SECTIONS_3),
    Dialect.OPENAPI_3_2: ("v3.2", {"openapi": "3.2.0", "info": _INFO, "paths": {}}, _SECTIONS_3),
}

_CALLBACK: Final = ("$defs", "callbacks")
_LINK: Final = ("$defs", "link", "properties")
_ERRATA_3: Final[tuple[tuple[tuple[str, ...], JsonValue], ...]] = (
    # "This object MAY be extended with Specification Extensions" (3.1.1, section 4.8.18): they are no path items.
    ((*_CALLBACK, "patternProperties"), {"^x-": True}),
    # "Map[string, Any | {expression}]" (3.1.1, section 4.8.20.1): constants of any type.
    ((*_LINK, "parameters"), {"type": "object"}),
)
_ERRATA: Final[dict[str, tuple[tuple[tuple[str, ...], JsonValue], ...]]] = {
    # The schema calls `body` what is `server` (3.1.1, section 4.8.20.1).
    "v3.1": (*_ERRATA_3, ((*_LINK, "server"), {"$ref": "#/$defs/server"})),
    "v3.2": _ERRATA_3,
}
"""Where the published schemas refuse what the text of the specification allows: the place, and what belongs there."""


def faults(contract: OpenApiContract, holds: Holds) -> Iterator[Fault]:
    """What is not valid in a description, in the order of the meta-schema, then what only the text of the specification says.

    Only the root file is judged, not the files that it refers to. `holds` evaluates a schema.
    """
    yield from published_faults(contract)
    for rules in (inconsistencies(contract), dangling_references(contract), defaults_refused(contract, holds)):
        yield from islice(rules, MOST_FAULTS)


def published_faults(contract: OpenApiContract) -> Iterator[Fault]:
    """What the published schemas do not allow in a description, in their order."""
    dialect = specification_of(contract.documents, contract.path).release
    yield from _meta_schema(dialect, with_schemas=_follows_2020_12(contract, dialect)).faults(contract.root)


def _follows_2020_12(contract: OpenApiContract, release: Dialect) -> bool:
    named = contract.root.get("jsonSchemaDialect")
    if release not in (Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2) or named is None:
        return release in _LIKE_2020_12
    return isinstance(named.value, str) and contract.documents.dialects.named(named.value) in _LIKE_2020_12


@lru_cache(maxsize=8)
def _meta_schema(dialect: Dialect, *, with_schemas: bool) -> MetaSchema:
    folder, frame, sections = _RELEASES[dialect]
    published = _published(folder)
    resources: dict[str, JsonValue] = {}
    if with_schemas:
        identifier = str(published["$id"])
        resources[identifier] = published
        # The schema of the description leaves open what a schema is; `$dynamicAnchor` puts it in (2020-12 core, 8.2.3.2).
        published = {
            "$schema": _JSON_SCHEMA,
            "$id": "urn:contractguard:openapi-with-schemas",
            "$ref": identifier,
            "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _JSON_SCHEMA}},
        }
    return MetaSchema(published, resources=resources, sections=sections, frame=frame)


def _published(folder: str) -> dict[str, JsonValue]:
    spec = find_spec("openapi_spec_validator")
    if spec is None or spec.origin is None:
        raise InternalError("openapi-spec-validator is not installed", remedy="install contractguard again")
    file = Path(spec.origin).parent / "resources" / "schemas" / folder / "schema.json"
    schema: dict[str, JsonValue] = json.loads(file.read_bytes())
    for way, value in _ERRATA.get(folder, ()):
        _put(schema, way, value)
    return schema


def _put(schema: JsonValue, way: tuple[str, ...], value: JsonValue) -> None:
    for token in way[:-1]:
        schema = schema[token] if isinstance(schema, dict) else None
    if isinstance(schema, dict):
        schema[way[-1]] = value
