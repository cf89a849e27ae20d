"""Reading a JSON Schema document as a contract."""

from __future__ import annotations

from contractguard.errors import UsageError
from contractguard.formats.jsonschema.dialects import DIALECT_CHOICES, dialect_named
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser
from contractguard.formats.jsonschema.unknown_dialects import unknown_dialect
from contractguard.formats.jsonschema.versions import declared_version
from contractguard.model.contract import JsonSchemaContract
from contractguard.model.document import ContractKind, Documents
from contractguard.model.lifecycle import KNOWN_NAMES, MarkNames
from contractguard.model.places import Node
from contractguard.model.schema import Dialect

_DEFAULT_DIALECT = Dialect.DRAFT_2020_12


def read(
    documents: Documents, path: str, *, dialect: str | None = None, marks: MarkNames = KNOWN_NAMES
) -> JsonSchemaContract:
    """Read the schema in `path`. `dialect` is for one that names none, or none that anybody knows; without it, a schema that
    names none is 2020-12. `marks` names lifecycle marks.

    Raises `UnreadableError` for a dialect that is not known, `UsageError` for a `dialect` that does not exist.
    """
    root = documents.document(path).root
    found = _dialect(documents, root, dialect)
    schemas = SchemaNormaliser(documents, path, found, marks, guesses_dialects=dialect is not None)
    schemas.read(root)
    return JsonSchemaContract(
        path=path,
        kind=ContractKind.JSONSCHEMA,
        dialect=f"JSON Schema {found.removeprefix('draft-') if '20' in found else found}",
        root=root,
        documents=documents,
        title=_title(root),
        version=declared_version(root),
        schemas=schemas,
    )


def _dialect(documents: Documents, root: Node, asked: str | None) -> Dialect:
    named = root.get("$schema")
    if named is not None and isinstance(named.value, str):
        found = documents.dialects.named(named.value)
        if found is not None:
            return found
        if asked is None:
            raise unknown_dialect(documents, named)
    if asked is None:
        return _DEFAULT_DIALECT
    found = dialect_named(asked)
    if found is None:
        raise UsageError(f"there is no dialect {asked!r}", remedy=f"use one of {', '.join(DIALECT_CHOICES)}")
    return found


def _title(root: Node) -> str | None:
    title = root.get("title")
    return title.value if title is not None and isinstance(title.value, str) else None
