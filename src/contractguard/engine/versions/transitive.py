"""The transitive modes: head is compared with every supported version, not with base alone.

Compatibility does not compose: a field may gain a default in one step and lose it in the next, each step readable, and the two
together not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contractguard.diff import Candidate, Counterparts
from contractguard.engine.contract import compare_contract
from contractguard.engine.judging import Judge, Side, verdict_of
from contractguard.engine.versions.lineage import OLDER, OlderVersion
from contractguard.model.finding import CompatibilityMode, Finding, Impact
from contractguard.model.report import ContractReport, ContractStatus, ReportError
from contractguard.policy import ContractRule, required_bump

_TRANSITIVE = frozenset(
    {
        CompatibilityMode.BACKWARD_TRANSITIVE,
        CompatibilityMode.FORWARD_TRANSITIVE,
        CompatibilityMode.FULL_TRANSITIVE,
    }
)
_SERIOUS = frozenset({Impact.BREAKING, Impact.RISKY})
_NOT_OF_CONTENT = ("contract.", "document.", "version.", "specification.")


def is_transitive(mode: CompatibilityMode) -> bool:
    """Whether a mode covers the versions before base."""
    return mode in _TRANSITIVE


def with_older(
    report: ContractReport,
    head: Side,
    rule: ContractRule,
    judge_by: Judge,
    older: Sequence[OlderVersion],
) -> ContractReport:
    """The report with what breaks against older versions and not against base. `older` are these, the newest first.

    A break is told once, against the newest version that has it (`Finding.against`); a note names all versions that break. A
    version that cannot be read is an error: nobody could say that head is compatible with it.
    """
    candidate = Candidate(report.path, report.kind, "")
    seen = {_cause(finding) for finding in report.findings}
    findings: list[Finding] = []
    errors: list[ReportError] = []
    broken: list[str] = []
    for version in older:
        base = Side(name="base", documents=version.documents)
        old = Candidate(version.against.path, candidate.kind, "")
        pair = Counterparts(old, candidate, named=True)
        compared = compare_contract(base, head, pair, rule, judge_by, lineage=OLDER)
        serious = [finding for finding in compared.findings if _counts(finding)]
        if any(finding.impact is Impact.BREAKING for finding in serious):
            broken.append(version.against.version)
        findings += [_against(finding, version) for finding in serious if _cause(finding) not in seen]
        seen |= {_cause(finding) for finding in serious}
        errors += [_of_version(error, version) for error in compared.errors]
    if not older:
        return replace(report, notes=(*report.notes, f"{report.mode}: there is no supported version before base"))
    everything = (*report.findings, *findings)
    failed = (*report.errors, *errors)
    return replace(
        report,
        findings=everything,
        errors=failed,
        notes=(*report.notes, _note(report.mode, older, broken)),
        status=ContractStatus.UNREADABLE if errors else report.status,
        verdict=verdict_of(everything, failed) if findings or errors else report.verdict,
        required_bump=required_bump(everything),
    )


def _counts(finding: Finding) -> bool:
    return finding.impact in _SERIOUS and not finding.change.startswith(_NOT_OF_CONTENT)


def _cause(finding: Finding) -> tuple[str, str, str]:
    return (finding.rule, finding.direction, finding.element)


def _against(finding: Finding, version: OlderVersion) -> Finding:
    against = version.against
    place = f"the tag {against.ref}" if against.ref is not None else against.path
    return replace(
        finding,
        message=f"{finding.message} (against version {against.version})",
        against=against,
        trail=(f"found against version {against.version} ({place}), the newest that has it", *finding.trail),
    )


def _of_version(error: ReportError, version: OlderVersion) -> ReportError:
    if error.side == "head":
        return error
    return replace(
        error,
        message=f"version {version.against.version}: {error.message}",
        remedy="where nobody uses this version any more, leave it out of what the policy calls `supported`",
    )


def _note(mode: CompatibilityMode, older: Sequence[OlderVersion], broken: Sequence[str]) -> str:
    span = older[0].against.version
    if len(older) > 1:
        span = f"{older[-1].against.version} to {span}, {len(older)} versions"
    if not broken:
        return f"{mode}: compatible also with what was supported before base ({span})"
    rest = f", then {', '.join(broken[1:])}" if len(broken) > 1 else ""
    return f"{mode}: compared also with {span}; the first that breaks, going back from base, is {broken[0]}{rest}"
