"""Schemas as registries export them: a JSON object around the schema, with its subject, version, type and references.

The object is what Confluent Schema Registry answers for `GET /subjects/{subject}/versions/{version}` (API reference, "Subjects");
Karapace and others answer the same, and tools that write it to files add members of their own. AWS Glue Schema Registry answers
`GetSchemaVersion` with other names for the same (API reference, "Schema Registry API").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypeGuard
from urllib.parse import urljoin

from contractguard.documents.identifiers import identifier_of
from contractguard.errors import ContractguardError, UnreadableError
from contractguard.model.document import RegisteredReference, Registration
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_NEEDED: Final = frozenset({"subject", "version", "schema"})
_KNOWN: Final = _NEEDED | {
    "id",
    "guid",
    "schemaType",
    "references",
    "metadata",
    "ruleSet",
    "schemaTags",
    "deleted",
    "maxId",
    "compatibility",
    "ts",
    "hash",
}
_GLUE_NEEDED: Final = frozenset({"SchemaDefinition", "DataFormat", "VersionNumber", "SchemaArn"})
_GLUE_AVAILABLE: Final = "AVAILABLE"
AVRO: Final = "AVRO"
JSON: Final = "JSON"
OPENAPI: Final = "OPENAPI"
"""What Apicurio Registry calls a description; other registries hold none."""
_SUPPORTED: Final = (AVRO, JSON, OPENAPI)


def registration(value: JsonValue, path: str) -> tuple[Registration, str] | None:
    """What a parsed file says of the schema that it registers, and the text of that; None for a file that registers nothing.

    Raises `UnreadableError` for schemas of a type that is not supported, such as PROTOBUF.
    """
    if not isinstance(value, dict):
        return None
    if value.keys() >= _GLUE_NEEDED:
        return _of_glue(value, path)
    if not value.keys() >= _NEEDED or not (value.keys() <= _KNOWN or _is_of_registry(value)):
        return None
    subject, version, text = value["subject"], value["version"], _text(value)
    if not isinstance(subject, str) or text is None or not _counts(version):
        return None
    kind = _supported(value.get("schemaType") or AVRO, path)
    references, deleted = _references(value.get("references")), value.get("deleted") is True
    return Registration(subject, version, kind, references, deleted=deleted), text


def _is_of_registry(value: dict[str, JsonValue]) -> bool:
    """Whether an object with members that we do not know says something that only a registry says."""
    return _counts(value.get("id")) or isinstance(value.get("schemaType"), str)


def _counts(number: JsonValue) -> TypeGuard[int]:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def _text(value: dict[str, JsonValue]) -> str | None:
    """The text of the schema; where a tool wrote it out as an object or an array, that as text."""
    schema = value["schema"]
    if isinstance(schema, str):
        return schema
    if isinstance(schema, dict | list) and schema and _is_of_registry(value):
        return json.dumps(schema, ensure_ascii=False, indent=1)
    return None


def _of_glue(value: dict[str, JsonValue], path: str) -> tuple[Registration, str] | None:
    """A version of a schema in AWS Glue: one that is not available failed its check, or is being deleted."""
    text, number, name = value["SchemaDefinition"], value["VersionNumber"], value["SchemaArn"]
    if not isinstance(text, str) or not isinstance(name, str) or not _counts(number):
        return None
    kind = _supported(value["DataFormat"], path)
    deleted = value.get("Status", _GLUE_AVAILABLE) != _GLUE_AVAILABLE
    return Registration(name.partition(":schema/")[2] or name, number, kind, deleted=deleted), text


def _supported(kind: JsonValue, path: str) -> str:
    if kind not in _SUPPORTED:
        raise UnreadableError(
            f"it registers a schema of type {str(kind)[:40]}, which is not supported: only AVRO, JSON and OPENAPI are",
            path=path,
            remedy="leave the file out, or name the contracts to compare in the policy",
        )
    return str(kind)


def _references(value: JsonValue) -> tuple[RegisteredReference, ...]:
    found = []
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            continue
        name, subject, version = item.get("name"), item.get("subject"), item.get("version")
        if isinstance(name, str) and isinstance(subject, str) and isinstance(version, int):
            found.append(RegisteredReference(name, subject, version))
    return tuple(found)


def registered_target(documents: DocumentSet, origin: str, reference: str) -> str | None:
    """The file that a registry gives for what `reference` names in the file `origin`; None where it says nothing of that.

    A name in the list of references is what `$ref` says, or the URI that it means where the schema has an `$id`.
    """
    names = documents.registered(origin)
    if not names or reference in names:
        return names.get(reference)
    own = identifier_of(documents, origin)
    if own is None:
        return None
    try:
        meant = urljoin(own, reference)
        return next((path for name, path in names.items() if urljoin(own, name) == meant), None)
    except ValueError:  # such as a broken IPv6 address
        return None


class Registrations:
    """The registered schemas of a snapshot, by subject and version."""

    def __init__(self, paths: Mapping[tuple[str, int], str], registered: Mapping[str, Registration]) -> None:
        self._paths = paths
        self._registered = registered

    @classmethod
    def of(cls, documents: DocumentSet) -> Registrations:
        """Look at all JSON files of the snapshot, and parse those that look like registrations; what cannot be is passed over."""
        names = sorted(path for path in documents.snapshot.entries if path.lower().endswith(".json"))
        documents.look_at(names, keep=lambda _path, look: look.registers)
        found: dict[str, Registration] = {}
        for path in names:
            look = documents.sniff(path)
            if look is None or not look.registers:
                continue
            try:
                registered = documents.document(path).registration
            except ContractguardError:
                continue
            if registered is not None:
                found[path] = registered
        paths: dict[tuple[str, int], str] = {}
        for path, registered in found.items():
            paths.setdefault((registered.subject, registered.version), path)
        return cls(paths, found)

    def targets(self, path: str) -> Mapping[str, str]:
        """Name → file of what the schema at `path` refers to: its own references first, then those of what they lead to."""
        targets: dict[str, str] = {}
        wave = [path]
        met = {path}
        while wave:
            fresh: list[str] = []
            for name, target in self._direct(wave):
                targets.setdefault(name, target)
                if target not in met:
                    met.add(target)
                    fresh.append(target)
            wave = fresh
        return targets

    def _direct(self, paths: Iterable[str]) -> Iterable[tuple[str, str]]:
        for path in paths:
            registered = self._registered.get(path)
            for reference in registered.references if registered is not None else ():
                target = self._paths.get((reference.subject, reference.version))
                if target is not None:
                    yield reference.name, target
