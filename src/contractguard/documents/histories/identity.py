"""What a contract calls itself, with the version taken out: by this, versions are one history whose paths do not say so.

`$id` (JSON Schema 2020-12 core, 8.2.1; `id` before draft-06), the `self` of self-describing schemas, the full name of an Avro
type.
"""

from __future__ import annotations

import re
from typing import Final

from contractguard.documents.histories.names import PLACEHOLDER, VersionForm, VersionName, version_in_path
from contractguard.model.document import ContractKind
from contractguard.model.values import JsonValue

_SELF: Final = ("vendor", "name", "format")
_PART = re.compile(r"v([0-9]{1,9}(?:_[0-9]{1,9}){0,2})\Z", re.IGNORECASE)
_NUMBERED = re.compile(r"\bv?[0-9]+(?:[._-][0-9]+)*\b", re.IGNORECASE)
_ENDING = re.compile(r"_?v([0-9]{1,9}(?:_[0-9]{1,9}){0,2})\Z", re.IGNORECASE)


def identity(value: JsonValue, kind: ContractKind) -> tuple[str | None, VersionName | None]:
    """What a contract calls itself without its version, None where it has no name; and the version in the name, if any."""
    if not isinstance(value, dict):
        return None, None
    if kind is ContractKind.AVRO:
        return _avro(value)
    if kind is ContractKind.JSONSCHEMA:
        return _json_schema(value)
    info = value.get("info")
    return _titled(info.get("title") if isinstance(info, dict) else None), None


def _json_schema(value: dict[str, JsonValue]) -> tuple[str | None, VersionName | None]:
    stated = value.get("self")
    if isinstance(stated, dict) and isinstance(stated.get("version"), str):
        return _known("/".join([*(str(stated.get(name)) for name in _SELF), str(stated["version"])]))
    for keyword in ("$id", "id"):
        identifier = value.get(keyword)
        if isinstance(identifier, str):
            return _known(identifier.partition("#")[0], value.get("title"))
    return _titled(value.get("title")), None


def _titled(title: JsonValue) -> str | None:
    """A title without the version that may stand in it: `Order, version 2`."""
    return f"title {_NUMBERED.sub(PLACEHOLDER, title)}" if isinstance(title, str) else None


def _known(uri: str, title: JsonValue = None) -> tuple[str, VersionName | None]:
    """What a URI names. A number in it that may be anything is a version where the titles agree, too."""
    version = version_in_path(uri)
    if version is None:
        return uri, None
    if version.by_itself:
        return version.key, version
    titled = _titled(title)
    return (uri, None) if titled is None else (f"{version.key} {titled}", version)


def _avro(value: dict[str, JsonValue]) -> tuple[str | None, VersionName | None]:
    name, namespace = value.get("name"), value.get("namespace")
    if not isinstance(name, str):
        return None, None
    full = name if "." in name or not isinstance(namespace, str) or not namespace else f"{namespace}.{name}"
    parts = full.split(".")
    found: str | None = None
    for index, part in enumerate(parts):
        match = (_ENDING if index == len(parts) - 1 else _PART).search(part)
        if match is not None and match.start() == 0 and index == len(parts) - 1:
            match = None  # a type that is called V2 and nothing else
        if match is not None:
            found = match.group(1)
            parts[index] = part[: match.start()] + PLACEHOLDER
    key = ".".join(parts)
    if found is None:
        return key, None
    numbers = tuple(int(number) for number in found.split("_"))
    form = VersionForm.EXACT if len(numbers) > 1 else VersionForm.LINE
    text = found.replace("_", ".") if len(numbers) > 1 else f"v{found}"
    return key, VersionName(key, text, numbers, "", form, by_itself=True, in_file=True)
