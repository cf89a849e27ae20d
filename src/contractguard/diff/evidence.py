"""What the verdict on a schema change rests on: a proof, a payload that an independent validator confirms, or neither (law 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contractguard.diff.schema.pair import Found
from contractguard.diff.unchanged import Unchanged
from contractguard.diff.visits import Reach, Visit, Ways
from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind, Polarity
from contractguard.model.finding import Reading
from contractguard.model.payload import Checked, PayloadChecker, Role, SchemaPlace
from contractguard.model.schema import Schema, SchemaReader
from contractguard.model.values import JsonValue
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.facets import Facets
from contractguard.semantics.inclusion.literals import Goal, Side
from contractguard.semantics.inclusion.literals import Step as Into
from contractguard.semantics.inclusion.outcome import Outcome, Proof, Unknown, Witness
from contractguard.semantics.inclusion.questions import Inclusion

_JUDGED_BY_RULE = frozenset(
    "format.added format.removed format.changed discriminator.changed discriminator.mapping-changed content.changed "
    "xml.changed unjudged.changed".split()
)
"""Kinds with an effect that is not about which payloads a validator accepts: proof does not overrule their rules."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "type.changed": ("types", "enum"),
    "null.refused": ("types", "enum"),
    "null.allowed": ("types", "enum"),
    "enum.value-removed": ("enum",),
    "enum.value-added": ("enum",),
    "enum.added": ("enum",),
    "enum.removed": ("enum",),
    "const.changed": ("enum",),
    "multiple-of.changed": ("multiple_of",),
    "pattern.added": ("pattern",),
    "pattern.removed": ("pattern",),
    "pattern.changed": ("pattern",),
    "unique-items.added": ("unique_items",),
    "unique-items.removed": ("unique_items",),
    "contains.added": ("contains", "min_contains", "max_contains"),
    "contains.removed": ("contains", "min_contains", "max_contains"),
    "additional-properties.forbidden": ("additional_properties",),
    "additional-properties.allowed": ("additional_properties",),
    "dependent-required.added": ("dependent_required",),
    "dependent-required.removed": ("dependent_required",),
}
"""Kind → the fields of the schema that say what changed. Where a kind is absent, the whole schema is asked about."""

_PROPERTIES = frozenset({"property.added", "property.removed"})

_BOUNDS: Mapping[str, tuple[str, ...]] = {
    "minimum": ("minimum",),
    "maximum": ("maximum",),
    "minLength": ("min_length",),
    "maxLength": ("max_length",),
    "minItems": ("min_items",),
    "maxItems": ("max_items",),
    "minProperties": ("min_properties",),
    "maxProperties": ("max_properties",),
    "minContains": ("contains", "min_contains"),
    "maxContains": ("contains", "max_contains"),
}

_HARMLESS = "no payload that was valid is refused because of it"
_STILL_VALID = "every payload that was valid here still is"
_SENDS_LESS = "nothing new is sent here"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is needed of both sides, base first."""

    readers: tuple[SchemaReader, SchemaReader]
    checkers: tuple[PayloadChecker, PayloadChecker] | None
    """None where nobody can confirm a payload: then none is shown."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A payload that stops working and that no changed keyword explains, with the pair that shows it; or a root not decided."""

    visit: Visit
    sender: Side
    evidence: Evidence


class Evidences:
    """Finds the evidence for changes of schema pairs. `senders` says for each direction whose payloads the other side takes."""

    def __init__(
        self,
        reach: Reach,
        sides: Sides,
        unchanged: Unchanged,
        *,
        reading: Reading,
        senders: Mapping[Direction, Sequence[Side]],
    ) -> None:
        self._reach = reach
        self._sides = sides
        self._unchanged = unchanged
        self._reading = reading
        self._senders = senders
        self._budget = Budget()
        self._inclusions: dict[tuple[Side, Role], Inclusion] = {}
        self._facets = Facets()
        self._explained: dict[tuple[Direction, Side], int] = defaultdict(int)
        """Payload roots below which a changed keyword has a witness, or could not be decided (bits of `Reach`)."""
        self._told_of: set[tuple[int, Direction, Side]] = set()
        """Pairs of which was told that they stop payloads though no changed keyword says so."""
        self._unsettled: dict[Direction, int] = defaultdict(int)
        """Payload roots below which a property came or went of which the keywords of its object alone do not tell enough."""

    def of(self, visit: Visit, found: Found, direction: Direction) -> Evidence:
        """The evidence for a change, where payloads of this direction reach it."""
        if found.effect is Effect.NONE or found.kind in _JUDGED_BY_RULE:
            if found.kind in _PROPERTIES:
                self._unsettled[direction] |= self._reach.mask(visit, direction)
            return Evidence(EvidenceKind.RULE)
        return _worst(self._of(visit, found, direction, sender) for sender in self._senders[direction])

    def unexplained(self, root: Visit, direction: Direction) -> list[Unexplained]:
        """The payloads of a root that stop working and that no change with a witness explains. Ask after `of`."""
        told: list[Unexplained] = []
        for sender in self._senders[direction]:
            here = self._reach.mask(root, direction)
            if here & ~self._explained[direction, sender]:
                evidence = self._told(root, sender, self._search(root, sender, self._local(root, sender)))
                if evidence.kind is EvidenceKind.WITNESS:
                    smallest = self._smallest(root, sender, evidence)
                    if (id(smallest.visit), direction, sender) not in self._told_of:
                        self._told_of.add((id(smallest.visit), direction, sender))
                        told.append(smallest)
                elif evidence.kind is EvidenceKind.UNPROVED and here & self._unsettled[direction]:
                    told.append(Unexplained(root, sender, evidence))
        return told

    def _smallest(self, root: Visit, sender: Side, evidence: Evidence) -> Unexplained:
        """The innermost pair that shows why a payload of the root stops working, with a payload that does so because of it."""
        inner, met = root, {id(root)}
        steps: tuple[Into, ...] = ()
        search_on = True
        while search_on:
            search_on = False
            for child, into in self._reach.children(inner):
                way = steps if into is None else (*steps, into)
                local = self._local(child, sender)
                if id(child) in met or child.pair.polarity is Polarity.UNDETERMINED or local is None:
                    continue
                met.add(id(child))
                shown = self._along(root, way, local, sender)
                if shown.kind is EvidenceKind.WITNESS:
                    inner, steps, evidence, search_on = child, way, shown, True
                    break
        return Unexplained(inner, sender, evidence)

    def _of(self, visit: Visit, found: Found, direction: Direction, sender: Side) -> Evidence:
        note = _keyword_note(visit, found, sender)
        if note is not None:
            return Evidence(EvidenceKind.PROOF, note=note)
        decided = visit.determined()
        facet = _facet(found) if decided == [visit] else None
        worst = _worst(self._decided(place, direction, sender, facet) for place in decided)
        if worst.kind is not EvidenceKind.PROOF:
            self._explained[direction, sender] |= self._reach.mask(visit, direction)
        return worst

    def _decided(self, visit: Visit, direction: Direction, sender: Side, facet: _Facet | None) -> Evidence:
        """Whether a change at a pair of which polarity is known stops payloads of the roots above it."""
        local = self._local(visit, sender, facet)
        if local is None or self._search(visit, sender, local) is Proof.EMPTY:
            return Evidence(EvidenceKind.PROOF, note=_HARMLESS)
        evidence = self._along(*self._reach.nearest_way(visit, direction), local, sender)
        if evidence.kind is EvidenceKind.WITNESS:
            return evidence
        reasons: set[str] = set()
        for ways in (Ways(visit, direction, each_once=True), Ways(visit, direction, each_once=False)):
            for root, steps in ways:
                evidence = self._along(root, steps, local, sender)
                if evidence.kind is EvidenceKind.WITNESS:
                    return evidence
                reasons |= {evidence.note} if evidence.note else set()
            if ways.are_all or reasons:
                break
        if not reasons and (ways.are_all or self._roots_hold(visit, direction, sender)):
            return Evidence(EvidenceKind.PROOF, note=_HARMLESS)
        return Evidence(EvidenceKind.UNPROVED, note="; ".join(sorted(reasons)) or _NOT_FOUND)

    def _along(self, root: Visit, steps: tuple[Into, ...], local: Goal, sender: Side) -> Evidence:
        """A payload of a root that stops working at the end of a way into it; without note where there is none."""
        below = self._inclusion(sender, root.pair.role).within(steps, local)
        outcome = self._search(root, sender, self._local(root, sender), below)
        return Evidence(EvidenceKind.UNPROVED) if outcome is Proof.EMPTY else self._told(root, sender, outcome)

    def _told(self, root: Visit, sender: Side, outcome: Outcome) -> Evidence:
        """The evidence of an outcome for the whole payload of a root."""
        if isinstance(outcome, Witness):
            return self._confirmed(root, sender, outcome.value)
        if isinstance(outcome, Unknown):
            return Evidence(EvidenceKind.UNPROVED, note=f"the search stopped at {', '.join(sorted(outcome.reasons))}")
        return Evidence(EvidenceKind.PROOF, note=_HARMLESS)

    def _roots_hold(self, visit: Visit, direction: Direction, sender: Side) -> bool:
        """Whether no payload at all stops working, at any root that reaches the pair."""
        roots = self._reach.roots_in(visit, direction)
        return all(self._search(root, sender, self._local(root, sender)) is Proof.EMPTY for root in roots)

    def _search(self, visit: Visit, sender: Side, *goals: Goal | None) -> Outcome:
        """A payload of a pair that makes all goals true; None is a goal that cannot be."""
        possible = [goal for goal in goals if goal is not None]
        if len(possible) < len(goals):
            return Proof.EMPTY
        return self._inclusion(sender, visit.pair.role).search(*possible)

    def _local(self, visit: Visit, sender: Side, facet: _Facet | None = None) -> Goal | None:
        """The goal of a payload of the pair that counts against the change; None where there can be none."""
        accepts, refuses = sender, Side(1 - sender)
        if visit.pair.polarity is Polarity.NEGATIVE:
            accepts, refuses = refuses, accepts
        accepted, refused = visit.node(accepts), visit.node(refuses)
        if refused is None:
            return None
        inclusion = self._inclusion(sender, visit.pair.role)
        schema = visit.schema(refuses)
        if facet is not None:
            schema = facet.of(self._facets, schema)
        literals = [inclusion.schema(schema, refused, refuses, holds=False)]
        if accepted is not None:
            literals.append(inclusion.schema(visit.schema(accepts), accepted, accepts, holds=True))
        return inclusion.goal(*literals)

    def _inclusion(self, sender: Side, role: Role) -> Inclusion:
        key = (sender, role)
        known = self._inclusions.get(key)
        if known is None:
            base, head = self._sides.readers
            known = self._inclusions[key] = Inclusion(
                base, head, self._unchanged, sender=sender, role=role, reading=self._reading, budget=self._budget
            )
        return known

    def _confirmed(self, root: Visit, sender: Side, payload: JsonValue) -> Evidence:
        """A witness, if the independent validators of both sides agree that it is one."""
        if self._sides.checkers is None:
            return Evidence(EvidenceKind.UNPROVED, note="no validator was there to confirm a payload")
        receiver = Side(1 - sender)
        role = root.pair.role
        accepted, refused = (self._check(root, side, payload) for side in (sender, receiver))
        if accepted.valid is not True or refused.valid is not False:
            doubt = accepted if accepted.valid is not True else refused
            return Evidence(
                EvidenceKind.UNPROVED, note=f"a payload was found but not confirmed: {doubt.reason or 'valid'}"
            )
        return Evidence(
            EvidenceKind.WITNESS,
            payload=payload,
            accepted_by=sender.name.lower(),
            refused_because=refused.reason,
            base_schema=_place(root, Side.BASE),
            head_schema=_place(root, Side.HEAD),
            role=role,
        )

    def _check(self, root: Visit, side: Side, payload: JsonValue) -> Checked:
        node = root.node(side)
        if node is None or self._sides.checkers is None:
            return Checked(valid=True)
        return self._sides.checkers[side].check(node, payload, dialect=root.schema(side).dialect, role=root.pair.role)


_WORST_FIRST = (EvidenceKind.WITNESS, EvidenceKind.UNPROVED, EvidenceKind.RULE, EvidenceKind.PROOF)


def _worst(answers: Iterable[Evidence]) -> Evidence:
    """The one of several answers that counts."""
    return min(answers, key=lambda evidence: _WORST_FIRST.index(evidence.kind), default=_NOT_SEARCHED)


@dataclass(frozen=True, slots=True)
class _Facet:
    """The part of a schema that a change is about: some fields, or what it says of one property."""

    fields: tuple[str, ...] = ()
    property: str = ""

    def of(self, facets: Facets, schema: Schema) -> Schema:
        """The part; the whole schema where it cannot be taken out."""
        part = facets.keywords(schema, self.fields) if self.fields else facets.property(schema, self.property)
        return part or schema


def _facet(found: Found) -> _Facet | None:
    if found.kind.startswith("property."):
        return _Facet(property=found.details["name"])
    if found.kind.startswith("bound."):
        return _Facet(_BOUNDS[str(found.facts["keyword"])])
    fields = _FIELDS.get(found.kind)
    return _Facet(fields) if fields else None


def _keyword_note(visit: Visit, found: Found, sender: Side) -> str | None:
    """What the keyword alone proves: the set of payloads only grew where it is received, or shrank where it is sent."""
    harmless = Effect.WIDENED if sender is Side.BASE else Effect.NARROWED
    if visit.pair.polarity is Polarity.NEGATIVE:
        harmless = harmless.flipped()
    if found.effect is not harmless or visit.pair.polarity is Polarity.UNDETERMINED:
        return None
    return _STILL_VALID if sender is Side.BASE else _SENDS_LESS


def _place(root: Visit, side: Side) -> SchemaPlace | None:
    node = root.node(side)
    return None if node is None else SchemaPlace(node.path, node.pointer, root.schema(side).dialect)


_NOT_FOUND = "no payload was found that it stops, and no proof that there is none"
_NOT_SEARCHED = Evidence(EvidenceKind.UNPROVED, note=_NOT_FOUND)
