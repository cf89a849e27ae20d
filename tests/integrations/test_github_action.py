"""action.yml, its steps run as GitHub's runner runs them, on a repository with a pull request."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import yaml
from github_runner import Job, commands_in, git

ROOT = Path(__file__).parents[2]
API = """\
openapi: 3.1.0
info: {{title: Orders, version: {version}}}
paths:
  /orders:
    get:
      operationId: listOrders
      responses: {{"200": {{description: The orders.}}}}
{more}"""
DELETE = """\
    delete:
      operationId: clearOrders
      responses: {"204": {description: Gone.}}
"""

pytestmark = pytest.mark.source


def pull_request(origin: Path, head: str, base: str = "") -> None:
    """A repository with a branch `main` and a pull request whose trial merge is checked out, as on GitHub."""
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    commit(origin, {"api.yaml": base or API.format(version="1.0.0", more=DELETE)}, "base")
    git(origin, "switch", "--quiet", "--create", "topic")
    commit(origin, {"api.yaml": head}, "change")
    git(origin, "switch", "--quiet", "main")
    commit(origin, {"README.md": "meanwhile\n"}, "other work")
    git(origin, "switch", "--quiet", "--detach")
    git(origin, "merge", "--quiet", "--no-ff", "--message", "trial merge", "topic")
    git(origin, "update-ref", "refs/pull/1/merge", "HEAD")


def commit(folder: Path, files: dict[str, str], message: str) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of a runner, shared by the jobs of this module: pip installs into it once or again."""
    return tmp_path_factory.mktemp("runner_temp")


def job(tmp_path: Path, installed: Path, *, depth: int = 0) -> Job:
    """A job that has done `actions/checkout` of the pull request in `tmp_path / "origin"`."""
    workspace = tmp_path / "work"
    workspace.mkdir()
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "remote", "add", "origin", (tmp_path / "origin").as_uri())
    merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge"
    if depth:
        git(workspace, "fetch", "--quiet", f"--depth={depth}", "origin", merge)
    else:
        git(workspace, "fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", merge)
    git(workspace, "checkout", "--quiet", "--force", "refs/remotes/pull/1/merge")
    event = tmp_path / "event.json"
    base = git(tmp_path / "origin", "rev-parse", "main")
    event.write_text(json.dumps({"pull_request": {"base": {"ref": "main", "sha": base}}}), encoding="utf-8")
    environment = {
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_BASE_REF": "main",
        "GITHUB_HEAD_REF": "topic",
        "GITHUB_REF": "refs/pull/1/merge",
        "GITHUB_SHA": git(workspace, "rev-parse", "HEAD"),
        # `python3` is this interpreter, and pip stays off the network: what it would fetch is here already.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads the zero as "none"
    }
    return Job(installed, workspace, ROOT, environment)


def test_a_break_fails_the_job_and_is_told_in_every_way(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more=""))
    run = job(tmp_path, installed)
    assert run.uses({"format": "markdown:report.md"}) == 1, run.log
    assert [run.output(name) for name in ("verdict", "required-bump", "gate")] == ["breaking", "major", "fail"]
    assert int(run.output("breaking")) == 1
    written = json.loads(Path(run.output("report")).read_text(encoding="utf-8"))
    assert written["verdict"] == "breaking"
    errors = [command for command in commands_in(run.log) if command.name == "error"]
    assert any("DELETE /orders" in error.data and error.properties["file"] == "api.yaml" for error in errors)
    assert "DELETE /orders" in run.summary
    assert (run.workspace / "report.md").read_text(encoding="utf-8") == run.summary


def test_a_compatible_change_passes(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more=DELETE + PUT))
    run = job(tmp_path, installed)
    assert run.uses({}) == 0, run.log
    assert [run.output(name) for name in ("verdict", "gate", "breaking")] == ["compatible", "pass", "0"]
    assert [command for command in commands_in(run.log) if command.name == "error"] == []


PUT = """\
    put:
      operationId: replaceOrders
      responses: {"204": {description: Done.}}
"""


def test_what_a_break_is_worth_can_be_said(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="2.0.0", more=""))
    run = job(tmp_path, installed)
    assert run.uses({"fail-on": "none"}) == 0, run.log
    assert [run.output(name) for name in ("verdict", "gate")] == ["breaking", "pass"]


def test_an_unreadable_contract_fails_closed(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more="    delete: {\n"))
    run = job(tmp_path, installed)
    assert run.uses({}) == 3, run.log
    assert [run.output(name) for name in ("verdict", "gate")] == ["unknown", "error"]
    error = next(command for command in commands_in(run.log) if command.name == "error")
    assert error.properties["file"] == "api.yaml"
    assert int(error.properties["line"]) >= 8


def test_a_shallow_clone_is_told_to_fetch_all(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more=""))
    run = job(tmp_path, installed, depth=1)
    assert run.uses({}) == 3, run.log
    assert "fetch-depth: 0" in commands_in(run.log)[-1].data


def test_modules_of_the_repository_under_review_are_not_imported(tmp_path: Path, installed: Path) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more=""))
    run = job(tmp_path, installed)
    for name in ("json.py", "pip.py", "contractguard.py", "yaml.py", "sitecustomize.py"):
        (run.workspace / name).write_text("raise SystemExit('taken over')\n", encoding="utf-8")
    assert run.uses({}) == 1, run.log
    assert "taken over" not in run.log


@pytest.mark.parametrize("value", ["$(touch taken)", "`touch taken`", '"; touch taken; "', "'; touch taken; '"])
def test_an_input_is_never_code(tmp_path: Path, installed: Path, value: str) -> None:
    pull_request(tmp_path / "origin", API.format(version="1.1.0", more=""))
    run = job(tmp_path, installed)
    described = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    names = described["inputs"].keys() - {"python"}
    assert run.uses(dict.fromkeys(names, value)) == 2, run.log
    assert not list(tmp_path.rglob("taken"))
    assert not list(ROOT.glob("taken"))


def test_the_shell_sees_inputs_as_variables_only() -> None:
    described = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for step in described["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step
        assert step["env"]["PYTHONSAFEPATH"] == "1"
        assert all("if" not in line.split() for line in step["run"].splitlines())
    given = {line for step in described["runs"]["steps"] for line in step["env"].values()}
    assert {f"${{{{ inputs.{name} }}}}" for name in described["inputs"]} <= given
    assert all(item["description"] for item in (described["inputs"] | described["outputs"]).values())
