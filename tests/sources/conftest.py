"""Temporary repositories with fixed dates and identity, untouched by the configuration of whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contractguard.sources import Sides, open_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GIT = shutil.which("git") or "git"


@dataclass
class History:
    """A repository below a temporary folder; each commit is a day younger than the one before."""

    root: Path
    environment: dict[str, str]
    _day: list[int] = field(default_factory=lambda: [0])

    def git(self, *arguments: str, check: bool = True, data: bytes | None = None) -> str:
        """The output of `git ARGUMENTS` in this repository."""
        day = f"2024-01-{self._day[0] + 1:02d}T12:00:00+0000"
        environment = {**os.environ, **self.environment, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        line = [GIT, "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(line, cwd=self.root, env=environment, input=data, capture_output=True, check=False)
        if check and done.returncode:
            raise AssertionError(done.stderr.decode())
        return os.fsdecode(done.stdout).removesuffix("\n")

    def write(self, **files: str | bytes) -> None:
        """Write files; `__` in a keyword stands for `/` and `_` for `.`."""
        for name, content in files.items():
            self.put(name.replace("__", "/").replace("_", "."), content)

    def put(self, path: str, content: str | bytes) -> Path:
        """Write one file and its folders."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    def commit(self, message: str = "change", **files: str | bytes) -> str:
        """Write files, commit everything and return the id of the commit."""
        self.write(**files)
        self._day[0] += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def clone(self, name: str, *options: str) -> History:
        """A clone beside this repository, made over the `file` protocol so that `--depth` and `--filter` work."""
        target = self.root.parent / name
        self.git("clone", "--quiet", *options, self.root.as_uri(), str(target))
        return History(target, self.environment, self._day)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment for git that knows nothing of this machine."""
    return {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }


@pytest.fixture
def history(tmp_path: Path, environment: dict[str, str]) -> History:
    """A repository on branch `main` without commits."""
    root = (tmp_path / "repository").resolve()
    root.mkdir()
    made = History(root, environment)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return made


@pytest.fixture
def sides(environment: dict[str, str]) -> Iterator[Callable[..., Sides]]:
    """`open_sides` with the environment of the tests; closed at the end. The first argument is a `History` or a folder."""
    opened: list[Sides] = []

    def opener(where: History | Path, base: str | None = None, head: str | None = None, **options: Any) -> Sides:
        cwd = options.pop("cwd", where.root if isinstance(where, History) else where)
        chosen = {**environment, **options.pop("environment", {})}
        made = open_sides(base, head, cwd=cwd, environment=chosen, stdin=options.pop("stdin", None), **options)
        opened.append(made)
        return made

    yield opener
    for made in opened:
        made.close()
