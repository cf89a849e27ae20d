"""What is read wrong because a custom attribute says something else of the same bytes.

Avro gives custom attributes no meaning (Avro 1.12 specification, "Schema Declaration": "attributes not defined in this document
are permitted as metadata, but must not affect the format of serialized data"). Some of them have one to people, or to readers of
their own: units, currencies, time zones; the types of Kafka Connect and of Debezium; the classes that Java code is given.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contractguard.diff.avro.meaning import misreads_of_connect_types
from contractguard.diff.avro.misreads import Misread
from contractguard.model.change import Direction
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contractguard.diff.avro.outcome import Outcome, Place
    from contractguard.model.places import Node

MEASURES = frozenset(
    (
        *("unit", "units", "uom", "unitofmeasure", "unitofmeasurement", "measurementunit", "timeunit"),
        *("currency", "currencycode", "currencyunit"),
        *("timezone", "timezoneid", "tz", "calendar", "epoch"),
        *("scale", "scalefactor", "multiplier", "factor", "divisor", "exponent", "decimals"),
        *("encoding", "charset", "endianness", "byteorder", "compression", "format", "datetimeformat", "dateformat"),
        *("crs", "srid", "epsg", "datum", "logicaltype"),
    )
)
"""Attributes that say what a value counts or how it is to be taken, without letters that do not count (`measure_name`)."""

_JAVA_TYPES = frozenset({"avro.java.string", "java-class", "java-element-class", "java-key-class"})
_CONNECT_NAME = "connect.name"
_CONNECT_PARAMETERS = "connect.parameters"
_CONNECT_TYPES = ("org.apache.kafka.connect.data.", "io.debezium.time.", "io.debezium.data.")
"""Where the names of types with a meaning of their own begin; any other name is that of a table or a record."""
_LONGEST = 60


def misread_attribute(name: str, base: Node | None, head: Node | None, place: Place, outcome: Outcome) -> bool:
    """Tell what is read wrong because attribute `name` changed. Returns whether anything was told.

    Attributes do not count in resolution, so it is told in both directions.
    """
    before, after = (None if node is None else node.value for node in (base, head))
    told = [
        (direction, misread)
        for direction in Direction
        for misread in _misreads(name, *((before, after) if direction is Direction.INPUT else (after, before)))
    ]
    for direction, misread in told:
        outcome.misread(misread, direction, place, base=base, head=head)
    return bool(told)


def misread_attributes(
    base: Mapping[str, Node], head: Mapping[str, Node], place: Place, outcome: Outcome, *, ignored: Sequence[str]
) -> None:
    """Tell what is read wrong because of the attributes of two types. `ignored` names those that another change speaks of."""
    for name in dict.fromkeys((*base, *head)):
        if name not in ignored:
            misread_attribute(name, base.get(name), head.get(name), place, outcome)


def measure_name(attribute: str) -> str:
    """The name of an attribute for comparing: its last part, in small letters alone. `x-Time_Zone` is `timezone`."""
    last = attribute.replace(":", ".").rpartition(".")[2].lower().removeprefix("x-")
    return "".join(letter for letter in last if letter.isalnum())


def _misreads(name: str, written: JsonValue, read: JsonValue) -> Iterator[Misread]:
    if written == read:
        return
    if name == _CONNECT_NAME:
        yield from _connect(written, read)
    elif name == _CONNECT_PARAMETERS:
        if isinstance(written, dict) and isinstance(read, dict):
            for each in sorted(written.keys() & read.keys()):
                yield from _measures(each, written[each], read[each])
    elif name in _JAVA_TYPES:
        yield _told("java-type", name, written, read)
    else:
        yield from _measures(name, written, read)


def _measures(name: str, written: JsonValue, read: JsonValue) -> Iterator[Misread]:
    """Where one side says nothing, it may well mean the same."""
    if measure_name(name) in MEASURES and written is not None and read is not None and written != read:
        yield _told("attribute", name, written, read)


def _connect(written: JsonValue, read: JsonValue) -> Iterator[Misread]:
    if not any(isinstance(each, str) and each.startswith(_CONNECT_TYPES) for each in (written, read)):
        return
    known = isinstance(written, str) and isinstance(read, str)
    found = list(misreads_of_connect_types(str(written), str(read))) if known else []
    yield from found or [_told("connect-type", _CONNECT_NAME, written, read)]


def _told(how: str, name: str, written: JsonValue, read: JsonValue) -> Misread:
    return Misread(how, _words(name, written), _words(name, read), values=(written, read))


def _words(name: str, value: JsonValue) -> str:
    """An attribute in words: `unit "m"`, or `no unit`."""
    if value is None:
        return f"no {name}"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"{name} {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"
