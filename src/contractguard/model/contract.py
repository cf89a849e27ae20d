"""A contract, read into the normal form of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.model.avro import AvroNamedTypes, AvroType
from contractguard.model.document import ContractKind, Documents
from contractguard.model.openapi import Api
from contractguard.model.places import Node
from contractguard.model.schema import SchemaReader


@dataclass(frozen=True, slots=True)
class DeclaredVersion:
    """The version a contract gives itself, as text, and where: `info.version`, `$id`, a `version` attribute."""

    value: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contract:
    """What is true of a contract of any kind.

    `dialect` is shown to people: `OpenAPI 3.1.0`, `JSON Schema draft-07`, `Avro`. So are `notes`, on how it was read.
    """

    path: str
    kind: ContractKind
    dialect: str
    root: Node
    documents: Documents
    title: str | None = None
    version: DeclaredVersion | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenApiContract(Contract):
    """An OpenAPI description."""

    api: Api
    schemas: SchemaReader


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JsonSchemaContract(Contract):
    """A JSON Schema; its payloads are the instances of `root`."""

    schemas: SchemaReader


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AvroContract(Contract):
    """An Avro schema; `type` is what its file defines last, `names` every named type it can reach, by full name."""

    type: AvroType
    names: AvroNamedTypes
