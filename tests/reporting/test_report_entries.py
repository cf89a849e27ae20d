from __future__ import annotations

from dataclasses import replace
from typing import Any

from report_strategies import finding

from contractguard.model.change import Direction, OperationUse
from contractguard.model.finding import Finding, FindingStatus, Impact, Severity
from contractguard.model.places import Location
from contractguard.reporting.entries import common_element, entries, gravity, groups, light, serious


def on(path: str, method: str = "GET") -> OperationUse:
    return OperationUse(method, path, "response", "200", "application/json")


def copies(number: int, **changes: Any) -> list[Finding]:
    """The same message about inlined copies of one schema."""
    return [
        finding(i, element=f"GET /t{i} > response 200 > total", operations=(on(f"/t{i}"),), **changes)
        for i in range(number)
    ]


def removed(number: int) -> list[Finding]:
    return [
        finding(
            i,
            element=f"GET /r{i}",
            subject=f"operation GET /r{i}",
            message=f"Operation GET /r{i} is gone",
            title="Gone",
        )
        for i in range(number)
    ]


def folded(findings: Any) -> list[int]:
    return [len(entry.findings) for entry in entries(findings, judged=True)]


def test_copies_of_one_cause_are_one_entry_in_the_order_of_their_places() -> None:
    (entry,) = entries(reversed(copies(40)), judged=True)

    assert [found.fingerprint for found in entry.findings] == [found.fingerprint for found in copies(40)]
    assert entry.message == "The type of property 'total' changed"
    assert len(entry.operations) == 40


def test_messages_that_differ_in_the_place_are_one_entry_under_the_title_of_the_rule() -> None:
    (entry,) = entries(removed(60), judged=True)

    assert entry.message == "Gone"
    assert entry.folded


def test_two_different_messages_stay_apart_and_two_same_ones_do_not() -> None:
    assert folded(removed(2)) == [1, 1]
    assert folded(copies(2)) == [2]


def test_what_differs_in_more_than_the_place_is_not_folded() -> None:
    first, second = copies(2)
    different = [
        replace(second, after="string"),
        replace(second, before=1),
        replace(second, message="Another message"),
        replace(second, rule="other"),
        replace(second, direction=Direction.INPUT),
        replace(second, severity=Severity.WARNING),
        replace(second, status=FindingStatus.WAIVED),
        replace(second, impact=Impact.RISKY),
    ]

    assert all(folded([first, other]) == [1, 1] for other in different)


def test_part_of_an_element_is_a_place_only_in_quotes() -> None:
    values = [finding(i, element=f"x > {i}", message=f"maximum went to {i}0", after=i * 10) for i in range(1, 5)]

    assert folded(values) == [1, 1, 1, 1]


def test_worst_first_open_before_accepted() -> None:
    waived = finding(1, rule="a", status=FindingStatus.WAIVED)
    warned = finding(2, rule="b", severity=Severity.WARNING)
    broken = finding(3, rule="c")
    risky = finding(4, rule="d", impact=Impact.RISKY, severity=Severity.WARNING)
    rules = [entry.lead.rule for entry in entries([risky, waived, warned, broken], judged=True)]

    assert rules == ["c", "b", "a", "d"]


def test_policy_counts_only_where_it_is_shown() -> None:
    stopped = finding(impact=Impact.INFO, severity=Severity.ERROR)
    tolerated = finding(impact=Impact.BREAKING, severity=Severity.INFO)

    assert (gravity(stopped, judged=True), gravity(stopped, judged=False)) == (0, 3)
    assert (gravity(tolerated, judged=True), gravity(tolerated, judged=False)) == (0, 0)
    assert serious([stopped, tolerated], judged=False) == [tolerated]
    assert light([stopped, tolerated], judged=False) == [stopped]


def test_groups_are_of_the_same_operations_else_of_the_same_element() -> None:
    shared = (on("/a"), on("/b"))
    found = [
        finding(1, rule="a", operations=shared, impact=Impact.RISKY, severity=Severity.WARNING),
        finding(2, rule="b", operations=shared),
        finding(3, rule="c", operations=shared[:1]),
        finding(4, rule="d", operations=(), element="Order > total"),
        finding(5, rule="e", operations=(), element="Order > total"),
    ]
    made = groups(entries(found, judged=True), judged=True)

    assert [(group.operations, group.element, [entry.lead.rule for entry in group.entries]) for group in made] == [
        ((), "Order > total", ["d", "e"]),
        (("GET /a", "GET /b"), "", ["b", "a"]),
        (("GET /a",), "", ["c"]),
    ]


def test_common_element_of_a_folded_entry() -> None:
    found = [
        finding(i, operations=(), element=element) for i, element in enumerate(["A > b > c", "A > b > d", "A > b"])
    ]
    (entry,) = entries(found, judged=True)

    assert common_element(entry) == "A > b"


def test_order_does_not_depend_on_the_order_given() -> None:
    found = [*copies(3), *removed(5), finding(9, base=Location("z", "", 1, 1), head=None)]

    assert entries(found, judged=True) == entries(reversed(found), judged=True)
