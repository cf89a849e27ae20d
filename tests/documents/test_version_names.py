"""Versions in names, and which contracts of a snapshot are versions of one another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.documents import DocumentSet, VersionForm, discover, version_in_path, version_of_tag
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
        ("order-1.0.0+build.7.json", "order-{version}.json", "1.0.0", EXACT, True),
        ("order-1.0.0.Final.json", "order-{version}.json", "1.0.0", EXACT, True),
        ("1.6.0.7.json", "{version}.json", "1.6.0.7", EXACT, True),
        ("OrderV2.json", "Order{version}.json", "v2", LINE, True),
        ("orderCreatedV1.1.avsc", "orderCreated{version}.avsc", "1.1", EXACT, True),
        ("version=3/order.json", "{version}/order.json", "v3", LINE, True),
        ("release-1.2/order.json", "{version}/order.json", "1.2", EXACT, True),
        ("2024-01/order.json", "{version}/order.json", "2024-01", LINE, True),
        ("order-20240131.json", "order-{version}.json", "20240131", LINE, True),
        ("20240131/order.json", "{version}/order.json", "20240131", LINE, True),
        ("2024-01-01-preview/api.json", "{version}/api.json", "2024-01-01-preview", LINE, True),
        ("ghes-3.9/ghes-3.9.json", "ghes-{version}/ghes-{version}.json", "3.9", EXACT, True),
        ("ghes-3.9/api.json", "ghes-{version}/api.json", "3.9", EXACT, False),
        ("team-v2/api.json", "team-{version}/api.json", "v2", LINE, False),
        ("v1.18.0-standalone/pod.json", "{version}-standalone/pod.json", "1.18.0", EXACT, True),
        ("subjects/orders/3.json", "subjects/orders/{version}.json", "3", COUNT, True),
        ("orders-value-3.avsc", "orders-value-{version}.avsc", "3", COUNT, True),
        ("e/order@3.avsc", "e/order@{version}.avsc", "3", COUNT, False),
        ("main/main.4.schema.json", "main/main.{version}.schema.json", "4", COUNT, False),
        ("v2/order-1.avsc", "{version}/order-1.avsc", "v2", LINE, True),
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
        "iso8601.json",
        "sha256.json",
        "ip-v4.json",
        "addressIpV6.json",
        "uuid_v4.json",
        "open_smile_2_audio.avsc",
        "orderv1.json",
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
        ("1.0.0-rc.9", "1.0.0-rc.10"),
        ("1.0.0-alpha.2", "1.0.0-beta.1"),
        ("1.0-m2", "1.0-m10"),
        ("v1beta2", "v1"),
        ("1.6.0.7", "1.6.0.16"),
        ("20231231", "20240101"),
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
    assert found is None or (found.key.count("{version}") >= 1 and len(found.numbers) <= 4)


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


@pytest.mark.parametrize("paths", [("order-1.json", "order-2.json"), ("ghes-3.9/a.json", "ghes-3.10/a.json")])
def test_what_may_be_a_version_needs_a_common_name(paths: tuple[str, str]) -> None:
    assert grouped(dict.fromkeys(paths, SCHEMA)) == []
    assert grouped({path: {**SCHEMA, "title": "Order"} for path in paths}) == [[*paths]]
    titles = [{**SCHEMA, "title": f"Order, version {number}"} for number in (1, 2)]
    assert grouped(dict(zip(paths, titles, strict=True))) == [[*paths]]
    assert grouped({paths[0]: titles[0], paths[1]: {**SCHEMA, "title": "Invoice"}}) == []


def test_a_number_in_an_identifier_needs_a_common_title() -> None:
    calls = [{**SCHEMA, "$id": f"https://x/teams/{number}/order"} for number in (7, 8)]
    assert grouped({"a.json": calls[0], "b.json": calls[1]}) == []
    titled = {path: {**call, "title": "Order"} for path, call in zip(("a.json", "b.json"), calls, strict=True)}
    assert grouped(titled) == [["a.json", "b.json"]]


def api(*paths: str, **more: Any) -> dict[str, Any]:
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {path: {} for path in paths}, **more}


@pytest.mark.parametrize(
    ("paths", "are_one"),
    [
        (("docs/1.2.0/api.json", "docs/2.0.0/api.json"), True),
        (("stable/2023-01-01/api.json", "stable/2024-01-01/api.json"), True),
        (("admin/2024-01/api.json", "admin/2024-04/api.json"), True),
        (("docs/v1.2/api.json", "docs/v1.3/api.json"), True),
        (("docs/v1.0/api.json", "docs/v2.0/api.json"), False),
        (("docs/v1/api.json", "docs/v2/api.json"), False),
        (("docs/1/api.json", "docs/2/api.json"), False),
        (("docs/3.0.2/api.json", "docs/3.0.3/api.json"), False),
    ],
)
def test_descriptions_in_folders(paths: tuple[str, str], are_one: bool) -> None:
    found = grouped({paths[0]: api("/a", openapi="3.0.2" if "3.0.2" in paths[0] else "3.0.3"), paths[1]: api("/a")})
    assert ([*paths] in found) == are_one


def test_a_service_in_version_3_is_no_description_of_openapi_3() -> None:
    files = {f"Service-v{number}.json": api("/a") for number in (1, 2, 3)}
    assert grouped(files) == [[*files]]
    both = {"api-v2.json": {"swagger": "2.0", "paths": {}}, "api-v3.json": api("/a")}
    assert grouped(both) == []
    assert grouped(both, **dict.fromkeys(both, True)) == [[*both]]


@pytest.mark.parametrize(
    ("tag", "key", "text"),
    [
        ("v1.2.0", "", "1.2.0"),
        ("orders/v1.2.0", "orders", "1.2.0"),
        ("orders-v1.2.0", "orders", "1.2.0"),
        ("orders@1.2.0", "orders", "1.2.0"),
        ("release-1.2", "", "1.2"),
        ("v2", "", "v2"),
        ("1.0.0-rc.1", "", "1.0.0-rc.1"),
        ("orders-2024-05-01", "orders", "2024-05-01"),
    ],
)
def test_tags_end_in_a_version(tag: str, key: str, text: str) -> None:
    found = version_of_tag(tag)
    assert found is not None
    assert (found.key, found.text) == (key, text)


@pytest.mark.parametrize("tag", ["nightly", "v1.2.0-hotfix-branch", "orders-7", "before-1.2.0-fix", "latest"])
def test_other_tags_do_not(tag: str) -> None:
    assert version_of_tag(tag) is None


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
