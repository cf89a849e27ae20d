"""Files that other contracts lead to: they neither come nor go by that, and their published versions must not change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, contract_of, finding_of, record, rules_of, schema  # a neighbour

from contractguard import Verdict
from contractguard.engine import exit_code
from contractguard.model.report import ContractStatus

PART, STRICTER = schema(), schema(("a",))


def leading_to(path: str) -> dict[str, Any]:
    return {"$schema": PART["$schema"], "type": "object", "properties": {"part": {"$ref": path}}}


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def test_a_contract_that_another_one_begins_to_use_is_not_gone(repository: VersionRepository) -> None:
    repository.commit({"part.json": PART})
    repository.commit({"event.json": leading_to("part.json")})
    report = repository.compared()
    assert (contract_of(report, "part.json").status, exit_code(report)) == (ContractStatus.UNCHANGED, 0)


def test_a_contract_that_no_other_one_uses_any_more_is_not_new(repository: VersionRepository) -> None:
    repository.commit({"part.json": PART, "event.json": leading_to("part.json")})
    repository.commit({"event.json": {**PART, "title": "Event"}, "part.json": STRICTER})
    assert rules_of(contract_of(repository.compared(), "part.json")) == ["property-became-required"]


def test_an_avro_type_that_another_file_begins_to_use_is_not_gone(repository: VersionRepository) -> None:
    repository.commit({"Money.avsc": record(("a", "int"), name="Money", namespace="x")})
    repository.commit({"Order.avsc": record(("m", "x.Money"), namespace="x")})
    assert repository.compared().verdict is Verdict.COMPATIBLE


@pytest.mark.parametrize("event", ["event/1.0.0.json", "event/current.json"])
def test_a_published_fragment_that_was_edited(repository: VersionRepository, event: str) -> None:
    repository.commit({"common/2.0.0.json": PART, event: leading_to("../common/2.0.0.json")})
    repository.commit({"common/2.0.0.json": STRICTER})
    report = repository.compared()
    fragment = contract_of(report, "common/2.0.0.json")
    assert rules_of(fragment) == ["version-published-edited"]
    assert "told of them" in fragment.notes[0]
    assert "property-became-required" in rules_of(contract_of(report, event))


def test_new_words_in_a_published_fragment_are_only_told(repository: VersionRepository) -> None:
    repository.commit({"common/2.0.0.json": PART, "event.json": leading_to("common/2.0.0.json")})
    repository.commit({"common/2.0.0.json": {**PART, "description": "Common"}})
    report = repository.compared(apply_policy=False)
    assert rules_of(contract_of(report, "common/2.0.0.json")) == ["version-published-reworded"]


def test_a_fragment_without_a_version_is_told_by_its_users_alone(repository: VersionRepository) -> None:
    repository.commit({"common.json": PART, "event.json": leading_to("common.json")})
    repository.commit({"common.json": STRICTER})
    assert [contract.path for contract in repository.compared().contracts] == ["event.json"]


def new_version(repository: VersionRepository, number: str) -> Any:
    repository.commit({"common/1.0.0.json": PART, "event/1.0.0.json": leading_to("../common/1.0.0.json")})
    repository.commit({f"common/{number}.json": STRICTER, "event/2.0.0.json": leading_to(f"../common/{number}.json")})
    return repository.compared()


def test_a_new_version_of_a_fragment_with_too_small_a_step(repository: VersionRepository) -> None:
    fragment = contract_of(new_version(repository, "1.0.1"), "common/1.0.1.json")
    assert (fragment.base_path, fragment.verdict) == ("common/1.0.0.json", Verdict.COMPATIBLE)
    assert rules_of(fragment) == ["version-added", "version-bump-too-small"]


def test_a_new_version_of_a_fragment_with_the_right_step_is_no_news(repository: VersionRepository) -> None:
    report = new_version(repository, "2.0.0")
    assert "common/2.0.0.json" not in {contract.path for contract in report.contracts}


def test_the_steps_of_fragments_within_one_ref(repository: VersionRepository) -> None:
    new_version(repository, "1.0.1")
    report = repository.compared("HEAD", None, within=True)
    assert [contract.path for contract in report.contracts] == ["event/2.0.0.json", "common/1.0.1.json"]


def test_a_published_fragment_that_is_gone(repository: VersionRepository) -> None:
    repository.commit(
        {"common/1.0.0.json": PART, "common/1.1.0.json": STRICTER, "event.json": leading_to("common/1.0.0.json")}
    )
    repository.commit({"common/1.0.0.json": None, "event.json": leading_to("common/1.1.0.json")})
    gone = contract_of(repository.compared(), "common/1.0.0.json")
    assert finding_of(gone, "contract-removed").severity == "error"


def test_a_fragment_that_went_with_all_its_users_is_told_with_them(repository: VersionRepository) -> None:
    repository.commit({"common/1.0.0.json": PART, "event.json": leading_to("common/1.0.0.json")})
    repository.commit({"common/1.0.0.json": None, "event.json": None, "other.json": STRICTER})
    assert {contract.path for contract in repository.compared().contracts} == {"event.json", "other.json"}


def test_a_published_fragment_that_moved_is_not_gone(repository: VersionRepository) -> None:
    repository.commit({"common/1.0.0.json": PART, "event.json": leading_to("common/1.0.0.json")})
    repository.commit(
        {"common/1.0.0.json": None, "parts/1.0.0.json": PART, "event.json": leading_to("parts/1.0.0.json")}
    )
    assert {contract.path for contract in repository.compared().contracts} == {"event.json"}
