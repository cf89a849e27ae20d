"""One `.avsc` file into Avro types (Avro 1.12 specification, "Schema Declaration"). References stay references."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from contractguard.formats.avro.faults import Faults, shown
from contractguard.formats.avro.logical import logical_keys, read_logical_type
from contractguard.formats.avro.names import (
    PRIMITIVES,
    full_name,
    is_namespace,
    is_simple_name,
    namespace_of,
    simple_name,
)
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroField,
    AvroFixed,
    AvroMap,
    AvroNamed,
    AvroPrimitive,
    AvroRecord,
    AvroReference,
    AvroType,
    AvroUnion,
)
from contractguard.model.values import UNSET, same_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from contractguard.model.places import Node

FORBIDDEN = ("__fastavro_parsed", "__fastavro_parsed__", "__named_schemas")
"""Marks by which one library recognises schemas that it has parsed. In a file they switch its validation off."""

MAX_FIXED_SIZE = (1 << 31) - 1
"""The largest size, in bytes, that implementations can hold: a signed 32-bit integer."""

_ORDERS = ("ascending", "descending", "ignore")
_NAMED_KEYS = frozenset({"type", "name", "namespace", "aliases"})


class Definitions:
    """Reads files one after the other and gathers what they define, what they refer to, and their fields with defaults."""

    def __init__(self, faults: Faults, find_type: Callable[[str], str | None]) -> None:
        self.names: dict[str, AvroNamed] = {}
        self.references: list[AvroReference] = []
        self.defaults: list[AvroField] = []
        self._faults = faults
        self._find_type = find_type
        self._places: dict[str, Node] = {}

    def read(self, node: Node, namespace: str = "") -> AvroType:
        """The type at `node`, inside a definition of `namespace`. Raises `UnreadableError` for what is no schema."""
        value = node.value
        if isinstance(value, str):
            return self._use(node, value, namespace)
        if isinstance(value, list):
            return self._union(node, namespace)
        if not isinstance(value, dict):
            self._refuse(
                node, f"{shown(value)} is no schema", "write a type name, an object with a `type`, or an array"
            )
        for key in FORBIDDEN:
            if key in value:
                self._refuse(
                    node.child(key), f"`{key}` is an internal mark of a library, not part of a schema", "remove it"
                )
        kind = self._text(node, "type", "a schema object needs a `type`, the name of a type")
        reader = self._READERS.get(kind)
        return reader(self, node, namespace) if reader else self._use(node, kind, namespace)

    def _refuse(self, node: Node, message: str, remedy: str) -> NoReturn:
        raise self._faults.at(node, message, remedy)

    def _text(self, node: Node, key: str, message: str) -> str:
        """The text at `key`, which must be there."""
        child = node.get(key)
        if child is None:
            self._refuse(node, message, f"add `{key}`")
        if not isinstance(child.value, str):
            self._refuse(child, f"{message}; this is {shown(child.value)}", f"correct `{key}`")
        return child.value

    def _use(self, node: Node, name: str, namespace: str) -> AvroType:
        """A type by its name; `node` is a string, or an object whose `type` is that name."""
        if name in PRIMITIVES:
            logical = read_logical_type(node, name)
            return AvroPrimitive(
                node=node, name=name, logical=logical, attributes=_attributes(node, {"type"} | logical_keys(logical))
            )
        reference = AvroReference(node=node, fullname=self._target(name, namespace))
        self.references.append(reference)
        return reference

    def _target(self, name: str, namespace: str) -> str:
        """The full name that a reference means. A name without a dot that its namespace does not have may be one of the null
        namespace, as Apache Avro reads it too.
        """
        intended = full_name(name, namespace)
        if intended in self._places or self._find_type(intended) is not None:
            return intended
        return name if name in self._places or self._find_type(name) is not None else intended

    def _union(self, node: Node, namespace: str) -> AvroType:
        branches: list[AvroType] = []
        seen: set[str] = set()
        for item in node.items():
            if isinstance(item.value, list):
                self._refuse(item, "a union may not directly contain a union", "move its branches into the outer union")
            branch = self.read(item, namespace)
            identity = branch_identity(branch)
            if identity in seen:
                self._refuse(item, f"the union has two branches of type {identity}", "keep one of them")
            seen.add(identity)
            branches.append(branch)
        return AvroUnion(node=node, branches=tuple(branches))

    def _array(self, node: Node, namespace: str) -> AvroType:
        items = node.get("items")
        if items is None:
            self._refuse(node, "an array needs `items`", "add the schema of its items")
        return AvroArray(node=node, items=self.read(items, namespace), attributes=_attributes(node, {"type", "items"}))

    def _map(self, node: Node, namespace: str) -> AvroType:
        values = node.get("values")
        if values is None:
            self._refuse(node, "a map needs `values`", "add the schema of its values")
        return AvroMap(node=node, values=self.read(values, namespace), attributes=_attributes(node, {"type", "values"}))

    def _fixed(self, node: Node, namespace: str) -> AvroType:
        fullname = self._named(node, namespace)
        known = self._define(node, fullname)
        if known is not None:
            return known
        size = node.get("size")
        if size is None:
            self._refuse(node, f"fixed {fullname} needs a `size`", "add its size in bytes")
        value = size.value
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_FIXED_SIZE:
            self._refuse(
                size, f"{shown(value)} is no size of a fixed", f"write a number of bytes, 0 to {MAX_FIXED_SIZE}"
            )
        logical = read_logical_type(node, "fixed", value)
        self.names[fullname] = fixed = AvroFixed(
            node=node,
            fullname=fullname,
            size=value,
            aliases=self._type_aliases(node, fullname),
            logical=logical,
            attributes=_attributes(node, _NAMED_KEYS | {"size"} | logical_keys(logical)),
        )
        return fixed

    def _enum(self, node: Node, namespace: str) -> AvroType:
        fullname = self._named(node, namespace)
        known = self._define(node, fullname)
        if known is not None:
            return known
        symbols = self._symbols(node, fullname)
        default = node.get("default")
        if default is not None and (not isinstance(default.value, str) or default.value not in symbols):
            self._refuse(
                default, f"default {shown(default.value)} is no symbol of enum {fullname}", "name one of its symbols"
            )
        self.names[fullname] = enum = AvroEnum(
            node=node,
            fullname=fullname,
            symbols=symbols,
            default=str(default.value) if default else None,
            aliases=self._type_aliases(node, fullname),
            attributes=_attributes(node, _NAMED_KEYS | {"symbols", "default"}),
        )
        return enum

    def _symbols(self, node: Node, fullname: str) -> Mapping[str, Node]:
        listed = node.get("symbols")
        if listed is None or not isinstance(listed.value, list):
            self._refuse(listed or node, f"enum {fullname} needs `symbols`, an array", "list its symbols")
        symbols: dict[str, Node] = {}
        for item in listed.items():
            symbol = item.value
            if not isinstance(symbol, str) or not is_simple_name(symbol):
                self._refuse(
                    item, f"{shown(symbol)} is no symbol", "use letters, digits and _, not starting with a digit"
                )
            if symbol in symbols:
                self._refuse(item, f"enum {fullname} has symbol {symbol!r} twice", "remove one of them")
            symbols[symbol] = item
        return symbols

    def _record(self, node: Node, namespace: str) -> AvroType:
        fullname = self._named(node, namespace)
        known = self._define(node, fullname)
        if known is not None:
            return known
        listed = node.get("fields")
        if listed is None or not isinstance(listed.value, list):
            self._refuse(listed or node, f"record {fullname} needs `fields`, an array", "list its fields")
        inside = namespace_of(fullname)
        taken: dict[str, str] = {}
        fields = tuple(self._field(item, fullname, inside, taken) for item in listed.items())
        self.names[fullname] = record = AvroRecord(
            node=node,
            fullname=fullname,
            fields=fields,
            aliases=self._type_aliases(node, fullname),
            attributes=_attributes(node, _NAMED_KEYS | {"fields"}),
        )
        return record

    def _field(self, node: Node, record: str, namespace: str, taken: dict[str, str]) -> AvroField:
        if not isinstance(node.value, dict):
            self._refuse(node, f"{shown(node.value)} is no field", "write an object with `name` and `type`")
        name = self._text(node, "name", f"a field of {record} needs a `name`, a text")
        if not is_simple_name(name):
            self._refuse(
                node.child("name"), f"{shown(name)} is no name", "use letters, digits and _, not starting with a digit"
            )
        if name in taken:
            self._refuse(node, f"record {record} has field {name!r} twice", "rename or remove one of them")
        taken[name] = name
        kind, order, default = node.get("type"), node.get("order"), node.get("default")
        if kind is None:
            self._refuse(node, f"field {name!r} of {record} needs a `type`", "add its schema")
        if order is not None and order.value not in _ORDERS:
            self._refuse(order, f"{shown(order.value)} is no sort order", f"use one of {', '.join(_ORDERS)}")
        field = AvroField(
            node=node,
            name=name,
            type=self.read(kind, namespace),
            default=UNSET if default is None else default.value,
            aliases=tuple(alias for alias in self._aliases(node) if alias != name),
            order=str(order.value) if order else _ORDERS[0],
            attributes=_attributes(node, {"name", "type", "default", "order", "aliases"}),
        )
        if default is not None:
            self.defaults.append(field)
        return field

    def _aliases(self, node: Node) -> tuple[str, ...]:
        """The aliases as written, each once. Any text will do: an alias may mend a name that was not valid."""
        listed = node.get("aliases")
        if listed is None:
            return ()
        if not isinstance(listed.value, list):
            self._refuse(listed, "`aliases` must be an array of names", "write it as an array")
        for item in listed.items():
            if not isinstance(item.value, str):
                self._refuse(item, f"{shown(item.value)} is no alias", "write a name")
        return tuple(dict.fromkeys(str(item.value) for item in listed.items()))

    def _type_aliases(self, node: Node, fullname: str) -> tuple[str, ...]:
        full = (full_name(alias, namespace_of(fullname)) for alias in self._aliases(node))
        return tuple(dict.fromkeys(alias for alias in full if alias != fullname))

    def _named(self, node: Node, namespace: str) -> str:
        """The full name of the definition at `node`, inside one of `namespace`."""
        name = self._text(node, "name", "a record, enum or fixed needs a `name`, a text")
        own = node.get("namespace")
        if own is not None and not isinstance(own.value, str):
            self._refuse(own, f"{shown(own.value)} is no namespace", "write names joined by dots, or an empty text")
        if own is not None and not is_namespace(str(own.value)) and "." not in name:
            self._refuse(
                own, f"{shown(own.value)} is no namespace", "use letters, digits and _ in names joined by dots"
            )
        fullname = full_name(name, namespace if own is None else str(own.value))
        if not name or not is_namespace(name):
            self._refuse(
                node.child("name"), f"{shown(name)} is no name", "use letters, digits and _, not starting with a digit"
            )
        if simple_name(fullname) in PRIMITIVES:
            self._refuse(node.child("name"), f"{name!r} is the name of a primitive type", "choose another name")
        return fullname

    def _define(self, node: Node, fullname: str) -> AvroReference | None:
        """Note that `node` defines `fullname`. Where another file says exactly the same, that definition stands for both."""
        first = self._places.setdefault(fullname, node)
        if first is node:
            return None
        if first.path == node.path or not same_value(first.value, node.value):
            other = f", first in {first.path}" if first.path != node.path else ""
            self._refuse(
                node, f"{fullname} is defined twice{other}", "define it once and refer to it by its name elsewhere"
            )
        return AvroReference(node=node, fullname=fullname)

    _READERS: Mapping[str, Callable[[Definitions, Node, str], AvroType]] = {
        "record": _record,
        "error": _record,
        "enum": _enum,
        "fixed": _fixed,
        "array": _array,
        "map": _map,
    }


def branch_identity(branch: AvroType) -> str:
    """By what a union tells its branches apart: the full name of a named type, the type of any other."""
    if isinstance(branch, AvroPrimitive):
        return branch.name
    if isinstance(branch, AvroArray):
        return "array"
    if isinstance(branch, AvroMap):
        return "map"
    return "union" if isinstance(branch, AvroUnion) else branch.fullname


def _attributes(node: Node, known: Collection[str]) -> Mapping[str, Node]:
    """`doc` and custom attributes: all members that the type itself does not take up."""
    return {name: child for name, child in node.members() if name not in known}
