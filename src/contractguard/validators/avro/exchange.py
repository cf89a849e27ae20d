"""Writing data with the schema of one side and reading them with that of the other, by fastavro."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.errors import ContractguardError
from contractguard.model.payload import Checked
from contractguard.validators.avro.values import seen
from contractguard.validators.reasons import reason

if TYPE_CHECKING:
    from contractguard.model.document import Documents
    from contractguard.model.values import JsonValue
    from contractguard.validators.avro.schemas import Loose

_OTHER = {"base": "head", "head": "base"}


@dataclass(frozen=True, slots=True)
class AvroSource:
    """The schema of one side: its file, and what names the file that defines a full name."""

    documents: Documents
    path: str
    find_type: Callable[[str], str | None]


class AvroExchange:
    """Checks data between two versions of a schema. Implements `DataChecker` (`model/payload.py`).

    fastavro's Python form does the work, not its compiled one: a stack that is too deep is an error there and no crash.
    """

    def __init__(self, base: AvroSource, head: AvroSource) -> None:
        self._sources = {"base": base, "head": head}
        self._schemas: dict[str, Loose] = {}

    def check(
        self, datum: JsonValue, *, written_with: str, along: Sequence[tuple[str, str]] = (), missing: str = ""
    ) -> Checked:
        """See `DataChecker.check`. Logical types do not count. Raises nothing.

        `valid` is None, with the reason, where nobody can say: the datum cannot be written, or fastavro fails in a way that is
        no answer. The reason for a refusal is that of a reader which differs from the writer at the place alone, where that one
        refuses the datum as well.
        """
        checked = self._asked(datum, written_with, self._schema)
        if checked.valid is False and (along or missing):
            alone = self._asked(datum, written_with, lambda _side: self._differing(written_with, along, missing))
            return alone if alone.valid is False else checked
        return checked

    def _asked(self, datum: JsonValue, written_with: str, reader_of: Callable[[str], Loose]) -> Checked:
        """What becomes of a datum with the reader's schema that `reader_of` gives for the side that reads."""
        from fastavro._read_common import SchemaResolutionError  # noqa: PLC0415  (fastavro costs 50 ms)

        from contractguard.validators.avro.encoding import DatumError  # noqa: PLC0415
        from contractguard.validators.avro.schemas import SchemaError  # noqa: PLC0415

        try:
            _read(datum, self._schema(written_with), reader_of(_OTHER[written_with]))
        except SchemaResolutionError as error:
            return Checked(valid=False, reason=reason(str(error)))
        except (DatumError, SchemaError, ContractguardError) as error:
            return Checked(None, reason(str(error)))
        except Exception as error:  # noqa: BLE001  (fastavro raises anything where it does not foresee a case; no answer then)
            return Checked(None, reason(f"fastavro fails with {type(error).__name__}: {error}"))
        return Checked(valid=True)

    def _differing(self, written_with: str, along: Sequence[tuple[str, str]], missing: str) -> Loose:
        from contractguard.validators.avro.places import differing_at  # noqa: PLC0415

        writer, reader = self._schema(written_with), self._schema(_OTHER[written_with])
        return differing_at(writer, reader, list(along), missing)

    def seen(self, written: JsonValue, read: JsonValue, datum: JsonValue) -> tuple[str, str] | None:
        """See `DataChecker.seen`."""
        return seen(written, read, datum)

    def _schema(self, side: str) -> Loose:
        from contractguard.validators.avro.schemas import linked_schema  # noqa: PLC0415

        if side not in self._schemas:
            source = self._sources[side]
            self._schemas[side] = linked_schema(source.documents, source.path, source.find_type)
        return self._schemas[side]


def _read(datum: JsonValue, writer: Loose, reader: Loose) -> None:
    """Write a datum and read it; raises what fastavro raises."""
    from fastavro._read_py import schemaless_reader  # noqa: PLC0415
    from fastavro._write_py import schemaless_writer  # noqa: PLC0415

    from contractguard.validators.avro.encoding import DatumError, decoded  # noqa: PLC0415

    if reader == []:
        raise DatumError("fastavro takes an empty union for no schema at all")
    written = io.BytesIO()
    schemaless_writer(written, writer, decoded(writer, datum), strict=True)
    written.seek(0)
    schemaless_reader(written, writer, reader)
