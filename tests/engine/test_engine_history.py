"""Versions that cannot be read: at base, at head, governed or not (law 9 of the design)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from contractguard import ContractReport, Report, Verdict, compare_refs
from contractguard.engine import exit_code
from contractguard.engine.history import MOST_REVISIONS

SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
BROKEN = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": '


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._git("init", "--quiet", "--initial-branch=main")

    def _git(self, *arguments: str) -> str:
        day = "2024-01-01T12:00:00+0000"
        names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **names, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, **files: Any) -> str:
        """Commit files, `name=content`, under `name.json`; None removes one. Values other than text are written as JSON."""
        for name, content in files.items():
            path = self.root / f"{name}.json"
            if content is None:
                path.unlink()
            else:
                path.write_text(
                    content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8"
                )
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", "change")
        return self._git("rev-parse", "HEAD")

    def compared(self, base: str, head: str, policy: str | None = None) -> Report:
        config = None
        if policy is not None:
            config = self.root.parent / "policy.yaml"
            config.write_text(policy, encoding="utf-8")
        return compare_refs(self.root, base, head, policy=config)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    root = tmp_path / "repository"
    root.mkdir()
    return Repository(root)


def only(report: Report) -> ContractReport:
    assert report.errors == ()
    (contract,) = report.contracts
    assert contract.errors == ()
    return contract


def rules(contract: ContractReport) -> list[str]:
    return sorted(finding.rule for finding in contract.findings)


OLD = {**SCHEMA, "properties": {"a": {"type": "string"}}}
NEW = {**SCHEMA, "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    "unreadable",
    [BROKEN, {**OLD, "$schema": "https://example.org/dialect"}, {**OLD, "properties": {"a": {"$ref": "gone.json"}}}],
)
@pytest.mark.parametrize("suffix", ["", ":a.json"])
def test_a_repair_is_compared_with_the_last_version_that_can_be_read(
    repository: Repository, unreadable: Any, suffix: str
) -> None:
    readable = repository.commit(a=OLD)
    repository.commit(a=json.dumps(OLD))
    last = repository.commit(a=OLD)
    base = repository.commit(a=unreadable)
    head = repository.commit(a=NEW)
    contract = only(repository.compared(f"{base}{suffix}", f"{head}{suffix}"))
    assert rules(contract) == ["contract-base-unreadable", "type-changed"]
    assert contract.verdict is Verdict.BREAKING
    assert readable != last
    assert contract.notes == (
        f"base cannot be read: head was compared with the last version that can, of commit {last[:12]}",
    )
    (changed,) = [finding for finding in contract.findings if finding.rule == "type-changed"]
    assert changed.base is not None
    assert changed.base.pointer == "/properties/a/type"


def test_a_repair_of_another_file_of_the_contract(repository: Repository) -> None:
    root = {**SCHEMA, "properties": {"a": {"$ref": "part.json"}}}
    repository.commit(root=root, part={"type": "string"})
    repository.commit(root={**root, "title": "new"})
    base = repository.commit(part="{")
    head = repository.commit(part={"type": "integer"})
    contract = only(repository.compared(base, head))
    assert rules(contract) == ["contract-base-unreadable", "type-changed"]


def test_what_was_never_readable_is_compared_with_nothing(repository: Repository) -> None:
    base = repository.commit(a=BROKEN)
    head = repository.commit(a=NEW)
    contract = only(repository.compared(base, head))
    assert rules(contract) == ["contract-base-unreadable"]
    assert contract.verdict is Verdict.RISKY
    assert contract.notes == ("base cannot be read, nor can the versions before it",)


def test_only_so_many_versions_are_tried(repository: Repository) -> None:
    repository.commit(a=OLD)
    for number in range(MOST_REVISIONS):
        base = repository.commit(a=BROKEN + " " * number)
    head = repository.commit(a=NEW)
    assert rules(only(repository.compared(base, head))) == ["contract-base-unreadable"]


GOVERNED = "version: 1\ncontracts: [{path: b.json}]\n"


def test_a_new_file_that_cannot_be_read_and_that_nobody_governs_is_noted(repository: Repository) -> None:
    base = repository.commit(a=OLD)
    head = repository.commit(b=BROKEN)
    report = repository.compared(base, head)
    assert (exit_code(report), report.errors, report.verdict) == (0, (), Verdict.UNCHANGED)
    (note,) = report.notes
    assert note.startswith("b.json:1:")
    assert note.endswith("not compared, since no policy governs it and it was never readable")


def test_a_new_file_that_cannot_be_read_and_that_policy_governs_is_an_error(repository: Repository) -> None:
    base = repository.commit(a=OLD)
    head = repository.commit(b=BROKEN)
    report = repository.compared(base, head, GOVERNED)
    assert (exit_code(report), [error.path for error in report.errors]) == (3, ["b.json"])


def test_a_contract_that_becomes_unreadable_is_an_error(repository: Repository) -> None:
    base = repository.commit(a=OLD)
    head = repository.commit(a=BROKEN)
    report = repository.compared(base, head)
    assert (exit_code(report), [error.path for error in report.errors]) == (3, ["a.json"])


@pytest.mark.parametrize(("before", "code"), [(OLD, 3), (BROKEN, 0)])
def test_what_is_unreadable_on_both_sides_is_an_error_if_it_ever_was_readable(
    repository: Repository, before: Any, code: int
) -> None:
    repository.commit(a=before)
    base = repository.commit(a=BROKEN + " ")
    head = repository.commit(a=BROKEN + "  ")
    assert exit_code(repository.compared(base, head)) == code


@pytest.mark.parametrize(("before", "code"), [(OLD, 3), (BROKEN, 0)])
def test_what_was_unreadable_and_vanished(repository: Repository, before: Any, code: int) -> None:
    repository.commit(a=before, c=OLD)
    base = repository.commit(a=BROKEN + " ")
    head = repository.commit(a=None)
    assert exit_code(repository.compared(base, head)) == code


def test_a_part_that_becomes_unreadable_is_an_error(repository: Repository) -> None:
    base = repository.commit(root={**SCHEMA, "properties": {"a": {"$ref": "part.json"}}}, part={"type": "string"})
    for part in ("{", None):
        head = repository.commit(part=part)
        report = repository.compared(base, head)
        assert (exit_code(report), report.verdict) == (3, Verdict.UNKNOWN)
