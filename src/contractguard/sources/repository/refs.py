"""From what users write to commit ids. Every ref is verified here; after this, only ids go to git."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from contractguard.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from contractguard.sources.repository.discovery import Repository

_FULL_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_SHORT_ID = re.compile(r"[0-9a-f]{7,64}\Z")
_LOOKS_BACK = re.compile(r"[~^]|@\{")


class Resolved(NamedTuple):
    """A ref, the id of its commit, and a remark for the reader where the ref was ambiguous."""

    text: str
    commit: str
    note: str | None = None


def find_commit(repository: Repository, text: str) -> Resolved | None:
    """The commit that a ref names (gitrevisions), or None where it names none. Never taken for an option."""
    if not text or "\0" in text:
        return None
    answer = repository.git.ask("rev-parse", "--verify", "--end-of-options", f"{text}^{{commit}}")
    commit = answer.text
    if answer.code != 0 or not _FULL_ID.match(commit):
        return None
    if "is ambiguous" in answer.complaint:
        return Resolved(text, commit, f"more than one ref is called {text}; git takes the one at {commit[:12]}")
    return Resolved(text, commit)


def need_commit(repository: Repository, text: str) -> Resolved:
    """As `find_commit`. Raises `UnreadableError` with the command that brings the ref, `UsageError` for no text at all."""
    if not text:
        msg = "an empty ref names nothing"
        raise UsageError(msg, remedy="name a branch, tag or commit, such as: main")
    resolved = find_commit(repository, text)
    if resolved is None:
        raise missing_ref(repository, text)
    return resolved


def missing_ref(repository: Repository, text: str, *, also: str = "") -> UnreadableError:
    """The error for a ref that this clone does not have; `also` is what was looked for besides, such as ` or file`."""
    msg = f"there is no ref{also} {text!r} in the repository {repository.root}"
    if text == "HEAD":
        return UnreadableError(msg, remedy="there is no commit yet: make one, or name two files or folders to compare")
    return UnreadableError(msg, remedy=fetch_command(repository, text))


def fetch_command(repository: Repository, text: str) -> str:
    """The git command that most likely brings a missing ref into this clone."""
    remote = repository.remote
    if remote is None:
        return "see which refs there are: git branch --all; git tag"
    if repository.is_shallow and (_LOOKS_BACK.search(text) or _SHORT_ID.match(text)):
        return unshallow_command(remote)
    if _FULL_ID.match(text):
        return f"git fetch {remote} {text}"
    branch = _LOOKS_BACK.split(text.removeprefix("refs/remotes/"))[0].removeprefix(f"{remote}/")
    if text.removeprefix("refs/remotes/").startswith(f"{remote}/"):
        return f"git fetch {remote} {shlex.quote(f'{branch}:refs/remotes/{remote}/{branch}')}"
    refspec = shlex.quote(f"{branch}:refs/remotes/{remote}/{branch}")
    return (
        f"for a branch: git fetch {remote} {refspec}, then name {remote}/{branch}; for a tag: git fetch --tags {remote}"
    )


def unshallow_command(remote: str) -> str:
    """The command that brings the history which a shallow clone lacks."""
    return f"git fetch --unshallow {remote} (in GitHub's checkout action: fetch-depth: 0)"
