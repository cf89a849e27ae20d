"""A change: what differs, where, and what that does to the set of valid payloads or calls. No opinion in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contractguard.model.payload import Role, SchemaPlace
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing


class Effect(StrEnum):
    """What a change does to the set of valid payloads or calls at its place."""

    NONE = "none"
    WIDENED = "widened"
    NARROWED = "narrowed"
    INCOMPARABLE = "incomparable"

    def flipped(self) -> Effect:
        """The effect of the reverse change, or of the same change below a `not`."""
        return _FLIPPED.get(self, self)

    def joined(self, other: Effect) -> Effect:
        """The effect of both together, on independent parts of a payload."""
        if self is other or other is Effect.NONE:
            return self
        return other if self is Effect.NONE else Effect.INCOMPARABLE


_FLIPPED = {Effect.WIDENED: Effect.NARROWED, Effect.NARROWED: Effect.WIDENED}


class Direction(StrEnum):
    """Who sends: `input` is what the provider accepts, `output` what it emits. Callbacks and webhooks flip it."""

    INPUT = "input"
    OUTPUT = "output"

    def flipped(self) -> Direction:
        """The other direction."""
        return Direction.OUTPUT if self is Direction.INPUT else Direction.INPUT


class Polarity(StrEnum):
    """How a part of a schema counts for the whole payload: below `not` a widening narrows, below `if` nobody can say."""

    POSITIVE = "+"
    NEGATIVE = "-"
    UNDETERMINED = "±"

    def under(self, inner: Polarity) -> Polarity:
        """The polarity of a part with polarity `inner` inside a part with this one."""
        if Polarity.UNDETERMINED in (self, inner):
            return Polarity.UNDETERMINED
        return Polarity.POSITIVE if self is inner else Polarity.NEGATIVE


class EvidenceKind(StrEnum):
    """What an impact rests on."""

    WITNESS = "witness"
    """A payload that one side accepts and the other refuses, confirmed by an independent validator."""
    PROOF = "proof"
    """Inclusion was shown."""
    RULE = "rule"
    """The impact is not about validity of payloads."""
    UNPROVED = "unproved"
    """The impact follows from the changed keyword; neither proof nor payload was found."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an impact rests on. `payload` is there for a witness only; `note` says in words what was shown or stopped a proof."""

    kind: EvidenceKind
    payload: JsonValue | Unset = UNSET
    accepted_by: str | None = None
    """`base` or `head`: the side on which the payload is valid."""
    refused_because: str | None = None
    note: str | None = None
    base_schema: SchemaPlace | None = None
    """The schema of the whole payload at base; None without a witness, or where base has no schema there."""
    head_schema: SchemaPlace | None = None
    role: Role | None = None
    """What the payload is in HTTP; None without a witness."""


@dataclass(frozen=True, slots=True, order=True)
class OperationUse:
    """A place of an operation that a change reaches.

    `place` is `request body`, `response`, `query parameter limit`, `response header retry-after`, …; `status` and `media_type`
    are empty where they do not apply. For a webhook, `path` is its name.
    """

    method: str
    path: str
    place: str = ""
    status: str = ""
    media_type: str = ""


FactValue = bool | str
"""Facts come from closed domains, so that it can be checked that the rules judge each combination exactly once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """One difference.

    `kind`, `facts` and `details` are those of `model/vocabulary.py`. `effect` is the effect at the element itself; `polarity`
    says how the element counts for the payload. `element` is the stable selector of DESIGN section 2, `subject` what a
    sentence calls the thing (`property 'total'`). `base` and `head` are the nodes to point at, None where the thing is absent on
    that side. `uses` are all the operations reached, sorted; empty for contracts without operations.
    """

    kind: str
    effect: Effect
    direction: Direction
    element: str
    subject: str
    polarity: Polarity = Polarity.POSITIVE
    base: Node | None = None
    head: Node | None = None
    before: JsonValue | Unset = UNSET
    after: JsonValue | Unset = UNSET
    facts: Mapping[str, FactValue] = field(default_factory=nothing)
    details: Mapping[str, str] = field(default_factory=nothing)
    uses: tuple[OperationUse, ...] = ()
    evidence: Evidence = field(default_factory=lambda: Evidence(EvidenceKind.RULE))

    def payload_effect(self) -> Effect:
        """The effect on the whole payload, as far as polarity tells: flipped below `not`, incomparable below `if`."""
        if self.polarity is Polarity.UNDETERMINED and self.effect is not Effect.NONE:
            return Effect.INCOMPARABLE
        return self.effect.flipped() if self.polarity is Polarity.NEGATIVE else self.effect
