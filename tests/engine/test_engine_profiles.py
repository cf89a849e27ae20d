"""A contract may be judged by a profile of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository  # a neighbour, on the path of pytest

from contractguard import Report, UsageError, compare_refs
from contractguard.engine import Request, run

POLICY = """\
profile: recommended
contracts:
  - {id: strict, path: strict.json, profile: everything}
  - {id: usual, path: usual.json}
"""


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    made = VersionRepository(tmp_path / "repository")
    for title in ("old", "new"):
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        made.commit({"strict.json": schema, "usual.json": schema})
    return made


def rules(report: Report) -> dict[str, list[str]]:
    return {contract.id: [finding.rule for finding in contract.findings] for contract in report.contracts}


def test_the_profile_of_a_contract_counts_for_it_alone(repository: VersionRepository) -> None:
    report = repository.compared(policy=POLICY)
    assert rules(report) == {"strict": ["documentation-changed"], "usual": []}
    assert report.notes == ()


def test_what_the_user_asks_for_comes_first(repository: VersionRepository) -> None:
    config = repository.root.parent / "policy.yaml"
    config.write_text(f"version: 1\n{POLICY}", encoding="utf-8")
    report = compare_refs(repository.root, "HEAD~1", "HEAD", policy=config, profile="wire")
    assert rules(report) == {"strict": [], "usual": []}
    facts = run(Request(base="HEAD~1", head="HEAD", cwd=repository.root, config=config, apply_policy=False))
    assert rules(facts) == {"strict": ["documentation-changed"], "usual": ["documentation-changed"]}


def test_a_profile_that_does_not_exist_is_told(repository: VersionRepository) -> None:
    with pytest.raises(UsageError, match="no profile 'lenient'") as caught:
        repository.compared("HEAD", "HEAD", policy=POLICY.replace("everything", "lenient"))
    assert caught.value.path == "policy.yaml"


OK = {"responses": {"200": {"description": "OK"}}}
REQUIRED = {"parameters": [{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}]}


def described(operation: dict[str, Any], **info: Any) -> dict[str, Any]:
    about = {"title": "t", "version": "1.0.0", **info}
    return {"openapi": "3.1.0", "info": about, "paths": {"/a": {"get": {**OK, **operation}}}}


def judged(repository: VersionRepository, base: Any, head: Any, policy: str) -> dict[str, tuple[str, str]]:
    """Rule → severity and last line of the trail of each finding about the operation."""
    repository.commit({"api.json": base})
    repository.commit({"api.json": head})
    report = repository.compared(policy=policy)
    found = [finding for contract in report.contracts for finding in contract.findings]
    return {each.rule: (str(each.severity), each.trail[-1]) for each in found if not each.change.startswith("version.")}


API = "contracts: [{{id: api, path: api.json{}}}]\n"


@pytest.mark.parametrize(
    ("marks", "policy", "severity", "why"),
    [
        ({}, "", "error", ""),
        ({"x-stability-level": "beta"}, "", "warning", "stability is beta"),
        ({"x-unstable": True}, "", "info", "stability is experimental"),
        ({"x-internal": True}, "", "warning", "audience is internal"),
        ({}, ", stability: beta", "warning", "stability is beta"),
        ({}, ", audience: company-internal", "warning", "audience is internal"),
        ({}, ", audience: partner", "error", ""),
        ({"x-stability-level": "stable"}, ", stability: beta", "error", ""),
        ({"x-stability-level": "beta"}, ", profile: wire", "error", ""),
    ],
)
def test_what_base_or_policy_says_of_an_operation_relaxes_its_breaks(
    repository: VersionRepository, marks: dict[str, Any], policy: str, severity: str, why: str
) -> None:
    found = judged(repository, described(marks), described({**marks, **REQUIRED}), API.format(policy))
    assert found["required-parameter-added"][0] == severity
    assert why in found["required-parameter-added"][1]


def test_a_change_cannot_loosen_its_own_judge(repository: VersionRepository) -> None:
    head = described({"x-internal": True, "x-stability-level": "draft", **REQUIRED})
    found = judged(repository, described({}), head, API.format(""))
    assert found["required-parameter-added"][0] == "error"
    assert found["stability-lowered"][0] == "error"
    assert found["audience-restricted"][0] == "warning"


def test_names_that_the_policy_gives_are_acted_on_in_every_part_of_a_contract(repository: VersionRepository) -> None:
    names = "deprecation: {extensions: {sunset: [x-end], stability: [x-maturity], audience: [x-readers], deprecated: [x-old]}}\n"
    schema = {"type": "object", "properties": {"total": {"type": "integer", "x-old": True, "x-end": "2020-01-31"}}}
    gone = {"type": "object", "properties": {}}

    def side(body: Any, **marks: Any) -> Any:
        response = {"200": {"description": "OK", "content": {"application/json": {"schema": body}}}}
        return described({"responses": response, **marks})

    base, head = side(schema, **{"x-maturity": "beta"}), side(gone, **{"x-maturity": "alpha"})
    found = judged(repository, base, head, API.format("") + names)
    assert set(found) == {"property-removed", "stability-lowered"}
    assert found["stability-lowered"] == ("warning", found["stability-lowered"][1])
    assert "stability is beta" in found["stability-lowered"][1]
    unnamed = judged(repository, base, head, API.format(""))
    assert set(unnamed) == {"property-removed"}
    assert unnamed["property-removed"][0] == "warning"


def test_the_sunset_of_a_property_counts_under_a_name_of_the_policy(repository: VersionRepository) -> None:
    names = "deprecation: {extensions: {sunset: [x-end]}}\n"
    old = {"type": "integer", "deprecated": True, "x-end": "2020-01-31"}
    base = {"type": "object", "additionalProperties": False, "properties": {"total": old}}
    repository.commit({"usual.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **base}})
    repository.commit(
        {"usual.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **base, "properties": {}}}
    )
    config = repository.root.parent / "policy.yaml"
    for text, severity in ((names, "info"), ("", "error")):
        config.write_text(f"version: 1\ncontracts: [{{id: usual, path: usual.json}}]\n{text}", encoding="utf-8")
        report = compare_refs(repository.root, "HEAD~1", "HEAD", policy=config, today="2026-01-01")
        (finding,) = [each for each in report.contracts[0].findings if each.change == "property.removed"]
        assert (str(finding.severity), str(finding.impact)) == (severity, "breaking")


def test_an_edition_that_is_at_hand_changes_nothing_and_another_is_refused(repository: VersionRepository) -> None:
    assert rules(repository.compared(policy=POLICY + "edition: '2026-11'\n"))["strict"]
    with pytest.raises(UsageError, match="the newest at hand is") as caught:
        repository.compared(policy=POLICY + "edition: '2099-01'\n")
    assert caught.value.path == "policy.yaml"


def test_rules_that_came_after_the_edition_do_not_gate(repository: VersionRepository) -> None:
    policy = API.format("") + "edition: '2020-01'\n"
    found = judged(repository, described({}), described(REQUIRED), policy)
    assert found["required-parameter-added"][0] == "info"
    assert "and policy pins 2020-01" in found["required-parameter-added"][1]
    overruled = policy + "rules: {overrides: {required-parameter-added: error}}\n"
    assert judged(repository, described({}), described(REQUIRED), overruled)["required-parameter-added"][0] == "error"
