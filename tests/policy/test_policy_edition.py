"""A policy pins an edition of the rules: newer ones do not gate."""

from __future__ import annotations

import pytest
from policy_makers import TextDocuments, finding

from contractguard.errors import UsageError
from contractguard.model.finding import Severity
from contractguard.policy import apply_edition, load_policy

SINCE = {"operation-removed": "2026-11", "newer": "2027-03"}


def test_a_rule_newer_than_the_edition_informs() -> None:
    (pinned,) = apply_edition([finding(rule="newer", trail=("before",))], SINCE, "2027-02")
    assert pinned.severity is Severity.INFO
    assert pinned.trail == ("before", "error → info: newer came with edition 2027-03, and policy pins 2027-02")


@pytest.mark.parametrize("edition", ["2027-03", "2027-04", None])
def test_a_rule_of_the_edition_or_an_older_one_gates(edition: str | None) -> None:
    (kept,) = apply_edition([finding(rule="newer")], SINCE, edition)
    assert kept == finding(rule="newer")


def test_rules_of_ones_own_have_no_edition() -> None:
    (kept,) = apply_edition([finding(rule="ours")], SINCE, "2026-11")
    assert kept.severity is Severity.ERROR


@pytest.mark.parametrize("severity", [Severity.INFO, Severity.OFF])
def test_what_does_not_gate_anyway_stays(severity: Severity) -> None:
    mild = finding(rule="newer", severity=severity)
    assert apply_edition([mild], SINCE, "2026-11") == (mild,)


def load(text: str) -> object:
    documents = TextDocuments({"contractguard.yaml": text})
    return load_policy(documents, ref=None, read_bytes=documents.read_bytes)


@pytest.mark.parametrize("edition", ["2026", "2026-13", "next", "2026-11-01"])
def test_an_edition_is_a_year_and_a_month(edition: str) -> None:
    with pytest.raises(UsageError, match="is not an edition") as caught:
        load(f"version: 1\nedition: '{edition}'\n")
    assert (caught.value.line, caught.value.remedy) == (2, 'write a year and a month: "2026-11"')


def test_an_edition_that_is_not_at_hand_is_refused() -> None:
    policy = load("version: 1\nedition: '2027-01'\n")
    policy.check_edition("2027-01")  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="edition 2027-01, and the newest at hand is 2026-11") as caught:
        policy.check_edition("2026-11")  # type: ignore[attr-defined]
    assert caught.value.path == "contractguard.yaml"
