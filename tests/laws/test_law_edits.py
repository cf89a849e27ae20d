"""Known edits get the known verdict, in both directions: on hand-written schemas and in many contexts."""

from __future__ import annotations

from typing import Any

import pytest
from law_answers import BREAKING, COMPATIBLE, ask, unjustified_witnesses
from law_catalogue import EDITS, suited
from law_edits import CONTEXTS, INCOMPARABLE, NARROWED, WIDENED, Context, Edit, flipped
from law_payloads import DRAFT_2020

IN_CONTEXT = [
    pytest.param(edit, context, id=f"{edit.name} in {context.name}")
    for number, edit in enumerate(EDITS)
    for turn, context in enumerate(CONTEXTS[1:])
    if (number + turn) % 4 == 0  # every edit in six or seven contexts, every context with a quarter of the edits
]


def assert_known(base: Any, new: Any, truth: str, dialect: str = DRAFT_2020) -> None:
    """Both directions are answered as `truth` says, and every payload shown stands up."""
    for direction, lost in (("BACKWARD", NARROWED), ("FORWARD", WIDENED)):
        answer = ask(base, new, direction=direction, dialect=dialect)
        assert answer.word == (BREAKING if truth in (lost, INCOMPARABLE) else COMPATIBLE), (direction, base, new)
        sides = (base, new) if direction == "BACKWARD" else (new, base)
        assert unjustified_witnesses(answer, *sides, dialect=dialect) == []


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_at_the_root(edit: Edit) -> None:
    for base, new in suited(edit):
        assert_known(base, new, edit.truth)


@pytest.mark.parametrize(("edit", "context"), IN_CONTEXT)
def test_an_edit_in_a_context(edit: Edit, context: Context) -> None:
    base, new = suited(edit)[0]
    assert_known(context.wrap(base), context.wrap(new), flipped(edit.truth, context.sign))
