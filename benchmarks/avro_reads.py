"""Holds our warnings of wrong reads against what three readers of Avro make of random data.

    .venv/bin/python benchmarks/avro_reads.py [PAIRS [SEED]]

Data of random schemas are read with what became of the schemas in a few steps: by fastavro, by the Python package `avro`, and by
Apache Avro for Java with all its conversions, where `benchmarks/peers.sh` has installed it. What a reader makes of the same bytes
with the writer's own schema is what was written. A pair that we call compatible, without a warning, and of which some reader
reads something else is a missed hazard; a warning where all readers read what was written may be a false alarm, or one of those
that no value shows (symbols that change places, names, precision). Both are counted by class, with an example of each.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import avro.io
import avro.schema
import fastavro

from avro_samples import Samples, Schema
from contractguard import compare_documents
from contractguard.validators.avro.encoding import decoded
from contractguard.validators.avro.schemas import small_schema

JAVA = Path(__file__).resolve().parents[1] / ".cache" / "avro-java"
_DATA = 12
_EXAMPLES = 2
_REFUSALS = ("Schemas do not match", "No default value for field", "InvalidDefaultException", "Collection claims")
"""How readers refuse what they ought to read: no reads, so no wrong ones. The Python package does not know aliases of fields,
containers whose items become a union, and defaults of any but the first branch; Java does not read arrays of null."""
_NUMBERS = frozenset({"number", "float", "double"})

Value = Any
"""A value with its kind, as `Reads.java` writes it."""


def main(pairs: int, seed: int) -> None:
    """Ask about so many pairs, and print the classes."""
    samples = Samples(seed)
    readers: dict[str, Callable[[Schema, Schema, list[bytes]], list[Value]]] = {
        "fastavro": _by(_fastavro),
        "avro": _by(_avro),
    }
    java = Java() if (JAVA / "lib").is_dir() else None
    if java is not None:
        readers["java"] = java.read
    classes: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for _ in range(pairs):
        written, read = samples.pair()
        verdict, hazards = judged(written, read)
        if verdict in {"breaking", "unknown"}:
            classes["not compatible"] += 1
            continue
        data = [_written(written, samples.data(written)) for _ in range(_DATA)]
        differing = {}
        for name, reader in readers.items():
            values = reader(written, read, data)
            # With the same schema some readers do not resolve, and unions that were ambiguous all along are read differently.
            found = [
                _difference(reader(written, same, data), values, aliases_of(read)) for same in (written, noted(written))
            ]
            if found[0] is not None and found[1] is not None:
                differing[name] = found[0]
        for each in _classes(hazards, differing):
            classes[each] += 1
            examples.setdefault(each, []).append(
                f"{json.dumps(written)}\n    -> {json.dumps(read)}\n    {hazards} {differing}"
            )
    for each, count in sorted(classes.items(), key=lambda item: (item[0].split(":")[0], -item[1])):
        sys.stdout.write(f"{count:6} {each}\n")
        for example in sorted(examples.get(each, ()), key=len)[:_EXAMPLES] if not each.startswith("told") else ():
            sys.stdout.write(f"    {example}\n")


def _classes(hazards: list[str], differing: Mapping[str, str]) -> Iterator[str]:
    if not hazards and not differing:
        yield "agreed: nothing to tell"
    elif not hazards:
        yield from (f"MISSED: {name}: {found.partition(' | ')[0]}" for name, found in differing.items())
    elif differing:
        yield f"told: {', '.join(hazards)}"
    else:
        yield f"no reader shows: {', '.join(hazards)}"


def judged(written: Schema, read: Schema) -> tuple[str, list[str]]:
    """Our verdict, and the rules whose findings are risky."""
    report = compare_documents(written, read, kind="avro", compatibility="BACKWARD", profile="everything")
    (contract,) = report.contracts
    if contract.errors:
        return "unknown", []
    return str(report.verdict), sorted({each.rule for each in contract.findings if each.impact == "risky"})


def noted(schema: Schema) -> Schema:
    """The same schema for readers, but not the same to look at: fastavro and others do not resolve where both are the same."""
    if isinstance(schema, str):
        return {"type": schema, "note": "the same"}
    return [noted(schema[0]), *schema[1:]] if isinstance(schema, list) else {**schema, "note": "the same"}


def aliases_of(schema: Schema) -> Mapping[str, str]:
    """Name of a field → the one alias it has."""
    found = {}
    stack = [schema]
    while stack:
        each = stack.pop()
        if isinstance(each, list):
            stack.extend(each)
        elif isinstance(each, dict):
            stack.extend(each[part] for part in ("items", "values") if part in each)
            for field in each.get("fields", ()):
                stack.append(field["type"])
                found.update((field["name"], alias) for alias in field.get("aliases", ()))
    return found


def _difference(written: list[Value], read: list[Value], aliases: Mapping[str, str]) -> str | None:
    for before, after in zip(written, read, strict=True):
        found = None if _error(before) else difference(before, after, aliases)
        if found is not None:
            return found
    return None


def _error(value: Value) -> bool:
    return isinstance(value, dict) and "error" in value


def difference(written: Value, read: Value, aliases: Mapping[str, str]) -> str | None:
    """Where two values differ: their kinds, then the values. Fields that only one side has do not count."""
    if _error(read):
        refused = any(words in read["error"] for words in _REFUSALS)
        return None if refused else f"an error | {str(read['error'])[:100]}"
    if written is None or read is None:
        return None if written is read else f"null against a value | {written} {read}"
    ((before, old),), ((after, new),) = written.items(), read.items()
    if before in _NUMBERS and after in _NUMBERS and before != after:
        return None if _exact(old) == _exact(new) else f"{before} as {after} | {old} as {new}"
    if before != after:
        return f"{before} as {after} | {old} as {new}"
    if before == "record":
        pairs = [
            (old[source], new[name]) for name in new if (source := name if name in old else aliases.get(name)) in old
        ]
    elif before == "map":
        pairs = [(old[key], new[key]) for key in old]
    elif before == "array":
        pairs = list(zip(old, new, strict=True))
    else:
        return None if old == new else f"another {before} | {old} as {new}"
    return next((found for one, other in pairs if (found := difference(one, other, aliases)) is not None), None)


def _exact(number: str) -> object:
    return Fraction(number) if number[-1].isdigit() else number


def _written(schema: Schema, datum: Value) -> bytes:
    kind = small_schema(schema)
    data = io.BytesIO()
    fastavro._write_py.schemaless_writer(data, kind, decoded(kind, datum))  # noqa: SLF001  (it takes schemas without logical types)
    return data.getvalue()


def _by(read: Callable[[Schema, Schema, bytes], object]) -> Callable[[Schema, Schema, list[bytes]], list[Value]]:
    def all_of(writer: Schema, reader: Schema, data: list[bytes]) -> list[Value]:
        return [_value_or_error(read, writer, reader, each) for each in data]

    return all_of


def _value_or_error(
    read: Callable[[Schema, Schema, bytes], object], writer: Schema, reader: Schema, datum: bytes
) -> Value:
    try:
        return value(read(writer, reader, datum))
    except Exception as error:  # noqa: BLE001  (a reader fails in any way it likes)
        return {"error": f"{type(error).__name__}: {error}"}


def _fastavro(writer: Schema, reader: Schema, datum: bytes) -> object:
    own, other = fastavro.parse_schema(writer), fastavro.parse_schema(reader)
    return fastavro.schemaless_reader(io.BytesIO(datum), own, other)


def _avro(writer: Schema, reader: Schema, datum: bytes) -> object:
    own, other = (avro.schema.parse(json.dumps(each)) for each in (writer, reader))
    return avro.io.DatumReader(own, other).read(avro.io.BinaryDecoder(io.BytesIO(datum)))


def value(read: object) -> Value:
    """What a Python reader gives, as `Reads.java` writes it. A text is no symbol and a map no record to these readers."""
    if read is None:
        return None
    if isinstance(read, dict):
        return {"record": {key: value(each) for key, each in read.items()}}
    if isinstance(read, list):
        return {"array": [value(each) for each in read]}
    for kind, name, shown in _KINDS:
        if isinstance(read, kind):
            return {name(read): shown(read)}
    raise TypeError(type(read).__name__)


_KINDS: tuple[tuple[type, Callable[[Any], str], Callable[[Any], str]], ...] = (
    (bool, lambda _: "boolean", str),
    (int, lambda _: "number", str),
    (float, lambda _: "double", repr),
    (str, lambda _: "text", str),
    (bytes, lambda _: "bytes", bytes.hex),
    (Decimal, lambda _: "decimal", lambda each: f"{each:f}"),
    (
        datetime,
        lambda each: "instant" if each.tzinfo else "local",
        lambda each: (each.astimezone(UTC) if each.tzinfo else each).isoformat(),
    ),
    (date, lambda _: "date", date.isoformat),
    (time, lambda _: "time", time.isoformat),
    (uuid.UUID, lambda _: "uuid", str),
)


class Java:
    """Apache Avro for Java, as a process that answers line by line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["java", "-cp", f"{JAVA}/lib/*:{JAVA}/classes", "Reads"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, writer: Schema, reader: Schema, data: list[bytes]) -> list[Value]:
        """The values; an error for each where a schema is refused."""
        question = {
            "writer": json.dumps(writer),
            "reader": json.dumps(reader),
            "data": [base64.b64encode(each).decode() for each in data],
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            return [{"error": answer["error"]} for _ in data]
        return list(answer["values"])


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:3], *("2000", "1")[len(sys.argv) - 1 :])))
