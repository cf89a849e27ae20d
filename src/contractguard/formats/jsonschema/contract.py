"""Reading a JSON Schema document as a contract."""

from __future__ import annotations

import re

from contractguard.errors import UnreadableError, UsageError
from contractguard.formats.jsonschema.dialects import DIALECT_CHOICES, dialect_named, dialect_of_uri
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.model.contract import DeclaredVersion, JsonSchemaContract
from contractguard.model.document import ContractKind, Documents
from contractguard.model.places import Node
from contractguard.model.schema import Dialect

_DEFAULT_DIALECT = Dialect.DRAFT_2020_12
_VERSION_IN_URI = re.compile(r"(?:^|[/_-])v?(\d+[.-]\d+(?:[.-]\d+)?)(?=$|[/.#_-])")


def read(documents: Documents, path: str, *, dialect: str | None = None) -> JsonSchemaContract:
    """Read the schema in `path`. `dialect` is for a file that names none; without it, 2020-12.

    Raises `UnreadableError` for a dialect that is not read here, `UsageError` for a `dialect` that does not exist.
    """
    root = documents.document(path).root
    found = _dialect(documents, root, dialect)
    schemas = SchemaNormaliser(documents, path, found)
    schemas.read(root)
    return JsonSchemaContract(
        path=path,
        kind=ContractKind.JSONSCHEMA,
        dialect=f"JSON Schema {found.removeprefix('draft-') if '20' in found else found}",
        root=root,
        documents=documents,
        title=_title(root),
        version=_version(root),
        schemas=schemas,
    )


def _dialect(documents: Documents, root: Node, asked: str | None) -> Dialect:
    named = root.get("$schema")
    if named is not None and isinstance(named.value, str):
        found = dialect_of_uri(named.value)
        if found is not None:
            return found
        if asked is None:
            place = documents.locate([named.key])[named.key]
            raise UnreadableError(
                f"the dialect {named.value!r} is not supported",
                path=place.path,
                line=place.line,
                column=place.column,
                remedy=f"use one of {', '.join(DIALECT_CHOICES)}, or say with --dialect which of them this schema follows",
            )
    if asked is None:
        return _DEFAULT_DIALECT
    found = dialect_named(asked)
    if found is None:
        raise UsageError(f"there is no dialect {asked!r}", remedy=f"use one of {', '.join(DIALECT_CHOICES)}")
    return found


def _title(root: Node) -> str | None:
    title = root.get("title")
    return title.value if title is not None and isinstance(title.value, str) else None


def _version(root: Node) -> DeclaredVersion | None:
    """`version` of the schema, else a version in its `$id`: `…/order/1-0-2`, `…/1.2.0/order.json`."""
    stated = root.get("version")
    if stated is not None and isinstance(stated.value, str | int) and not isinstance(stated.value, bool):
        return DeclaredVersion(str(stated.value), stated)
    for name in ("$id", "id"):
        identifier = root.get(name)
        if identifier is not None and isinstance(identifier.value, str):
            matches = _VERSION_IN_URI.findall(identifier.value)
            if matches:
                return DeclaredVersion(matches[-1], identifier)
    return None
