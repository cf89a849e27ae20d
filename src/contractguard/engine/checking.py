"""The validators that confirm payloads and data, loaded when the first one is to be confirmed: most comparisons need none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from contractguard.documents import DocumentSet
from contractguard.model.document import Documents
from contractguard.model.payload import Checked, DataChecker, PayloadChecker, Role
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue


class LazyChecker:
    """Confirms payloads against schemas of one side. Implements `PayloadChecker`."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._validator: PayloadChecker | None = None

    def check(
        self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role, near: Sequence[str] = ()
    ) -> Checked:
        """See `PayloadChecker.check`."""
        if self._validator is None:
            from contractguard.validators import PayloadValidator  # noqa: PLC0415  (jsonschema costs 100 ms)

            self._validator = PayloadValidator(self._documents)
        return self._validator.check(schema, payload, dialect=dialect, role=role, near=near)


def _find_type(documents: DocumentSet, path: str, name: str) -> str | None:
    return documents.avro_finder(path)(name)


class LazyDataChecker:
    """Confirms Avro data between the schemas of two sides. Implements `DataChecker`."""

    def __init__(self, base: tuple[DocumentSet, str], head: tuple[DocumentSet, str]) -> None:
        self._sides = (base, head)
        self._exchange: DataChecker | None = None

    def check(
        self, datum: JsonValue, *, written_with: str, along: Sequence[tuple[str, str]] = (), missing: str = ""
    ) -> Checked:
        """See `DataChecker.check`."""
        if self._exchange is None:
            from contractguard.validators.avro import AvroExchange, AvroSource  # noqa: PLC0415  (fastavro costs 50 ms)

            base, head = (
                AvroSource(documents, path, partial(_find_type, documents, path)) for documents, path in self._sides
            )
            self._exchange = AvroExchange(base, head)
        return self._exchange.check(datum, written_with=written_with, along=along, missing=missing)

    def seen(self, written: JsonValue, read: JsonValue, datum: JsonValue) -> tuple[str, str] | None:
        """See `DataChecker.seen`."""
        from contractguard.validators.avro import seen  # noqa: PLC0415

        return seen(written, read, datum)
