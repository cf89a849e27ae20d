"""The dialects: how each is named, and which keywords it gives which meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from contractguard.model.dialects import STANDARD
from contractguard.model.schema import Dialect

_DIALECT_NAMES = {
    **{str(dialect): dialect for dialect in Dialect},
    "2019-09": Dialect.DRAFT_2019_09,
    "2020-12": Dialect.DRAFT_2020_12,
    "draft4": Dialect.DRAFT_04,
    "draft6": Dialect.DRAFT_06,
    "draft7": Dialect.DRAFT_07,
    "draft201909": Dialect.DRAFT_2019_09,
    "draft202012": Dialect.DRAFT_2020_12,
}


def dialect_named(name: str) -> Dialect | None:
    """The dialect a user names: `draft-07`, `draft7`, `2020-12`, or the URI of a meta-schema."""
    return _DIALECT_NAMES.get(name.strip().lower()) or STANDARD.named(name)


DIALECT_CHOICES = tuple(str(dialect) for dialect in Dialect if not dialect.startswith("openapi"))
"""The dialects of JSON Schema contracts, as `--dialect` takes them."""

OPENAPI_30_LIKE = frozenset({Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0})
NULL_IS_A_TYPE = frozenset(Dialect) - OPENAPI_30_LIKE
"""Where `null` is a type, so that a union with it is another way to write a type list."""
REF_HIDES_SIBLINGS = frozenset({Dialect.DRAFT_04, Dialect.DRAFT_06, Dialect.DRAFT_07}) | OPENAPI_30_LIKE
"""Where `$ref` stands alone: all members beside it are ignored (draft-07 core 8.3; OpenAPI 3.0.3 Reference Object)."""
BOOLEAN_EXCLUSIVE = frozenset({Dialect.DRAFT_04}) | OPENAPI_30_LIKE
"""Where `exclusiveMinimum` is a boolean beside `minimum`."""
ITEMS_MAY_BE_A_TUPLE = frozenset({Dialect.DRAFT_04, Dialect.DRAFT_06, Dialect.DRAFT_07, Dialect.DRAFT_2019_09})
"""Where `items` may be an array of schemas, with `additionalItems` for the rest."""

_VALIDATION = frozenset(
    "type enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern items maxItems minItems "
    "uniqueItems maxProperties minProperties required properties additionalProperties allOf format".split()
)
_DRAFT_04 = _VALIDATION | set(
    "additionalItems patternProperties dependencies anyOf oneOf not default deprecated".split()
)
_DRAFT_06 = _DRAFT_04 | {"const", "contains", "propertyNames"}
_DRAFT_07 = _DRAFT_06 | set("if then else readOnly writeOnly contentEncoding contentMediaType".split())
_DRAFT_2019_09 = _DRAFT_07 | set(
    "dependentRequired dependentSchemas minContains maxContains unevaluatedItems unevaluatedProperties "
    "contentSchema".split()
)
_DRAFT_2020_12 = (_DRAFT_2019_09 - {"additionalItems"}) | {"prefixItems"}
_OPENAPI_2_0 = _VALIDATION | {"default", "readOnly", "discriminator", "xml", "deprecated"}
_OPENAPI_3_0 = _OPENAPI_2_0 | set("anyOf oneOf not nullable writeOnly".split())
_OPENAPI_3_1 = _DRAFT_2020_12 | {"discriminator", "xml"}

KEYWORDS: dict[Dialect, frozenset[str]] = {
    Dialect.DRAFT_04: _DRAFT_04,
    Dialect.DRAFT_06: _DRAFT_06,
    Dialect.DRAFT_07: _DRAFT_07,
    Dialect.DRAFT_2019_09: _DRAFT_2019_09,
    Dialect.DRAFT_2020_12: _DRAFT_2020_12,
    Dialect.OPENAPI_2_0: _OPENAPI_2_0,
    Dialect.OPENAPI_3_0: _OPENAPI_3_0,
    Dialect.OPENAPI_3_1: _OPENAPI_3_1,
    Dialect.OPENAPI_3_2: _OPENAPI_3_1,
}
"""The keywords that say something about payloads or mark them, dialect by dialect.

`deprecated` came with 2019-09 (validation, 9.3). It is read in older dialects, too: there it is an annotation that many write.
"""

DOCUMENTATION = frozenset("title description examples example externalDocs $comment summary".split())
"""Keywords that restrict nothing and mean nothing to a program."""

IDENTIFICATION = frozenset(
    "$schema $id id $anchor $dynamicAnchor $recursiveAnchor $vocabulary $defs definitions $ref".split()
)
"""Keywords that say where a schema is and what it holds for others to refer to."""

PARAMETER_MEMBERS = frozenset({"name", "in", "collectionFormat", "allowEmptyValue"})
"""Members of a Swagger 2.0 parameter, header or items object that stand among its schema keywords."""

HAS_DYNAMIC_ANCHORS = frozenset({Dialect.DRAFT_2020_12, Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
"""Where `$dynamicAnchor` and `$dynamicRef` are keywords (2020-12 core, 8.2.2 and 8.2.3.2)."""
HAS_ANCHORS = HAS_DYNAMIC_ANCHORS | {Dialect.DRAFT_2019_09}
"""Where `$anchor` is a keyword. Before, `$id: "#name"` (in draft-04, `id: "#name"`) said the same."""


@dataclass(frozen=True, slots=True)
class SchemaPlaces:
    """The keywords of a dialect whose value is a schema, an array of schemas, an object of schemas: where identifiers count."""

    of_a_schema: frozenset[str]
    of_schemas: frozenset[str]
    of_named_schemas: frozenset[str]


_HOLDS_A_SCHEMA = frozenset(
    "additionalItems additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems "
    "unevaluatedProperties".split()
)
_HOLDS_SCHEMAS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_HOLDS_NAMED_SCHEMAS = frozenset({"dependentSchemas", "dependencies", "patternProperties", "properties"})


@cache
def schema_places(dialect: Dialect) -> SchemaPlaces:
    """Where subschemas stand in a schema of this dialect. `definitions` has stayed such a place since it became `$defs`."""
    known = KEYWORDS[dialect]
    return SchemaPlaces(
        _HOLDS_A_SCHEMA & known,
        _HOLDS_SCHEMAS & known | ({"items"} if dialect in ITEMS_MAY_BE_A_TUPLE else set()),
        _HOLDS_NAMED_SCHEMAS & known | {"definitions"} | ({"$defs"} if dialect in HAS_ANCHORS else set()),
    )
