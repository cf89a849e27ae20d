"""The evaluator against an independent validator, on schemas and values by the roll of a die."""

from __future__ import annotations

from random import Random

import pytest
from evaluation_cases import oracle, read_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from schema_dice import DRAFTS, Dice

from contractguard.model.payload import Role
from contractguard.semantics.evaluation import Evaluator


def _agrees(random: Random, draft: str) -> None:
    """Nothing in the schemas of the dice is opaque, so every answer must be given, and be that of the other validator."""
    dice = Dice(random, draft)
    schema = dice.document()
    reader, root = read_schema(schema, draft)
    evaluator = Evaluator(reader, Role.NEITHER)
    validator = oracle(schema, draft)
    for _ in range(6):
        value = dice.near(schema, schema)
        assert evaluator.holds(root, value) is validator.is_valid(value), (schema, value)


@pytest.mark.parametrize("draft", DRAFTS)
def test_answers_are_those_of_an_independent_validator(draft: str) -> None:
    for seed in range(400):
        _agrees(Random(seed), draft)  # noqa: S311  (dice, no secret)


@pytest.mark.parametrize("draft", DRAFTS)
@settings(max_examples=25, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_no_small_schema_tells_them_apart(random: Random, draft: str) -> None:
    _agrees(random, draft)
