"""Types of the model as JSON, and back: the report JSON is what the fields of the types say, nothing more.

Three readings of one annotation, so that they cannot drift apart: `encode` writes a value, `decode` reads it strictly,
and `report_schema.py` describes it. Understood are dataclasses, enums of strings, `tuple[X, ...]`, `X | None`, `str`, `int`, JSON
values, and `JsonValue | Unset` for a key that may be absent.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeGuard, cast, get_args, get_origin, get_type_hints

from contractguard.errors import UsageError
from contractguard.model.plain import encode
from contractguard.model.values import JsonValue, Unset
from contractguard.reporting.values import clipped, json_text

__all__ = ["AnyJson", "alternatives", "decode", "encode", "field_types", "has_default", "is_enum"]

_REMEDY = "render a report as contractguard wrote it, with the version that wrote it or a later one"
_LONGEST_QUOTE = 60


class AnyJson:
    """Stands for the alias `JsonValue` in annotations, which Python cannot evaluate together with `Unset`."""


@cache
def field_types(model: type) -> dict[str, Any]:
    """The evaluated annotation of each field of a dataclass of the model, in order."""
    hints = get_type_hints(model, localns={"JsonValue": AnyJson})
    return {field.name: hints[field.name] for field in fields(model)}


def alternatives(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation is any object
    """The members of a union; the annotation itself where it is none."""
    return get_args(annotation) if get_origin(annotation) is not tuple and get_args(annotation) else (annotation,)


def is_enum(annotation: Any) -> TypeGuard[type[StrEnum]]:  # noqa: ANN401 - an annotation is any object
    """Whether the annotation is an enum of strings."""
    return isinstance(annotation, type) and issubclass(annotation, StrEnum)


def decode(model: type, data: JsonValue) -> Any:  # noqa: ANN401 - an annotation is any object
    """An instance of `model` from JSON data. Raises `UsageError` that names the place within the data and what is wrong.

    A key with a default may be absent: reports of an earlier version lack what was added since. An unknown key is an error,
    because dropping what a later version said could turn its answer around.
    """
    return _Decoder().value(model, data, "report")


class _Decoder:
    """Reads data by annotation. `place` is the path so far: `report.contracts[0].findings[2].impact`."""

    def value(self, annotation: Any, data: JsonValue, place: str) -> Any:  # noqa: ANN401 - an annotation is any object
        options = alternatives(annotation)
        if data is None and NoneType in options:
            return None
        (kind,) = (option for option in options if option not in {NoneType, Unset})
        if kind is AnyJson:
            return data
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind)[0], data, place)
        if is_enum(kind):
            return self._enum(kind, data, place)
        if is_dataclass(kind):
            return self._object(cast("type", kind), data, place)
        if not isinstance(data, kind) or isinstance(data, bool):
            raise _wrong(place, {str: "a string", int: "an integer"}[kind], data)
        return data

    def _tuple(self, item: Any, data: JsonValue, place: str) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation is any object
        if not isinstance(data, list):
            raise _wrong(place, "an array", data)
        return tuple(self.value(item, element, f"{place}[{index}]") for index, element in enumerate(data))

    def _enum(self, kind: type[StrEnum], data: JsonValue, place: str) -> StrEnum:
        if not isinstance(data, str) or data not in {str(member) for member in kind}:
            raise _wrong(place, f"one of {', '.join(kind)}", data)
        return kind(data)

    def _object(self, model: type, data: JsonValue, place: str) -> Any:  # noqa: ANN401 - an annotation is any object
        if not isinstance(data, dict):
            raise _wrong(place, "an object", data)
        hints = field_types(model)
        for key in data:
            if key not in hints:
                raise UsageError(f"{place} has an unknown key {_quoted(key)}", remedy=_REMEDY)
        for field in fields(model):
            if field.name not in data and not has_default(field):
                raise UsageError(f"{place} lacks the key {_quoted(field.name)}", remedy=_REMEDY)
        return model(**{key: self.value(hints[key], item, f"{place}.{key}") for key, item in data.items()})


def has_default(field: Field[Any]) -> bool:
    """Whether a field of a dataclass may be left out."""
    return field.default is not MISSING or field.default_factory is not MISSING


def _wrong(place: str, expected: str, data: JsonValue) -> UsageError:
    return UsageError(f"{place} is {_quoted(data)}, expected {expected}", remedy=_REMEDY)


def _quoted(data: JsonValue) -> str:
    if isinstance(data, dict | list):
        return "an object" if isinstance(data, dict) else "an array"
    return clipped(json_text(data), _LONGEST_QUOTE)
