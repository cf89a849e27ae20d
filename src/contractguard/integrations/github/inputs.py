"""What a workflow says: the inputs of the action, and the event that started it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contractguard.errors import UsageError
from contractguard.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAIL_ON: Final = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "none": Severity.OFF}
_NO_COMMIT = "0" * 40
_MAX_EVENT_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The inputs of the action, checked; None means that nothing was said.

    `workspace` is the folder that paths in annotations count from, `cwd` where the comparison runs. `reports` are further
    reports to write: format and file.
    """

    base: str | None
    head: str
    config: Path | None
    policy_from: str | None
    profile: str | None
    fail_on: Severity | None
    today: str | None
    workspace: Path
    cwd: Path
    report: Path
    reports: tuple[tuple[str, Path], ...]


def read_inputs(environment: Mapping[str, str]) -> Inputs:
    """The inputs, from the variables INPUT_… and GITHUB_… that the runner sets. Raises `UsageError`."""
    workspace = Path(environment.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    cwd = (workspace / _text(environment, "WORKING_DIRECTORY", ".")).resolve()
    if not cwd.is_dir():
        raise UsageError(
            f"there is no folder {cwd}", remedy="mend the input working-directory; does the job check out first?"
        )
    base = _text(environment, "BASE") or event_base(environment)
    temporary = Path(environment.get("RUNNER_TEMP") or workspace)
    config = _text(environment, "CONFIG")
    report = _text(environment, "REPORT")
    return Inputs(
        base=base or None,
        head=_text(environment, "HEAD", "HEAD"),
        config=cwd / config if config else None,
        policy_from=_text(environment, "POLICY_FROM") or None,
        profile=_text(environment, "PROFILE") or None,
        fail_on=_fail_on(_text(environment, "FAIL_ON")),
        today=_text(environment, "TODAY") or None,
        workspace=workspace,
        cwd=cwd,
        report=cwd / report if report else temporary / "contractguard-report.json",
        reports=_reports(_text(environment, "FORMAT"), cwd),
    )


def event_base(environment: Mapping[str, str]) -> str | None:
    """The base that the event itself names, where the environment alone does not tell.

    None for an ordinary pull request: from GITHUB_BASE_REF and the clone the engine finds where the branches parted, and the
    branch whose policy counts. A `pull_request` in the event of another trigger, a merge queue, and a push to the default
    branch name the commit to compare with.
    """
    if environment.get("GITHUB_BASE_REF"):
        return None
    event = _event(environment.get("GITHUB_EVENT_PATH"))
    pull_request = _member(event, "pull_request", "base", "sha")
    if pull_request is not None:
        # As when branches parted; three dots are read as that only in one word with the head.
        return f"{pull_request}...{_text(environment, 'HEAD', 'HEAD')}"
    queued = _member(event, "merge_group", "base_sha")
    if queued is not None:
        return queued
    default = _member(event, "repository", "default_branch")
    pushed = _member(event, "ref")
    before = _member(event, "before")
    return before if default and pushed == f"refs/heads/{default}" and before != _NO_COMMIT else None


def _text(environment: Mapping[str, str], name: str, default: str = "") -> str:
    return environment.get(f"INPUT_{name}", "").strip() or default


def _fail_on(text: str) -> Severity | None:
    if not text:
        return None
    if text not in _FAIL_ON:
        raise UsageError(f"the input fail-on cannot be {text!r}", remedy=f"use one of {', '.join(_FAIL_ON)}")
    return _FAIL_ON[text]


def _reports(text: str, cwd: Path) -> tuple[tuple[str, Path], ...]:
    """Lines of `FORMAT:PATH`."""
    reports = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, path = line.partition(":")
        if not colon or not path:
            raise UsageError(f"the input format has {line!r}", remedy="write FORMAT:PATH, one on each line")
        reports.append((name.strip(), cwd / path.strip()))
    return tuple(reports)


def _event(path: str | None) -> object:
    """The event that started the workflow; nothing where there is none or it is no JSON."""
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            return json.loads(file.read(_MAX_EVENT_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def _member(value: object, *names: str) -> str | None:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None
