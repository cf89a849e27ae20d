"""Folders as schema registries export them: histories by subject and version, references between subjects."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from version_repositories import (  # a neighbour, on the path of pytest
    VersionRepository,
    contract_of,
    finding_of,
    record,
    rules_of,
    schema,
)

from contractguard import Report, Verdict, compare_files
from contractguard.engine import exit_code
from contractguard.engine.verification import verify
from contractguard.model.document import ContractKind
from contractguard.model.finding import Against


def registered(
    subject: str, version: int, wrapped: Any, *references: tuple[str, str, int], **more: Any
) -> dict[str, Any]:
    listed = [{"name": name, "subject": other, "version": number} for name, other, number in references]
    return {
        "subject": subject,
        "version": version,
        "id": 100 + version,
        "schema": wrapped if isinstance(wrapped, str) else json.dumps(wrapped),
        **({"references": listed} if listed else {}),
        **more,
    }


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def within(repository: VersionRepository, files: dict[str, Any], **options: Any) -> Report:
    repository.commit(files)
    return repository.compared("HEAD", None, within=True, **options)


V1, V2 = record(("a", "int")), record(("a", "int"), ("b", "int"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("orders-value/1.avsc", "orders-value/2.avsc"),
        ("orders-value/9.avsc", "orders-value/10.avsc"),
        ("subjects/orders/versions/1.avsc", "subjects/orders/versions/2.avsc"),
        ("orders-value/v1.avsc", "orders-value/v2.avsc"),
    ],
)
def test_plain_schemas_by_subject_and_version(repository: VersionRepository, first: str, second: str) -> None:
    report = within(repository, {first: V1, second: V2})
    assert [(contract.base_path, contract.path, contract.verdict) for contract in report.contracts] == [
        (first, second, Verdict.BREAKING)
    ]


def test_wrapped_schemas_by_what_the_registry_says_whatever_the_files_are_called(repository: VersionRepository) -> None:
    files = {
        "export/x.json": registered("orders-value", 1, V1),
        "export/a.json": registered("orders-value", 2, V2, schemaType="AVRO"),
        "export/b.json": registered("invoices-value", 1, V2),
    }
    report = within(repository, files)
    (contract,) = report.contracts
    assert (contract.base_path, contract.path, contract.kind) == ("export/x.json", "export/a.json", ContractKind.AVRO)
    assert (contract.versions.base, contract.versions.head) == ("1", "2")
    assert (contract.verdict, exit_code(report)) == (Verdict.BREAKING, 1)


def test_references_lead_to_the_version_that_they_name(repository: VersionRepository) -> None:
    money = [record(("amount", kind), name="Money", namespace="x") for kind in ("int", "string")]
    order = record(("total", "x.Money"))
    files = {
        "money/1.json": registered("money", 1, money[0]),
        "money/2.json": registered("money", 2, money[1]),
        "orders/1.json": registered("orders", 1, order, ("x.Money", "money", 1)),
        "orders/2.json": registered("orders", 2, {**order, "doc": "twice"}, ("x.Money", "money", 1)),
        "orders/3.json": registered("orders", 3, order, ("x.Money", "money", 2)),
    }
    report = within(repository, files)
    verdicts = {contract.path: contract.verdict for contract in report.contracts}
    assert verdicts == {
        "money/2.json": Verdict.BREAKING,
        "orders/2.json": Verdict.COMPATIBLE,
        "orders/3.json": Verdict.BREAKING,
    }


def test_references_of_references_are_found(repository: VersionRepository) -> None:
    files = {
        "a.json": registered("a", 1, record(("n", "int"), name="A", namespace="x")),
        "b.json": registered("b", 1, record(("a", "x.A"), name="B", namespace="x"), ("x.A", "a", 1)),
        "c1.json": registered("c", 1, record(("b", "x.B"), name="C", namespace="x"), ("x.B", "b", 1)),
        "c2.json": registered("c", 2, record(("b", "x.B"), ("z", "int"), name="C", namespace="x"), ("x.B", "b", 1)),
    }
    (contract,) = within(repository, files).contracts
    assert (contract.errors, contract.verdict) == ((), Verdict.BREAKING)


def test_json_schemas_need_not_say_that_they_are(repository: VersionRepository) -> None:
    customer = [{"type": "object", "properties": {"n": {"type": kind}}} for kind in ("integer", "string")]
    order = {"type": "object", "properties": {"customer": {"$ref": "customer.json"}}}
    files = {
        "customer-1.json": registered("customer", 1, customer[0], schemaType="JSON"),
        "customer-2.json": registered("customer", 2, customer[1], schemaType="JSON"),
        "order-1.json": registered("order", 1, order, ("customer.json", "customer", 1), schemaType="JSON"),
        "order-2.json": registered("order", 2, order, ("customer.json", "customer", 2), schemaType="JSON"),
    }
    report = within(repository, files)
    found = contract_of(report, "order-2.json")
    assert (found.kind, found.errors, found.verdict) == (ContractKind.JSONSCHEMA, (), Verdict.BREAKING)


def test_a_key_may_be_a_primitive(repository: VersionRepository) -> None:
    files = {"k1.json": registered("orders-key", 1, '"int"'), "k2.json": registered("orders-key", 2, '"string"')}
    (contract,) = within(repository, files).contracts
    assert contract.verdict is Verdict.BREAKING


def test_all_versions_of_a_subject_are_a_history_for_the_transitive_modes(repository: VersionRepository) -> None:
    dropped = record(("a", "int"), ("b", "int"))
    files = {
        "1.json": registered("orders", 1, V1),
        "2.json": registered("orders", 2, record(("a", "int"), ("b", "int", 7))),
        "3.json": registered("orders", 3, dropped),
    }
    report = within(repository, files, compatibility="BACKWARD_TRANSITIVE")
    finding = finding_of(contract_of(report, "3.json"), "avro-field-added-without-default")
    assert finding.against == Against("1", None, None, "1.json")
    checked = verify(report, base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert (checked.confirmed, checked.failed) == (1, ())


def test_a_registered_version_that_was_edited(repository: VersionRepository) -> None:
    repository.commit({"1.json": registered("orders", 1, V2)})
    repository.commit({"1.json": registered("orders", 1, V1)})
    (contract,) = repository.compared().contracts
    assert "version-published-edited" in rules_of(contract)


def test_another_id_of_the_same_schema_is_no_edit(repository: VersionRepository) -> None:
    repository.commit({"1.json": registered("orders", 1, V1)})
    repository.commit({"1.json": {**registered("orders", 1, V1), "id": 7}})
    assert repository.compared().verdict is Verdict.UNCHANGED


def test_two_registered_files_compared_by_name(tmp_path: Path) -> None:
    for name, wrapped in (("old.json", V1), ("new.json", V2)):
        (tmp_path / name).write_text(json.dumps(registered("orders", 1, wrapped)), encoding="utf-8")
    report = compare_files(tmp_path / "old.json", tmp_path / "new.json")
    assert (report.verdict, report.contracts[0].kind) == (Verdict.BREAKING, ContractKind.AVRO)


def test_protobuf_is_named_as_unsupported(repository: VersionRepository) -> None:
    repository.commit({"1.json": registered("orders", 1, V1)})
    repository.commit({"p.json": registered("other", 1, 'syntax = "proto3";', schemaType="PROTOBUF")})
    report = repository.compared()
    assert any("PROTOBUF, which is not supported" in note for note in report.notes)
    within_it = repository.compared("HEAD", None, within=True)
    assert ["PROTOBUF" in error.message for error in within_it.errors] == [True]
    assert exit_code(within_it) == 3


def test_a_registration_whose_schema_is_broken(repository: VersionRepository) -> None:
    repository.commit({"1.json": registered("orders", 1, V1)})
    repository.commit({"1.json": registered("orders", 1, '{"type": ')})
    report = repository.compared()
    assert exit_code(report) == 3


@pytest.mark.parametrize(
    "content",
    [
        {"subject": "orders", "version": 1, "schema": "{}", "somebody": "else"},
        {"subject": "orders", "version": "1", "schema": "{}"},
        {"subject": 1, "version": 1, "schema": "{}"},
        {"subject": "orders", "version": 1, "schema": {}},
        {"subject": "orders", "version": True, "schema": "{}"},
    ],
)
def test_what_merely_has_such_members_registers_nothing(repository: VersionRepository, content: dict[str, Any]) -> None:
    repository.commit({"a.json": content, "order.schema.json": schema()})
    repository.commit({"a.json": {**content, "hash": "7"}})
    report = repository.compared()
    assert [contract.path for contract in report.contracts] == ["order.schema.json"]


# what tools make of it


def test_a_version_that_was_deleted_is_none_but_is_found_by_what_refers_to_it(repository: VersionRepository) -> None:
    money = record(("amount", "int"), name="Money", namespace="x")
    files = {
        "1.json": registered("orders", 1, V1),
        "2.json": registered("orders", 2, V2, deleted=True),
        "3.json": registered("orders", 3, {**V1, "doc": "third"}),
        "m.json": registered("money", 1, money, deleted=True),
        "p1.json": registered("pays", 1, record(("m", "x.Money")), ("x.Money", "money", 1)),
        "p2.json": registered("pays", 2, record(("m", ["null", "x.Money"])), ("x.Money", "money", 1)),
    }
    report = within(repository, files)
    steps = {(contract.base_path, contract.path) for contract in report.contracts}
    assert steps == {("1.json", "3.json"), ("p1.json", "p2.json")}
    assert [contract.errors for contract in report.contracts] == [(), ()]


def test_to_delete_a_version_is_to_remove_it(repository: VersionRepository) -> None:
    repository.commit({"1.json": registered("orders", 1, V1), "2.json": registered("orders", 2, V2)})
    repository.commit({"2.json": registered("orders", 2, V2, deleted=True)})
    assert rules_of(contract_of(repository.compared(), "2.json")) == ["contract-removed"]


def of_glue(number: int, schema_text: Any, **more: Any) -> dict[str, Any]:
    return {
        "SchemaVersionId": f"00000000-0000-0000-0000-00000000000{number}",
        "SchemaDefinition": json.dumps(schema_text),
        "DataFormat": "AVRO",
        "SchemaArn": "arn:aws:glue:eu-west-1:123456789012:schema/events/orders",
        "VersionNumber": number,
        "Status": "AVAILABLE",
        "CreatedTime": "2024-01-01T00:00:00Z",
        **more,
    }


def test_versions_of_aws_glue(repository: VersionRepository) -> None:
    report = within(repository, {"b.json": of_glue(1, V1), "a.json": of_glue(2, V2)})
    (contract,) = report.contracts
    assert (contract.base_path, contract.path, contract.verdict) == ("b.json", "a.json", Verdict.BREAKING)


def test_a_version_of_aws_glue_that_failed_its_check_is_none(repository: VersionRepository) -> None:
    files = {"1.json": of_glue(1, V1), "2.json": of_glue(2, V2, Status="FAILURE"), "3.json": of_glue(3, V1)}
    assert [contract.base_path for contract in within(repository, files).contracts] == ["1.json"]


def test_protobuf_in_aws_glue_is_named_as_unsupported(repository: VersionRepository) -> None:
    report = within(repository, {"1.json": of_glue(1, V1, DataFormat="PROTOBUF")})
    assert ["PROTOBUF" in error.message for error in report.errors] == [True]


@pytest.mark.parametrize("more", [{"compatibilityLevel": "FULL"}, {"exportedAt": 1700000000, "context": "."}])
def test_tools_add_members_of_their_own(repository: VersionRepository, more: dict[str, Any]) -> None:
    files = {f"{number}.json": registered("orders", number, value, **more) for number, value in ((1, V1), (2, V2))}
    assert within(repository, files).verdict is Verdict.BREAKING


def test_tools_write_the_schema_out(repository: VersionRepository) -> None:
    files = {
        f"{number}.json": {**registered("orders", number, ""), "schema": value} for number, value in ((1, V1), (2, V2))
    }
    (contract,) = within(repository, files).contracts
    found = finding_of(contract, "avro-field-added-without-default")
    assert found.head is not None
    assert found.head.pointer == "/fields/1"


@pytest.mark.parametrize("name", ["https://example.org/part.json", "part.json"])
def test_a_reference_may_be_named_by_the_uri_that_it_means(repository: VersionRepository, name: str) -> None:
    parts = [{"$id": "https://example.org/part.json", "type": kind} for kind in ("integer", "string")]
    order = {"$id": "https://example.org/order.json", "properties": {"part": {"$ref": "part.json"}}}
    files = {
        "p1.json": registered("part", 1, parts[0], schemaType="JSON"),
        "p2.json": registered("part", 2, parts[1], schemaType="JSON"),
        "o1.json": registered("order", 1, order, (name, "part", 1), schemaType="JSON"),
        "o2.json": registered("order", 2, order, (name, "part", 2), schemaType="JSON"),
    }
    found = contract_of(within(repository, files), "o2.json")
    assert (found.errors, found.verdict) == ((), Verdict.BREAKING)
