"""The transitive modes: head is compared with every supported version, not with base alone.

Compatibility does not compose: a field may gain a default in one step and lose it in the next, each step readable, and the two
together not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from contractguard.diff import Candidate, Counterparts
from contractguard.engine.contract import compare_contract
from contractguard.engine.judging import Judge, Side, verdict_of
from contractguard.engine.versions.lineage import Lineage, OlderVersion
from contractguard.model.finding import CompatibilityMode, Finding, Impact
from contractguard.model.report import ContractReport, ContractStatus, ReportError
from contractguard.policy import ContractRule, required_bump
from contractguard.policy.supported import Supported

_TRANSITIVE = frozenset(
    {
        CompatibilityMode.BACKWARD_TRANSITIVE,
        CompatibilityMode.FORWARD_TRANSITIVE,
        CompatibilityMode.FULL_TRANSITIVE,
    }
)
_SERIOUS = frozenset({Impact.BREAKING, Impact.RISKY})
_NOT_OF_CONTENT = ("contract.", "document.", "version.", "specification.")
_MOST_NAMED: Final = 8
"""So many versions that break are named beside the first; of more, the last."""
_TOO_SMALL: Final = "version.bump-too-small"


def covers_older(mode: CompatibilityMode, supported: Supported | None) -> bool:
    """Whether the versions before base count, too: the mode is a transitive one, or somebody says which of them are supported."""
    return mode in _TRANSITIVE or (supported is not None and mode is not CompatibilityMode.NONE)


def with_older(
    report: ContractReport,
    head: Side,
    rule: ContractRule,
    judge_by: Judge,
    older: Sequence[OlderVersion],
    *,
    lineage: Lineage,
) -> ContractReport:
    """The report with what breaks against older versions and not against base. `older` are these, the newest first; `lineage` is
    that of base and head.

    A break is told once, against the newest version that has it (`Finding.against`); a note names all versions that break. The
    step of the version must hold what has accumulated since each of them (GOVERNANCE section 3): one that is too small is told
    once, too. A version that cannot be read is an error: nobody could say that head is compatible with it.
    """
    if not older:
        return replace(report, notes=(*report.notes, f"{report.mode}: there is no supported version before base"))
    found = _Older(report)
    for version in older:
        old = Candidate(version.against.path, report.kind, "")
        pair = Counterparts(old, Candidate(report.path, report.kind, ""), named=True)
        base = Side(name="base", documents=version.documents)
        compared = compare_contract(base, head, pair, rule, judge_by, lineage=lineage.since(version.file))
        found.add(compared, version)
    everything = tuple(sorted((*report.findings, *found.findings), key=lambda finding: finding.impact.rank))
    failed = (*report.errors, *found.errors)
    return replace(
        report,
        findings=everything,
        errors=failed,
        notes=(*report.notes, _note(report, older, found.broken)),
        status=ContractStatus.UNREADABLE if found.errors else report.status,
        verdict=verdict_of(everything, failed) if found.findings or found.errors else report.verdict,
        required_bump=required_bump(everything),
    )


class _Older:
    """What the older versions add to a report: findings, errors, and which of them break."""

    def __init__(self, report: ContractReport) -> None:
        self.findings: list[Finding] = []
        self.errors: list[ReportError] = []
        self.broken: list[str] = []
        self._seen = {_cause(finding) for finding in report.findings}

    def add(self, compared: ContractReport, version: OlderVersion) -> None:
        """Take what a comparison with an older version found and no newer one has."""
        told = [finding for finding in compared.findings if _counts(finding)]
        if any(finding.impact is Impact.BREAKING for finding in told):
            self.broken += version.names
        self.findings += [_against(finding, version) for finding in told if _cause(finding) not in self._seen]
        self._seen |= {_cause(finding) for finding in told}
        self.errors += [_of_version(error, version) for error in compared.errors]


def _counts(finding: Finding) -> bool:
    if finding.change == _TOO_SMALL:
        return True
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


def _note(report: ContractReport, older: Sequence[OlderVersion], broken: Sequence[str]) -> str:
    names = [name for version in older for name in version.names]
    span = names[0] if len(names) == 1 else f"{older[-1].names[-1]} to {names[0]}, {len(names)} versions"
    base = f"base ({report.versions.base})" if report.versions.base else "base"
    if _breaks(report) and not broken:
        return f"{report.mode}: {base} breaks, and what was supported before it ({span}) does not"
    if _breaks(report):
        also = "so does all" if len(broken) == len(names) else f"so does {_listed(broken)} of all"
        return f"{report.mode}: {base} breaks, and {also} that was supported before it ({span})"
    if not broken:
        return f"{report.mode}: compatible also with what was supported before base ({span})"
    first, *rest = broken
    then = f", then {_listed(rest)}" if rest else ""
    return f"{report.mode}: compared also with {span}; the first that breaks, going back from base, is {first}{then}"


def _listed(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMED - 1])}, and so on to {names[-1]}, {len(names)} versions in all"


def _breaks(report: ContractReport) -> bool:
    return any(finding.impact is Impact.BREAKING and _counts(finding) for finding in report.findings)
