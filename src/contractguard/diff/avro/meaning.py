"""What the same bytes mean to a writer and to a reader, where resolution lets them pass: logical types and promotions.

Logical types are no part of resolution (Avro 1.12 specification, "Logical Types"): the reader's counts for Apache Avro, the
writer's for others, and where the two differ somebody is wrong without an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from contractguard.diff.avro.misreads import Misread
from contractguard.diff.avro.types import reads_primitive
from contractguard.model.avro import AvroFixed, AvroPrimitive, LogicalType
from contractguard.model.values import JsonValue

Scalar: TypeAlias = AvroPrimitive | AvroFixed


class _Moment(NamedTuple):
    """What a logical type of dates and times counts: what, how many to a second, and on whose clock."""

    what: str
    a_second: int
    clock: str = ""


_MOMENTS: Mapping[str, _Moment] = {
    "date": _Moment("date", 0),
    "time-millis": _Moment("time", 1000),
    "time-micros": _Moment("time", 1000000),
    "timestamp-millis": _Moment("timestamp", 1000, "UTC"),
    "timestamp-micros": _Moment("timestamp", 1000000, "UTC"),
    "timestamp-nanos": _Moment("timestamp", 1000000000, "UTC"),
    "local-timestamp-millis": _Moment("timestamp", 1000, "local"),
    "local-timestamp-micros": _Moment("timestamp", 1000000, "local"),
    "local-timestamp-nanos": _Moment("timestamp", 1000000000, "local"),
}
_OTHERS = frozenset({"decimal", "big-decimal", "uuid", "duration"})
_CONNECT_TYPES: Mapping[str, str] = {
    "org.apache.kafka.connect.data.Date": "date",
    "org.apache.kafka.connect.data.Time": "time-millis",
    "org.apache.kafka.connect.data.Timestamp": "timestamp-millis",
    "io.debezium.time.Date": "date",
    "io.debezium.time.Time": "time-millis",
    "io.debezium.time.MicroTime": "time-micros",
    "io.debezium.time.Timestamp": "timestamp-millis",
    "io.debezium.time.MicroTimestamp": "timestamp-micros",
    "io.debezium.time.NanoTimestamp": "timestamp-nanos",
}
"""Types of Kafka Connect and of Debezium (`connect.name`) that count what a logical type counts."""

_NOON = 12 * 60 * 60
_DAY = 20_454
"""2026-01-01, in days since 1970-01-01."""
_UUID = "123e4567-e89b-12d3-a456-426614174000"
_AMOUNT = 1250
_ENCODED: Mapping[str, str] = {
    "duration": "\x02\x00\x00\x00\x0f\x00\x00\x00\xa0\xbb\x0d\x00",
    "big-decimal": "\x04\x04\xe2\x04",
}
"""2 months, 15 days and 15 minutes in milliseconds (three little-endian numbers); 12.50 as two bytes of digits and a scale."""
_ROUNDED: Mapping[tuple[str, str], int] = {
    ("int", "float"): 16_777_217,
    ("long", "float"): 16_777_217,
    ("long", "double"): 9_007_199_254_740_993,
}
"""Writer and reader → the least positive number that the reader cannot hold: 2 to the 24 or 53, and one."""


def misreads_of_scalars(writer: Scalar, reader: Scalar) -> Iterator[Misread]:
    """What goes wrong where a primitive or fixed reads another that resolution lets it read."""
    if isinstance(writer, AvroPrimitive) and isinstance(reader, AvroPrimitive):
        if not reads_primitive(reader.name, writer.name):
            return
        yield from _promoted(writer, reader)
    elif type(writer) is not type(reader):
        return
    for how in _logical(writer.logical, reader.logical):
        yield _misread(how, writer, reader, _sample(how, writer))


def misreads_of_connect_types(written: str, read: str) -> Iterator[Misread]:
    """What goes wrong where one type of Kafka Connect or Debezium is taken for another; nothing where either is not known."""
    names = _CONNECT_TYPES.get(written), _CONNECT_TYPES.get(read)
    if names[0] is None or names[1] is None:
        return
    writer, reader = LogicalType(names[0]), LogicalType(names[1])
    for how in _logical(writer, reader):
        schemas = [_logical_schema({"type": _underlying(each.name)}, each) for each in (writer, reader)]
        datum = _moment(writer, _underlying(writer.name))
        yield Misread(how, written, read, (schemas[0], schemas[1], datum))


def _underlying(logical: str) -> str:
    """The primitive below a logical type of dates and times."""
    return "int" if logical in {"date", "time-millis"} else "long"


def misread_of_branch(writer: AvroPrimitive, reader: AvroPrimitive) -> Misread:
    """What a primitive is read as where another branch of the reader's union comes first."""
    datum: JsonValue = _ROUNDED.get((writer.name, reader.name), 1)
    if writer.logical is not None:
        datum = _sample("union-branch", writer)
    elif writer.name in {"bytes", "string"}:
        datum = "\xe9"
    elif writer.name == "float":
        datum = 0.1
    return _misread("union-branch", writer, reader, datum)


def logical_is_judged(writer: Scalar, reader: Scalar) -> bool:
    """Whether a difference of logical types is one that `misreads_of_scalars` tells."""
    return any(True for _ in _logical(writer.logical, reader.logical))


def _promoted(writer: AvroPrimitive, reader: AvroPrimitive) -> Iterator[Misread]:
    rounded = _ROUNDED.get((writer.name, reader.name))
    if rounded is not None:
        yield _misread("number-rounded", writer, reader, rounded)
    if {writer.name, reader.name} == {"bytes", "string"}:
        # Bytes that are no text, and a text that has other bytes than letters.
        text = "\xe9" if writer.logical is None else _UUID
        yield _misread("bytes-as-text", writer, reader, "\xff" if writer.name == "bytes" else text)


def _misread(how: str, writer: Scalar, reader: Scalar, datum: JsonValue) -> Misread:
    return Misread(how, type_words(writer), type_words(reader), (_schema(writer), _schema(reader), datum))


def _logical(writer: LogicalType | None, reader: LogicalType | None) -> Iterator[str]:
    """In which ways two logical types differ. Nothing is known of those that the specification does not have."""
    if writer == reader or not (_is_known(writer) and _is_known(reader)):
        return
    if writer is None or reader is None:
        known = writer or reader
        if known is not None and known.name == "uuid":
            yield "uuid"
        else:
            yield "meaning-added" if writer is None else "meaning-removed"
        return
    before, after = _MOMENTS.get(writer.name), _MOMENTS.get(reader.name)
    if before is not None and after is not None and before.what == after.what:
        if before.a_second != after.a_second:
            yield "time-unit"
        if before.clock != after.clock:
            yield "time-zone"
    elif writer.name == reader.name == "decimal":
        if writer.scale != reader.scale:
            yield "decimal-scale"
        if writer.precision != reader.precision:
            yield "decimal-precision"
    else:
        yield "quantity"


def _is_known(logical: LogicalType | None) -> bool:
    return logical is None or logical.name in _MOMENTS or logical.name in _OTHERS


def type_words(kind: Scalar) -> str:
    """The type with its logical type: `long (timestamp-millis)`, `bytes (decimal, precision 9, scale 2)`, `fixed of 16 bytes`."""
    name = kind.name if isinstance(kind, AvroPrimitive) else f"fixed of {kind.size} bytes"
    logical = kind.logical
    if logical is None:
        return name
    if logical.name == "decimal":
        return f"{name} (decimal, precision {logical.precision}, scale {logical.scale})"
    return f"{name} ({logical.name})"


def _schema(kind: Scalar) -> JsonValue:
    """The type as a schema of its own."""
    schema: dict[str, JsonValue] = (
        {"type": kind.name}
        if isinstance(kind, AvroPrimitive)
        else {"type": "fixed", "name": "Fixed", "size": kind.size}
    )
    return schema if kind.logical is None else _logical_schema(schema, kind.logical)


def _logical_schema(schema: dict[str, JsonValue], logical: LogicalType) -> JsonValue:
    decimal = {} if logical.precision is None else {"precision": logical.precision, "scale": logical.scale}
    return {**schema, "logicalType": logical.name, **decimal}


def _sample(how: str, writer: Scalar) -> JsonValue:
    """A datum of the writer that shows the difference, in Avro's JSON encoding."""
    logical = writer.logical
    name = writer.name if isinstance(writer, AvroPrimitive) else "fixed"
    if name in {"int", "long"}:
        return _moment(logical, name)
    if name == "string":
        return _UUID if logical is not None else "order-7"
    if name in {"bytes", "fixed"}:
        size = writer.size if isinstance(writer, AvroFixed) else None
        if logical is not None and logical.name in _ENCODED:
            return _ENCODED[logical.name]
        if logical is not None and logical.name == "decimal":
            largest = 10 ** min(logical.precision or 1, 30) - 1
            return _two_complement(largest if how == "decimal-precision" else min(_AMOUNT, largest), size)
        return _two_complement(_AMOUNT, size)
    return None


def _moment(logical: LogicalType | None, name: str) -> int:
    """Noon of a day, or that day, as far as the type counts either; else the day where it fits, the seconds of the noon."""
    moment = _MOMENTS.get(logical.name) if logical is not None else None
    if moment is None:
        return _DAY if name == "int" else _DAY * 86_400 * 1000
    if moment.what == "date":
        return _DAY
    return (_NOON if moment.what == "time" else _DAY * 86_400 + _NOON) * moment.a_second


def _two_complement(number: int, size: int | None) -> str:
    """A number as big-endian bytes, each a character; in a fixed too small for it, its last bytes."""
    length = size if size is not None else number.bit_length() // 8 + 1
    return (number % (1 << 8 * length)).to_bytes(length, "big").decode("latin-1")
