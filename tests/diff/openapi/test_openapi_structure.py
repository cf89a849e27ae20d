from __future__ import annotations

from typing import Any

import pytest
from openapi_pairs import changes, told
from structure_pairs import CASES

IDS = [name for name, *_ in CASES]


@pytest.mark.parametrize(("base", "head", "expected"), [case[1:] for case in CASES], ids=IDS)
def test_exactly_these_changes_are_told(base: Any, head: Any, expected: list[str]) -> None:
    assert sorted(" ".join(told(change)) for change in changes(base, head)) == sorted(expected)


@pytest.mark.parametrize(("base", "head", "expected"), [case[1:] for case in CASES], ids=IDS)
def test_the_reverse_has_changes_where_the_way_there_has(base: Any, head: Any, expected: list[str]) -> None:
    backwards = changes(head, base)
    if base.keys() & head.keys() & {"openapi", "swagger"}:
        assert bool(backwards) == bool(expected)


@pytest.mark.parametrize("side", [side for case in CASES for side in case[1:3]])
def test_a_description_does_not_differ_from_itself(side: Any) -> None:
    assert changes(side, side) == []
