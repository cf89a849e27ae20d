"""Whether an Avro schema keeps the rules of the specification that reading it does not depend on.

The reader (`contract.py`) refuses what has no meaning. What it reads although the specification forbids it is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from contractguard.formats.avro.faults import shown
from contractguard.formats.avro.names import PRIMITIVES, full_name, namespace_of, own_namespace
from contractguard.formats.avro.spelling import of_definition, of_field, of_union
from contractguard.formats.validity import MOST_FAULTS, Fault
from contractguard.model.avro import AvroArray, AvroMap, AvroRecord, AvroType, AvroUnion
from contractguard.model.contract import AvroContract
from contractguard.model.places import Node

_NAMED = frozenset({"record", "error", "enum", "fixed"})


def faults(contract: AvroContract) -> Iterator[Fault]:
    """What the specification does not allow in the file of the contract, in file order for each kind of fault.

    "A name must be defined before it is used ('before' in the depth-first, left-to-right traversal)" (Avro 1.12.0, "Names"):
    Apache Avro for Java reads forward references, fastavro and others refuse them. Names that other files define are theirs.

    "Aliases" are alternative names, so one that another field of the record or another type has leaves readers to guess: Apache
    Avro refuses to compare such schemas, and swaps fields when it reads with them.
    """
    for rules in (_in_reading_order(contract), _misspelt(contract), _ambiguous_aliases(contract)):
        yield from islice(rules, MOST_FAULTS)


def _misspelt(contract: AvroContract) -> Iterator[Fault]:
    """What single definitions, fields and unions of the file say wrong."""
    stack: list[AvroType] = [contract.type]
    for fullname, named in contract.names.items():
        if named.node.path != contract.path:
            continue
        yield from of_definition(named.node, fullname)
        if isinstance(named, AvroRecord):
            for field in named.fields:
                yield from of_field(field)
            stack += [field.type for field in named.fields]
    while stack:
        kind = stack.pop()
        if isinstance(kind, AvroUnion):
            yield from of_union(kind)
            stack += kind.branches
        elif isinstance(kind, AvroArray | AvroMap):
            stack.append(kind.items if isinstance(kind, AvroArray) else kind.values)


def _in_reading_order(contract: AvroContract) -> Iterator[Fault]:
    """What is used before it is defined, defined again, or wrapped in an object that adds nothing."""
    here = {name for name, named in contract.names.items() if named.node.path == contract.path}
    defined: set[str] = set()
    stack: list[tuple[Node, str]] = [(contract.root, "")]
    while stack:
        node, namespace = stack.pop()
        value = node.value
        if isinstance(value, str):
            name = full_name(value, namespace)
            meant = name if name in here else value
            if value not in PRIMITIVES and meant in here and meant not in defined:
                yield Fault(node, f"the type {shown(value)} is used before it is defined")
        elif isinstance(value, list):
            stack.extend((item, namespace) for item in reversed(node.items()))
        elif isinstance(value, dict):
            yield from _of_object(node, namespace, defined)
            stack.extend(reversed(_parts(node, namespace, defined)))


def _of_object(node: Node, namespace: str, defined: set[str]) -> Iterator[Fault]:
    kind = node.get("type")
    if kind is None:
        return
    if isinstance(kind.value, dict | list):
        yield Fault(node, "a schema object needs a `type`, the name of a type; this one only wraps another schema")
    elif kind.value in _NAMED and (fullname := _fullname(node, namespace)) in defined:
        yield Fault(node, f"{fullname} is defined twice: define it once and refer to it by its name elsewhere")


def _fullname(node: Node, namespace: str) -> str:
    """The full name of the definition at `node`, which stands in one of `namespace`."""
    return full_name(str(node.child("name").value), own_namespace(node, namespace))


def _ambiguous_aliases(contract: AvroContract) -> Iterator[Fault]:
    owners = {fullname: fullname for fullname in contract.names}
    for fullname, named in contract.names.items():
        is_here = named.node.path == contract.path
        for alias in named.aliases:
            owner = owners.setdefault(alias, fullname)
            if is_here and owner != fullname:
                yield Fault(named.node.child("aliases"), f"alias {shown(alias)} of {fullname} is taken by {owner}")
        if is_here and isinstance(named, AvroRecord):
            yield from _ambiguous_field_aliases(named)


def _ambiguous_field_aliases(record: AvroRecord) -> Iterator[Fault]:
    owners = {field.name: field.name for field in record.fields}
    for field in record.fields:
        for alias in field.aliases:
            owner = owners.setdefault(alias, field.name)
            if owner != field.name:
                message = f"alias {shown(alias)} of field {field.name!r} is taken by field {owner!r}"
                yield Fault(field.node.child("aliases"), message)


def _parts(node: Node, namespace: str, defined: set[str]) -> list[tuple[Node, str]]:
    """The schemas inside a schema object, each with the namespace it stands in; a definition is entered into `defined`."""
    kind = node.get("type")
    if kind is None:
        return []
    if isinstance(kind.value, dict | list):
        return [(kind, namespace)]
    if kind.value in _NAMED:
        fullname = _fullname(node, namespace)
        if fullname in defined:
            return []
        defined.add(fullname)
        fields = node.get("fields")
        inner = [field.get("type") for field in fields.items()] if fields is not None else []
        return [(part, namespace_of(fullname)) for part in inner if part is not None]
    if kind.value in ("array", "map"):
        part = node.get("items" if kind.value == "array" else "values")
        return [(part, namespace)] if part is not None else []
    return [(kind, namespace)]
