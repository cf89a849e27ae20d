"""`format` in JSON Schemas: an annotation by default, an assertion on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractguard import Report, Verdict, compare_documents, compare_files

PLAIN, DATE = {"type": "string"}, {"type": "string", "format": "date"}
UUID = {"type": "string", "format": "uuid"}


def rules(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, str(finding.impact)) for contract in report.contracts for finding in contract.findings]


@pytest.mark.parametrize(("base", "head"), [(PLAIN, DATE), (DATE, PLAIN), (DATE, UUID)])
def test_by_default_a_format_is_told_and_breaks_nobody(base: object, head: object) -> None:
    report = compare_documents(base, head, kind="jsonschema", profile="everything")
    assert rules(report) == [("format-annotation-changed", "info")]
    assert report.verdict is Verdict.COMPATIBLE


@pytest.mark.parametrize(
    ("base", "head", "rule"),
    [
        (PLAIN, DATE, ("format-added", "risky")),
        (DATE, PLAIN, ("format-removed", "compatible")),
        (DATE, UUID, ("format-changed", "risky")),
    ],
)
def test_on_request_it_is_judged_as_in_openapi(base: object, head: object, rule: tuple[str, str]) -> None:
    assert rules(compare_documents(base, head, kind="jsonschema", formats="assertions")) == [rule]


def test_files_and_folders_can_be_compared_so(tmp_path: Path) -> None:
    for side, schema in (("old", '{"type": "string"}'), ("new", '{"type": "string", "format": "date"}')):
        (tmp_path / side).mkdir()
        (tmp_path / side / "event.schema.json").write_text(
            f'{{"$schema": "https://json-schema.org/draft/2020-12/schema", {schema[1:]}', encoding="utf-8"
        )
    assert rules(compare_files(tmp_path / "old", tmp_path / "new", formats="assertions"))[0] == (
        "format-added",
        "risky",
    )
