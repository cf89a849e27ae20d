"""Builds a git repository from a folder with one sub-folder for each commit.

A sub-folder holds the files that its commit adds or changes, and `commit.yaml`: message, date (RFC 3339), author (name and
email), tags, and the paths to delete. The ids of the commits depend on nothing but the folder: dates are those of the
folder, and no configuration of git on this machine has a say.
"""

# ruff: noqa: INP001  # beside a script, not in a package

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

COMMIT_FILE = "commit.yaml"
BRANCH = "main"


@dataclass(frozen=True, slots=True)
class Commit:
    """One sub-folder of a history, read."""

    folder: Path
    message: str
    date: str
    name: str
    email: str
    tags: tuple[str, ...]
    delete: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """Who made the commit, and when."""
        return {
            f"GIT_{role}_{field}": value
            for role in ("AUTHOR", "COMMITTER")
            for field, value in (("NAME", self.name), ("EMAIL", self.email), ("DATE", self.date))
        }


def build_history(source: Path, target: Path) -> list[str]:
    """Make a git repository at `target`, a folder that is empty or not there, from the history at `source`.

    Returns the ids of the commits, oldest first. The branch is `main`; the files of the last commit are checked out.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        msg = f"{target} is not empty"
        raise FileExistsError(msg)
    _git(target, "init", "--quiet", "--template=", f"--initial-branch={BRANCH}", "--object-format=sha1")
    return [_make(read_commit(folder), target) for folder in sorted(source.iterdir()) if folder.is_dir()]


def read_commit(folder: Path) -> Commit:
    """The commit that a sub-folder describes."""
    described: dict[str, Any] = yaml.safe_load((folder / COMMIT_FILE).read_text(encoding="utf-8"))
    return Commit(
        folder,
        described["message"],
        str(described["date"]),
        described["author"]["name"],
        described["author"]["email"],
        tuple(described.get("tags", ())),
        tuple(described.get("delete", ())),
    )


def _make(commit: Commit, target: Path) -> str:
    for path in commit.delete:
        (target / path).unlink()
    shutil.copytree(commit.folder, target, ignore=_only_the_description(commit.folder), dirs_exist_ok=True)
    # Git takes a file for unchanged whose size and times are those it saw last, to the second: here, it must look again.
    _git(target, "read-tree", "--empty")
    _git(target, "add", "--all")
    _git(target, "commit", "--quiet", "--message", commit.message, environment=commit.environment)
    for tag in commit.tags:
        _git(target, "tag", "--annotate", "--message", commit.message, tag, environment=commit.environment)
    return _git(target, "rev-parse", "HEAD")


def _only_the_description(top: Path) -> Any:  # noqa: ANN401  # what shutil.copytree calls
    return lambda folder, _names: [COMMIT_FILE] if Path(folder) == top else []


def _git(target: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run git in `target`, deaf to the configuration and the environment of this machine; returns what it prints."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    isolated = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
    settings = ("commit.gpgSign=false", "tag.gpgSign=false", "core.autocrlf=false", "core.fileMode=false", "gc.auto=0")
    options = [part for setting in settings for part in ("-c", setting)]
    finished = subprocess.run(  # noqa: S603
        ["git", *options, *arguments],  # noqa: S607
        cwd=target,
        env={**inherited, **isolated, **(environment or {})},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return finished.stdout.strip()
