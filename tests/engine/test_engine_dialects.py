"""A `$schema` of one's own, said by policy or by the user, from discovery to a report that is checked again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, contract_of, rules_of

from contractguard import Report, UsageError, compare_documents, compare_files, compare_refs, render_report
from contractguard.cli.program import run
from contractguard.engine import Request
from contractguard.engine import run as compare
from contractguard.engine.verification import verify
from contractguard.reporting import load_report

OURS = "https://example.com/our-dialect"
POLICY = f"dialects:\n  {OURS}: draft-07\n"
MAPPED = {OURS: "draft-07"}


def event(kind: str = "string", **more: Any) -> dict[str, Any]:
    """An event in a dialect of one's own: an array of one item, in draft-07."""
    return {"$schema": OURS, "type": "array", "items": [{"type": kind}], "additionalItems": False, **more}


def bundle(kind: str = "string") -> dict[str, Any]:
    """A schema of 2020-12 that brings the event along."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"event": {"$ref": "urn:example:event"}},
        "$defs": {"event": event(kind, **{"$id": "urn:example:event"})},
    }


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


def errors_of(report: Report) -> list[str]:
    return [error.message for contract in report.contracts for error in contract.errors]


def test_policy_says_it_and_the_report_keeps_it(repository: VersionRepository) -> None:
    repository.commit({"a.json": event(), "b.json": bundle()})
    repository.commit({"a.json": event("integer"), "b.json": bundle("integer")})
    assert set(errors_of(repository.compared())) == {f"the dialect '{OURS}' is not known"}
    report = repository.compared(policy=POLICY)
    assert rules_of(contract_of(report, "a.json")) == rules_of(contract_of(report, "b.json")) == ["type-changed"]
    assert contract_of(report, "a.json").dialect == "JSON Schema draft-07"
    assert report.to_dict()["dialects"] == [{"uri": OURS, "dialect": "draft-07"}]
    assert "dialects" not in repository.compared().to_dict()


def test_every_break_can_be_checked_again_from_the_report_alone(repository: VersionRepository) -> None:
    repository.commit({"b.json": bundle()})
    repository.commit({"b.json": bundle("integer")})
    written = render_report(repository.compared(policy=POLICY), "json").encode()
    checked = verify(load_report(written), base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert (checked.confirmed, checked.failed) == (1, ())
    unmapped = {**json.loads(written), "dialects": []}
    without = load_report(json.dumps(unmapped).encode())
    forgotten = verify(without, base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert forgotten.confirmed == 0, "read as 2020-12, the event restricts nothing"


def test_a_report_with_a_dialect_that_there_is_not_is_refused(repository: VersionRepository) -> None:
    repository.commit({"a.json": event()})
    repository.commit({"a.json": event("integer")})
    written = render_report(repository.compared(policy=POLICY), "json").replace(
        '"dialect": "draft-07"', '"dialect": "draft-7"'
    )
    with pytest.raises(UsageError, match=r"report.dialects\[0\].dialect"):
        load_report(written.encode())


def test_it_is_read_at_the_authority_ref_and_its_change_is_a_finding(repository: VersionRepository) -> None:
    def policy(name: str) -> str:
        return f"version: 1\ndialects:\n  {OURS}: {name}\n"

    repository.commit({"contractguard.yaml": policy("draft-07"), "a.json": event()}, tag="v1")
    repository._git("checkout", "--quiet", "-b", "topic")
    repository.commit({"contractguard.yaml": policy("draft-2020-12"), "a.json": event("integer")})
    report = compare_refs(repository.root, "main", "topic")
    assert rules_of(contract_of(report, "a.json")) == ["type-changed"], "in the dialect that main says"
    assert [finding.rule for finding in report.findings] == ["policy-changed"]
    assert report.to_dict()["dialects"] == [{"uri": OURS, "dialect": "draft-07"}]


def test_older_versions_are_read_in_the_same_dialect(repository: VersionRepository) -> None:
    repository.commit({"a.json": event("integer")}, tag="v1.0.0")
    repository.commit({"a.json": event("number")}, tag="v1.1.0")
    repository.commit({"a.json": event("number", title="t")}, tag="v1.2.0")
    report = repository.compared(policy=POLICY, compatibility="FORWARD_TRANSITIVE")
    assert errors_of(report) == []
    assert rules_of(contract_of(report, "a.json")).count("type-changed") == 0
    assert any(finding.against for finding in contract_of(report, "a.json").findings if finding.impact == "breaking")


def test_a_base_that_cannot_be_read_is_replaced_by_one_in_the_same_dialect(repository: VersionRepository) -> None:
    repository.commit({"a.json": event()})
    repository.commit({"a.json": f'{{"$schema": "{OURS}", '})
    repository.commit({"a.json": event("integer")})
    rules = rules_of(contract_of(repository.compared(policy=POLICY), "a.json"))
    assert "type-changed" in rules


def test_a_contract_may_have_any_shape_where_its_dialect_is_known(repository: VersionRepository) -> None:
    repository.commit({"a.json": {"$schema": OURS, "const": 1}})
    repository.commit({"a.json": {"$schema": OURS, "const": 2}})
    assert contract_of(repository.compared(policy=POLICY), "a.json").verdict == "breaking"
    assert repository.compared().contracts == ()


def test_a_schema_is_judged_by_the_dialect_that_is_meant(repository: VersionRepository) -> None:
    repository.commit({"a.json": event()})
    repository.commit({"a.json": event(minimum=0, exclusiveMinimum=True)})
    assert "contract-invalid" in rules_of(contract_of(repository.compared(policy=POLICY), "a.json"))
    as_draft_04 = repository.compared(policy=f"dialects:\n  {OURS}: draft-04\n")
    assert "contract-invalid" not in rules_of(contract_of(as_draft_04, "a.json"))


def test_a_schema_of_a_dialect_of_openapi_is_judged_as_2020_12() -> None:
    base = {"$schema": "https://spec.openapis.org/oas/3.1/dialect/base", "type": "string"}
    report = compare_documents(base, {**base, "type": "strin"}, kind="jsonschema")
    assert "contract-invalid" in {finding.rule for contract in report.contracts for finding in contract.findings}


@pytest.mark.parametrize("dialect", ["openapi-2.0", "openapi-3.0"])
def test_a_schema_in_the_language_of_openapi_can_be_a_contract(dialect: str) -> None:
    base, head = (
        {"type": "number", "minimum": 3, "exclusiveMinimum": False},
        {"type": "number", "minimum": 3, "exclusiveMinimum": True},
    )
    report = compare_documents(base, head, kind="jsonschema", dialect=dialect)
    assert rules_of(report.contracts[0]) == ["bound-tightened"]


def test_a_description_with_an_unknown_dialect_of_schemas_is_told_how_they_were_read() -> None:
    base: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "jsonSchemaDialect": OURS,
    }
    head = {**base, "info": {"title": "t", "version": "2"}}
    (contract,) = compare_documents(base, head, kind="openapi").contracts
    (note,) = contract.notes
    assert note.startswith(
        f"the dialect '{OURS}' (jsonSchemaDialect) is not known, and schemas are read as openapi-3.1"
    )
    assert f'`dialects: {{"{OURS}": openapi-3.1}}`' in note
    (contract,) = compare_documents(base, head, kind="openapi", dialects=MAPPED).contracts
    assert contract.notes == ()


def test_moving_to_another_name_of_the_same_dialect_changes_nothing() -> None:
    standard = {**event(), "$schema": "http://json-schema.org/draft-07/schema#"}
    report = compare_documents(standard, event(), kind="jsonschema", dialects=MAPPED)
    assert report.verdict == "unchanged"
    assert [finding.rule for contract in report.contracts for finding in contract.findings] == []


def test_the_library_takes_it_for_values_files_and_refs(tmp_path: Path, repository: VersionRepository) -> None:
    for name, kind in (("old", "string"), ("new", "integer")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(json.dumps(event(kind)), encoding="utf-8")
        repository.commit({"a.json": event(kind)})
    reports = [
        compare_documents(event(), event("integer"), kind="jsonschema", dialects=MAPPED),
        compare_files(tmp_path / "old", tmp_path / "new", dialects=MAPPED),
        compare_refs(repository.root, "HEAD~1", "HEAD", dialects=MAPPED),
    ]
    assert [rules_of(report.contracts[0]) for report in reports] == [["type-changed"]] * 3


@pytest.mark.parametrize(
    ("dialects", "message"),
    [
        ({OURS: "draft-03"}, "'draft-03' is not a dialect"),
        ({"ours": "draft-07"}, "'ours' is not a URI"),
        ({"http://json-schema.org/draft-04/schema#": "draft-07"}, "stands for nothing else"),
    ],
)
def test_the_library_refuses_what_is_no_mapping(dialects: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        compare_documents(event(), event(), kind="jsonschema", dialects=dialects)
    assert caught.value.remedy


def test_what_the_user_says_overrules_the_policy(repository: VersionRepository) -> None:
    repository.commit({"contractguard.yaml": f"version: 1\ndialects:\n  {OURS}: draft-2020-12\n", "a.json": event()})
    repository.commit({"a.json": event("integer")})
    report = compare_refs(repository.root, "HEAD~1", "HEAD", dialects=MAPPED)
    assert rules_of(contract_of(report, "a.json")) == ["type-changed"]


def test_the_command_line_says_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, kind in (("old.json", "string"), ("new.json", "integer")):
        (tmp_path / name).write_text(json.dumps(event(kind)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["diff", "old.json", "new.json"]) == 3
    assert f"`--dialect {OURS}=draft-07`" in " ".join(capsys.readouterr().out.split())
    assert run(["diff", "old.json", "new.json", "--dialect", f"{OURS}=draft-07", "--dialect", "draft-04"]) == 0
    assert "type-changed" in capsys.readouterr().out
    monkeypatch.setenv("CONTRACTGUARD_DIALECT", f"urn:x=draft-04 {OURS}=draft-07")
    assert run(["diff", "old.json", "new.json"]) == 0
    assert run(["diff", "old.json", "new.json", "--dialect", f"{OURS}=draft-7"]) == 2
    assert "'draft-7' is not a dialect" in capsys.readouterr().err
    assert run(["diff", "old.json", "new.json", "--dialect", "draft-7"]) == 2
    assert "'draft-7' is not one of draft-04" in capsys.readouterr().err


def test_what_is_said_of_a_broken_policy_names_the_place(repository: VersionRepository) -> None:
    repository.commit({"contractguard.yaml": f"version: 1\ndialects:\n  {OURS}: draft-7\n", "a.json": event()})
    repository.commit({"a.json": event("integer")})
    with pytest.raises(UsageError) as caught:
        compare(Request(base="HEAD~1", head="HEAD", cwd=repository.root, environment=dict(os.environ)))
    assert str(caught.value) == "contractguard.yaml:3:3: 'draft-7' is not a dialect"
    assert str(caught.value.remedy).startswith("allowed are draft-04, draft-06, draft-07")
