"""Random steps by which Avro schemas evolve, and data in Avro's JSON encoding that meet every place of a schema."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from avro_pairs import DEFAULTS, SYMBOLS
from hypothesis import strategies as st

WIDER = {"int": "long", "long": "double", "float": "double", "string": "bytes", "bytes": "string"}
SAMPLES: Mapping[str, object] = {**DEFAULTS, "boolean": False}

_MOSTLY = st.sampled_from((True, True, True, False))

Draw = st.DrawFn
Step = Callable[[Draw, Any], None]


def _definitions(kind: Any, wanted: str) -> list[dict[str, Any]]:
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


def _fields(schema: Any) -> list[dict[str, Any]]:
    return [each for record in _definitions(schema, "record") for each in record["fields"]]


def _field(draw: Draw, schema: Any) -> dict[str, Any] | None:
    found = _fields(schema)
    return draw(st.sampled_from(found)) if found else None


def _defines(kind: Any) -> bool:
    """Whether a type has a definition in it, to which other places may refer."""
    return any(_definitions(kind, wanted) for wanted in ("record", "enum", "fixed"))


def add_field(draw: Draw, schema: Any) -> None:
    record = draw(st.sampled_from(_definitions(schema, "record")))
    kind = draw(st.sampled_from(sorted(DEFAULTS)))
    if "added" not in [each["name"] for each in record["fields"]]:
        more = {"default": DEFAULTS[kind]} if draw(_MOSTLY) else {}
        record["fields"].insert(0, {"name": "added", "type": kind, **more})


def remove_field(draw: Draw, schema: Any) -> None:
    records = [each for each in _definitions(schema, "record") if each["fields"]]
    if records:
        record = draw(st.sampled_from(records))
        index = draw(st.integers(0, len(record["fields"]) - 1))
        if not _defines(record["fields"][index]["type"]):
            del record["fields"][index]


def rename_field(draw: Draw, schema: Any) -> None:
    field = _field(draw, schema)
    if field is not None and not field["name"].startswith("new"):
        more = {"aliases": [field["name"]]} if draw(_MOSTLY) else {}
        field |= {"name": f"new_{field['name']}", **more}


def change_type(draw: Draw, schema: Any) -> None:
    field = _field(draw, schema)
    if field is not None and isinstance(field["type"], str) and field["type"] in DEFAULTS:
        wider = WIDER.get(field["type"], "string")
        field["type"] = draw(st.sampled_from([wider, *sorted(DEFAULTS)]))
        if "default" in field:
            field["default"] = DEFAULTS[field["type"]]


def make_nullable(draw: Draw, schema: Any) -> None:
    field = _field(draw, schema)
    if field is not None and not isinstance(field["type"], list) and field["type"] != "null":
        field["type"] = ["null", field["type"]]
        field.pop("default", None)


def change_branches(draw: Draw, schema: Any) -> None:
    unions = [each for each in _fields(schema) if isinstance(each["type"], list)]
    if not unions:
        return
    field = draw(st.sampled_from(unions))
    field.pop("default", None)
    loose = [each for each in field["type"] if isinstance(each, str) and each in DEFAULTS]
    if loose and draw(st.booleans()):
        field["type"].remove(draw(st.sampled_from(loose)))
    else:
        added = draw(st.sampled_from(sorted(DEFAULTS)))
        if added not in loose:
            field["type"].insert(0, added)


def change_symbols(draw: Draw, schema: Any) -> None:
    for enum in _definitions(schema, "enum"):
        enum["symbols"] = draw(st.lists(st.sampled_from((*SYMBOLS, "W")), unique=True, min_size=1))
        enum.pop("default", None)
        if draw(st.booleans()):
            enum["default"] = enum["symbols"][0]


def change_size(draw: Draw, schema: Any) -> None:
    for fixed in _definitions(schema, "fixed"):
        fixed["size"] = draw(st.integers(1, 2))


def reorder_fields(draw: Draw, schema: Any) -> None:
    record = draw(st.sampled_from(_definitions(schema, "record")))
    if not any(_defines(each["type"]) for each in record["fields"]):
        record["fields"].reverse()


def document(_draw: Draw, schema: Any) -> None:
    schema["doc"] = "more of it"


STEPS: tuple[Step, ...] = (
    add_field,
    remove_field,
    rename_field,
    change_type,
    make_nullable,
    change_branches,
    change_symbols,
    change_size,
    reorder_fields,
    document,
)


@st.composite
def evolved(draw: Draw, schemas: st.SearchStrategy[object]) -> tuple[object, object]:
    """A schema, and what some steps make of it."""
    base = draw(schemas)
    head = copy.deepcopy(base)
    for step in draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4)):
        step(draw, head)
    return base, head


def full_name(kind: dict[str, Any]) -> str:
    """The full name of a definition, the type of anything else."""
    return ".".join(part for part in (kind.get("namespace"), kind.get("name", kind["type"])) if part)


class JsonData:
    """Data that between them use every field type, branch, symbol, item and value of a schema. Each name says its namespace."""

    def __init__(self, schema: Any) -> None:
        wanted = ("record", "enum", "fixed")
        self._names = {full_name(each): each for kind in wanted for each in _definitions(schema, kind)}
        self._root = schema

    def __iter__(self) -> Iterator[Any]:
        return self._of(self._root, ())

    def _of(self, kind: Any, inside: tuple[str, ...]) -> Iterator[Any]:
        if isinstance(kind, list):
            for branch in kind:
                name = branch if isinstance(branch, str) else full_name(branch)
                yield from (None if name == "null" else {name: value} for value in self._of(branch, inside))
            return
        kind = self._names.get(kind, kind) if isinstance(kind, str) else kind
        if isinstance(kind, str):
            yield SAMPLES[kind]
        elif kind["type"] == "array":
            yield []
            yield from ([item] for item in self._of(kind["items"], inside))
        elif kind["type"] == "map":
            yield {}
            yield from ({"k": item} for item in self._of(kind["values"], inside))
        elif kind["type"] == "enum":
            yield from kind["symbols"]
        elif kind["type"] == "fixed":
            yield "f" * kind["size"]
        else:
            # A record within itself once more, and then only its first value: enough to meet every place.
            limit = (None, 1, 0)[inside.count(full_name(kind))]
            yield from islice(self._records(kind, (*inside, full_name(kind))), limit)

    def _records(self, kind: Any, inside: tuple[str, ...]) -> Iterator[Any]:
        values = {field["name"]: list(self._of(field["type"], inside)) for field in kind["fields"]}
        if all(values.values()):
            first = {name: each[0] for name, each in values.items()}
            yield first
            for name, each in values.items():
                yield from ({**first, name: value} for value in each[1:])
