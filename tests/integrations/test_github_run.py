"""One run of the action in this process, with an engine that answers what a test wants."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from action_makers import finding, report
from github_runner import Command, assignments, commands_in

from contractguard import engine
from contractguard.errors import ContractguardError, UnreadableError, UsageError
from contractguard.integrations.github.action import repository_prefix, run_action
from contractguard.model.finding import Bump, Impact, Severity
from contractguard.model.report import Gate, GateStatus, Report, ReportError

TODAY = date(2026, 11, 23)
HOSTILE = "x\n::error::injected\r\n##[error]injected\n::stop-commands::1"


@dataclass
class Result:
    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[Command]:
        return commands_in(self.log)


@pytest.fixture
def request_seen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report | Exception], list[engine.Request]]:
    def answer(what: Report | Exception) -> list[engine.Request]:
        seen: list[engine.Request] = []

        def run(request: engine.Request) -> Report:
            seen.append(request)
            if isinstance(what, Exception):
                raise what
            return what

        monkeypatch.setattr(engine, "run", run)
        monkeypatch.setattr(engine, "exit_code", lambda made: 1 if made.gate.status is GateStatus.FAIL else 0)
        return seen

    return answer


def run(folder: Path, **environment: str) -> Result:
    output, summary, log = folder / "_output", folder / "_summary", io.StringIO()
    files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    base = {"GITHUB_WORKSPACE": str(folder), "RUNNER_TEMP": str(folder / "temp")}
    code = run_action({**base, **files, **environment}, log, today=TODAY)
    outputs = assignments(output.read_text(encoding="utf-8"))
    return Result(code, log.getvalue(), outputs, summary.read_text(encoding="utf-8"))


Answer = Callable[[Report | Exception], list[engine.Request]]


def test_the_engine_is_asked_for_what_the_workflow_says(tmp_path: Path, request_seen: Answer) -> None:
    seen = request_seen(report())
    run(
        tmp_path, INPUT_FAIL_ON="warning", INPUT_PROFILE="wire", INPUT_CONFIG="p.yaml", INPUT_POLICY_FROM="main", CI="1"
    )
    (request,) = seen
    assert (request.base, request.head, request.cwd) == (None, "HEAD", tmp_path.resolve())
    assert (request.fail_on, request.profile, request.policy_from) == (Severity.WARNING, "wire", "main")
    assert (request.config, request.today) == (tmp_path.resolve() / "p.yaml", "2026-11-23")
    assert request.environment["CI"] == "1"
    assert request.apply_policy


@pytest.mark.parametrize(
    ("base", "asked"), [("v1", ("v1", "HEAD")), ("v1..v2", ("v1..v2", None)), ("v1...HEAD", ("v1...HEAD", None))]
)
def test_a_range_names_the_head_as_well(
    tmp_path: Path, request_seen: Answer, base: str, asked: tuple[str, str | None]
) -> None:
    seen = request_seen(report())
    run(tmp_path, INPUT_BASE=base, INPUT_TODAY="2020-01-01")
    assert (seen[0].base, seen[0].head) == asked
    assert seen[0].today == "2020-01-01"


def test_a_break_is_told_in_every_way(tmp_path: Path, request_seen: Answer) -> None:
    risky = finding(impact=Impact.RISKY, severity=Severity.WARNING)
    request_seen(report(finding(), risky))
    result = run(tmp_path, INPUT_FORMAT="markdown:out/report.md")
    assert result.code == 1
    assert [command.name for command in result.commands] == ["error", "warning"]
    written = tmp_path / "temp" / "contractguard-report.json"
    assert result.outputs == {
        "verdict": "breaking",
        "required-bump": "major",
        "gate": "fail",
        "breaking": "1",
        "report": str(written),
    }
    assert json.loads(written.read_text(encoding="utf-8"))["schema_version"] == "1"
    assert "GET /orders is gone" in result.log
    assert result.summary == (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "#" in result.summary


def test_a_gate_that_passes_passes_the_step(tmp_path: Path, request_seen: Answer) -> None:
    request_seen(report(required_bump=Bump.NONE, gate=Gate(GateStatus.PASS, Severity.ERROR)))
    result = run(tmp_path)
    assert (result.code, result.outputs["gate"], result.outputs["breaking"]) == (0, "pass", "0")


def test_nothing_of_a_contract_becomes_a_command(tmp_path: Path, request_seen: Answer) -> None:
    odd = finding(message=HOSTILE, title=HOSTILE, element=HOSTILE, because=HOSTILE, rule=HOSTILE, before=HOSTILE)
    error = ReportError(message=HOSTILE, exit_code=3, side="head", path=HOSTILE, line=1, column=1, remedy=HOSTILE)
    request_seen(replace(report(odd, errors=(error,)), notes=(HOSTILE,)))
    assert len(run(tmp_path).commands) == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError(f"bad {HOSTILE}", path="contractguard.yaml", line=3, remedy=f"mend {HOSTILE}"), 2),
        (UnreadableError("no such ref"), 3),
        (ContractguardError("odd"), 70),
        (ValueError(HOSTILE), 70),
    ],
)
def test_an_error_without_a_report_is_told_too(
    tmp_path: Path, request_seen: Answer, error: Exception, code: int
) -> None:
    request_seen(error)
    result = run(tmp_path)
    assert result.code == code
    (command,) = result.commands
    assert (command.name, command.properties["title"]) == ("error", "contractguard could not run")
    assert result.outputs == {"verdict": "unknown", "required-bump": "", "gate": "error", "breaking": "", "report": ""}
    assert result.summary.startswith("## contractguard could not run\n")
    assert "\n::" not in result.summary


def test_a_bug_leaves_its_traceback_in_the_log(tmp_path: Path, request_seen: Answer) -> None:
    request_seen(ValueError("odd"))
    assert "Traceback" in run(tmp_path).log


def test_wrong_inputs_are_told_before_anything_runs(tmp_path: Path, request_seen: Answer) -> None:
    seen = request_seen(report())
    result = run(tmp_path, INPUT_FAIL_ON="never")
    assert (result.code, seen) == (2, [])
    assert "error, warning, info, none" in result.commands[0].data


def test_a_shallow_clone_is_told_what_the_workflow_must_say(tmp_path: Path, request_seen: Answer) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "shallow").write_text("", encoding="utf-8")
    request_seen(UnreadableError("no merge base", remedy="git fetch --unshallow"))
    (command,) = run(tmp_path).commands
    assert "no merge base" in command.data
    assert "fetch-depth: 0" in command.data


def test_a_whole_clone_keeps_the_remedy_of_the_error(tmp_path: Path, request_seen: Answer) -> None:
    (tmp_path / ".git").mkdir()
    request_seen(UnreadableError("no such ref", remedy="git fetch origin main"))
    assert run(tmp_path).commands[0].data == "no such ref\ngit fetch origin main"


def test_a_report_that_cannot_be_written_is_an_error(tmp_path: Path, request_seen: Answer) -> None:
    request_seen(report())
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(tmp_path, INPUT_REPORT="file/report.json")
    assert result.code == 2
    assert "the report was not written" in result.commands[0].data


def test_paths_in_annotations_count_from_the_workspace(tmp_path: Path, request_seen: Answer) -> None:
    top = tmp_path / "checkout"
    (top / ".git").mkdir(parents=True)
    (top / "sub").mkdir()
    request_seen(report(finding()))
    (command,) = run(tmp_path, INPUT_WORKING_DIRECTORY="checkout/sub").commands
    assert command.properties["file"] == "checkout/apis/orders.yaml"
    assert repository_prefix(top, top) == ""
    assert repository_prefix(top, tmp_path / "other") == ""
    assert repository_prefix(top / "sub", tmp_path) == "checkout/"
