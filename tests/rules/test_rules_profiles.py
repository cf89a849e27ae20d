"""Profiles: the built-in ones, and strict reading of others."""

from __future__ import annotations

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine import builtin_catalogue
from contractguard.engine.catalogue import builtin_profile
from contractguard.errors import UsageError
from contractguard.model.finding import Impact, Severity
from contractguard.model.profile import Layer, Profile
from contractguard.rules import load_profile
from contractguard.sources.memory import MemorySnapshot

BASE = """\
id: base
title: Base
description: A base.
layers: [wire, sdk]
severity: {breaking: error, risky: warning, compatible: info, info: info}
unproved: warning
fail_on: warning
rules:
  enum-added: {severity: warning, because: as agreed}
"""
HOUSE = """\
id: house
title: House
description: Ours.
extends: base
severity: {risky: error}
rules:
  enum-removed: {severity: {breaking: warning}, because: consumers are tolerant}
"""


def load(path: str = "p/house.yaml", known: dict[str, Profile] | None = None, **texts: str) -> Profile:
    files = {f"p/{name}.yaml": text.encode() for name, text in texts.items()}
    documents = DocumentSet(MemorySnapshot("test", files))
    return load_profile(documents, path, rule_ids=builtin_catalogue().ids, known=known)


def test_a_profile_takes_what_it_does_not_say_from_the_one_it_extends() -> None:
    profile = load(base=BASE, house=HOUSE)
    assert profile.layers == {Layer.WIRE, Layer.SDK}
    assert profile.severity == {
        Impact.BREAKING: Severity.ERROR,
        Impact.RISKY: Severity.ERROR,
        Impact.COMPATIBLE: Severity.INFO,
        Impact.INFO: Severity.INFO,
    }
    assert (profile.unproved, profile.fail_on) == (Severity.WARNING, Severity.WARNING)
    assert profile.overrides[("enum-removed", Impact.BREAKING)] == (Severity.WARNING, "consumers are tolerant")
    assert ("enum-removed", Impact.RISKY) not in profile.overrides
    assert [profile.overrides[("enum-added", impact)] for impact in Impact] == [(Severity.WARNING, "as agreed")] * 4


def test_a_profile_extends_one_that_is_known() -> None:
    profile = load(house=HOUSE.replace("extends: base", "extends: wire"), known={"wire": builtin_profile("wire")})
    assert profile.layers == {Layer.WIRE}


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("extends: base", "extends: house", "extends itself: house → house", 4),
        ("extends: base", "extends: ../base", "is not the id of a profile", 4),
        ("id: house", "id: home", "is not the name of the file", 1),
        ("severity: {risky: error}", "severity: {risk: error}", "unknown field 'risk'", 5),
        ("severity: {risky: error}", "severity: {risky: fatal}", "invalid enum value 'fatal'", 5),
        ("{breaking: warning}, because: consumers are tolerant", "warning", "missing required field 'because'", 7),
        ("because: consumers", "becuse: consumers", "unknown field 'becuse'", 7),
        ("extends: base\n", "", "no severity for breaking", 4),
    ],
)
def test_mistakes_have_their_place(old: str, new: str, says: str, line: int) -> None:
    assert old in HOUSE
    with pytest.raises(UsageError) as raised:
        load(base=BASE, house=HOUSE.replace(old, new))
    assert says in raised.value.message
    assert (raised.value.path, raised.value.line) == ("p/house.yaml", line)
    assert raised.value.remedy


def test_a_profile_counts_a_layer() -> None:
    with pytest.raises(UsageError, match="at least one layer"):
        load("p/base.yaml", base=BASE.replace("[wire, sdk]", "[]"))


@pytest.mark.parametrize("name", ["recommended", "everything", "wire", "sdk"])
def test_the_built_in_profiles_stop_breaks(name: str) -> None:
    profile = builtin_profile(name)
    assert profile.severity[Impact.BREAKING] is Severity.ERROR
    assert profile.fail_on is Severity.ERROR
    assert profile.unproved in {Severity.ERROR, Severity.WARNING}
    assert all(reason.endswith(".") for _, reason in profile.overrides.values())


def test_everything_silences_nothing() -> None:
    profile = builtin_profile("everything")
    assert profile.layers == set(Layer)
    assert Severity.OFF not in profile.severity.values()
    assert profile.overrides == {}


def test_recommended_gates_on_what_is_not_proved() -> None:
    assert builtin_profile("recommended").unproved is Severity.ERROR


def test_sdk_counts_names_of_generated_code_and_recommended_does_not() -> None:
    assert builtin_profile("sdk").layers - builtin_profile("recommended").layers == {Layer.SDK}
