"""Versions in names, and which contracts of a snapshot are versions of one another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.documents import DocumentSet, VersionForm, discover, version_in_path
from contractguard.sources.memory import MemorySnapshot

EXACT, LINE, COUNT = VersionForm.EXACT, VersionForm.LINE, VersionForm.COUNT


@pytest.mark.parametrize(
    ("path", "key", "text", "form", "by_itself"),
    [
        ("com.acme/event/jsonschema/1-0-1", "com.acme/event/jsonschema/{version}", "1-0-1", EXACT, True),
        ("event/1.0.0.yaml", "event/{version}.yaml", "1.0.0", EXACT, True),
        ("Service-v71.json", "Service-{version}.json", "v71", LINE, True),
        ("7/4/lsst.v7_4.alert.avsc", "{version}/{version}/lsst.{version}.alert.avsc", "7.4", EXACT, True),
        ("7/4/alert.avsc", "{version}/{version}/alert.avsc", "7.4", EXACT, False),
        ("v3/order.avsc", "{version}/order.avsc", "v3", LINE, True),
        ("v1/order-1.2.0.avsc", "{version}/order-{version}.avsc", "1.2.0", EXACT, True),
        ("v2/order-1.2.0.avsc", "v2/order-{version}.avsc", "1.2.0", EXACT, True),
        ("1.2.0/order-v1.json", "{version}/order-{version}.json", "1.2.0", EXACT, True),
        ("1.18.0/apps-v2.json", "{version}/apps-v2.json", "1.18.0", EXACT, True),
        ("orders-value/2.avsc", "orders-value/{version}.avsc", "2", COUNT, True),
        ("subjects/o/versions/3.json", "subjects/o/versions/{version}.json", "3", COUNT, True),
        ("cases/3.json", "cases/{version}.json", "3", COUNT, False),
        ("spec/1/order.json", "spec/{version}/order.json", "1", COUNT, False),
        ("2024-05-01/order.json", "{version}/order.json", "2024-05-01", LINE, True),
        ("order-1.2.0-rc.1.schema.json", "order-{version}.schema.json", "1.2.0-rc.1", EXACT, True),
        ("v1beta1/order.json", "{version}/order.json", "v1-beta1", LINE, True),
    ],
)
def test_a_name_with_a_version(path: str, key: str, text: str, form: VersionForm, by_itself: bool) -> None:
    found = version_in_path(path)
    assert found is not None
    assert (found.key, found.text, found.form, found.by_itself) == (key, text, form, by_itself)


@pytest.mark.parametrize(
    "path",
    [
        "order.json",
        "latest.yaml",
        "draft-07.json",
        "iso8601.json",
        "sha256.json",
        "order-1.json",
        "utf-8.json",
        "a/",
        "v/x",
        "x",
    ],
)
def test_a_name_without_one(path: str) -> None:
    assert version_in_path(path) is None


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("1.9.0", "1.10.0"),
        ("1-0-9", "1-0-10"),
        ("1.0.0-rc.1", "1.0.0"),
        ("1.0.0", "1.0.1-rc.1"),
        ("v9", "v10"),
        ("2023-12-31", "2024-01-01"),
    ],
)
def test_versions_have_an_order(older: str, newer: str) -> None:
    first, second = version_in_path(f"{older}.json"), version_in_path(f"{newer}.json")
    assert first is not None
    assert second is not None
    assert first.rank < second.rank


@given(st.text(alphabet="v0123456789._-/abx", max_size=40))
def test_any_name_is_read_and_its_key_has_no_version_of_this_rank(path: str) -> None:
    found = version_in_path(path)
    assert found is None or (found.key.count("{version}") >= 1 and len(found.numbers) <= 3)


@given(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), st.sampled_from([".", "-"]))
def test_all_versions_of_a_name_share_its_key(numbers: tuple[int, int, int], separator: str) -> None:
    found = version_in_path(f"x/order-{separator.join(map(str, numbers))}.json")
    assert found is not None
    assert (found.key, found.numbers) == ("x/order-{version}.json", numbers)


def grouped(files: dict[str, Any], **wanted: bool) -> list[list[str]]:
    snapshot = MemorySnapshot("x", {path: json.dumps(value).encode() for path, value in files.items()})
    found = discover(DocumentSet(snapshot), wanted=wanted.get if wanted else lambda _: None).histories
    histories = {id(history): [file.path for file in history.versions] for history in found.values()}
    return sorted(histories.values())


SCHEMA = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}


def avro(name: str, namespace: str) -> dict[str, Any]:
    return {"type": "record", "name": name, "namespace": namespace, "fields": []}


def test_versions_are_sorted_by_number() -> None:
    files = {f"order/{name}": SCHEMA for name in ("1-0-10", "1-0-9", "2-0-0")}
    assert grouped(files) == [["order/1-0-9", "order/1-0-10", "order/2-0-0"]]


def test_one_full_version_is_a_history_and_one_line_is_none() -> None:
    assert grouped({"order/1-0-0": SCHEMA, "v1/invoice.json": SCHEMA, "7_4/x.json": SCHEMA}) == [["order/1-0-0"]]


def test_bare_numbers_need_a_common_name() -> None:
    same = {"spec/1/order.json": {**SCHEMA, "title": "Order"}, "spec/2/order.json": {**SCHEMA, "title": "Order"}}
    assert grouped(same) == [["spec/1/order.json", "spec/2/order.json"]]
    assert grouped({**same, "spec/2/order.json": {**SCHEMA, "title": "Invoice"}}) == []
    assert grouped(dict.fromkeys(same, SCHEMA)) == []


def test_kinds_do_not_mix() -> None:
    assert grouped({"x/1.0.0.json": SCHEMA, "x/1.0.1.json": avro("A", "n")}) == [["x/1.0.0.json"], ["x/1.0.1.json"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({**SCHEMA, "$id": "https://x/order/1-0-0"}, {**SCHEMA, "$id": "https://x/order/1-0-1#"}),
        ({**SCHEMA, "$id": "https://x/v1/order.json"}, {**SCHEMA, "$id": "https://x/v2/order.json"}),
        (
            {**SCHEMA, "self": {"vendor": "v", "name": "n", "format": "jsonschema", "version": "1-0-0"}},
            {**SCHEMA, "self": {"vendor": "v", "name": "n", "format": "jsonschema", "version": "1-1-0"}},
        ),
        (avro("Order", "x.v1"), avro("Order", "x.v2")),
        (avro("OrderV1", "x"), avro("OrderV2", "x")),
        (avro("Order", "x.v7_3.y"), avro("Order", "x.v7_4.y")),
    ],
)
def test_versions_in_what_a_contract_calls_itself(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert grouped({"b.json": first, "a.json": second}) == [["b.json", "a.json"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (avro("V1", "x"), avro("V2", "x")),
        (avro("Order", "x.v1"), avro("Invoice", "x.v2")),
        ({**SCHEMA, "$id": "https://x/order/1-0-0"}, {**SCHEMA, "$id": "https://x/invoice/1-0-1"}),
        ({**SCHEMA, "$id": "https://x/order/1-0-0"}, {**SCHEMA, "$id": "https://x/order/1-0-0"}),
    ],
)
def test_what_is_called_otherwise_is_no_version(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert grouped({"b.json": first, "a.json": second}) == []


def test_copies_of_what_calls_itself_a_version_are_no_history() -> None:
    files = {
        f"{name}.json": {**SCHEMA, "$id": f"https://x/order/{version}"}
        for name, version in zip("abc", "112", strict=True)
    }
    files = {path: {**value, "$id": value["$id"] + ".0.0"} for path, value in files.items()}
    assert grouped(files) == []
    assert grouped({path: files[path] for path in ("a.json", "c.json")}) == [["a.json", "c.json"]]


def test_who_is_asked_decides() -> None:
    files = {"spec/1/order.json": SCHEMA, "spec/2/order.json": SCHEMA, "order/1-0-0": SCHEMA}
    assert grouped(files, **{"spec/1/order.json": True, "spec/2/order.json": True, "order/1-0-0": False}) == [
        ["spec/1/order.json", "spec/2/order.json"]
    ]
