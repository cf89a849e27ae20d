from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from typing import Any

import pytest
from report_strategies import fixture

from contractguard.errors import UsageError
from contractguard.model.report import Report
from contractguard.reporting import RenderOptions, formats, render
from contractguard.reporting.registry import ENTRY_POINTS


def verdict_only(report: Report, options: RenderOptions) -> str:
    return f"{report.verdict} {options.width}\n"


not_a_function = 1


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Pretends that packages with these reporters are installed."""

    def install(**reporters: Any) -> None:
        points = [metadata.EntryPoint(name, value, ENTRY_POINTS) for name, value in reporters.items()]
        monkeypatch.setattr(metadata, "entry_points", lambda *, group: points if group == ENTRY_POINTS else [])

    return install


def test_built_in_formats(installed: Any) -> None:
    installed()

    assert formats() == ("text", "json", "markdown")
    for name in formats():
        assert render(fixture("unchanged"), name, RenderOptions()).endswith("\n")


def test_installed_packages_add_formats(installed: Any) -> None:
    installed(verdict=f"{__name__}:verdict_only", another="x:y")

    assert formats() == ("text", "json", "markdown", "another", "verdict")
    assert render(fixture("unchanged"), "verdict", RenderOptions(width=99)) == "unchanged 99\n"


def test_installed_packages_replace_nothing(installed: Any) -> None:
    installed(text=f"{__name__}:verdict_only")

    assert formats() == ("text", "json", "markdown")
    assert "contracts compared" in render(fixture("unchanged"), "text", RenderOptions())


def test_unknown_format_names_those_there_are(installed: Any) -> None:
    installed()

    with pytest.raises(UsageError, match="no report format 'pdf'") as caught:
        render(fixture("unchanged"), "pdf", RenderOptions())
    assert caught.value.remedy == "use one of text, json, markdown"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no_such_package_at_all:render", "cannot be loaded: No module named"),
        (f"{__name__}:no_such_name", "cannot be loaded"),
        (f"{__name__}:not_a_function", "is not a function"),
    ],
)
def test_broken_plugin_is_an_error_that_names_it(installed: Any, value: Any, said: Any) -> None:
    installed(broken=value)

    with pytest.raises(UsageError, match="'broken'") as caught:
        render(fixture("unchanged"), "broken", RenderOptions())
    assert said in caught.value.message
    assert value in caught.value.message


def test_reporting_imports_nothing_heavy() -> None:
    heavy = ("rich", "jinja2", "jsonschema", "msgspec", "git", "semver", "fastavro", "importlib.metadata")
    code = f"import sys, contractguard.reporting; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
