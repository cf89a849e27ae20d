"""Whether an OpenAPI description is valid by the schemas that the OpenAPI Initiative publishes for its specification.

They are read from the files of openapi-spec-validator; the package itself is not imported, which takes ten times as long as
judging a description. In 3.1 and 3.2 the schemas in the description are judged by JSON Schema 2020-12, unless the description
names another dialect (`jsonSchemaDialect`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from contractguard.errors import InternalError
from contractguard.formats.openapi.specification import specification_of
from contractguard.formats.validity import Fault, MetaSchema
from contractguard.model.document import Documents
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

_JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
_UNDERSTOOD: Final = (
    _JSON_SCHEMA,
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
)
_METHODS: Final = frozenset("get put post delete options head patch trace query".split())
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


def faults(documents: Documents, path: str) -> Iterator[Fault]:
    """What is not valid in the description at `path`, in the order of the meta-schema.

    Only the file at `path` is judged, not the files that it refers to. Raises `UnreadableError` for a version of OpenAPI that
    is not read here.
    """
    root = documents.document(path).root
    dialect = specification_of(documents, path).dialect
    yield from _meta_schema(dialect, with_schemas=_follows_2020_12(root, dialect)).faults(root)
    yield from _operation_ids_used_twice(root)


def _follows_2020_12(root: Node, dialect: Dialect) -> bool:
    named = root.get("jsonSchemaDialect")
    of_its_own = dialect in (Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2)
    return of_its_own and (named is None or (isinstance(named.value, str) and named.value.startswith(_UNDERSTOOD)))


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
    return schema


def _operation_ids_used_twice(root: Node) -> Iterator[Fault]:
    """`operationId` must be unique among all operations of the description (OpenAPI 3.1.1, 4.8.10.1)."""
    found: list[Node] = []
    for section in ("paths", "webhooks"):
        items = root.get(section)
        for _, item in items.members() if items is not None else ():
            operations = (operation for method, operation in item.members() if method in _METHODS)
            found += [named for operation in operations if (named := operation.get("operationId")) is not None]
    count = Counter(named.value for named in found if isinstance(named.value, str))
    for named in found:
        if isinstance(named.value, str) and count[named.value] > 1:
            yield Fault(named, f"operationId {named.value[:80]!r} is used by {count[named.value]} operations")
