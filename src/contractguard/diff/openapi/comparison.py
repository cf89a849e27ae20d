"""What all parts of one comparison share, and the spot of a description that is being compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from contractguard.diff.collector import Collector
from contractguard.diff.openapi.base_urls import Offers
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.model.change import Direction, Effect, FactValue, OperationUse
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation, Part
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in both descriptions something is compared: how it is called, which way it goes, and which operation has it.

    `component` is the shared definition that both sides stand in, None where there is none or two different ones.
    `use_prefix` stands before the places of an operation that are met through a callback. `uses` are the operations reached by
    what belongs to no single one: a server or a security scheme of the whole description.
    """

    direction: Direction
    element: str
    subject: str
    component: str | None = None
    use: OperationUse | None = None
    use_prefix: str = ""
    uses: tuple[OperationUse, ...] = ()

    def below(
        self,
        label: str,
        subject: str,
        parts: tuple[Part, Part] | None = None,
        *,
        place: str | None = None,
        status: str = "",
        media_type: str = "",
    ) -> Spot:
        """A part of this spot. Where both `parts` are the same shared definition, the element starts there.

        `place`, `status` and `media_type` are those of `OperationUse`; what is not given stays as it is here.
        """
        component = None if parts is None or parts[0].component != parts[1].component else parts[0].component
        starts_here = component is not None and component != self.component
        use = self.use
        if use is not None:
            use = replace(
                use,
                place=use.place if place is None else self.use_prefix + place,
                status=status or use.status,
                media_type=media_type or use.media_type,
            )
        return replace(
            self,
            element=component if starts_here and component else f"{self.element} > {label}",
            subject=subject,
            component=component,
            use=use,
        )

    def flipped(self) -> Spot:
        """The same spot for what goes the other way: the responses of a call."""
        return replace(self, direction=self.direction.flipped())


OperationPair: TypeAlias = tuple[Operation | None, Operation | None]
"""An operation of base and the same one of head; None on the side that does not have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two descriptions under comparison, and where the result goes."""

    base: OpenApiContract
    head: OpenApiContract
    collector: Collector
    payloads: Payloads
    unchanged: Unchanged
    operations: tuple[OperationPair, ...] = ()
    """The operations of `paths`, those of both sides together where they are the same one."""
    webhooks: tuple[OperationPair, ...] = ()
    scheme_names: Mapping[str, str] = field(default_factory=nothing)
    """New name → old name of security schemes that are only called something else."""
    security_effects: dict[tuple[int, int], Effect] = field(default_factory=dict)
    """What was found out about pairs of security requirements, by the identities of both."""
    shared_places: dict[tuple[str, Direction, tuple[str, str]], Node] = field(default_factory=dict)
    """Where a shared parameter was first met as added or removed: by the kind of change, the direction and its own place."""
    offers: Offers = field(default_factory=Offers)
    """What the base URLs of operations stand for."""
    callbacks_done: set[tuple[tuple[str, str], tuple[str, str], Direction, str, str]] = field(default_factory=set)
    """Pairs of callback operations that were compared, with the direction, method and path of what they belong to."""

    @property
    def is_same_release(self) -> bool:
        """Whether both sides are written in one release (2.0, 3.0, …): only then does equal text mean the same."""
        return _release(self.base.api.specification) == _release(self.head.api.specification)

    def says_the_same(self, base: Node, head: Node) -> bool:
        """Whether two nodes of the files mean the same, to the last referenced definition."""
        return self.is_same_release and self.unchanged(base, head)

    def uses_where(self, is_reached: Callable[[Operation, Operation], bool]) -> tuple[OperationUse, ...]:
        """The operations and webhooks of both sides that something of the whole description reaches."""
        return tuple(
            OperationUse(head.method, head.path)
            for base, head in (*self.operations, *self.webhooks)
            if base is not None and head is not None and is_reached(base, head)
        )

    def add(
        self,
        kind: str,
        effect: Effect,
        spot: Spot,
        *,
        base: Node | None = None,
        head: Node | None = None,
        before: JsonValue | Unset = UNSET,
        after: JsonValue | Unset = UNSET,
        facts: Mapping[str, FactValue] | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Record a change at a spot."""
        self.collector.add(
            kind,
            effect,
            spot.direction,
            element=spot.element,
            subject=spot.subject,
            base=base,
            head=head,
            before=before,
            after=after,
            facts=facts,
            details=details,
            uses=spot.uses if spot.use is None else (spot.use,),
        )

    def add_flag(
        self,
        kind: str,
        effect: Effect,
        spot: Spot,
        parts: tuple[Part, Part],
        name: str,
        *,
        after: bool,
        facts: Mapping[str, FactValue] | None = None,
    ) -> None:
        """Record that the boolean keyword `name` of two objects is now `after`, which it was not."""
        base, head = (keyword(part, name) for part in parts)
        self.add(kind, effect, spot, base=base, head=head, before=not after, after=after, facts=facts)

    def payload(self, spot: Spot, base: Node | None, head: Node | None, places: tuple[Node, Node]) -> None:
        """Compare the schemas of a spot. `places` are the nodes to point at on a side without schema."""
        self.payloads.compare(
            base,
            head,
            direction=spot.direction,
            # Whoever owns the data sends a webhook: its request holds what a response would.
            role=Role.REQUEST if spot.direction is Direction.INPUT else Role.RESPONSE,
            element=spot.element,
            subject=spot.subject,
            use=spot.use,
            base_place=places[0],
            head_place=places[1],
        )


def keyword(part: Part, name: str) -> Node:
    """The node of a keyword, or of the object itself where it does not say it."""
    return part.node.get(name) or part.node


def _release(specification: str) -> list[str]:
    return specification.split("-", maxsplit=1)[0].split(".")[:2]
