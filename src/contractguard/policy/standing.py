"""How settled a thing is and whom it is for, as base and policy say it.

It is base that counts: what head says of itself is the change under judgement, and may not loosen it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contractguard.model.avro import AvroEnum, AvroFixed, AvroRecord
from contractguard.model.contract import AvroContract, Contract, JsonSchemaContract, OpenApiContract
from contractguard.model.lifecycle import (
    AUDIENCE,
    STABILITY,
    Audience,
    Stability,
    audience_named,
    mark_text,
    stability_named,
)
from contractguard.model.values import nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.finding import Finding
    from contractguard.model.places import Node

_STABILITIES, _AUDIENCES = list(Stability), list(Audience)
_NAMES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is promised of a thing: to be stable, and to the public, unless something else is said."""

    stability: Stability = Stability.STABLE
    audience: Audience = Audience.PUBLIC

    def joined(self, other: Standing) -> Standing:
        """The greater promise of two: the more stable, to the wider audience."""
        return Standing(
            max(self.stability, other.stability, key=_STABILITIES.index),
            max(self.audience, other.audience, key=_AUDIENCES.index),
        )

    def marked(self, marks: Mapping[str, Node]) -> Standing:
        """The promise as marks say it, under their canonical names. A word that nobody knows, or several that
        disagree, is no level, and relaxes nothing.
        """
        stability, audience = mark_text(marks, STABILITY), mark_text(marks, AUDIENCE)
        return Standing(
            self.stability if stability is None else stability_named(stability) or Stability.STABLE,
            self.audience if audience is None else audience_named(audience) or Audience.PUBLIC,
        )


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of a contract, and of its operations by method and path without names of parameters."""

    contract: Standing = Standing()
    operations: Mapping[tuple[str, str], Standing] = field(default_factory=nothing)

    def of(self, finding: Finding) -> Standing:
        """The greatest promise among the operations that a finding reaches; that of the contract where it reaches none."""
        reached = [
            self.operations.get((use.method, _nameless(use.path)), self.contract) for use in finding.operations
        ] or [self.contract]
        standing = reached[0]
        for other in reached[1:]:
            standing = standing.joined(other)
        return standing


def standings(base: Contract | None, stability: Stability | None, audience: Audience | None) -> Standings:
    """The standings in a contract. `stability` and `audience` are those that policy gives it; its own marks override them."""
    whole = Standing(stability or Stability.STABLE, audience or Audience.PUBLIC)
    if isinstance(base, JsonSchemaContract):
        return Standings(whole.marked(base.schemas.read(base.root).extensions))
    if isinstance(base, AvroContract) and isinstance(base.type, AvroRecord | AvroEnum | AvroFixed):
        return Standings(whole.marked(base.type.attributes))
    if not isinstance(base, OpenApiContract):
        return Standings(whole)
    whole = whole.marked(base.api.marks)
    operations = (*base.api.operations, *base.api.webhooks)
    return Standings(
        whole,
        {(operation.method, _nameless(operation.path)): whole.marked(operation.extensions) for operation in operations},
    )


def _nameless(path: str) -> str:
    """A path that is the same however its parameters are called."""
    return _NAMES.sub("{}", path)
