"""What a look at the bytes of a file says before anybody parses it: may it be a contract, and which files does it refer to.

The look may say "perhaps" too often, never too rarely: parsing decides. The patterns are our own and run in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from contractguard.documents.file_references import Reference, references_in_bytes
from contractguard.documents.text import looks_like_utf16

_HEAD: Final = 4096
"""How far into a file a JSON contract says what it is, where it does so early."""

_OPENAPI = re.compile(rb"""["']?\b(?:openapi|swagger)["']?[ \t]*:\s*["']?[0-9]""")
_OPENAPI_FIRST = re.compile(rb"""(?:\A\s*\{\s*"|^["']?)(?:openapi|swagger)["']?[ \t]*:\s*["']?[0-9]""", re.MULTILINE)
_META_SCHEMA = re.compile(rb"""\$schema["']?\s*:\s*["']?https?:\\?/\\?/(?:json-schema\.org|spec\.openapis\.org)\\?/""")
_NAMED_AVRO = re.compile(rb'"type"\s*:\s*"(?:record|error|enum|fixed)"')
_REGISTRATION = (
    re.compile(rb'"subject"\s*:\s*"'),
    re.compile(rb'"version"\s*:\s*[0-9]'),
    re.compile(rb'"schema"\s*:\s*"'),
)
_IDENTIFIER = re.compile(rb"""["']?\$?\bid["']?\s*:\s*["']?([^"'\s#,}]+)""")


@dataclass(frozen=True, slots=True)
class Sniff:
    """`perhaps`: worth parsing. `surely`: looks so much like a contract that a file which cannot be parsed is worth an error.
    `references` are those to other files, None where only parsing can tell. `identifier` is the first `$id`, against which a
    reference may have to be resolved, and by which other files may refer to this one. `registers`: it may be a schema with what
    a registry wraps around it.
    """

    perhaps: bool
    surely: bool
    references: tuple[Reference, ...] | None
    identifier: str | None
    registers: bool = False


def sniff(raw: bytes) -> Sniff:
    """Look at the bytes of a file."""
    if looks_like_utf16(raw):
        raw = raw.decode("utf-16", errors="ignore").encode(errors="ignore")
    if _registers(raw):
        return Sniff(perhaps=True, surely=True, references=None, identifier=None, registers=True)
    names_meta_schema = b"$schema" in raw
    perhaps = names_meta_schema or ((b"openapi" in raw or b"swagger" in raw) and _OPENAPI.search(raw) is not None)
    surely = False
    if perhaps:
        surely = _OPENAPI_FIRST.search(raw) is not None or _META_SCHEMA.search(raw, 0, _HEAD) is not None
    elif raw[:1] in (b"{", b"[") or raw[:_HEAD].lstrip()[:1] in (b"{", b"["):
        perhaps = _NAMED_AVRO.search(raw) is not None
    references = references_in_bytes(raw)
    identifier = _identifier(raw) if references != () or names_meta_schema else None
    return Sniff(perhaps, surely, references, identifier)


def _registers(raw: bytes) -> bool:
    return b'"subject"' in raw and all(pattern.search(raw) for pattern in _REGISTRATION)


def _identifier(raw: bytes) -> str | None:
    found = _IDENTIFIER.search(raw, 0, _HEAD)
    return found.group(1).decode(errors="replace").replace("\\/", "/") if found else None
