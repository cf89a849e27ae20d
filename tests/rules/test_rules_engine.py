"""Reading and applying rules: errors with their place, users' rules that add and never lower, templates."""

from __future__ import annotations

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine import builtin_catalogue
from contractguard.errors import InternalError, UsageError
from contractguard.model.change import Change, Direction, Effect, FactValue, Polarity
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Impact, Judgement, Severity
from contractguard.rules import Catalogue, judge, load_catalogue, load_profile
from contractguard.rules.scaffolding import new_rule_template
from contractguard.sources.memory import MemorySnapshot

RULE = new_rule_template("gateway-allow-list")


def load(text: str, path: str = "house/gateway-allow-list.yaml") -> Catalogue:
    return load_catalogue(DocumentSet(MemorySnapshot("test", {path: text.encode()})), [path], origin="user")


def edited(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new, 1)


def change(kind: str, effect: Effect, direction: Direction = Direction.INPUT, **more: object) -> Change:
    facts: dict[str, FactValue] = more.pop("facts", {})  # type: ignore[assignment]
    return Change(kind=kind, effect=effect, direction=direction, element="e", subject="it", facts=facts, **more)  # type: ignore[arg-type]


def judged(
    one: Change,
    catalogue: Catalogue | None = None,
    mode: CompatibilityMode = CompatibilityMode.BACKWARD,
    kind: ContractKind = ContractKind.OPENAPI,
) -> tuple[Judgement, ...]:
    return judge(catalogue or builtin_catalogue(), one, mode=mode, contract_kind=kind)


def test_the_template_of_a_new_rule_loads() -> None:
    assert load(RULE).ids == {"gateway-allow-list"}


@pytest.mark.parametrize(
    ("old", "new", "says", "at"),
    [
        ("status: preview", "statuss: preview", "unknown field 'statuss'", "statuss"),
        ("change: parameter.added", "change: parameter.aded", "unknown change 'parameter.aded'", "parameter.aded"),
        ("required: false}", "requird: false}", "unknown fact of this change 'requird'", "requird"),
        ("location: query", "location: body", "unknown value 'body'", "body"),
        ("{name} with", "{nam} with", "unknown placeholder 'nam'", "message"),
        ("{name} with", "{name with", "'{' at character", "message"),
        ("layers: [wire]", "layers: []", "at least one layer", "layers"),
        ('since: "2026-11"', 'since: "soon"', "'soon' is not an edition", "since"),
        ("no_mirror:", "mirror: x\nno_mirror:", "either a mirror or a reason", "no_mirror"),
        ("level: risky", "level: dreadful", "invalid enum value 'dreadful'", "dreadful"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, says: str, at: str) -> None:
    text = edited(old, new)
    with pytest.raises(UsageError) as raised:
        load(text)
    assert says in str(raised.value)
    assert raised.value.path == "house/gateway-allow-list.yaml"
    assert raised.value.remedy
    line = raised.value.line
    assert line is not None
    assert at in text.splitlines()[line - 1]


def test_the_file_bears_the_name_of_the_rule() -> None:
    with pytest.raises(UsageError, match="is not the name of the file"):
        load(RULE, "house/other.yaml")


def test_an_id_is_never_taken_over() -> None:
    taken = new_rule_template("enum-value-removed")
    with pytest.raises(UsageError, match="taken by a built-in rule"):
        builtin_catalogue().merged(load(taken, "enum-value-removed.yaml"))


def test_a_user_rule_adds_a_finding_and_leaves_the_built_in_one() -> None:
    added = change("parameter.added", Effect.WIDENED, facts={"location": "query", "required": False})
    both = judged(added, builtin_catalogue().merged(load(RULE)))
    assert [(one.rule, one.impact) for one in both] == [
        ("optional-parameter-added", Impact.COMPATIBLE),
        ("gateway-allow-list", Impact.RISKY),
    ]


def test_a_user_rule_is_silent_where_it_says_nothing() -> None:
    added = change("parameter.added", Effect.WIDENED, Direction.OUTPUT, facts={"location": "query", "required": False})
    assert len(judged(added, builtin_catalogue().merged(load(RULE)))) == 1


@pytest.mark.parametrize(
    ("direction", "polarity", "impact"),
    [
        (Direction.INPUT, Polarity.POSITIVE, Impact.BREAKING),
        (Direction.OUTPUT, Polarity.POSITIVE, Impact.COMPATIBLE),
        (Direction.INPUT, Polarity.NEGATIVE, Impact.COMPATIBLE),
        (Direction.OUTPUT, Polarity.NEGATIVE, Impact.BREAKING),
        (Direction.OUTPUT, Polarity.UNDETERMINED, Impact.BREAKING),
    ],
)
def test_polarity_turns_the_direction(direction: Direction, polarity: Polarity, impact: Impact) -> None:
    (one,) = judged(change("pattern.added", Effect.NARROWED, direction, polarity=polarity, after="x"))
    assert one.impact is impact


@pytest.mark.parametrize(
    ("mode", "impacts"),
    [
        (CompatibilityMode.BACKWARD, [Impact.BREAKING]),
        (CompatibilityMode.FORWARD, []),
        (CompatibilityMode.FULL, [Impact.BREAKING]),
        (CompatibilityMode.NONE, [Impact.INFO]),
    ],
)
def test_the_mode_asks_for_a_direction(mode: CompatibilityMode, impacts: list[Impact]) -> None:
    narrowed = change("pattern.added", Effect.NARROWED, after="x")
    assert [one.impact for one in judged(narrowed, mode=mode, kind=ContractKind.JSONSCHEMA)] == impacts


@pytest.mark.parametrize(
    ("mode", "direction", "impact"),
    [
        (CompatibilityMode.BACKWARD, Direction.OUTPUT, Impact.COMPATIBLE),
        (CompatibilityMode.FORWARD, Direction.OUTPUT, Impact.BREAKING),
        (CompatibilityMode.FORWARD_TRANSITIVE, Direction.INPUT, Impact.COMPATIBLE),
        (CompatibilityMode.FULL, Direction.OUTPUT, Impact.BREAKING),
        (CompatibilityMode.FULL, Direction.INPUT, Impact.BREAKING),
        (CompatibilityMode.NONE, Direction.INPUT, Impact.INFO),
    ],
)
def test_requests_and_responses_have_directions_of_their_own(
    mode: CompatibilityMode, direction: Direction, impact: Impact
) -> None:
    (one,) = judged(change("pattern.added", Effect.NARROWED, direction, after="x"), mode=mode)
    assert one.impact is impact
    assert one.change.direction is direction


@pytest.mark.parametrize("mode", CompatibilityMode)
@pytest.mark.parametrize("kind", ContractKind)
def test_a_contract_that_vanished_breaks_whatever_is_asked_for(mode: CompatibilityMode, kind: ContractKind) -> None:
    (one,) = judged(change("contract.removed", Effect.NARROWED), mode=mode, kind=kind)
    assert (one.impact, one.bump) == (Impact.BREAKING, Bump.MAJOR)


def test_what_is_not_proved_is_at_least_risky() -> None:
    facts: dict[str, FactValue] = {"required": False}
    (sure,) = judged(change("header.added", Effect.WIDENED, Direction.OUTPUT, facts=facts))
    (unsure,) = judged(
        change("header.added", Effect.WIDENED, Direction.OUTPUT, facts=facts, polarity=Polarity.UNDETERMINED)
    )
    assert (sure.impact, unsure.impact) == (Impact.COMPATIBLE, Impact.RISKY)
    assert any("not proved" in line for line in unsure.trail)
    (none,) = judged(change("documentation.changed", Effect.NONE, polarity=Polarity.UNDETERMINED))
    assert none.impact is Impact.INFO


def test_the_trail_says_how_a_verdict_came_about() -> None:
    (one,) = judged(change("pattern.added", Effect.NARROWED, Direction.OUTPUT, polarity=Polarity.NEGATIVE, after="x"))
    assert one.trail[0] == "pattern-added: narrowed in input: breaking, bump major"
    assert "below 'not'" in one.trail[1]


def test_several_built_in_rules_for_one_change_are_our_own_mistake() -> None:
    twin = load_catalogue(
        DocumentSet(MemorySnapshot("test", {"gateway-allow-list.yaml": RULE.encode()})),
        ["gateway-allow-list.yaml"],
        origin="built-in",
    )
    added = change("parameter.added", Effect.WIDENED, facts={"location": "query", "required": False})
    with pytest.raises(InternalError, match=r"several built-in rules judge parameter\.added"):
        judged(added, builtin_catalogue().merged(twin))


def test_a_user_rule_judges_contracts_of_its_formats() -> None:
    text = edited("formats: [openapi]", "formats: [avro]")
    added = change("parameter.added", Effect.WIDENED, facts={"location": "query", "required": False})
    assert len(judged(added, builtin_catalogue().merged(load(text)))) == 1


def test_sentences_are_filled_and_what_is_missing_is_left_out() -> None:
    (one,) = judged(change("bound.tightened", Effect.NARROWED, after=5, facts={"keyword": "maximum"}))
    assert one.message == "maximum of it was tightened from none to 5"
    (one,) = judged(change("bound.tightened", Effect.NARROWED, before=9, after=5, facts={"keyword": "maximum"}))
    assert one.message == "maximum of it was tightened from 9 to 5"
    (one,) = judged(change("multiple-of.changed", Effect.NARROWED, after=5))
    assert one.message == "it must be a multiple of 5 now"
    (one,) = judged(change("multiple-of.changed", Effect.NARROWED, before=1, after=5))
    assert one.message == "it must be a multiple of 5 now, was 1"


def test_a_change_that_nothing_matches_is_unjudged() -> None:
    only = Catalogue([builtin_catalogue().rule("unjudged-change")])
    (one,) = judged(change("pattern.added", Effect.NARROWED, after="x"), only)
    assert (one.rule, one.impact, one.bump) == ("unjudged-change", Impact.RISKY, Bump.MAJOR)


PROFILE = """\
id: house
title: House
description: Ours.
layers: [wire]
severity: {breaking: error, risky: warning, compatible: info, info: "off"}
rules:
  enum-value-added: {severity: {breaking: info}, because: our consumers are tolerant}
"""


def test_a_profile_overrides_one_rule_by_impact() -> None:
    documents = DocumentSet(MemorySnapshot("test", {"house.yaml": PROFILE.encode()}))
    profile = load_profile(documents, "house.yaml", rule_ids=builtin_catalogue().ids)
    assert profile.overrides == {
        ("enum-value-added", Impact.BREAKING): (Severity.INFO, "our consumers are tolerant"),
    }
    assert profile.fail_on is Severity.ERROR


def test_a_profile_names_rules_that_exist() -> None:
    text = PROFILE.replace("enum-value-added", "enum-value-aded")
    documents = DocumentSet(MemorySnapshot("test", {"house.yaml": text.encode()}))
    with pytest.raises(UsageError, match="unknown rule 'enum-value-aded'") as raised:
        load_profile(documents, "house.yaml", rule_ids=builtin_catalogue().ids)
    assert raised.value.line == 7
    assert raised.value.remedy == "did you mean 'enum-value-added'?"
