"""Whether a default is a value of its type (Avro 1.12 specification, "Records", table of field default values)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroNamedTypes,
    AvroPrimitive,
    AvroRecord,
    AvroReference,
    AvroType,
    AvroUnion,
)
from contractguard.model.values import UNSET, JsonValue

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

_Check: TypeAlias = "Generator[tuple[AvroType, JsonValue], bool, bool]"

_INT, _LONG, _BYTE = 1 << 31, 1 << 63, 0xFF
_NOT_IN_JSON = frozenset({"NaN", "Infinity", "-Infinity"})


class Defaults:
    """Checks defaults. Each pair of type and value is looked at once, however many branches of unions lead to it."""

    def __init__(self, names: AvroNamedTypes) -> None:
        self._names = names
        self._known: dict[tuple[int, int], bool] = {}

    def fits(self, kind: AvroType, value: JsonValue) -> bool:
        """Whether `value` is a value of `kind`.

        For a union any branch will do (1.12; before, only the first one did). A field that a record value leaves out takes its
        own default, which must be a value, too: one that leads back to itself is none. Values must outlive this object.
        """
        stack = [self._check(kind, value)]
        answer: bool | None = None
        while stack:
            try:
                question = next(stack[-1]) if answer is None else stack[-1].send(answer)
            except StopIteration as finished:
                stack.pop()
                answer = bool(finished.value)
            else:
                stack.append(self._check(*question))
                answer = None
        return bool(answer)

    def _check(self, kind: AvroType, value: JsonValue) -> _Check:
        """Asks about parts by yielding them, since values nest as deep as a document may."""
        kind = self._names[kind.fullname] if isinstance(kind, AvroReference) else kind
        key = (id(kind), id(value))
        if key not in self._known:
            self._known[key] = False  # until it is shown
            self._known[key] = yield from self._look(kind, value)
        return self._known[key]

    def _look(self, kind: AvroType, value: JsonValue) -> _Check:
        if isinstance(kind, AvroUnion):
            for branch in kind.branches:
                if (yield branch, value):
                    return True
            return False
        parts = _parts(kind, value)
        if parts is None:
            return False
        for part in parts:
            if not (yield part):
                return False
        return True


def _parts(kind: AvroType, value: JsonValue) -> list[tuple[AvroType, JsonValue]] | None:
    """The parts of a value that must fit for it to fit; None where it is no value of `kind` whatever its parts are."""
    if isinstance(kind, AvroArray):
        return [(kind.items, item) for item in value] if isinstance(value, list) else None
    if isinstance(kind, AvroMap):
        return [(kind.values, item) for item in value.values()] if isinstance(value, dict) else None
    if not isinstance(kind, AvroRecord):
        return [] if _is_scalar(kind, value) else None
    if not isinstance(value, dict):
        return None
    parts = []
    for field in kind.fields:
        part = value.get(field.name, field.default)
        if part is UNSET:
            return None
        parts.append((field.type, part))
    return parts


def _is_scalar(kind: AvroType, value: JsonValue) -> bool:
    if isinstance(kind, AvroPrimitive):
        return _PRIMITIVES[kind.name](value)
    if isinstance(kind, AvroEnum):
        return isinstance(value, str) and value in kind.symbols
    return isinstance(kind, AvroFixed) and _is_bytes(value) and isinstance(value, str) and len(value) == kind.size


def _is_integer(value: JsonValue, bound: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -bound <= value < bound


def _is_number(value: JsonValue) -> bool:
    """JSON has no way to write the three values that are not finite; their names are accepted, as Apache Avro does."""
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and value in _NOT_IN_JSON
    )


def _is_bytes(value: JsonValue) -> bool:
    return isinstance(value, str) and all(ord(character) <= _BYTE for character in value)


_PRIMITIVES: Mapping[str, Callable[[JsonValue], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "int": lambda value: _is_integer(value, _INT),
    "long": lambda value: _is_integer(value, _LONG),
    "float": _is_number,
    "double": _is_number,
    "bytes": _is_bytes,
    "string": lambda value: isinstance(value, str),
}
