"""Objects: names by pattern, further names, and what is required of whom."""

from __future__ import annotations

from collections.abc import Callable

from contractguard.validators.keywords.marks import Marks
from contractguard.validators.outcomes import Errors, Loose, Validator, Work, refused, undecided, verdict
from contractguard.validators.patterns import found_in


def pattern_properties(work: Work) -> Callable[..., Errors]:
    """`patternProperties`, by RE2."""

    def check(validator: Validator, patterns: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
        if not validator.is_type(instance, "object"):
            return
        for expression, inner in patterns.items():
            work.spend(len(instance))
            for name, value in instance.items():
                matched = found_in(expression, name)
                if matched:
                    yield from validator.descend(value, inner, path=name, schema_path=expression)
                elif matched is None and verdict(validator.descend(value, inner)) is not True:
                    yield undecided("the pattern {} cannot be matched here", expression)

    return check


def additional_properties(work: Work) -> Callable[..., Errors]:
    """`additionalProperties`: for names that neither `properties` nor `patternProperties` of the same object speak of."""

    def check(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
        if not validator.is_type(instance, "object") or value is True:
            return
        for name, is_sure in further_names(validator, instance, schema, work):
            if is_sure and value is False:
                yield refused("Additional properties are not allowed ({} was unexpected)", name)
            elif is_sure:
                yield from validator.descend(instance[name], value, path=name)
            elif verdict(validator.descend(instance[name], value)) is not True:
                yield undecided("whether {} is an additional property cannot be told", name)

    return check


def further_names(validator: Validator, instance: Loose, schema: Loose, work: Work) -> list[tuple[str, bool]]:
    """The names of an object that no `properties` or `patternProperties` declare, and whether that is sure."""
    declared = schema.get("properties")
    known = declared if isinstance(declared, dict) else {}
    patterns = schema.get("patternProperties") if "patternProperties" in validator.VALIDATORS else None
    expressions = list(patterns) if isinstance(patterns, dict) else []
    found = []
    for name in instance:
        if name in known:
            continue
        work.spend(1 + len(expressions))
        matched = [found_in(expression, name) for expression in expressions]
        if True not in matched:
            found.append((name, None not in matched))
    return found


def required(work: Work, marks: Marks) -> Callable[..., Errors]:
    """`required`; in a request without the names that are readOnly, in a response without those that are writeOnly.

    A boolean says something about a parameter, or is a habit from draft-03: no names either way.
    """

    def check(validator: Validator, names: Loose, instance: Loose, schema: Loose) -> Errors:
        if isinstance(names, bool) or not validator.is_type(instance, "object"):
            return
        missing = [name for name in names if name not in instance]
        if missing:
            excused = marks.excused(validator, instance, schema, work.role)
            for name in missing:
                if name not in excused:
                    yield refused("{} is a required property", name)

    return check


def dependencies(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`dependencies`: names that require other names, or a schema (draft-07 validation, 6.5.7; kept as an alias since).

    `dependentRequired` is the first half of it.
    """
    if not validator.is_type(instance, "object"):
        return
    for name, wanted in value.items():
        if name not in instance:
            continue
        if isinstance(wanted, list):
            for other in wanted:
                if other not in instance:
                    yield refused("{} is a dependency of {}", other, name)
        else:
            yield from validator.descend(instance, wanted, schema_path=name)
