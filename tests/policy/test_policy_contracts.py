"""Which contract a policy means."""

from __future__ import annotations

import pytest
from policy_makers import TextDocuments

from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode
from contractguard.policy import ContractRule, Policy, default_policy, load_policy


def load(contracts: str) -> Policy:
    documents = TextDocuments({"contractguard.yaml": f"version: 1\ncontracts:\n{contracts}"})
    policy = load_policy(documents, ref=None, read_bytes=documents.read_bytes)
    assert policy is not None
    return policy


GLOBS = """\
  - {id: events, path: ["events/*.avsc", "!events/internal.avsc"], owner: team-events}
  - {id: placed, path: events/order-placed.avsc, owner: team-orders}
  - {path: events/**, owner: others}
  - {path: lone.yaml}
"""


def test_an_exact_path_counts_before_any_glob() -> None:
    rule = load(GLOBS).contract_for("events/order-placed.avsc")
    assert (rule.id, rule.owner) == ("placed", "team-orders")


def test_of_globs_the_first_counts_and_what_they_match_is_called_by_its_path() -> None:
    rule = load(GLOBS).contract_for("events/order-paid.avsc")
    assert (rule.id, rule.entry, rule.owner) == ("events/order-paid.avsc", "events", "team-events")
    assert load(GLOBS).contract_for("events/internal.avsc").owner == "others"


def test_a_contract_without_an_id_is_called_by_its_path() -> None:
    assert load(GLOBS).contract_for("lone.yaml").id == "lone.yaml"


def test_a_literal_path_is_no_pattern() -> None:
    assert not load("  - {path: openapi.yaml}\n").contract_for("deep/openapi.yaml").governed


def test_one_id_for_several_paths_gives_each_its_own() -> None:
    policy = load("  - {id: both, path: [a.yaml, b.yaml]}\n")
    assert [policy.contract_for(path).id for path in ("a.yaml", "b.yaml")] == ["a.yaml", "b.yaml"]


def test_what_no_policy_names_gets_the_defaults() -> None:
    for policy in (load(GLOBS), default_policy()):
        assert policy.contract_for("apis/x.yaml") == ContractRule(id="apis/x.yaml")
        assert not policy.contract_for("apis/x.yaml").governed


def test_governed_contracts_are_those_named_sorted() -> None:
    governed = load(GLOBS).governed(["z.yaml", "lone.yaml", "events/b.avsc", "lone.yaml"])
    assert [path for path, _ in governed] == ["events/b.avsc", "lone.yaml"]
    assert [rule.id for _, rule in governed] == ["events/b.avsc", "lone.yaml"]


def test_items_that_name_nothing_are_told() -> None:
    assert load(GLOBS).matching_nothing(["events/x.avsc"]) == ("placed", "lone.yaml")


@pytest.mark.parametrize(
    ("written", "kind", "mode"),
    [
        ("", ContractKind.OPENAPI, CompatibilityMode.BACKWARD),
        ("", ContractKind.JSONSCHEMA, CompatibilityMode.BACKWARD),
        (", role: accepted", ContractKind.JSONSCHEMA, CompatibilityMode.BACKWARD),
        (", role: emitted", ContractKind.JSONSCHEMA, CompatibilityMode.FORWARD),
        (", role: emitted", ContractKind.AVRO, CompatibilityMode.BACKWARD),
        (", role: emitted, compatibility: FULL", ContractKind.JSONSCHEMA, CompatibilityMode.FULL),
        (", compatibility: NONE", ContractKind.AVRO, CompatibilityMode.NONE),
    ],
)
def test_the_mode_follows_from_what_is_written_then_from_the_role(
    written: str, kind: ContractKind, mode: CompatibilityMode
) -> None:
    assert load(f"  - {{path: a{written}}}\n").contract_for("a").mode(kind) is mode
