"""What each option makes of the request and of the output."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from contractguard.cli.application import application
from contractguard.cli.program import run
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Reading, Severity

if TYPE_CHECKING:
    from tests.cli.conftest import FakeEngine


def test_nothing_said_leaves_everything_to_policy(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 0
    request = fake.request
    assert request.apply_policy
    assert request.cwd == tmp_path
    assert (request.base, request.head, request.contracts, request.fail_on, request.profile) == (
        None,
        None,
        (),
        None,
        None,
    )
    assert (request.kind, request.dialect, request.compatibility, request.reading) == (None, None, None, None)
    assert (request.use_index, request.as_contract, request.config, request.policy_from) == (False, None, None, None)
    assert request.progress is None
    assert request.max_findings is None
    assert request.today is not None
    assert abs(datetime.fromisoformat(request.today).date() - datetime.now(UTC).date()).days <= 1


OPTIONS = {
    "contract": ("orders payments", "contracts", ("orders", "payments")),
    "as": ("orders", "as_contract", "orders"),
    "kind": ("avro", "kind", ContractKind.AVRO),
    "dialect": ("draft-07", "dialect", "draft-07"),
    "compatibility": ("forward", "compatibility", CompatibilityMode.FORWARD),
    "reading": ("strict", "reading", Reading.STRICT),
    "index": ("1", "use_index", True),
    "config": ("p.yaml", "config", Path("p.yaml")),
    "policy-from": ("main", "policy_from", "main"),
    "profile": ("wire", "profile", "wire"),
    "today": ("2026-12-31", "today", "2026-12-31"),
    "max-findings": ("7", "max_findings", 7),
    "fail-on": ("warning", "fail_on", Severity.WARNING),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_reaches_the_request(fake: FakeEngine, name: str) -> None:
    value, field, expected = OPTIONS[name]
    arguments = ["--index"] if name == "index" else [part for word in value.split() for part in (f"--{name}", word)]
    assert run(["check", "v1", "v2", *arguments]) == 0
    assert getattr(fake.request, field) == expected
    assert (fake.request.base, fake.request.head) == ("v1", "v2")


@pytest.mark.parametrize("name", OPTIONS)
def test_an_environment_variable_is_as_good_as_an_option(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value, field, expected = OPTIONS[name]
    monkeypatch.setenv(f"CONTRACTGUARD_{name.upper().replace('-', '_')}", value)
    assert run(["check"]) == 0
    assert getattr(fake.request, field) == expected


def test_an_option_overrules_the_environment(fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACTGUARD_PROFILE", "sdk")
    run(["check", "--profile", "wire"])
    assert fake.request.profile == "wire"


def test_every_option_of_a_comparison_has_its_environment_variable() -> None:
    for name in ("check", "diff"):
        command = application.commands[name]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                long = next(text for text in parameter.opts if text.startswith("--"))
                assert parameter.envvar == "CONTRACTGUARD_" + long[2:].upper().replace("-", "_")


def test_fail_on_none_never_fails(fake: FakeEngine) -> None:
    run(["check", "--fail-on", "none"])
    assert fake.request.fail_on is Severity.OFF


def test_diff_applies_no_policy_and_asks_no_clock(fake: FakeEngine) -> None:
    run(["diff", "a", "b"])
    assert not fake.request.apply_policy
    assert fake.request.today is None


def test_several_reports_in_one_run(fake: FakeEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: tmp_path / name for name in ("json", "markdown", "text")}
    wishes = [part for name, path in files.items() for part in ("--format", f"{name}:{path}")]
    assert run(["check", *wishes, "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert out.encode() == files["json"].read_bytes()
    assert json.loads(out)["schema_version"] == fake.report.schema_version
    assert all(path.read_bytes().endswith(b"\n") for path in files.values())


def test_a_dash_is_standard_output(fake: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--format", "json:-"])
    assert json.loads(capsys.readouterr().out)["verdict"] == fake.report.verdict


def test_formats_from_the_environment(fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONTRACTGUARD_FORMAT", f"text json:{tmp_path / 'r.json'}")
    assert run(["check"]) == 0
    assert (tmp_path / "r.json").exists()
    assert fake.requests


@pytest.mark.parametrize(
    ("arguments", "silent"), [(["-q"], True), (["--quiet", "--format", "text"], False), ([], False)]
)
@pytest.mark.usefixtures("fake")
def test_quiet_leaves_the_answer_to_the_exit_code(
    arguments: list[str], silent: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", *arguments])
    assert (capsys.readouterr().out == "") is silent


@pytest.mark.usefixtures("fake")
class TestColor:
    @staticmethod
    def colored(capsys: pytest.CaptureFixture[str], *arguments: str) -> bool:
        run(["check", *arguments])
        return "\x1b[" in capsys.readouterr().out

    def test_not_where_nobody_watches(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert not self.colored(capsys)

    def test_always(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.colored(capsys, "--color", "always")

    def test_on_a_terminal(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        assert self.colored(capsys)
        assert not self.colored(capsys, "--color", "never")

    @pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_silenced(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variable: str, value: str
    ) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setenv(variable, value)
        assert not self.colored(capsys)
        assert self.colored(capsys, "--color", "always")

    def test_an_empty_no_color_says_nothing(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setenv("NO_COLOR", "")
        assert self.colored(capsys)


def test_render_gives_what_the_run_gave(fake: FakeEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "report.json"
    run(["check", "--format", f"json:{saved}", "--format", "markdown"])
    at_once = capsys.readouterr().out
    assert run(["render", str(saved), "--format", "markdown"]) == 0
    assert capsys.readouterr().out == at_once
    assert fake.requests


def test_render_knows_a_report_without_policy(
    fake: FakeEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.report = fake.a_report(policy=None)
    saved = tmp_path / "report.json"
    run(["diff", "--format", f"json:{saved}", "--format", "text"])
    at_once = capsys.readouterr().out
    run(["render", str(saved)])
    assert capsys.readouterr().out == at_once


def test_the_width_is_80_where_nobody_watches(fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        "contractguard.reporting.render", lambda _report, _format, options: seen.append(options.width) or ""
    )
    monkeypatch.setenv("COLUMNS", "200")
    run(["check"])
    run(["check", "--width", "120"])
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    run(["check"])
    assert seen == [80, 120, 200]
    assert len(fake.requests) == 3
