from __future__ import annotations

from typing import Any

import pytest
from report_strategies import contract, finding, fixture, report

from contractguard.errors import UsageError
from contractguard.model.change import Effect, Evidence, EvidenceKind, OperationUse
from contractguard.model.finding import FindingStatus
from contractguard.model.payload import SchemaPlace
from contractguard.model.places import Location
from contractguard.model.schema import Dialect
from contractguard.reporting import RenderOptions, explain_finding

TOTAL = fixture("openapi-breaking").contracts[0].findings[0]


@pytest.mark.parametrize("prefix", [TOTAL.fingerprint, TOTAL.fingerprint[:12], TOTAL.fingerprint[4:12]])
def test_everything_is_told(prefix: str) -> None:
    text = explain_finding(fixture("openapi-breaking"), prefix)

    for told in (
        TOTAL.fingerprint,
        TOTAL.message,
        "orders-api  apis/orders/openapi.yaml",
        "contractguard explain type-changed",
        "breaking, needs a major version step; severity error, open",
        TOTAL.because,
        "output: the provider sends it, the consumer reads it",
        "incomparable: something is valid that was not, and something no longer is",
        "incomparable × output → breaking",  # noqa: RUF001
        "components/schemas/Order > total",
        "POST /orders response 201 application/json",
        "apis/orders/openapi.yaml:208:11",
        "apis/orders/openapi.yaml:212:11",
        '"integer"',
        'a response may hold this: {"id": 7, "total": {"amount": "12.50", "currency": "EUR"}}',
        'consumers of 1.8.2 do not accept it: "total" is not of type integer',
        "confirmed by an independent validator",
        TOTAL.migration.consumer,
        "error: profile recommended",
    ):
        assert told in text or told in " ".join(text.split()), told
    assert all(len(line) <= 80 for line in text.splitlines())


def test_side_where_it_is_not_is_said() -> None:
    assert "  base         not there at v1.8.2\n" in explain_finding(report(contract(finding())), "fp1:0")


def test_status_is_said() -> None:
    subject = report(contract(finding(status=FindingStatus.WAIVED)))

    assert "severity error, waived" in explain_finding(subject, "fp1", RenderOptions(width=200))


def explained(**changes: Any) -> str:
    return explain_finding(report(contract(finding(**changes))), "fp1:")


def test_what_is_not_proved_says_what_stopped_the_proof_and_keeps_its_impact() -> None:
    text = explained(evidence=Evidence(EvidenceKind.UNPROVED, note="a pattern with look-ahead"))

    assert "not proved: a pattern with look-ahead\n" in text
    assert "What is not proved keeps the impact that its rule gives." in text


def test_proof_gives_its_reason() -> None:
    text = explained(effect=Effect.WIDENED, evidence=Evidence(EvidenceKind.PROOF, note="the bound cannot bind"))

    assert "  standing     proved: the bound cannot bind\n" in text
    assert "widened × output → breaking" in text  # noqa: RUF001
    assert "keeps the impact" not in text


def test_a_rule_that_forbids_a_read_is_named() -> None:
    text = explained(evidence=Evidence(EvidenceKind.RULE, note="the section of sizes"))

    assert "  standing     the section of sizes\n" in text
    assert text.count("the section of sizes") == 1


def test_what_is_not_about_payloads_says_so_and_names_no_effect_as_its_reason() -> None:
    text = explained(evidence=Evidence(EvidenceKind.RULE))

    assert "by its rule → breaking" in text
    assert "this is not about payloads; the rule alone says so" in text


def test_schemas_of_the_witness_are_named_once_where_they_are_one() -> None:
    first, second = (SchemaPlace("a.yaml", pointer, Dialect.OPENAPI_3_1) for pointer in ("/a", ""))
    same = explained(evidence=Evidence(EvidenceKind.WITNESS, 1, "base", "no", None, first, first))
    other = explained(evidence=Evidence(EvidenceKind.WITNESS, 1, "base", "no", None, first, second))

    assert "  schema       a.yaml  /a\n" in same
    assert "  base schema  a.yaml  /a\n  head schema  a.yaml  (the whole document)\n" in other


def test_long_values_and_many_operations_are_cut_unless_verbose() -> None:
    uses = tuple(OperationUse("GET", f"/o{i:03d}", "response", "200") for i in range(40))
    subject = report(contract(finding(before=list(range(400)), operations=uses)))
    brief, whole = (explain_finding(subject, "fp1:", RenderOptions(verbose=verbose)) for verbose in (False, True))

    assert "… 394 more items" in brief
    assert "(shortened; --verbose shows all)" in brief
    assert "and 28 more (--verbose shows all)" in brief
    assert "/o012" not in brief
    assert " 399\n" in whole
    assert "/o039" in whole
    assert "shortened" not in whole


def test_null_is_not_shown_as_a_value_that_was_there() -> None:
    assert "null" not in explained(before=None, after=None, base=Location("api.yaml", "/x", 3, 1))


def test_finding_of_no_contract_is_found() -> None:
    assert "type-changed" in explain_finding(report(findings=(finding(5),)), "fp1:")


@pytest.mark.parametrize("prefix", ["", "fp1:ffff", "\x1b[31m"])
def test_unknown_fingerprint(prefix: str) -> None:
    with pytest.raises(UsageError, match="no finding of this report") as caught:
        explain_finding(report(contract(finding())), prefix)
    assert "\x1b" not in caught.value.message


def test_ambiguous_fingerprint_lists_the_candidates() -> None:
    subject = report(contract(*(finding(i) for i in range(1, 30))))

    with pytest.raises(UsageError, match="29 findings") as caught:
        explain_finding(subject, "fp1:0")
    assert caught.value.remedy.count("fp1:") == 10
    assert caught.value.remedy.endswith("…")
