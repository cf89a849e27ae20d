"""Finding the repository that a folder lies in, and what is known of it from the start."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources.identity import Identify, git_identity
from contractguard.sources.repository.command import Git, first_complaint
from contractguard.sources.repository.listing import Listing, tree_listing
from contractguard.sources.repository.objects import ObjectStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.snapshot import Entry


@dataclass(eq=False)
class Repository:
    """A git repository.

    `work_tree` is the top of the working tree, None for a bare repository; `cwd` the folder from which it was found. Trees that
    were listed are remembered by commit, and all snapshots read from one store.
    """

    git: Git
    git_dir: Path
    common_dir: Path
    work_tree: Path | None
    cwd: Path
    object_format: str
    is_shallow: bool
    store: ObjectStore
    _listings: dict[str, Listing] = field(default_factory=dict)
    _known: dict[str, Entry] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The top of the working tree, or the git folder of a bare repository."""
        return self.work_tree or self.git_dir

    @property
    def prefix(self) -> str:
        """Where `cwd` lies in the working tree, with `/` and without one at the end; empty at the top."""
        if self.work_tree is None or not self.cwd.is_relative_to(self.work_tree):
            return ""
        relative = self.cwd.relative_to(self.work_tree).as_posix()
        return "" if relative == "." else relative

    @property
    def identify(self) -> Identify:
        """How this repository names bytes."""
        return git_identity(self.object_format)

    def listing(self, commit: str) -> Listing:
        """All files of a commit, by its full id. Raises `UnreadableError` where the clone lacks a tree, `LimitError`."""
        known = self._listings.get(commit)
        if known is None:
            answer = self.git.ask("ls-tree", "-r", "-z", "--full-tree", commit)
            if answer.code != 0:
                msg = f"the tree of commit {commit} cannot be listed: {first_complaint(answer.complaint)}"
                raise UnreadableError(msg, remedy=self.refetch_command)
            known = self._listings[commit] = tree_listing(answer.output, commit, self._known)
        return known

    @property
    def refetch_command(self) -> str:
        """The command that brings objects which a partial or damaged clone lacks."""
        return f"git fetch --refetch --no-filter {self.remote or 'origin'}"

    @property
    def remote(self) -> str | None:
        """The remote to fetch from: `origin`, else the first by name, else None."""
        names = sorted(self.git.ask("remote").text.split())
        if not names:
            return None
        return "origin" if "origin" in names else names[0]


def open_repository(cwd: Path, environment: Mapping[str, str]) -> Repository | None:
    """The repository that `cwd` lies in, as git finds it; None where there is none.

    Git itself looks, so that its checks hold: a repository of somebody else is not opened (git-config, `safe.directory`).
    Raises `UnreadableError` for a repository that git refuses, `UsageError` where `cwd` is no folder.
    """
    if not cwd.is_dir():
        msg = f"{cwd} is not a folder"
        raise UsageError(msg)
    git = Git(cwd, environment)
    if not git.process_environment.get("GIT_DIR") and not _may_be_in_repository(cwd):
        return None
    answer = git.ask(
        "rev-parse",
        "--is-shallow-repository",
        "--show-object-format",
        "--path-format=absolute",
        "--git-dir",
        "--git-common-dir",
        "--show-toplevel",  # last: it fails in a bare repository, after the others have been answered
    )
    facts = [*answer.text.split("\n", 4), ""]
    try:
        shallow, object_format, git_dir, common_dir, top = facts[:5]
    except ValueError:
        _refuse(answer.complaint, cwd)
        return None
    work_tree = Path(top) if answer.code == 0 and top else None
    inner = Git(work_tree or Path(git_dir), _absolute_index(git), Path(git_dir), work_tree)
    return Repository(
        git=inner,
        git_dir=Path(git_dir),
        common_dir=Path(common_dir),
        work_tree=work_tree,
        cwd=cwd.resolve(),
        object_format=object_format,
        is_shallow=shallow == "true",
        store=ObjectStore(inner),
    )


def work_tree_top(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that has a `.git`, found without git; None where there is none."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def _may_be_in_repository(cwd: Path) -> bool:
    folder = cwd.resolve()
    if work_tree_top(folder) is not None:
        return True
    return any((place / "HEAD").exists() and (place / "objects").is_dir() for place in (folder, *folder.parents))


def _absolute_index(git: Git) -> dict[str, str]:
    """The environment with `GIT_INDEX_FILE` (set by `git commit` for its hooks) absolute, since git runs elsewhere."""
    index = git.process_environment.get("GIT_INDEX_FILE")
    return {**git.environment, "GIT_INDEX_FILE": str(git.cwd.resolve() / index)} if index else dict(git.environment)


def _refuse(complaint: str, cwd: Path) -> None:
    """Raise unless git merely says that there is no repository."""
    if "not a git repository" in complaint:
        return
    if "dubious ownership" in complaint:
        top = work_tree_top(cwd.resolve()) or cwd
        msg = f"git does not open {top}, because it belongs to another user"
        remedy = f"if you trust it: git config --global --add safe.directory {shlex.quote(str(top))}"
        raise UnreadableError(msg, remedy=remedy)
    msg = f"git does not open the repository at {cwd}: {first_complaint(complaint)}"
    raise UnreadableError(msg, remedy="check it with: git status")
