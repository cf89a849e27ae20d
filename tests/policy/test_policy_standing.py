"""How stability and audience make a finding less severe, and what decides which of them holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from policy_makers import finding

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats import read_contract
from contractguard.model.change import OperationUse
from contractguard.model.contract import Contract
from contractguard.model.document import ContractKind
from contractguard.model.finding import Impact, Severity
from contractguard.model.lifecycle import Audience, Stability
from contractguard.model.profile import Layer, Profile
from contractguard.policy import Standing, Standings, apply_standing, standings

PROFILE = Profile(
    id="house",
    title="",
    description="",
    layers=frozenset(Layer),
    severity=dict.fromkeys(Impact, Severity.ERROR),
    unproved=None,
    overrides={},
    fail_on=Severity.ERROR,
    stability={
        (Stability.BETA, Impact.BREAKING): (Severity.WARNING, "beta may change"),
        (Stability.EXPERIMENTAL, Impact.BREAKING): (Severity.INFO, "it is a trial"),
    },
    audience={(Audience.INTERNAL, Impact.BREAKING): (Severity.WARNING, "we can ask them")},
)
BETA = Standings(Standing(Stability.BETA))
OK = {"responses": {"200": {"description": "OK"}}}


def test_a_break_of_beta_is_as_severe_as_the_profile_says() -> None:
    (relaxed,) = apply_standing([finding(trail=("before",))], PROFILE, BETA)
    assert relaxed == finding(
        severity=Severity.WARNING,
        trail=("before", "error → warning: stability is beta (profile house: beta may change)"),
    )


def test_an_internal_break_is_as_severe_as_the_profile_says() -> None:
    (relaxed,) = apply_standing([finding()], PROFILE, Standings(Standing(audience=Audience.INTERNAL)))
    assert relaxed.severity is Severity.WARNING
    assert relaxed.trail == ("error → warning: audience is internal (profile house: we can ask them)",)


def test_both_count_and_the_milder_wins() -> None:
    both = Standings(Standing(Stability.EXPERIMENTAL, Audience.INTERNAL))
    (relaxed,) = apply_standing([finding()], PROFILE, both)
    assert relaxed.severity is Severity.INFO
    assert len(relaxed.trail) == 1, "the audience has nothing left to relax"


@pytest.mark.parametrize(
    ("untouched", "standing"),
    [
        (finding(), Standing()),
        (finding(impact=Impact.RISKY), Standing(Stability.BETA)),
        (finding(severity=Severity.INFO), Standing(Stability.BETA)),
        (finding(severity=Severity.OFF), Standing(Stability.EXPERIMENTAL)),
        (finding(change="version.bump-too-small"), Standing(Stability.BETA)),
        (finding(change="contract.invalid"), Standing(Stability.BETA)),
        (finding(change="policy.changed"), Standing(Stability.BETA)),
        (finding(), Standing(audience=Audience.PARTNER)),
    ],
)
def test_nothing_else_is_touched_and_nothing_gets_more_severe(untouched: Any, standing: Standing) -> None:
    (after,) = apply_standing([untouched], PROFILE, Standings(standing))
    assert after is untouched


def test_a_contract_that_is_gone_is_relaxed_like_what_was_in_it() -> None:
    (relaxed,) = apply_standing([finding(change="contract.removed")], PROFILE, BETA)
    assert relaxed.severity is Severity.WARNING


def test_a_profile_that_says_nothing_of_it_changes_nothing() -> None:
    silent = replace(PROFILE, stability={}, audience={})
    (after,) = apply_standing([finding()], silent, BETA)
    assert after == finding()


def test_the_most_settled_and_the_widest_of_what_is_reached_counts() -> None:
    mixed = Standings(
        Standing(Stability.EXPERIMENTAL, Audience.INTERNAL),
        {
            ("GET", "/a"): Standing(Stability.BETA, Audience.INTERNAL),
            ("GET", "/b/{}"): Standing(Stability.EXPERIMENTAL),
        },
    )
    uses = (OperationUse("GET", "/a"), OperationUse("GET", "/b/{id}"))
    assert mixed.of(finding(operations=uses)) == Standing(Stability.BETA, Audience.PUBLIC)
    assert mixed.of(finding(operations=uses[:1])) == Standing(Stability.BETA, Audience.INTERNAL)
    assert mixed.of(finding(operations=(OperationUse("GET", "/new"),))) == mixed.contract
    assert mixed.of(finding()) == mixed.contract


def contract(value: Any, kind: ContractKind = ContractKind.OPENAPI) -> Contract:
    return read_contract(kind, DocumentSet(in_memory("a", value)), MEMORY_PATH)


def api(paths: dict[str, Any], **info: Any) -> Contract:
    return contract({"openapi": "3.1.0", "info": {"title": "t", "version": "1", **info}, "paths": paths})


def test_an_operation_overrides_its_path_and_that_the_description_and_that_the_policy() -> None:
    base = api(
        {
            "/a/{id}": {"x-stability-level": "alpha", "get": OK, "post": {"x-stability-level": "stable", **OK}},
            "/b": {"get": OK, "delete": {"x-internal": True, **OK}},
        },
        **{"x-audience": "external-partner"},
    )
    found = standings(base, Stability.BETA, Audience.PUBLIC)
    assert found.contract == Standing(Stability.BETA, Audience.PARTNER)
    assert found.operations == {
        ("GET", "/a/{}"): Standing(Stability.EXPERIMENTAL, Audience.PARTNER),
        ("POST", "/a/{}"): Standing(Stability.STABLE, Audience.PARTNER),
        ("GET", "/b"): Standing(Stability.BETA, Audience.PARTNER),
        ("DELETE", "/b"): Standing(Stability.BETA, Audience.INTERNAL),
    }


def test_what_nobody_says_is_stable_and_public() -> None:
    assert standings(api({"/a": {"get": OK}}), None, None).operations == {("GET", "/a"): Standing()}
    assert standings(None, None, None) == Standings(Standing())
    assert Standing() == Standing(Stability.STABLE, Audience.PUBLIC)


@pytest.mark.parametrize(
    "marks",
    [
        {"x-stability-level": "shiny", "x-audience": "friends"},
        {"x-stability-level": "beta", "x-unstable": True, "x-audience": "internal", "x-visibility": "partner"},
    ],
)
def test_unknown_words_and_contradictions_relax_nothing(marks: dict[str, Any]) -> None:
    base = api({"/a": {"get": {**marks, **OK}}})
    assert standings(base, Stability.BETA, Audience.INTERNAL).operations == {("GET", "/a"): Standing()}


def test_a_json_schema_says_it_at_its_root_and_avro_in_the_policy_alone() -> None:
    schema = contract({"type": "object", "x-stability-level": "beta", "x-internal": True}, ContractKind.JSONSCHEMA)
    assert standings(schema, None, None).contract == Standing(Stability.BETA, Audience.INTERNAL)
    avro = contract({"type": "record", "name": "R", "fields": []}, ContractKind.AVRO)
    assert standings(avro, Stability.BETA, None).contract == Standing(Stability.BETA)


def test_webhooks_have_a_standing_too() -> None:
    base = contract(
        {
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "webhooks": {"made": {"post": {"x-beta": True, **OK}}},
        }
    )
    assert standings(base, None, None).operations == {("POST", "made"): Standing(Stability.BETA)}
