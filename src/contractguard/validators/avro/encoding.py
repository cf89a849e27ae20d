"""Data in Avro's JSON encoding (Avro 1.12 specification, "JSON Encoding") as the Python values that fastavro writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from contractguard.validators.avro.schemas import Loose

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue

DEEPEST = 150
"""How deep a datum may nest: fastavro recurses once for each level."""

_BITS = {"int": 31, "long": 63}
_NOT_IN_JSON = frozenset({"NaN", "Infinity", "-Infinity"})


class DatumError(Exception):
    """A value that is no datum of its schema."""


def decoded(kind: Loose, value: JsonValue, depth: int = 0) -> object:
    """The datum of a type. A value of a union is a pair of the branch's name and the value, as fastavro takes it.

    Raises `DatumError`.
    """
    if depth > DEEPEST:
        raise DatumError(f"the datum nests deeper than {DEEPEST} levels")
    if isinstance(kind, list):
        return _branch(kind, value, depth)
    if isinstance(kind, str):
        if not _PRIMITIVES[kind](value):
            raise DatumError(f"a value is no {kind}")
        return _scalar(kind, value)
    return _OF_PARTS[kind["type"]](kind, value, depth)


def _scalar(kind: str, value: JsonValue) -> object:
    if kind == "bytes":
        return str(value).encode("latin-1")
    return float(value) if kind in {"float", "double"} else value  # type: ignore[arg-type]  # a number or its name


def _branch(branches: list[Loose], value: JsonValue, depth: int) -> object:
    if value is None:
        label, inner = "null", None
    elif isinstance(value, dict) and len(value) == 1:
        ((label, inner),) = value.items()
    else:
        raise DatumError("a value of a union is null or an object with the name of its branch")
    chosen = next((branch for branch in branches if label_of(branch) == label), None)
    if chosen is None:
        raise DatumError(f"the union has no branch {label}")
    return label, decoded(chosen, inner, depth + 1)


def label_of(branch: Loose) -> str:
    """By what the JSON encoding names a branch: the full name of a named type, the type of any other."""
    return branch if isinstance(branch, str) else branch.get("name", branch["type"])


def _record(kind: Loose, value: JsonValue, depth: int) -> object:
    names = [field["name"] for field in kind["fields"]]
    if not isinstance(value, dict) or value.keys() != set(names):
        raise DatumError(f"a value has not just the fields of {kind['name']}")
    return {field["name"]: decoded(field["type"], value[field["name"]], depth + 1) for field in kind["fields"]}


def _array(kind: Loose, value: JsonValue, depth: int) -> object:
    if not isinstance(value, list):
        raise DatumError("a value is no array")
    return [decoded(kind["items"], item, depth + 1) for item in value]


def _map(kind: Loose, value: JsonValue, depth: int) -> object:
    if not isinstance(value, dict):
        raise DatumError("a value is no map")
    return {key: decoded(kind["values"], item, depth + 1) for key, item in value.items()}


def _enum(kind: Loose, value: JsonValue, _depth: int) -> object:
    if value not in kind["symbols"]:
        raise DatumError(f"a value is no symbol of {kind['name']}")
    return value


def _fixed(kind: Loose, value: JsonValue, _depth: int) -> object:
    if not _is_bytes(value) or len(str(value)) != kind["size"]:
        raise DatumError(f"a value has not the size of {kind['name']}")
    return str(value).encode("latin-1")


_OF_PARTS: Mapping[str, Callable[[Loose, JsonValue, int], object]] = {
    "record": _record,
    "array": _array,
    "map": _map,
    "enum": _enum,
    "fixed": _fixed,
}


def _is_bytes(value: JsonValue) -> bool:
    return isinstance(value, str) and all(ord(letter) < 1 << 8 for letter in value)


def _is_whole(value: JsonValue, kind: str) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(1 << _BITS[kind]) <= value < 1 << _BITS[kind]


def _is_number(value: JsonValue) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or value in _NOT_IN_JSON


_PRIMITIVES: Mapping[str, Callable[[JsonValue], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "int": lambda value: _is_whole(value, "int"),
    "long": lambda value: _is_whole(value, "long"),
    "float": _is_number,
    "double": _is_number,
    "bytes": _is_bytes,
    "string": lambda value: isinstance(value, str),
}
