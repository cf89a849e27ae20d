"""Random Avro schemas with logical types, random steps by which they evolve, and data of them in Avro's JSON encoding."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Any
"""A schema as it is read from JSON."""


def _logical(kind: str, name: str, **more: int) -> dict[str, object]:
    return {"type": kind, "logicalType": name, **more}


LEAVES: tuple[Schema, ...] = (
    *("null", "boolean", "int", "long", "float", "double", "bytes", "string"),
    *(_logical("int", name) for name in ("date", "time-millis")),
    *(
        _logical("long", f"{where}timestamp-{unit}")
        for where in ("", "local-")
        for unit in ("millis", "micros", "nanos")
    ),
    _logical("long", "time-micros"),
    *(_logical("bytes", "decimal", precision=precision, scale=scale) for precision in (6, 9) for scale in (2, 4)),
    _logical("bytes", "big-decimal"),
    _logical("string", "uuid"),
)
_FIXED: tuple[Mapping[str, object], ...] = (
    {"size": 12},
    {"size": 12, "logicalType": "duration"},
    {"size": 12, "logicalType": "decimal", "precision": 20, "scale": 2},
    {"size": 16},
    {"size": 16, "logicalType": "uuid"},
)
_WIDER: Mapping[str, tuple[str, ...]] = {
    "int": ("int", "long", "float", "double"),
    "long": ("long", "float", "double"),
    "float": ("float", "double"),
    "double": ("double",),
    "string": ("string", "bytes"),
    "bytes": ("bytes", "string"),
}
_SYMBOLS = "ABCD"
_DEEP = 6


class Samples:
    """What is drawn from one source of chance. Types are named R1, E2, …; a record may be used again, also within itself."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (samples, no secrets)
        self._count = 0
        self._used: list[str] = []

    def pair(self) -> tuple[Schema, Schema]:
        """A schema and what became of it in one to three steps."""
        self._count = 0
        self._used = []
        written = self.schema(3)
        read = copy.deepcopy(written)
        for _ in range(self.chance.randint(1, 3)):
            read = self._evolved(read)
        return written, read

    def schema(self, depth: int, *, in_union: bool = False) -> Schema:
        """A schema whose types nest at most so deep."""
        kinds: list[Callable[[], Schema]] = [lambda: copy.deepcopy(self.chance.choice(LEAVES))] * 4
        kinds += [self._enum, self._fixed]
        if depth:
            kinds += [lambda: self._record(depth)] * 3
            kinds += [
                lambda: {"type": "array", "items": self.schema(depth - 1)},
                lambda: {"type": "map", "values": self.schema(depth - 1)},
            ]
            if not in_union:
                kinds += [lambda: self._union(depth)] * 3
        return self.chance.choice(kinds)()

    def _named(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _enum(self) -> Schema:
        symbols = self.chance.sample(_SYMBOLS, self.chance.randint(1, 4))
        more = {"default": symbols[0]} if self.chance.random() < 0.5 else {}  # noqa: PLR2004
        return {"type": "enum", "name": self._named("E"), "symbols": symbols, **more}

    def _fixed(self) -> Schema:
        return {"type": "fixed", "name": self._named("F"), **self.chance.choice(_FIXED)}

    def _record(self, depth: int) -> Schema:
        name = self._named("R")
        self._used.append(name)
        fields = [{"name": self._named("f"), "type": self._part(depth)} for _ in range(self.chance.randint(1, 3))]
        return {"type": "record", "name": name, "fields": fields}

    def _part(self, depth: int) -> Schema:
        """The type of a field: one out of six is a record that was met before, where data can end."""
        if self._used and self.chance.random() < 0.16:  # noqa: PLR2004
            name = self.chance.choice(self._used)
            return self.chance.choice([["null", name], {"type": "array", "items": name}])
        return self.schema(depth - 1)

    def _union(self, depth: int) -> Schema:
        branches = {branch_name(kind): kind for kind in (self.schema(depth - 1, in_union=True) for _ in range(3))}
        return list(branches.values())

    def _evolved(self, schema: Schema) -> Schema:
        """The schema with one step somewhere in it."""
        places = list(_places(schema))
        holder, key = self.chance.choice(places) if places and self.chance.random() < 0.9 else (None, None)  # noqa: PLR2004
        kind = schema if holder is None else holder[key]
        other = self._step(kind, in_union=isinstance(holder, list))
        if holder is None:
            return other
        if isinstance(holder, list) and branch_name(other) in {
            branch_name(each) for each in holder if each is not kind
        }:
            return schema
        holder[key] = other
        return schema

    def _step(self, kind: Schema, *, in_union: bool) -> Schema:
        chance = self.chance
        if isinstance(kind, list):
            return self._other_union(kind)
        if not in_union and chance.random() < 0.25:  # noqa: PLR2004
            return chance.choice([["null", kind], [kind, "null"]]) if branch_name(kind) != "null" else [kind]
        name = kind if isinstance(kind, str) else kind["type"]
        if name in _WIDER or name in {"null", "boolean"}:
            wider = _WIDER.get(name, (name,))
            return copy.deepcopy(chance.choice([leaf for leaf in LEAVES if branch_name(leaf) in wider]))
        ways = {"enum": self._other_enum, "fixed": self._other_fixed, "record": self._other_record}
        return ways.get(name, _as_it_is)(kind)

    def _other_fixed(self, kind: Schema) -> Schema:
        sized = [each for each in _FIXED if each["size"] == kind["size"]]
        return {"type": "fixed", "name": kind["name"], **self.chance.choice(sized)} if sized else kind

    def _other_union(self, branches: Schema) -> Schema:
        way = self.chance.choice(("shuffled", "more", "fewer", "twin"))
        if way == "twin":
            return self._with_twin(branches)
        if way == "shuffled":
            return self.chance.sample(branches, len(branches))
        if way == "fewer" and len(branches) > 1:
            gone = self.chance.choice(branches)
            return [each for each in branches if each is not gone]
        names = {branch_name(each) for each in branches}
        spare = [copy.deepcopy(leaf) for leaf in LEAVES if branch_name(leaf) not in names]
        if not spare:
            return branches
        index = self.chance.randint(0, len(branches))
        return [*branches[:index], self.chance.choice(spare), *branches[index:]]

    def _with_twin(self, branches: Schema) -> Schema:
        """The branches with a type of the same name in another namespace; the one that was there may change as well."""
        named = [each for each in branches if isinstance(each, dict) and each["type"] in {"enum", "fixed"}]
        if not named or any("namespace" in each for each in named):
            return branches
        first = self.chance.choice(named)
        twin = {**copy.deepcopy(first), "namespace": "twin"}
        if first["type"] == "fixed" and self.chance.random() < 0.5:  # noqa: PLR2004
            first["size"], first["logicalType"] = 7, "none"
        elif first["type"] == "enum":
            twin = {**self._other_enum(twin), "namespace": "twin"}
        index = self.chance.randint(0, len(branches))
        return [*branches[:index], twin, *branches[index:]]

    def _other_enum(self, kind: Schema) -> Schema:
        symbols = self.chance.sample(_SYMBOLS, self.chance.randint(1, 4))
        kept = sorted(
            symbols, key=lambda each: kind["symbols"].index(each) if each in kind["symbols"] else len(_SYMBOLS)
        )
        more = {"default": kept[0]} if self.chance.random() < 0.7 else {}  # noqa: PLR2004
        return {"type": "enum", "name": kind["name"], "symbols": self.chance.choice([symbols, kept]), **more}

    def _other_record(self, kind: Schema) -> Schema:
        way = self.chance.choice(("renamed", "shuffled", "fewer", "more", "moved", "other name"))
        if way == "moved":
            kind["namespace"] = "moved"
        elif way == "other name":
            kind |= {"name": self._named("N"), "aliases": [kind["name"]]}
        elif way == "renamed" and kind["fields"]:
            field = self.chance.choice(kind["fields"])
            field |= {"name": self._named("n"), "aliases": [field["name"]]}
        elif way == "shuffled":
            self.chance.shuffle(kind["fields"])
        elif way == "fewer" and len(kind["fields"]) > 1:
            kind["fields"].pop()
        elif way == "more":
            kind["fields"].append({"name": self._named("g"), "type": ["null", "boolean"], "default": None})
        return kind

    def data(self, schema: Schema) -> object:
        """A datum of a schema, often one at the end of what it holds."""
        return self._datum(schema, _definitions(schema), 0)

    def _datum(self, kind: Schema, names: Mapping[str, Schema], depth: int) -> object:
        chance = self.chance
        if isinstance(kind, list):
            branch = next((each for each in kind if each == "null" and depth > _DEEP), None) or chance.choice(kind)
            name = branch_name(branch)
            return None if name == "null" else {name: self._datum(branch, names, depth + 1)}
        if isinstance(kind, str) and kind in names:
            kind = names[kind]
        name = kind if isinstance(kind, str) else kind["type"]
        if name == "array":
            return [self._datum(kind["items"], names, depth + 1) for _ in range(3 if depth <= _DEEP else 0)]
        if name == "map":
            return {letter: self._datum(kind["values"], names, depth + 1) for letter in "xyz"}
        if name == "record":
            return {field["name"]: self._datum(field["type"], names, depth + 1) for field in kind["fields"]}
        if name == "enum":
            return chance.choice(kind["symbols"])
        logical = kind.get("logicalType") if isinstance(kind, dict) else None
        return self._scalar(name, logical, kind)

    def _scalar(self, name: str, logical: str | None, kind: Schema) -> object:
        chance = self.chance
        if logical == "uuid" and name == "string":
            return chance.choice(("123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000a"))
        if logical == "decimal":
            size = kind.get("size", 8)
            digits = chance.choice((1, 1250, 10 ** kind["precision"] - 1, -7))
            return digits.to_bytes(size, "big", signed=True).decode("latin-1")
        if logical == "big-decimal":
            return "\x04\x04\xe2\x04"  # 1250 in two bytes, and a scale of 2
        if name == "fixed":
            return chance.choice(("\x01\x00\x00\x00" * 4, "a" * 16))[: kind["size"]]
        if logical is not None:
            return chance.choice((0, 1, 20_454, 86_399_999)) if name == "int" else self._moment(logical)
        return chance.choice(_VALUES[name])

    def _moment(self, logical: str) -> int:
        if logical == "time-micros":
            return self.chance.choice((0, 1, 43_200_000_123))
        a_second = {"millis": 1000, "micros": 1_000_000, "nanos": 1_000_000_000}[logical.rpartition("-")[2]]
        return self.chance.choice((0, a_second // 1000, 1_767_268_800 * a_second))


_VALUES: Mapping[str, tuple[object, ...]] = {
    "null": (None,),
    "boolean": (True, False),
    "int": (0, 1, -1, 16_777_217, 2**31 - 1),
    "long": (0, 1, 16_777_217, 2**53 + 1, 2**63 - 1),
    "float": (0.0, 0.5, 0.1, 1e30),
    "double": (0.0, 0.1, 1e300),
    "bytes": ("", "a", "\xff\xfe", "\xc3\xa9"),
    "string": ("", "a", "é", "123e4567-e89b-12d3-a456-426614174000"),
}


def _as_it_is(kind: Schema) -> Schema:
    """Containers change by their parts, and names are changed where they are defined."""
    return kind


def branch_name(kind: Schema) -> str:
    """By what a union tells its branches apart."""
    if isinstance(kind, str):
        return kind
    if isinstance(kind, list):
        return "union"
    if "name" not in kind:
        return str(kind["type"])
    return ".".join(part for part in (kind.get("namespace"), kind["name"]) if part)


def _definitions(schema: Schema) -> Mapping[str, Schema]:
    """Name → the record of that name."""
    kinds = (schema, *(holder[key] for holder, key in _places(schema)))
    return {kind["name"]: kind for kind in kinds if isinstance(kind, dict) and kind["type"] == "record"}


def _places(schema: Schema) -> Iterator[tuple[Any, Any]]:
    """Every place of a schema where a type stands: what holds it, and the key or index."""
    if isinstance(schema, list):
        for index, branch in enumerate(schema):
            yield schema, index
            yield from _places(branch)
    elif isinstance(schema, dict):
        for part in ("items", "values"):
            if part in schema:
                yield schema, part
                yield from _places(schema[part])
        for field in schema.get("fields", ()):
            yield field, "type"
            yield from _places(field["type"])
