"""What a schema says that the Avro 1.12 specification does not allow, although one can tell what it means.

Each function looks at one object or array of a schema that was read, without what stands inside of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from contractguard.formats.avro.definitions import ORDERS
from contractguard.formats.avro.faults import shown
from contractguard.formats.avro.names import PRIMITIVES, aliases, is_namespace, is_simple_name, simple_name
from contractguard.formats.validity import Fault
from contractguard.model.values import UNSET

if TYPE_CHECKING:
    from contractguard.model.avro import AvroField, AvroUnion
    from contractguard.model.places import Node

_NAME: Final = "use letters of ASCII, digits and _, not starting with a digit"


def of_definition(node: Node, fullname: str) -> Iterator[Fault]:
    """A record, enum or fixed: "Names", "Aliases" and "Enums"."""
    name, namespace = node.child("name"), node.get("namespace")
    if not is_namespace(str(name.value)):
        yield Fault(name, f"{shown(name.value)} is no name: {_NAME}")
    if simple_name(fullname) in PRIMITIVES:
        yield Fault(name, f"{shown(name.value)} is the name of a primitive type, which no other type may have")
    if namespace is not None and not isinstance(namespace.value, str):
        yield Fault(namespace, f"{shown(namespace.value)} is no namespace: the one around it counts")
    elif namespace is not None and "." not in str(name.value) and not is_namespace(str(namespace.value)):
        yield Fault(namespace, f"{shown(namespace.value)} is no namespace: {_NAME} in names joined by dots")
    yield from _of_aliases(node)
    for alias in aliases(node):
        if not alias or not is_namespace(alias):
            yield Fault(node.child("aliases"), f"alias {shown(alias)} is no name: {_NAME}")
    if node.child("type").value == "enum":
        yield from _of_enum(node, fullname)


def of_field(field: AvroField) -> Iterator[Fault]:
    """A field of a record: "Records" and "Aliases"."""
    node = field.node
    name, order, default = node.child("name"), node.get("order"), node.get("default")
    if not is_simple_name(str(name.value)):
        yield Fault(name, f"{shown(name.value)} is no name: {_NAME}")
    if order is not None and order.value not in ORDERS:
        yield Fault(order, f"{shown(order.value)} is no sort order: use one of {', '.join(ORDERS)}")
    if default is not None and field.default is UNSET:
        message = f"default {shown(default.value)} of field {field.name!r} is no value of its type, and counts as none"
        yield Fault(default, message)
    yield from _of_aliases(node)


def of_union(union: AvroUnion) -> Iterator[Fault]:
    """A union, which "may not contain more than one schema with the same type"; a branch that is there twice was read once."""
    items = {item.pointer: item for item in union.node.items()}
    if len(items) == len(union.branches):
        return
    for branch in union.branches:
        pointer = branch.node.pointer
        while pointer not in items:
            pointer = pointer.removesuffix("/type")  # the branch is wrapped in an object
        del items[pointer]
    for item in items.values():
        yield Fault(item, f"the union has {shown(item.value)} twice")


def _of_aliases(node: Node) -> Iterator[Fault]:
    listed = node.get("aliases")
    if listed is None:
        return
    if not isinstance(listed.value, list):
        yield Fault(listed, "`aliases` must be an array of names: it says nothing as it is")
        return
    for item in listed.items():
        if not isinstance(item.value, str):
            yield Fault(item, f"{shown(item.value)} is no alias: write a name")


def _of_enum(node: Node, fullname: str) -> Iterator[Fault]:
    said: set[object] = set()
    for item in node.child("symbols").items():
        if item.value in said:
            yield Fault(item, f"enum {fullname} has symbol {item.value!r} twice")
        elif not is_simple_name(str(item.value)):
            yield Fault(item, f"{shown(item.value)} is no symbol: {_NAME}")
        said.add(item.value)
    default = node.get("default")
    if default is not None and (not isinstance(default.value, str) or default.value not in said):
        yield Fault(default, f"default {shown(default.value)} is no symbol of enum {fullname}, and counts as none")
