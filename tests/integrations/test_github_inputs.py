"""What a workflow says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractguard.errors import UsageError
from contractguard.integrations.github.inputs import event_base, read_inputs
from contractguard.model.finding import Severity


def test_nothing_said_means_the_defaults(tmp_path: Path) -> None:
    inputs = read_inputs({"GITHUB_WORKSPACE": str(tmp_path), "RUNNER_TEMP": str(tmp_path / "t"), "INPUT_BASE": " "})
    assert (inputs.base, inputs.head, inputs.config, inputs.policy_from) == (None, "HEAD", None, None)
    assert (inputs.profile, inputs.fail_on, inputs.today, inputs.reports) == (None, None, None, ())
    assert inputs.cwd == inputs.workspace == tmp_path.resolve()
    assert inputs.report == tmp_path / "t" / "contractguard-report.json"


def test_paths_count_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    inputs = read_inputs(
        {
            "GITHUB_WORKSPACE": str(tmp_path),
            "INPUT_WORKING_DIRECTORY": "sub",
            "INPUT_BASE": "v1",
            "INPUT_HEAD": "v2",
            "INPUT_CONFIG": "policy.yaml",
            "INPUT_POLICY_FROM": "main",
            "INPUT_PROFILE": "wire",
            "INPUT_FAIL_ON": "warning",
            "INPUT_TODAY": "2026-11-23",
            "INPUT_FORMAT": "markdown:out/r.md\n\n text : r.txt \n",
            "INPUT_REPORT": "r.json",
        }
    )
    sub = tmp_path.resolve() / "sub"
    assert (inputs.base, inputs.head, inputs.policy_from, inputs.profile) == ("v1", "v2", "main", "wire")
    assert (inputs.cwd, inputs.config, inputs.report) == (sub, sub / "policy.yaml", sub / "r.json")
    assert (inputs.fail_on, inputs.today) == (Severity.WARNING, "2026-11-23")
    assert inputs.reports == (("markdown", sub / "out/r.md"), ("text", sub / "r.txt"))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("INPUT_FAIL_ON", "never", "fail-on cannot be 'never'"),
        ("INPUT_FORMAT", "markdown", "format has 'markdown'"),
        ("INPUT_FORMAT", "markdown:", "format has 'markdown:'"),
        ("INPUT_WORKING_DIRECTORY", "nowhere", "no folder"),
    ],
)
def test_wrong_inputs_are_wrong_use(tmp_path: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_inputs({"GITHUB_WORKSPACE": str(tmp_path), name: value})


def test_fail_on_none_never_fails(tmp_path: Path) -> None:
    assert read_inputs({"GITHUB_WORKSPACE": str(tmp_path), "INPUT_FAIL_ON": "none"}).fail_on is Severity.OFF


SHA = "a" * 40
PULL_REQUEST = {"pull_request": {"base": {"sha": SHA, "ref": "main"}}}


def base_of(tmp_path: Path, event: object, **environment: str) -> str | None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    return event_base({"GITHUB_EVENT_PATH": str(file), **environment})


@pytest.mark.parametrize(
    ("event", "base"),
    [
        (PULL_REQUEST, f"{SHA}...HEAD"),
        ({"merge_group": {"base_sha": SHA}}, SHA),
        ({"repository": {"default_branch": "main"}, "ref": "refs/heads/main", "before": SHA}, SHA),
        ({"repository": {"default_branch": "main"}, "ref": "refs/heads/main", "before": "0" * 40}, None),
        ({"repository": {"default_branch": "main"}, "ref": "refs/heads/topic", "before": SHA}, None),
        ({"ref": "refs/heads/None", "before": SHA}, None),
        ({"pull_request": {"base": {"sha": 3}}}, None),
        ({}, None),
        ([], None),
    ],
)
def test_the_event_names_the_base_where_the_environment_does_not(
    tmp_path: Path, event: object, base: str | None
) -> None:
    assert base_of(tmp_path, event) == base


def test_an_ordinary_pull_request_is_left_to_the_engine(tmp_path: Path) -> None:
    assert base_of(tmp_path, PULL_REQUEST, GITHUB_BASE_REF="main") is None


def test_the_head_of_a_pull_request_may_be_named(tmp_path: Path) -> None:
    assert base_of(tmp_path, PULL_REQUEST, INPUT_HEAD="topic") == f"{SHA}...topic"


@pytest.mark.parametrize("content", [b"", b"not json", b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_event_says_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(content)
    assert event_base({"GITHUB_EVENT_PATH": str(file)}) is None
    assert event_base({"GITHUB_EVENT_PATH": str(tmp_path / "none.json")}) is None
