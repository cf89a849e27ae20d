"""A reader's schema that is the writer's but for one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.validators.avro.encoding import label_of
from contractguard.validators.avro.schemas import Linked, Loose, SchemaError

if TYPE_CHECKING:
    from collections.abc import Sequence


def differing_at(writer: Loose, reader: Loose, along: Sequence[tuple[str, str]], missing: str) -> Loose:
    """The writer's schema, with the reader's type at the end of a way; `missing` is the one field there that counts.

    Each step of the way is what the writer and the reader call a part. Types on the way are copied, so that one which holds
    itself differs there once. Raises `SchemaError` where the way leads nowhere. It recurses once a step.
    """
    if not along:
        return _with_field(writer, reader, missing) if missing else reader
    (own, other), rest = along[0], along[1:]
    if isinstance(writer, list) or isinstance(reader, list):
        below = differing_at(_branch(writer, own), _branch(reader, other), rest, missing)
        if not isinstance(writer, list):
            return below
        return [below if label_of(branch) == own else branch for branch in writer]
    if not isinstance(writer, Linked) or not isinstance(reader, Linked) or writer["type"] != reader["type"]:
        raise SchemaError("the way leads nowhere")
    for part in ("items", "values"):
        if part in writer:
            return Linked({**writer, part: differing_at(writer[part], reader[part], rest, missing)})
    kind = differing_at(_field(writer, own)["type"], _field(reader, other)["type"], rest, missing)
    fields = [{**field, "type": kind} if field["name"] == own else field for field in writer.get("fields", ())]
    return Linked({**writer, "fields": fields})


def _branch(kind: Loose, label: str) -> Loose:
    """The branch of a union; any other type stands for itself."""
    if not isinstance(kind, list):
        return kind
    found = next((branch for branch in kind if label_of(branch) == label), None)
    if found is None:
        raise SchemaError("the way leads nowhere")
    return found


def _field(record: Loose, name: str) -> Loose:
    found = next((field for field in record.get("fields", ()) if field["name"] == name), None)
    if found is None:
        raise SchemaError("the way leads nowhere")
    return found


def _with_field(writer: Loose, reader: Loose, name: str) -> Loose:
    if not isinstance(writer, Linked) or not isinstance(reader, Linked):
        raise SchemaError("the way leads nowhere")
    return Linked({**writer, "fields": [*writer.get("fields", ()), _field(reader, name)]})
