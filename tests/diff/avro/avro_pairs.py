"""Random Avro schemas and data, for laws."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar

import fastavro
from hypothesis import strategies as st

NAMES = ("A", "B", "C")
FIELDS = ("f1", "f2", "f3")
SYMBOLS = ("X", "Y", "Z")
PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
DEFAULTS: Mapping[str, object] = {
    "null": None,
    "boolean": True,
    "int": 1,
    "long": 1,
    "float": 1.5,
    "double": 1.5,
    "bytes": "b",
    "string": "s",
}

_LEAVES = st.one_of(st.sampled_from(PRIMITIVES), st.sampled_from(("E", "F")))


def _kinds(*, aliases: bool) -> st.SearchStrategy[Any]:
    """Types over the names of `NAMES`, `E` and `F`; a record is only used where data can end, below null, an array or a map."""
    holder = st.sampled_from(NAMES)
    branches = st.lists(st.one_of(_LEAVES, holder), min_size=1, max_size=4, unique=True)
    return st.one_of(
        _LEAVES,
        st.builds(lambda rest: ["null", *(item for item in rest if item != "null")], branches),
        st.builds(lambda kind: {"type": "array", "items": kind}, st.one_of(_LEAVES, holder)),
        st.builds(lambda kind: {"type": "map", "values": kind}, st.one_of(_LEAVES, holder)),
        *([st.lists(_LEAVES, max_size=3, unique=True)] if aliases else []),
    )


@st.composite
def schemas(draw: st.DrawFn, *, aliases: bool) -> object:
    """A schema whose root is record `Root`; with `aliases` also names, namespaces and aliases that differ from draw to draw."""
    table: dict[str, dict[str, Any]] = {}
    for name in ("Root", *NAMES):
        fields = draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=3))
        listed = []
        for field in fields:
            kind = draw(_kinds(aliases=aliases))
            entry: dict[str, Any] = {"name": field, "type": kind}
            if isinstance(kind, str) and kind in DEFAULTS and draw(st.booleans()):
                entry["default"] = DEFAULTS[kind]
            spare = [each for each in FIELDS if each not in fields]
            if (
                aliases
                and spare
                and draw(st.booleans())
                and not any(spare[0] in each.get("aliases", ()) for each in listed)
            ):
                entry["aliases"] = [spare[0]]
            listed.append(entry)
        table[name] = {"type": "record", "name": name, "fields": listed}
    symbols = draw(st.lists(st.sampled_from(SYMBOLS), unique=True, min_size=1))
    table["E"] = {"type": "enum", "name": "E", "symbols": symbols}
    if draw(st.booleans()):
        table["E"]["default"] = symbols[0]
    table["F"] = {"type": "fixed", "name": "F", "size": draw(st.integers(1, 2))}
    if aliases:
        _rename(draw, table)
    return _written_out("Root", table, set())


def _rename(draw: st.DrawFn, table: dict[str, dict[str, Any]]) -> None:
    for name in (*NAMES, "E", "F"):
        way = draw(st.sampled_from(("keep", "keep", "move", "rename", "alias")))
        if way == "move":
            table[name]["namespace"] = "moved"
        elif way == "rename":
            table[name]["name"] = f"{name}2"
        elif way == "alias":
            table[name] |= {"name": f"{name}3", "aliases": [name]}


def _written_out(kind: Any, table: Mapping[str, dict[str, Any]], done: set[str]) -> Any:
    """The type with every name defined where it is first met and a full name afterwards."""
    if isinstance(kind, list):
        return [_written_out(branch, table, done) for branch in kind]
    if isinstance(kind, dict):
        part = "items" if "items" in kind else "values"
        return {**kind, part: _written_out(kind[part], table, done)}
    if kind not in table:
        return kind
    definition = {"namespace": "", **table[kind]}
    fullname = ".".join(part for part in (definition["namespace"], definition["name"]) if part)
    if kind in done:
        return fullname
    done.add(kind)
    if "fields" in definition:
        fields = definition["fields"]
        definition["fields"] = [{**field, "type": _written_out(field["type"], table, done)} for field in fields]
    return definition


def definitions(kind: Any, wanted: str) -> list[dict[str, Any]]:
    """All definitions of a kind of named type in a schema, in file order."""
    found, stack = [], [kind]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            if value["type"] == wanted:
                found.append(value)
            parts = [each["type"] for each in value.get("fields", ())]
            stack.extend(reversed([*parts, *(value[part] for part in ("items", "values") if part in value)]))
    return found


def full_name(kind: dict[str, Any]) -> str:
    """The full name of a definition, the type of anything else."""
    return ".".join(part for part in (kind.get("namespace"), kind.get("name", kind["type"])) if part)


class Data:
    """Data of a schema that between them use every field type, branch, symbol, item and value that they can reach, as fastavro
    takes them.
    """

    samples: ClassVar[Mapping[str, object]] = {**DEFAULTS, "bytes": b"b"}
    letter: ClassVar[Any] = b"f"
    """What fixed types are filled with."""

    def __init__(self, schema: object) -> None:
        wanted = ("record", "enum", "fixed")
        self._names = {full_name(each): each for kind in wanted for each in definitions(schema, kind)}
        self._root = schema

    @staticmethod
    def branch(name: str, value: Any) -> Any:
        """A value of a union: fastavro's way to choose a branch."""
        return name, value

    def __iter__(self) -> Iterator[Any]:
        return self._of(self._root, ())

    def _of(self, kind: Any, inside: tuple[str, ...]) -> Iterator[Any]:
        if isinstance(kind, list):
            for branch in kind:
                name = branch if isinstance(branch, str) else full_name(branch)
                yield from (self.branch(name, value) for value in self._of(branch, inside))
            return
        kind = self._names.get(kind, kind) if isinstance(kind, str) else kind
        if isinstance(kind, str):
            yield self.samples[kind]
        elif kind["type"] == "array":
            yield []
            yield from ([item] for item in self._of(kind["items"], inside))
        elif kind["type"] == "map":
            yield {}
            yield from ({"k": item} for item in self._of(kind["values"], inside))
        elif kind["type"] == "enum":
            yield from kind["symbols"]
        elif kind["type"] == "fixed":
            yield self.letter * kind["size"]
        else:
            # A record within itself once more, and then only its first value: enough to meet every place.
            limit = (None, 1, 0)[inside.count(full_name(kind))]
            yield from islice(self._records(kind, (*inside, full_name(kind))), limit)

    def _records(self, kind: Any, inside: tuple[str, ...]) -> Iterator[Any]:
        """Each field in turn takes all its values, the others their first."""
        values = {field["name"]: list(self._of(field["type"], inside)) for field in kind["fields"]}
        if all(values.values()):
            first = {name: each[0] for name, each in values.items()}
            yield first
            for name, each in values.items():
                yield from ({**first, name: value} for value in each[1:])


def readable(writer: object, reader: object, datum: object) -> bool | None:
    """Whether fastavro reads with one schema what it wrote with the other; None where it trips over a name within a union."""
    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, fastavro.parse_schema(writer), datum)
    buffer.seek(0)
    try:
        fastavro.schemaless_reader(buffer, fastavro.parse_schema(writer), fastavro.parse_schema(reader))
    except fastavro.read.SchemaResolutionError:
        return False
    except TypeError:
        return None
    return True
