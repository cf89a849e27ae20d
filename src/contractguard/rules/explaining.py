"""What `explain` shows of a rule, as data; the command line and the pages of the documentation lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.model.change import Direction, Effect
from contractguard.model.finding import Bump, Impact
from contractguard.model.values import JsonValue
from contractguard.model.vocabulary import KINDS
from contractguard.rules.catalogue import Match, Rule


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """The impact in one direction. `because` is a template: placeholders stand in it as written."""

    direction: Direction
    level: Impact
    bump: Bump
    because: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """An example as given in the rule file. `setting` says how it is compared where that is not the default."""

    name: str
    format: str
    part: str
    """Of an OpenAPI description: which part `before` and `after` are; empty for other formats."""
    setting: str
    before: JsonValue
    after: JsonValue
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage:
    """Everything that a reader may want to know of a rule, in the order in which it is shown."""

    id: str
    title: str
    origin: str
    family: str
    since: str
    status: str
    layers: tuple[str, ...]
    formats: tuple[str, ...]
    when: tuple[str, ...]
    """One line for each kind of change that is matched."""
    impacts: tuple[ImpactLine, ...]
    message: str
    rationale: str
    consumer: str
    provider: str
    mirror: str | None
    no_mirror: str | None
    references: tuple[str, ...]
    examples: tuple[ExampleView, ...]


def explain_rule(rule: Rule) -> ExplainPage:
    """The page of a rule."""
    texts = [(direction, rule.impact.of(direction)) for direction in Direction]
    return ExplainPage(
        id=rule.id,
        title=rule.title,
        origin=str(rule.origin),
        family=rule.family,
        since=rule.since,
        status=str(rule.status),
        layers=tuple(str(layer) for layer in rule.layers),
        formats=tuple(str(one) for one in rule.formats),
        when=tuple(_when(rule.match, kind) for kind in rule.match.kinds),
        impacts=tuple(ImpactLine(d, text.level, text.bump, text.because) for d, text in texts if text is not None),
        message=rule.message,
        rationale=rule.rationale.strip(),
        consumer=rule.migration.consumer.strip(),
        provider=rule.migration.provider.strip(),
        mirror=rule.mirror,
        no_mirror=rule.no_mirror,
        references=rule.references,
        examples=_examples(rule),
    )


def _when(match: Match, kind: str) -> str:
    """`parameter.added (A parameter is new.), narrowed, location query or header`."""
    vocabulary = KINDS[kind]
    conditions = []
    if len(vocabulary.effects) > 1:
        effects = [str(effect) for effect in Effect if effect in match.effects and effect in vocabulary.effects]
        conditions.append("effect " + " or ".join(effects))
    for name, values in match.facts.items():
        if values != set(vocabulary.facts[name]):
            listed = [str(value).lower() for value in vocabulary.facts[name] if value in values]
            conditions.append(f"{name} {' or '.join(listed)}")
    return ", ".join([f"{kind}: {vocabulary.about}", *conditions])


def _examples(rule: Rule) -> tuple[ExampleView, ...]:
    views = []
    for example in rule.examples:
        openapi = str(example.format) == "openapi"
        settings = [example.dialect, example.compatibility, f"{example.reading} reading" if example.reading else None]
        views.append(
            ExampleView(
                name=example.name,
                format=str(example.format),
                part=str(example.wrap) if openapi else "",
                setting=", ".join(str(setting) for setting in settings if setting),
                before=example.before,
                after=example.after,
                expect=example.expect,
            )
        )
    return tuple(views)
