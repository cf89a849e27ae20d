"""One `.avsc` file into Avro types (Avro 1.12 specification, "Schema Declaration"). References stay references."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from contractguard.formats.avro.faults import Faults, shown
from contractguard.formats.avro.logical import logical_keys, read_logical_type
from contractguard.formats.avro.names import (
    PRIMITIVES,
    aliases,
    full_name,
    namespace_of,
    own_namespace,
    simple_name,
    type_aliases,
)
from contractguard.formats.marks import with_canonical_marks
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

    from contractguard.model.lifecycle import MarkNames
    from contractguard.model.places import Node

FORBIDDEN = ("__fastavro_parsed", "__fastavro_parsed__", "__named_schemas")
"""Marks by which one library recognises schemas that it has parsed. In a file they switch its validation off."""

MAX_FIXED_SIZE = (1 << 31) - 1
"""The largest size, in bytes, that implementations can hold: a signed 32-bit integer."""

ORDERS = ("ascending", "descending", "ignore")
"""How values of a field may sort, the first where it does not say."""

_NAMED = (AvroReference, AvroRecord, AvroEnum, AvroFixed)
_NAMED_KEYS = frozenset({"type", "name", "namespace", "aliases"})
_FIELD_KEYS = frozenset({"name", "type", "order", "aliases"})


class Definitions:
    """Reads files one after the other and gathers what they define, what they refer to, and their fields with defaults."""

    def __init__(
        self,
        faults: Faults,
        find_type: Callable[[str], str | None],
        marks: MarkNames,
        unfit: Collection[tuple[str, str]] = (),
    ) -> None:
        """`marks` are the names of lifecycle marks, `unfit` the keys of defaults that count as none, being no values."""
        self.names: dict[str, AvroNamed] = {}
        self.references: list[AvroReference] = []
        self.defaults: list[AvroField] = []
        self._faults = faults
        self._find_type = find_type
        self._marks = marks
        self._unfit = unfit
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
        wrapped = node.get("type")
        if wrapped is not None and isinstance(wrapped.value, dict | list) and len(value) == 1:
            return self.read(wrapped, namespace)
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
                node=node,
                name=name,
                logical=logical,
                attributes=self._attributes(node, {"type"} | logical_keys(logical)),
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
        """A branch that is there twice, word for word, counts once."""
        branches: dict[str, AvroType] = {}
        for item in node.items():
            branch = self.read(item, namespace)
            if isinstance(branch, AvroUnion):
                self._refuse(item, "a union may not directly contain a union", "move its branches into the outer union")
            identity = branch_identity(branch)
            first = branches.setdefault(identity, branch)
            if first is not branch and not _is_the_same(first, branch):
                self._refuse(item, f"the union has two branches of type {identity}", "keep one of them")
        return AvroUnion(node=node, branches=tuple(branches.values()))

    def _array(self, node: Node, namespace: str) -> AvroType:
        items = node.get("items")
        if items is None:
            self._refuse(node, "an array needs `items`", "add the schema of its items")
        return AvroArray(
            node=node, items=self.read(items, namespace), attributes=self._attributes(node, {"type", "items"})
        )

    def _map(self, node: Node, namespace: str) -> AvroType:
        values = node.get("values")
        if values is None:
            self._refuse(node, "a map needs `values`", "add the schema of its values")
        return AvroMap(
            node=node, values=self.read(values, namespace), attributes=self._attributes(node, {"type", "values"})
        )

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
            aliases=type_aliases(node, fullname),
            logical=logical,
            attributes=self._attributes(node, _NAMED_KEYS | {"size"} | logical_keys(logical)),
        )
        return fixed

    def _enum(self, node: Node, namespace: str) -> AvroType:
        fullname = self._named(node, namespace)
        known = self._define(node, fullname)
        if known is not None:
            return known
        symbols = self._symbols(node, fullname)
        default = node.get("default")
        is_symbol = default is not None and isinstance(default.value, str) and default.value in symbols
        self.names[fullname] = enum = AvroEnum(
            node=node,
            fullname=fullname,
            symbols=symbols,
            default=str(default.value) if default is not None and is_symbol else None,
            aliases=type_aliases(node, fullname),
            attributes=self._attributes(node, _NAMED_KEYS | {"symbols"} | ({"default"} if is_symbol else set())),
        )
        return enum

    def _symbols(self, node: Node, fullname: str) -> Mapping[str, Node]:
        listed = node.get("symbols")
        if listed is None or not isinstance(listed.value, list):
            self._refuse(listed or node, f"enum {fullname} needs `symbols`, an array", "list its symbols")
        symbols: dict[str, Node] = {}
        for item in listed.items():
            if not isinstance(item.value, str):
                self._refuse(item, f"{shown(item.value)} is no symbol", "write a name")
            symbols.setdefault(item.value, item)
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
            aliases=type_aliases(node, fullname),
            attributes=self._attributes(node, _NAMED_KEYS | {"fields"}),
        )
        return record

    def _field(self, node: Node, record: str, namespace: str, taken: dict[str, str]) -> AvroField:
        if not isinstance(node.value, dict):
            self._refuse(node, f"{shown(node.value)} is no field", "write an object with `name` and `type`")
        name = self._text(node, "name", f"a field of {record} needs a `name`, a text")
        if name in taken:
            self._refuse(node, f"record {record} has field {name!r} twice", "rename or remove one of them")
        taken[name] = name
        kind, order, default = node.get("type"), node.get("order"), node.get("default")
        if kind is None:
            self._refuse(node, f"field {name!r} of {record} needs a `type`", "add its schema")
        if default is not None and default.key in self._unfit:
            default = None
        field = AvroField(
            node=node,
            name=name,
            type=self.read(kind, namespace),
            default=UNSET if default is None else default.value,
            aliases=tuple(alias for alias in aliases(node) if alias != name),
            order=str(order.value).lower() if order is not None else ORDERS[0],
            attributes=self._attributes(node, _FIELD_KEYS | ({"default"} if default is not None else set())),
        )
        if default is not None:
            self.defaults.append(field)
        return field

    def _named(self, node: Node, namespace: str) -> str:
        """The full name of the definition at `node`, inside one of `namespace`."""
        name = self._text(node, "name", "a record, enum or fixed needs a `name`, a text")
        fullname = full_name(name, own_namespace(node, namespace))
        if not simple_name(fullname):
            self._refuse(node.child("name"), f"{shown(name)} is no name", "write a name")
        if fullname in PRIMITIVES:
            self._refuse(node.child("name"), f"{name!r} is the name of a primitive type", "choose another name")
        return fullname

    def _attributes(self, node: Node, known: Collection[str]) -> Mapping[str, Node]:
        """`doc` and custom attributes: all members that the type itself does not take up, marks under their canonical names."""
        own = {name: child for name, child in node.members() if name not in known}
        return with_canonical_marks(own, self._marks) if own else own

    def _define(self, node: Node, fullname: str) -> AvroReference | None:
        """Note that `node` defines `fullname`. Where it was defined before in the same words, that definition stands for both."""
        first = self._places.setdefault(fullname, node)
        if first is node:
            return None
        if not same_value(first.value, node.value):
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


def _is_the_same(one: AvroType, other: AvroType) -> bool:
    """Whether two branches with one identity are one type: it is defined once, or they say the same."""
    return isinstance(one, _NAMED) or same_value(one.node.value, other.node.value)
