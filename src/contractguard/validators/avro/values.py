"""Values as readers see them: written with one schema, read with another, with the logical type that the reader knows."""

from __future__ import annotations

import io
import struct
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue
    from contractguard.validators.avro.schemas import Loose

_LONGEST = 60
_NANOS = 1000
_FAILURES: Mapping[str, str] = {
    "uuid": "an error, or the text as it is",
    **dict.fromkeys(("time-millis", "time-micros"), "an error, as it is no time of day"),
    "decimal": "an error, as it has too many digits",
    "big-decimal": "an error, as the bytes hold no scale",
}
"""What becomes of a value that has no meaning under a logical type; readers differ in how they say it."""
_TO_A_SECOND: Mapping[str, Fraction] = {
    "date": Fraction(1, 86_400),
    **{
        f"{where}timestamp-{unit}": Fraction(many)
        for where in ("", "local-")
        for unit, many in (("millis", 1000), ("micros", 1_000_000), ("nanos", 1_000_000_000))
    },
}
_YEAR = 31_556_952
"""Seconds in a year of the Gregorian calendar, on average."""


def seen(written: JsonValue, read: JsonValue, datum: JsonValue) -> tuple[str, str] | None:
    """A datum (Avro's JSON encoding) of the schema `written`, as text: to a reader of that schema, and to one of `read`.

    fastavro writes and resolves. Then each reader's own logical type counts, as for Apache Avro: what was read is written with
    the reader's schema and read with it alone. Where a reader fails, the text says so. None where the datum cannot be written.
    """
    from fastavro._read_common import SchemaResolutionError  # noqa: PLC0415  (fastavro costs 50 ms)

    from contractguard.validators.avro.encoding import DatumError, decoded  # noqa: PLC0415
    from contractguard.validators.avro.schemas import SchemaError, small_schema  # noqa: PLC0415

    try:
        writer, reader = small_schema(written), small_schema(read)
        raw = _exchanged(writer, writer, decoded(writer, datum))
    except (SchemaError, DatumError, ValueError, TypeError):
        return None
    try:
        resolved = _exchanged(writer, reader, raw)
    except UnicodeDecodeError:
        return _shown(written, raw), "an error, or other letters: these bytes are no text"
    except (SchemaResolutionError, ValueError, TypeError):
        return None
    return _shown(written, raw), _shown(read, _exchanged(reader, reader, resolved))


def _exchanged(writer: Loose, reader: Loose, datum: object) -> object:
    from fastavro._read_py import schemaless_reader  # noqa: PLC0415
    from fastavro._write_py import schemaless_writer  # noqa: PLC0415

    data = io.BytesIO()
    schemaless_writer(data, writer, datum)
    data.seek(0)
    return schemaless_reader(data, writer, reader)


def _shown(schema: JsonValue, raw: object) -> str:
    """What a value means under the logical type of its schema."""
    if not isinstance(schema, dict) or "logicalType" not in schema:
        return _text(raw)
    try:
        return _text(_with_meaning(schema, raw))
    except (ValueError, OverflowError, ArithmeticError, struct.error):
        name = str(schema["logicalType"])
        return _far_away(name, raw) if name in _TO_A_SECOND else _FAILURES.get(name, "an error")


def _far_away(logical: str, raw: object) -> str:
    """A day or time that some readers have no room for: Python ends with the year 9999, Java does not."""
    years = Fraction(str(raw)) / _TO_A_SECOND[logical] / _YEAR
    return f"a time in the year {1970 + floor(years)}, or an error"


def _with_meaning(schema: Mapping[str, JsonValue], raw: object) -> object:
    from fastavro._logical_readers_py import LOGICAL_READERS  # noqa: PLC0415

    name = f"{schema['type']}-{schema['logicalType']}"
    known = LOGICAL_READERS.get(name) or _OTHER_READERS.get(name)
    return known(raw, dict(schema), None) if known is not None else raw


def _nanos(raw: int, _schema: Loose, _reader: Loose) -> datetime:
    return datetime.fromisoformat("1970-01-01T00:00:00+00:00") + timedelta(microseconds=raw // _NANOS)


def _local_nanos(raw: int, _schema: Loose, _reader: Loose) -> datetime:
    return _nanos(raw, _schema, _reader).replace(tzinfo=None)


def _duration(raw: bytes, _schema: Loose, _reader: Loose) -> str:
    months, days, millis = struct.unpack("<III", raw)
    return f"{months} months, {days} days, {millis} ms"


def _big_decimal(raw: bytes, _schema: Loose, _reader: Loose) -> Decimal:
    """Digits and scale, as Apache Avro for Java encodes them: the length of the digits, the digits, the scale."""
    from fastavro.io.binary_decoder import BinaryDecoder  # noqa: PLC0415

    decoder: Loose = BinaryDecoder(io.BytesIO(raw))  # type: ignore[no-untyped-call]  # fastavro's Python form has no types
    try:
        digits, scale = decoder.read_bytes(), decoder.read_int()
    except EOFError as error:
        raise ValueError("the bytes end too early") from error
    if not 0 <= scale <= _LONGEST:
        raise ValueError("an impossible scale")
    return Decimal(int.from_bytes(digits, "big", signed=True)).scaleb(-scale)


def _uuid(raw: bytes, _schema: Loose, _reader: Loose) -> uuid.UUID:
    return uuid.UUID(bytes=raw)


_OTHER_READERS: Mapping[str, Callable[[Loose, Loose, Loose], object]] = {
    "long-timestamp-nanos": _nanos,
    "long-local-timestamp-nanos": _local_nanos,
    "fixed-duration": _duration,
    "fixed-uuid": _uuid,
    "bytes-big-decimal": _big_decimal,
}
"""Logical types of Avro 1.12 that fastavro reads as what lies below them."""


def _text(value: object) -> str:
    if isinstance(value, bytes):
        text = f"bytes {value.hex(' ')}"
    elif isinstance(value, datetime | date | time):
        text = value.isoformat().replace("+00:00", "Z")
    elif isinstance(value, Decimal):
        text = f"{value:f}"
    elif isinstance(value, uuid.UUID):
        text = f"UUID {value}"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
