"""Logical types (Avro 1.12 specification, "Logical Types")."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from contractguard.model.avro import LogicalType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node

DECIMAL_PARAMETERS = ("precision", "scale")

_UNDERLYING: Mapping[str, frozenset[str]] = {
    "decimal": frozenset({"bytes", "fixed"}),
    "big-decimal": frozenset({"bytes"}),
    "uuid": frozenset({"string", "fixed"}),
    "date": frozenset({"int"}),
    "time-millis": frozenset({"int"}),
    "time-micros": frozenset({"long"}),
    "timestamp-millis": frozenset({"long"}),
    "timestamp-micros": frozenset({"long"}),
    "timestamp-nanos": frozenset({"long"}),
    "local-timestamp-millis": frozenset({"long"}),
    "local-timestamp-micros": frozenset({"long"}),
    "local-timestamp-nanos": frozenset({"long"}),
    "duration": frozenset({"fixed"}),
}
_FIXED_SIZES = {"uuid": 16, "duration": 12}


def read_logical_type(node: Node, underlying: str, size: int | None = None) -> LogicalType | None:
    """The logical type that a schema object declares on `underlying` (a primitive's name, or `fixed` of `size` bytes).

    None where it declares none, or one that the specification says to ignore: on a wrong type, or a decimal with impossible
    precision or scale. A name that the specification does not know is kept: it means something to whoever wrote it.
    """
    declared = node.get("logicalType")
    if declared is None or not isinstance(declared.value, str):
        return None
    name = declared.value
    if name not in _UNDERLYING:
        return LogicalType(name)
    if underlying not in _UNDERLYING[name] or (underlying == "fixed" and size != _FIXED_SIZES.get(name, size)):
        return None
    return _decimal(node, size) if name == "decimal" else LogicalType(name)


def logical_keys(logical: LogicalType | None) -> frozenset[str]:
    """The attributes that a logical type takes up; the others stay custom attributes."""
    if logical is None:
        return frozenset()
    parameters = DECIMAL_PARAMETERS if logical.name == "decimal" else ()
    return frozenset(("logicalType", *parameters))


def _decimal(node: Node, size: int | None) -> LogicalType | None:
    precision, scale = _integer(node.get("precision"), None), _integer(node.get("scale"), 0)
    if precision is None or scale is None or precision < 1 or not 0 <= scale <= precision:
        return None
    if size is not None and precision > _most_digits(size):
        return None
    return LogicalType("decimal", precision, scale)


def _most_digits(size: int) -> int:
    """How many decimal digits fit into `size` bytes: floor(log10(2^(8*size-1) - 1)).

    The last "- 1" never matters, since no power of two is a power of ten.
    """
    return math.floor((8 * size - 1) * math.log10(2)) if size else 0


def _integer(node: Node | None, absent: int | None) -> int | None:
    if node is None:
        return absent
    return node.value if isinstance(node.value, int) and not isinstance(node.value, bool) else None
