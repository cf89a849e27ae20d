"""Types of the model as plain JSON data: what the fields of the types say, nothing more."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from enum import StrEnum

from contractguard.model.values import UNSET, JsonValue


def encode(value: object) -> JsonValue:
    """A value of the model as JSON data that is the caller's own.

    Keys are in the order of the fields, enums are their values, `UNSET` has no key. Numbers that JSON cannot write are the texts
    `NaN`, `Infinity` and `-Infinity`, as in Avro's JSON encoding.
    """
    if isinstance(value, str):
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: encode(item) for name, item in pairs if item is not UNSET}
    return value  # type: ignore[return-value]  # a number, a boolean or null: the model holds nothing else
