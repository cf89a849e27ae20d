from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, ValidationError
from refresh_goldens import ROOT, schema_text
from report_strategies import FIXTURE_NAMES, fixture, reports

from contractguard.model import change, finding, places, report, resolution
from contractguard.model.report import Report
from contractguard.reporting import RenderOptions, render, report_schema
from contractguard.reporting.codec import field_types
from contractguard.reporting.schema_texts import TEXTS


def closed(schema: Any) -> Any:
    """The schema with every object closed: nothing may be written that is not published."""
    schema = copy.deepcopy(schema)
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return schema


VALIDATOR = Draft202012Validator(closed(report_schema()))


def test_published_schema_is_current() -> None:
    assert (ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8") == schema_text(), "run refresh_goldens.py"


def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(report_schema())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(reports)
def test_every_report_is_valid(subject: Report) -> None:
    VALIDATOR.validate(json.loads(render(subject, "json", RenderOptions())))


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_every_fixture_is_valid(name: str) -> None:
    VALIDATOR.validate(json.loads(render(fixture(name), "json", RenderOptions())))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("verdict",), "fine"),
        (("schema_version",), "2"),
        (("contracts", 0, "findings", 0, "head", "line"), "1"),
        (("contracts", 0, "findings", 0, "surprise"), 1),
        (("gate",), None),
    ],
)
def test_what_is_no_report_is_invalid(path: Any, value: Any) -> None:
    data = json.loads(render(fixture("openapi-breaking"), "json", RenderOptions()))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(ValidationError):
        VALIDATOR.validate(data)


def test_published_objects_are_open_and_only_what_is_seldom_there_is_optional() -> None:
    schema = report_schema()
    parts = {"Report": schema, **schema["$defs"]}
    optional = {
        f"{name}.{key}"
        for name, part in parts.items()
        for key in part.get("properties", {})
        if key not in part["required"]
    }

    assert optional == {"Evidence.payload", "Finding.against", "ContractReport.resolution", "Report.dialects"}
    assert not any("additionalProperties" in part for part in parts.values())


def test_descriptions_are_of_keys_that_exist() -> None:
    types = {
        name: getattr(module, name) for module in (change, finding, places, report, resolution) for name in dir(module)
    }

    for name, texts in TEXTS.items():
        assert texts.keys() <= field_types(types[name]).keys(), name
