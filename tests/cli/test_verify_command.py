"""`contractguard verify`: the witnesses of reports, checked again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contractguard.cli.program import run
from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Impact, Migration, Severity
from contractguard.model.payload import Role, SchemaPlace
from contractguard.model.report import ContractReport, ContractStatus, Report, SideRef, Verdict, Versions
from contractguard.model.schema import Dialect
from contractguard.model.values import UNSET
from contractguard.reporting import RenderOptions, render

D20, O2, O30 = Dialect.DRAFT_2020_12, Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0
OLD = {"type": "object", "properties": {"total": {"type": "integer"}}}
NEW = {"type": "object", "properties": {"total": {"type": "integer", "maximum": 100}}, "required": ["id"]}


def place(pointer: str = "", path: str = "order.json", dialect: Dialect = D20) -> SchemaPlace:
    return SchemaPlace(path, pointer, dialect)


def witness(payload: Any, accepted_by: str = "base", **changes: Any) -> Evidence:
    plain = Evidence(
        EvidenceKind.WITNESS,
        payload,
        accepted_by=accepted_by,
        refused_because="for a reason",
        base_schema=place(),
        head_schema=place(),
        role=Role.NEITHER,
    )
    return replace(plain, **changes)


def finding(evidence: Evidence, number: int = 1) -> Finding:
    return Finding(
        rule="maximum-added",
        title="Maximum added",
        fingerprint=f"fp1:{number:032x}",
        change="maximum.added",
        effect=Effect.NARROWED,
        impact=Impact.BREAKING,
        bump=Bump.MAJOR,
        severity=Severity.ERROR,
        direction=Direction.INPUT,
        element="total",
        subject="property 'total'",
        message="A maximum was added",
        because="Larger values are refused.",
        evidence=evidence,
        migration=Migration("Send less.", "Accept more."),
    )


def contract(*evidence: Evidence, kind: ContractKind = ContractKind.JSONSCHEMA) -> ContractReport:
    return ContractReport(
        id="orders",
        path="order.json",
        kind=kind,
        status=ContractStatus.CHANGED,
        mode=CompatibilityMode.BACKWARD,
        verdict=Verdict.BREAKING,
        required_bump=Bump.MAJOR,
        versions=Versions(None, None),
        findings=tuple(finding(item, number) for number, item in enumerate(evidence, 1)),
    )


class Reports:
    """A folder with two versions, and reports about them."""

    def __init__(self, root: Path, blank: Report) -> None:
        self.root = root
        self.blank = replace(blank, base=SideRef("old", None), head=SideRef("new", None))
        self.version("old", OLD)
        self.version("new", NEW)

    def version(self, name: str, schema: Any, path: str = "order.json") -> None:
        (self.root / name / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name / path).write_text(json.dumps(schema))

    def save(self, *evidence: Evidence, kind: ContractKind = ContractKind.JSONSCHEMA, **changes: Any) -> None:
        report = replace(self.blank, contracts=(contract(*evidence, kind=kind),), **changes)
        (self.root / "report.json").write_text(render(report, "json", RenderOptions()), encoding="utf-8")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: Any) -> Reports:
    monkeypatch.chdir(tmp_path)
    return Reports(tmp_path, fake.a_report())


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(["verify", "report.json", *arguments])
    return code, capsys.readouterr().out


def test_what_holds_is_confirmed(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"total": 101}), witness({"total": 1}), witness({}, "base"))
    assert answer(capsys) == (0, "✓ 3 witnesses confirmed\n")
    reports.save(witness({"total": 101}))
    assert answer(capsys) == (0, "✓ 1 witness confirmed\n")


def test_what_does_not_hold_is_told_with_what_was_seen(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"total": 101}), witness({"total": 1, "id": 1}), witness({"total": "x"}))
    code, out = answer(capsys)
    assert code == 1
    lines = out.splitlines()
    assert lines[0] == "✗ 2 of 3 witnesses do not hold"
    assert "  seen         head accepts the payload, too" in lines
    assert '  seen         base refuses the payload: "x" is not of type integer at /total' in lines
    assert lines.count("  contract     orders") == 2
    assert lines.count("  rule         maximum-added") == 2
    assert f"  fingerprint  fp1:{2:032x}" in lines
    assert f"  fingerprint  fp1:{1:032x}" not in out
    assert lines[-1] == "checked against base old and head new"


def test_head_can_be_the_side_that_accepts(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.version("old", NEW)
    reports.version("new", OLD)
    reports.save(witness({"total": 101}, "head"))
    assert answer(capsys)[0] == 0
    reports.save(witness({"total": 101}, "base"))
    assert answer(capsys) == (1, answer(capsys)[1])
    assert answer(capsys)[1].startswith("✗ 1 of 1 witness does not hold\n")


def test_where_a_side_has_no_schema_anything_is_valid(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness("no object", base_schema=None))
    assert answer(capsys)[0] == 0
    reports.save(witness({"id": 1}, base_schema=None), witness(1, "base", head_schema=None))
    assert answer(capsys)[1].startswith("✗ 2 of 2 witnesses")


def test_the_role_of_a_payload_counts(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    schema = {"required": ["id"], "properties": {"id": {"readOnly": True}}}
    reports.version("old", {"openapi": "3.0.3", "s": {}})
    reports.version("new", {"openapi": "3.0.3", "s": schema})
    places = {"base_schema": place("/s", dialect=O30), "head_schema": place("/s", dialect=O30)}
    for role, code in ((Role.RESPONSE, 0), (Role.REQUEST, 1), (Role.NEITHER, 0), (None, 0)):
        reports.save(witness({}, role=role, **places))
        assert answer(capsys)[0] == code


def test_a_form_of_swagger_is_put_together(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    for name, required in (("old", False), ("new", True)):
        parameters = [{"name": "a", "in": "formData", "type": "string", "required": required}]
        reports.version(name, {"swagger": "2.0", "paths": {"/x": {"post": {"parameters": parameters}}}})
    where = place("/paths/~1x/post/parameters", dialect=O2)
    reports.save(witness({}, base_schema=where, head_schema=where))
    assert answer(capsys)[0] == 0
    reports.save(witness({"a": 1}, base_schema=where, head_schema=where))
    assert answer(capsys)[0] == 1


def test_a_report_without_witnesses_says_so(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(Evidence(EvidenceKind.RULE), Evidence(EvidenceKind.UNPROVED))
    assert answer(capsys) == (0, "the report has no witnesses: there is nothing to check\n")


def test_an_avro_datum_is_written_with_one_side_and_read_with_the_other(
    reports: Reports, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = {"base_schema": None, "head_schema": None, "role": None}
    fields = [{"name": "a", "type": "int"}]
    reports.version("old", {"type": "record", "name": "R", "fields": fields})
    reports.version("new", {"type": "record", "name": "R", "fields": [*fields, {"name": "b", "type": "int"}]})
    reports.save(witness({"a": 1}, **nowhere), kind=ContractKind.AVRO)
    assert answer(capsys) == (0, "✓ 1 witness confirmed\n")
    forged = [
        (witness({"a": "x"}, **nowhere), "cannot be checked"),
        (witness({"a": 1, "b": 1}, accepted_by="head", **nowhere), "base reads the datum"),
        (witness({"a": 1}, accepted_by="nobody", **nowhere), "does not say which datum"),
        (replace(witness(1, **nowhere), payload=UNSET), "does not say which datum"),
    ]
    for evidence, seen in forged:
        reports.save(evidence, kind=ContractKind.AVRO)
        code, out = answer(capsys)
        assert code == 1
        assert seen in " ".join(out.split())


def test_a_witness_without_schemas_does_not_hold(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"a": 1}, base_schema=None, head_schema=None))
    code, out = answer(capsys)
    assert code == 1
    assert "does not say which schemas" in out


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"base_schema": place("/nowhere/~0")}, "base has nothing at order.json#/nowhere/~0"),
        ({"head_schema": place("/properties/total/type/0")}, "head has nothing at order.json"),
        ({"head_schema": place(path="../../etc/passwd")}, "head cannot be read: ../../etc/passwd"),
        ({"head_schema": place(path="absent.json")}, "head cannot be read: absent.json"),
        ({"head_schema": place("/required")}, "cannot be checked: an array stands where a schema is expected"),
        ({"accepted_by": "nobody"}, "does not say which payload is accepted by which side"),
        ({"accepted_by": None}, "does not say which payload is accepted by which side"),
        ({"head_schema": place("/" + "a/" * 50_000)}, "head has nothing at order.json"),
    ],
)
def test_forged_evidence_does_not_hold(
    reports: Reports, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], seen: str
) -> None:
    reports.save(witness({"total": 101}, **changes))
    code, out = answer(capsys)
    assert code == 1
    assert seen in " ".join(out.split())
    assert len(out) < 2000


def test_a_payload_that_nests_absurdly_is_refused(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.version("old", {"properties": {"a": {"$ref": "#"}}})
    payload: Any = 1
    for _ in range(200):
        payload = {"a": payload}
    reports.save(witness(payload))
    code, out = answer(capsys)
    assert code == 1
    assert "nests too deep" in " ".join(out.split())
    text = (reports.root / "report.json").read_text()
    start = text.index('"payload":')
    (reports.root / "report.json").write_text(
        f'{text[:start]}"payload": {"[" * 50_000}{"]" * 50_000},{text[text.index(chr(34) + "accepted_by") :]}'
    )
    assert answer(capsys)[0] in (1, 2, 4)


def test_a_missing_payload_does_not_hold(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"total": 101}))
    data = json.loads((reports.root / "report.json").read_text())
    del data["contracts"][0]["findings"][0]["evidence"]["payload"]
    (reports.root / "report.json").write_text(json.dumps(data))
    assert answer(capsys)[0] == 1


def test_the_answer_for_programs(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"total": 101}), witness({"id": 1}))
    code, out = answer(capsys, "--format", "json")
    assert code == 1
    assert json.loads(out) == {
        "base": "old",
        "head": "new",
        "witnesses": 2,
        "confirmed": 1,
        "failed": [
            {
                "contract": "orders",
                "rule": "maximum-added",
                "element": "total",
                "fingerprint": f"fp1:{2:032x}",
                "seen": "head accepts the payload, too",
            }
        ],
    }


def test_the_sides_can_be_named(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.version("other", OLD)
    reports.save(witness({"total": 101}))
    assert answer(capsys, "--head", "other")[0] == 1
    reports.save(witness({"total": 101}), base=SideRef("gone", None))
    assert answer(capsys)[0] == 3
    assert answer(capsys, "--base", str(reports.root / "old"))[0] == 0


def test_a_file_that_is_named_stands_for_the_contract(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(witness({"total": 101}))
    for name, schema in (("as-before.json", OLD), ("as-now.json", NEW)):
        (reports.root / name).write_text(json.dumps(schema))
    assert answer(capsys, "--base", "as-before.json", "--head", "as-now.json")[0] == 0
    assert answer(capsys, "--base", "as-now.json", "--head", "as-now.json")[0] == 1
    assert answer(capsys, "--base", "as-before.json", "--head", "as-before.json")[0] == 1


@pytest.mark.parametrize("name", ["/etc", "../elsewhere", "a/../../b", "-"])
def test_a_report_does_not_choose_what_is_read_on_this_machine(
    reports: Reports, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    reports.save(witness({"total": 101}), head=SideRef(name, None))
    assert run(["verify", "report.json"]) == 2
    assert "--head" in capsys.readouterr().err
    reports.save(witness({"total": 101}), base=SideRef("v1", f"--upload-pack={name}"))
    assert run(["verify", "report.json"]) == 2


@pytest.mark.parametrize(("content", "code"), [(None, 2), ("{", 2), ("[]", 2)])
def test_what_is_no_report_is_wrong_use(reports: Reports, content: str | None, code: int) -> None:
    if content is not None:
        (reports.root / "report.json").write_text(content)
    assert run(["verify", "report.json"]) == code


def test_findings_of_no_contract_are_looked_at(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    reports.save(findings=(finding(witness({"id": 1})),))
    code, out = answer(capsys)
    assert code == 1
    assert "  contract     -" in out


def test_a_hostile_report_moves_no_terminal(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    forged = replace(finding(witness({"id": 1})), element="\x1b[2J::error::x", rule="\u202egnp")
    reports.save(findings=(forged,))
    out = answer(capsys)[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_commits_of_a_report_are_opened_again(reports: Reports, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *identity, *arguments],
            env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    commits = []
    for schema in (OLD, NEW):
        (reports.root / "order.json").write_text(json.dumps(schema))
        git("add", "order.json")
        git("commit", "--quiet", "--message", "x")
        commits.append(git("rev-parse", "HEAD"))
    sides = [SideRef("v1", commits[0]), SideRef("HEAD:order.json", commits[1])]
    reports.save(witness({"total": 101}), base=sides[0], head=sides[1])
    assert answer(capsys) == (0, "✓ 1 witness confirmed\n")
    reports.save(witness({"total": 101}), base=sides[0], head=SideRef("worktree", None))
    assert answer(capsys)[0] == 0
    reports.save(witness({"total": 101}), base=sides[0], head=SideRef("index", None))
    assert answer(capsys)[0] == 0
    (reports.root / "order.json").write_text(json.dumps(OLD))
    assert answer(capsys, "--head", "./order.json")[0] == 1
    reports.save(witness({"total": 101}), base=SideRef("v0", "0" * 40), head=sides[1])
    assert answer(capsys)[0] == 3


def test_a_report_can_come_from_standard_input(reports: Reports) -> None:
    reports.save(witness({"total": 101}))
    done = subprocess.run(
        [sys.executable, "-m", "contractguard", "verify", "-"],
        input=(reports.root / "report.json").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode()) == (0, "✓ 1 witness confirmed\n")
