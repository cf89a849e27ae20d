from __future__ import annotations

import pytest
from refresh_goldens import EXPLAINED, GOLDENS, golden
from report_strategies import FIXTURE_NAMES, FIXTURES

from contractguard.reporting import RenderOptions, load_report, render


def test_there_are_fixtures() -> None:
    assert len(FIXTURE_NAMES) >= 9


@pytest.mark.parametrize("name", FIXTURE_NAMES)
@pytest.mark.parametrize("output", [*GOLDENS, EXPLAINED])
def test_output_is_the_golden_one(name: str, output: str) -> None:
    source = FIXTURES / name / "report.json"

    assert golden(source, output) == (source.parent / output).read_text(encoding="utf-8"), "see refresh_goldens.py"


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_saved_report_is_written_back_byte_by_byte(name: str) -> None:
    raw = (FIXTURES / name / "report.json").read_bytes()

    assert render(load_report(raw), "json", RenderOptions()).encode() == raw
