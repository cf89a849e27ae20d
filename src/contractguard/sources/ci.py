"""What continuous integration says about the change under review, from its environment variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contractguard.errors import UnreadableError
from contractguard.sources.repository.branches import default_branch, merge_base, parents
from contractguard.sources.repository.refs import Resolved, find_commit, missing_ref, need_commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.sources.repository.discovery import Repository

_TARGET_VARIABLES: Final = (
    "GITHUB_BASE_REF",  # GitHub, Gitea, Forgejo
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",  # GitLab
    "SYSTEM_PULLREQUEST_TARGETBRANCH",  # Azure Pipelines, as refs/heads/NAME
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
    "CHANGE_TARGET",  # Jenkins
)
_FIRST_PARENT: Final = "first parent of the pull request's merge commit"


def target_branch(environment: Mapping[str, str]) -> str | None:
    """The name of the branch that the change under review is to be merged into; None outside a review."""
    for variable in _TARGET_VARIABLES:
        name = environment.get(variable, "").removeprefix("refs/heads/")
        if name:
            return name
    return None


def target_tip(repository: Repository, environment: Mapping[str, str]) -> Resolved | None:
    """The tip of the branch that work is merged into: of the branch under review in CI, else of the default branch.

    None outside a review where the clone has no default branch. Raises `UnreadableError` where the clone lacks the branch of
    a review, so that no other branch stands in for it in silence.
    """
    target = target_branch(environment)
    if target is None:
        branch = default_branch(repository)
        return None if branch is None else Resolved(branch.short, branch.commit)
    tip = _fetched_tip(repository, target) or _merged_into(repository, environment)
    if tip is None:
        raise missing_ref(repository, f"{repository.remote or 'origin'}/{target}")
    return tip


def default_base(repository: Repository, head: Resolved, environment: Mapping[str, str]) -> Resolved:
    """The commit to compare with where none was named: the merge base of `head` and the branch it is merged into.

    Raises `UnreadableError` with the git command that helps where the clone has no such branch or too little history.
    """
    told = environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")
    if told:
        return need_commit(repository, told)._replace(text="base of the merge request")
    tip = target_tip(repository, environment)
    if tip is None:
        msg = f"no default branch is known in {repository.root}"
        raise UnreadableError(
            msg,
            remedy="name the base, such as: contractguard diff BRANCH...; or run: git remote set-head origin --auto",
        )
    if tip.text == _FIRST_PARENT:
        return tip
    try:
        commit = merge_base(repository, tip, head)
    except UnreadableError:
        merged = _merged_into(repository, environment)
        if merged is None:
            raise
        return merged
    return Resolved(f"merge base of {tip.text} and {head.text}", commit)


def _fetched_tip(repository: Repository, branch: str) -> Resolved | None:
    remote = repository.remote or "origin"
    tip = find_commit(repository, f"refs/remotes/{remote}/{branch}")
    return None if tip is None else tip._replace(text=f"{remote}/{branch}")


def _merged_into(repository: Repository, environment: Mapping[str, str]) -> Resolved | None:
    """The first parent of GitHub's trial merge (`refs/pull/N/merge`): the tip of the target branch when it was made.

    None where HEAD is not that merge, such as after a checkout of the branch itself, or where the clone lacks the parent.
    """
    ref = environment.get("GITHUB_REF", "")
    head = find_commit(repository, "HEAD")
    if head is None or not ref.startswith("refs/pull/") or not ref.endswith("/merge"):
        return None
    if environment.get("GITHUB_SHA", head.commit) != head.commit:
        return None
    target, *changes = parents(repository, head.commit) or ("",)
    if not changes:
        return None
    return find_commit(repository, target) and Resolved(_FIRST_PARENT, target)
