"""Contracts of which nothing is to be told but that they came or went: where there are many, they are listed together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from contractguard.reporting import entries as shaping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractguard.model.report import ContractReport

_CAME_OR_WENT = frozenset({"contract.added", "contract.removed"})
_FEWEST = 3


def together(contracts: Sequence[ContractReport], *, judged: bool) -> list[list[ContractReport]]:
    """The contracts in their order, each by itself; those that came or went alike, where they are several, with the first."""
    keys = [_likeness(contract, judged=judged) for contract in contracts]
    numbers = Counter(keys)
    found: list[list[ContractReport]] = []
    rosters: dict[tuple[object, ...], list[ContractReport]] = {}
    for contract, key in zip(contracts, keys, strict=True):
        if key is not None and key in rosters:
            rosters[key].append(contract)
            continue
        found.append([contract])
        if key is not None and numbers[key] >= _FEWEST:
            rosters[key] = found[-1]
    return found


def _likeness(contract: ContractReport, *, judged: bool) -> tuple[object, ...] | None:
    """What contracts have in common to be listed together; None where there is more to tell of this one."""
    if contract.errors or contract.notes or len(contract.findings) != 1:
        return None
    (finding,) = contract.findings
    if finding.change not in _CAME_OR_WENT:
        return None
    return finding.rule, finding.status, shaping.gravity(finding, judged=judged)
