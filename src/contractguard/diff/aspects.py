"""What of a pair of schemas a change is about: evidence for the change is a payload that is taken differently because of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contractguard.diff.schema.pair import Found
from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.model.values import UNSET, JsonValue, Unset
from contractguard.semantics.inclusion.facets import Facets
from contractguard.semantics.inclusion.literals import Side

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "type.changed": ("types", "enum"),
    "null.refused": ("types", "enum"),
    "null.allowed": ("types", "enum"),
    "enum.value-removed": ("enum",),
    "enum.value-added": ("enum",),
    "enum.added": ("enum",),
    "enum.removed": ("enum",),
    "const.changed": ("enum",),
    "multiple-of.changed": ("multiple_of",),
    "pattern.added": ("pattern",),
    "pattern.removed": ("pattern",),
    "pattern.changed": ("pattern",),
    "unique-items.added": ("unique_items",),
    "unique-items.removed": ("unique_items",),
    "contains.added": ("contains", "min_contains", "max_contains"),
    "contains.removed": ("contains", "min_contains", "max_contains"),
    "additional-properties.forbidden": ("additional_properties",),
    "additional-properties.allowed": ("additional_properties",),
    "any-of.added": ("any_of",),
    "any-of.removed": ("any_of",),
    "one-of.added": ("one_of",),
    "one-of.removed": ("one_of",),
    "not.added": ("not_",),
    "not.removed": ("not_",),
    "condition.added": ("if_", "then", "else_"),
    "condition.removed": ("if_", "then", "else_"),
    "condition.changed": ("if_", "then", "else_"),
    "dependent-required.added": ("dependent_required",),
    "dependent-required.removed": ("dependent_required",),
}
"""Kind → the fields of the schema that say what changed. Where a kind is absent, the whole schema is asked about."""

_BOUNDS: Mapping[str, tuple[str, ...]] = {
    "minimum": ("minimum",),
    "maximum": ("maximum",),
    "minLength": ("min_length",),
    "maxLength": ("max_length",),
    "minItems": ("min_items",),
    "maxItems": ("max_items",),
    "minProperties": ("min_properties",),
    "maxProperties": ("max_properties",),
    "minContains": ("contains", "min_contains"),
    "maxContains": ("contains", "max_contains"),
}


@dataclass(frozen=True, slots=True)
class Aspect:
    """What of a schema a change is about: some fields, or what it says of one property; the whole of it where neither is given.

    `branch` is the schema of an `allOf` meant instead, and `alternative` one that the payload must make use of, both
    of `side`; `value` is the payload itself, where the change is about a single one.
    """

    fields: tuple[str, ...] = ()
    property: str = ""
    branch: Node | None = None
    alternative: Node | None = None
    side: Side = Side.BASE
    value: JsonValue | Unset = UNSET

    def of(self, facets: Facets, schema: Schema) -> Schema:
        """The part of a schema; the whole where it cannot be taken out."""
        if self.fields:
            return facets.keywords(schema, self.fields)
        return (facets.property(schema, self.property) if self.property else None) or schema


WHOLE = Aspect()


def aspect_of(found: Found) -> Aspect:
    """What a change is about."""
    thing, _, happened = found.kind.partition(".")
    if thing == "property":
        return Aspect(property=found.details["name"])
    if thing == "bound":
        return Aspect(_BOUNDS[str(found.facts["keyword"])])
    if happened in ("branch-added", "branch-removed"):
        return _of_branch(found, is_needed=thing == "all-of", is_new=happened == "branch-added")
    return Aspect(_FIELDS.get(found.kind, ()), value=_value(found))


def _of_branch(found: Found, *, is_needed: bool, is_new: bool) -> Aspect:
    node, side = (found.head, Side.HEAD) if is_new else (found.base, Side.BASE)
    return Aspect(branch=node, side=side) if is_needed else Aspect(alternative=node, side=side)


def _value(found: Found) -> JsonValue | Unset:
    """The one value that a change is about."""
    match found.kind:
        case "enum.value-removed":
            return found.before
        case "enum.value-added":
            return found.after
        case "null.refused" | "null.allowed":
            return None
    return UNSET
