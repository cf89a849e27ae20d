"""The code blocks of the pages run, in the repository of the demonstration, and say what the pages say they say.

`console`: each `$ contractguard …` is run and its standard output compared; a last line `…` stands for the rest.
`python`: is executed; `# → text` behind an expression is its value. `sh`: lines that start contractguard are parsed.
`yaml`: a block that starts with `version: 1` is used as a policy.
"""

from __future__ import annotations

import ast
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from docs_sessions import PAGES, contractguard, example_repository, session

from contractguard.cli.application import application

BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w+)\n(?P<code>.*?)^ *```", re.MULTILINE | re.DOTALL)
BASE, HEAD, DATE = "v1.3.0", "v2.0.0", "2026-03-02"


@dataclass(frozen=True)
class Block:
    name: str
    code: str

    def __str__(self) -> str:
        return self.name


def blocks(language: str) -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            if match["language"] == language:
                line = text.count("\n", 0, match.start()) + 1
                code = re.sub(f"^{match['indent']}", "", match["code"], flags=re.MULTILINE)
                found.append(Block(f"{page.name}:{line}", code))
    return found


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "orders"
    example_repository(folder)
    return folder


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_a_session_prints_what_the_page_shows(block: Block, repository: Path) -> None:
    """Where this fails and the new output is right: `python tests/docs/docs_sessions.py`."""
    assert session(block.code, repository) == block.code


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_a_program_does_what_the_page_says(
    block: Block, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)
    names: dict[str, object] = {}
    lines = block.code.splitlines()
    for statement in ast.parse(block.code).body:
        said = re.search(r"  # → (.*)$", lines[(statement.end_lineno or 0) - 1])
        if isinstance(statement, ast.Expr) and said:
            value = eval(compile(ast.Expression(statement.value), block.name, "eval"), names)  # noqa: S307  # our own page
            assert str(value) == said[1]
        else:
            exec(compile(ast.Module([statement], []), block.name, "exec"), names)  # noqa: S102  # our own page
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("block", blocks("sh"), ids=str)
def test_a_command_on_a_page_can_be_parsed(block: Block) -> None:
    for line in re.findall(r"^contractguard .*$", block.code, re.MULTILINE):
        arguments = shlex.split(line.partition(" | ")[0].partition("  #")[0])[1:]
        command: click.Command = application
        while isinstance(command, click.Group):
            command = command.commands[arguments.pop(0)]
        command.make_context(command.name, arguments)


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if block.code.startswith("version: 1")], ids=str)
def test_a_policy_on_a_page_is_accepted(block: Block, repository: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(block.code, encoding="utf-8")
    done = contractguard(repository, "check", BASE, HEAD, "--today", DATE, "--config", str(policy), "--fail-on", "none")
    assert done.returncode == 0, done.stderr
