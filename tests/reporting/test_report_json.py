from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from report_strategies import contract, finding, fixture, report, reports

from contractguard.errors import LimitError, UsageError
from contractguard.model.change import Evidence, EvidenceKind
from contractguard.model.report import Report
from contractguard.reporting import RenderOptions, load_report, render

relaxed = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


def written(subject: Report) -> str:
    return render(subject, "json", RenderOptions())


def data(subject: Report) -> Any:
    return json.loads(written(subject))


@relaxed
@given(reports)
def test_reading_undoes_writing(subject: Report) -> None:
    text = written(subject)
    again = load_report(text.encode())

    assert again == subject
    assert written(again) == text  # tells 1 from 1.0 and from true, which `==` does not


def test_shape_is_the_one_of_the_design() -> None:
    top = data(fixture("openapi-breaking"))
    of_contract = top["contracts"][0]
    of_finding = of_contract["findings"][0]

    assert list(top)[:4] == ["schema_version", "tool", "base", "head"]
    assert top.keys() >= {
        "today",
        "reading",
        "policy",
        "verdict",
        "required_bump",
        "gate",
        "findings",
        "truncated",
        "contracts",
    }
    assert top["tool"].keys() == {"name", "version", "edition"}
    assert top["base"].keys() == {"ref", "commit"}
    assert top["policy"].keys() == {"ref", "digest", "profile"}
    assert top["gate"].keys() == {"status", "fail_on", "reasons"}
    assert of_contract.keys() >= {
        *(
            "id",
            "path",
            "kind",
            "status",
            "mode",
            "verdict",
            "required_bump",
            "declared_bump",
            "versions",
            "errors",
            "findings",
        )
    }
    assert of_finding.keys() >= {
        *("rule", "fingerprint", "change", "effect", "impact", "bump", "severity", "status", "direction", "element"),
        *("operations", "base", "head", "before", "after", "message", "evidence", "migration", "trail"),
    }
    assert of_finding["operations"][0].keys() == {"method", "path", "place", "status", "media_type"}
    assert of_finding["head"].keys() == {"path", "pointer", "line", "column"}
    assert of_finding["evidence"].keys() >= {"kind", "payload", "accepted_by", "refused_because"}
    assert of_finding["migration"].keys() == {"consumer", "provider"}


def test_text_is_indented_utf8_with_a_newline_at_the_end() -> None:
    text = written(report(contract(finding(message="prüfen: 漢字"))))

    assert text.startswith('{\n  "schema_version": "1",\n  "tool": {\n    "name"')
    assert text.endswith("}\n")
    assert "prüfen: 漢字" in text


def test_null_payload_is_a_payload_and_no_payload_has_no_key() -> None:
    def evidence(**fields: Any) -> Any:
        subject = report(contract(finding(evidence=Evidence(EvidenceKind.WITNESS, **fields))))
        return data(subject)["contracts"][0]["findings"][0]["evidence"]

    assert evidence(payload=None)["payload"] is None
    assert "payload" not in evidence()


def test_options_do_not_matter() -> None:
    subject = fixture("openapi-breaking")

    assert render(subject, "json", RenderOptions(width=40, color=True, verbose=True, mode="diff")) == written(subject)


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\x7f", "\u202e", "\u2028", "\u200b", "\ufeff", "\ud800"])
def test_characters_that_command_or_hide_are_escaped(character: str) -> None:
    subject = report(contract(finding(after=f"a{character}b")))
    text = written(subject)

    assert f"\\u{ord(character):04x}" in text
    assert load_report(text.encode()) == subject


@pytest.mark.parametrize(("number", "expected"), [(math.inf, "Infinity"), (-math.inf, "-Infinity"), (math.nan, "NaN")])
def test_numbers_that_json_lacks_are_strings(number: int, expected: Any) -> None:
    subject = report(contract(finding(after=[{"x": number}])))

    assert data(subject)["contracts"][0]["findings"][0]["after"] == [{"x": expected}]


def changed(path: Any, value: Any) -> bytes:
    """The report of a fixture with one value replaced; `...` removes the key."""
    top = data(fixture("openapi-breaking"))
    *way, last = path
    place = top
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(top).encode()


IMPACT = ("contracts", 0, "findings", 2, "impact")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            IMPACT,
            "bad",
            'report.contracts[0].findings[2].impact is "bad", expected one of breaking, risky, compatible, info',
        ),
        (IMPACT, None, "report.contracts[0].findings[2].impact is null, expected one of"),
        (IMPACT, ..., 'report.contracts[0].findings[2] lacks the key "impact"'),
        (("contracts", 0, "surprise"), 1, 'report.contracts[0] has an unknown key "surprise"'),
        (("contracts",), {}, "report.contracts is an object, expected an array"),
        (("contracts", 1), [], "report.contracts[1] is an array, expected an object"),
        (("tool", "name"), 7, "report.tool.name is 7, expected a string"),
        (("contracts", 0, "findings", 0, "head", "line"), True, "findings[0].head.line is true, expected an integer"),
        (("contracts", 0, "findings", 0, "head", "line"), 1.0, "findings[0].head.line is 1.0, expected an integer"),
        (("contracts", 0, "findings", 0, "trail", 0), None, "findings[0].trail[0] is null, expected a string"),
        (("schema_version",), "2", 'the report is of schema version "2", this contractguard reads version 1'),
        (("tool",), "x" * 500, "report.tool is"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(path: Any, value: Any, said: Any) -> None:
    with pytest.raises(UsageError) as caught:
        load_report(changed(path, value))

    assert said in caught.value.message
    assert len(caught.value.message) < 200
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{\n  1}", "2:3: not JSON"),
        (b"\xff{}", "not UTF-8: byte 0"),
        (b'{"a": 1, "b": 2, "a": 3}', 'the key "a" stands twice'),
        (b'{"a": NaN}', "NaN is not a JSON number"),
        (b'{"a": 1e999}', "the number 1e999 is too large"),
        (b"1" * 5000, "not a report"),
        (b"[]", "report is an array, expected an object"),
    ],
)
def test_what_is_no_json_is_refused(raw: bytes, said: Any) -> None:
    with pytest.raises(UsageError) as caught:
        load_report(raw)

    assert said in str(caught.value)


def test_nesting_without_end_is_a_limit() -> None:
    with pytest.raises(LimitError):
        load_report(b"[" * 200_000)


def test_keys_with_a_default_may_be_missing() -> None:
    subject = replace(fixture("openapi-breaking"), notes=())

    assert load_report(changed(("notes",), ...)) == subject
