"""Random steps by which Avro schemas evolve, and data in Avro's JSON encoding that meet every place of a schema."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

from avro_pairs import DEFAULTS, SYMBOLS, Data, definitions
from hypothesis import strategies as st

WIDER = {"int": "long", "long": "double", "float": "double", "string": "bytes", "bytes": "string"}

_MOSTLY = st.sampled_from((True, True, True, False))

Draw = st.DrawFn
Step = Callable[[Draw, Any], None]


def _fields(schema: Any) -> list[dict[str, Any]]:
    return [each for record in definitions(schema, "record") for each in record["fields"]]


def _field(draw: Draw, schema: Any) -> dict[str, Any] | None:
    found = _fields(schema)
    return draw(st.sampled_from(found)) if found else None


def _defines(kind: Any) -> bool:
    """Whether a type has a definition in it, to which other places may refer."""
    return any(definitions(kind, wanted) for wanted in ("record", "enum", "fixed"))


def add_field(draw: Draw, schema: Any) -> None:
    record = draw(st.sampled_from(definitions(schema, "record")))
    kind = draw(st.sampled_from(sorted(DEFAULTS)))
    if "added" not in [each["name"] for each in record["fields"]]:
        more = {"default": DEFAULTS[kind]} if draw(_MOSTLY) else {}
        record["fields"].insert(0, {"name": "added", "type": kind, **more})


def remove_field(draw: Draw, schema: Any) -> None:
    records = [each for each in definitions(schema, "record") if each["fields"]]
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
    for enum in definitions(schema, "enum"):
        enum["symbols"] = draw(st.lists(st.sampled_from((*SYMBOLS, "W")), unique=True, min_size=1))
        enum.pop("default", None)
        if draw(st.booleans()):
            enum["default"] = enum["symbols"][0]


def change_size(draw: Draw, schema: Any) -> None:
    for fixed in definitions(schema, "fixed"):
        fixed["size"] = draw(st.integers(1, 2))


def reorder_fields(draw: Draw, schema: Any) -> None:
    record = draw(st.sampled_from(definitions(schema, "record")))
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


class JsonData(Data):
    """The same in Avro's JSON encoding. Each name says its namespace."""

    samples: ClassVar = {**DEFAULTS, "boolean": False}
    letter = "f"

    @staticmethod
    def branch(name: str, value: Any) -> Any:
        return None if name == "null" else {name: value}
