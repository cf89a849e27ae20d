"""One file: from bytes to a `Document`, JSON or YAML as the content says."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from contractguard.documents.json_reader import NotJsonError, read_json
from contractguard.documents.limits import Limits, too_many_values
from contractguard.documents.registrations import OPENAPI, registration
from contractguard.documents.text import decode, looks_like_utf16, without_mark
from contractguard.documents.yaml_reader import read_yaml
from contractguard.errors import UnreadableError
from contractguard.model.document import Document, Syntax

JSON_SUFFIXES: Final = (".json", ".avsc", ".avro-schema", ".jsonschema", ".jsonc", ".json5")
"""Files that promise JSON: what is not strict JSON in them is an error, not YAML."""

YAML_SUFFIXES: Final = (".yaml", ".yml")

_DEFAULTS: Final = Limits()


def read_document(raw: bytes, path: str, blob_id: str, limits: Limits = _DEFAULTS) -> Document:
    """Parse a file. `path` is for errors and decides, where the content leaves it open, which syntax is meant.

    A text that begins with `{` or `[` and is strict JSON is JSON whatever its name. Raises `UnreadableError` for what is
    neither JSON nor YAML, with line, column and remedy, and `LimitError` for what goes beyond `limits` or `MAX_DEPTH`.
    """
    limits.check_bytes(len(raw), path)
    if looks_like_utf16(raw):
        decode(raw, path)
    first = without_mark(raw[:1024]).lstrip()[:1] or without_mark(raw).lstrip()[:1]
    promises_json = path.lower().endswith(JSON_SUFFIXES)
    not_json: NotJsonError | None = None
    if promises_json or first in (b"{", b"["):
        try:
            value, duplicates = read_json(raw, path, limits)
            return _unwrapped(Document(path, blob_id, Syntax.JSON, raw, value, duplicates), limits)
        except NotJsonError as error:
            if promises_json:
                raise
            not_json = error
    _check_indicators(raw, path, limits)
    try:
        value, duplicates = read_yaml(decode(raw, path), path, limits)
    except UnreadableError as error:
        if not_json is None or path.lower().endswith(YAML_SUFFIXES):
            raise
        raise not_json from error
    return Document(path, blob_id, Syntax.YAML, raw, value, duplicates)


def _unwrapped(document: Document, limits: Limits) -> Document:
    """The schema of a registration in place of what a registry wrapped around it; any other document itself."""
    found = registration(document.value, document.path)
    if found is None:
        return document
    registered, text = found
    raw = text.encode("utf-8", "surrogatepass")
    limits.check_bytes(len(raw), document.path)
    if registered.type == OPENAPI and not text.lstrip().startswith("{"):
        value, duplicates = read_yaml(text, document.path, limits)
        syntax = Syntax.YAML
    else:
        value, duplicates = read_json(raw, document.path, limits)
        syntax = Syntax.JSON
    return replace(document, syntax=syntax, raw=raw, value=value, duplicates=duplicates, registration=registered)


def _check_indicators(raw: bytes, path: str, limits: Limits) -> None:
    """Refuse early what must hold too many values; the YAML reader counts exactly."""
    if raw.count(b"\n") > limits.max_nodes:
        raise too_many_values(path, limits.max_nodes)
