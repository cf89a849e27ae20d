"""Schemas in normal form, and an independent validator to compare with."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

import jsonschema
from jsonschema import _keywords, _legacy_keywords, _utils
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema import read
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.payload import Role
from contractguard.model.schema import Dialect, Schema, SchemaReader
from contractguard.semantics.evaluation import Evaluator


def read_schema(schema: Any, dialect: str = "draft-2020-12") -> tuple[SchemaReader, Schema]:
    """A reader of the schema, and its root in normal form. Dialects of OpenAPI are taken too."""
    documents = DocumentSet(in_memory("schema", schema))
    if dialect.startswith("openapi"):
        reader = SchemaNormaliser(documents, MEMORY_PATH, Dialect(dialect))
        return reader, reader.read(documents.document(MEMORY_PATH).root)
    contract = read(documents, MEMORY_PATH, dialect=dialect)
    return contract.schemas, contract.schemas.read(contract.root)


def holds(
    schema: Any,
    value: Any,
    *,
    dialect: str = "draft-2020-12",
    role: Role = Role.NEITHER,
    **options: Any,
) -> bool | None:
    """What the evaluator says of one value."""
    reader, root = read_schema(schema, dialect)
    return Evaluator(reader, role, **options).holds(root, value)


def _multiple_of(validator: Any, divisor: Any, instance: Any, _schema: Any) -> Any:
    if validator.is_type(instance, "number") and Decimal(repr(instance)) % Decimal(repr(divisor)) != 0:
        yield ValidationError("not a multiple")


def _unique_items(validator: Any, unique: Any, instance: Any, _schema: Any) -> Any:
    if unique and validator.is_type(instance, "array"):
        pairs = ((a, b) for index, a in enumerate(instance) for b in instance[:index])
        if any(_utils.equal(a, b) for a, b in pairs):
            yield ValidationError("not unique")


def _additional_items(validator: Any, rest: Any, instance: Any, schema: Any) -> Any:
    if isinstance(schema.get("items"), list):
        yield from _legacy_keywords.additionalItems(validator, rest, instance, schema)


@lru_cache
def _validator_class(draft: str) -> Any:
    """The validator of `jsonschema`, but for what it gets wrong, and for draft-04, where we read 1.0 as 1 as in all later drafts.

    Wrong are `multipleOf` of decimal fractions, equality of arrays within arrays, `additionalItems` beside boolean `items`,
    and (2019-09) properties that a schema of `additionalProperties` has looked at.
    """
    found = {
        "draft-04": jsonschema.Draft4Validator,
        "draft-06": jsonschema.Draft6Validator,
        "draft-07": jsonschema.Draft7Validator,
        "draft-2019-09": jsonschema.Draft201909Validator,
        "draft-2020-12": jsonschema.Draft202012Validator,
    }[draft]
    mended: dict[str, Any] = {"multipleOf": _multiple_of, "uniqueItems": _unique_items}
    if draft != "draft-2020-12":
        mended["additionalItems"] = _additional_items
    if draft == "draft-2019-09":
        mended["unevaluatedProperties"] = _keywords.unevaluatedProperties
    return extend(found, mended, type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER)


def oracle(schema: Any, draft: str) -> Any:
    """An independent validator for the schema, with `is_valid`."""
    return _validator_class(draft)(schema)
