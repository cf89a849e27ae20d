"""Laws that hold for any two schemas, on generated ones: the comparison may not know an answer, but may not contradict itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from law_answers import BREAKING, COMPATIBLE, UNDECIDED, ask, unjustified_witnesses
from law_catalogue import EDITS, OF_VALUES
from law_payloads import DRAFT_2020, is_valid, valid_payloads
from law_rewriting import (
    constants_listed,
    definitions_renamed,
    keys_reversed,
    references_inlined,
    references_wrapped,
    schemas_wrapped,
    types_listed,
)
from law_strategies import chains, schemas

_FEWER = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
DIALECTS = (DRAFT_2020, "draft-07")
REWRITINGS = (
    constants_listed,
    definitions_renamed,
    references_inlined,
    references_wrapped,
    schemas_wrapped,
    types_listed,
)


def edits_in(dialect: str) -> tuple[Any, ...]:
    """The known edits that use no keyword newer than the dialect."""
    return EDITS if dialect == DRAFT_2020 else OF_VALUES


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@_MANY
def test_a_schema_is_unchanged_beside_itself(dialect: str, data: st.DataObject) -> None:
    schema = data.draw(schemas(dialect))
    for same in (schema, copy.deepcopy(schema), keys_reversed(schema)):
        for reading in ("strict", "declared"):
            report = ask(schema, same, dialect=dialect, reading=reading).report
            assert str(report.verdict) == "unchanged"
            assert [contract.findings for contract in report.contracts if contract.findings] == []


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=lambda rewriting: rewriting.__name__)
@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@_FEWER
def test_a_rewriting_is_neutral(dialect: str, rewriting: Callable[[Any], Any], data: st.DataObject) -> None:
    schema = data.draw(schemas(dialect))
    for reading in ("strict", "declared"):
        for base, head in ((schema, rewriting(schema)), (rewriting(schema), schema)):
            assert ask(base, head, dialect=dialect, reading=reading).word == COMPATIBLE, (base, head)


@pytest.mark.parametrize("reading", ["strict", "declared"])
@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@_MANY
def test_backward_is_forward_the_other_way_round(dialect: str, reading: str, data: st.DataObject) -> None:
    a, b = data.draw(chains(2, edits_in(dialect), dialect))
    backward = ask(a, b, direction="BACKWARD", dialect=dialect, reading=reading)
    forward = ask(b, a, direction="FORWARD", dialect=dialect, reading=reading)
    assert backward.word == forward.word


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@_MANY
def test_proofs_are_transitive_in_the_strict_reading(dialect: str, data: st.DataObject) -> None:
    a, b, c = data.draw(chains(3, edits_in(dialect), dialect))
    if ask(a, b, dialect=dialect).word == COMPATIBLE and ask(b, c, dialect=dialect).word == COMPATIBLE:
        assert ask(a, c, dialect=dialect).word != BREAKING


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@_FEWER
def test_what_is_proved_survives_samples_and_what_is_shown_is_true(dialect: str, data: st.DataObject) -> None:
    a, b = data.draw(chains(2, edits_in(dialect), dialect))
    for emitted, accepted in ((a, b), (b, a)):
        answer = ask(emitted, accepted, dialect=dialect)
        assert unjustified_witnesses(answer, emitted, accepted, dialect=dialect) == []
        if answer.word == COMPATIBLE:
            drawn = valid_payloads(emitted, 200, beside=[accepted], dialect=dialect)
            assert [payload for payload in drawn if not is_valid(accepted, payload, dialect)] == []


@given(a=schemas(), b=schemas())
@_MANY
def test_schemas_that_have_little_in_common_are_told_apart(a: Any, b: Any) -> None:
    answer = ask(a, b)
    assert unjustified_witnesses(answer, a, b) == []
    lost = [payload for payload in valid_payloads(a, 50, beside=[b]) if not is_valid(b, payload)]
    assert answer.word in ((BREAKING, UNDECIDED) if lost else (BREAKING, UNDECIDED, COMPATIBLE))


@given(schema=schemas())
@_MANY
def test_nothing_is_part_of_everything(schema: Any) -> None:
    assert ask(False, schema).word == COMPATIBLE  # noqa: FBT003
    assert ask(schema, True).word == COMPATIBLE  # noqa: FBT003
