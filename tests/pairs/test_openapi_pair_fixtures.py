"""Every pair of `fixtures/openapi` is judged as it is argued there, forwards and back."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pair_fixtures import FIELDS, NEEDED, PAIRS, sides

from contractguard import Finding, Impact, Report, compare_documents

_SERIOUS = (Impact.BREAKING, Impact.RISKY)
_each = pytest.mark.parametrize("pair", [pytest.param(pair, id=pair["name"]) for pair in PAIRS])


def _compared(base: Any, head: Any) -> Report:
    return compare_documents(base, head, kind="openapi")


def _findings(report: Report) -> list[Finding]:
    return [finding for contract in report.contracts for finding in contract.findings]


def test_names_are_unique() -> None:
    """A pair is named once."""
    names = [pair["name"] for pair in PAIRS]
    assert len(names) == len(set(names))


@_each
def test_a_pair_is_written_in_full(pair: dict[str, Any]) -> None:
    """Each pair has its argument and nothing that nobody reads."""
    assert pair.keys() >= NEEDED
    assert pair.keys() <= FIELDS


@_each
def test_a_pair_is_judged_as_argued(pair: dict[str, Any]) -> None:
    """The verdict, and exactly the findings that are serious."""
    report = _compared(*sides(pair))
    told = sorted(
        f"{found.impact} {found.rule} {found.element}" for found in _findings(report) if found.impact in _SERIOUS
    )
    assert (report.verdict, told) == (pair["verdict"], sorted(pair.get("findings", [])))


@_each
def test_the_way_back_is_judged_as_argued(pair: dict[str, Any]) -> None:
    """The verdict of head against base."""
    base, head = sides(pair)
    assert _compared(head, base).verdict == pair["back"]


_WITNESSED = [pair for pair in PAIRS if "witness" in pair]


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair["name"]) for pair in _WITNESSED])
def test_a_payload_that_decides_is_shown(pair: dict[str, Any]) -> None:
    """Where a payload decides, the finding at that place carries one that validators have confirmed, from the same side."""
    shown = [
        found.evidence
        for found in _findings(_compared(*sides(pair)))
        if found.element == pair["witness"]["element"] and found.impact in _SERIOUS
    ]
    assert shown
    for evidence in shown:
        assert evidence.kind == "witness"
        assert evidence.accepted_by == pair["witness"]["accepted_by"]


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair["name"]) for pair in _WITNESSED if "wrap" in pair])
def test_the_payload_of_the_argument_decides(pair: dict[str, Any]) -> None:
    """Where the sides are schemas, a plain validator agrees with the argument."""
    witness = pair["witness"]
    accepting = witness["accepted_by"]
    refusing = "head" if accepting == "base" else "base"
    assert Draft202012Validator(pair[accepting]).is_valid(witness["payload"])
    assert not Draft202012Validator(pair[refusing]).is_valid(witness["payload"])
