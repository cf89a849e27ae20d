"""What the verdict on a schema change rests on: a proof, a payload that an independent validator confirms, or neither (law 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contractguard.diff.aspects import WHOLE, Aspect, aspect_of
from contractguard.diff.schema.pair import Found
from contractguard.diff.unchanged import Unchanged
from contractguard.diff.visits import Reach, Visit, Ways
from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind, Polarity
from contractguard.model.finding import Reading
from contractguard.model.payload import Checked, PayloadChecker, Role, SchemaPlace
from contractguard.model.schema import SchemaReader
from contractguard.model.values import JsonValue, Unset
from contractguard.semantics.inclusion.driver import Budget
from contractguard.semantics.inclusion.facets import Facets
from contractguard.semantics.inclusion.literals import Goal, Literal, Side, Where
from contractguard.semantics.inclusion.literals import Step as Into
from contractguard.semantics.inclusion.outcome import Outcome, Proof, Unknown, Witness
from contractguard.semantics.inclusion.questions import Inclusion

_JUDGED_BY_RULE = frozenset(
    "format.added format.removed format.changed discriminator.changed discriminator.mapping-changed content.changed "
    "xml.changed unjudged.changed".split()
)
"""Kinds with an effect that is not about which payloads a validator accepts: proof does not overrule their rules."""

_PROPERTIES = frozenset({"property.added", "property.removed"})

_MOST_CONFIRMING = 20_000
"""Schemas that the validators apply to the payloads of one comparison. Large real contracts take up to 8,000."""
_TOO_MUCH_TO_CONFIRM = "the payloads of this comparison take too many steps to check"

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
        self._confirming_left = _MOST_CONFIRMING
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
        aspect = aspect_of(found)
        if visit.pair.polarity is Polarity.UNDETERMINED:
            worst = self._decided_around(visit, direction, sender, aspect)
        else:
            worst = self._decided(
                visit, direction, sender, self._local(visit, sender, aspect), about=found.details.get("name", "")
            )
        if worst.kind is not EvidenceKind.PROOF:
            self._explained[direction, sender] |= self._reach.mask(visit, direction)
        return worst

    def _decided_around(self, visit: Visit, direction: Direction, sender: Side, aspect: Aspect) -> Evidence:
        """Whether a change stops payloads, where only the pairs around it say which way it counts (law 1).

        It does if one of their payloads that stops working has a part that the two sides of the change take differently: a
        payload that stops working for another reason says nothing about it.
        """
        ways = Ways(
            visit, lambda outer: outer.pair.polarity is not Polarity.UNDETERMINED, beyond=False, each_once=False
        )
        answers: list[Evidence] = []
        for outer, steps in ways:
            whole = self._local(outer, sender)
            inclusion = self._inclusion(sender, outer.pair.role)
            for accepts in (sender, Side(1 - sender)):
                part = self._taken_by(accepts, visit, sender, aspect, aspect)
                both = None if whole is None or part is None else inclusion.goal(*whole, *inclusion.within(steps, part))
                answers.append(self._decided(outer, direction, sender, both))
                if answers[-1].kind is EvidenceKind.WITNESS:
                    return answers[-1]
                if answers[-1].kind is EvidenceKind.UNPROVED and self._confirming_left <= 0:
                    return answers[-1]  # nothing that is found can be shown any more
        if not ways.are_all:
            answers += [
                Evidence(EvidenceKind.UNPROVED, note=_NOT_FOUND)
                for outer in visit.determined()
                if self._decided(outer, direction, sender, self._local(outer, sender)).kind is not EvidenceKind.PROOF
            ]
        return _worst(answers)

    def _decided(
        self, visit: Visit, direction: Direction, sender: Side, local: Goal | None, *, about: str = ""
    ) -> Evidence:
        """Whether payloads of the roots above a pair of which polarity is known stop working as a goal about the pair says.

        `about` is the property that the change is about, for the reason that is shown.
        """
        if local is None or self._search(visit, sender, local) is Proof.EMPTY:
            return Evidence(EvidenceKind.PROOF, note=_HARMLESS)
        evidence = self._along(*self._reach.nearest_way(visit, direction), local, sender, about)
        if evidence.kind is EvidenceKind.WITNESS:
            return evidence
        reasons: set[str] = set()
        for each_once in (True, False):
            ways = Ways(visit, lambda outer: direction in outer.roots, beyond=True, each_once=each_once)
            for root, steps in ways:
                evidence = self._along(root, steps, local, sender, about)
                if evidence.kind is EvidenceKind.WITNESS:
                    return evidence
                reasons |= {evidence.note} if evidence.note else set()
            if ways.are_all or reasons:
                break
        if not reasons and (ways.are_all or self._roots_hold(visit, direction, sender)):
            return Evidence(EvidenceKind.PROOF, note=_HARMLESS)
        return Evidence(EvidenceKind.UNPROVED, note="; ".join(sorted(reasons)) or _NOT_FOUND)

    def _along(self, root: Visit, steps: tuple[Into, ...], local: Goal, sender: Side, about: str = "") -> Evidence:
        """A payload of a root that stops working at the end of a way into it; without note where there is none."""
        below = self._inclusion(sender, root.pair.role).within(steps, local)
        outcome = self._search(root, sender, self._local(root, sender), below)
        if outcome is Proof.EMPTY:
            return Evidence(EvidenceKind.UNPROVED)
        near = [step.name if step.where is Where.PROPERTY else "" for step in steps]
        return self._told(root, sender, outcome, [*near, about] if about else near)

    def _told(self, root: Visit, sender: Side, outcome: Outcome, near: Sequence[str] = ()) -> Evidence:
        """The evidence of an outcome for the whole payload of a root, which is shown for the place that `near` leads to."""
        if isinstance(outcome, Witness):
            return self._confirmed(root, sender, outcome.value, near)
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

    def _local(self, visit: Visit, sender: Side, aspect: Aspect = WHOLE) -> Goal | None:
        """The goal of a payload of the pair that counts against the change; None where there can be none."""
        accepts = Side(1 - sender) if visit.pair.polarity is Polarity.NEGATIVE else sender
        return self._taken_by(accepts, visit, sender, WHOLE, aspect)

    def _taken_by(self, accepts: Side, visit: Visit, sender: Side, accepting: Aspect, refusing: Aspect) -> Goal | None:
        """The goal of a payload of the pair that one side takes, as far as an aspect of it goes, and the other does not."""
        literals = self._refusing(visit, accepts, sender, refusing)
        accepted = visit.node(accepts)
        if literals is None:
            return None
        inclusion = self._inclusion(sender, visit.pair.role)
        if accepted is not None:
            said = accepting.of(self._facets, visit.schema(accepts))
            literals.append(inclusion.schema(said, accepted, accepts, holds=True))
        return inclusion.goal(*literals)

    def _refusing(self, visit: Visit, accepts: Side, sender: Side, aspect: Aspect) -> list[Literal] | None:
        """What makes the side that does not accept refuse because of the change; None where it refuses nothing."""
        refuses = Side(1 - accepts)
        refused = visit.node(refuses)
        if refused is None:
            return None
        inclusion = self._inclusion(sender, visit.pair.role)
        if aspect.branch is not None:
            literals = [inclusion.at(aspect.branch, aspect.side, holds=False)]
        else:
            said = aspect.of(self._facets, visit.schema(refuses))
            literals = [inclusion.schema(said, refused, refuses, holds=False)]
        if aspect.alternative is not None:
            literals.append(inclusion.at(aspect.alternative, aspect.side, holds=True))
        if not isinstance(aspect.value, Unset):
            literals.append(inclusion.value(aspect.value))
        return literals

    def _inclusion(self, sender: Side, role: Role) -> Inclusion:
        key = (sender, role)
        known = self._inclusions.get(key)
        if known is None:
            base, head = self._sides.readers
            known = self._inclusions[key] = Inclusion(
                base, head, self._unchanged, sender=sender, role=role, reading=self._reading, budget=self._budget
            )
        return known

    def _confirmed(self, root: Visit, sender: Side, payload: JsonValue, near: Sequence[str]) -> Evidence:
        """A witness, if the independent validators of both sides agree that it is one."""
        if self._sides.checkers is None:
            return Evidence(EvidenceKind.UNPROVED, note="no validator was there to confirm a payload")
        receiver = Side(1 - sender)
        role = root.pair.role
        accepted, refused = (self._check(root, side, payload, near) for side in (sender, receiver))
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

    def _check(self, root: Visit, side: Side, payload: JsonValue, near: Sequence[str]) -> Checked:
        node = root.node(side)
        if node is None or self._sides.checkers is None:
            return Checked(valid=True)
        if self._confirming_left > 0:
            self._confirming_left -= self._inclusion(Side.BASE, root.pair.role).weight(root.schema(side), side, payload)
        if self._confirming_left <= 0:
            return Checked(None, _TOO_MUCH_TO_CONFIRM)
        return self._sides.checkers[side].check(
            node, payload, dialect=root.schema(side).dialect, role=root.pair.role, near=near
        )


_WORST_FIRST = (EvidenceKind.WITNESS, EvidenceKind.UNPROVED, EvidenceKind.RULE, EvidenceKind.PROOF)


def _worst(answers: Iterable[Evidence]) -> Evidence:
    """The one of several answers that counts."""
    return min(answers, key=lambda evidence: _WORST_FIRST.index(evidence.kind), default=_NOT_SEARCHED)


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
