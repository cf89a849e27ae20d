"""The options about versions: transitive modes, what is supported, histories, one side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contractguard.cli.program import run
from contractguard.model.finding import CompatibilityMode
from contractguard.policy.supported import Supported

if TYPE_CHECKING:
    from conftest import FakeEngine


@pytest.mark.parametrize("mode", list(CompatibilityMode))
@pytest.mark.parametrize("command", ["diff", "check"])
def test_every_mode_can_be_asked_for(fake: FakeEngine, command: str, mode: CompatibilityMode) -> None:
    assert run([command, "--compatibility", mode.lower(), "v1", "v2"]) == 0
    assert fake.request.compatibility is mode


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("all", Supported()),
        ("last 3", Supported(last=3)),
        ("last 1 major", Supported(majors=1)),
        ("last 2 majors", Supported(majors=2)),
        ("1.0.0", Supported(named=("1.0.0",))),
        ("1-0-0, v1-0-1", Supported(named=("1-0-0", "v1-0-1"))),
    ],
)
def test_what_is_supported(fake: FakeEngine, written: str, expected: Supported) -> None:
    assert run(["check", "--supported", written]) == 0
    assert fake.request.supported == expected


@pytest.mark.parametrize(
    "written", ["", "last", "last 0", "last -1", "last x majors", "the newest", "last 10000000 majors"]
)
def test_what_names_no_versions(fake: FakeEngine, written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--supported", written]) == 2
    assert fake.requests == []
    assert "write all, last N, last N majors, or a list of versions" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "expected"), [([], None), (["--histories"], True), (["--no-histories"], False)])
def test_histories(fake: FakeEngine, arguments: list[str], expected: bool | None) -> None:
    assert run(["check", *arguments]) == 0
    assert fake.request.histories is expected


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_histories_from_the_environment(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("CONTRACTGUARD_HISTORIES", value)
    assert run(["check"]) == 0
    assert fake.request.histories is expected


def test_one_side_alone(fake: FakeEngine) -> None:
    assert run(["diff", "--within", "registry/"]) == 0
    assert (fake.request.within, fake.request.base, fake.request.head) == (True, "registry/", None)
