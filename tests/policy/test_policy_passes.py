"""The passes: what each does to a finding, and what it writes into the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from policy_makers import finding

from contractguard.model.change import Evidence, EvidenceKind
from contractguard.model.finding import Impact, Severity
from contractguard.model.profile import Layer, Profile
from contractguard.policy import apply_lifecycle, apply_overrides, apply_profile, drop_off

PROFILE = Profile(
    id="house",
    title="",
    description="",
    layers=frozenset({Layer.WIRE}),
    severity={
        Impact.BREAKING: Severity.ERROR,
        Impact.RISKY: Severity.WARNING,
        Impact.COMPATIBLE: Severity.INFO,
        Impact.INFO: Severity.INFO,
    },
    unproved=Severity.ERROR,
    overrides={("enum-value-added", Impact.BREAKING): (Severity.WARNING, "readers are tolerant here")},
    fail_on=Severity.ERROR,
)
UNPROVED = Evidence(EvidenceKind.UNPROVED)


def test_a_profile_that_agrees_changes_nothing() -> None:
    findings = (finding(), finding(impact=Impact.RISKY, severity=Severity.WARNING))
    assert all(after is before for after, before in zip(apply_profile(findings, PROFILE), findings, strict=True))


def test_what_is_of_no_layer_of_the_profile_is_off() -> None:
    (off,) = apply_profile([finding(layers=("sdk", "semantic"))], PROFILE)
    assert off.severity is Severity.OFF
    assert off.trail == ("error → off: profile house counts wire, and operation-removed is about sdk, semantic",)
    (kept,) = apply_profile([finding(layers=("sdk", "wire"))], PROFILE)
    assert kept.severity is Severity.ERROR


def test_an_override_of_the_profile_is_for_one_impact_and_gives_its_reason() -> None:
    (weaker,) = apply_profile([finding(rule="enum-value-added")], PROFILE)
    assert weaker.severity is Severity.WARNING
    assert weaker.trail == ("error → warning: profile house: readers are tolerant here",)
    mild = finding(rule="enum-value-added", impact=Impact.COMPATIBLE, severity=Severity.INFO)
    assert apply_profile([mild], PROFILE) == (mild,)


def test_what_is_risky_and_unproved_has_a_severity_of_its_own() -> None:
    risky = finding(impact=Impact.RISKY, severity=Severity.WARNING, evidence=UNPROVED)
    (raised,) = apply_profile([risky], PROFILE)
    assert raised.severity is Severity.ERROR
    assert raised.trail == ("warning → error: profile house takes what is unproved for error",)
    assert apply_profile([risky], replace(PROFILE, unproved=None)) == (risky,)
    compatible = finding(impact=Impact.COMPATIBLE, severity=Severity.INFO, evidence=UNPROVED)
    assert apply_profile([compatible], PROFILE) == (compatible,)


def test_otherwise_the_impact_decides() -> None:
    strict = replace(PROFILE, severity={**PROFILE.severity, Impact.COMPATIBLE: Severity.WARNING})
    (raised,) = apply_profile([finding(impact=Impact.COMPATIBLE, severity=Severity.INFO)], strict)
    assert raised.severity is Severity.WARNING
    assert raised.trail == ("info → warning: profile house takes what is compatible for warning",)


def test_overrides_of_the_policy_name_their_file() -> None:
    one, other = finding(rule="a"), finding(rule="b")
    overrides = {("a", Impact.BREAKING): Severity.OFF, ("b", Impact.RISKY): Severity.OFF}
    changed, kept = apply_overrides([one, other], overrides, source="contractguard.yaml")
    assert changed.trail == ("error → off: contractguard.yaml overrides a",)
    assert kept is other


def test_what_is_off_is_dropped_at_the_end() -> None:
    findings = [finding(severity=severity) for severity in Severity]
    assert [kept.severity for kept in drop_off(findings)] == [Severity.ERROR, Severity.WARNING, Severity.INFO]


TODAY = date(2026, 1, 31)


def test_a_removal_after_its_sunset_is_info_and_still_breaks() -> None:
    removed = finding(sunset="2026-01-31", trail=("before",))
    (after,) = apply_lifecycle([removed], TODAY)
    assert after == replace(
        removed,
        severity=Severity.INFO,
        trail=("before", "error → info: deprecated at base, sunset 2026-01-31 has passed"),
    )


@pytest.mark.parametrize(
    ("sunset", "today", "why"),
    [
        ("2026-02-01", TODAY, "deprecated at base, sunset 2026-02-01 has not passed on 2026-01-31"),
        ("next spring", TODAY, "deprecated at base, sunset next spring is not a date"),
        ("2026-01-31", None, "deprecated at base, sunset 2026-01-31, and no date of today to compare it with"),
    ],
)
def test_otherwise_the_severity_stays_and_the_trail_says_why(sunset: str, today: date | None, why: str) -> None:
    (after,) = apply_lifecycle([finding(sunset=sunset)], today)
    assert after == finding(sunset=sunset, trail=(f"error stays: {why}",))


@pytest.mark.parametrize(
    "untouched",
    [finding(), finding(sunset="2020-01-01", severity=Severity.INFO), finding(sunset="2020", severity=Severity.OFF)],
)
def test_where_there_is_nothing_to_relax_nothing_is_said(untouched: object) -> None:
    (after,) = apply_lifecycle([untouched], TODAY)  # type: ignore[list-item]
    assert after is untouched


def test_a_long_sunset_does_not_fill_the_trail() -> None:
    (after,) = apply_lifecycle([finding(sunset="x" * 10_000)], TODAY)
    assert len(after.trail[0]) < 200
