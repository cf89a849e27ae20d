from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt
from report_strategies import HOSTILE, contract, finding, fixture, report

from contractguard.model.change import Direction, Evidence, EvidenceKind, OperationUse
from contractguard.model.finding import Finding, Impact, Migration, Severity
from contractguard.model.payload import Role
from contractguard.model.report import Gate, GateStatus, Report, ReportError
from contractguard.reporting import RenderOptions, render
from contractguard.reporting.markdown import COMMENT_LIMIT

READER = MarkdownIt("commonmark").enable("table")


def text(subject: Report, **options: Any) -> str:
    return render(subject, "markdown", RenderOptions(**options))


def test_report_reads_as_it_should() -> None:
    html = READER.render(text(fixture("openapi-breaking")))

    assert html.startswith("<h2>✗ Breaking: 2 of 3 contracts, 4 breaking, 1 risky, 6 compatible, 2 info · needs 2.0.0,")
    assert "<td><code>orders-api</code><br><code>apis/orders/openapi.yaml</code></td>" in html
    assert html.count("<tr>") == 3
    assert "<strong>What the consumer does:</strong> Read both forms" in html
    assert "<strong>What the provider does:</strong> Add a new property" in html
    assert (
        "<strong>Affects:</strong> <code>GET /orders</code>, <code>POST /orders</code>, <code>GET /orders/{id}</code>"
        in html
    )
    assert '<pre><code class="language-json">{&quot;id&quot;: 7, &quot;total&quot;:' in html
    assert "<details>\n<summary>5 compatible, 1 info</summary>\n<ul>" in html
    assert "<code>^[A-Z]-[0-9]+$</code> → <code>^[A-Z]{1,3}-[0-9]{1,8}$</code>" in html
    assert "1 contract unchanged." in html


def test_unchanged_is_one_line() -> None:
    assert text(fixture("unchanged")) == "## ✓ Unchanged: 3 contracts compared, no difference\n"


def test_diff_shows_no_gate_and_no_severity() -> None:
    diff = text(fixture("openapi-breaking"), mode="diff")

    assert "ate fails" not in diff
    assert "(warning)" not in diff
    assert "**Policy:**" not in diff


def test_errors_have_place_and_remedy() -> None:
    html = READER.render(text(fixture("unreadable")))

    assert "<h3>Could not be compared</h3>" in html
    assert "<code>billing/openapi.yaml:88:13</code> at <code>HEAD</code>: the reference" in html
    assert "<br />\n<strong>Remedy:</strong> git fetch --refetch origin v1.8.2</li>" in html


def flood(number: int, **changes: Any) -> list[Finding]:
    return [
        finding(
            i,
            message=f"Message {i} has words of its own",
            element=f"components/schemas/T{i}",
            because="Because. " * 20,
            evidence=Evidence(EvidenceKind.WITNESS, {"value": "x" * 200}, "base", "it is refused"),
            **changes,
        )
        for i in range(number)
    ]


def test_too_much_is_shortened_then_left_out_worst_first() -> None:
    risky = flood(900, impact=Impact.RISKY, severity=Severity.WARNING, rule="risky-rule")
    output = text(report(contract(*risky), contract(*flood(60), id="other")))

    assert COMMENT_LIMIT * 0.8 < len(output.encode()) < COMMENT_LIMIT
    assert output.count("#### ✗ Breaking") + output.count("- ✗ Breaking") == 60
    assert 0 < output.count("- ⚠ Risky") < 900
    assert "#### ⚠ Risky" not in output
    left_out = 900 - output.count("- ⚠ Risky")
    assert f"{left_out} further entries not at all" in output
    assert "contractguard render REPORT.json --format text --verbose" in output


def test_what_fits_is_shown_in_full() -> None:
    output = text(report(contract(*flood(10))))

    assert output.count("#### ✗ Breaking") == 10
    assert "To stay within" not in output


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("filling", [*HOSTILE, *"<漢`\u202e@|\n"])
def test_no_text_makes_it_longer_than_a_comment(filling: str, verbose: bool) -> None:
    big = filling * (4_000 // len(filling) + 1)
    uses = tuple(OperationUse("GET", f"{i}{filling}", filling, filling, filling) for i in range(100))
    findings = [
        finding(
            i,
            message=f"{i}{big}",
            title=big,
            element=f"{i}{big}",
            rule=big,
            because=big,
            operations=uses,
            before=big,
            after=[big],
            trail=(f"→{big}",),
            migration=Migration(big, big),
            impact=impact,
            evidence=Evidence(EvidenceKind.WITNESS, {big: [big]}, "head", big),
        )
        for i, impact in enumerate([Impact.BREAKING, Impact.RISKY, Impact.COMPATIBLE, Impact.INFO])
    ]
    error = ReportError(message=big, exit_code=3, path=big, remedy=big)
    contracts = [
        contract(*findings, id=f"{i}{big}", path=big, owner=big, notes=(big,), errors=(error,)) for i in range(30)
    ]
    subject = report(*contracts, errors=(error,) * 60, notes=(big,) * 60, gate=Gate(GateStatus.FAIL, None, (big,) * 60))

    assert len(text(subject, verbose=verbose).encode()) < COMMENT_LIMIT


def test_long_payload_is_cut() -> None:
    output = text(report(contract(finding(evidence=Evidence(EvidenceKind.WITNESS, list(range(500)), "base", "no")))))

    assert "  0, 1, 2, 3,\n  … 494 more items\n  498, 499\n]\n```" in output
    assert "(shortened; the report as JSON has it whole)" in output


def test_null_payload_is_shown() -> None:
    subject = report(contract(finding(evidence=Evidence(EvidenceKind.WITNESS, None, "base", "no"))))

    assert "```json\nnull\n```\n\n**Now** no longer valid: no\n" in text(subject)


def test_witness_stands_in_its_call_between_the_facts_and_what_to_do() -> None:
    use = OperationUse("POST", "/orders", "request body", "", "application/json")
    evidence = Evidence(EvidenceKind.WITNESS, {"a": 1}, "base", "'b' is missing", role=Role.REQUEST)
    output = text(
        report(
            contract(
                finding(
                    direction=Direction.INPUT,
                    element="POST /orders > request > application/json > b",
                    operations=(use,),
                    evidence=evidence,
                )
            )
        )
    )

    block = (
        "```http\nPOST /orders\nContent-Type: application/json\n\n{\"a\": 1}\n```\n\n**Now** refused: 'b' is missing"
    )
    assert f"**Today**, this request is accepted:\n\n{block}" in output
    assert output.index("**Why:**") < output.index("```http") < output.index("**What the consumer does:**")


def test_what_a_rule_says_is_told_once() -> None:
    found = [finding(i, message=f"m{i}", element=f"e{i}") for i in range(2)]
    output = text(report(contract(*found)))

    assert output.count("**What the provider does:**") == 1
    assert output.count("**Why:**") == 1
    assert "- **Why and what to do:** as for `fp1:00000000000000000000000000000000`" in output


def test_proofs_are_told_on_request_only() -> None:
    proved = report(contract(finding(evidence=Evidence(EvidenceKind.PROOF, note="the bound cannot bind"))))

    assert "bound cannot bind" not in text(proved)
    assert "- **Evidence:** proved: the bound cannot bind\n" in text(proved, verbose=True)
    unproved = report(contract(finding(evidence=Evidence(EvidenceKind.UNPROVED, note="look-ahead"))))
    assert "- **Evidence:** not proved: look-ahead\n" in text(unproved)
