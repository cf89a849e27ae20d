"""The catalogue of edits says the truth: plain `jsonschema` and a sampler agree with it, for each edit and each context."""

from __future__ import annotations

import pytest
from law_catalogue import EDITS, suited
from law_edits import CONTEXTS, INCOMPARABLE, NARROWED, WIDENED, Context, Edit, flipped
from law_payloads import counterexample

_COUNT = 120
_SIGNS = [edit for edit in EDITS if edit.name in ("minimum raised", "type added to the list", "listed value removed")]


def test_there_are_enough_edits_and_each_suits_a_schema() -> None:
    assert len(EDITS) >= 60
    assert len({edit.name for edit in EDITS}) == len(EDITS)
    assert [edit.name for edit in EDITS if not suited(edit)] == []
    assert [edit.name for edit in EDITS for base, new in suited(edit) if base == new and list(base) == list(new)] == []


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_samples_agree_with_the_truth_of_an_edit(edit: Edit) -> None:
    for base, new in suited(edit):
        assert bool(counterexample(base, new, count=_COUNT)) is (edit.truth in (NARROWED, INCOMPARABLE)), (base, new)
        assert bool(counterexample(new, base, count=_COUNT)) is (edit.truth in (WIDENED, INCOMPARABLE)), (base, new)


@pytest.mark.parametrize("edit", _SIGNS, ids=lambda edit: edit.name)
@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.name)
def test_samples_agree_with_the_sign_of_a_context(context: Context, edit: Edit) -> None:
    truth = flipped(edit.truth, context.sign)
    base, new = (context.wrap(schema) for schema in suited(edit)[0])
    assert bool(counterexample(base, new, count=1000)) is (truth == NARROWED)
    assert bool(counterexample(new, base, count=1000)) is (truth == WIDENED)
