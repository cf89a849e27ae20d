"""The tests themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_modules_of_tests_have_names_of_their_own() -> None:
    """pytest imports them by their bare name: of two with the same name it would run one."""
    names = Counter(path.name for path in TESTS.rglob("*.py") if path.name not in ("conftest.py", "__init__.py"))
    assert [name for name, count in names.items() if count > 1] == []
