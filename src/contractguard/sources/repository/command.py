"""Running git on a repository that may be hostile: nothing that it configures runs, and nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from contractguard.errors import LimitError, UnreadableError
from contractguard.sources.limits import MAX_LISTING_BYTES, MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAFE_CONFIGURATION = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.bigFileThreshold=32m",  # larger blobs are streamed, so that one beyond our limit is never in git's memory
    "core.quotePath=false",
    "protocol.allow=never",
    "submodule.recurse=false",
    "log.showSignature=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.graftFileDeprecated=false",
)
"""Settings that outrank those of the repository (git-config, "-c")."""

SAFE_ENVIRONMENT: Mapping[str, str] = {
    "GIT_ALLOW_PROTOCOL": "",  # outranks `protocol.<name>.allow` of the repository: no transport at all
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "LC_ALL": "C",
}
"""Environment variables for every git that we start (git(1), "Environment Variables")."""

_DROPPED = ("GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND", "GIT_TRACE", "LANGUAGE")


class Answer(NamedTuple):
    """What git said: exit code, standard output, and standard error as text."""

    code: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """Standard output as text, without the newline at its end."""
        return os.fsdecode(self.output).removesuffix("\n")


@dataclass(frozen=True)
class Git:
    """How git is called: from which folder, for which repository, in which environment.

    `environment` is laid over the one of this process. Without `git_dir`, git looks for the repository itself, and checks that
    it belongs to somebody the user trusts; with it, that was done before.
    """

    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    git_dir: Path | None = None
    work_tree: Path | None = None

    @cached_property
    def process_environment(self) -> dict[str, str]:
        """The whole environment for a git process."""
        inherited = {**os.environ, **self.environment}
        for name in _DROPPED:
            inherited.pop(name, None)
        if self.git_dir is not None:
            inherited.pop("GIT_DIR", None)
            inherited.pop("GIT_WORK_TREE", None)
        return {**inherited, **SAFE_ENVIRONMENT}

    def line(self, *arguments: str) -> list[str]:
        """The command line for `git ARGUMENTS`. Raises `UnreadableError` where git is not installed."""
        program = shutil.which("git", path=self.process_environment.get("PATH"))
        if program is None:
            msg = "git is not installed or not on PATH"
            raise UnreadableError(msg, remedy="install git 2.31 or newer, or compare files or folders")
        line = [program, "--no-pager"]
        for setting in SAFE_CONFIGURATION:
            line += ["-c", setting]
        if self.git_dir is not None:
            line.append(f"--git-dir={self.git_dir}")
        if self.work_tree is not None:
            line.append(f"--work-tree={self.work_tree}")
        return [*line, *arguments]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `git ARGUMENTS` with pipes to its standard input and output; what it complains of is dropped."""
        return subprocess.Popen(  # noqa: S603 - no shell; what users write comes after --end-of-options, or as an id
            self.line(*arguments),
            cwd=self.cwd,
            env=self.process_environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, *arguments: str) -> Answer:
        """Run `git ARGUMENTS` to its end. Raises `LimitError` when it prints more than `MAX_LISTING_BYTES`."""
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(  # noqa: S603 - as above
                self.line(*arguments),
                cwd=self.cwd,
                env=self.process_environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
            ) as process,
        ):
            output = process.stdout.read(MAX_LISTING_BYTES + 1) if process.stdout else b""
            if len(output) > MAX_LISTING_BYTES:
                process.kill()
                msg = f"git {arguments[0]} answers with more than {MAX_LISTING_BYTES // MEBIBYTE} MiB"
                raise LimitError(msg, path=str(self.cwd))
            code = process.wait()
            complaints.seek(0)
            return Answer(code, output, complaints.read(64 * 1024).decode("utf-8", "replace"))

    def demand(self, *arguments: str) -> Answer:
        """As `ask`, for what has no reason to fail. Raises `UnreadableError` with git's own words when it does."""
        answer = self.ask(*arguments)
        if answer.code != 0:
            msg = f"git {arguments[0]} failed: {first_complaint(answer.complaint)}"
            raise UnreadableError(msg, remedy="check the repository with: git fsck")
        return answer


def first_complaint(complaint: str) -> str:
    """The line that says what went wrong, without git's `fatal: `."""
    lines = [
        line for line in complaint.splitlines() if line.startswith(("fatal: ", "error: "))
    ] or complaint.splitlines()
    return lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else "it did not say why"
