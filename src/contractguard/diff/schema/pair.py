"""A pair of schemas under comparison, and what is found in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contractguard.diff.unchanged import Unchanged
from contractguard.model.change import Effect, FactValue, Polarity
from contractguard.model.finding import Formats, Reading
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import OPENAPI_DIALECTS, JsonType, Schema, SchemaReader, type_of
from contractguard.model.values import UNSET, JsonValue, Unset, nothing
from contractguard.semantics.inclusion.literals import Step as Into


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A change of one pair, before it is known in which directions and operations the pair is reached."""

    kind: str
    effect: Effect
    element: str
    subject: str
    base: Node | None
    head: Node | None
    before: JsonValue | Unset
    after: JsonValue | Unset
    facts: Mapping[str, FactValue] = field(default_factory=nothing)
    details: Mapping[str, str] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """The way from a pair to a child pair. None on a side that says nothing there (anything is valid)."""

    base: Node | None
    head: Node | None
    base_place: Node
    head_place: Node
    element: str
    subject: str
    polarity: Polarity
    into: Into | None = None
    """Which part of the payload the child pair is about; None for the same payload."""


@dataclass(slots=True, kw_only=True, eq=False)
class Pair:
    """Two schemas that stand at the same place of a payload on the two sides.

    The facet modules read `base` and `head`, and call `change` and `child`; what they say gathers in `found` and `steps`.
    """

    base: Schema
    head: Schema
    role: Role
    polarity: Polarity
    element: str
    subject: str
    reading: Reading
    formats: Formats
    base_reader: SchemaReader
    head_reader: SchemaReader
    unchanged: Unchanged
    found: list[Found] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    depends_on_role: bool = False
    """Whether a look at the role decided something; if not, `found` and `steps` are the same in every role."""

    def change(
        self,
        kind: str,
        effect: Effect,
        name: str | None = None,
        *,
        before: JsonValue | Unset = UNSET,
        after: JsonValue | Unset = UNSET,
        base: Node | None = None,
        head: Node | None = None,
        facts: Mapping[str, FactValue] | None = None,
        details: Mapping[str, str] | None = None,
        below: str = "",
        subject: str | None = None,
    ) -> None:
        """Record a change of the field `name` (its keywords are the places), or at the nodes given.

        A side that says nothing is pointed at through its schema, so that both places can be shown. `below` is added to the
        element.
        """
        if name is not None:
            base = base or self.base.origin(name)
            head = head or self.head.origin(name)
        self.found.append(
            Found(
                kind=kind,
                effect=effect,
                element=f"{self.element}{below}",
                subject=subject or self.subject,
                base=base,
                head=head,
                before=before,
                after=after,
                facts=facts or nothing(),
                details=details or nothing(),
            )
        )

    def bound(self, name: str, keyword: str, before: JsonValue, after: JsonValue, *, upper: bool) -> None:
        """Record a count that differs; None is no bound, and `upper` says that a larger one admits more."""
        tightened = _number(before, upper=upper) > _number(after, upper=upper)
        if not upper:
            tightened = not tightened
        kind, effect = ("bound.tightened", Effect.NARROWED) if tightened else ("bound.loosened", Effect.WIDENED)
        self.change(kind, effect, name, before=said(before), after=said(after), facts={"keyword": keyword})

    def child(
        self,
        base: Node | None,
        head: Node | None,
        below: str,
        subject: str,
        *,
        polarity: Polarity = Polarity.POSITIVE,
        base_place: Node | None = None,
        head_place: Node | None = None,
        into: Into | None = None,
    ) -> None:
        """Compare two subschemas too, where they are not the same. `polarity` is that of the keyword that holds them, `into` the
        part of the payload that they speak of, where it is not the whole.
        """
        if base is None and head is None:
            return
        if base is not None and head is not None and self.unchanged(base, head):
            return
        self.steps.append(
            Step(
                base=base,
                head=head,
                base_place=base_place or base or self.base.node,
                head_place=head_place or head or self.head.node,
                element=f"{self.element}{below}",
                subject=subject,
                polarity=self.polarity.under(polarity),
                into=into,
            )
        )

    def both_allow(self, *types: JsonType) -> bool:
        """Whether both sides let values of one of these types through: only then its keywords matter."""
        return any(allows(self.base, kind) and allows(self.head, kind) for kind in types)


def said(value: JsonValue) -> JsonValue | Unset:
    """A value of the normal form, in which None means that the schema says nothing, as the value of a change."""
    return UNSET if value is None else value


def _number(bound: JsonValue, *, upper: bool) -> float:
    if isinstance(bound, int | float):
        return bound
    return math.inf if upper else -math.inf


Comparer = Callable[[Pair], None]


def effective_types(schema: Schema) -> frozenset[JsonType] | None:
    """The types that a schema lets through as far as `type` and `enum` tell; None for all."""
    if schema.boolean is False:
        return frozenset()
    if schema.types is None and schema.enum is not None:
        return frozenset(type_of(item.value) for item in schema.enum)
    return schema.types


def is_base64(schema: Schema) -> bool:
    """Whether a string holds bytes in Base64: `contentEncoding: base64`, which OpenAPI before 3.1 writes `format: byte`."""
    return schema.content_encoding == "base64" or (schema.format == "byte" and schema.dialect in OPENAPI_DIALECTS)


def allows(schema: Schema, kind: JsonType) -> bool:
    """Whether values of a type may be valid; a number is allowed already where only integers are."""
    types = effective_types(schema)
    if types is None or kind in types:
        return True
    numeric = {JsonType.INTEGER, JsonType.NUMBER}
    return kind in numeric and bool(numeric & types)
