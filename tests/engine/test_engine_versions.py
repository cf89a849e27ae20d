"""Versions that lie side by side: a new one is compared with the one before it, a published one must not change."""

from __future__ import annotations

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

from contractguard import Verdict, render_report
from contractguard.engine import exit_code
from contractguard.errors import UsageError
from contractguard.model.finding import Bump, Severity
from contractguard.model.report import ContractStatus, GateStatus
from contractguard.reporting import explain_finding

REQUIRES_A, REQUIRES_BOTH = schema(("a",)), schema(("a", "b"))


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def added(repository: VersionRepository, old: str, new: str, before: Any, after: Any, **options: Any) -> Any:
    repository.commit({old: before})
    repository.commit({new: after})
    report = repository.compared(**options)
    return report, contract_of(report, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schemas/com.acme/order/jsonschema/1-0-0", "schemas/com.acme/order/jsonschema/1-0-1"),
        ("order/1.0.0.yaml", "order/1.0.1.yaml"),
        ("order-1.2.0.schema.json", "order-1.2.1.schema.json"),
        ("spec/1-0-0/Order.json", "spec/1-0-1/Order.json"),
        ("order/1.9.0.json", "order/1.10.0.json"),
        ("order/1.0.0.json", "order/1.0.1-rc.1.json"),
    ],
)
def test_a_new_version_is_compared_with_the_one_before(repository: VersionRepository, old: str, new: str) -> None:
    report, contract = added(repository, old, new, REQUIRES_A, REQUIRES_BOTH)
    assert (contract.status, contract.base_path, contract.verdict) == (ContractStatus.ADDED, old, Verdict.BREAKING)
    assert "version-added" in rules_of(contract)
    assert finding_of(contract, "property-became-required").severity is Severity.ERROR
    assert report.gate.status is GateStatus.FAIL


def test_the_step_is_that_of_the_names(repository: VersionRepository) -> None:
    _, contract = added(repository, "order/1-0-0", "order/1-0-1", REQUIRES_A, REQUIRES_BOTH)
    assert (contract.versions.base, contract.versions.head, contract.declared_bump) == ("1-0-0", "1-0-1", Bump.MINOR)
    assert (contract.required_bump, "version-bump-too-small" in rules_of(contract)) == (Bump.MAJOR, True)


def test_a_step_that_announces_the_break_lets_it_pass(repository: VersionRepository) -> None:
    report, contract = added(repository, "order/1-0-0", "order/2-0-0", REQUIRES_A, REQUIRES_BOTH)
    finding = finding_of(contract, "property-became-required")
    assert (contract.verdict, finding.severity, exit_code(report)) == (Verdict.BREAKING, Severity.INFO, 0)
    assert "error → info: version 2-0-0 announces a break, and 1-0-0 stays beside it" in finding.trail
    assert "version-bump-too-small" not in rules_of(contract)


def test_a_release_may_break_what_its_candidate_said(repository: VersionRepository) -> None:
    _, contract = added(repository, "order/1.0.0-rc.1.json", "order/1.0.0.json", REQUIRES_A, REQUIRES_BOTH)
    assert (contract.base_path, contract.declared_bump) == ("order/1.0.0-rc.1.json", Bump.MAJOR)


@pytest.mark.parametrize(
    "options",
    [{"compatibility": "BACKWARD"}, {"policy": "contracts: [{path: '**/order/*', compatibility: BACKWARD}]\n"}],
)
def test_a_mode_that_somebody_asks_for_holds_whatever_the_step_says(
    repository: VersionRepository, options: dict[str, Any]
) -> None:
    report, contract = added(repository, "x/order/1-0-0", "x/order/2-0-0", REQUIRES_A, REQUIRES_BOTH, **options)
    assert (finding_of(contract, "property-became-required").severity, exit_code(report)) == (Severity.ERROR, 1)


def test_the_count_of_a_registry_announces_nothing(repository: VersionRepository) -> None:
    report, _ = added(
        repository,
        "orders-value/1.avsc",
        "orders-value/2.avsc",
        record(("a", "int")),
        record(("a", "int"), ("b", "int")),
    )
    assert (report.verdict, exit_code(report)) == (Verdict.BREAKING, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lsst/7/4/lsst.v7_4.alert.avsc", "lsst/8/0/lsst.v8_0.alert.avsc"),
        ("v3/order.avsc", "v4/order.avsc"),
        ("order.v1.avsc", "order.v2.avsc"),
    ],
)
def test_avro_versions_in_names_and_folders(repository: VersionRepository, old: str, new: str) -> None:
    _, contract = added(repository, old, new, record(("a", "int")), record(("a", "int"), ("b", "int")))
    assert (contract.base_path, contract.declared_bump, contract.verdict) == (old, Bump.MAJOR, Verdict.BREAKING)


def test_a_version_in_the_namespace(repository: VersionRepository) -> None:
    old, new = record(("a", "int"), namespace="x.v1"), record(("a", "int"), ("b", "int"), namespace="x.v2")
    _, contract = added(repository, "order_old.avsc", "order.avsc", old, new)
    assert contract.base_path == "order_old.avsc"


def test_a_version_in_the_identifier(repository: VersionRepository) -> None:
    old, new = ({**schema(()), "$id": f"https://example.org/order/1-0-{number}"} for number in (0, 1))
    _, contract = added(repository, "first.json", "second.json", old, new)
    assert (contract.base_path, contract.verdict) == ("first.json", Verdict.COMPATIBLE)


def test_the_predecessor_is_the_nearest_older_version(repository: VersionRepository) -> None:
    repository.commit({f"order/{name}": REQUIRES_A for name in ("1-0-0", "1-0-9", "2-0-0")})
    repository.commit({"order/1-0-10": REQUIRES_BOTH})
    assert contract_of(repository.compared(), "order/1-0-10").base_path == "order/1-0-9"


def test_two_new_versions_follow_one_another(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    repository.commit({"order/1-0-1": REQUIRES_BOTH, "order/1-0-2": REQUIRES_BOTH})
    report = repository.compared()
    assert contract_of(report, "order/1-0-1").verdict is Verdict.BREAKING
    second = contract_of(report, "order/1-0-2")
    assert (second.base_path, rules_of(second)) == ("order/1-0-1", ["version-added"])


def test_what_was_published_is_the_content_of_base(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    repository.commit({"order/1-0-0": REQUIRES_BOTH, "order/1-0-1": REQUIRES_BOTH})
    assert contract_of(repository.compared(), "order/1-0-1").verdict is Verdict.BREAKING


def test_a_file_that_was_renamed_to_its_next_version_has_moved(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    repository.commit({"order/1-0-0": None, "order/1-0-1": REQUIRES_BOTH})
    (contract,) = repository.compared().contracts
    assert (contract.status, contract.base_path) == (ContractStatus.CHANGED, "order/1-0-0")
    assert {"contract-moved", "version-bump-too-small"} <= set(rules_of(contract))


def test_a_window_of_versions_that_slides(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A, "order/1-0-1": REQUIRES_A})
    repository.commit({"order/1-0-0": None, "order/1-0-2": REQUIRES_A})
    report = repository.compared()
    assert contract_of(report, "order/1-0-2").base_path == "order/1-0-1"
    assert rules_of(contract_of(report, "order/1-0-0")) == ["contract-removed"]


def test_a_version_that_builds_on_the_one_before_does_not_swallow_it(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0.json": REQUIRES_A})
    extended = {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [{"$ref": "1.0.0.json"}]}
    repository.commit({"order/1.1.0.json": extended})
    report = repository.compared()
    assert "contract-removed" not in {rule for contract in report.contracts for rule in rules_of(contract)}
    assert contract_of(report, "order/1.1.0.json").base_path == "order/1.0.0.json"


# published versions


def test_a_published_version_that_was_edited(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_BOTH})
    repository.commit({"order/1-0-0": REQUIRES_A})
    (contract,) = repository.compared().contracts
    assert finding_of(contract, "version-published-edited").severity is Severity.WARNING
    assert "version-unchanged" not in rules_of(contract)


def test_new_words_in_a_published_version_are_only_told(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    repository.commit({"order/1-0-0": {**REQUIRES_A, "description": "An order"}})
    (contract,) = repository.compared(apply_policy=False).contracts
    assert "version-published-reworded" in rules_of(contract)
    assert "version-published-edited" not in rules_of(contract)


def test_another_layout_is_no_edit(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    repository.commit({"order/1-0-0": dict(reversed(REQUIRES_A.items()))})
    assert repository.compared(apply_policy=False).verdict is Verdict.UNCHANGED


@pytest.mark.parametrize("path", ["v1/order.json", "order.json", "order-v1.json", "2024-05-01/order.json"])
def test_a_line_of_versions_may_be_worked_on_in_place(repository: VersionRepository, path: str) -> None:
    repository.commit({path: REQUIRES_BOTH})
    repository.commit({path: REQUIRES_A})
    (contract,) = repository.compared().contracts
    assert "version-published-edited" not in rules_of(contract)


# what is no history


def openapi(path: str) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {path: {"get": {"responses": {"200": {"description": "ok"}}}}},
    }


def test_descriptions_of_two_majors_are_two_products(repository: VersionRepository) -> None:
    _, contract = added(repository, "v1/openapi.json", "v2/openapi.json", openapi("/a"), openapi("/b"))
    assert (contract.base_path, rules_of(contract)) == (None, ["contract-added"])


def test_policy_may_say_that_they_are_one(repository: VersionRepository) -> None:
    policy = "contracts: [{path: '*/openapi.json', history: true}]\n"
    both = {"paths": {**openapi("/a")["paths"], **openapi("/b")["paths"]}}
    _, contract = added(
        repository, "v1/openapi.json", "v2/openapi.json", {**openapi("/a"), **both}, openapi("/b"), policy=policy
    )
    assert (contract.base_path, contract.verdict) == ("v1/openapi.json", Verdict.BREAKING)


def test_descriptions_with_the_version_in_the_file_name_are_versions(repository: VersionRepository) -> None:
    _, contract = added(repository, "Service-v71.json", "Service-v72.json", openapi("/a"), openapi("/a"))
    assert (contract.base_path, contract.declared_bump) == ("Service-v71.json", Bump.MAJOR)


def test_descriptions_that_share_no_path_are_not(repository: VersionRepository) -> None:
    _, contract = added(
        repository,
        "apis__scaling__v1_openapi.json",
        "apis__scaling__v2_openapi.json",
        openapi("/v1/a"),
        openapi("/v2/a"),
    )
    assert rules_of(contract) == ["contract-added"]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("cases/1.avsc", "cases/2.avsc", record(("a", "int")), record(("b", "int"), name="Other")),
        ("teams/7/order.json", "teams/8/order.json", schema(), schema()),
        ("draft-06.json", "draft-07.json", schema(), schema()),
        ("petstore-3.0.json", "petstore-3.1.json", openapi("/a"), {**openapi("/a"), "openapi": "3.1.0"}),
        ("a/1-0-0", "b/1-0-1", schema(), schema()),
        ("order/1-0-0.json", "invoice/1-0-0.json", schema(), schema()),
    ],
)
def test_what_merely_looks_alike_is_no_history(
    repository: VersionRepository, old: str, new: str, before: Any, after: Any
) -> None:
    _, contract = added(repository, old, new, before, after)
    assert (contract.base_path, rules_of(contract)) == (None, ["contract-added"])


@pytest.mark.parametrize(
    "options",
    [
        {"histories": False},
        {"policy": "histories: false\n"},
        {"policy": "contracts: [{path: 'order/*', history: false}]\n"},
    ],
)
def test_histories_can_be_switched_off(repository: VersionRepository, options: dict[str, Any]) -> None:
    _, contract = added(repository, "order/1-0-0", "order/1-0-1", REQUIRES_A, REQUIRES_BOTH, **options)
    assert (contract.base_path, rules_of(contract)) == (None, ["contract-added"])


def test_the_command_line_has_the_last_word(repository: VersionRepository) -> None:
    _, contract = added(
        repository, "order/1-0-0", "order/1-0-1", REQUIRES_A, REQUIRES_BOTH, policy="histories: false\n", histories=True
    )
    assert contract.base_path == "order/1-0-0"


# within one ref


def test_all_steps_within_one_ref(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A, "order/1-0-1": REQUIRES_BOTH, "order/1-0-2": REQUIRES_BOTH})
    report = repository.compared("HEAD", None, within=True)
    steps = [(contract.base_path, contract.path, contract.verdict) for contract in report.contracts]
    assert steps == [
        ("order/1-0-0", "order/1-0-1", Verdict.BREAKING),
        ("order/1-0-1", "order/1-0-2", Verdict.COMPATIBLE),
    ]


def test_a_folder_is_looked_through_as_a_ref_is(repository: VersionRepository) -> None:
    repository.commit({"export/order/1-0-0": REQUIRES_A, "export/order/1-0-1": REQUIRES_BOTH})
    report = repository.compared(str(repository.root / "export"), None, within=True)
    assert [contract.path for contract in report.contracts] == ["order/1-0-1"]


def test_two_versions_that_the_user_names(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A, "order/1-0-1": REQUIRES_BOTH, "invoice/1-0-1": REQUIRES_BOTH})
    (contract,) = repository.compared("HEAD:order/1-0-0", "HEAD:order/1-0-1").contracts
    assert (contract.versions.base, contract.versions.head, contract.declared_bump) == ("1-0-0", "1-0-1", Bump.MINOR)
    assert rules_of(contract) == ["property-became-required", "version-bump-too-small"]
    (other,) = repository.compared("HEAD:order/1-0-0", "HEAD:invoice/1-0-1").contracts
    assert (other.versions.base, rules_of(other)) == (None, ["property-became-required"])


def test_within_takes_one_side(repository: VersionRepository) -> None:
    repository.commit({"a": "1"})
    with pytest.raises(UsageError, match="only one"):
        repository.compared("HEAD", "HEAD", within=True)


def test_within_takes_no_single_file(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A})
    with pytest.raises(UsageError, match="one file"):
        repository.compared("HEAD:order/1-0-0", None, within=True)


def test_within_a_tree_without_versions(repository: VersionRepository) -> None:
    repository.commit({"order.json": REQUIRES_A})
    report = repository.compared("HEAD", None, within=True)
    assert (report.contracts, "no versions lie side by side here" in report.notes) == ((), True)


@pytest.mark.parametrize(("side", "told"), [("HEAD", "--within HEAD"), (None, "--within")])
def test_a_finding_within_one_side_is_explained_by_the_command_that_the_report_names(
    repository: VersionRepository, side: str | None, told: str
) -> None:
    repository.commit({"order/1-0-0": REQUIRES_A, "order/1-0-1": REQUIRES_BOTH})
    report = repository.compared(side, None, within=True)
    fingerprint = finding_of(report.contracts[0], "property-became-required").fingerprint
    lines = render_report(report).splitlines()
    assert any(line.startswith("why: ") and line.endswith(told) for line in lines)
    assert explain_finding(report, fingerprint)
