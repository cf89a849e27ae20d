from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from report_strategies import finding

from contractguard.model.change import Direction, OperationUse
from contractguard.model.finding import Finding, FindingStatus, Impact, Migration, Severity
from contractguard.model.places import Location
from contractguard.reporting.entries import common_element, common_text, entries, gravity, groups, light, serious


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


def test_messages_that_differ_in_the_place_are_one_entry_in_words_that_hold_for_all() -> None:
    (entry,) = entries(removed(60), judged=True)

    assert entry.message == "Operation … is gone"
    assert entry.folded


def test_reasons_and_advice_of_a_folded_entry_name_none_of_its_places() -> None:
    found = [
        finding(
            i,
            element=f"A > {name}",
            subject=f"property '{name}'",
            message=f"property '{name}' must be there",
            because=f"Payloads without '{name}' are refused.",
            migration=Migration(f"Send property '{name}' always.", f"Keep {name} optional."),
        )
        for i, name in enumerate(["a", "b", "c"])
    ]
    (entry,) = entries(found, judged=True)

    assert entry.message == "property … must be there"
    assert entry.because == "Payloads without … are refused."
    assert (entry.consumer, entry.provider) == ("Send property … always.", "Keep … optional.")
    (single,) = entries(found[:1], judged=True)
    assert (single.message, single.provider) == (found[0].message, "Keep a optional.")


@pytest.mark.parametrize(
    ("texts", "common"),
    [
        (["a b c", "a x c"], "a … c"),
        (["a b", "a b"], "a b"),
        (["a b", "x y"], "…"),
        (["a b a", "a"], "a …"),
        (["a … … b", "a … c b"], "a … b"),
        (["v is new of property …", "v is new of items of …"], "v is new of …"),
    ],
)
def test_common_words(texts: list[str], common: str) -> None:
    assert common_text(texts) == common


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


def added(value: str, element: str, number: int) -> Finding:
    subject = f"property '{element.rpartition(' > ')[2].partition('[')[0]}'"
    return finding(
        number,
        rule="enum-value-added",
        element=element,
        subject=subject,
        message=f"'{value}' is a new value of {subject}",
        because=f"Consumers meet '{value}', which they do not know.",
        after=value,
    )


def test_values_of_one_thing_are_one_entry_that_names_them() -> None:
    (entry,) = entries([added(value, "Card > network", at) for at, value in enumerate(["a", "b c", "d"])], judged=True)

    assert entry.message == "… is a new value of property 'network'"
    assert entry.variants == ("'a'", "'b c'", "'d'")
    assert (entry.number, len(entry.places)) == ("3 changes", 1)
    assert entry.because == "Consumers meet … which they do not know."


def test_values_of_the_same_several_things_are_one_entry() -> None:
    elements = ("Card > network", "Bank > network")
    found = [added(value, element, at) for at, value in enumerate("abc") for element in elements]
    (entry,) = entries(found, judged=True)

    assert entry.variants == ("'a'", "'b'", "'c'")
    assert [place.element for place in entry.places] == ["Bank > network", "Card > network"]


def test_alternatives_of_one_thing_are_one_entry() -> None:
    found = [
        finding(
            i, element=f"Event > oneOf[{name}]", subject="schema 'Event'", message=f"{name} is new in schema 'Event'"
        )
        for i, name in enumerate("abc")
    ]
    (entry,) = entries(found, judged=True)

    assert entry.message == "… is new in schema 'Event'"
    assert entry.variants == ("a", "b", "c")
    assert entry.number == "3 changes"


def test_what_is_said_in_other_words_or_is_of_two_only_is_not_folded() -> None:
    assert folded([added(value, "Card > network", at) for at, value in enumerate("ab")]) == [1, 1]
    assert folded([finding(i, message=f"Quite another story {i}") for i in range(3)]) == [3]
    assert folded([finding(i, message=f"m{i} of it") for i in range(3)]) == [1, 1, 1]


def test_places_are_no_variants() -> None:
    (entry,) = entries(removed(5), judged=True)

    assert (entry.variants, entry.number) == ((), "5 places")
    (single,) = entries(removed(1), judged=True)
    assert (single.variants, single.number) == ((), "")
