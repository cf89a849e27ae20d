"""Which Avro types files define and use, so that files which refer to each other by full name find each other.

A scan, not a reading: what is wrong with a schema is for the Avro reader to say. Names as in Apache Avro 1.12, "Names".
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from contractguard.errors import ContractguardError
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

AvroFinder: TypeAlias = Callable[[str], str | None]

NAMED_TYPES: Final = frozenset({"record", "error", "enum", "fixed"})
_PRIMITIVE: Final = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})
_COMPLEX: Final = NAMED_TYPES | {"array", "map", "union"}


@dataclass(slots=True)
class AvroNames:
    """The full names that one schema defines, and those that it uses without defining them, both in file order."""

    defined: dict[str, None] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)


def avro_names(schema: JsonValue) -> AvroNames:
    """The names of a parsed schema."""
    found = AvroNames()
    used: dict[str, None] = {}
    stack: list[tuple[JsonValue, str]] = [(schema, "")]
    while stack:
        value, namespace = stack.pop()
        if isinstance(value, str):
            if value not in _PRIMITIVE and value not in _COMPLEX:
                used[_full_name(value, namespace)] = None
        elif isinstance(value, list):
            stack.extend((part, namespace) for part in reversed(value))
        elif isinstance(value, dict):
            inner = _define(found, value, namespace)
            stack.extend((part, inner) for part in reversed(_parts(value)))
    found.used = {name: None for name in used if name not in found.defined}
    return found


def _define(found: AvroNames, schema: dict[str, JsonValue], namespace: str) -> str:
    """Note the name of a definition; the namespace that holds inside of it."""
    kind, name, own = schema.get("type"), schema.get("name"), schema.get("namespace", namespace)
    if not (isinstance(kind, str) and kind in NAMED_TYPES and isinstance(name, str) and isinstance(own, str)):
        return namespace
    full = _full_name(name, own)
    found.defined[full] = None
    return full.rpartition(".")[0]


def _full_name(name: str, namespace: str) -> str:
    return name if "." in name or not namespace else f"{namespace}.{name}"


def _parts(schema: dict[str, JsonValue]) -> list[JsonValue]:
    """The schemas inside of a schema object."""
    kind, fields = schema.get("type"), schema.get("fields")
    parts: list[JsonValue] = [] if isinstance(kind, str) and kind in _COMPLEX else [kind]
    if isinstance(fields, list):
        parts += [item.get("type") for item in fields if isinstance(item, dict)]
    return parts + [schema[name] for name in ("items", "values") if name in schema]


class AvroTypes:
    """The Avro types of a snapshot. `definers` is full name → the files that define it, sorted; `names` is path → its names."""

    def __init__(self, names: dict[str, AvroNames]) -> None:
        self.names = names
        self.definers: dict[str, list[str]] = {}
        for path in sorted(names):
            for fullname in names[path].defined:
                self.definers.setdefault(fullname, []).append(path)

    @classmethod
    def of(cls, documents: DocumentSet, also: Collection[str]) -> AvroTypes:
        """Read all `.avsc` files of the snapshot, and those of `also`; what cannot be parsed is passed over."""
        paths = sorted({path for path in documents.snapshot.entries if path.lower().endswith(".avsc")}.union(also))
        documents.prefetch(paths)
        names: dict[str, AvroNames] = {}
        for path in paths:
            try:
                names[path] = avro_names(documents.document(path).value)
            except ContractguardError:
                continue
        return cls(names)

    def definer(self, fullname: str, path: str) -> str | None:
        """The file that defines `fullname`, as seen from the file at `path`: with most leading folders in common, then the
        least deep, then the first by name. None where no file does.
        """
        candidates = self.definers.get(fullname)
        if not candidates:
            return None
        folders = path.split("/")[:-1]
        return min(candidates, key=lambda other: (-_shared(folders, other.split("/")[:-1]), other.count("/"), other))


def _shared(folders: list[str], others: list[str]) -> int:
    count = 0
    for one, other in zip(folders, others, strict=False):
        if one != other:
            break
        count += 1
    return count
