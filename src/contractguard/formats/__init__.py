"""The formats: from parsed documents to contracts in normal form. `read_contract` knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contractguard.formats.validity import MOST_FAULTS, Fault
from contractguard.model.contract import AvroContract, Contract, JsonSchemaContract, OpenApiContract
from contractguard.model.document import ContractKind, Documents
from contractguard.model.lifecycle import KNOWN_NAMES, MarkNames
from contractguard.model.places import Node
from contractguard.model.values import JsonValue


def read_contract(
    kind: ContractKind,
    documents: Documents,
    path: str,
    *,
    dialect: str | None = None,
    find_type: Callable[[str], str | None] | None = None,
    marks: MarkNames = KNOWN_NAMES,
) -> Contract:
    """The contract at `path`, read as `kind`.

    `dialect` is for JSON Schemas that name none; `find_type` names the file of the snapshot that defines an Avro type; `marks`
    are the names of lifecycle marks. Raises `UnreadableError`, `LimitError`, and `UsageError` for a dialect that does not exist.
    """
    if kind is ContractKind.OPENAPI:
        from contractguard.formats import openapi  # noqa: PLC0415  (one format is read, the others are not imported)
        from contractguard.formats.jsonschema import SchemaNormaliser  # noqa: PLC0415

        schemas = SchemaNormaliser(documents, path, openapi.specification_of(documents, path).dialect, marks)
        return openapi.read(documents, path, schemas, marks=marks)
    if kind is ContractKind.AVRO:
        from contractguard.formats import avro  # noqa: PLC0415

        return avro.read(documents, path, find_type=find_type, marks=marks)
    from contractguard.formats import jsonschema  # noqa: PLC0415

    return jsonschema.read(documents, path, dialect=dialect, marks=marks)


def validity_faults(contract: Contract, holds: Callable[[Node, JsonValue], bool | None]) -> Iterator[Fault]:
    """What its specification does not allow in a contract that could be read, at most some hundred places.

    Only the root file is judged. `holds` says whether a value is valid under the schema at a node, or None where that cannot be
    said.
    """
    if isinstance(contract, OpenApiContract):
        from contractguard.formats.openapi import validity as of_openapi  # noqa: PLC0415  (as above)

        yield from of_openapi.faults(contract, holds)
    elif isinstance(contract, AvroContract):
        from contractguard.formats.avro import validity as of_avro  # noqa: PLC0415

        yield from of_avro.faults(contract)
    elif isinstance(contract, JsonSchemaContract):
        from contractguard.formats.jsonschema import validity as of_jsonschema  # noqa: PLC0415

        yield from of_jsonschema.faults(contract)


__all__ = ["MOST_FAULTS", "Fault", "read_contract", "validity_faults"]
