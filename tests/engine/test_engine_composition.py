"""Laws of the transitive modes: the verdict on a version is the worst of those against each supported version by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractguard import ContractReport, Report, Verdict, compare_documents
from contractguard.engine import Request
from contractguard.engine.catalogue import builtin_catalogue
from contractguard.engine.comparison import Comparison
from contractguard.model.finding import Against, CompatibilityMode, Impact
from contractguard.policy import default_policy
from contractguard.policy.supported import read_supported
from contractguard.sources import Sides
from contractguard.sources.memory import MemorySnapshot

MODES = ("BACKWARD", "FORWARD", "FULL")
NAMES = ("a", "b", "c")
AVRO_TYPES: tuple[Any, ...] = (
    "int",
    "long",
    "string",
    ["null", "int"],
    {"type": "enum", "name": "E", "symbols": ["X"]},
)
JSON_TYPES = ("integer", "number", "string")
SERIOUS = (Impact.BREAKING, Impact.RISKY)


@dataclass(frozen=True)
class Kind:
    name: str
    ending: str
    dialect: str | None


AVRO = Kind("avro", "avsc", None)
JSON = Kind("jsonschema", "schema.json", "draft-2020-12")


@st.composite
def avro_records(draw: st.DrawFn) -> dict[str, Any]:
    fields = []
    for name in NAMES:
        if draw(st.booleans()):
            kind = draw(st.sampled_from(AVRO_TYPES))
            value = {"string": "x"}.get(kind, 0) if isinstance(kind, str) else None if isinstance(kind, list) else "X"
            fields.append({"name": name, "type": kind, **({"default": value} if draw(st.booleans()) else {})})
            if isinstance(kind, dict):
                fields[-1]["type"] = {**kind, "name": f"E{name}"}
    return {"type": "record", "name": "R", "fields": fields}


@st.composite
def json_schemas(draw: st.DrawFn) -> dict[str, Any]:
    names = [name for name in NAMES if draw(st.booleans())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {name: {"type": draw(st.sampled_from(JSON_TYPES))} for name in names},
        "required": [name for name in names if draw(st.booleans())],
        **({"additionalProperties": False} if draw(st.booleans()) else {}),
    }


histories = st.one_of(
    st.tuples(st.just(AVRO), st.lists(avro_records(), min_size=2, max_size=5)),
    st.tuples(st.just(JSON), st.lists(json_schemas(), min_size=2, max_size=5)),
)


def transitive(kind: Kind, versions: list[dict[str, Any]], mode: str, last: int) -> ContractReport:
    """The report on the newest version, beside all others."""
    files = {f"order/1.{number}.0.{kind.ending}": json.dumps(value).encode() for number, value in enumerate(versions)}
    newest = list(files)[-1]
    base = MemorySnapshot("base", {path: raw for path, raw in files.items() if path != newest})
    request = Request(
        compatibility=CompatibilityMode(f"{mode}_TRANSITIVE"),
        supported=read_supported(f"last {last}"),
        apply_policy=False,
    )
    sides = Sides(base, MemorySnapshot("head", files), None, None, None)
    report = Comparison(request, sides, default_policy(), builtin_catalogue()).report()
    (contract,) = [contract for contract in report.contracts if contract.path == newest]
    return contract


def pairwise(kind: Kind, versions: list[dict[str, Any]], mode: str) -> dict[str, Report]:
    """Version → the report on the newest one against it alone, the newest first."""
    *older, newest = versions
    compared = [
        (f"1.{number}.0", compare_documents(value, newest, kind=kind.name, dialect=kind.dialect, compatibility=mode))
        for number, value in enumerate(older)
    ]
    return dict(reversed(compared))


def causes(report: Report | ContractReport) -> set[tuple[str, str, str]]:
    contracts = report.contracts if isinstance(report, Report) else (report,)
    return {
        (finding.rule, str(finding.direction), finding.element)
        for contract in contracts
        for finding in contract.findings
        if finding.impact in SERIOUS
    }


def serious(verdict: Verdict) -> Verdict | None:
    return verdict if verdict in (Verdict.BREAKING, Verdict.RISKY) else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.sampled_from(MODES), st.integers(1, 4))
def test_the_verdict_is_the_worst_of_all_supported_versions(
    history: tuple[Kind, list[dict[str, Any]]], mode: str, last: int
) -> None:
    kind, versions = history
    found = transitive(kind, versions, mode, last)
    alone = dict(list(pairwise(kind, versions, mode).items())[:last])
    worst = min((report.verdict for report in alone.values()), key=list(Verdict).index)
    assert found.errors == ()
    assert serious(found.verdict) is serious(worst)
    assert causes(found) == set().union(*(causes(report) for report in alone.values()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.sampled_from(MODES))
def test_every_break_is_told_once_against_the_newest_version_that_has_it(
    history: tuple[Kind, list[dict[str, Any]]], mode: str
) -> None:
    kind, versions = history
    found = transitive(kind, versions, mode, 9)
    alone = pairwise(kind, versions, mode)
    base = next(iter(alone))
    newest_with = {}
    for version, report in alone.items():
        for cause in causes(report):
            newest_with.setdefault(cause, version)
    told = {}
    for finding in found.findings:
        if finding.impact in SERIOUS:
            version = finding.against.version if isinstance(finding.against, Against) else base
            assert told.setdefault((finding.rule, str(finding.direction), finding.element), version) == version
    assert told == newest_with


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.sampled_from(MODES))
def test_the_note_names_the_first_version_that_breaks(history: tuple[Kind, list[dict[str, Any]]], mode: str) -> None:
    kind, versions = history
    alone = pairwise(kind, versions, mode)
    broken = [version for version, report in alone.items() if report.verdict is Verdict.BREAKING]
    base, *older = alone
    (note,) = transitive(kind, versions, mode, 9).notes
    if not older:
        assert "no supported version before base" in note
    elif not broken:
        assert "compatible also with" in note
    elif broken == [base]:
        assert f"base ({base}) breaks, and what was supported before it" in note
    elif broken[0] == base:
        also = "so does all" if broken[1:] == older else f"so does {', '.join(broken[1:])} of all"
        assert f"base ({base}) breaks, and {also} that was supported before it" in note
    else:
        first, *rest = broken
        assert note.endswith(f"is {', then '.join([first, ', '.join(rest)] if rest else [first])}")


@pytest.mark.parametrize("mode", MODES)
def test_a_single_step_is_what_the_simple_mode_says(mode: str) -> None:
    versions = [{"type": "record", "name": "R", "fields": []}, {"type": "record", "name": "R", "fields": []}]
    assert transitive(AVRO, versions, mode, 1).verdict is Verdict.COMPATIBLE
