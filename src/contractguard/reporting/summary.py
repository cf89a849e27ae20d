"""The answer in a line: counts by impact, the version step that is needed, fingerprints short enough to type.

Plain functions over a report, for every format and for integrations that write titles, check runs and comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.model.finding import Bump, Finding, Impact
from contractguard.model.report import ContractReport, ContractStatus, GateStatus, Report, Verdict
from contractguard.reporting.values import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SYMBOLS: Mapping[Verdict, str] = {
    Verdict.UNKNOWN: "✗",
    Verdict.BREAKING: "✗",
    Verdict.RISKY: "!",
    Verdict.COMPATIBLE: "✓",
    Verdict.UNCHANGED: "✓",
}
_LONGEST_VERSION = 100
"""Longer version texts are not taken for semantic versions; the text is a contract's, and any length of it is possible."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by impact."""

    breaking: int = 0
    risky: int = 0
    compatible: int = 0
    info: int = 0

    def words(self) -> str:
        """`3 breaking, 1 risky, 14 compatible`; zeros are left out, nothing at all is `no findings`."""
        named = {"breaking": self.breaking, "risky": self.risky, "compatible": self.compatible, "info": self.info}
        return ", ".join(f"{number:,} {name}" for name, number in named.items() if number) or "no findings"


@dataclass(frozen=True, slots=True)
class VersionStep:
    """The version that a contract needs against the one it declares.

    `needs` is a version (`2.0.0`) where base's version is semantic, else the name of the step (`major`); None where no step is
    needed. `enough` is None where the contract declares no version to compare.
    """

    base: str | None
    declares: str | None
    needs: str | None
    enough: bool | None

    def shortfall(self) -> str | None:
        """`needs 2.0.0, declares 1.9.0`, or None where the declared version suffices or nothing is needed."""
        if self.needs is None or self.enough:
            return None
        step = f"a {self.needs} version step" if self.needs in set(Bump) else self.needs
        if self.declares is None:
            return f"needs {step}"
        still = "still " if self.declares == self.base else ""
        return f"needs {step}, {still}declares {self.declares}"


def findings_of(report: Report) -> Iterator[tuple[ContractReport | None, Finding]]:
    """Every finding with its contract; None for those of no single contract."""
    for finding in report.findings:
        yield None, finding
    for contract in report.contracts:
        for finding in contract.findings:
            yield contract, finding


def count(findings: Iterator[Finding] | tuple[Finding, ...] | list[Finding]) -> Counts:
    """How many findings there are of each impact."""
    numbers = dict.fromkeys(Impact, 0)
    for finding in findings:
        numbers[finding.impact] += 1
    return Counts(**{str(impact): number for impact, number in numbers.items()})


def counts(report: Report) -> Counts:
    """How many findings the whole report has of each impact."""
    return count(finding for _, finding in findings_of(report))


def changed_contracts(report: Report) -> list[ContractReport]:
    """The contracts that have something to say: all but those unchanged and without errors or findings."""
    return [
        contract
        for contract in report.contracts
        if contract.status is not ContractStatus.UNCHANGED or contract.errors or contract.findings
    ]


def headline(report: Report) -> str:
    """`2 contracts, 3 breaking, 1 risky, 14 compatible`; `2 of 5 contracts, …` where three are unchanged."""
    changed, total = len(changed_contracts(report)), len(report.contracts)
    if report.verdict is Verdict.UNCHANGED:
        return f"{counted(total, 'contract')} compared, no difference" if total else "no contract to compare"
    contracts = counted(total, "contract") if changed == total else f"{changed:,} of {counted(total, 'contract')}"
    errors = len(report.errors) + sum(len(contract.errors) for contract in report.contracts)
    failed = [counted(errors, "error")] if errors else []
    found = counts(report)
    return ", ".join([contracts, *failed, *([] if failed and found == Counts() else [found.words()])])


def version_note(report: Report) -> str | None:
    """What the versions lack, for the first line: of one contract in full, of several how many; None where nothing lacks."""
    lacking = [contract for contract in report.contracts if _lacks_version(contract)]
    if len(lacking) > 1:
        return f"{len(lacking):,} contracts need a larger version step"
    return version_step(lacking[0]).shortfall() if lacking else None


def gate_note(report: Report) -> str:
    """`gate passes`, `gate fails`, `gate could not decide`."""
    return {
        GateStatus.PASS: "gate passes",
        GateStatus.FAIL: "gate fails",
        GateStatus.ERROR: "gate could not decide",
    }[report.gate.status]


def version_step(contract: ContractReport) -> VersionStep:
    """The version step of a contract, from its versions and the bumps that the findings need and the versions declare."""
    base, head, required = contract.versions.base, contract.versions.head, contract.required_bump
    if required is Bump.NONE:
        return VersionStep(base, head, None, enough=True)
    declared = contract.declared_bump
    enough = None if declared is None else declared.rank <= required.rank
    return VersionStep(base, head, next_version(base, required) or str(required), enough)


def next_version(base: str | None, bump: Bump) -> str | None:
    """The next semantic version after `base` by this step, keeping a leading `v`; None where `base` is no such version.

    A pre-release or build suffix is dropped (Semantic Versioning 2.0.0, items 6 to 10).
    """
    if base is None or len(base) > _LONGEST_VERSION or bump is Bump.NONE:
        return None
    from semver import Version  # noqa: PLC0415 - 20 ms that only a report with versions needs

    prefix = base[:1] if base[:1] in {"v", "V"} else ""
    try:
        version = Version.parse(base[len(prefix) :])
    except ValueError:
        return None
    step = {Bump.MAJOR: version.bump_major, Bump.MINOR: version.bump_minor, Bump.PATCH: version.bump_patch}[bump]
    return f"{prefix}{step()}"


def short_fingerprints(report: Report) -> Mapping[str, str]:
    """Each fingerprint of the report, cut to the fewest hex digits, at least eight, that tell all of them apart."""
    prints = {finding.fingerprint for _, finding in findings_of(report)}
    length = 8
    while len({_cut(text, length) for text in prints}) < len(prints):
        length += 4
    return {text: _cut(text, length) for text in prints}


def _cut(fingerprint: str, length: int) -> str:
    scheme, separator, digits = fingerprint.rpartition(":")
    return f"{scheme}{separator}{digits[:length]}"


def _lacks_version(contract: ContractReport) -> bool:
    """Whether the first line should speak of the version: it falls short, or a break has no version that could tell of it."""
    step = version_step(contract)
    return step.enough is False or (
        step.enough is None and step.needs is not None and contract.required_bump is Bump.MAJOR
    )
