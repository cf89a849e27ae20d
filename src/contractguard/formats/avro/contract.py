"""An Avro contract: one `.avsc` file with all the types, in this and other files, that it reaches by full name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.formats.avro.defaults import Defaults
from contractguard.formats.avro.definitions import Definitions
from contractguard.formats.avro.faults import Faults, shown
from contractguard.formats.avro.versions import declared_version
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroNamed,
    AvroNamedTypes,
    AvroRecord,
    AvroReference,
    AvroType,
    AvroUnion,
)
from contractguard.model.contract import AvroContract
from contractguard.model.document import ContractKind, Documents

if TYPE_CHECKING:
    from collections.abc import Callable


def read(documents: Documents, path: str, *, find_type: Callable[[str], str | None] | None = None) -> AvroContract:
    """Read the schema in the file at `path`.

    `find_type` names the file of the snapshot that defines a full name, None where none does; each file is read once, so that
    files may refer to each other. A root that is an array is a union. Types may be used before they are defined, as in Apache
    Avro 1.12.

    Raises `UnreadableError`, with place and remedy, for what the Avro 1.12 specification does not allow: unknown and duplicate
    names, missing parts, nested or ambiguous unions, defaults that are no value of their type, sizes out of range.
    """
    faults = Faults(documents)
    definitions = Definitions(faults, find_type or _knows_nothing)
    document = documents.document(path)
    root = definitions.read(document.root)
    _read_other_files(documents, path, definitions, faults, find_type or _knows_nothing)
    _check_defaults(definitions, faults)
    names = _reachable(root, definitions.names)
    return AvroContract(
        path=path,
        kind=ContractKind.AVRO,
        dialect="Avro",
        root=document.root,
        documents=documents,
        title=root.fullname if isinstance(root, AvroRecord | AvroEnum | AvroFixed) else None,
        version=declared_version(root),
        type=root,
        names=names,
    )


def _knows_nothing(_fullname: str) -> str | None:
    return None


def _read_other_files(
    documents: Documents, path: str, definitions: Definitions, faults: Faults, find_type: Callable[[str], str | None]
) -> None:
    """Read the files of all types referred to, and of those that they refer to. The list grows while it is walked."""
    files = {path}
    for reference in definitions.references:
        if reference.fullname in definitions.names:
            continue
        other = find_type(reference.fullname)
        if other is not None and other not in files:
            files.add(other)
            definitions.read(documents.document(other).root)
        if reference.fullname not in definitions.names:
            raise faults.at(
                reference.node,
                f"no type is named {shown(reference.fullname)}",
                "define it in this file, or in another .avsc file of the repository under that full name",
            )


def _check_defaults(definitions: Definitions, faults: Faults) -> None:
    defaults = Defaults(definitions.names)
    for field in definitions.defaults:
        node = field.node.child("default")
        if not defaults.fits(field.type, node.value):
            raise faults.at(
                node,
                f"default {shown(node.value)} of field {field.name!r} is no value of its type",
                "correct or remove the default; null is written without quotes",
            )


def _reachable(root: AvroType, names: AvroNamedTypes) -> dict[str, AvroNamed]:
    """The named types that data of `root` can hold, in the order in which they are met."""
    reached: dict[str, AvroNamed] = {}
    stack: list[AvroType] = [root]
    while stack:
        kind = stack.pop()
        if isinstance(kind, AvroReference):
            kind = names[kind.fullname]
        if isinstance(kind, AvroRecord | AvroEnum | AvroFixed):
            if kind.fullname in reached:
                continue
            reached[kind.fullname] = kind
        stack.extend(reversed(_parts(kind)))
    return reached


def _parts(kind: AvroType) -> list[AvroType]:
    if isinstance(kind, AvroRecord):
        return [field.type for field in kind.fields]
    if isinstance(kind, AvroUnion):
        return list(kind.branches)
    if isinstance(kind, AvroArray):
        return [kind.items]
    return [kind.values] if isinstance(kind, AvroMap) else []
