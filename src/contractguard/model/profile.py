"""A profile: which layers of compatibility count, and what severity each impact gets. Data of `rules/profiles/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contractguard.model.change import Direction
from contractguard.model.finding import Impact, Severity
from contractguard.model.lifecycle import Audience, Stability
from contractguard.model.values import nothing


class Layer(StrEnum):
    """What a rule speaks about: a rule may be of several layers, and a profile counts those it names."""

    WIRE = "wire"
    """Validity of payloads and calls."""
    SDK = "sdk"
    """Code generated from the contract."""
    SEMANTIC = "semantic"
    """What a valid payload or call means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A policy of severities.

    A finding whose rule is in none of `layers` is `off`. Otherwise it has the severity that `overrides` names for its rule and
    impact (with the reason; `directed` ones first), else, for a risky finding whose evidence is `unproved`, that of `unproved`
    where it is set, else that of its impact in `severity`, which has an entry for every impact. `fail_on` is the severity at
    which the gate fails.

    Overrides are by rule *and impact*, because one rule gives several: a new enum value breaks a response and is compatible in
    a request, and only the break may be called a warning.
    """

    id: str
    title: str
    description: str
    layers: frozenset[Layer]
    severity: Mapping[Impact, Severity]
    unproved: Severity | None
    overrides: Mapping[tuple[str, Impact], tuple[Severity, str]]
    fail_on: Severity
    directed: Mapping[tuple[str, Impact, Direction], tuple[Severity, str]] = field(default_factory=nothing)
    """Overrides that hold in one direction only. They come before the others."""
    stability: Mapping[tuple[Stability, Impact], tuple[Severity, str]] = field(default_factory=nothing)
    """The severity that a finding has at most where all that it reaches is so stable, and why."""
    audience: Mapping[tuple[Audience, Impact], tuple[Severity, str]] = field(default_factory=nothing)
    """The severity that a finding has at most where all that it reaches is for this audience or a narrower one, and why."""
