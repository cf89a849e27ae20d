from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from avro_memory import FIXTURES, MemoryDocuments, avro, avro_files, field, record

from contractguard.formats.avro import defined_names, read
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroPrimitive,
    AvroRecord,
    AvroReference,
    AvroUnion,
    LogicalType,
)
from contractguard.model.contract import AvroContract
from contractguard.model.document import ContractKind
from contractguard.model.values import UNSET

VALID = FIXTURES / "valid" / "avro"


def fixture_text(name: str) -> Any:
    return json.loads((VALID / name).read_text(encoding="utf-8"))


def fields_of(contract: AvroContract) -> dict[str, Any]:
    """Fields by name; `Any`, so that a test may look into a type without asking what it is first."""
    assert isinstance(contract.type, AvroRecord)
    return {each.name: each for each in contract.type.fields}


@pytest.mark.parametrize("path", sorted(VALID.glob("*.avsc")), ids=lambda path: path.stem)
def test_every_valid_fixture_is_read(path: Path) -> None:
    contract = avro(json.loads(path.read_text(encoding="utf-8")))
    assert contract.kind is ContractKind.AVRO
    assert contract.dialect == "Avro"


def test_parts_keep_their_meaning_and_their_place() -> None:
    contract = avro(fixture_text("order.avsc"))
    order = contract.type
    assert isinstance(order, AvroRecord)
    assert order.fullname == contract.title == "com.acme.Order"
    assert order.aliases == ("com.acme.Purchase", "com.acme.legacy.Order")
    assert order.attributes["doc"].pointer == "/doc"
    assert set(order.attributes) == {"doc", "version"}
    assert list(contract.names) == ["com.acme.Order", "com.acme.State", "com.acme.Digest", "com.acme.Line"]
    fields = fields_of(contract)
    assert fields["id"].type.logical == LogicalType("uuid")
    assert fields["placed"].order == "descending"
    assert fields["id"].order == "ascending"
    assert fields["id"].default is UNSET
    state = fields["state"].type
    assert isinstance(state, AvroEnum)
    assert state.default == "UNKNOWN"
    assert state.symbols["PAID"].pointer == "/fields/2/type/symbols/1"
    assert fields["total"].type.logical == LogicalType("decimal", 9, 2)
    assert not fields["total"].type.attributes
    assert fields["total"].aliases == ("amount",)
    assert isinstance(fields["digest"].type, AvroFixed)
    assert fields["digest"].type.size == 4
    lines = fields["lines"].type
    assert isinstance(lines, AvroArray)
    assert isinstance(lines.items, AvroRecord)
    assert lines.items.fields[1].default == 1
    assert isinstance(fields["labels"].type, AvroMap)
    note = fields["note"].type
    assert isinstance(note, AvroUnion)
    assert [branch.name for branch in note.branches] == ["null", "string"]
    assert fields["note"].default is None
    assert fields["note"].attributes["deprecated"].value is True


def test_names_take_the_enclosing_namespace() -> None:
    inner = {"type": "enum", "name": "Inner", "symbols": []}
    contract = avro(
        record(
            "a.full.Name",
            ("inherits", inner),
            ("own", {"type": "fixed", "name": "Own", "namespace": "explicit", "size": 1}),
            ("null", {"type": "fixed", "name": "Null", "namespace": "", "size": 1}),
            ("by_name", "Inner"),
            ("by_full_name", "explicit.Own"),
            namespace="ignored",
        )
    )
    assert list(contract.names) == ["a.full.Name", "a.full.Inner", "explicit.Own", "Null"]
    assert fields_of(contract)["by_name"].type.fullname == "a.full.Inner"


def test_a_name_of_the_null_namespace_is_found_from_within_another() -> None:
    contract = avro(
        record("Outer", ("x", {"type": "fixed", "name": "F", "size": 1}), ("y", record("n.In", ("z", "F"))))
    )
    inner = contract.names["n.In"]
    assert isinstance(inner, AvroRecord)
    assert inner.fields[0].type.fullname == "F"


def test_a_type_may_be_used_before_it_is_defined() -> None:
    contract = avro(record("A", ("early", "B"), ("late", {"type": "fixed", "name": "B", "size": 1})))
    assert isinstance(contract.names["B"], AvroFixed)
    assert isinstance(fields_of(contract)["early"].type, AvroReference)


def test_references_keep_the_attributes_of_their_place() -> None:
    contract = avro(record("A", ("x", ["null", {"type": "A", "note": "x"}])))
    branch = fields_of(contract)["x"].type.branches[1]
    assert isinstance(branch, AvroReference)
    assert branch.node.child("note").value == "x"


def test_a_root_array_is_a_union() -> None:
    contract = avro([record("A"), record("B", ("a", "A"))])
    assert isinstance(contract.type, AvroUnion)
    assert contract.title is None
    assert list(contract.names) == ["A", "B"]


def test_a_root_string_is_a_type_name() -> None:
    contract = avro("long")
    assert isinstance(contract.type, AvroPrimitive)
    assert contract.root.key == ("schema.avsc", "")


def test_ignored_logical_types_stay_attributes() -> None:
    fields = fields_of(avro(fixture_text("ignored-logical-types.avsc")))
    assert [fields[name].type.logical for name in ("day", "price", "small")] == [None, None, None]
    assert set(fields["price"].type.attributes) == {"logicalType", "precision", "scale"}
    assert fields["own"].type.logical == LogicalType("com.acme.colour")


@pytest.mark.parametrize(
    ("size", "precision", "fits"), [(1, 2, True), (1, 3, False), (16, 38, True), (16, 39, False), (0, 1, False)]
)
def test_the_size_of_a_fixed_limits_the_precision_of_its_decimal(size: int, precision: int, *, fits: bool) -> None:
    contract = avro({"type": "fixed", "name": "F", "size": size, "logicalType": "decimal", "precision": precision})
    assert (contract.type.logical is not None) is fits


@pytest.mark.parametrize(
    ("kind", "size", "known"), [("duration", 12, True), ("duration", 11, False), ("uuid", 16, True)]
)
def test_logical_types_on_fixed_need_their_size(kind: str, size: int, *, known: bool) -> None:
    contract = avro({"type": "fixed", "name": "F", "size": size, "logicalType": kind})
    assert contract.type.logical == (LogicalType(kind) if known else None)


def test_an_error_is_a_record() -> None:
    assert isinstance(avro({"type": "error", "name": "E", "fields": []}).type, AvroRecord)


@pytest.mark.parametrize(
    ("schema", "version", "pointer"),
    [
        (record("A", version="1.8"), "1.8", "/version"),
        (record("A", version=3), "3", "/version"),
        (record("A", version=True), None, ""),
        (record("alert", namespace="lsst.v6_1"), "6.1", "/namespace"),
        (record("lsst.v6_1.alert", namespace="other.v9"), "6.1", "/name"),
        (record("v2", namespace="com.v1"), "2", "/name"),
        (record("A", namespace="com.v1", version="1.4"), "1.4", "/version"),
        (record("A", namespace="com.video.v"), None, ""),
        ({"type": "array", "items": "int", "version": "1"}, None, ""),
    ],
)
def test_the_version_a_schema_gives_itself(schema: object, version: str | None, pointer: str) -> None:
    declared = avro(schema).version
    assert (declared and declared.value, declared.node.pointer if declared else "") == (version, pointer)


class TestSeveralFiles:
    FILES: ClassVar = {name: fixture_text(f"shop/{name}") for name in ("basket.avsc", "customer.avsc", "money.avsc")}
    TYPES: ClassVar = {
        "shop.Basket": "basket.avsc",
        "shop.Customer": "customer.avsc",
        "shop.money.Currency": "money.avsc",
    }

    def test_types_are_read_from_the_files_that_define_them_in_a_circle(self) -> None:
        contract = avro_files(self.FILES, "basket.avsc", self.TYPES)
        assert set(contract.names) == set(self.TYPES)
        assert contract.names["shop.Customer"].node.path == "customer.avsc"

    def test_only_the_files_needed_are_read(self) -> None:
        documents = MemoryDocuments({**self.FILES, "other.avsc": record("Other")})
        read(documents, "money.avsc", find_type=self.TYPES.get)
        assert documents.read_paths() == ("money.avsc",)

    def test_names_of_other_files_that_are_not_reached_are_left_out(self) -> None:
        files = {"a": record("A", ("b", "B")), "b": [{"type": "fixed", "name": "B", "size": 1}, record("C")]}
        assert list(avro_files(files, "a", {"B": "b"}).names) == ["A", "B"]

    def test_the_same_definition_in_two_files_is_one(self) -> None:
        same = {"type": "fixed", "name": "F", "size": 1}
        files = {"a": record("A", ("f", same), ("b", "B")), "b": record("B", ("f", same))}
        contract = avro_files(files, "a", {"B": "b"})
        assert contract.names["F"].node.path == "a"
        assert isinstance(contract.names["B"], AvroRecord)


def test_a_default_that_is_no_value_is_an_attribute() -> None:
    inner = record("I", field("n", "int", default="7"))
    contract = avro(record("A", field("x", inner, default={}), field("y", ["int", "null"], default=None)))
    fields = fields_of(contract)
    assert (fields["x"].default, fields["x"].attributes["default"].pointer) == (UNSET, "/fields/0/default")
    assert fields["x"].type.fields[0].default is UNSET
    assert fields["y"].default is None
    assert contract.names["I"] is fields["x"].type


def test_a_default_may_rely_on_that_of_a_field_inside() -> None:
    inner = record("I", field("n", "int", default=7))
    assert fields_of(avro(record("A", field("x", inner, default={}))))["x"].default == {}


def test_what_is_written_twice_is_read_once() -> None:
    enum = {"type": "enum", "name": "E", "symbols": ["P", "O", "P"]}
    fields = fields_of(avro(record("A", ("x", enum), ("y", enum), ("z", ["null", "E", "null", "E"]))))
    symbols = fields["x"].type.symbols
    assert {name: node.pointer for name, node in symbols.items()} == {
        "P": "/fields/0/type/symbols/0",
        "O": "/fields/0/type/symbols/1",
    }
    assert isinstance(fields["y"].type, AvroReference)
    assert len(fields["z"].type.branches) == 2


def test_a_wrapped_schema_is_the_schema() -> None:
    contract = avro({"type": {"type": "array", "items": {"type": ["null", {"type": {"type": "string"}}]}}})
    assert isinstance(contract.type, AvroArray)
    assert isinstance(contract.type.items, AvroUnion)
    assert contract.type.items.branches[1].node.pointer == "/type/items/type/1/type"


def test_names_defined_inside_of_a_wrapper_are_found() -> None:
    assert defined_names({"type": [{"type": record("n.A")}, "null"]}) == ("n.A",)


@pytest.mark.parametrize(
    ("written", "order"), [("DESCENDING", "descending"), ("ignore", "ignore"), ("upwards", "upwards")]
)
def test_the_order_of_a_field(written: str, order: str) -> None:
    assert fields_of(avro(record("A", field("x", "int", order=written))))["x"].order == order


def test_marks_stand_under_their_canonical_names() -> None:
    schema = record("A", field("x", "int", sunset="2027-01-01", **{"x-replacement": "y"}), **{"x-deprecated": True})
    contract = avro(schema)
    marks = fields_of(contract)["x"].attributes
    assert {name: (node.value, node.pointer) for name, node in marks.items()} == {
        "x-sunset": ("2027-01-01", "/fields/0/sunset"),
        "x-replaced-by": ("y", "/fields/0/x-replacement"),
    }
    assert contract.names["A"].attributes["x-deprecated"].value == "true"


def test_arrays_nested_as_deep_as_documents_may_be() -> None:
    schema: object = "int"
    for _ in range(250):
        schema = {"type": "array", "items": schema}
    assert avro(schema).names == {}


def test_defaults_nested_as_deep_as_documents_may_be() -> None:
    value: object = None
    for _ in range(245):
        value = {"next": value}
    contract = avro(record("A", field("x", ["null", record("R", ("next", ["null", "R"]))], default=value)))
    assert fields_of(contract)["x"].default == value


def test_a_default_that_could_be_of_many_branches_is_checked_in_no_time() -> None:
    value: object = {"x": 1}
    for _ in range(60):
        value = {"x": value}
    branches = [record(name, ("x", ["null", "int", "A", "B", "C"])) for name in "ABC"]
    contract = avro([*branches, record("D", field("x", ["A", "B", "C"], default=value))])
    assert set(contract.names) == set("ABCD")


@pytest.mark.parametrize("path", sorted(VALID.rglob("*.avsc")), ids=lambda path: path.stem)
def test_the_index_finds_the_names_that_reading_finds(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    types = {name: file.name for file in VALID.rglob("*.avsc") for name in defined_names(json.loads(file.read_bytes()))}
    files = {file.name: json.loads(file.read_bytes()) for file in VALID.rglob("*.avsc")}
    contract = avro_files(files, path.name, types)
    own = [name for name, named in contract.names.items() if named.node.path == path.name]
    assert sorted(defined_names(schema)) == sorted(own)


def test_the_index_passes_over_what_is_no_definition() -> None:
    inner = record("In", ("x", [{"type": "map", "values": record("Deep", namespace="d")}, None, 3]))
    garbage = [
        record("a.Out", ("f", inner), 5),
        {"type": "enum"},
        {"type": ["record"], "name": "No"},
        {"fields": 1},
        "text",
    ]
    assert defined_names(garbage) == ("a.Out", "a.In", "d.Deep")
    assert defined_names(record("A", namespace=5)) == ("A",)
