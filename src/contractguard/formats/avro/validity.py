"""Whether an Avro schema keeps the rules of the specification that reading it does not depend on.

The reader (`contract.py`) refuses what has no meaning. What it reads although the specification forbids it is found here.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractguard.formats.avro.faults import shown
from contractguard.formats.avro.names import PRIMITIVES, full_name, namespace_of
from contractguard.formats.validity import Fault
from contractguard.model.avro import AvroRecord
from contractguard.model.contract import AvroContract
from contractguard.model.places import Node

_NAMED = frozenset({"record", "error", "enum", "fixed"})


def faults(contract: AvroContract) -> Iterator[Fault]:
    """What the specification does not allow in the file of the contract, in file order.

    "A name must be defined before it is used ('before' in the depth-first, left-to-right traversal)" (Avro 1.12.0, "Names"):
    Apache Avro for Java reads forward references, fastavro and others refuse them. Names that other files define are theirs.

    "Aliases" are alternative names, so one that another field of the record or another type has leaves readers to guess: Apache
    Avro refuses to compare such schemas, and swaps fields when it reads with them.
    """
    yield from _used_before_defined(contract)
    yield from _ambiguous_aliases(contract)


def _used_before_defined(contract: AvroContract) -> Iterator[Fault]:
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
            stack.extend(reversed(_parts(node, namespace, defined)))


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
    kind, name, own = node.get("type"), node.get("name"), node.get("namespace")
    if kind is None:
        return []
    if kind.value in _NAMED:
        space = own.value if own is not None and isinstance(own.value, str) else namespace
        fullname = full_name(str(name.value) if name is not None else "", space)
        defined.add(fullname)
        fields = node.get("fields")
        inner = [field.get("type") for field in fields.items()] if fields is not None else []
        return [(part, namespace_of(fullname)) for part in inner if part is not None]
    if kind.value in ("array", "map"):
        part = node.get("items" if kind.value == "array" else "values")
        return [(part, namespace)] if part is not None else []
    return [(kind, namespace)]
