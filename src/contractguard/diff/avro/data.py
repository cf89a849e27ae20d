"""The smallest datum of each type, in Avro's JSON encoding (Avro 1.12 specification, "JSON Encoding")."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from contractguard.diff.avro.types import identity, resolved
from contractguard.model.avro import (
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contractguard.model.values import JsonValue

_PRIMITIVES: Mapping[str, JsonValue] = {
    "null": None,
    "boolean": True,
    "int": 1,
    "long": 1,
    "float": 0.5,
    "double": 0.5,
    "bytes": "a",
    "string": "a",
}
_BYTES_A_PART = 16
_MOST = 1 << 40
"""Sizes are not counted further."""

MAP_KEY = "key"
"""The key of the one value that a map holds where it must hold one."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a datum is: its values, with a long fixed counted as several, and how deep they nest."""

    parts: int
    depth: int

    @staticmethod
    def around(inner: Iterable[Size]) -> Size:
        """The size of a value that holds these."""
        sizes = list(inner)
        parts = 1 + sum(size.parts for size in sizes)
        return Size(min(parts, _MOST), 1 + max((size.depth for size in sizes), default=0))


_Blocked: TypeAlias = frozenset[str]
"""Full names of which one must be known before more can be said."""

_IMPOSSIBLE: _Blocked = frozenset()


class SmallestData:
    """The smallest data of one side. Arrays and maps are empty; of a union null is taken, or the least branch.

    Types may hold themselves without end, or as often as there are stars: `size` tells before `datum` is asked.
    """

    def __init__(self, names: AvroNamedTypes) -> None:
        self._names = names
        self._records: dict[str, Size] = {}
        self._measure_records()

    def size(self, kind: AvroType) -> Size | None:
        """How large the datum of a type is; None where it has none that ends."""
        measured = self._measure(kind)
        return measured if isinstance(measured, Size) else None

    def datum(self, kind: AvroType) -> JsonValue:
        """The datum of a type that has a size. It recurses as deep as the size says."""
        kind = resolved(kind, self._names)
        if isinstance(kind, AvroRecord):
            return {field.name: self.datum(field.type) for field in kind.fields}
        if isinstance(kind, AvroUnion):
            branch = self._least(kind.branches)
            return in_union(branch, self.datum(branch))
        return _without_parts(kind)

    def _least(self, branches: Iterable[AvroType]) -> AvroType:
        sizes = [(self._measure(branch), branch) for branch in branches]
        known = [(size.parts, index) for index, (size, _) in enumerate(sizes) if isinstance(size, Size)]
        return sizes[min(known)[1]][1]

    def _measure_records(self) -> None:
        """Settle the size of each record when those that it needs are settled, however they refer to each other."""
        waiting: dict[str, set[str]] = defaultdict(set)
        open_names = [name for name, named in self._names.items() if isinstance(named, AvroRecord)]
        while open_names:
            name = open_names.pop()
            record = self._names[name]
            if name in self._records or not isinstance(record, AvroRecord):
                continue
            measured = self._of_record(record)
            if isinstance(measured, Size):
                self._records[name] = measured
                open_names.extend(sorted(waiting.pop(name, ())))
            else:
                for blocker in measured:
                    waiting[blocker].add(name)

    def _of_record(self, record: AvroRecord) -> Size | _Blocked:
        sizes = []
        for field in record.fields:
            size = self._measure(field.type)
            if not isinstance(size, Size):
                return size
            sizes.append(size)
        return Size.around(sizes)

    def _measure(self, kind: AvroType) -> Size | _Blocked:
        kind = resolved(kind, self._names) if isinstance(kind, AvroReference) else kind
        if isinstance(kind, AvroRecord):
            return self._records.get(kind.fullname, frozenset({kind.fullname}))
        if isinstance(kind, AvroFixed):
            return Size(1 + kind.size // _BYTES_A_PART, 1)
        if isinstance(kind, AvroEnum) and not kind.symbols:
            return _IMPOSSIBLE
        if not isinstance(kind, AvroUnion):
            return Size(1, 1)
        measured = [self._measure(branch) for branch in kind.branches]
        sizes = [size for size in measured if isinstance(size, Size)]
        if sizes:
            return Size.around([min(sizes, key=lambda size: size.parts)])
        return _IMPOSSIBLE.union(*(names for names in measured if not isinstance(names, Size)))


def _without_parts(kind: AvroType) -> JsonValue:
    if isinstance(kind, AvroPrimitive):
        return _PRIMITIVES[kind.name]
    if isinstance(kind, AvroEnum):
        return next(iter(kind.symbols))
    if isinstance(kind, AvroFixed):
        return "a" * kind.size
    return {} if isinstance(kind, AvroMap) else []


def in_union(branch: AvroType, value: JsonValue) -> JsonValue:
    """A value of a branch as a value of its union."""
    label = identity(branch)
    return None if label == "null" else {label: value}
