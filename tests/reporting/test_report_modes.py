"""Compatibility in the words of registries: which half of a mode breaks, and whose data are read with which schema."""

from __future__ import annotations

from typing import Any

import pytest
from report_strategies import contract, finding, report

from contractguard.model.change import Direction, Evidence, EvidenceKind
from contractguard.model.document import ContractKind
from contractguard.model.finding import Against, CompatibilityMode, Finding, FindingStatus, Impact, Severity
from contractguard.model.report import ContractReport, ContractStatus, Report, Verdict, Versions
from contractguard.reporting import RenderOptions, explain_finding, render
from contractguard.reporting.entries import worst
from contractguard.reporting.modes import base_name, half_of, halves, mode_name
from contractguard.reporting.witness import witness_of

OLDER = Against("1.0.0", "v1.0.0", "c" * 40, "order.avsc")
FULL = CompatibilityMode.FULL_TRANSITIVE


def avro(number: int = 1, direction: Direction = Direction.INPUT, **changes: Any) -> Finding:
    return finding(number, **{"change": "avro.type-changed", "direction": direction, "operations": (), **changes})


def event(*findings: Finding, **changes: Any) -> ContractReport:
    settings = {"kind": ContractKind.AVRO, "mode": FULL, "versions": Versions(None, None), **changes}
    return contract(*findings, **settings)


def on(found: Finding, **changes: Any) -> tuple[Finding, Report, ContractReport]:
    held = event(found, **changes)
    return found, report(held), held


@pytest.mark.parametrize(
    ("direction", "changes", "said"),
    [
        (Direction.INPUT, {}, "BACKWARD: data of v1.8.2, read with HEAD"),
        (Direction.OUTPUT, {}, "FORWARD: data of HEAD, read with v1.8.2"),
        (Direction.INPUT, {"against": OLDER}, "BACKWARD: data of 1.0.0, read with HEAD"),
        (Direction.OUTPUT, {"against": OLDER}, "FORWARD: data of HEAD, read with 1.0.0"),
        (Direction.INPUT, {"impact": Impact.COMPATIBLE}, ""),
        (Direction.INPUT, {"change": "version.unchanged"}, ""),
        (Direction.INPUT, {"change": "a-kind.of-tomorrow"}, ""),
    ],
)
def test_a_finding_says_whose_data_are_read_with_what(direction: Direction, changes: dict[str, Any], said: str) -> None:
    assert half_of(*on(avro(direction=direction, **changes))) == said


def test_one_half_alone_needs_no_word_unless_it_is_about_an_older_version() -> None:
    backward = CompatibilityMode.BACKWARD_TRANSITIVE
    assert half_of(*on(avro(), mode=backward)) == ""
    assert half_of(*on(avro(against=OLDER), mode=backward)) == "BACKWARD: data of 1.0.0, read with HEAD"


def test_a_json_schema_has_payloads_and_a_call_has_neither_half() -> None:
    assert half_of(*on(avro(), kind=ContractKind.JSONSCHEMA)) == "BACKWARD: payloads of v1.8.2, read with HEAD"
    assert half_of(*on(avro(), kind=ContractKind.OPENAPI)) == ""
    assert half_of(avro(), report(), None) == ""


def test_versions_stand_for_the_refs_where_they_differ() -> None:
    found, whole, held = on(avro(), versions=Versions("3.1.0", "3.2.0"))
    assert half_of(found, whole, held) == "BACKWARD: data of 3.1.0, read with 3.2.0"
    assert base_name(avro(against=OLDER), whole, held) == "1.0.0"


def test_the_halves_are_counted() -> None:
    found = (
        avro(1),
        avro(2, impact=Impact.RISKY),
        avro(3, impact=Impact.COMPATIBLE),
        avro(4, Direction.OUTPUT, change="version.unchanged"),
    )
    assert halves(event(*found)) == "BACKWARD 1 breaking, 1 risky · FORWARD nothing breaks"
    assert halves(event(*found, mode=CompatibilityMode.BACKWARD)) == ""
    assert halves(event(*found, kind=ContractKind.OPENAPI)) == ""
    assert halves(event(avro(impact=Impact.INFO))) == ""


@pytest.mark.parametrize(
    ("kind", "mode", "said"),
    [
        (ContractKind.OPENAPI, CompatibilityMode.BACKWARD, ""),
        (ContractKind.OPENAPI, CompatibilityMode.FULL, "FULL"),
        (ContractKind.AVRO, CompatibilityMode.BACKWARD, "BACKWARD"),
    ],
)
def test_the_mode_is_named_where_it_is_not_the_usual(kind: ContractKind, mode: CompatibilityMode, said: str) -> None:
    assert mode_name(event(kind=kind, mode=mode)) == said


def test_readers_are_those_of_the_version_that_the_finding_is_about() -> None:
    evidence = Evidence(EvidenceKind.WITNESS, {"id": "a"}, "head", "no")
    witness = witness_of(*on(avro(direction=Direction.OUTPUT, against=OLDER, evidence=evidence)))
    assert witness is not None
    assert witness.refusal == "readers of 1.0.0 cannot read it: no"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_report_says_it(form: str) -> None:
    held = event(avro(), avro(2, Direction.OUTPUT, against=OLDER), verdict=Verdict.BREAKING)
    written = render(report(held), form, RenderOptions()).replace("\\_", "_")
    for said in (
        "FULL_TRANSITIVE",
        "BACKWARD 1 breaking · FORWARD 1 breaking",
        "BACKWARD: data of v1.8.2, read with HEAD",
        "FORWARD: data of HEAD, read with 1.0.0",
    ):
        assert said in written


def test_explaining_asks_for_the_same_mode() -> None:
    """In another mode the finding may not be there."""
    written = render(report(event(avro(5), verdict=Verdict.BREAKING)), "text", RenderOptions())
    assert " ".join(written.split()).endswith(
        f"why: contractguard explain {avro(5).fingerprint[:12]} v1.8.2 HEAD --compatibility FULL_TRANSITIVE"
    )


def test_the_page_of_a_finding_names_the_version_it_is_about() -> None:
    found, whole, _ = on(avro(against=OLDER))
    page = explain_finding(whole, found.fingerprint)
    assert "mode         BACKWARD: data of 1.0.0, read with HEAD\n" in page
    assert "at 1.0.0" in page


def test_what_policy_calls_an_error_is_looked_at_first() -> None:
    lenient = avro(1, severity=Severity.WARNING)
    waived = avro(2, status=FindingStatus.WAIVED)
    stopped = avro(3)
    assert worst([lenient, waived, stopped], judged=True) is stopped
    assert worst([lenient, waived], judged=True) is lenient
    assert worst([avro(4, impact=Impact.RISKY), lenient], judged=False) is lenient


def test_a_new_version_that_breaks_is_not_only_new() -> None:
    new = event(avro(), status=ContractStatus.ADDED, verdict=Verdict.BREAKING)
    assert "| ✗ new, breaking |" in render(report(new), "markdown", RenderOptions())
    alone = event(status=ContractStatus.ADDED, verdict=Verdict.COMPATIBLE)
    assert "| ✓ new |" in render(report(alone), "markdown", RenderOptions())
