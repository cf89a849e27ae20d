"""Links between pages lead somewhere, and the pages about commands know all options."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from contractguard.cli.application import application

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("rules/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]+)(?:#[^)\s]*)?\)")
ANCHORED = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)#([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^(`{3,}).*?^\1", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?<![\w`-])--[a-z][a-z-]+|(?<=`)--[a-z][a-z-]+")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    broken = [target for target in LINK.findall(text) if not (page.parent / target).exists()]
    assert broken == []


def anchors(page: Path) -> set[str]:
    """What a fragment can name: `<a id>`, and headings as GitHub names them."""
    text = page.read_text(encoding="utf-8")
    named = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(FENCED.sub("", text))
    }
    return named | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_into_pages_lead_to_a_heading_there(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    found = [(target, fragment) for target, fragment in ANCHORED.findall(text) if not target or target.endswith(".md")]
    broken = [link for link in found if link[1] not in anchors(page.parent / link[0] if link[0] else page)]
    assert broken == []


def options(command: click.Command) -> set[str]:
    parameters = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    names = {name for parameter in parameters for name in (*parameter.opts, *parameter.secondary_opts)}
    if isinstance(command, click.Group):
        names = names.union(*(options(part) for part in command.commands.values()))
    return {name for name in names if name.startswith("--")}


def test_the_page_of_commands_has_every_command_and_option_and_no_other() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    mentioned = set(OPTION.findall(page))
    assert options(application) - mentioned == set()
    assert mentioned - options(application) == {"--help"}
    for command in application.commands:
        assert f"contractguard {command}" in page


def test_every_environment_variable_of_an_option_is_as_documented() -> None:
    for command in application.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.envvar:
                long = next(name for name in parameter.opts if name.startswith("--"))
                assert parameter.envvar == "CONTRACTGUARD" + long[1:].upper().replace("-", "_")


def test_every_decision_record_is_listed() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for record in (ROOT / "docs" / "adr").glob("[0-9]*.md"):
        title = record.read_text(encoding="utf-8").splitlines()[0].partition(": ")[2]
        assert f"]({record.name}) | {title} |" in index


def test_every_dependency_has_its_reason() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| ([\w, -]+) \| ([^|]+) \| ?[\w -]* ?\|$", page, re.MULTILINE))
    listed = {name.strip() for names in reasons for name in names.split(",")} - {"package"}
    assert {re.split(r"[<>=]", line)[0] for line in wanted} == listed


def test_the_page_of_the_report_names_every_field() -> None:
    page = (ROOT / "docs" / "report-json.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))
    fields = set(schema["properties"]).union(*(part.get("properties", {}) for part in schema["$defs"].values()))
    assert [field for field in sorted(fields) if f'"{field}"' not in page] == []
