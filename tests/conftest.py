"""What holds for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Found examples are found again, on every machine and at any load; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

_OF_THE_MACHINE = ("GIT_", "GITHUB_", "CI_", "CONTRACTGUARD_")
_OURS = ("CONTRACTGUARD_TESTED",)


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository, the pull request and the options of whoever runs the tests are none of theirs."""
    for name in list(os.environ):
        if name.startswith(_OF_THE_MACHINE) and name not in _OURS:
            monkeypatch.delenv(name)
