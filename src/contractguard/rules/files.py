"""The shape of a rule file (DESIGN section 6), as msgspec reads it. What the shape cannot say is in `checks.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from contractguard.model.change import Direction
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Impact, Reading
from contractguard.model.profile import Layer


class RuleStatus(StrEnum):
    """How settled a rule is. A deprecated rule still judges; its id is never used for anything else."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Wrap(StrEnum):
    """What the `before` and `after` of an OpenAPI example are; the rest of a small description is put around them."""

    DESCRIPTION = "description"
    """Top-level fields; `openapi`, `info` and `paths` are filled in where they are missing."""
    OPERATION = "operation"
    """The operation `POST /things`; `responses` is filled in where it is missing."""
    REQUEST_BODY = "request-body"
    """The schema of a JSON request body."""
    RESPONSE = "response"
    """The schema of a JSON response."""
    PARAMETER = "parameter"
    """The schema of the query parameter `q`."""


class ImpactText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a change means in one direction. `because` is a template."""

    level: Impact
    bump: Bump
    because: str


class ImpactByDirection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A direction that cannot occur is left out."""

    input: ImpactText | None = None
    output: ImpactText | None = None

    def of(self, direction: Direction) -> ImpactText | None:
        """The impact in one direction."""
        return self.input if direction is Direction.INPUT else self.output


class MigrationText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each side does; templates."""

    consumer: str
    provider: str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small change and the exact set of rules that must fire on it.

    Without `dialect`, `reading` and `compatibility` the defaults of the comparison hold. `before` and `after` are whole
    contracts, for OpenAPI as `wrap` says.
    """

    name: str
    format: ContractKind
    before: Any
    after: Any
    expect: tuple[str, ...]
    wrap: Wrap = Wrap.DESCRIPTION
    dialect: str | None = None
    reading: Reading | None = None
    compatibility: CompatibilityMode | None = None


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the catalogue."""

    id: str
    title: str
    since: str
    status: RuleStatus
    formats: tuple[ContractKind, ...]
    layers: tuple[Layer, ...]
    match: dict[str, Any]
    impact: ImpactByDirection
    message: str
    rationale: str
    migration: MigrationText
    references: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    mirror: str | None = None
    no_mirror: str | None = None
