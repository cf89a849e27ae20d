"""Contracts that only came or went are listed together in the text report."""

from __future__ import annotations

import pytest
from report_strategies import contract, finding, report  # a neighbour, on the path of pytest

from contractguard.model.finding import Bump, Impact, Severity
from contractguard.model.report import ContractReport, ContractStatus, Verdict
from contractguard.reporting import RenderOptions, render
from contractguard.reporting.rosters import together

GONE = {"rule": "contract-removed", "change": "contract.removed", "message": "the contract is gone", "operations": ()}
NEW = {
    "rule": "contract-added",
    "change": "contract.added",
    "message": "the contract is new",
    "title": "Contract added",
    "impact": Impact.COMPATIBLE,
    "severity": Severity.INFO,
    "bump": Bump.MINOR,
    "operations": (),
}


def gone(number: int, **changes: object) -> ContractReport:
    return contract(
        finding(number, element="contract", **GONE),
        id=f"events/{number}.avsc",
        path=f"events/{number}.avsc",
        status=ContractStatus.REMOVED,
        **changes,
    )


def new(number: int) -> ContractReport:
    return contract(
        finding(number, element="contract", **NEW),
        id=f"new/{number}.avsc",
        path=f"new/{number}.avsc",
        status=ContractStatus.ADDED,
        verdict=Verdict.COMPATIBLE,
        required_bump=Bump.MINOR,
    )


def shown(*contracts: ContractReport, verbose: bool = False) -> list[str]:
    options = RenderOptions(width=80, verbose=verbose)
    return render(report(*contracts, verdict=Verdict.BREAKING), "text", options).splitlines()


def test_contracts_that_are_gone_are_told_once_and_then_by_name() -> None:
    lines = shown(*[gone(number) for number in range(1, 51)])
    assert len([line for line in lines if "the contract is gone" in line]) == 1
    start = lines.index("and 49 more removed contracts")
    listed = [line.split() for line in lines[start + 1 : start + 41]]
    assert all(sign == "✗" and path.startswith("events/") for sign, path, _ in listed)
    assert len({fingerprint for _, _, fingerprint in listed}) == 40
    assert lines[start + 41] == "  and 9 more (--verbose shows all)"


def test_new_contracts_are_listed_without_what_nobody_asks_for() -> None:
    lines = shown(*[new(number) for number in range(4)])
    start = lines.index("and 3 more new contracts")
    assert lines[start + 1 : start + 5] == ["  ✓ new/1.avsc", "  ✓ new/2.avsc", "  ✓ new/3.avsc", ""]


def test_everything_is_shown_one_by_one_where_all_is_asked_for() -> None:
    lines = shown(*[gone(number) for number in range(5)], verbose=True)
    assert len([line for line in lines if "the contract is gone" in line]) == 5


@pytest.mark.parametrize(
    "other",
    [
        gone(3, notes=("moved to another repository",)),
        contract(finding(3), finding(4), status=ContractStatus.REMOVED),
        contract(finding(3)),
        new(3),
    ],
)
def test_what_has_more_to_tell_stands_by_itself(other: ContractReport) -> None:
    assert together([gone(1), gone(2), other], judged=False) == [[gone(1)], [gone(2)], [other]]


def test_the_rest_keeps_its_order() -> None:
    groups = together([gone(1), new(1), gone(2), contract(finding(9)), gone(3), new(2)], judged=True)
    assert [[each.path for each in group] for group in groups] == [
        ["events/1.avsc", "events/2.avsc", "events/3.avsc"],
        ["new/1.avsc"],
        ["api.yaml"],
        ["new/2.avsc"],
    ]
