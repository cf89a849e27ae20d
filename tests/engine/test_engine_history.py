"""Versions that cannot be read: at base, at head, governed or not (law 9 of the design)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, rules_of  # a neighbour, on the path of pytest

from contractguard import ContractReport, Report, Verdict
from contractguard.engine import exit_code
from contractguard.engine.history import MOST_REVISIONS

SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
BROKEN = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": '


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def only(report: Report) -> ContractReport:
    assert report.errors == ()
    (contract,) = report.contracts
    assert contract.errors == ()
    return contract


OLD = {**SCHEMA, "properties": {"a": {"type": "string"}}}
NEW = {**SCHEMA, "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    "unreadable",
    [BROKEN, {**OLD, "$schema": "https://example.org/dialect"}, {**OLD, "properties": {"a": {"$ref": "gone.json"}}}],
)
@pytest.mark.parametrize("suffix", ["", ":a.json"])
def test_a_repair_is_compared_with_the_last_version_that_can_be_read(
    repository: VersionRepository, unreadable: Any, suffix: str
) -> None:
    readable = repository.commit({"a.json": OLD})
    repository.commit({"a.json": json.dumps(OLD)})
    last = repository.commit({"a.json": OLD})
    base = repository.commit({"a.json": unreadable})
    head = repository.commit({"a.json": NEW})
    contract = only(repository.compared(f"{base}{suffix}", f"{head}{suffix}"))
    assert rules_of(contract) == ["contract-base-unreadable", "type-changed"]
    assert contract.verdict is Verdict.BREAKING
    assert readable != last
    assert contract.notes == (
        f"base cannot be read: head was compared with the last version that can, of commit {last[:12]}",
    )
    (changed,) = [finding for finding in contract.findings if finding.rule == "type-changed"]
    assert changed.base is not None
    assert changed.base.pointer == "/properties/a/type"


def test_a_repair_of_another_file_of_the_contract(repository: VersionRepository) -> None:
    root = {**SCHEMA, "properties": {"a": {"$ref": "part.json"}}}
    repository.commit({"root.json": root, "part.json": {"type": "string"}})
    repository.commit({"root.json": {**root, "title": "new"}})
    base = repository.commit({"part.json": "{"})
    head = repository.commit({"part.json": {"type": "integer"}})
    contract = only(repository.compared(base, head))
    assert rules_of(contract) == ["contract-base-unreadable", "type-changed"]


def test_what_was_never_readable_is_compared_with_nothing(repository: VersionRepository) -> None:
    base = repository.commit({"a.json": BROKEN})
    head = repository.commit({"a.json": NEW})
    contract = only(repository.compared(base, head))
    assert rules_of(contract) == ["contract-base-unreadable"]
    assert contract.verdict is Verdict.RISKY
    assert contract.notes == ("base cannot be read, nor can the versions before it",)


def test_only_so_many_versions_are_tried(repository: VersionRepository) -> None:
    repository.commit({"a.json": OLD})
    for number in range(MOST_REVISIONS):
        base = repository.commit({"a.json": BROKEN + " " * number})
    head = repository.commit({"a.json": NEW})
    assert rules_of(only(repository.compared(base, head))) == ["contract-base-unreadable"]


GOVERNED = "contracts: [{path: b.json}]\n"


def test_a_new_file_that_cannot_be_read_and_that_nobody_governs_is_noted(repository: VersionRepository) -> None:
    base = repository.commit({"a.json": OLD})
    head = repository.commit({"b.json": BROKEN})
    report = repository.compared(base, head)
    assert (exit_code(report), report.errors, report.verdict) == (0, (), Verdict.UNCHANGED)
    (note,) = report.notes
    assert note.startswith("b.json:1:")
    assert note.endswith("not compared, since no policy governs it and it was never readable")


def test_a_new_file_that_cannot_be_read_and_that_policy_governs_is_an_error(repository: VersionRepository) -> None:
    base = repository.commit({"a.json": OLD})
    head = repository.commit({"b.json": BROKEN})
    report = repository.compared(base, head, policy=GOVERNED)
    assert (exit_code(report), [error.path for error in report.errors]) == (3, ["b.json"])


def test_a_contract_that_becomes_unreadable_is_an_error(repository: VersionRepository) -> None:
    base = repository.commit({"a.json": OLD})
    head = repository.commit({"a.json": BROKEN})
    report = repository.compared(base, head)
    assert (exit_code(report), [error.path for error in report.errors]) == (3, ["a.json"])


@pytest.mark.parametrize(("before", "code"), [(OLD, 3), (BROKEN, 0)])
def test_what_is_unreadable_on_both_sides_is_an_error_if_it_ever_was_readable(
    repository: VersionRepository, before: Any, code: int
) -> None:
    repository.commit({"a.json": before})
    base = repository.commit({"a.json": BROKEN + " "})
    head = repository.commit({"a.json": BROKEN + "  "})
    assert exit_code(repository.compared(base, head)) == code


@pytest.mark.parametrize(("before", "code"), [(OLD, 3), (BROKEN, 0)])
def test_what_was_unreadable_and_vanished(repository: VersionRepository, before: Any, code: int) -> None:
    repository.commit({"a.json": before, "c.json": OLD})
    base = repository.commit({"a.json": BROKEN + " "})
    head = repository.commit({"a.json": None})
    assert exit_code(repository.compared(base, head)) == code


def test_a_part_that_becomes_unreadable_is_an_error(repository: VersionRepository) -> None:
    base = repository.commit(
        {"root.json": {**SCHEMA, "properties": {"a": {"$ref": "part.json"}}}, "part.json": {"type": "string"}}
    )
    for part in ("{", None):
        head = repository.commit({"part.json": part})
        report = repository.compared(base, head)
        assert (exit_code(report), report.verdict) == (3, Verdict.UNKNOWN)
