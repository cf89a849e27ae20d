"""Types, numbers and strings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from contractguard.model.schema import JsonType, type_of
from contractguard.validators.outcomes import Errors, Loose, Validator, refused, undecided
from contractguard.validators.patterns import found_in
from contractguard.validators.shapes import is_finite_number


def type_(validator: Validator, types: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001  (as the library calls it)
    """`type`; a whole number is an integer however it is written, in every dialect."""
    names = types if isinstance(types, list) else [types]
    if not is_of_type(instance, names):
        yield refused(f"{{}} is not of type {' or '.join(names)}", instance)


def nullable_type(keyword: str) -> Loose:
    """`type` where a neighbour adds null: `nullable` in OpenAPI 3.0, `x-nullable` in Swagger 2.0.

    OpenAPI 3.0.3, Schema Object: `nullable` means something only beside a `type` in the same object. `file` (Swagger 2.0) is
    bytes in a part of a form or in a response, written as a string.
    """

    def check(validator: Validator, types: Loose, instance: Loose, schema: Loose) -> Errors:
        if instance is None and schema.get(keyword) is True:
            return
        yield from type_(validator, "string" if types == "file" else types, instance, schema)

    return check


def is_of_type(value: Loose, names: list[str]) -> bool:
    """Whether a value has one of the types."""
    kind = type_of(value)
    return kind in names or (kind is JsonType.INTEGER and JsonType.NUMBER in names)


def multiple_of(validator: Validator, factor: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`multipleOf` in exact decimal arithmetic: 0.3 is a multiple of 0.1, as it is written."""
    if not validator.is_type(instance, "number"):
        return
    if not is_finite_number(instance):
        yield undecided("{} is no number of JSON", instance)
    elif _exact(instance) % _exact(factor):
        yield refused("{} is not a multiple of {}", instance, factor)


def _exact(number: float) -> Fraction:
    return Fraction(number) if isinstance(number, int) else Fraction(Decimal(repr(number)))


def minimum_with_flag(validator: Validator, bound: Loose, instance: Loose, schema: Loose) -> Errors:
    """`minimum` where `exclusiveMinimum` is a boolean beside it (draft-04, OpenAPI 2.0 and 3.0)."""
    if not validator.is_type(instance, "number"):
        return
    if schema.get("exclusiveMinimum") is True:
        if instance <= bound:
            yield refused("{} is less than or equal to the minimum of {}", instance, bound)
    elif instance < bound:
        yield refused("{} is less than the minimum of {}", instance, bound)


def maximum_with_flag(validator: Validator, bound: Loose, instance: Loose, schema: Loose) -> Errors:
    """`maximum` where `exclusiveMaximum` is a boolean beside it."""
    if not validator.is_type(instance, "number"):
        return
    if schema.get("exclusiveMaximum") is True:
        if instance >= bound:
            yield refused("{} is greater than or equal to the maximum of {}", instance, bound)
    elif instance > bound:
        yield refused("{} is greater than the maximum of {}", instance, bound)


def flag(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """A boolean that a neighbour reads: it says nothing by itself."""
    yield from ()


def pattern(validator: Validator, expression: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`pattern`, by RE2."""
    if not validator.is_type(instance, "string"):
        return
    matched = found_in(expression, instance)
    if matched is None:
        yield undecided("the pattern {} cannot be matched here", expression)
    elif not matched:
        yield refused("{} does not match {}", instance, expression)
