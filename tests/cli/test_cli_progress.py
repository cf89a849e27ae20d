"""The progress bar: late, rare, harmless, and gone when the work is done."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from contractguard.cli.program import run
from contractguard.cli.progress import Progress
from contractguard.engine import Request

if TYPE_CHECKING:
    from tests.cli.conftest import FakeEngine


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_short_work_shows_nothing() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 0.4
        progress("comparing", 1, 2)
    assert stream.getvalue() == ""


def test_long_work_is_shown_now_and_then_and_cleared() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 0.6
        progress("comparing orders", 1, 4)
        clock.now += 0.05
        progress("comparing payments", 2, 4)
        clock.now += 0.06
        progress("comparing events", 3, 4)
    drawn = stream.getvalue().split("\r\x1b[2K")
    assert drawn[1] == "━━━━━─────────────── 1/4 comparing orders"
    assert drawn[2] == "━━━━━━━━━━━━━━━───── 3/4 comparing events"
    assert drawn[3] == ""
    assert len(drawn) == 4


def test_the_line_is_cleared_after_an_error() -> None:
    stream, clock = io.StringIO(), Clock()

    def work() -> None:
        with Progress(stream, clock) as progress:
            clock.now += 1
            progress("comparing", 1, 2)
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_names_from_a_contract_cannot_move_the_cursor_or_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 1
        progress("a\x1b[2J\nb" * 50, 0, 0)
    line = stream.getvalue().split("\r\x1b[2K")[1]
    assert line.isprintable()
    assert len(line) == 29


@pytest.mark.parametrize(
    ("terminal", "arguments", "shown"), [(True, [], True), (True, ["-q"], False), (False, [], False)]
)
def test_only_a_person_who_watches_gets_one(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, terminal: bool, arguments: list[str], shown: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)

    def work(request: Request) -> None:
        assert (request.progress is not None) is shown

    fake.before_answering = work
    assert run(["check", *arguments]) == 0
