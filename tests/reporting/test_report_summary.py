from __future__ import annotations

from typing import Any

import pytest
from report_strategies import contract, finding, fixture, report

from contractguard.model.finding import Bump, Impact
from contractguard.model.report import ContractStatus, Verdict, Versions
from contractguard.reporting.summary import (
    Counts,
    counts,
    headline,
    next_version,
    short_fingerprints,
    version_note,
    version_step,
)


def test_counts_are_of_the_whole_report() -> None:
    assert counts(fixture("openapi-breaking")) == Counts(breaking=4, risky=1, compatible=6, info=2)
    assert counts(report(contract(finding()), findings=(finding(2, impact=Impact.RISKY),))) == Counts(
        breaking=1, risky=1
    )
    assert Counts().words() == "no findings"
    assert Counts(breaking=1234).words() == "1,234 breaking"


def test_headline() -> None:
    unchanged = contract(status=ContractStatus.UNCHANGED, verdict=Verdict.UNCHANGED)

    assert headline(report(contract(finding()), contract(finding(2)))) == "2 contracts, 2 breaking"
    assert headline(report(contract(finding()), unchanged)) == "1 of 2 contracts, 1 breaking"
    assert headline(fixture("unreadable")) == "2 contracts, 3 errors, 1 compatible"
    assert headline(report(unchanged, verdict=Verdict.UNCHANGED)) == "1 contract compared, no difference"
    assert headline(report(verdict=Verdict.UNCHANGED)) == "no contract to compare"


@pytest.mark.parametrize(
    ("base", "bump", "expected"),
    [
        ("1.8.2", Bump.MAJOR, "2.0.0"),
        ("1.8.2", Bump.MINOR, "1.9.0"),
        ("1.8.2", Bump.PATCH, "1.8.3"),
        ("v1.8.2-rc.1+b", Bump.MAJOR, "v2.0.0"),
        ("1.8.2", Bump.NONE, None),
        ("2024-06-01", Bump.MAJOR, None),
        ("1.8", Bump.MAJOR, None),
        ("", Bump.MAJOR, None),
        (None, Bump.MAJOR, None),
        ("9" * 5000 + ".0.0", Bump.MAJOR, None),
    ],
)
def test_next_version(base: Any, bump: Bump, expected: Any) -> None:
    assert next_version(base, bump) == expected


@pytest.mark.parametrize(
    ("versions", "declared", "required", "said"),
    [
        (("1.8.2", "1.9.0"), Bump.MINOR, Bump.MAJOR, "needs 2.0.0, declares 1.9.0"),
        (("1.8.2", "1.8.2"), Bump.NONE, Bump.MINOR, "needs 1.9.0, still declares 1.8.2"),
        (("1.8.2", "2.0.0"), Bump.MAJOR, Bump.MAJOR, None),
        (("1.8.2", "2.0.0"), Bump.MAJOR, Bump.MINOR, None),
        (("2024-01", "2024-02"), None, Bump.MAJOR, "needs a major version step, declares 2024-02"),
        ((None, None), None, Bump.MAJOR, "needs a major version step"),
        (("1.8.2", "1.8.2"), Bump.NONE, Bump.NONE, None),
    ],
)
def test_shortfall(versions: Any, declared: Bump | None, required: Bump, said: Any) -> None:
    subject = contract(versions=Versions(*versions), declared_bump=declared, required_bump=required)

    assert version_step(subject).shortfall() == said
    assert version_note(report(subject)) == said


def test_first_line_is_silent_of_small_steps_without_a_version() -> None:
    subject = contract(versions=Versions(None, None), declared_bump=None, required_bump=Bump.MINOR)

    assert version_step(subject).shortfall() == "needs a minor version step"
    assert version_note(report(subject)) is None


def test_several_contracts_are_counted() -> None:
    assert version_note(report(contract(), contract(id="b"))) == "2 contracts need a larger version step"


def test_short_fingerprints_tell_all_apart() -> None:
    alike = [finding(0xABCDEF0123 << 88 | i << 80) for i in range(3)]
    shortened = short_fingerprints(report(contract(finding(1 << 120), *alike)))

    assert len(set(shortened.values())) == 4
    assert all(full.startswith(short) for full, short in shortened.items())
    assert {len(short) for short in shortened.values()} == {len("fp1:") + 12}
    assert set(short_fingerprints(report(contract(finding(1 << 120)))).values()) == {"fp1:01000000"}
