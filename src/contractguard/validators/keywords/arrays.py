"""Arrays, with one function for every way in which dialects write `items`."""

from __future__ import annotations

from contractguard.model.values import canonical
from contractguard.validators.outcomes import Errors, Loose, Validator, refused, undecided, verdict
from contractguard.validators.shapes import is_count, is_schema


def items(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`items`: a schema for every item, or for those after `prefixItems`; a list of schemas before 2020-12."""
    if not validator.is_type(instance, "array"):
        return
    if isinstance(value, list):
        for index, (item, inner) in enumerate(zip(instance, value, strict=False)):
            yield from validator.descend(item, inner, path=index, schema_path=index)
        return
    prefix = schema.get("prefixItems") if "prefixItems" in validator.VALIDATORS else None
    start = len(prefix) if isinstance(prefix, list) else 0
    for index in range(start, len(instance)):
        yield from validator.descend(instance[index], value, path=index)


def additional_items(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`additionalItems`: for the items after a list in `items`; without a list it says nothing (2019-09 core, 9.3.1.2)."""
    tuple_ = schema.get("items")
    if not validator.is_type(instance, "array") or not isinstance(tuple_, list):
        return
    for index in range(len(tuple_), len(instance)):
        yield from validator.descend(instance[index], value, path=index)


def contains_any(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`contains` of draft-06 and draft-07: at least one item."""
    if validator.is_type(instance, "array"):
        yield from _contained(validator, value, instance, 1, None)


def contains(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`contains` with `minContains` and `maxContains` beside it (since 2019-09)."""
    if not validator.is_type(instance, "array"):
        return
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if not is_count(least) or not (most is None or is_count(most)):
        yield undecided("minContains or maxContains is no count")
        return
    yield from _contained(validator, value, instance, least, most)


def _contained(validator: Validator, value: Loose, instance: Loose, least: int, most: int | None) -> Errors:
    verdicts = [verdict(validator.descend(item, value)) for item in instance]
    sure = verdicts.count(True)
    possible = sure + verdicts.count(None)
    if possible < least:
        few = "no items" if possible == 0 else f"only {possible} items"
        yield refused(f"{few} match the schema of contains, at least {least} must")
    elif most is not None and sure > most:
        yield refused(f"{sure} items match the schema of contains, at most {most} may")
    elif sure < least or (most is not None and possible > most):
        yield undecided("which items match the schema of contains cannot be told")


def unique_items(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`uniqueItems`, in time that grows with the size of the array only; 1 and 1.0 are equal, 1 and true are not."""
    if not value or not validator.is_type(instance, "array"):
        return
    if len({canonical(item) for item in instance}) < len(instance):
        yield refused("{} has equal items", instance)


def item_schemas(schema: Loose) -> list[Loose]:
    """The schemas of the leading items, from `prefixItems` or from a list in `items`."""
    found = schema.get("prefixItems", schema.get("items"))
    return [item for item in found if is_schema(item)] if isinstance(found, list) else []
