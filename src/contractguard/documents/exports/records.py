"""What one file holds of a registry: a list of schemas, or the messages of the topic in which it keeps them.

- `GET /schemas` of Confluent Schema Registry answers with a list of registrations; tools write one a line.
- Each message of the topic `_schemas` has a key (`{"keytype": "SCHEMA", "subject": …, "version": …}`), and a registration as
  its value. Console consumers print both on a line, with a tab between them; others print an object with `key` and `value` or
  `payload`. Karapace writes a list of pairs (version 1 of its backups), or pairs of base16 texts after a line `/V2` (version 2).

A later message replaces an earlier one; one without a value, and `DELETE_SUBJECT`, take schemas back.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from contractguard.documents.json_reader import read_json
from contractguard.documents.limits import Limits
from contractguard.documents.registrations import registration
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.values import JsonValue

BACKUP: Final = b"/V2\n"
_KEY_AND_VALUE = re.compile(rb"\s*(\{[^{}]*\})[ \t]+(\{.*\}|null)\s*\Z", re.DOTALL)
_MOST_RECORDS: Final = 100_000
_VALUES: Final = ("value", "payload")

Message = tuple[JsonValue, JsonValue]
"""Key and value; the key is None where there is none."""


def unpack_records(raw: bytes, path: str, limits: Limits) -> dict[str, bytes]:
    """The schemas in a file, each as a file with a registration: path below that of the file → bytes. Empty where there are none.

    Raises `UnreadableError` for a message that cannot be parsed, `LimitError` for what is too large.
    """
    limits.check_bytes(len(raw), path)
    found: dict[tuple[str, int], dict[str, JsonValue]] = {}
    for key, value in _messages(raw, path, limits):
        _apply(found, key, value, path)
        if len(found) > _MOST_RECORDS:
            raise LimitError(f"it holds more than the {_MOST_RECORDS} schemas that are read", path=path)
    return {
        f"{path}/{quote(subject, safe='')}/{version}.json": json.dumps(record, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
        for (subject, version), record in sorted(found.items())
    }


def _apply(found: dict[tuple[str, int], dict[str, JsonValue]], key: JsonValue, value: JsonValue, path: str) -> None:
    named = key if isinstance(key, dict) else {}
    subject, version = named.get("subject"), named.get("version")
    if named.get("keytype") == "DELETE_SUBJECT":
        last = value.get("version") if isinstance(value, dict) else None
        for known in [known for known in found if known[0] == subject]:
            if not isinstance(last, int) or known[1] <= last:
                del found[known]
    elif value is None and isinstance(subject, str) and isinstance(version, int):
        found.pop((subject, version), None)
    elif isinstance(value, dict) and _registers(value, path):
        found[str(value["subject"]), int(str(value["version"]))] = value


def _registers(value: dict[str, JsonValue], path: str) -> bool:
    try:
        return "subject" in value and registration(value, path) is not None
    except UnreadableError:  # of a type that is not supported, which is told of its own file
        return True


def _messages(raw: bytes, path: str, limits: Limits) -> Iterator[Message]:
    if raw.startswith(BACKUP):
        for line in raw.splitlines()[1:]:
            key, _, value = line.partition(b"\t")
            yield _of_base16(key, path, limits), _of_base16(value, path, limits)
    elif raw.lstrip()[:1] == b"[":
        items, _ = read_json(raw, path, limits)
        for item in items if isinstance(items, list) else ():
            yield _message(item, path, limits)
    else:
        for line in raw.splitlines():
            if b"subject" in line:
                yield _of_line(line, path, limits)


def _of_base16(part: bytes, path: str, limits: Limits) -> JsonValue:
    try:
        text = binascii.unhexlify(part.strip()) if part != b"null" else b""
    except binascii.Error:
        raise UnreadableError("a line of the backup is no pair of base16 texts", path=path) from None
    return read_json(text, path, limits)[0] if text else None


def _of_line(line: bytes, path: str, limits: Limits) -> Message:
    both = _KEY_AND_VALUE.match(line)
    if both is None:
        return _message(read_json(line, path, limits)[0], path, limits)
    key, value = (read_json(part, path, limits)[0] for part in both.groups())
    return key, value


def _message(item: JsonValue, path: str, limits: Limits) -> Message:
    if isinstance(item, list) and len(item) == len(("key", "value")):
        return _parsed(item[0], path, limits), _parsed(item[1], path, limits)
    if isinstance(item, dict):
        for name in _VALUES:
            if "key" in item and name in item:
                return _parsed(item["key"], path, limits), _parsed(item[name], path, limits)
    return None, item


def _parsed(part: JsonValue, path: str, limits: Limits) -> JsonValue:
    """A part of a message, which may be JSON written as a text."""
    if not isinstance(part, str):
        return part
    return read_json(part.encode("utf-8", "surrogatepass"), path, limits)[0] if part else None
