"""What a look at the bytes of a file says before anybody parses it: may it be a contract, and which files does it refer to.

The look may say "perhaps" too often, never too rarely: parsing decides. The patterns are our own and run in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from contractguard.documents.exports.records import BACKUP
from contractguard.documents.file_references import Reference, references_in_bytes
from contractguard.documents.text import looks_like_utf16

_HEAD: Final = 4096
"""How far into a file a JSON contract says what it is, where it does so early."""

_OPENAPI = re.compile(rb"""["']?\b(?:openapi|swagger)["']?[ \t]*:\s*["']?[0-9]""")
_OPENAPI_FIRST = re.compile(rb"""(?:\A\s*\{\s*"|^["']?)(?:openapi|swagger)["']?[ \t]*:\s*["']?[0-9]""", re.MULTILINE)
_META_SCHEMA = re.compile(rb"""\$schema["']?\s*:\s*["']?https?:\\?/\\?/(?:json-schema\.org|spec\.openapis\.org)\\?/""")
_DIALECT = re.compile(rb"""\$schema["']?\s*:\s*["']?([^"'\s,}{\[]+)""")
_NAMED_AVRO = re.compile(rb'"type"\s*:\s*"(?:record|error|enum|fixed)"')
_REGISTRATION = (
    re.compile(rb'"subject"\s*:\s*"'),
    re.compile(rb'"version"\s*:\s*[0-9]'),
    re.compile(rb'"schema"\s*:\s*["{\[]'),
)
_SUBJECT_IN_BASE16: Final = b"subject".hex().encode()
_IDENTIFIER = re.compile(rb"""\$id["']?\s*:\s*["']?([^"'\s#,}{\[]+)""")
_OLD_IDENTIFIER = re.compile(rb"""["']?\bid["']?\s*:\s*["']?([^"'\s#,}{\[]+)""")
_MOST_IDENTIFIERS: Final = 100


@dataclass(frozen=True, slots=True)
class Sniff:
    """`perhaps`: worth parsing. `surely`: looks so much like a contract that a file which cannot be parsed is worth an error.
    `references` are those to other files, None where only parsing can tell. `identifiers` may be what the file calls itself, by
    which other files may refer to it, and `dialect` the first `$schema`. `registers`: it may be a schema with what a registry
    wraps around it. `holds_many`: it may hold many of those (see `exports`).
    """

    perhaps: bool
    surely: bool
    references: tuple[Reference, ...] | None
    identifiers: tuple[str, ...]
    registers: bool = False
    dialect: str | None = None
    holds_many: bool = False

    @property
    def identifier(self) -> str | None:
        """The first of them, against which a reference in the file may have to be resolved."""
        return self.identifiers[0] if self.identifiers else None


def sniff(raw: bytes) -> Sniff:
    """Look at the bytes of a file."""
    if looks_like_utf16(raw):
        raw = raw.decode("utf-16", errors="ignore").encode(errors="ignore")
    found = _sniff(raw)
    return replace(found, holds_many=True) if _holds_many(raw) else found


def _sniff(raw: bytes) -> Sniff:
    if _registers(raw):
        return Sniff(perhaps=True, surely=True, references=None, identifiers=(), registers=True)
    names_meta_schema = b"$schema" in raw
    perhaps = names_meta_schema or ((b"openapi" in raw or b"swagger" in raw) and _OPENAPI.search(raw) is not None)
    surely = False
    if perhaps:
        surely = _OPENAPI_FIRST.search(raw) is not None or _META_SCHEMA.search(raw, 0, _HEAD) is not None
    elif raw[:1] in (b"{", b"[") or raw[:_HEAD].lstrip()[:1] in (b"{", b"["):
        perhaps = _NAMED_AVRO.search(raw) is not None
    references = references_in_bytes(raw)
    identifies = references != () or names_meta_schema or b"$id" in raw
    named = _DIALECT.search(raw, 0, _HEAD) if names_meta_schema else None
    return Sniff(
        perhaps,
        surely,
        references,
        _identifiers(raw) if identifies else (),
        dialect=_text(named.group(1)) if named else None,
    )


def _registers(raw: bytes) -> bool:
    if b'"SchemaDefinition"' in raw and b'"SchemaArn"' in raw:
        return True
    return b'"subject"' in raw and all(pattern.search(raw) for pattern in _REGISTRATION)


def _holds_many(raw: bytes) -> bool:
    if raw.startswith(BACKUP):
        return _SUBJECT_IN_BASE16 in raw
    if b"subject" not in raw:
        return False
    if b'keytype"' in raw or b'keytype\\"' in raw:
        return True
    first = raw[:_HEAD].lstrip()[:1]
    return (first == b"[" or (first == b"{" and b"\n{" in raw)) and all(
        pattern.search(raw) for pattern in _REGISTRATION
    )


def _identifiers(raw: bytes) -> tuple[str, ...]:
    """The values of `$id`, wherever they stand: that of the file may come after its definitions. Else the first `id`."""
    found = list(islice(_IDENTIFIER.finditer(raw), _MOST_IDENTIFIERS))
    if not found:
        first = _OLD_IDENTIFIER.search(raw, 0, _HEAD)
        found = [first] if first else []
    return tuple(dict.fromkeys(_text(match.group(1)) for match in found))


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").replace("\\/", "/")
