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
from contractguard.model.lifecycle import KNOWN_NAMES, SUNSET, MarkNames

if TYPE_CHECKING:
    from collections.abc import Callable


_PLAIN_NAMES = {SUNSET: ("sunset",)}
"""Attributes of Avro are custom already, so marks stand there without the `x-` of extensions, too."""


def read(
    documents: Documents,
    path: str,
    *,
    find_type: Callable[[str], str | None] | None = None,
    marks: MarkNames = KNOWN_NAMES,
) -> AvroContract:
    """Read the schema in the file at `path`. `marks` are the names of lifecycle marks.

    `find_type` names the file of the snapshot that defines a full name, None where none does; each file is read once, so that
    files may refer to each other. A root that is an array is a union. Types may be used before they are defined, as in Apache
    Avro 1.12.

    What the Avro 1.12 specification forbids is read all the same where one can tell what it means (`validity.faults` tells it):
    a default that is no value of its type counts as none. Raises `UnreadableError`, with place and remedy, for what has no
    meaning: unknown names, missing parts, two definitions of a name that differ, nested or ambiguous unions, sizes out of range.
    """
    faults = Faults(documents)
    names_of_marks = marks.with_own(_PLAIN_NAMES)
    definitions = Definitions(faults, find_type or _knows_nothing, names_of_marks)
    document = documents.document(path)
    root = _read_files(documents, path, definitions, faults, find_type or _knows_nothing)
    unfit = _unfit_defaults(definitions)
    if unfit:
        definitions = Definitions(faults, find_type or _knows_nothing, names_of_marks, unfit)
        root = _read_files(documents, path, definitions, faults, find_type or _knows_nothing)
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


def _read_files(
    documents: Documents, path: str, definitions: Definitions, faults: Faults, find_type: Callable[[str], str | None]
) -> AvroType:
    """Read the file at `path`, and those of all types referred to, and of those that they refer to; returns the type at `path`.

    The list of references grows while it is walked.
    """
    root = definitions.read(documents.document(path).root)
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
    return root


def _unfit_defaults(definitions: Definitions) -> frozenset[tuple[str, str]]:
    """The keys of all defaults that are no values of their types."""
    defaults = Defaults(definitions.names)
    nodes = ((field, field.node.child("default")) for field in definitions.defaults)
    return frozenset(node.key for field, node in nodes if not defaults.fits(field.type, node.value))


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
