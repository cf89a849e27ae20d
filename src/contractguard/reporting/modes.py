"""Compatibility in the words of schema registries: what was asked for, which half of it breaks, and by whose data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.change import Direction
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Finding, Impact
from contractguard.model.values import Unset
from contractguard.model.vocabulary import KINDS
from contractguard.reporting import summary, wording

if TYPE_CHECKING:
    from contractguard.model.report import ContractReport, Report

_BOTH = frozenset({CompatibilityMode.FULL, CompatibilityMode.FULL_TRANSITIVE})
_NAMES = {Direction.INPUT: CompatibilityMode.BACKWARD, Direction.OUTPUT: CompatibilityMode.FORWARD}
_SERIOUS = frozenset({Impact.BREAKING, Impact.RISKY})


def mode_name(contract: ContractReport) -> str:
    """The mode that a contract is held to; nothing for an OpenAPI description in the mode that everybody expects there."""
    usual = contract.kind is ContractKind.OPENAPI and contract.mode is CompatibilityMode.BACKWARD
    return "" if usual else str(contract.mode)


def halves(contract: ContractReport) -> str:
    """`BACKWARD 2 breaking, 1 risky · FORWARD nothing breaks`, where both were asked for and something may break."""
    if contract.kind is ContractKind.OPENAPI or contract.mode not in _BOTH:
        return ""
    serious = [finding for finding in contract.findings if finding.impact in _SERIOUS and _has_direction(finding)]
    if not serious:
        return ""
    words = []
    for direction, name in _NAMES.items():
        found = [finding for finding in serious if finding.direction is direction]
        words.append(f"{name} {summary.count(found).words() if found else 'nothing breaks'}")
    return " · ".join(words)


def half_of(finding: Finding, report: Report, contract: ContractReport | None) -> str:
    """`BACKWARD: data of 1.0.0, read with HEAD`: what of the mode a finding concerns, where that is not said already.

    With both halves asked for, or several versions to read, one sentence of a rule may stand for either of them.
    """
    if contract is None or contract.kind is ContractKind.OPENAPI or finding.impact not in _SERIOUS:
        return ""
    if not _has_direction(finding) or (contract.mode not in _BOTH and isinstance(finding.against, Unset)):
        return ""
    written, read = base_name(finding, report, contract), wording.side_name(report, contract, "head")
    if finding.direction is Direction.OUTPUT:
        written, read = read, written
    what = "data" if contract.kind is ContractKind.AVRO else "payloads"
    return f"{_NAMES[finding.direction]}: {what} of {written}, read with {read}"


def base_name(finding: Finding, report: Report, contract: ContractReport | None) -> str:
    """What to call the side that head is compared with: an older version where a finding is about one, else base."""
    if isinstance(finding.against, Unset):
        return wording.side_name(report, contract, "base")
    return finding.against.version


def _has_direction(finding: Finding) -> bool:
    """Whether it is about data that one side writes and the other reads."""
    kind = KINDS.get(finding.change)
    return kind is not None and len(kind.directions) > 1
