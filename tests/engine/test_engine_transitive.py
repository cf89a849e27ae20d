"""The transitive modes: head against every supported version, by files side by side and by tags."""

from __future__ import annotations

import os
from dataclasses import replace
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

from contractguard import ContractReport, Verdict
from contractguard.engine import exit_code
from contractguard.engine.verification import verify
from contractguard.engine.versions import older as older_versions
from contractguard.errors import UsageError
from contractguard.model.finding import Against
from contractguard.model.values import UNSET

WITHOUT = record(("a", "int"))
WITH_DEFAULT = record(("a", "int"), ("b", "int", 7))
DEFAULT_DROPPED = record(("a", "int"), ("b", "int"))
MISSING_DEFAULT = "avro-field-added-without-default"


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def by_tags(repository: VersionRepository, **options: Any) -> ContractReport:
    """The default is added, then dropped: each step can be read, the two together cannot."""
    repository.commit({"order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"order.avsc": WITH_DEFAULT}, tag="v1.1.0")
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(**options).contracts
    return contract


def by_files(repository: VersionRepository, **options: Any) -> ContractReport:
    repository.commit({"order/1-0-0.avsc": WITHOUT, "order/1-0-1.avsc": WITH_DEFAULT})
    repository.commit({"order/1-0-2.avsc": DEFAULT_DROPPED})
    return contract_of(repository.compared(**options), "order/1-0-2.avsc")


@pytest.mark.parametrize("history", [by_tags, by_files])
@pytest.mark.parametrize("mode", ["BACKWARD", "FULL"])
def test_each_step_is_compatible(repository: VersionRepository, history: Any, mode: str) -> None:
    assert MISSING_DEFAULT not in rules_of(history(repository, compatibility=mode))


@pytest.mark.parametrize("history", [by_tags, by_files])
@pytest.mark.parametrize("mode", ["BACKWARD_TRANSITIVE", "FULL_TRANSITIVE"])
def test_the_steps_together_are_not(repository: VersionRepository, history: Any, mode: str) -> None:
    contract = history(repository, compatibility=mode)
    finding = finding_of(contract, MISSING_DEFAULT)
    assert isinstance(finding.against, Against)
    assert (contract.verdict, str(contract.mode)) == (Verdict.BREAKING, mode)
    assert finding.against.version in ("1.0.0", "1-0-0", "v1.0.0")
    assert finding.message.endswith(f"(against version {finding.against.version})")
    assert finding.evidence.payload is not UNSET


@pytest.mark.parametrize("history", [by_tags, by_files])
def test_forward_old_readers_find_a_field_that_they_need(repository: VersionRepository, history: Any) -> None:
    assert history(repository, compatibility="FORWARD_TRANSITIVE").verdict is not Verdict.BREAKING


def test_the_place_of_the_older_version(tmp_path: Path) -> None:
    tagged = by_tags(VersionRepository(tmp_path / "tags"), compatibility="BACKWARD_TRANSITIVE")
    beside = by_files(VersionRepository(tmp_path / "files"), compatibility="BACKWARD_TRANSITIVE")
    (old, new) = (finding_of(contract, MISSING_DEFAULT).against for contract in (tagged, beside))
    assert isinstance(old, Against)
    assert (old.ref, old.path, len(old.commit or "")) == ("v1.0.0", "order.avsc", 40)
    assert new == Against("1-0-0", None, None, "order/1-0-0.avsc")


def test_policy_may_ask_for_it_by_folder(repository: VersionRepository) -> None:
    policy = "contracts: [{path: '**/*.avsc', compatibility: BACKWARD_TRANSITIVE}]\n"
    repository.commit({"events/order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"events/order.avsc": WITH_DEFAULT})
    repository.commit({"events/order.avsc": DEFAULT_DROPPED})
    report = repository.compared(policy=policy)
    assert (MISSING_DEFAULT in rules_of(report.contracts[0]), exit_code(report)) == (True, 1)


@pytest.mark.parametrize(
    ("supported", "breaks"),
    [
        ("all", True),
        ("last 1", False),
        ("last 2", True),
        ("last 1 major", True),
        (["1.0.0"], True),
        (["v1.1.0"], False),
    ],
)
def test_what_is_supported(repository: VersionRepository, supported: str | list[str], breaks: bool) -> None:
    contract = by_tags(repository, compatibility="BACKWARD_TRANSITIVE", supported=supported)
    assert (MISSING_DEFAULT in rules_of(contract)) == breaks


@pytest.mark.parametrize(("supported", "breaks"), [("last 2 majors", False), ("last 3 majors", True)])
def test_majors_count_with_that_of_head(repository: VersionRepository, supported: str, breaks: bool) -> None:
    files = {"order/1.0.0.avsc": WITHOUT, "order/2.0.0.avsc": WITH_DEFAULT, "order/2.1.0.avsc": WITH_DEFAULT}
    repository.commit(files)
    repository.commit({"order/3.0.0.avsc": DEFAULT_DROPPED})
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE", supported=supported)
    assert (MISSING_DEFAULT in rules_of(contract_of(report, "order/3.0.0.avsc"))) == breaks


def test_the_first_version_that_breaks_is_the_newest_of_them(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": record(("z", "int"))}, tag="v0.9.0")
    repository.commit({"order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"order.avsc": WITH_DEFAULT}, tag="v1.1.0")
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    against = {
        finding.element: finding.against.version
        for finding in contract.findings
        if isinstance(finding.against, Against)
    }
    assert against == {"Order > b": "v1.0.0", "Order > a": "v0.9.0"} or sorted(against.values()) == ["0.9.0", "1.0.0"]
    (note,) = [note for note in contract.notes if "TRANSITIVE" in note]
    assert "the first that breaks, going back from base, is 1.0.0, then 0.9.0" in note


def test_a_break_against_base_is_told_once(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"order.avsc": {**WITHOUT, "doc": "An order"}}, tag="v1.1.0")
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert finding_of(contract, MISSING_DEFAULT).against is UNSET


def test_pre_releases_and_other_tags_count_only_when_named(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": WITHOUT}, tag="v1.0.0-rc.1")
    repository.commit({"order.avsc": WITHOUT}, tag="nightly")
    repository.commit({"order.avsc": WITH_DEFAULT})
    repository.commit({"order.avsc": DEFAULT_DROPPED})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert MISSING_DEFAULT not in rules_of(contract)
    assert any("no supported version before base" in note for note in contract.notes)
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE", supported=["1.0.0-rc.1"]).contracts
    assert MISSING_DEFAULT in rules_of(contract)


def test_tags_that_base_does_not_contain_do_not_count(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": WITHOUT})
    repository.commit({"order.avsc": WITH_DEFAULT})
    repository.commit({"order.avsc": DEFAULT_DROPPED}, tag="v2.0.0")
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert not any(isinstance(finding.against, Against) for finding in contract.findings)


def test_a_name_that_no_version_has_is_told(repository: VersionRepository) -> None:
    contract = by_tags(repository, compatibility="BACKWARD_TRANSITIVE", supported=["1.0.0", "1.0.7"])
    assert "there is no version 1.0.7 of order.avsc before base" in contract.notes


def test_a_version_that_cannot_be_read_is_an_error(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": '{"type": '}, tag="v1.0.0")
    repository.commit({"order.avsc": WITHOUT})
    repository.commit({"order.avsc": WITH_DEFAULT})
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE")
    (error,) = report.contracts[0].errors
    assert (error.message.startswith("version 1.0.0: "), exit_code(report)) == (True, 3)
    assert "supported" in (error.remedy or "")


def test_a_shallow_clone_cannot_tell(repository: VersionRepository, tmp_path: Path) -> None:
    by_tags(repository)
    clone = repository.clone_shallow(tmp_path / "clone")
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE", root=clone)
    (error,) = report.contracts[0].errors
    assert (exit_code(report), "git fetch --unshallow" in (error.remedy or "")) == (3, True)


def test_too_many_versions_are_a_limit(repository: VersionRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_versions, "MOST_VERSIONS", 0)
    report_errors = by_tags(repository, compatibility="BACKWARD_TRANSITIVE").errors
    assert [error.exit_code for error in report_errors] == [4]


def test_what_a_tag_holds_unchanged_is_not_compared_again(repository: VersionRepository) -> None:
    repository.commit({"order.avsc": WITHOUT}, tag="v1.0.0")
    repository.commit({"order.avsc": WITH_DEFAULT})
    (contract,) = repository.compared(compatibility="BACKWARD_TRANSITIVE").contracts
    assert any("no supported version before base" in note for note in contract.notes)


def test_json_schema_in_three_steps(repository: VersionRepository) -> None:
    repository.commit({"order/1-0-0": schema(("a",)), "order/1-0-1": schema()})
    repository.commit({"order/1-0-2": schema(("a",))})
    report = repository.compared(compatibility="FORWARD_TRANSITIVE")
    contract = contract_of(report, "order/1-0-2")
    assert contract.verdict is Verdict.COMPATIBLE
    assert any("compatible also with" in note for note in contract.notes)


@pytest.mark.parametrize("history", [by_tags, by_files])
def test_the_witness_against_an_older_version_can_be_checked_again(repository: VersionRepository, history: Any) -> None:
    history(repository)
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE")
    checked = verify(report, base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert (checked.confirmed, checked.failed) == (1, ())


def test_a_witness_between_two_new_versions_can_be_checked_again(repository: VersionRepository) -> None:
    repository.commit({"other.avsc": WITHOUT})
    repository.commit({"order/1-0-0.avsc": WITHOUT, "order/1-0-1.avsc": DEFAULT_DROPPED})
    checked = verify(repository.compared(), base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert (checked.confirmed, checked.failed) == (1, ())


def test_a_report_that_names_no_commit_for_a_tag_is_refused(repository: VersionRepository) -> None:
    by_tags(repository)
    report = repository.compared(compatibility="BACKWARD_TRANSITIVE")
    (contract,) = report.contracts
    doctored = tuple(
        replace(finding, against=Against("1.0.0", "v1.0.0", "--upload-pack=x", "order.avsc"))
        for finding in contract.findings
    )
    forged = replace(report, contracts=(replace(contract, findings=doctored),))
    with pytest.raises(UsageError, match="no commit id"):
        verify(forged, base=None, head=None, cwd=repository.root, environment=dict(os.environ))


def test_a_break_is_told_once_also_where_the_namespace_names_the_version(repository: VersionRepository) -> None:
    def order(version: int, *fields: tuple[str, str]) -> dict[str, Any]:
        return record(("id", "int"), *fields, namespace=f"shop.v{version}")

    old = {f"order/{number}-0-0.avsc": order(number) for number in (1, 2, 3)}
    repository.commit(old)
    repository.commit({"order/4-0-0.avsc": order(4, ("total", "long"))})
    contract = contract_of(repository.compared(compatibility="BACKWARD_TRANSITIVE"), "order/4-0-0.avsc")
    (added,) = [finding for finding in contract.findings if finding.rule == MISSING_DEFAULT]
    assert added.element == "shop.v4.Order > total"
    assert added.against is UNSET
