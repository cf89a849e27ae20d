"""Layouts in which repositories keep versions side by side, as their owners write them: which are read as one history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, contract_of, record, rules_of, schema  # a neighbour

from contractguard import Verdict
from contractguard.model.finding import Severity

AVRO = (record(("a", "int"), namespace="x"), record(("a", "int"), ("b", "int"), namespace="x"))
JSON = (schema(("a",)), schema(("a", "b")))
TITLED = tuple({**value, "title": "Order"} for value in JSON)


def api(*paths: str) -> dict[str, Any]:
    answer = {"get": {"responses": {"200": {"description": "ok"}}}}
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": dict.fromkeys(paths, answer)}


API = (api("/a", "/b"), api("/a"))


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


@pytest.mark.parametrize(
    ("older", "newer", "contents"),
    [
        # exports of registries, one file a version
        ("orders-value-1.avsc", "orders-value-2.avsc", AVRO),
        ("export/orders-value-1.json", "export/orders-value-2.json", JSON),
        ("export/order_9.avsc", "export/order_10.avsc", AVRO),
        ("export/order.1.avsc", "export/order.2.avsc", AVRO),
        ("export/order@1.avsc", "export/order@2.avsc", AVRO),
        ("subjects/orders/1.json", "subjects/orders/2.json", JSON),
        ("subjects/orders/versions/1/schema.json", "subjects/orders/versions/2/schema.json", JSON),
        ("com.acme.Order/1.avsc", "com.acme.Order/2.avsc", AVRO),
        # static registries
        ("schemas/com.acme/order/jsonschema/1-0-0", "schemas/com.acme/order/jsonschema/1-0-1", JSON),
        ("jsonschema/order/1.0.0.yaml", "jsonschema/order/1.1.0.yaml", JSON),
        ("spec/facets/1-0-0/Order.json", "spec/facets/1-0-1/Order.json", JSON),
        ("schemas/ns/order/order.4.schema.json", "schemas/ns/order/order.5.schema.json", TITLED),
        # one repository for many releases
        ("v1.18.0-standalone/order.json", "v1.19.0-standalone/order.json", JSON),
        ("release-1.2/order.json", "release-1.3/order.json", JSON),
        ("version=1/order.json", "version=2/order.json", JSON),
        ("order/version1.json", "order/version2.json", JSON),
        ("events/OrderPlacedV1.json", "events/OrderPlacedV2.json", JSON),
        ("bom-1.5.schema.json", "bom-1.6.schema.json", JSON),
        ("sarif-2.1.0-rtm.9.json", "sarif-2.1.0-rtm.10.json", JSON),
        ("order/2024-01.json", "order/2024-04.json", JSON),
        ("order-20240101.json", "order-20240201.json", JSON),
        # services
        ("ghes-3.9/ghes-3.9.json", "ghes-3.10/ghes-3.10.json", API),
        ("api.example.com.2022-11-28.json", "api.example.com.2026-03-10.json", API),
        ("stable/2023-01-01/storage.json", "stable/2024-01-01/storage.json", API),
        ("preview/2023-01-01-preview/storage.json", "preview/2024-01-01-preview/storage.json", API),
        ("docs/1.2.0/openapi.json", "docs/1.3.0/openapi.json", API),
        ("docs/v1.2/openapi.json", "docs/v1.3/openapi.json", API),
    ],
)
def test_these_are_versions_of_one_contract(
    repository: VersionRepository, older: str, newer: str, contents: tuple[Any, Any]
) -> None:
    repository.commit({older: contents[0]})
    repository.commit({newer: contents[1]})
    contract = contract_of(repository.compared(), newer)
    assert (contract.base_path, contract.verdict) == (older, Verdict.BREAKING)


@pytest.mark.parametrize(
    ("older", "newer", "contents"),
    [
        ("order-1.json", "order-2.json", JSON),
        ("ghes-3.9/order.json", "ghes-3.10/order.json", JSON),
        ("types/ip-v4.json", "types/ip-v6.json", JSON),
        ("types/addressIpV4.json", "types/addressIpV6.json", JSON),
        ("docs/v1/openapi.json", "docs/v2/openapi.json", API),
        ("docs/v1.0/openapi.json", "docs/v2.0/openapi.json", API),
        ("a/1.0.0.json", "b/1.1.0.json", JSON),
    ],
)
def test_these_are_not(repository: VersionRepository, older: str, newer: str, contents: tuple[Any, Any]) -> None:
    repository.commit({older: contents[0]})
    repository.commit({newer: contents[1]})
    assert rules_of(contract_of(repository.compared(), newer)) == ["contract-added"]


def test_what_is_current_beside_its_versions_is_worked_on_in_place(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0.yaml": JSON[0], "order/current.yaml": JSON[0]})
    repository.commit({"order/1.1.0.yaml": JSON[1], "order/current.yaml": JSON[1]})
    report = repository.compared()
    assert contract_of(report, "order/1.1.0.yaml").base_path == "order/1.0.0.yaml"
    current = contract_of(report, "order/current.yaml")
    assert "version-published-edited" not in rules_of(current)
    assert current.verdict is Verdict.BREAKING


def test_a_link_to_the_latest_version_is_no_version(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0.json": JSON[0], "order/1.1.0.json": JSON[0]})
    (repository.root / "order" / "latest.json").symlink_to("1.1.0.json")
    repository.commit({"order/1.2.0.json": JSON[1]})
    assert [contract.base_path for contract in repository.compared("HEAD", None, within=True).contracts] == [
        "order/1.0.0.json",
        "order/1.1.0.json",
    ]


@pytest.mark.parametrize("name", ["2024-01", "2024-01-01-preview", "v1"])
def test_a_new_line_of_versions_may_break_the_one_before(repository: VersionRepository, name: str) -> None:
    newer = {"2024-01": "2024-04", "2024-01-01-preview": "2024-02-01-preview", "v1": "v2"}[name]
    repository.commit({f"{name}/order.json": JSON[0]})
    repository.commit({f"{newer}/order.json": JSON[1]})
    contract = contract_of(repository.compared(), f"{newer}/order.json")
    severities = {finding.severity for finding in contract.findings}
    assert (contract.verdict, severities) == (Verdict.BREAKING, {Severity.INFO})


def test_versions_come_in_any_order_and_with_gaps(repository: VersionRepository) -> None:
    repository.commit({f"orders-value/{number}.avsc": AVRO[0] for number in (12, 3, 7)})
    steps = repository.compared("HEAD", None, within=True).contracts
    assert [(step.versions.base, step.versions.head) for step in steps] == [("3", "7"), ("7", "12")]


def test_a_history_that_moved_with_a_new_version(repository: VersionRepository) -> None:
    old = {"a/order/1.0.0.json": JSON[0], "a/order/1.1.0.json": {**JSON[0], "title": "Order"}}
    new = {path.replace("a/", "b/"): content for path, content in old.items()}
    repository.commit(old)
    repository.commit({**dict.fromkeys(old), **new, "b/order/1.2.0.json": JSON[1]})
    report = repository.compared()
    assert {contract.path: contract.base_path for contract in report.contracts} == {
        "b/order/1.0.0.json": "a/order/1.0.0.json",
        "b/order/1.1.0.json": "a/order/1.1.0.json",
        "b/order/1.2.0.json": "b/order/1.1.0.json",
    }
