"""Reports for the tests: any at all, built from the types themselves, and small ones with what a test is about."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind, OperationUse
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump, CompatibilityMode, Finding, Impact, Migration, Reading, Severity
from contractguard.model.places import Location
from contractguard.model.report import (
    ContractReport,
    ContractStatus,
    Gate,
    GateStatus,
    PolicyRef,
    Report,
    SideRef,
    Tool,
    Verdict,
    Versions,
)
from contractguard.model.values import UNSET, Unset
from contractguard.reporting import load_report
from contractguard.reporting.codec import AnyJson, alternatives, field_types, is_enum

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "renderers"
FIXTURE_NAMES = sorted(path.parent.name for path in FIXTURES.glob("*/report.json"))

HOSTILE = (
    "\x1b[31mred\x1b[0m\x07\x9b2J",
    "\u202egnp.exe\u202c\u2066x\u200b",
    "::error file=x::boom",
    "##[group]x",
    "a\nb\r\nc\td\x00e",
    "<script>alert(1)</script><details><summary>x</summary></details><!-- -->",
    "``` a ```` b ` c",
    "| a | b |\\| c \\",
    "# h\n\n- item\n1. one\n> quote\n---\n===\n    code",
    "@octocat @org/team #12 org/repo#3 GH-4 gh-5",
    "https://evil.example www.evil.example ftp://x HTTP://Y me@evil.example",
    "[a](https://x) ![b](y) [c]: z <https://w>",
    "**b** _i_ ~~s~~ $m$ &lt; &#64;octocat",
    "漢字と e\u0301 \U0001f469\u200d\U0001f467",
    "x" * 300,
)
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def of(annotation: Any) -> st.SearchStrategy[Any]:
    """Any value of an annotation of the model."""
    options = [_single(option) for option in alternatives(annotation)]
    return st.one_of(options)


def _single(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is tuple:
        return st.lists(of(get_args(kind)[0]), max_size=2).map(tuple)
    if is_enum(kind):
        return st.sampled_from(list(kind))
    if is_dataclass(kind):
        fields = {name: of(annotation) for name, annotation in field_types(kind).items()}
        fields |= {"schema_version": st.just("1")} if kind is Report else {}
        return st.builds(kind, **fields)
    return _PLAIN[kind]


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    Unset: st.just(UNSET),
    AnyJson: values,
    str: texts,
    int: st.integers(0, 10**6),
}
reports: st.SearchStrategy[Report] = of(Report)


def fixture(name: str) -> Report:
    return load_report((FIXTURES / name / "report.json").read_bytes())


def finding(number: int = 1, **changes: Any) -> Finding:
    """A breaking finding about an operation; `number` tells it from others."""
    plain = Finding(
        rule="type-changed",
        title="Type changed",
        fingerprint=f"fp1:{number:032x}",
        change="type.changed",
        effect=Effect.INCOMPARABLE,
        impact=Impact.BREAKING,
        bump=Bump.MAJOR,
        severity=Severity.ERROR,
        direction=Direction.OUTPUT,
        element="components/schemas/Order > total",
        subject="property 'total'",
        operations=(OperationUse("GET", "/orders", "response", "200", "application/json"),),
        head=Location("api.yaml", "/x", number, 1),
        message="The type of property 'total' changed",
        because="Consumers do not expect it.",
        evidence=Evidence(EvidenceKind.RULE),
        migration=Migration("Read both.", "Send both."),
    )
    return replace(plain, **changes)


def contract(*findings: Finding, **changes: Any) -> ContractReport:
    plain = ContractReport(
        id="orders-api",
        path="api.yaml",
        kind=ContractKind.OPENAPI,
        status=ContractStatus.CHANGED,
        mode=CompatibilityMode.BACKWARD,
        verdict=Verdict.BREAKING,
        required_bump=Bump.MAJOR,
        declared_bump=Bump.MINOR,
        versions=Versions("1.8.2", "1.9.0"),
        findings=findings,
    )
    return replace(plain, **changes)


def report(*contracts: ContractReport, **changes: Any) -> Report:
    plain = Report(
        tool=Tool("contractguard", "0.1.0", "2026-11"),
        base=SideRef("v1.8.2", "4" * 40),
        head=SideRef("HEAD", "9" * 40),
        today=None,
        reading=Reading.DECLARED,
        policy=PolicyRef(None, "sha256:0", "recommended"),
        verdict=Verdict.BREAKING,
        required_bump=Bump.MAJOR,
        gate=Gate(GateStatus.FAIL, Severity.ERROR, ("one finding of severity error",)),
        contracts=contracts,
    )
    return replace(plain, **changes)
