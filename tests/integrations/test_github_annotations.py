"""What is shown beside the lines of a pull request."""

from __future__ import annotations

from dataclasses import replace

from action_makers import finding, report

from contractguard.errors import UsageError
from contractguard.integrations.github.annotations import annotate, of_exception
from contractguard.integrations.github.commands import Level
from contractguard.model.change import Direction, Evidence, EvidenceKind, OperationUse
from contractguard.model.document import ContractKind
from contractguard.model.finding import Against, CompatibilityMode, FindingStatus, Impact, Severity
from contractguard.model.places import Location
from contractguard.model.report import ReportError


def test_a_finding_stands_at_its_line_with_what_to_do() -> None:
    (annotation,) = annotate(report(finding()), prefix="checkout/")
    assert (annotation.level, annotation.title) == (Level.ERROR, "breaking: Operation removed")
    assert (annotation.path, annotation.line, annotation.column) == ("checkout/apis/orders.yaml", 7, 3)
    assert annotation.message == "GET /orders is gone\nIn GET /orders\nCallers get 404.\nProvider: Keep it."


def test_a_witness_is_told_in_short() -> None:
    use = OperationUse("POST", "/orders", "request body", "", "application/json")
    payload = {"note": "%0A::error::" + "x" * 900}
    evidence = Evidence(EvidenceKind.WITNESS, payload, "base", "'note' is too long\n::error::")
    (annotation,) = annotate(
        report(
            finding(element="POST /orders > request", operations=(use,), evidence=evidence, direction=Direction.INPUT)
        )
    )
    example = annotation.message.split("\n")[3]
    assert example.startswith('Today, this request is accepted: POST /orders {"note": "%0A::error::xxx')
    assert example.endswith("; now refused: 'note' is too long ::error::")
    assert len(example) < 300
    assert annotation.message.endswith("\nProvider: Keep it.")
    assert "%250A" in annotation.command()


def test_an_event_says_which_half_of_its_mode_breaks() -> None:
    older = Against("1.0.0", "v1.0.0", None, "order.avsc")
    whole = report(finding(change="avro.type-changed", direction=Direction.INPUT, operations=(), against=older))
    (held,) = whole.contracts
    event = replace(held, kind=ContractKind.AVRO, mode=CompatibilityMode.FULL_TRANSITIVE)
    (annotation,) = annotate(replace(whole, contracts=(event,)))
    assert "\nBACKWARD: data of 1.0.0, read with 1.1.0\n" in annotation.message


def test_what_head_has_lost_stands_beside_its_file() -> None:
    (annotation,) = annotate(report(finding(head=None, base=Location("old.yaml", "/a", 9, 1))))
    assert (annotation.path, annotation.line, annotation.column) == ("old.yaml", None, None)
    (annotation,) = annotate(report(finding(head=None)))
    assert annotation.path is None


def test_the_operations_reached_are_counted() -> None:
    uses = tuple(
        OperationUse(*use) for use in [("POST", "/b"), ("GET", "/a"), ("GET", "/a", "response"), ("GET", "/c")]
    )
    messages = [annotate(report(finding(operations=uses[:count])))[0].message for count in (1, 2, 4)]
    assert "In POST /b\n" in messages[0]
    assert "In GET /a, and 1 more operation\n" in messages[1]
    assert "In GET /a, and 2 more operations\n" in messages[2]


def test_levels_follow_severity_and_compatible_changes_are_not_shown() -> None:
    shown = annotate(
        report(
            finding(severity=Severity.INFO, impact=Impact.BREAKING, message="ended"),
            finding(severity=Severity.WARNING, impact=Impact.RISKY, message="risky"),
            finding(severity=Severity.INFO, impact=Impact.COMPATIBLE),
            finding(severity=Severity.ERROR),
            finding(status=FindingStatus.WAIVED),
        )
    )
    assert [annotation.level for annotation in shown] == [Level.ERROR, Level.WARNING, Level.NOTICE]
    assert shown[2].message.startswith("ended")


def test_findings_of_no_single_contract_are_shown() -> None:
    both = replace(report(finding(message="in")), findings=(finding(message="outside"),))
    assert [annotation.message.partition("\n")[0] for annotation in annotate(both)] == ["outside", "in"]


def test_the_most_important_are_shown_and_the_others_counted() -> None:
    mild = [finding(impact=Impact.RISKY, message=f"mild {number}") for number in range(8)]
    bad = [finding(message=f"bad {number}") for number in range(8)]
    warning = finding(severity=Severity.WARNING, message="warned")
    shown = annotate(report(*mild, *bad, warning))
    errors = [annotation for annotation in shown if annotation.level is Level.ERROR]
    assert len(errors) == 10
    assert [annotation.message.partition("\n")[0] for annotation in errors[:9]] == [
        *(f"bad {number}" for number in range(8)),
        "mild 0",
    ]
    assert errors[9].message == "7 more of this level are in the summary of the job and in the report."
    assert errors[9].path is None
    assert [annotation.message.partition("\n")[0] for annotation in shown[10:]] == ["warned"]


def test_ten_are_shown_as_they_are() -> None:
    shown = annotate(report(*[finding() for _ in range(10)]))
    assert [annotation.title for annotation in shown] == ["breaking: Operation removed"] * 10


def test_what_could_not_be_compared_comes_first() -> None:
    broken = ReportError(
        message="not YAML", exit_code=3, side="head", path="a.yaml", line=3, column=2, remedy="Mend it."
    )
    at_base = replace(broken, side="base", message="old", remedy=None)
    shown = annotate(report(finding(), errors=(broken,)))
    assert [annotation.title for annotation in shown] == [
        "contractguard could not compare",
        "breaking: Operation removed",
    ]
    assert (shown[0].message, shown[0].path, shown[0].line) == ("head: not YAML\nMend it.", "a.yaml", 3)
    (base_error, _) = annotate(report(finding(), errors=(at_base,)), prefix="p/")
    assert (base_error.message, base_error.path, base_error.line) == ("base: old", "p/a.yaml", None)


def test_errors_of_the_whole_report_are_shown() -> None:
    whole = replace(report(), errors=(ReportError(message="too many files", exit_code=4),))
    (annotation,) = annotate(whole)
    assert (annotation.message, annotation.path) == ("too many files", None)


def test_an_error_without_a_report() -> None:
    error = UsageError("unknown key", path="contractguard.yaml", line=3, column=1, remedy="Remove it.")
    annotation = of_exception(error, prefix="p/")
    assert (annotation.level, annotation.message) == (Level.ERROR, "unknown key\nRemove it.")
    assert (annotation.path, annotation.line, annotation.column) == ("p/contractguard.yaml", 3, 1)
    assert of_exception(UsageError("x")).path is None
