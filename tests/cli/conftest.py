"""A comparison whose outcome the test chooses: the commands are tried without sources, documents or rules."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from contractguard import engine
from contractguard.model.finding import Bump, Reading, Severity
from contractguard.model.report import Gate, GateStatus, PolicyRef, Report, ReportError, SideRef, Tool, Verdict


def a_report(*errors: ReportError, **settings: object) -> Report:
    report = Report(
        tool=Tool("contractguard", "0.1.0", "2026-11"),
        base=SideRef("v1", "a" * 40),
        head=SideRef("v2", "b" * 40),
        today=None,
        reading=Reading.DECLARED,
        policy=PolicyRef(None, "sha256:0", "recommended"),
        verdict=Verdict.UNCHANGED,
        required_bump=Bump.NONE,
        gate=Gate(GateStatus.PASS, Severity.ERROR),
        errors=errors,
    )
    return replace(report, **settings)


@dataclass
class FakeEngine:
    """Answers with `report` and `code`, or raises `error`; `requests` are what it was asked."""

    report: Report = field(default_factory=a_report)
    code: int = 0
    error: BaseException | None = None
    requests: list[engine.Request] = field(default_factory=list)
    before_answering: Callable[[engine.Request], None] = lambda _: None

    def run(self, request: engine.Request) -> Report:
        self.requests.append(request)
        self.before_answering(request)
        if self.error is not None:
            raise self.error
        return self.report

    def exit_code(self, report: Report) -> int:
        assert report is self.report
        return self.code

    @staticmethod
    def a_report(*errors: ReportError, **settings: object) -> Report:
        return a_report(*errors, **settings)

    @property
    def request(self) -> engine.Request:
        (request,) = self.requests
        return request


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr(engine, "run", fake.run)
    monkeypatch.setattr(engine, "exit_code", fake.exit_code)
    return fake


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("CONTRACTGUARD_") or name in ("NO_COLOR", "TERM", "COLUMNS", "CI", "GITHUB_ACTIONS"):
            monkeypatch.delenv(name)
