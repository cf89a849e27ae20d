"""The validator that confirms payloads, loaded when the first payload is to be confirmed: most comparisons need none."""

from __future__ import annotations

from contractguard.model.document import Documents
from contractguard.model.payload import Checked, PayloadChecker, Role
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue


class LazyChecker:
    """Confirms payloads against schemas of one side. Implements `PayloadChecker`."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._validator: PayloadChecker | None = None

    def check(self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role) -> Checked:
        """See `PayloadChecker.check`."""
        if self._validator is None:
            from contractguard.validators import PayloadValidator  # noqa: PLC0415  (jsonschema costs 100 ms)

            self._validator = PayloadValidator(self._documents)
        return self._validator.check(schema, payload, dialect=dialect, role=role)
