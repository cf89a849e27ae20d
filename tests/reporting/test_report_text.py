from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from report_strategies import contract, finding, fixture, report

from contractguard.model.change import Direction, Evidence, EvidenceKind, OperationUse
from contractguard.model.finding import Finding, FindingStatus, Impact, Severity
from contractguard.model.places import Location
from contractguard.model.report import (
    ContractStatus,
    Gate,
    GateStatus,
    Report,
    ReportError,
    SideRef,
    Truncation,
    Verdict,
    Versions,
)
from contractguard.reporting import RenderOptions, render


def text(subject: Report, **options: Any) -> str:
    return render(subject, "text", RenderOptions(**options))


def one(**changes: Any) -> Report:
    return report(contract(finding(**changes)))


def test_first_line_is_the_answer() -> None:
    lines = text(fixture("openapi-breaking"), width=120).splitlines()

    assert lines[0] == (
        "✗ BREAKING  2 of 3 contracts, 4 breaking, 1 risky, 6 compatible, 2 info · needs 2.0.0, declares 1.9.0 · gate fails"
    )


def test_unchanged_is_one_line() -> None:
    assert text(fixture("unchanged")) == "✓ UNCHANGED  3 contracts compared, no difference\n"


def test_diff_shows_facts_only() -> None:
    check, diff = (text(fixture("openapi-breaking"), mode=mode) for mode in ("check", "diff"))

    for word in ("gate", "(warning)", "consumer  ", "provider  ", "policy  ", "✗ error"):
        assert word in check
        assert word not in diff
    assert "✗ breaking" in diff
    assert "bump-too-small" not in diff  # info by itself, an error by policy


def test_finding_of_several_operations_is_shown_once() -> None:
    output = text(fixture("openapi-breaking"))

    assert output.count("The type of property 'total'") == 1
    assert "  GET /orders, and 2 more operations\n    also  POST /orders, GET /orders/{id}\n" in output


def sent(payload: Any, accepted_by: str, reason: str | None = "no") -> Evidence:
    return Evidence(EvidenceKind.WITNESS, payload, accepted_by, reason)


def test_payload_that_base_accepts() -> None:
    output = text(one(direction=Direction.INPUT, evidence=sent(None, "base", "null is not allowed")))

    assert "today     this is accepted in an answer: null\n      now       refused: null is not allowed\n" in output


def test_payload_that_head_sends() -> None:
    output = text(one(evidence=sent({"a": "x  y"}, "head")))

    assert '      now       a response may hold this: {"a": "x  y"}\n' in output
    assert "      but       consumers of 1.8.2 do not accept it: no\n" in output


def test_consumers_go_by_the_ref_where_the_versions_tell_nothing() -> None:
    subject = report(contract(finding(evidence=sent(1, "head")), versions=Versions("1.0.0", "1.0.0")))

    assert "consumers of v1.8.2 do not accept it: no" in text(subject)
    assert "1.0.0 on both sides · needs 2.0.0, still declares 1.0.0" in text(subject)


def test_long_payload_is_cut_unless_verbose() -> None:
    subject = one(evidence=sent(["value"] * 200, "base"))

    assert "… 194 more items\n" in text(subject)
    assert "(shortened; --format json has the whole payload)" in text(subject)
    assert text(subject, verbose=True).count('"value"') == 200
    assert "shortened" not in text(subject, verbose=True)


def test_unproved_says_so() -> None:
    assert "evidence  not proved: neither a proof nor a payload" in text(one(evidence=Evidence(EvidenceKind.UNPROVED)))
    assert "evidence  not proved: too large" in text(one(evidence=Evidence(EvidenceKind.UNPROVED, note="too large")))


def test_proof_is_told_on_request() -> None:
    subject = one(evidence=Evidence(EvidenceKind.PROOF, note="the bound cannot bind"))

    assert "bound cannot bind" not in text(subject)
    assert "      evidence  proved: the bound cannot bind\n" in text(subject, verbose=True)


def test_what_a_rule_says_is_told_once_unless_verbose() -> None:
    subject = report(contract(*(finding(i << 120, message=f"m{i}", element=f"e{i}") for i in (1, 2))))

    assert text(subject).count("Send both.") == 1
    assert "rule      type-changed · fp1:02000000 · advice: fp1:01000000\n" in text(subject)
    assert text(subject, verbose=True).count("Send both.") == 2
    assert "advice:" not in text(subject, mode="diff")


def test_the_other_direction_has_a_reason_and_advice_of_its_own() -> None:
    both = [finding(1 << 120, message="m1"), finding(2 << 120, message="m2", direction=Direction.INPUT)]

    assert text(report(contract(*both))).count("Send both.") == 2


def test_large_values_are_outlined() -> None:
    before = {"type": "object", "properties": {f"p{i}": {"type": "string"} for i in range(50)}}
    output = text(one(before=before, after={"type": "array", "items": before}))

    assert 'change    {"type": "object", "properties": {…}} → {"type": "array",' in output
    assert "p49" not in output


def test_values_whose_outlines_are_the_same_are_left_to_explain() -> None:
    parts = [{"properties": {f"p{i}": {"type": kind} for i in range(50)}} for kind in ("string", "integer")]

    assert "change  " not in text(one(before=parts[0], after=parts[1]))


@pytest.mark.parametrize(
    ("before", "after", "message", "shown"),
    [
        ("integer", "object", "It changed", "change    integer → object\n"),
        ("integer", "object", "It went from integer to object", None),
        (5, None, "It changed", "change    was 5\n"),
        (None, ["a"], "It changed", 'change    is now ["a"]\n'),
        (None, {"a": 1}, "It changed", None),
        (None, None, "It changed", None),
        ("5", 5, "It changed", 'change    "5" → 5\n'),
        ("", " x", "It changed", 'change    "" → " x"\n'),
        ("null", False, "It changed", 'change    "null" → false\n'),
    ],
)
def test_change_is_shown_where_the_message_does_not_tell_it(before: Any, after: Any, message: str, shown: Any) -> None:
    output = text(one(before=before, after=after, message=message))

    assert (shown in output) if shown else ("change  " not in output)


@pytest.mark.parametrize(
    ("base", "head", "shown"),
    [
        (("api.yaml", 3), ("api.yaml", 5), " api.yaml:5\n"),
        (("api.yaml", 3), None, " api.yaml:3 (base)\n"),
        (None, ("other/part.yaml", 5), " other/part.yaml:5\n"),
        (None, ("p/" * 50 + "x.yaml", 5), "p/p/x.yaml:5\n"),
    ],
)
def test_position_is_at_the_right(base: Any, head: Any, shown: Any) -> None:
    places = [Location(place[0], "/x", place[1], 1) if place else None for place in (base, head)]
    output = text(one(base=places[0], head=places[1]))
    (line,) = [line for line in output.splitlines() if line.endswith(shown.strip())]

    assert len(line) <= 80
    assert line.endswith(shown.rstrip())


def test_location_below_the_folder_of_its_contract_is_named_in_full() -> None:
    subject = report(contract(finding(head=Location("apis/a/api.yaml", "", 7, 1)), path="apis/a/api.yaml"))

    assert " api.yaml:7\n" in text(subject)
    assert "apis/a/api.yaml:7" not in text(subject)


def test_severity_is_shown_where_it_is_not_the_usual_one() -> None:
    assert "✗ breaking  The" in text(one())
    assert "✗ breaking (warning)  The" in text(one(severity=Severity.WARNING))
    assert "✗ breaking (waived)  The" in text(one(status=FindingStatus.WAIVED))
    assert "✗ risky (error, approved)  The" in text(
        one(impact=Impact.RISKY, severity=Severity.ERROR, status=FindingStatus.APPROVED)
    )
    assert "! warning  The" in text(one(impact=Impact.COMPATIBLE, severity=Severity.WARNING))


def test_trail_shows_what_moved_and_verbose_shows_all() -> None:
    subject = one(trail=("error: profile", "error → warning: beta"))

    assert "policy    error → warning: beta" in text(subject)
    assert "error: profile" not in text(subject)
    assert "policy    error: profile" in text(subject, verbose=True)


def many(number: int) -> list[Finding]:
    return [
        finding(
            i,
            element=f"GET /r{i}",
            subject=f"operation GET /r{i}",
            message=f"Operation GET /r{i} is gone",
            title="Gone",
        )
        for i in range(number)
    ]


def test_alike_findings_are_folded_and_verbose_shows_every_place() -> None:
    subject = report(contract(*many(40)))

    assert "✗ breaking  Operation … is gone (40 places)" in text(subject)
    assert "and 37 more (--verbose shows all)" in text(subject)
    assert text(subject).count("GET /r") < 10
    assert all(f"GET /r{i} " in text(subject, verbose=True) for i in range(40))


def test_one_place_more_is_shown_and_not_counted() -> None:
    assert "more (--verbose" not in text(report(contract(*many(4))))


def test_light_findings_are_one_line_unless_verbose() -> None:
    added = [
        finding(i, impact=Impact.COMPATIBLE, severity=Severity.INFO, title="Added", message=f"m{i}") for i in range(3)
    ]
    noted = finding(9, impact=Impact.INFO, severity=Severity.INFO, title="Noted", message="docs")
    subject = report(contract(*added, noted, verdict=Verdict.COMPATIBLE), verdict=Verdict.COMPATIBLE)

    assert "  ✓ 3 compatible, 1 for information: Added (3), Noted\n" in text(subject)
    assert "more: --verbose" in text(subject)
    assert "why:" not in text(subject)
    shown = text(subject, verbose=True)
    assert all(f"✓ compatible  m{i}" in shown for i in range(3))
    assert "· info  docs" in shown
    assert "more: --verbose" not in shown


def test_hints_name_the_worst_finding() -> None:
    subject = report(
        contract(finding(0x1B << 120, impact=Impact.RISKY, severity=Severity.WARNING), finding(0x2C << 120))
    )

    assert "why: contractguard explain fp1:2c000000 v1.8.2 HEAD\n" in text(subject)


@pytest.mark.parametrize(
    ("base", "head", "shown"),
    [
        ("main", "worktree", "main"),
        ("main", "index", "main --index"),
        ("old dir/a.yaml", "b.yaml", "'old dir/a.yaml' b.yaml"),
        ("merge base of main and HEAD", "worktree", ""),
        ("merge base of main and HEAD", "index", "--index"),
        ("merge base of v1 and v2", "v2", "v1...v2"),
        ("-", "b.yaml", "--report REPORT.json"),
        ("a.yaml", "/dev/fd/63", "--report REPORT.json"),
    ],
)
def test_hint_is_a_command_that_finds_the_finding(base: str, head: str, shown: str) -> None:
    subject = replace(one(), base=SideRef(base, None), head=SideRef(head, None))

    assert f"why: contractguard explain fp1:00000000 {shown}".rstrip() + "\n" in text(subject)


def different(number: int) -> list[Finding]:
    return [finding(i, message=f"message {i}", rule=f"rule-{i:03d}", element=f"E{i}") for i in range(number)]


def test_of_many_different_findings_the_first_are_in_full_and_the_others_on_a_line() -> None:
    output = text(report(contract(*different(100))))

    assert output.count("      rule      ") == 24
    short = output.partition("further, in short\n")[2]
    assert short.count("✗ breaking  message") == 40
    assert "    and 36 more findings (--verbose shows all)\n" in short
    assert text(report(contract(*different(100))), verbose=True).count("      rule      ") == 100


def test_one_line_more_is_shown_and_not_counted() -> None:
    output = text(report(contract(*different(24 + 41))))

    assert "more finding" not in output
    assert "further, in short" not in text(report(contract(*different(24))))


def test_every_contract_shows_its_worst_findings_in_full() -> None:
    output = text(report(contract(*different(100)), contract(*different(100), id="other")))

    assert output.count("      rule      ") == 24 + 3


def test_errors_come_with_place_and_remedy() -> None:
    output = text(fixture("unreadable"))

    assert (
        "the reference '#/components/schemas/Invoise' leads nowhere\n      at      billing/openapi.yaml:88:13 at HEAD\n"
        in output
    )
    assert "      remedy  git fetch --refetch origin v1.8.2\n" in output


def test_many_errors_are_cut_unless_verbose() -> None:
    subject = report(errors=tuple(ReportError(message=f"wrong {i}", exit_code=3) for i in range(30)))

    assert "and 10 more errors" in text(subject)
    assert "wrong 29" in text(subject, verbose=True)


def test_worst_contract_comes_first() -> None:
    subject = report(
        contract(id="a", verdict=Verdict.COMPATIBLE),
        contract(id="b", verdict=Verdict.BREAKING),
        contract(id="c", status=ContractStatus.UNREADABLE, verdict=Verdict.UNKNOWN),
        contract(id="d", status=ContractStatus.UNCHANGED, verdict=Verdict.UNCHANGED),
    )
    names = [line.split("  ")[0] for line in text(subject).splitlines() if line.endswith("  api.yaml")]

    assert names == ["c", "b", "a"]


def test_truncation_and_gate_are_said() -> None:
    subject = replace(
        one(),
        truncated=Truncation(1200, "too many"),
        gate=Gate(GateStatus.FAIL, Severity.ERROR, ("first reason", "second reason")),
    )

    assert "! 1,200 findings left out: too many\n" in text(subject)
    assert "gate fails (threshold: error)\n  - first reason\n  - second reason\n" in text(subject)


def test_findings_of_no_contract_stand_first() -> None:
    moved = finding(7, operations=(), element="contractguard.yaml", message="The policy changed")
    output = text(report(contract(finding()), findings=(moved,)))

    assert output.index("across contracts\n") < output.index("The policy changed") < output.index("orders-api")


def test_place_is_not_said_twice() -> None:
    use = OperationUse("GET", "/orders", "query parameter limit")
    output = text(one(element="GET /orders > query parameter limit", operations=(use,)))

    assert "      in        query parameter limit\n" in output


def test_nothing_is_said_by_colour_alone_and_colours_end() -> None:
    colored = text(fixture("openapi-breaking"), color=True)

    assert "\x1b[1;31m✗ BREAKING\x1b[0m" in colored
    assert all(line.count("\x1b[0m") * 2 == line.count("\x1b[") for line in colored.splitlines())


@pytest.mark.parametrize("filling", ["x", "漢", "\x1b", "a b "])
def test_huge_values_are_cut_and_cost_little(filling: str) -> None:
    huge = filling * 100_000
    subject = one(before=huge, after=[huge], message=huge, element=huge, because=huge, operations=())

    assert len(text(subject)) < 10_000
    assert len(text(subject, verbose=True)) > 100_000


def test_values_of_one_thing_are_listed() -> None:
    found = [finding(i, message=f"'v{i:02d}' is a new value of property 'a'", after=f"v{i:02d}") for i in range(30)]
    output = text(report(contract(*found)))

    assert "… is a new value of property 'a' (30 changes)\n" in output
    assert "      each      'v00', 'v01'," in output
    assert "'v11', and 18 more\n" in output
    assert output.count("components/schemas/Order > total") == 1
