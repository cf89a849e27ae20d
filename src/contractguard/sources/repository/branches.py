"""The branch that work is merged into, and where two histories part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contractguard.errors import UnreadableError
from contractguard.sources.repository.refs import Resolved, unshallow_command

if TYPE_CHECKING:
    from contractguard.sources.repository.discovery import Repository

_USUAL_NAMES = ("main", "master", "trunk")


class Branch(NamedTuple):
    """A branch by its full name (`refs/remotes/origin/main`) and the id of its tip."""

    name: str
    commit: str

    @property
    def short(self) -> str:
        """The name as people write it: `origin/main`."""
        return self.name.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def default_branch(repository: Repository) -> Branch | None:
    """The branch that work is merged into, as far as the clone knows.

    The first that exists of: what `origin/HEAD` points to; `main`, `master`, `trunk` and git's `init.defaultBranch`, at
    `origin` and then here; the branch that a bare repository is on; the only branch there is. None where none of them does.
    """
    if repository.work_tree is None:
        head = repository.git.ask("symbolic-ref", "--quiet", "HEAD").text
        tips = _tips(repository, head) if head.startswith("refs/heads/") else {}
        if head in tips:
            return Branch(head, tips[head])
    configured = repository.git.ask("config", "--get", "init.defaultBranch").text
    names = [*_USUAL_NAMES, *([configured] if configured and configured not in _USUAL_NAMES else [])]
    places = [f"{folder}/{name}" for folder in ("refs/remotes/origin", "refs/heads") for name in names]
    tips = _tips(repository, "refs/remotes/origin/HEAD", *places)
    for place in ("refs/remotes/origin/HEAD", *places):
        if place in tips:
            return Branch(_target(repository, place), tips[place])
    only = _tips(repository, "refs/heads")
    return Branch(*next(iter(only.items()))) if len(only) == 1 else None


def merge_base(repository: Repository, one: Resolved, other: Resolved) -> str:
    """The id of the best common ancestor of two commits; where there are several, the one that git names first.

    Raises `UnreadableError` where there is none, with the command that helps when the history is cut off.
    """
    answer = repository.git.ask("merge-base", one.commit, other.commit)
    if answer.code == 0 and answer.text:
        return answer.text
    if repository.is_shallow:
        msg = f"{one.text} and {other.text} have no common commit in this shallow clone"
        raise UnreadableError(msg, remedy=unshallow_command(repository.remote or "origin"))
    msg = f"{one.text} and {other.text} have no common commit"
    raise UnreadableError(msg, remedy=f"compare the refs themselves: {one.text}..{other.text}")


def parents(repository: Repository, commit: str) -> tuple[str, ...]:
    """The ids of the parents of a commit, as far as the clone has them, the first one first."""
    answer = repository.git.ask("rev-list", "--parents", "--max-count=1", "--end-of-options", commit)
    return tuple(answer.text.split()[1:])


def _tips(repository: Repository, *names: str) -> dict[str, str]:
    """Full name → commit id of those of these refs that exist."""
    answer = repository.git.demand("for-each-ref", "--format=%(refname) %(objectname)", *names)
    pairs = (line.rpartition(" ") for line in answer.text.splitlines())
    return {name: commit for name, _, commit in pairs}


def _target(repository: Repository, name: str) -> str:
    """The branch that a symbolic ref stands for; the name itself for an ordinary one."""
    if not name.endswith("/HEAD"):
        return name
    return repository.git.ask("symbolic-ref", "--quiet", name).text or name
