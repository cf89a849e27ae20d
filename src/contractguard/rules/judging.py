"""What the catalogue says of a change: impact and bump by the direction it is judged in (DESIGN section 4, laws 1 and 4)."""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.errors import InternalError
from contractguard.model.change import Change, Direction, Effect, EvidenceKind, Polarity
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Impact, Judgement, Migration
from contractguard.model.profile import Layer
from contractguard.model.vocabulary import KINDS
from contractguard.rules.catalogue import Catalogue, Origin, Rule
from contractguard.rules.files import ImpactText
from contractguard.rules.templates import Values, fill

UNJUDGED_RULE = "unjudged-change"
"""The rule for what no other rule judges."""

_NOT_ABOUT_COMPATIBILITY = ("contract", "document", "version", "policy")
"""Things of the kinds that hold whatever compatibility is asked for: that a contract vanished or cannot be read."""

_MODES: dict[CompatibilityMode, tuple[Direction, ...]] = {
    CompatibilityMode.BACKWARD: (Direction.INPUT,),
    CompatibilityMode.BACKWARD_TRANSITIVE: (Direction.INPUT,),
    CompatibilityMode.FORWARD: (Direction.OUTPUT,),
    CompatibilityMode.FORWARD_TRANSITIVE: (Direction.OUTPUT,),
    CompatibilityMode.FULL: (Direction.INPUT, Direction.OUTPUT),
    CompatibilityMode.FULL_TRANSITIVE: (Direction.INPUT, Direction.OUTPUT),
    CompatibilityMode.NONE: (Direction.INPUT,),
}


@dataclass(frozen=True, slots=True)
class _Question:
    """How a change is judged: in these directions, the worst of them counts."""

    directions: tuple[Direction, ...]
    trail: tuple[str, ...]
    at_least_risky: bool = False
    nothing_asked: bool = False
    """Compatibility is NONE: the change is told, not judged."""


def judge(
    catalogue: Catalogue, change: Change, *, mode: CompatibilityMode, contract_kind: ContractKind
) -> tuple[Judgement, ...]:
    """The judgement of the one built-in rule that matches a change, then those of users' rules, by id.

    Empty where the compatibility mode does not ask for the direction of the change: for Avro and JSON Schema the diff tells
    every change in both directions, `input` for BACKWARD and `output` for FORWARD. A change that no built-in rule matches is
    judged by `unjudged-change`. Raises `InternalError` where several built-in rules match.
    """
    question = _question(change, mode, contract_kind)
    if question is None:
        return ()
    matching = catalogue.matching(change)
    built_in = [rule for rule in matching if rule.origin is Origin.BUILT_IN]
    if len(built_in) > 1:
        msg = f"several built-in rules judge {change.kind}: {', '.join(rule.id for rule in built_in)}"
        raise InternalError(msg)
    values = Values(change)
    judgements = [
        _judgement(built_in[0], change, question, values) if built_in else _unjudged(catalogue, change, question)
    ]
    judgements += [
        _judgement(rule, change, question, values)
        for rule in matching
        if rule.origin is Origin.USER and contract_kind in rule.formats
    ]
    return tuple(judgement for judgement in judgements if judgement is not None)


def _question(change: Change, mode: CompatibilityMode, contract_kind: ContractKind) -> _Question | None:
    """In which directions a change is judged; None where the mode does not ask for it."""
    only = KINDS[change.kind].directions
    nothing_asked = mode is CompatibilityMode.NONE and change.kind.partition(".")[0] not in _NOT_ABOUT_COMPATIBILITY
    if len(only) == 1:
        return _Question(only, (), nothing_asked=nothing_asked)
    trail: list[str] = []
    asked = _MODES[mode]
    directions: tuple[Direction, ...] = (change.direction,)
    if contract_kind is not ContractKind.OPENAPI:
        if change.direction not in asked:
            return None
    elif len(asked) > 1:
        directions = tuple(Direction)
        trail.append(f"compatibility is {mode}: the worse of input and output counts")
    elif asked == (Direction.OUTPUT,):
        directions = (change.direction.flipped(),)
        trail.append(f"compatibility is {mode}: new against old, so {change.direction} is judged as {directions[0]}")
    at_least_risky = False
    if change.polarity is Polarity.NEGATIVE:
        directions = tuple(direction.flipped() for direction in directions)
        if len(directions) == 1:
            trail.append(f"below 'not', where widening narrows: judged as {directions[0]}")
    elif change.polarity is Polarity.UNDETERMINED:
        directions = tuple(Direction)
        at_least_risky = change.effect is not Effect.NONE
        trail.append(
            "below 'if', or 'oneOf' that is not exclusive, or their like: the effect on the whole payload is not proved, so the "
            "worse of input and output counts"
        )
    return _Question(directions, tuple(trail), at_least_risky, nothing_asked)


def _judgement(rule: Rule, change: Change, question: _Question, values: Values) -> Judgement | None:
    """What one rule says; None where a user's rule says nothing of the directions asked for."""
    texts = [(direction, rule.impact.of(direction)) for direction in question.directions]
    stated = [(direction, text) for direction, text in texts if text is not None]
    if not stated:
        if rule.origin is Origin.BUILT_IN:
            msg = f"rule {rule.id} says nothing of {' and '.join(question.directions)}"
            raise InternalError(msg)
        return None
    direction, text = min(stated, key=lambda pair: (pair[1].level.rank, pair[1].bump.rank))
    level, bump, because = text.level, text.bump, fill(text.because, values)
    migration = Migration(fill(rule.migration.consumer, values), fill(rule.migration.provider, values))
    trail = [f"{rule.id}: {_stated(change, direction, text)}", *question.trail]
    if question.at_least_risky and level.rank > Impact.RISKY.rank:
        level = Impact.RISKY
        bump = min((text.bump for _, text in stated), key=lambda bump: bump.rank)
        trail.append(f"{text.level} → risky: what is not proved is at least risky")
    if (
        change.evidence.kind is EvidenceKind.PROOF
        and rule.origin is Origin.BUILT_IN
        and Layer.WIRE in rule.layers
        and level.rank <= Impact.RISKY.rank
    ):
        # A rule explains a verdict and does not contradict it: what is proved to exclude no payload breaks nobody (law 3).
        # A rule that is not about the wire speaks of what payloads mean, and of that a proof says nothing.
        trail.append(f"{level} → info: proved harmless, {change.evidence.note}")
        level, bump, because = Impact.INFO, Bump.PATCH, "It is proved to affect nobody."
        migration = Migration("Nothing to do.", "Nothing to do.")
    if question.nothing_asked:
        trail.append(f"{level} → info: compatibility is NONE, nothing is promised")
        level, bump = Impact.INFO, Bump.NONE
    return Judgement(
        change=change,
        rule=rule.id,
        title=rule.title,
        impact=level,
        bump=bump,
        because=because,
        message=fill(rule.message, values),
        migration=migration,
        layers=tuple(str(layer) for layer in rule.layers),
        trail=tuple(trail),
    )


def _stated(change: Change, direction: Direction, text: ImpactText) -> str:
    """The line of the trail for what the rule says."""
    effect = "no effect on what is valid" if change.effect is Effect.NONE else str(change.effect)
    return f"{effect} in {direction}: {text.level}, bump {text.bump}"


def _unjudged(catalogue: Catalogue, change: Change, question: _Question) -> Judgement | None:
    """The judgement of a change that no built-in rule matches: never silent (law 4)."""
    rule = catalogue.get(UNJUDGED_RULE)
    if rule is None:
        msg = f"no rule judges {change.kind}, and the catalogue has no rule '{UNJUDGED_RULE}'"
        raise InternalError(msg)
    line = f"no rule judges {change.kind} ({change.effect}), so {UNJUDGED_RULE} does"
    trail = (*question.trail, line)
    return _judgement(
        rule, change, _Question(question.directions, trail, nothing_asked=question.nothing_asked), Values(change)
    )
