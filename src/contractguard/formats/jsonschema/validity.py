"""Whether a JSON Schema is valid by the meta-schema of its dialect."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from contractguard.formats.validity import Fault, MetaSchema
from contractguard.model.contract import JsonSchemaContract
from contractguard.model.schema import Dialect

_META_SCHEMAS: Final = {
    Dialect.DRAFT_04: "http://json-schema.org/draft-04/schema#",
    Dialect.DRAFT_06: "http://json-schema.org/draft-06/schema#",
    Dialect.DRAFT_07: "http://json-schema.org/draft-07/schema#",
    Dialect.DRAFT_2019_09: "https://json-schema.org/draft/2019-09/schema",
    Dialect.DRAFT_2020_12: "https://json-schema.org/draft/2020-12/schema",
    # They add annotations to 2020-12 (OpenAPI 3.1.1, section 4.8.24.1).
    Dialect.OPENAPI_3_1: "https://json-schema.org/draft/2020-12/schema",
    Dialect.OPENAPI_3_2: "https://json-schema.org/draft/2020-12/schema",
}
_SECTIONS: Final = tuple(
    (name, "*") for name in ("definitions", "$defs", "properties", "patternProperties", "dependentSchemas")
)


def faults(contract: JsonSchemaContract) -> Iterator[Fault]:
    """What is not valid in a schema by its dialect. Files that it refers to are not judged, nor are schemas in the language of
    OpenAPI 2.0 and 3.0, which have no meta-schema of their own.
    """
    dialect = contract.schemas.dialect_at(contract.root)
    if dialect in _META_SCHEMAS:
        yield from _meta_schema(dialect).faults(contract.root)


@lru_cache(maxsize=len(_META_SCHEMAS))
def _meta_schema(dialect: Dialect) -> MetaSchema:
    uri = _META_SCHEMAS[dialect]
    return MetaSchema({"$schema": uri, "$ref": uri}, resources={}, sections=_SECTIONS, frame={})
