"""What a profile may say of one direction, of stability and of an audience."""

from __future__ import annotations

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine import builtin_catalogue
from contractguard.engine.catalogue import builtin_profile
from contractguard.errors import UsageError
from contractguard.model.change import Direction
from contractguard.model.finding import Impact, Severity
from contractguard.model.lifecycle import Audience, Stability
from contractguard.model.profile import Profile
from contractguard.rules import load_profile
from contractguard.sources.memory import MemorySnapshot

BASE = """\
id: base
title: Base
description: A base.
layers: [wire]
severity: {breaking: error, risky: warning, compatible: info, info: info}
rules:
  enum-added:
    - {direction: input, severity: {breaking: warning}, because: callers adapt}
    - {severity: {breaking: info}, because: as agreed}
stability:
  beta: {severity: {breaking: warning, risky: info}, because: it may change}
audience:
  internal: {severity: warning, because: we can ask}
"""
HOUSE = """\
id: house
title: House
description: Ours.
extends: base
rules:
  enum-added: {severity: {breaking: error}, because: never}
  enum-removed: {direction: output, severity: warning, because: they are tolerant}
stability:
  beta: {severity: {breaking: error}, because: we promise more}
"""


def load(**texts: str) -> Profile:
    files = {f"p/{name}.yaml": text.encode() for name, text in texts.items()}
    documents = DocumentSet(MemorySnapshot("test", files))
    return load_profile(documents, f"p/{list(texts)[-1]}.yaml", rule_ids=builtin_catalogue().ids)


def test_an_entry_may_be_for_one_direction() -> None:
    profile = load(base=BASE)
    assert profile.directed == {("enum-added", Impact.BREAKING, Direction.INPUT): (Severity.WARNING, "callers adapt")}
    assert profile.overrides == {("enum-added", Impact.BREAKING): (Severity.INFO, "as agreed")}


def test_what_is_said_of_both_directions_replaces_what_the_extended_profile_says_of_one() -> None:
    profile = load(base=BASE, house=HOUSE)
    assert profile.overrides["enum-added", Impact.BREAKING] == (Severity.ERROR, "never")
    assert profile.directed == {
        ("enum-removed", impact, Direction.OUTPUT): (Severity.WARNING, "they are tolerant") for impact in Impact
    }


def test_limits_are_by_level_and_impact_and_are_taken_over() -> None:
    base, house = load(base=BASE), load(base=BASE, house=HOUSE)
    assert base.stability == {
        (Stability.BETA, Impact.BREAKING): (Severity.WARNING, "it may change"),
        (Stability.BETA, Impact.RISKY): (Severity.INFO, "it may change"),
    }
    assert base.audience == {(Audience.INTERNAL, impact): (Severity.WARNING, "we can ask") for impact in Impact}
    assert house.stability[Stability.BETA, Impact.BREAKING] == (Severity.ERROR, "we promise more")
    assert house.stability[Stability.BETA, Impact.RISKY] == (Severity.INFO, "it may change")
    assert house.audience == base.audience


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("direction: input", "direction: sideways", "invalid enum value 'sideways'", 8),
        ("because: as agreed", "becuse: as agreed", "unknown field 'becuse'", 9),
        ("  beta:", "  gamma:", "unknown stability 'gamma'", 11),
        ("  internal:", "  friends:", "unknown audience 'friends'", 13),
        ("severity: warning, because: we can ask", "because: we can ask", "missing required field 'severity'", 13),
    ],
)
def test_mistakes_have_their_place(old: str, new: str, says: str, line: int) -> None:
    assert old in BASE
    with pytest.raises(UsageError) as raised:
        load(base=BASE.replace(old, new, 1))
    assert says in raised.value.message
    assert raised.value.line == line


@pytest.mark.parametrize("name", ["recommended", "sdk", "google-aip-180"])
def test_profiles_that_relax_never_relax_what_is_stable_or_public(name: str) -> None:
    profile = builtin_profile(name)
    assert {level for level, _ in profile.stability} == {Stability.EXPERIMENTAL, Stability.BETA}
    assert {audience for audience, _ in profile.audience} <= {Audience.INTERNAL}


@pytest.mark.parametrize("name", ["wire", "everything", "zalando"])
def test_profiles_that_relax_nothing(name: str) -> None:
    profile = builtin_profile(name)
    assert (profile.stability, profile.audience) == ({}, {})
