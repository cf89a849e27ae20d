"""The files of `fixtures/refactorings` are what they say: both sides take the same payloads, as far as samples can tell."""

from __future__ import annotations

import pytest
from law_fixtures import REFACTORINGS
from law_payloads import counterexample, is_valid, valid_payloads

SCHEMAS = [name for name, fixture in REFACTORINGS.items() if fixture["kind"] == "jsonschema"]


def test_the_fields_are_complete() -> None:
    assert len(REFACTORINGS) >= 30
    for fixture in REFACTORINGS.values():
        assert fixture.keys() == {"name", "why", "kind", "dialect", "before", "after"}
        assert fixture["before"] != fixture["after"] or list(fixture["before"]) != list(fixture["after"])
    assert len({fixture["name"] for fixture in REFACTORINGS.values()}) == len(REFACTORINGS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_both_sides_take_the_same_payloads(name: str) -> None:
    before, after, dialect = (REFACTORINGS[name][key] for key in ("before", "after", "dialect"))
    assert counterexample(before, after, dialect=dialect) == []
    assert counterexample(after, before, dialect=dialect) == []
    drawn = valid_payloads(before, 5, beside=[after], dialect=dialect)
    assert drawn, "samples that are never valid show nothing"
    assert all(is_valid(after, payload, dialect) for payload in drawn)
