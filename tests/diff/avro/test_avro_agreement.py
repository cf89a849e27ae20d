"""What the benchmark against Apache Avro compares, without Apache Avro: nothing fails, and the parts agree with one another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))

from avro_agreement import KNOWN, Answer, Pair, difference, ours, random_pairs, smaller

COUNT = 160


@pytest.fixture(scope="module")
def answers() -> list[tuple[Pair, Answer]]:
    return [(pair, ours(pair)) for pair in random_pairs(7, COUNT)]


def test_no_pair_fails_and_changes_say_what_resolution_says(answers: list[tuple[Pair, Answer]]) -> None:
    assert [(pair, answer.failed) for pair, answer in answers if answer.failed] == []


def test_the_pairs_are_the_same_for_a_seed_and_of_all_kinds(answers: list[tuple[Pair, Answer]]) -> None:
    assert [pair for pair, _ in answers] == list(random_pairs(7, COUNT))
    assert {bool(answer.reasons) for _, answer in answers} == {True, False}
    assert any(answer.refused for _, answer in answers)
    assert any(answer.note and not answer.refused for _, answer in answers)


def test_a_schema_reads_its_own_data(answers: list[tuple[Pair, Answer]]) -> None:
    for pair, _ in answers:
        assert ours(Pair(pair.reader, pair.reader)).reasons == ()


def test_a_disagreement_is_classed_and_made_small() -> None:
    record = {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "string"}]}
    other = {**record, "fields": [{"name": "a", "type": "long"}, {"name": "b", "type": "string"}]}
    told = ours(Pair(record, other))
    assert difference(Pair(record, other), told, told) == ""
    assert difference(Pair(record, other), Answer(), told) == "verdict"
    assert difference(Pair(record, other), Answer(failed="x"), told) == "we fail: x"
    assert (
        difference(Pair(record, other), told, Answer(failed="field b matches multiple fields"))
        == f"known: {KNOWN[0].name}"
    )
    kinds = {reason[0] for reason in told.reasons}
    small = smaller(Pair(record, other), lambda pair: {reason[0] for reason in ours(pair).reasons} == kinds)
    assert small == Pair("int", "long")
