"""The pairs of `fixtures/readings` are what they say: plain `jsonschema` and a sampler confirm each verdict on file."""

from __future__ import annotations

from typing import Any

import pytest
from law_fixtures import CASES, PAIRS, sides
from law_payloads import DRAFT_2020, counterexample, is_valid

FIELDS = {"name", "why", "base", "head", "verdicts"}
MORE_FIELDS = {"dialect", "base_prime", "head_prime", "witnesses"}


def test_the_fields_are_complete_and_no_name_stands_twice() -> None:
    assert len(PAIRS) >= 60
    assert all(FIELDS <= pair.keys() <= FIELDS | MORE_FIELDS for pair in PAIRS)
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS)
    breaking = {
        (pair["name"], direction)
        for pair in PAIRS
        for direction, verdicts in pair["verdicts"].items()
        if "breaking" in verdicts.values()
    }
    assert breaking == {(pair["name"], direction) for pair in PAIRS for direction in pair.get("witnesses", ())}


@pytest.mark.parametrize(("pair", "direction", "reading"), CASES)
def test_the_verdict_on_file_is_the_truth(pair: dict[str, Any], direction: str, reading: str) -> None:
    emitted, accepted = sides(pair, direction, reading)
    dialect = pair.get("dialect", DRAFT_2020)
    if pair["verdicts"][direction][reading] == "breaking":
        witness = pair["witnesses"][direction]
        assert is_valid(emitted, witness, dialect)
        assert not is_valid(accepted, witness, dialect)
    else:
        assert counterexample(emitted, accepted, count=100, dialect=dialect) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_the_declared_reading_only_forbids_more(pair: dict[str, Any]) -> None:
    for direction in ("BACKWARD", "FORWARD"):
        prime, _ = sides(pair, direction, "declared")
        plain, _ = sides(pair, direction, "strict")
        assert counterexample(prime, plain, count=60, dialect=pair.get("dialect", DRAFT_2020)) == []
