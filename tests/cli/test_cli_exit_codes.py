"""Every end that a run can take, and the code it exits with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contractguard.cli.program import run
from contractguard.errors import InternalError, LimitError, UnreadableError, UsageError
from contractguard.model.report import ReportError

if TYPE_CHECKING:
    from tests.cli.conftest import FakeEngine


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 70])
def test_check_exits_with_the_code_of_the_report(fake: FakeEngine, code: int) -> None:
    fake.code = code
    assert run(["check"]) == code


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 0), (3, 3), (4, 4), (70, 70)])
def test_diff_has_no_gate_but_does_not_hide_what_it_could_not_compare(
    fake: FakeEngine, code: int, expected: int
) -> None:
    fake.code = code
    assert run(["diff"]) == expected


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no such ref"), 2),
        (UnreadableError("shallow clone"), 3),
        (LimitError("too large"), 4),
        (InternalError("oh"), 70),
        (KeyError("oh"), 70),
        (RecursionError(), 70),
        (MemoryError(), 4),
        (KeyboardInterrupt(), 130),
    ],
)
@pytest.mark.parametrize("command", ["check", "diff"])
def test_an_error_without_a_report_has_its_own_code(
    fake: FakeEngine, command: str, error: BaseException, code: int
) -> None:
    fake.error = error
    assert run([command]) == code


def test_an_error_says_where_and_how_to_mend_it(fake: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    fake.error = UnreadableError("the key is unknown", path="a.yaml", line=3, column=7, remedy="remove it")
    run(["check"])
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "error: a.yaml:3:7: the key is unknown\n  help: remove it\n"


def test_an_error_cannot_write_to_the_terminal_or_command_the_runner(
    fake: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.error = UnreadableError("bad\n::error::x ##[group]", path="\x1b[31m\u202egpj.yaml")
    run(["check"])
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert "##[" not in err


def test_a_bug_is_one_line_that_asks_for_a_report(fake: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    fake.error = KeyError("total")
    assert run(["check"]) == 70
    err = capsys.readouterr().err
    assert "internal error: KeyError: 'total': this is a bug of contractguard" in err
    assert "--verbose" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("how", ["--verbose", "-v", "environment"])
def test_a_bug_shows_its_traceback_when_asked(
    fake: FakeEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    fake.error = KeyError("total")
    if how == "environment":
        monkeypatch.setenv("CONTRACTGUARD_VERBOSE", "1")
        assert run(["check"]) == 70
    else:
        assert run(["check", how]) == 70
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-2].startswith("error: internal error")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--no-such-option"],
        ["no-such-command"],
        ["check", "a", "b", "c"],
        ["check", "--today", "2026-13-01"],
        ["check", "--today", "20261231"],
        ["check", "--today", "2026-W01-1"],
        ["check", "--max-findings", "0"],
        ["check", "--width", "12"],
        ["check", "--fail-on", "off"],
        ["check", "--kind", "soap"],
        ["check", "--format", "papyrus"],
        ["check", "--format", "text", "--format", "json"],
        ["check", "--format", "text:a", "--format", "json:a"],
        ["render", "missing.json"],
    ],
)
def test_wrong_use_exits_2_and_asks_the_engine_nothing(
    fake: FakeEngine, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert not fake.requests


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["check", "--help"], ["--version"], ["version"], ["rules", "-h"]]
)
def test_help_and_version_exit_0(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert "contractguard" in out
    assert err == ""


def test_the_report_is_written_also_when_something_could_not_be_read(
    fake: FakeEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.report = fake.a_report(
        ReportError(message="no mapping", exit_code=3, side="head", path="a.yaml", line=1, column=2, remedy="x")
    )
    fake.code = 3
    target = tmp_path / "new" / "report.json"
    assert run(["check", "--format", f"json:{target}"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "error: a.yaml:1:2: head: no mapping\n  help: x\n"
    assert json.loads(target.read_text(encoding="utf-8"))["errors"][0]["path"] == "a.yaml"


def test_a_report_that_cannot_be_written_is_exit_2_and_the_others_are_written(
    fake: FakeEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.code = 1
    good = tmp_path / "good.json"
    assert run(["check", "--format", f"markdown:{tmp_path}", "--format", f"json:{good}", "--format", "text"]) == 2
    out, err = capsys.readouterr()
    assert good.exists()
    assert out
    assert str(tmp_path) in err


def test_a_reader_that_goes_away_is_no_traceback_and_keeps_the_answer() -> None:
    program = (
        "import contractguard.engine as e, sys; sys.path.insert(0, sys.argv[1]); from conftest import a_report;"
        "e.run = lambda r: a_report(); e.exit_code = lambda r: 1;"
        "from contractguard.cli.program import run; sys.exit(run(['check']))"
    )
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 1


def test_help_to_a_reader_that_goes_away_is_not_a_failed_gate() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "contractguard", "--help"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141
