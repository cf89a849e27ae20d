"""The catalogue as data: complete, unambiguous, symmetric, and in agreement with the first law of the comparison."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from contractguard.engine import builtin_catalogue
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.finding import Impact
from contractguard.model.vocabulary import KINDS
from contractguard.rules import UNJUDGED_RULE, Rule

CATALOGUE = builtin_catalogue()
RULES = list(CATALOGUE)

NOT_BY_LAW_ONE = {
    ("optional-parameter-added", Direction.OUTPUT): "most receivers ignore parameters that they do not know",
    ("header-added", Direction.OUTPUT): "HTTP tells clients to ignore headers that they do not know",
    ("media-type-added", Direction.OUTPUT): "Accept decides; only clients that send none are surprised",
    ("media-type-removed", Direction.OUTPUT): "who asks for the media type gets an error",
    ("body-removed", Direction.OUTPUT): "receivers read a body that is not sent",
    ("xml-changed", Direction.INPUT): "only messages in XML are touched",
    ("xml-changed", Direction.OUTPUT): "only messages in XML are touched",
    ("value-became-divided-list", Direction.INPUT): "only texts that hold the delimiter are touched",
    ("content-changed", Direction.INPUT): "an annotation that no validator checks",
    ("content-changed", Direction.OUTPUT): "an annotation that no validator checks",
    ("format-added", Direction.INPUT): "an annotation that validators need not check",
    ("format-removed", Direction.OUTPUT): "an annotation that validators need not check",
    ("format-narrowed", Direction.INPUT): "an annotation that validators need not check",
    ("format-widened", Direction.OUTPUT): "an annotation that validators need not check",
    ("format-changed", Direction.INPUT): "an annotation that validators need not check",
    ("format-changed", Direction.OUTPUT): "an annotation that validators need not check",
    ("discriminator-changed", Direction.INPUT): "validators ignore discriminators",
    ("discriminator-changed", Direction.OUTPUT): "validators ignore discriminators",
    ("operation-added", Direction.OUTPUT): "it is called only for those who subscribe",
    ("operation-removed", Direction.OUTPUT): "consumers wait for calls that never come",
    ("webhook-added", Direction.OUTPUT): "it is sent only to those who register",
    ("webhook-removed", Direction.OUTPUT): "consumers wait for events that never come",
    ("callback-added", Direction.OUTPUT): "it goes to an address that the consumer names",
    ("callback-removed", Direction.OUTPUT): "consumers wait for calls that never come",
    ("server-added", Direction.OUTPUT): "the base URLs in use stay",
    ("server-removed", Direction.OUTPUT): "calls no longer come by that URL",
    ("server-variable-values-added", Direction.OUTPUT): "the base URLs in use stay",
    ("server-variable-values-removed", Direction.OUTPUT): "calls no longer come by those URLs",
    ("success-response-added", Direction.OUTPUT): "clients that go by the class of a status are not touched",
    ("success-response-removed", Direction.OUTPUT): "clients wait for the status",
    ("error-response-added", Direction.OUTPUT): "clients must be ready for any error",
    ("error-response-removed", Direction.OUTPUT): "clients act on this very status",
    ("response-added", Direction.OUTPUT): "clients that know the class of a status are not touched",
    ("response-removed", Direction.OUTPUT): "clients act on this very status",
    ("response-body-added", Direction.INPUT): "the description does not tell whether answers need the body",
    ("response-body-added", Direction.OUTPUT): "clients read no body that was not declared",
    ("response-body-removed", Direction.INPUT): "answers may still carry what is not read",
    ("response-body-removed", Direction.OUTPUT): "clients read a body that is not sent",
    ("property-ignored", Direction.INPUT): "what callers ask for is ignored",
    ("property-ignored", Direction.OUTPUT): "receivers that read the property never find it",
    ("property-removed-from-closed-object", Direction.OUTPUT): "consumers that read the property never find it",
    ("unjudged-change", Direction.INPUT): "the effect is not known",
    ("unjudged-change", Direction.OUTPUT): "the effect is not known",
}
"""Rules that judge something other than validity, with the reason. Each entry must be needed."""


def _change(kind: str, effect: Effect, direction: Direction, facts: dict[str, bool | str]) -> Change:
    return Change(kind=kind, effect=effect, direction=direction, element="e", subject="s", facts=facts)


def _every_change() -> Iterator[Change]:
    for kind, about in KINDS.items():
        for effect, direction in itertools.product(about.effects, about.directions):
            for values in itertools.product(*about.facts.values()):
                yield _change(kind, effect, direction, dict(zip(about.facts, values, strict=True)))


def _law_one(effect: Effect, direction: Direction) -> set[Impact]:
    """The impacts that the effect allows in a direction."""
    if effect is Effect.NONE:
        return set(Impact)
    harmless = Effect.WIDENED if direction is Direction.INPUT else Effect.NARROWED
    return {Impact.COMPATIBLE, Impact.INFO} if effect is harmless else {Impact.BREAKING}


def test_every_change_is_judged_by_exactly_one_rule() -> None:
    wrong = []
    for change in _every_change():
        judging = [rule.id for rule in CATALOGUE.matching(change) if rule.impact.of(change.direction)]
        if len(judging) != 1:
            wrong.append((change.kind, change.effect, dict(change.facts), change.direction, judging))
    assert wrong == []


def test_impacts_follow_effect_and_direction_or_an_exception_says_why_not() -> None:
    departing = set()
    for change in _every_change():
        (rule,) = CATALOGUE.matching(change)
        impact = rule.impact.of(change.direction)
        assert impact is not None
        if impact.level not in _law_one(change.effect, change.direction):
            departing.add((rule.id, change.direction))
    assert departing == set(NOT_BY_LAW_ONE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_well_formed(rule: Rule) -> None:
    assert rule.path == f"rules/{rule.family}/{rule.id}.yaml"
    assert "{subject}" in rule.message
    assert len(rule.rationale) > 40
    assert rule.rationale.endswith(".")
    assert not set(rule.id.split("-")) & {"input", "output", "request", "error-level", "breaking", "risky", "warning"}
    for text in (rule.migration.consumer, rule.migration.provider):
        assert text.endswith(".")
    for direction in Direction:
        impact = rule.impact.of(direction)
        assert (impact is not None) == (direction in rule.match.directions)
        assert impact is None or impact.because.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_break_needs_a_major_step_and_nothing_else_than_risk_does(rule: Rule) -> None:
    for direction in Direction:
        impact = rule.impact.of(direction)
        if impact is None:
            continue
        if impact.level is Impact.BREAKING:
            assert impact.bump == "major"
        elif impact.level is not Impact.RISKY:
            assert impact.bump != "major"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_mirror_or_a_reason(rule: Rule) -> None:
    if rule.mirror is None:
        assert rule.no_mirror
    else:
        assert CATALOGUE.rule(rule.mirror).mirror == rule.id


def test_messages_differ_between_rules_that_are_no_twins() -> None:
    titles = [rule.title for rule in RULES]
    assert len(titles) == len(set(titles))


def test_what_nothing_judges_has_a_rule() -> None:
    impact = CATALOGUE.rule(UNJUDGED_RULE).impact
    assert impact.input is not None
    assert impact.output is not None
    assert impact.input.level is impact.output.level is Impact.RISKY
