"""GitHub's runner, as far as an action meets it: workflow commands, command files, composite steps.

Written after the documentation of the runner and its open source: a line is a command when it begins, after white space,
with `::` and the name of a known command, or when it has `##[` and one anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KNOWN = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-env", "add-path", "stop-commands"}
_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


@dataclass(frozen=True)
class Command:
    name: str
    properties: Mapping[str, str]
    data: str


def commands_in(log: str) -> list[Command]:
    """The commands that the runner acts on, in a log of standard output."""
    found: list[Command] = []
    token: str | None = None
    for line in re.split(r"\r\n|\r|\n", log):
        command = _parsed(line, KNOWN | ({token} if token else set()))
        if command is None or (token is not None and command.name != token):
            continue
        if token is not None:
            token = None
        elif command.name == "stop-commands":
            token = command.data
        else:
            found.append(command)
    assert token is None, "commands are still stopped at the end"
    return found


def _parsed(line: str, known: set[str]) -> Command | None:
    text = line.lstrip()
    if text.startswith("::") and "::" in text[2:]:
        info, _, data = text[2:].partition("::")
        name, _, properties = info.partition(" ")
        if name.lower() in known:
            return Command(name.lower(), dict(_properties(properties)), _unescaped(data, _DATA))
    older = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
    if older and older[1].lower() in known:
        return Command(older[1].lower(), {}, older[2])
    return None


def _properties(text: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, text.strip().split(",")):
        name, _, value = pair.partition("=")
        if value:
            yield name, _unescaped(value, _PROPERTY)


def _unescaped(text: str, table: Mapping[str, str]) -> str:
    for replacement, token in table.items():
        text = text.replace(replacement, token)
    return text


def assignments(text: str) -> dict[str, str]:
    """The outputs in a GITHUB_OUTPUT file."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        name, heredoc, delimiter = line.partition("<<")
        assert heredoc, f"not in the form with a delimiter: {line!r}"
        value = []
        for inner in lines:
            if inner == delimiter:
                break
            value.append(inner)
        else:
            raise AssertionError(f"no end of {name}")
        found[name] = "\n".join(value)
    return found


@dataclass
class Job:
    """One job of a runner: its folders, and what its steps have left."""

    temporary: Path
    workspace: Path
    action: Path
    environment: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def uses(self, inputs: Mapping[str, str]) -> int:
        """Run the steps of a composite action until one fails; its exit code."""
        described = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        unknown = inputs.keys() - described["inputs"].keys()
        assert not unknown, f"no inputs of the action: {unknown}"
        given = {name: str(item.get("default", "")) for name, item in described["inputs"].items()} | dict(inputs)
        assert described["runs"]["using"] == "composite"
        for step in described["runs"]["steps"]:
            code = self._step(step, given)
            if code != 0:
                return code
        return 0

    def output(self, name: str) -> str:
        """An output of the action, as the calling workflow reads it."""
        described = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        return self._expanded(described["outputs"][name]["value"], {})

    def _step(self, step: Mapping[str, Any], inputs: Mapping[str, str]) -> int:
        assert step["shell"] == "bash"
        files = {name: self.temporary / f"_{name.lower()}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temporary / "_step.sh"
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=self._environment(step.get("env", {}), inputs) | {name: str(path) for name, path in files.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.log += done.stdout
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        if "id" in step:
            self.outputs[step["id"]] = assignments(files["GITHUB_OUTPUT"].read_text(encoding="utf-8"))
        return done.returncode

    def _environment(self, step: Mapping[str, str], inputs: Mapping[str, str]) -> dict[str, str]:
        machine = {
            name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "PYTHON"))
        }
        runner = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(self.action),
            "RUNNER_TEMP": str(self.temporary),
        }
        expanded = {name: self._expanded(str(value), inputs) for name, value in step.items()}
        return {**machine, **runner, **self.environment, **expanded}

    def _expanded(self, text: str, inputs: Mapping[str, str]) -> str:
        def value(match: re.Match[str]) -> str:
            context, *names = match[1].split(".")
            if context == "inputs":
                return inputs[names[0]]
            assert (context, names[1]) == ("steps", "outputs"), f"{match[0]} is not known here"
            return self.outputs[names[0]].get(names[2], "")

        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text)


def git(folder: Path, *arguments: str) -> str:
    """Run git with nothing of this machine's configuration."""
    settings: Sequence[str] = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgSign=false")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()
