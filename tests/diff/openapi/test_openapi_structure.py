from __future__ import annotations

from typing import Any

import pytest
from cases_messages import BODIES, RESPONSES
from cases_operations import OPERATIONS, PARAMETERS
from cases_responses import ANSWERS, CALLED_BACK
from cases_security import SECURITY
from cases_surroundings import LIFECYCLE, SERVERS, SWAGGER, WHOLE
from openapi_pairs import Case, changes_between, told

GROUPS = {
    "operations": OPERATIONS,
    "parameters": PARAMETERS,
    "bodies": BODIES,
    "responses": RESPONSES,
    "answers": ANSWERS,
    "called back": CALLED_BACK,
    "security": SECURITY,
    "servers": SERVERS,
    "lifecycle": LIFECYCLE,
    "whole": WHOLE,
    "Swagger 2.0": SWAGGER,
}
CASES: list[Case] = [(f"{group}: {name}", *case) for group, cases in GROUPS.items() for name, *case in cases]
IDS = [name for name, *_ in CASES]


@pytest.mark.parametrize(("base", "head", "expected"), [case[1:] for case in CASES], ids=IDS)
def test_exactly_these_changes_are_told(base: Any, head: Any, expected: list[str]) -> None:
    assert sorted(told(change) for change in changes_between(base, head)) == sorted(expected)


@pytest.mark.parametrize(("base", "head", "expected"), [case[1:] for case in CASES], ids=IDS)
def test_the_reverse_has_changes_where_the_way_there_has(base: Any, head: Any, expected: list[str]) -> None:
    backwards = changes_between(head, base)
    if base.keys() & head.keys() & {"openapi", "swagger"}:
        assert bool(backwards) == bool(expected)


@pytest.mark.parametrize("side", [side for case in CASES for side in case[1:3]])
def test_a_description_does_not_differ_from_itself(side: Any) -> None:
    assert changes_between(side, side) == []
