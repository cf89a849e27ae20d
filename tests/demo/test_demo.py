"""The demonstration, and the history it is built from."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HISTORY = ROOT / "fixtures" / "histories" / "orders"
TAGS = ["v1.0.0", "v1.1.0", "v1.2.0", "v1.2.1", "v1.3.0", "v2.0.0"]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """`demo/build_history.py`, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("build_history", ROOT / "demo" / "build_history.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_history"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def orders(builder: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("history") / "orders"
    builder.build_history(HISTORY, target)
    return target


def git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=repository, check=True, capture_output=True, encoding="utf-8", env=plain_environment()
    )
    return done.stdout


def plain_environment(**more: str) -> dict[str, str]:
    """This environment without git's variables and those of CI systems, in which a pull request would be under review."""
    dropped = ("GIT_", "GITHUB_", "CI_", "SYSTEM_", "BITBUCKET_", "BUILDKITE_", "CHANGE_", "CONTRACTGUARD_")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | more


def test_each_folder_is_a_commit_with_its_message_date_author_and_tag(orders: Path) -> None:
    log = git(orders, "log", "--reverse", "--format=%s|%aI|%cI|%ae|%D", "main").splitlines()
    assert len(log) == len(TAGS)
    assert log[0] == (
        "Orders API 1.0.0|2025-03-03T09:00:00+00:00|2025-03-03T09:00:00+00:00|ada@example.com|tag: v1.0.0"
    )
    assert git(orders, "tag", "--list").split() == TAGS
    assert git(orders, "status", "--porcelain") == ""


def test_what_a_commit_does_not_mention_stays(orders: Path) -> None:
    files = git(orders, "ls-tree", "-r", "--name-only", "v2.0.0").split()
    assert files == [
        "README.md",
        "apis/orders/components/schemas.yaml",
        "apis/orders/openapi.yaml",
        "contractguard.yaml",
        "events/order-placed.avsc",
        "webhooks/order-shipped.schema.json",
    ]
    changed = git(orders, "diff", "--name-only", "v1.2.1", "v1.3.0").split()
    assert changed == ["apis/orders/components/schemas.yaml", "apis/orders/openapi.yaml"]


def test_ids_depend_on_the_folder_alone(
    builder: ModuleType, orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the configuration and environment of this machine, nor the modes of files, nor the moment count."""
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n name = Somebody\n email = s@example.com\n[commit]\n gpgSign = true\n[core]\n autocrlf = true\n"
        "[init]\n defaultBranch = other\n defaultObjectFormat = sha256\n",
        encoding="utf-8",
    )
    for name, value in {"GIT_CONFIG_GLOBAL": str(config), "GIT_AUTHOR_NAME": "Else", "GIT_DIR": "/nowhere"}.items():
        monkeypatch.setenv(name, value)
    source = tmp_path / "source"
    shutil.copytree(HISTORY, source)
    for path in source.rglob("*"):
        if path.is_file():
            path.chmod(0o755)
    ids = builder.build_history(source, tmp_path / "again")
    monkeypatch.undo()
    assert ids == git(orders, "log", "--reverse", "--format=%H").split()


def test_a_commit_can_delete(builder: ModuleType, tmp_path: Path) -> None:
    described = {"message": "m", "date": "2026-01-01T00:00:00Z", "author": {"name": "A", "email": "a@example.com"}}
    write(tmp_path / "source" / "01", {"a.txt": "a", "b.txt": "b"}, described)
    write(tmp_path / "source" / "02", {"c/commit.yaml": "kept: below the top\n"}, described | {"delete": ["b.txt"]})
    builder.build_history(tmp_path / "source", tmp_path / "made")
    assert git(tmp_path / "made", "ls-files").split() == ["a.txt", "c/commit.yaml"]


def write(folder: Path, files: dict[str, str], described: dict[str, Any]) -> None:
    for path, text in (files | {"commit.yaml": yaml.safe_dump(described)}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_nothing_is_built_over_something_else(builder: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        builder.build_history(HISTORY, tmp_path)


def check(repository: Path, base: str, head: str, today: str = "2026-03-02") -> dict[str, Any]:
    """The JSON report of `contractguard check`, and its exit code under `exit`."""
    command = [sys.executable, "-P", "-m", "contractguard", "check", base, head, "--today", today, "--format", "json"]
    done = subprocess.run(
        command, cwd=repository, env=plain_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout, done.stderr
    report: dict[str, Any] = yaml.safe_load(done.stdout)
    return report | {"exit": done.returncode}


def rules(report: dict[str, Any], contract: str, severity: str | None = None) -> set[str]:
    (found,) = (item for item in report["contracts"] if item["id"] == contract)
    return {item["rule"] for item in found["findings"] if severity in (None, item["severity"])}


def test_the_first_steps_of_the_history_are_compatible(orders: Path) -> None:
    report = check(orders, "v1.0.0", "v1.1.0")
    assert (report["verdict"], report["required_bump"], report["exit"]) == ("compatible", "minor", 0)
    assert "optional-parameter-added" in rules(report, "orders-api")
    assert rules(report, "order-placed") >= {"avro-field-added"}


def test_a_deprecation_and_a_new_value_in_responses(orders: Path) -> None:
    report = check(orders, "v1.1.0", "v1.2.0")
    assert rules(report, "orders-api") >= {"deprecation-added", "enum-value-added"}


def test_moving_schemas_between_files_is_no_change_for_anybody(orders: Path) -> None:
    report = check(orders, "v1.2.0", "v1.2.1")
    assert report["verdict"] in ("compatible", "unchanged")
    assert (report["required_bump"] in ("none", "patch"), report["exit"]) == (True, 0)
    assert rules(report, "orders-api") <= {"metadata-changed", "documentation-changed", "component-unused-changed"}


def test_a_break_in_a_minor_release_is_too_small_a_step(orders: Path) -> None:
    report = check(orders, "v1.2.1", "v1.3.0")
    assert (report["verdict"], report["required_bump"], report["exit"]) == ("breaking", "major", 1)
    assert "version-bump-too-small" in rules(report, "orders-api")


def test_the_last_release_breaks_in_all_three_contracts(orders: Path) -> None:
    report = check(orders, "v1.3.0", "v2.0.0")
    assert (report["verdict"], report["exit"]) == ("breaking", 1)
    assert {item["id"]: item["verdict"] for item in report["contracts"]} == dict.fromkeys(
        ("orders-api", "order-placed", "order-shipped"), "breaking"
    )
    assert "version-bump-too-small" not in rules(report, "orders-api")
    assert "avro-field-added-without-default" in rules(report, "order-placed", "error")


@pytest.mark.parametrize(("today", "severity"), [("2026-01-30", "error"), ("2026-01-31", "info")])
def test_what_was_announced_may_go_once_its_sunset_came(orders: Path, today: str, severity: str) -> None:
    report = check(orders, "v1.3.0", "v2.0.0", today)
    assert "operation-removed" in rules(report, "orders-api", severity)


@pytest.mark.source
def test_the_demonstration_shows_a_report_and_leaves_two(tmp_path: Path) -> None:
    for part in ("demo", "fixtures/histories"):
        shutil.copytree(ROOT / part, tmp_path / part)
    command = [sys.executable, str(tmp_path / "demo" / "run.py")]
    done = subprocess.run(
        command, env=plain_environment(GITHUB_BASE_REF="x"), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    first, _, rest = done.stdout.partition("\n")
    assert first == "$ contractguard check v1.3.0 v2.0.0 --today 2026-03-02"
    assert "BREAKING" in rest
    *_, one, two = done.stdout.rstrip().splitlines()
    assert one.startswith("That is what callers and readers of v1.3.0 meet when v2.0.0 is released; the gate fails")
    assert "demo-output/report.md" in two
    output = tmp_path / "demo-output"
    assert yaml.safe_load((output / "report.json").read_text(encoding="utf-8"))["verdict"] == "breaking"
    assert "# " in (output / "report.md").read_text(encoding="utf-8")


@pytest.mark.source
def test_the_demonstration_says_what_it_takes(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "demo" / "run.py"), "v1.0.0"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (2, "usage: python demo/run.py [BASE HEAD]\n")
