"""Schemas as registries export them: a JSON object around the schema, with its subject, version, type and references.

The object is what Confluent Schema Registry answers for `GET /subjects/{subject}/versions/{version}` (API reference, "Subjects");
Karapace and others answer the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

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
AVRO: Final = "AVRO"
JSON: Final = "JSON"
_SUPPORTED: Final = (AVRO, JSON)


def registration(value: JsonValue, path: str) -> tuple[Registration, str] | None:
    """What a parsed file says of the schema that it registers, and the text of that; None for a file that registers nothing.

    Raises `UnreadableError` for schemas of a type that is not supported, such as PROTOBUF.
    """
    if not isinstance(value, dict) or not value.keys() >= _NEEDED or not value.keys() <= _KNOWN:
        return None
    subject, version, schema = value["subject"], value["version"], value["schema"]
    if not isinstance(subject, str) or not isinstance(schema, str):
        return None
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        return None
    kind = value.get("schemaType") or AVRO
    if kind not in _SUPPORTED:
        raise UnreadableError(
            f"it registers a schema of type {str(kind)[:40]}, which is not supported: only AVRO and JSON are",
            path=path,
            remedy="leave the file out, or name the contracts to compare in the policy",
        )
    return Registration(subject, version, str(kind), _references(value.get("references"))), schema


def _references(value: JsonValue) -> tuple[RegisteredReference, ...]:
    found = []
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            continue
        name, subject, version = item.get("name"), item.get("subject"), item.get("version")
        if isinstance(name, str) and isinstance(subject, str) and isinstance(version, int):
            found.append(RegisteredReference(name, subject, version))
    return tuple(found)


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
