"""Exports of Apicurio Registry: what is known of a version lies in one file, and its content in another.

`groups/{group}/artifacts/{artifact}/versions/{version}.ArtifactVersion.json` names a content by its id. The file
`content/{hash}.Content.json` has that id, and `content/{hash}.Content.data` beside it is the content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from contractguard.documents.json_reader import read_json
from contractguard.documents.limits import Limits
from contractguard.errors import ContractguardError
from contractguard.model.values import JsonValue

_VERSION: Final = ".ArtifactVersion.json"
_CONTENT: Final = ".Content.json"
_DATA: Final = ".Content.data"
_HIDDEN: Final = "DISABLED"

Read = Callable[[Collection[str]], Mapping[str, bytes]]


def is_artifact_version(path: str) -> bool:
    """Whether a file is what such an export says of a version."""
    return path.endswith(_VERSION)


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of an artifact: where it is described, and what with."""

    path: str
    meta: dict[str, JsonValue]

    @property
    def root(self) -> str:
        """The folder of the export."""
        return self.path.rpartition("groups/")[0]

    @property
    def subject(self) -> str:
        """Group and artifact."""
        return f"{self.meta.get('groupId') or 'default'}/{self.meta.get('artifactId')}"

    @property
    def number(self) -> int:
        """Its place among the versions of the artifact."""
        for name in ("versionOrder", "versionId", "globalId"):
            value = self.meta.get(name)
            if isinstance(value, int) and value >= 0:
                return value
        return 0


def unpack_artifacts(paths: Iterable[str], read: Read, limits: Limits) -> dict[str, bytes]:
    """The versions of an export, each as a file with a registration: path below that of its description → bytes.

    `paths` are all files of the snapshot, `read` gives bytes of those that can be read. What cannot be parsed, or has no content,
    is left out: its description stays what it is.
    """
    names = [path for path in paths if path.endswith((_VERSION, _CONTENT))]
    found = {path: meta for path, raw in read(names).items() if (meta := _object(raw, path, limits)) is not None}
    versions = [_Version(path, meta) for path, meta in sorted(found.items()) if path.endswith(_VERSION)]
    contents = {
        (path.rpartition("content/")[0], meta.get("contentId")): path
        for path, meta in sorted(found.items())
        if path.endswith(_CONTENT)
    }
    numbers = {
        (version.root, version.subject, str(version.meta.get("version"))): version.number for version in versions
    }
    placed = {
        version.path: contents[version.root, version.meta.get("contentId")]
        for version in versions
        if (version.root, version.meta.get("contentId")) in contents
    }
    data = read({f"{path.removesuffix(_CONTENT)}{_DATA}" for path in placed.values()})
    unpacked = {}
    for version in versions:
        content = placed.get(version.path)
        raw = data.get(f"{content.removesuffix(_CONTENT)}{_DATA}") if content is not None else None
        if content is not None and raw is not None:
            record = {
                "subject": version.subject,
                "version": version.number,
                "id": version.number,
                "schemaType": version.meta.get("artifactType") or found[content].get("artifactType"),
                "schema": raw.decode("utf-8", "replace"),
                "references": _references(found[content], version.root, numbers, limits),
                "deleted": version.meta.get("state") == _HIDDEN,
            }
            unpacked[f"{version.path}/{version.number}.json"] = json.dumps(record, ensure_ascii=False).encode()
    return unpacked


def _object(raw: bytes, path: str, limits: Limits) -> dict[str, JsonValue] | None:
    try:
        value, _ = read_json(raw, path, limits)
    except ContractguardError:
        return None
    return value if isinstance(value, dict) else None


def _references(
    content: Mapping[str, JsonValue], root: str, numbers: Mapping[tuple[str, str, str], int], limits: Limits
) -> list[JsonValue]:
    """What a content refers to, by subject and number."""
    written = content.get("serializedReferences")
    if not isinstance(written, str) or not written:
        return []
    try:
        listed, _ = read_json(written.encode("utf-8", "surrogatepass"), root, limits)
    except ContractguardError:
        return []
    found: list[JsonValue] = []
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            subject = f"{item.get('groupId') or 'default'}/{item.get('artifactId')}"
            number = numbers.get((root, subject, str(item.get("version"))))
            found.append({"name": item.get("name"), "subject": subject, "version": number})
    return found
