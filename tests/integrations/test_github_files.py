"""The files through which a step speaks to the runner."""

from __future__ import annotations

from pathlib import Path

import pytest
from github_runner import assignments
from hypothesis import given
from hypothesis import strategies as st

from contractguard.integrations.github.files import SUMMARY_LIMIT, append_outputs, append_summary, shortened


def test_outputs_are_appended_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "output"
    file.write_text("earlier<<E\n1\nE\n", encoding="utf-8")
    outputs = {"verdict": "breaking", "report": "/tmp/a\nverdict<<x\nunchanged\nx", "empty": ""}  # noqa: S108
    append_outputs(file, outputs)
    assert assignments(file.read_text(encoding="utf-8")) == {"earlier": "1", **outputs}


def test_outside_github_nothing_is_written() -> None:
    append_outputs(None, {"a": "b"})
    append_summary(None, "text")


def test_a_summary_is_appended_whole_where_it_fits(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    append_summary(file, "# One\n")
    append_summary(file, "# Two ✗\n")
    assert file.read_text(encoding="utf-8") == "# One\n# Two ✗\n"


def test_a_summary_stays_within_what_github_shows(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_text("x" * 1000, encoding="utf-8")
    append_summary(file, "✗ a line\n" * 200_000)
    assert SUMMARY_LIMIT - 200 < file.stat().st_size <= SUMMARY_LIMIT
    assert file.read_text(encoding="utf-8").endswith("output `report` of this step.\n")


@pytest.mark.parametrize(
    ("markdown", "kept"),
    [
        ("a\n```json\n{}\n```\nb\n", ["a\n", "a\n```json\n{}\n```\n"]),
        ("a\n````\n```\n````\nb\n", ["a\n", "a\n````\n```\n````\n"]),
        ("a\n<details>\nb\n</details>\nc\n", ["a\n", "a\n<details>\nb\n</details>\n"]),
        ("a\n<details><summary>x</summary>\n<details>\n</details>\n</details>\nc\n", ["a\n"]),
    ],
)
def test_it_is_never_cut_inside_a_block(markdown: str, kept: list[str]) -> None:
    text = markdown + "filler\n" * 100
    cut = {shortened(text, limit).partition("\n\n> The report")[0] for limit in range(100, 100 + len(markdown))}
    for start in kept:
        assert start in cut
    for start in cut:
        assert start.count("<details") == start.count("</details")
        assert start.count("\n```\n") == start.count("\n```json\n") or "````" in start
        assert start.count("````") % 2 == 0


@given(st.text(), st.integers(0, 400))
def test_no_limit_is_ever_exceeded(text: str, limit: int) -> None:
    assert len(shortened(text * 20, limit).encode()) <= limit
