"""Mistakes that users make: each is told with what is wrong, where, and how to mend it, and has its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from contractguard.cli.application import application
from contractguard.cli.program import run

API = """\
openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
paths: {}
"""
EVENT = '{"type": "record", "name": "Order", "fields": []}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside any repository, with an API, an event, and files that are neither."""
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "orders.yaml").write_text(API, encoding="utf-8")
    (tmp_path / "api" / "orders v2.yaml").write_text(API, encoding="utf-8")
    (tmp_path / "api" / "-orders.yaml").write_text(API, encoding="utf-8")
    (tmp_path / "api" / "crlf.yaml").write_bytes(API.replace("\n", "\r\n").encode())
    (tmp_path / "order.avsc").write_text(EVENT, encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("\n", encoding="utf-8")
    (tmp_path / "binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (tmp_path / "bad.yaml").write_text("openapi: 3.0.3\ninfo: [\n", encoding="utf-8")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "orders.yaml").write_text("openapi: 3.0.3\ninfo: [\n", encoding="utf-8")
    (tmp_path / "note.yaml").write_text("hello: world\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


MISTAKES = {
    "a slip in a path": (["diff", "api/order.yaml", "api/orders.yaml"], 3, "'api/order.yaml'", "api/orders.yaml?"),
    "a slip in a plain path": (["diff", "./api/order.yaml", "order.avsc"], 3, "./api/order.yaml", "./api/orders.yaml?"),
    "a path that is far off": (["diff", "./x", "order.avsc"], 3, "./x: there is no such file", "check the path"),
    "two kinds": (
        ["diff", "api/orders.yaml", "order.avsc"],
        2,
        "is an OpenAPI description, and order.avsc an Avro schema: they cannot be compared",
        "--kind",
    ),
    "an empty file": (["diff", "empty.yaml", "api/orders.yaml"], 3, "empty.yaml: the file is empty", "a contract"),
    "no contract": (["diff", "note.yaml", "note.yaml"], 3, "note.yaml: this is no contract", "--kind openapi"),
    "a binary file": (["diff", "binary.yaml", "api/orders.yaml"], 3, "binary.yaml:1:1: the file is not UTF-8", "UTF-8"),
    "bad YAML": (["diff", "api/orders.yaml", "bad.yaml"], 3, "bad.yaml:3:1: not valid YAML", "indentation"),
    "a file and a folder": (["diff", "api", "order.avsc"], 2, "one file", "two files or two folders"),
    "one of two files of one name": (
        ["diff", "api/orders.yaml", "new/orders.yaml"],
        3,
        "error: new/orders.yaml:3:1: not valid YAML",
        "indentation",
    ),
    "a policy file": (
        ["check", "api", "new", "--config", "x.yaml"],
        2,
        "x.yaml: the policy cannot be read",
        "--config",
    ),
    "no repository": (["check"], 2, "is not in a git repository", "name two files"),
    "a ref without a repository": (["check", "main", "HEAD"], 3, "no repository at", "inside a clone"),
    "standard input twice": (["diff", "-", "-"], 2, "both sides cannot be read from -", "to a file"),
    "a mode": (
        ["diff", "order.avsc", "order.avsc", "--compatibility", "full_transitiv"],
        2,
        "'full_transitiv' is none of NONE, BACKWARD, BACKWARD_TRANSITIVE, FORWARD",
        "--help",
    ),
    "a folder as report": (
        ["diff", "order.avsc", "order.avsc", "--format", "json:api"],
        2,
        "api: the report was not written",
        "--format FORMAT:PATH",
    ),
    "a contract as report": (["render", "api/orders.yaml"], 2, "api/orders.yaml:1:1: not JSON", "--format json"),
    "an event as report": (
        ["verify", "order.avsc"],
        2,
        "order.avsc: report has an unknown key",
        "as contractguard wrote it",
    ),
    "a rule": (["explain", "enum-value-remved"], 2, "unknown rule 'enum-value-remved'", "'enum-value-removed'?"),
    "the id of another rule": (["rules", "new", "enum-value-removed"], 2, "is taken by a built-in rule", "another id"),
    "a dash at the start": (["diff", "api/orders.yaml", "-orders.yaml"], 2, "No such option", "--help"),
}


@pytest.mark.parametrize("mistake", list(MISTAKES))
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_told(mistake: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, code, what, how = MISTAKES[mistake]
    assert run(arguments) == code
    out, err = capsys.readouterr()
    assert what in err
    assert how in err
    if mistake != "a folder as report":
        assert out == ""


@pytest.mark.parametrize("written", ["api/orders v2.yaml", "api/crlf.yaml", "./api/-orders.yaml"])
@pytest.mark.usefixtures("folder")
def test_unusual_files_are_no_mistake(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A space in the name, line ends of Windows, a dash at the start: the same contract, and no complaint."""
    assert run(["diff", "api/orders.yaml", written]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("✓ UNCHANGED")
    assert err == ""


@pytest.mark.usefixtures("folder")
def test_a_mode_is_understood_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "order.avsc", "order.avsc", "--compatibility", "full-transitive"]) == 0
    assert capsys.readouterr().err == ""


def contractguard(
    *arguments: str, cwd: Path, stdout: int | None = None, close: bool = False
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "contractguard", *arguments]
    if close:
        command = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
    return subprocess.run(command, cwd=cwd, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.skipif(os.name != "posix", reason="descriptors are closed by a POSIX shell")
def test_a_closed_standard_output_is_told(folder: Path) -> None:
    done = contractguard("diff", "order.avsc", "order.avsc", cwd=folder, close=True)
    assert done.returncode == 2
    assert "standard output is closed" in done.stderr
    assert "--format FORMAT:PATH" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there is no pseudo-terminal")
@pytest.mark.parametrize(
    ("encoding", "answer"), [("utf-8", "✓ UNCHANGED  1 contract"), ("latin-1", "v UNCHANGED  1 contract")]
)
def test_a_terminal_without_our_signs_is_written_to_in_plainer_ones(folder: Path, encoding: str, answer: str) -> None:
    mine, theirs = os.openpty()
    command = [sys.executable, "-P", "-m", "contractguard", "diff", "order.avsc", "order.avsc", "--color", "never"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    subprocess.run(command, cwd=folder, env=environment, stdout=theirs, check=True)
    os.close(theirs)
    assert os.read(mine, 1000).decode(encoding).startswith(answer)
    os.close(mine)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_told_once(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = contractguard("diff", "order.avsc", "order.avsc", cwd=folder, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: standard output could not be written: No space left on device",
        "  help: write it to a file: --format FORMAT:PATH",
    ]


def every_help(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from every_help(below, (*names, name))


@pytest.mark.parametrize("names", list(every_help(application)), ids=" ".join)
def test_help_fits_a_terminal(names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*names, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Usage: contractguard")
    assert max(map(len, lines)) <= 80


def git(folder: Path, *commands: list[str]) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    isolated = {**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for arguments in commands:
        subprocess.run(["git", *arguments], cwd=folder, env=isolated, check=True)


def policy_of(folder: Path, text: str) -> None:
    """A repository around the folder, with this policy on its default branch."""
    (folder / "contractguard.yaml").write_text(f"version: 1\n{text}", encoding="utf-8")
    git(
        folder,
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "contractguard.yaml"],
        ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=policy"],
    )


def test_a_repository_without_a_commit_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(folder, ["init", "--quiet", "--initial-branch=main"])
    assert run(["check"]) == 3
    assert "there is no commit yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "what", "how"),
    [
        ("profile: wirr\n", "contractguard.yaml: there is no profile 'wirr'", "one of everything"),
        ("profil: wire\n", "contractguard.yaml:2:1: unknown key 'profil'", "'profile'?"),
        (
            "rules:\n  overrides:\n    enum-value-remved: off\n",
            "contractguard.yaml:4:5: there is no rule",
            "'enum-value-removed'?",
        ),
        (
            "rules:\n  overrides:\n    enum-value-removed: oof\n",
            "contractguard.yaml:4:5: unknown value 'oof'",
            "did you mean 'off'?",
        ),
    ],
)
def test_a_slip_in_the_policy_is_told_with_its_place(
    folder: Path, text: str, what: str, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_of(folder, text)
    assert run(["check", "HEAD"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert what in err
    assert how in err


def test_a_policy_that_governs_nothing_is_not_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy_of(folder, "contracts: [{path: nowhere.yaml}]\n")
    assert run(["check", "HEAD"]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("✓ UNCHANGED  no contract to compare\n")
    assert "note: contractguard.yaml: the contract 'nowhere.yaml' matches no file" in out
