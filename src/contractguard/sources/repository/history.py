"""Earlier versions of a file, with the commits and dates they came with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contractguard.errors import UnreadableError
from contractguard.sources.repository.command import SAFE_CONFIGURATION
from contractguard.sources.repository.stored import StoredSnapshot, commit_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractguard.sources.repository.discovery import Repository
    from contractguard.sources.snapshots import ReadableSnapshot

MOST_MOVES: Final = 20
"""So many moves of a file are followed."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that gave a file its content. `committed` is its committer date in seconds since 1970, UTC.

    `snapshot` has all files of that commit, and the file at the path that was asked for.
    """

    commit: str
    committed: int
    snapshot: ReadableSnapshot


def revisions(snapshot: ReadableSnapshot, path: str, *, most: int = 100) -> Iterator[Revision]:
    """The versions of a file up to the commit of `snapshot`, the newest first: its current one, then those before.

    Only first parents are followed, so that a version is what the branch had, not what was tried on the way. At most `most`
    commits are looked at. Nothing for snapshots without a commit; a shallow clone ends early. Raises `UnreadableError` where
    the clone lacks trees.
    """
    if not isinstance(snapshot, StoredSnapshot) or snapshot.commit is None:
        return
    folder = snapshot.folder
    inner = f"{folder}/{path}" if folder else path
    for commit, committed in _commits(snapshot.repository, snapshot.commit, inner, most):
        whole = commit_snapshot(snapshot.repository, commit, ref=f"{snapshot.ref} at {commit[:12]}")
        earlier = whole.below(folder) if folder else whole
        if path in earlier.entries:
            yield Revision(commit, committed, earlier)


def former_paths(snapshot: ReadableSnapshot, path: str) -> tuple[str, ...]:
    """Where the file at `path` lay before it was moved, up to the commit of `snapshot`, the last place first.

    A move is what git takes for one: the file is gone at one place, and at the other lies one with at least half of the same
    content (`git log --follow`). At most `MOST_MOVES` commits with moves are looked at; what lies outside the folder of the
    snapshot is left out. Nothing for snapshots without a commit, and where the history cannot be followed.
    """
    if not isinstance(snapshot, StoredSnapshot) or snapshot.commit is None:
        return ()
    folder = f"{snapshot.folder}/" if snapshot.folder else ""
    answer = snapshot.repository.git.ask(
        *("log", "--follow", "--diff-filter=R", "--name-status", "--format=", "-z", "--find-renames"),
        *(f"--max-count={MOST_MOVES}", snapshot.commit, "--", f"{folder}{path}"),
    )
    if answer.code != 0:
        return ()
    words = answer.text.split("\0")
    moves = zip(words[0::3], words[1::3], words[2::3], strict=False)
    former = dict.fromkeys(old.removeprefix(folder) for _, old, _ in moves if old.startswith(folder))
    former.pop(path, None)
    return tuple(former)


def _commits(repository: Repository, commit: str, path: str, most: int) -> list[tuple[str, int]]:
    """Id and date of the first-parent commits that changed `path`, the newest first."""
    answer = repository.git.ask("rev-list", "--first-parent", f"--max-count={most}", commit, "--", path)
    if answer.code != 0:
        msg = f"the history of {path} cannot be followed from {commit}"
        raise UnreadableError(msg, path=path, remedy=repository.refetch_command)
    import git  # noqa: PLC0415 - 80 ms, and needed for histories only

    with git.Repo(repository.common_dir) as opened:
        opened.git.update_environment(**repository.git.process_environment)
        opened.git.set_persistent_git_options(c=list(SAFE_CONFIGURATION))
        return [(found, int(opened.commit(found).committed_date)) for found in answer.text.split()]
