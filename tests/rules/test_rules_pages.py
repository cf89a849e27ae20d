"""`docs/rules/` is written from the catalogue and must be current."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractguard.rules.pages import installed_catalogue, main, rule_pages

DOCS = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.source
def test_the_pages_are_current() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    stale = {name for name, text in rule_pages(installed_catalogue()).items() if written.get(name) != text}
    assert stale == set(), "run: python -m contractguard.rules.pages docs/rules"
    assert set(written) == set(rule_pages(installed_catalogue()))


def test_pages_of_families_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert not (tmp_path / "gone.md").exists()
    assert (tmp_path / "enums.md").exists()
