"""Which findings are shown beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contractguard.integrations.github.commands import Annotation, Level
from contractguard.model.finding import Finding, FindingStatus, Impact, Severity
from contractguard.reporting.modes import half_of
from contractguard.reporting.summary import findings_of
from contractguard.reporting.witness import witness_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contractguard.errors import ContractguardError
    from contractguard.model.report import Report, ReportError
    from contractguard.reporting.witness import Witness

LIMIT: Final = 10
"""GitHub shows this many annotations of each level for a step, and drops the others without a word."""

_PAYLOAD: Final = 160
"""Characters of a payload in an annotation, which GitHub shows in a narrow box."""
_LEVELS: Final = {Severity.ERROR: Level.ERROR, Severity.WARNING: Level.WARNING, Severity.INFO: Level.NOTICE}
_WORTH_A_NOTICE: Final = frozenset({Impact.BREAKING, Impact.RISKY})


def annotate(report: Report, *, prefix: str = "") -> tuple[Annotation, ...]:
    """The annotations for a report, most important first: errors, then findings by severity and impact.

    At most `LIMIT` of each level; where there are more, the last one says how many are left. What policy calls `info` is
    shown where it breaks or may break something all the same, so that compatible changes do not bury it. `prefix` goes
    before all paths: the folder of the repository in the workspace, ending in `/`.
    """
    errors = [*report.errors, *(error for contract in report.contracts for error in contract.errors)]
    found = sorted(
        ((contract, finding) for contract, finding in findings_of(report) if _is_shown(finding)),
        key=lambda pair: (pair[1].severity.rank, pair[1].impact.rank),
    )
    of_findings = [
        _of_finding(finding, witness_of(finding, report, contract), half_of(finding, report, contract), prefix)
        for contract, finding in found
    ]
    shown = [*(_of_error(error, prefix) for error in errors), *of_findings]
    return tuple(annotation for level in Level for annotation in _limited(level, shown))


def of_exception(error: ContractguardError, *, prefix: str = "") -> Annotation:
    """The annotation for an error that left no report."""
    message = f"{error.message}\n{error.remedy}" if error.remedy else error.message
    path = f"{prefix}{error.path}" if error.path else None
    title = "contractguard could not run"
    return Annotation(level=Level.ERROR, title=title, message=message, path=path, line=error.line, column=error.column)


def _is_shown(finding: Finding) -> bool:
    if finding.severity is Severity.INFO and finding.impact not in _WORTH_A_NOTICE:
        return False
    return finding.status is FindingStatus.OPEN and finding.severity in _LEVELS


def _of_finding(finding: Finding, witness: Witness | None, half: str, prefix: str) -> Annotation:
    """At head's line; for what head has lost, beside the file alone, since base's lines are not those of the review."""
    place = finding.head or finding.base
    operations = _operations(finding)
    example = witness.in_short(_PAYLOAD) if witness else ""
    lines = (finding.message, operations, half, finding.because, example, f"Provider: {finding.migration.provider}")
    return Annotation(
        level=_LEVELS[finding.severity],
        title=f"{finding.impact}: {finding.title}",
        message="\n".join(line for line in lines if line),
        path=f"{prefix}{place.path}" if place else None,
        line=finding.head.line if finding.head else None,
        column=finding.head.column if finding.head else None,
    )


def _operations(finding: Finding) -> str:
    names = sorted({f"{use.method} {use.path}".strip() for use in finding.operations})
    if not names:
        return f"In {finding.element}"
    more = f", and {len(names) - 1} more operation{'s' if len(names) > 2 else ''}" if len(names) > 1 else ""  # noqa: PLR2004
    return f"In {names[0]}{more}"


def _of_error(error: ReportError, prefix: str) -> Annotation:
    at_head = error.side != "base"
    message = f"{error.side}: {error.message}" if error.side else error.message
    return Annotation(
        level=Level.ERROR,
        title="contractguard could not compare",
        message=f"{message}\n{error.remedy}" if error.remedy else message,
        path=f"{prefix}{error.path}" if error.path else None,
        line=error.line if at_head else None,
        column=error.column if at_head else None,
    )


def _limited(level: Level, shown: Sequence[Annotation]) -> Iterable[Annotation]:
    of_level = [annotation for annotation in shown if annotation.level is level]
    if len(of_level) <= LIMIT:
        return of_level
    left = len(of_level) - (LIMIT - 1)
    message = f"{left} more of this level are in the summary of the job and in the report."
    return [*of_level[: LIMIT - 1], Annotation(level=level, title="contractguard: and more", message=message)]
