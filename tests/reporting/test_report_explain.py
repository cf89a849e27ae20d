from __future__ import annotations

import pytest
from report_strategies import contract, finding, fixture, report

from contractguard.errors import UsageError
from contractguard.model.finding import FindingStatus
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
        "breaking, needs a major version step, severity error, open",
        TOTAL.because,
        "output: what the provider emits",
        "type.changed, valid payloads or calls: incomparable",
        "components/schemas/Order > total",
        "POST /orders response 201 application/json",
        "apis/orders/openapi.yaml:208:11",
        "apis/orders/openapi.yaml:212:11",
        '"integer"',
        "witness: a payload that one side accepts",
        '{"id": 7, "total": {"amount": "12.50", "currency": "EUR"}}',
        "accepted at 1.9.0, refused by consumers of 1.8.2: 'total' is not of type",
        TOTAL.migration.consumer,
        "error: profile recommended",
    ):
        assert told in text or told in " ".join(text.split()), told
    assert all(len(line) <= 80 for line in text.splitlines())


def test_side_where_it_is_not_is_said() -> None:
    assert "base         not there at v1.8.2\n" in explain_finding(report(contract(finding())), "fp1:0")


def test_status_is_said() -> None:
    subject = report(contract(finding(status=FindingStatus.WAIVED)))

    assert "severity error, waived" in explain_finding(subject, "fp1", RenderOptions(width=200))


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
