"""Avro schemas of a snapshot as the objects that fastavro works on, with every name replaced by the type it names.

fastavro has a form of its own for schemas that it has parsed. We make that form ourselves, out of the files as they are written:
its parser recurses as deep as types are chained, and its reader stumbles over names that stand in unions. Nothing of a schema
but what resolution needs goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.model.document import Documents
    from contractguard.model.values import JsonValue

Loose: TypeAlias = Any
"""A type in fastavro's form: the name of a primitive, a list of branches, or a `Linked`."""

_PRIMITIVES = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})
_NAMED = frozenset({"record", "error", "enum", "fixed"})
_MARKS = {"__fastavro_parsed": True, "__named_schemas": {}}
"""What tells fastavro that a schema is parsed. It stands in objects that we made, and is never taken from a file."""


class SchemaError(Exception):
    """A schema that cannot be put together: something in it is missing or of the wrong kind."""


class Linked(dict[str, Loose]):
    """A type with parts. Types may hold themselves, so it is shown by its name, and is equal to itself alone."""

    def __repr__(self) -> str:
        return f"{self['type']} {self['name']}" if "name" in self else str(self["type"])

    def __hash__(self) -> int:  # type: ignore[override]  # dict has none, as two of its objects may be equal
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def linked_schema(documents: Documents, path: str, find_type: Callable[[str], str | None]) -> Loose:
    """The schema of the file at `path`; `find_type` names the file that defines a full name.

    Raises `SchemaError`, and what reading a file raises.
    """
    building = _Building(find_type)
    root = building.read(documents.document(path).value, "")
    files = {path}
    for name in building.wanted:  # it grows while files are read
        file = None if building.defines(name) else find_type(name) or find_type(name.rpartition(".")[2])
        if file is not None and file not in files:
            files.add(file)
            building.read(documents.document(file).value, "")
    return building.linked(root)


def small_schema(schema: JsonValue) -> Loose:
    """A schema that is complete in itself and of few levels, from a value. Raises `SchemaError`."""
    building = _Building(lambda _name: None)
    return building.linked(building.read(schema, ""))


class _Reference:
    """Where a type is used by its name, until it is linked."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Building:
    def __init__(self, find_type: Callable[[str], str | None]) -> None:
        self._find_type = find_type
        self._named: dict[str, Linked] = {}
        self._holders: list[tuple[Loose, str | int]] = []
        """The places at which a reference stands: what holds it, and the key or index."""
        self._seen: set[str] = set()
        self.wanted: list[str] = []
        """The full names that are used, in the order in which they are met."""

    def defines(self, name: str) -> bool:
        """Whether a type with this name was met so far."""
        return self._defined(name) is not None

    def linked(self, root: Loose) -> Loose:
        """The root with all references replaced by what they name."""
        for holder, key in self._holders:
            holder[key] = self._target(holder[key].name)
        return self._target(root.name) if isinstance(root, _Reference) else root

    def _target(self, name: str) -> Linked:
        found = self._defined(name)
        if found is None:
            raise SchemaError(f"no type is named {name!r}")
        return found

    def _defined(self, name: str) -> Linked | None:
        """The type with this full name; a name that its namespace does not have may be one of the null namespace."""
        found = self._named.get(name)
        if found is None and "." in name and self._find_type(name) is None:
            return self._named.get(name.rpartition(".")[2])
        return found

    def read(self, value: JsonValue, namespace: str) -> Loose:
        """The type that a schema declares inside a definition of `namespace`."""
        if isinstance(value, str):
            if value in _PRIMITIVES:
                return value
            name = _full_name(value, namespace)
            if name not in self._seen:
                self._seen.add(name)
                self.wanted.append(name)
            return _Reference(name)
        if isinstance(value, list):
            return self._held([self.read(branch, namespace) for branch in value])
        if not isinstance(value, dict):
            raise SchemaError("a schema is a text, an object or an array")
        return self._object(value, namespace)

    def _object(self, value: dict[str, JsonValue], namespace: str) -> Loose:
        kind = value.get("type")
        if kind == "array":
            return self._part("array", "items", value, namespace)
        if kind == "map":
            return self._part("map", "values", value, namespace)
        if isinstance(kind, str) and kind in _NAMED:
            return self._definition(kind, value, namespace)
        return self.read(kind, namespace)

    def _held(self, holder: Loose) -> Loose:
        """What holds types, with a note of each that is a reference."""
        pairs = enumerate(holder) if isinstance(holder, list) else list(holder.items())
        self._holders += [(holder, key) for key, part in pairs if isinstance(part, _Reference)]
        return holder

    def _part(self, kind: str, key: str, value: dict[str, JsonValue], namespace: str) -> Linked:
        return self._held(Linked({"type": kind, key: self.read(value.get(key), namespace), **_MARKS}))  # type: ignore[no-any-return]

    def _definition(self, kind: str, value: dict[str, JsonValue], namespace: str) -> Linked:
        name, own = value.get("name"), value.get("namespace")
        if not isinstance(name, str):
            raise SchemaError("a named type needs a name")
        fullname = _full_name(name, own if isinstance(own, str) else namespace)
        known = self._named.get(fullname)
        if known is not None:
            return known
        inner = fullname.rpartition(".")[0]
        aliases = [_full_name(alias, inner) for alias in _texts(value.get("aliases"))]
        made = Linked({"type": "record" if kind == "error" else kind, "name": fullname, "aliases": aliases, **_MARKS})
        self._named[fullname] = made
        if kind == "enum":
            made["symbols"] = _texts(value.get("symbols"))
            if isinstance(value.get("default"), str):
                made["default"] = value["default"]
        elif kind == "fixed":
            made["size"] = value.get("size")
        else:
            fields = value.get("fields")
            made["fields"] = [self._field(each, inner) for each in fields] if isinstance(fields, list) else []
        return made

    def _field(self, value: JsonValue, namespace: str) -> dict[str, Loose]:
        if not isinstance(value, dict) or not isinstance(value.get("name"), str):
            raise SchemaError("a field is an object with a name and a type")
        made = {"name": value["name"], "type": self.read(value.get("type"), namespace)}
        made["aliases"] = _texts(value.get("aliases"))
        if "default" in value:
            made["default"] = value["default"]
        return self._held(made)  # type: ignore[no-any-return]


def _texts(value: JsonValue) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _full_name(name: str, namespace: str) -> str:
    return name if "." in name or not namespace else f"{namespace}.{name}"
