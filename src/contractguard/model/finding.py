"""Judgements and findings: what rules and policy make of a change. Everything here is plain data, as in the report JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from contractguard.model.change import Change, Direction, Effect, Evidence, OperationUse
from contractguard.model.places import Location
from contractguard.model.values import UNSET, JsonValue, Unset


class Impact(StrEnum):
    """A fact about compatibility, worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    COMPATIBLE = "compatible"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _IMPACTS.index(self)


class Bump(StrEnum):
    """The version step that a change needs, largest first."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the largest."""
        return _BUMPS.index(self)


class Severity(StrEnum):
    """What policy makes of a finding, worst first. Findings that are `off` are not in the report."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _SEVERITIES.index(self)


_IMPACTS, _BUMPS, _SEVERITIES = list(Impact), list(Bump), list(Severity)


class FindingStatus(StrEnum):
    """Whether somebody has accepted a finding."""

    OPEN = "open"
    WAIVED = "waived"
    APPROVED = "approved"


class CompatibilityMode(StrEnum):
    """Which sides must understand which, as in schema registries."""

    NONE = "NONE"
    BACKWARD = "BACKWARD"
    BACKWARD_TRANSITIVE = "BACKWARD_TRANSITIVE"
    FORWARD = "FORWARD"
    FORWARD_TRANSITIVE = "FORWARD_TRANSITIVE"
    FULL = "FULL"
    FULL_TRANSITIVE = "FULL_TRANSITIVE"


class Reading(StrEnum):
    """How schemas are read (DESIGN, law 5)."""

    DECLARED = "declared"
    STRICT = "strict"


class Formats(StrEnum):
    """What `format` is in JSON Schemas (2020-12 validation, 7.2). In OpenAPI it is a part of the data type in any case."""

    ANNOTATIONS = "annotations"
    """Validators do not assert it: a change is told, and breaks nobody."""
    ASSERTIONS = "assertions"
    """The consumers' validators assert it: a change is judged as in OpenAPI."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What each side does about a change."""

    consumer: str
    provider: str


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """A change with what its rule says of it. `title`, `message`, `because` and `migration` are filled in, ready to be read."""

    change: Change
    rule: str
    title: str
    impact: Impact
    bump: Bump
    because: str
    message: str
    migration: Migration
    layers: tuple[str, ...]
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """An older version that head is compared with in place of base: the version, where it lies, and the tag that holds it.

    `ref` and `commit` are None for a version that lies beside the contract, at base or at head.
    """

    version: str
    ref: str | None
    commit: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A judged change. Field by field the `findings` entry of the report JSON (DESIGN section 7)."""

    rule: str
    title: str
    fingerprint: str
    change: str
    effect: Effect
    impact: Impact
    bump: Bump
    severity: Severity
    status: FindingStatus = FindingStatus.OPEN
    direction: Direction
    element: str
    subject: str
    operations: tuple[OperationUse, ...] = ()
    base: Location | None = None
    head: Location | None = None
    before: JsonValue = None
    after: JsonValue = None
    message: str
    because: str
    evidence: Evidence
    migration: Migration
    layers: tuple[str, ...] = ()
    sunset: str | None = None
    """The sunset date that base announced for what is removed, as written."""
    trail: tuple[str, ...] = ()
    against: Against | Unset = UNSET
    """The older version that stands for base in this finding, where a transitive mode found it. No key otherwise."""

    def with_severity(self, severity: Severity, reason: str) -> Finding:
        """The same finding with another severity and a line in its trail; itself where the severity stays."""
        if severity is self.severity:
            return self
        line = f"{self.severity} → {severity}: {reason}"
        return replace(self, severity=severity, trail=(*self.trail, line))
