"""The formats: from parsed documents to contracts in normal form. `read_contract` knows them all."""

from __future__ import annotations

from collections.abc import Callable

from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind, Documents


def read_contract(
    kind: ContractKind,
    documents: Documents,
    path: str,
    *,
    dialect: str | None = None,
    find_type: Callable[[str], str | None] | None = None,
) -> Contract:
    """The contract at `path`, read as `kind`.

    `dialect` is for JSON Schemas that name none; `find_type` names the file of the snapshot that defines an Avro type. Raises
    `UnreadableError`, `LimitError`, and `UsageError` for a dialect that does not exist.
    """
    if kind is ContractKind.OPENAPI:
        from contractguard.formats import openapi  # noqa: PLC0415  (one format is read, the others are not imported)
        from contractguard.formats.jsonschema import SchemaNormaliser  # noqa: PLC0415

        schemas = SchemaNormaliser(documents, path, openapi.specification_of(documents, path).dialect)
        return openapi.read(documents, path, schemas)
    if kind is ContractKind.AVRO:
        from contractguard.formats import avro  # noqa: PLC0415

        return avro.read(documents, path, find_type=find_type)
    from contractguard.formats import jsonschema  # noqa: PLC0415

    return jsonschema.read(documents, path, dialect=dialect)


__all__ = ["read_contract"]
