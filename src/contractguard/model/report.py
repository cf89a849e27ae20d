"""The report: everything that a comparison found, in the shape of the report JSON (DESIGN section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Reading, Severity
from contractguard.model.plain import encode
from contractguard.model.resolution import Resolution
from contractguard.model.schema import Dialect
from contractguard.model.values import UNSET, JsonValue, Unset


class Verdict(StrEnum):
    """The answer, worst first; `unknown` where something could not be read."""

    UNKNOWN = "unknown"
    BREAKING = "breaking"
    RISKY = "risky"
    COMPATIBLE = "compatible"
    UNCHANGED = "unchanged"


class ContractStatus(StrEnum):
    """What became of a contract between base and head."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


class GateStatus(StrEnum):
    """The gate's answer."""

    PASS = "pass"  # noqa: S105  (a verdict, not a password)
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Tool:
    """Who wrote the report; `edition` is that of the rule catalogue."""

    name: str
    version: str
    edition: str


@dataclass(frozen=True, slots=True)
class SideRef:
    """A side as named by the user, and the commit id that it resolved to."""

    ref: str
    commit: str | None


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """The policy applied: the ref it was read at (None for the built-in one), a digest of it, and its profile."""

    ref: str | None
    digest: str
    profile: str


@dataclass(frozen=True, slots=True)
class DialectRef:
    """A `$schema` of the user's own, and the dialect that the user says it stands for."""

    uri: str
    dialect: Dialect


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate: the severity it fails on (`none`: never), and why it fails."""

    status: GateStatus
    fail_on: Severity | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportError:
    """Something that could not be read or compared. `exit_code` is 2, 3, 4 or 70; `side` is `base`, `head` or None."""

    message: str
    exit_code: int
    side: str | None = None
    path: str | None = None
    line: int | None = None
    column: int | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that the contract gives itself."""

    base: str | None
    head: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractReport:
    """What was found in one contract. `notes` are remarks for the reader ("JSON and YAML twins; compared once")."""

    id: str
    path: str
    base_path: str | None = None
    """Where the contract lies at base, where that is another path."""
    kind: ContractKind
    dialect: str = ""
    title: str | None = None
    owner: str | None = None
    status: ContractStatus
    mode: CompatibilityMode
    verdict: Verdict
    required_bump: Bump
    declared_bump: Bump | None = None
    versions: Versions
    errors: tuple[ReportError, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    resolution: tuple[Resolution, ...] | Unset = UNSET
    """Of two Avro schemas, for each direction that `mode` asks for. No key otherwise."""


@dataclass(frozen=True, slots=True)
class Truncation:
    """What was left out of the report because there was too much of it."""

    findings_left_out: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a comparison found. `today` is the ISO date it was judged for, None where no rule needed a date."""

    schema_version: str = "1"
    tool: Tool
    base: SideRef
    head: SideRef
    today: str | None
    reading: Reading
    policy: PolicyRef | None
    dialects: tuple[DialectRef, ...] | Unset = UNSET
    """As configured; no key where nothing is."""
    verdict: Verdict
    required_bump: Bump
    gate: Gate
    findings: tuple[Finding, ...] = ()
    errors: tuple[ReportError, ...] = ()
    notes: tuple[str, ...] = ()
    truncated: Truncation | None = None
    contracts: tuple[ContractReport, ...] = ()

    def to_dict(self) -> dict[str, JsonValue]:
        """The report as plain values: what the report JSON holds (`schemas/report-1.json`), key for key and in its order.

        The values are the caller's own. A key is absent where the report JSON leaves it out (the payload of evidence that has
        none).
        """
        return cast("dict[str, JsonValue]", encode(self))
