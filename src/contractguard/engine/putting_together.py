"""What a report says of all contracts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contractguard.engine.judging import verdict_of
from contractguard.model.finding import Finding
from contractguard.model.report import ContractReport, ReportError, Truncation, Verdict


def overall_verdict(
    contracts: Sequence[ContractReport], findings: Sequence[Finding], errors: Sequence[ReportError]
) -> Verdict:
    """The worst answer of all: of each contract, and of what belongs to none."""
    verdicts = [contract.verdict for contract in contracts] + [verdict_of(findings, errors)]
    return min(verdicts, key=list(Verdict).index)


def truncate(contracts: list[ContractReport], most: int | None) -> tuple[list[ContractReport], Truncation | None]:
    """The contracts with at most so many findings in all, the worst kept."""
    total = sum(len(contract.findings) for contract in contracts)
    if most is None or total <= most:
        return contracts, None
    ranked = sorted(
        (finding.impact.rank, number, place)
        for number, contract in enumerate(contracts)
        for place, finding in enumerate(contract.findings)
    )
    kept = {(number, place) for _, number, place in ranked[:most]}
    shortened = [
        replace(
            contract,
            findings=tuple(f for place, f in enumerate(contract.findings) if (number, place) in kept),
        )
        for number, contract in enumerate(contracts)
    ]
    return shortened, Truncation(total - most, f"--max-findings {most}")


def tool_version() -> str:
    """The version of contractguard that is installed."""
    from importlib.metadata import version  # noqa: PLC0415  (costs some milliseconds)

    return version("contractguard")
