"""From judgements to findings: fingerprints, sunsets, one finding for one cause."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_makers import PLACE, change, finding, judgement

from contractguard.model.change import Direction, OperationUse
from contractguard.model.finding import Bump, Impact, Severity
from contractguard.model.places import Location
from contractguard.model.values import UNSET
from contractguard.policy import fingerprint, merge_causes, to_finding
from contractguard.policy.fingerprints import canonical

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
CAUSE = {"contract_id": "a", "rule": "r", "direction": Direction.INPUT, "element": "e"}


def test_a_fingerprint_never_changes_unnoticed() -> None:
    """Decisions and waivers hold fingerprints: this one is API."""
    print_of_cause = fingerprint(**CAUSE, before=[1, "a", None], after={"b": 1.5, "a": True})
    assert print_of_cause == "fp1:45a4f6a15745e047"


@pytest.mark.parametrize(
    "other",
    [
        {"contract_id": "b"},
        {"rule": "s"},
        {"direction": Direction.OUTPUT},
        {"element": "f"},
        {"before": None},
        {"after": None},
        {"before": 1, "after": 2},
    ],
)
def test_each_part_of_a_cause_counts(other: dict[str, object]) -> None:
    assert fingerprint(**{**CAUSE, **other}) != fingerprint(**CAUSE)  # type: ignore[arg-type]


def test_values_that_json_schema_calls_equal_have_one_fingerprint() -> None:
    assert fingerprint(**CAUSE, before=1) == fingerprint(**CAUSE, before=1.0)
    assert fingerprint(**CAUSE, before=1) != fingerprint(**CAUSE, before=True)
    assert fingerprint(**CAUSE, before=1) != fingerprint(**CAUSE, before="1")
    assert fingerprint(**CAUSE, before={"a": 1, "b": 2}) == fingerprint(**CAUSE, before={"b": 2, "a": 1})
    assert fingerprint(**CAUSE, before=UNSET) == fingerprint(**CAUSE)


@given(JSON)
def test_canonical_text_is_ascii_json_of_the_same_value(value: object) -> None:
    text = canonical(value)  # type: ignore[arg-type]
    assert text.isascii()
    small = "0x" not in text and "Infinity" not in text
    assert not small or canonical(json.loads(text)) == text


@pytest.mark.parametrize(
    "value",
    [10**5000, -(10**5000), float("inf"), "\ud800"],
    ids=["long", "long and negative", "infinite", "half a character"],
)
def test_no_value_is_too_odd_for_a_fingerprint(value: object) -> None:
    assert canonical([value]).isascii()  # type: ignore[list-item]


def test_a_finding_has_everything_of_its_judgement() -> None:
    uses = (OperationUse("GET", "/b"), OperationUse("GET", "/a"))
    changed = change(uses=uses, before=UNSET, after=[1])
    made = to_finding(judgement(changed, trail=("judged",)), contract_id="orders", base=PLACE, head=None)
    assert made.fingerprint == fingerprint(
        contract_id="orders", rule="operation-removed", direction=Direction.INPUT, element="GET /orders", after=[1]
    )
    assert (made.before, made.after, made.base, made.head) == (None, [1], PLACE, None)
    assert made.operations == (OperationUse("GET", "/a"), OperationUse("GET", "/b"))
    assert (made.change, made.message, made.trail) == ("operation.removed", "GET /orders is gone", ("judged",))
    assert (made.impact, made.bump, made.layers) == (Impact.BREAKING, Bump.MAJOR, ("wire",))


@pytest.mark.parametrize(
    ("impact", "severity"),
    [
        (Impact.BREAKING, Severity.ERROR),
        (Impact.RISKY, Severity.WARNING),
        (Impact.COMPATIBLE, Severity.INFO),
        (Impact.INFO, Severity.INFO),
    ],
)
def test_the_severity_before_any_policy_is_that_of_the_impact(impact: Impact, severity: Severity) -> None:
    made = to_finding(judgement(change(), impact=impact), contract_id="a", base=None, head=None)
    assert made.severity is severity


@pytest.mark.parametrize(
    ("kind", "facts", "details", "sunset", "remark"),
    [
        ("operation.removed", {"deprecated": True}, {"sunset": "2026-01-31"}, "2026-01-31", None),
        ("webhook.removed", {"deprecated": True}, {"sunset": "soon"}, "soon", None),
        ("operation.removed", {"deprecated": True}, {}, None, "no sunset date"),
        ("operation.removed", {"deprecated": True}, {"sunset": ""}, None, "no sunset date"),
        ("property.removed", {"deprecated": False}, {"sunset": "2026-01-31"}, None, "does not mark it deprecated"),
        ("parameter.removed", {"deprecated": False}, {}, None, None),
        ("deprecation.added", {"of": "operation"}, {"sunset": "2026-01-31"}, None, None),
    ],
)
def test_the_sunset_of_what_is_removed_is_kept_if_base_marks_it_deprecated(
    kind: str, facts: dict[str, object], details: dict[str, str], sunset: str | None, remark: str | None
) -> None:
    changed = change(kind=kind, facts=facts, details=details)
    made = to_finding(judgement(changed), contract_id="a", base=None, head=None)
    assert made.sunset == sunset
    assert len(made.trail) == (remark is not None)
    assert remark is None or remark in made.trail[0]


GET, POST = OperationUse("GET", "/a"), OperationUse("POST", "/a")


def test_one_cause_is_one_finding_with_all_operations_and_the_worst_impact() -> None:
    mild = finding(
        impact=Impact.RISKY,
        bump=Bump.MAJOR,
        severity=Severity.WARNING,
        operations=(POST,),
        element="mild",
        trail=("m",),
    )
    bad = finding(
        impact=Impact.BREAKING, bump=Bump.MINOR, severity=Severity.ERROR, operations=(GET,), element="bad", trail=("b",)
    )
    (merged,) = merge_causes([mild, bad])
    assert merged.operations == (GET, POST)
    assert (merged.impact, merged.bump, merged.severity) == (Impact.BREAKING, Bump.MAJOR, Severity.ERROR)
    assert (merged.element, merged.trail) == ("bad", ("b",))


@pytest.mark.parametrize(
    "other",
    [
        {"rule": "x"},
        {"direction": Direction.OUTPUT},
        {"base": PLACE},
        {"head": Location("b.yaml", "", 1, 1)},
        {"before": True},
        {"after": 1},
        {"message": "other"},
    ],
)
def test_another_cause_is_another_finding_though_the_fingerprint_be_the_same(other: dict[str, object]) -> None:
    one, two = finding(before=1), finding(**{"before": 1, **other})
    assert merge_causes([two, one, two]) == (two, one)
