"""Lifecycle marks of schemas and properties: `deprecated`, and what extensions say beside it."""

from __future__ import annotations

from contractguard.diff.marks import deprecation_details, mark_changes
from contractguard.diff.schema.pair import Pair
from contractguard.model.change import Effect
from contractguard.model.schema import Dialect, Schema


def compare_schema_marks(pair: Pair) -> None:
    """Compare the lifecycle marks of two schemas. Those of a Swagger 2.0 parameter, which is its own schema, are its own."""
    if _is_parameter(pair.base) or _is_parameter(pair.head):
        return
    if pair.base.deprecated != pair.head.deprecated:
        pair.change(
            "deprecation.added" if pair.head.deprecated else "deprecation.removed",
            Effect.NONE,
            "deprecated",
            facts={"of": "schema"},
            details=deprecation_details(pair.head.extensions) if pair.head.deprecated else None,
        )
    moved = pair.head.deprecated != pair.base.deprecated
    for change in mark_changes(pair.base.extensions, pair.head.extensions, deprecation_moved=moved):
        pair.change(
            change.kind,
            Effect.NONE,
            before=change.before,
            after=change.after,
            base=change.base or pair.base.node,
            head=change.head or pair.head.node,
            facts=change.facts,
            details=change.details,
        )


def _is_parameter(schema: Schema) -> bool:
    return schema.dialect is Dialect.OPENAPI_2_0 and schema.node.get("in") is not None
