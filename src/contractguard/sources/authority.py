"""Where policy is read: at the branch that work is merged into, so that a change cannot loosen its own judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.sources.ci import target_tip
from contractguard.sources.repository.branches import Branch
from contractguard.sources.repository.branches import default_branch as _default_branch
from contractguard.sources.repository.discovery import Repository, open_repository
from contractguard.sources.repository.refs import need_commit
from contractguard.sources.repository.stored import StoredSnapshot, commit_snapshot
from contractguard.sources.repository.worktree import WorktreeSnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from contractguard.sources.sides import Sides
    from contractguard.sources.snapshots import ReadableSnapshot

WORKTREE = "worktree"
"""What `--policy-from` says for the working tree."""


def authority_snapshot(
    repository: Path | None,
    *,
    environment: Mapping[str, str],
    policy_from: str | None = None,
    beside: Sides | None = None,
) -> ReadableSnapshot | None:
    """The snapshot in which policy, rules, waivers and decisions are read (DESIGN section 5, "authority ref").

    That of `policy_from`, a ref or `worktree`, where it is given; else of the tip of the branch that a change under review
    is to be merged into (in CI); else of the tip of the default branch. None where there is no repository, or none of these.
    `beside` are sides already open, whose git process is used when they are of the same repository. Raises
    `UnreadableError` where the clone lacks the named ref or the target branch, with the command that brings it.
    """
    if repository is None:
        if policy_from is not None:
            msg = f"policy cannot be read from {policy_from}: what is compared lies in no repository"
            raise UsageError(msg, remedy="name a policy file instead: --config FILE")
        return None
    opened = _shared(repository, beside) or open_repository(repository, environment)
    if opened is None:
        return None
    if policy_from == WORKTREE:
        return WorktreeSnapshot(opened)
    tip = target_tip(opened, environment) if policy_from is None else need_commit(opened, policy_from)
    return None if tip is None else commit_snapshot(opened, tip.commit, ref=tip.text)


def default_branch(repository: Path, *, environment: Mapping[str, str]) -> Branch | None:
    """The branch of a repository that work is merged into, as far as the clone knows; see `repository/branches.py`."""
    opened = open_repository(repository, environment)
    return None if opened is None else _default_branch(opened)


def _shared(root: Path, sides: Sides | None) -> Repository | None:
    if sides is None:
        return None
    for snapshot in (sides.base, sides.head):
        if isinstance(snapshot, StoredSnapshot | WorktreeSnapshot) and snapshot.repository.root == root:
            return snapshot.repository
    return None
