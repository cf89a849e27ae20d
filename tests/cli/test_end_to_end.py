"""The command line in a process of its own, on a repository with two releases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

V1 = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
      responses:
        '201': {description: created}
    get:
      operationId: listOrders
      responses:
        '200': {description: all of them}
components:
  schemas:
    Order:
      type: object
      required: [total]
      properties:
        total: {type: integer}
        state: {type: string, enum: [open, paid, void]}
"""
BREAKING = V1.replace("version: 1.0.0", "version: 2.0.0").replace("[open, paid, void]", "[open, paid]")
COMPATIBLE = V1.replace("version: 1.0.0", "version: 1.1.0").replace("[open, paid, void]", "[open, paid, void, sent]")
UNREADABLE = V1.replace("paths:", "paths: [")


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        isolated = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", *identity, *arguments], cwd=self.root, env={**clean, **isolated}, check=True)

    def release(self, tag: str, text: str) -> None:
        (self.root / "api.yaml").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", tag)
        self.git("tag", tag)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "contractguard", *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repository = Repository(tmp_path_factory.mktemp("orders"))
    repository.release("v1", V1)
    repository.release("breaking", BREAKING)
    repository.git("checkout", "--quiet", "v1")
    repository.release("compatible", COMPATIBLE)
    repository.git("checkout", "--quiet", "v1")
    repository.release("unreadable", UNREADABLE)
    repository.git("checkout", "--quiet", "main")
    return repository


@pytest.mark.parametrize(
    ("head", "check", "diff"), [("v1", 0, 0), ("breaking", 1, 0), ("compatible", 0, 0), ("unreadable", 3, 3)]
)
def test_exit_codes(repository: Repository, head: str, check: int, diff: int) -> None:
    checked = repository.run("check", "v1", head)
    assert checked.returncode == check, checked.stderr
    assert checked.stdout
    assert checked.stderr == ""
    assert repository.run("diff", "v1", head).returncode == diff


def test_the_gate_can_be_told_not_to_fail(repository: Repository) -> None:
    assert repository.run("check", "v1", "breaking", "--fail-on", "none").returncode == 0
    assert repository.run("check", "v1", "breaking", CONTRACTGUARD_FAIL_ON="none").returncode == 0


def test_a_missing_ref_is_an_error_with_a_remedy(repository: Repository) -> None:
    done = repository.run("check", "v9", "v1")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert "\n  help: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("head", ["breaking", "compatible", "unreadable"])
@pytest.mark.parametrize("name", ["text", "json", "markdown"])
def test_the_bytes_of_a_report_do_not_depend_on_the_run(repository: Repository, name: str, head: str) -> None:
    arguments = ["check", "v1", head, "--today", "2026-11-01", "--format", name]
    runs = [
        repository.run(*arguments, PYTHONHASHSEED=seed, LC_ALL=locale, COLUMNS=columns).stdout
        for seed, locale, columns in (("1", "C", "80"), ("2", "C.UTF-8", "133"))
    ]
    assert runs[0]
    assert runs[0] == runs[1]


def test_all_formats_in_one_run(repository: Repository, tmp_path: Path) -> None:
    saved, page = tmp_path / "report.json", tmp_path / "report.md"
    done = repository.run(
        "check", "v1", "breaking", "--format", "text", "--format", f"json:{saved}", "--format", f"markdown:{page}"
    )
    report = json.loads(saved.read_text(encoding="utf-8"))
    assert report["verdict"] == "breaking"
    assert report["required_bump"] == "major"
    rules = {finding["rule"] for contract in report["contracts"] for finding in contract["findings"]}
    assert "enum-value-removed" in rules
    assert done.stdout.splitlines()[0].startswith("✗ BREAKING")
    again = repository.run("render", str(saved), "--format", "markdown")
    assert again.stdout == page.read_text(encoding="utf-8")


def test_a_finding_is_explained_from_the_report_and_from_the_comparison(repository: Repository, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    repository.run("check", "v1", "breaking", "--today", "2026-11-01", "--format", f"json:{saved}")
    report = json.loads(saved.read_text(encoding="utf-8"))
    (finding,) = [item for item in report["contracts"][0]["findings"] if item["rule"] == "enum-value-removed"]
    from_report = repository.run("explain", finding["fingerprint"], "--report", str(saved))
    assert from_report.returncode == 0, from_report.stderr
    assert "void" in from_report.stdout
    short = finding["fingerprint"][:16]
    assert repository.run("explain", short, "v1", "breaking", "--today", "2026-11-01").stdout == from_report.stdout


def test_a_fingerprint_that_no_finding_has_is_wrong_use(repository: Repository) -> None:
    assert repository.run("explain", "fp1:00000000", "v1", "breaking").returncode == 2


def test_the_report_goes_to_standard_output_without_colour(repository: Repository) -> None:
    plain = repository.run("diff", "v1", "breaking", NO_COLOR="1")
    assert "\x1b" not in plain.stdout
    assert "\x1b[" in repository.run("diff", "v1", "breaking", "--color", "always").stdout


def test_the_working_tree_and_the_index_are_sides(repository: Repository) -> None:
    path = repository.root / "api.yaml"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(V1, encoding="utf-8")
        repository.git("add", "api.yaml")
        path.write_text(BREAKING, encoding="utf-8")
        staged = json.loads(repository.run("diff", "v1", "--index", "--format", "json").stdout)
        written = json.loads(repository.run("diff", "v1", "--format", "json").stdout)
    finally:
        path.write_text(before, encoding="utf-8")
        repository.git("add", "api.yaml")
    assert staged["verdict"] == "unchanged"
    assert written["verdict"] == "breaking"


def test_files_are_compared_without_git(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(V1, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(BREAKING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "contractguard", "diff", "old.yaml", "new.yaml", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "breaking"


def test_a_generated_file_stands_for_a_contract_of_the_repository(repository: Repository, tmp_path: Path) -> None:
    generated = tmp_path / "build.yaml"
    generated.write_text(BREAKING, encoding="utf-8")
    done = repository.run("diff", "v1", str(generated), "--as", "api.yaml", "--format", "json")
    assert done.returncode == 0, done.stderr
    (contract,) = json.loads(done.stdout)["contracts"]
    assert contract["status"] == "changed"
    assert contract["verdict"] == "breaking"


def test_a_contract_that_is_not_there_is_wrong_use_and_not_a_pass(repository: Repository, tmp_path: Path) -> None:
    """Otherwise a slip of the pen in a workflow would open the gate."""
    generated = tmp_path / "build.yaml"
    generated.write_text(BREAKING, encoding="utf-8")
    assert repository.run("check", "v1", "breaking", "--contract", "nope.yaml").returncode == 2
    assert repository.run("check", "v1", str(generated), "--as", "nope.yaml").returncode == 2
