"""The comparison answers each pair of `fixtures/readings` as it is on file, and shows a payload for each break."""

from __future__ import annotations

from typing import Any

import pytest
from law_answers import ask, unjustified_witnesses
from law_fixtures import CASES, sides
from law_payloads import DRAFT_2020


@pytest.mark.parametrize(("pair", "direction", "reading"), CASES)
def test_the_verdict_is_the_one_on_file(pair: dict[str, Any], direction: str, reading: str) -> None:
    dialect = pair.get("dialect", DRAFT_2020)
    answer = ask(pair["base"], pair["head"], direction=direction, reading=reading, dialect=dialect)
    assert answer.word == pair["verdicts"][direction][reading], pair["why"]
    assert unjustified_witnesses(answer, *sides(pair, direction, reading), dialect=dialect) == []
