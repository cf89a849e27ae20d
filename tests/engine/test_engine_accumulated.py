"""What has accumulated since older versions that are supported: breaks, version steps, tags of contracts that moved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, contract_of, finding_of, record, rules_of, schema  # a neighbour

from contractguard import ContractReport, Verdict, render_report
from contractguard.engine.versions import older as older_versions
from contractguard.model.finding import Against, Severity
from contractguard.model.values import UNSET

WITHOUT = record(("a", "int"))
WITH_DEFAULT = record(("a", "int"), ("b", "int", 7))
DEFAULT_DROPPED = record(("a", "int"), ("b", "int"))
MISSING_DEFAULT = "avro-field-added-without-default"
TOO_SMALL = "version-bump-too-small"


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def three_files(repository: VersionRepository, last: str, **options: Any) -> ContractReport:
    repository.commit({"order/1.0.0.avsc": WITHOUT, "order/1.1.0.avsc": WITH_DEFAULT})
    repository.commit({f"order/{last}.avsc": DEFAULT_DROPPED})
    return contract_of(repository.compared(**options), f"order/{last}.avsc")


# the step of the version


def test_the_step_must_hold_what_has_accumulated(repository: VersionRepository) -> None:
    contract = three_files(repository, "1.2.0", compatibility="BACKWARD_TRANSITIVE")
    finding = finding_of(contract, TOO_SMALL)
    assert finding.against == Against("1.0.0", None, None, "order/1.0.0.avsc")
    assert "goes from 1.0.0 to 1.2.0, a minor step; the changes need a major step" in finding.message


def test_the_direct_step_alone_is_large_enough(repository: VersionRepository) -> None:
    assert TOO_SMALL not in rules_of(three_files(repository, "1.2.0", compatibility="BACKWARD"))


def test_a_major_step_holds_it(repository: VersionRepository) -> None:
    contract = three_files(repository, "2.0.0", compatibility="BACKWARD_TRANSITIVE")
    assert (TOO_SMALL in rules_of(contract), MISSING_DEFAULT in rules_of(contract)) == (False, True)


def test_a_step_that_is_too_small_is_told_once(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0.avsc": WITHOUT, "order/1.0.1.avsc": {**WITHOUT, "doc": "An order"}})
    repository.commit({"order/1.1.0.avsc": DEFAULT_DROPPED})
    contract = contract_of(repository.compared(compatibility="BACKWARD_TRANSITIVE"), "order/1.1.0.avsc")
    assert finding_of(contract, TOO_SMALL).against is UNSET


def described(version: str, *required: str) -> dict[str, Any]:
    """An OpenAPI description whose only operation takes two parameters."""
    parameters = [
        {"name": name, "in": "query", "required": name in required, "schema": {"type": "string"}} for name in "ab"
    ]
    operation = {"parameters": parameters, "responses": {"200": {"description": "ok"}}}
    return {"openapi": "3.0.3", "info": {"title": "T", "version": version}, "paths": {"/x": {"get": operation}}}


def test_the_step_since_a_tag_is_that_which_the_contracts_declare(repository: VersionRepository) -> None:
    repository.commit({"api.json": described("1.0.0")}, tag="v1.0.0")
    repository.commit({"api.json": described("1.1.0", "a")})
    repository.commit({"api.json": {**described("1.1.1", "a"), "tags": [{"name": "x"}]}})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    finding = finding_of(contract, TOO_SMALL)
    assert isinstance(finding.against, Against)
    assert (finding.against.ref, finding.before, finding.after) == ("v1.0.0", "1.0.0", "1.1.1")


# who asks for it


def test_to_say_which_versions_are_supported_asks_for_them(repository: VersionRepository) -> None:
    contract = three_files(repository, "1.2.0", supported="last 2")
    finding = finding_of(contract, MISSING_DEFAULT)
    assert (contract.mode, finding.severity) == ("BACKWARD", Severity.ERROR)
    assert isinstance(finding.against, Against)


def test_what_is_supported_counts_for_nothing_where_nothing_is_promised(repository: VersionRepository) -> None:
    assert three_files(repository, "1.2.0", supported="all", compatibility="NONE").verdict is not Verdict.BREAKING


def test_a_step_that_announces_the_break_lets_it_pass_where_no_mode_is_asked_for(repository: VersionRepository) -> None:
    contract = three_files(repository, "2.0.0", supported="all")
    finding = finding_of(contract, MISSING_DEFAULT)
    assert (finding.severity, contract.verdict) == (Severity.INFO, Verdict.BREAKING)
    assert "error → info: version 2.0.0 announces a break, and 1.0.0 stays beside it" in finding.trail


# tags


def test_a_contract_that_moved_is_found_at_its_tags(repository: VersionRepository) -> None:
    repository.commit({"schemas/order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"schemas/order.avsc": None, "events/order.avsc": WITHOUT})
    repository.commit({"events/order.avsc": None, "contracts/order-placed.avsc": WITH_DEFAULT}, tag="v1.1.0")
    repository.commit({"contracts/order-placed.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    against = finding_of(contract, MISSING_DEFAULT).against
    assert isinstance(against, Against)
    assert (against.version, against.path) == ("1.0.0", "schemas/order.avsc")


def test_a_contract_that_moved_within_the_folder_that_is_compared(repository: VersionRepository) -> None:
    repository.commit({"c/a/order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"c/a/order.avsc": None, "c/b/order.avsc": WITH_DEFAULT})
    repository.commit({"c/b/order.avsc": DEFAULT_DROPPED})
    report = repository.compared("HEAD~1:c", "HEAD:c", compatibility="BACKWARD_TRANSITIVE")
    against = finding_of(report.contracts[0], MISSING_DEFAULT).against
    assert isinstance(against, Against)
    assert against.path == "a/order.avsc"


def test_another_contract_that_lay_there_before_is_no_version(repository: VersionRepository) -> None:
    repository.commit({"invoice.avsc": record(("z", "string"), name="Invoice")}, tag="v1.0.0")
    repository.commit({"order.avsc": WITH_DEFAULT})
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    contract = contract_of(repository.compared(compatibility="BACKWARD_TRANSITIVE"), "order.avsc")
    assert any("no supported version before base" in note for note in contract.notes)


@pytest.mark.parametrize(
    ("path", "breaks"), [("orders/order.avsc", False), ("events/orders.avsc", False), ("common/order.avsc", True)]
)
def test_tags_of_other_parts_of_a_repository_do_not_count(
    repository: VersionRepository, path: str, breaks: bool
) -> None:
    repository.commit({path: WITHOUT}, tag="billing-v3.0.0")
    repository.commit({path: WITH_DEFAULT}, tag="orders-v1.0.0")
    repository.commit({path: DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert (MISSING_DEFAULT in rules_of(contract)) == breaks


def test_tags_that_name_no_part_always_count(repository: VersionRepository) -> None:
    repository.commit({"orders/order.avsc": WITHOUT}, tag="v0.9.0")
    repository.commit({"orders/order.avsc": WITH_DEFAULT}, tag="orders-v1.0.0")
    repository.commit({"orders/order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert MISSING_DEFAULT in rules_of(contract)


def test_tags_that_hold_the_same_are_compared_once_and_all_named(
    repository: VersionRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(older_versions, "MOST_VERSIONS", 1)
    for number in range(4):
        repository.commit({"order.avsc": WITHOUT, "other.txt": str(number)}, tag=f"v1.{number}.0")
    repository.commit({"order.avsc": WITH_DEFAULT})
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert finding_of(contract, MISSING_DEFAULT).message.endswith("(against version 1.3.0)")
    (note,) = contract.notes
    assert (
        "1.0.0 to 1.3.0, 4 versions; the first that breaks, going back from base, is 1.3.0, then 1.2.0, 1.1.0, 1.0.0"
        in note
    )


# what the reader sees


def test_the_note_counts_base_among_those_that_break(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0": schema(), "order/1.1.0": schema()})
    repository.commit({"order/1.2.0": schema(("a",))})
    contract = contract_of(repository.compared(compatibility="BACKWARD_TRANSITIVE"), "order/1.2.0")
    (note,) = contract.notes
    assert note.endswith("base (1.1.0) breaks, and so does all that was supported before it (1.0.0)")


def test_base_alone_breaks(repository: VersionRepository) -> None:
    repository.commit({"order/1.0.0": schema(("a",)), "order/1.1.0": schema()})
    repository.commit({"order/1.2.0": schema(("a",))})
    contract = contract_of(repository.compared(compatibility="BACKWARD_TRANSITIVE"), "order/1.2.0")
    assert contract.notes == (
        "BACKWARD_TRANSITIVE: base (1.1.0) breaks, and what was supported before it (1.0.0) does not",
    )


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_every_output_names_the_version_that_breaks(repository: VersionRepository, output: str) -> None:
    three_files(repository, "1.2.0")
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE")
    shown = " ".join(render_report(report, output).split())
    assert "1.0.0" in shown
    assert "going back from base, is 1.0.0" in shown
