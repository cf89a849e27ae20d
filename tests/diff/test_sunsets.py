"""How a sunset date moved."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.diff.sunsets import sunset_moved
from contractguard.model.values import UNSET


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (UNSET, "2030-01-01", "added"),
        ("2030-01-01", UNSET, "removed"),
        ("2030-01-02", "2030-01-01", "earlier"),
        ("2029-12-31", "2030-01-01", "later"),
        ("2030-01-01T10:00:00Z", "2030-01-02T09:00:00Z", "later"),
        ("2030-01-01T10:00:00Z", "2030-01-01T09:00:00Z", "unclear"),
        ("2030-01-01", "next year", "unclear"),
        ("2030-01-01", 2031, "unclear"),
        (None, "2030-01-01", "unclear"),
    ],
)
def test_sunsets_compare_by_their_day(before: Any, after: Any, moved: str) -> None:
    assert sunset_moved(before, after) == moved
