"""What is compared, and where policy is read, in continuous integration and on a developer's machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources import authority_snapshot, default_branch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]


@pytest.fixture
def server(history: Any) -> Any:
    """`main` went on after `work` parted at the first commit; `trial` merges work into main, as GitHub does."""
    history.commit(api_yaml="1", policy_yaml="strict")
    history.git("branch", "work")
    history.commit(api_yaml="2")
    history.git("checkout", "-q", "work")
    history.commit(other_yaml="w", policy_yaml="loose")
    history.git("checkout", "-q", "--detach", "main")
    history.git("merge", "-q", "--no-ff", "--no-edit", "work")
    history.git("update-ref", "refs/pull/7/merge", "HEAD")
    history.git("checkout", "-q", "main")
    return history


def checked_out(server: Any, *, depth: int | None = None, branches: str = "") -> Any:
    """A clone as the checkout action makes it: the trial merge, and other branches only where they are asked for."""
    clone = type(server)(server.root.parent / "runner", server.environment)
    clone.root.mkdir()
    clone.git("init", "-q", "--initial-branch=main")
    clone.git("remote", "add", "origin", server.root.as_uri())
    deep = [f"--depth={depth}"] if depth else []
    clone.git("fetch", "-q", *deep, "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge", *branches.split())
    clone.git("checkout", "-q", "--detach", "refs/remotes/pull/7/merge")
    return clone


def github(clone: Any, **changes: str) -> dict[str, str]:
    head = clone.git("rev-parse", "HEAD")
    return {"GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/7/merge", "GITHUB_SHA": head, **changes}


def test_a_pull_request_with_full_history(server: Any, sides: Opener, environment: dict[str, str]) -> None:
    clone = checked_out(server, branches="+refs/heads/*:refs/remotes/origin/*")
    variables = github(clone)
    opened = sides(clone, environment=variables)
    assert opened.base.commit == server.git("rev-parse", "main")
    assert opened.base.ref == "merge base of origin/main and HEAD"
    authority = authority_snapshot(opened.repository, environment={**environment, **variables}, beside=opened)
    assert authority is not None
    assert (authority.ref, authority.commit) == ("origin/main", server.git("rev-parse", "main"))
    assert authority.read(["policy.yaml"]) == {"policy.yaml": b"strict"}


def test_the_first_parent_of_the_merge_stands_in_for_a_branch_that_was_not_fetched(
    server: Any, sides: Opener, environment: dict[str, str]
) -> None:
    clone = checked_out(server, depth=2)
    variables = github(clone)
    opened = sides(clone, environment=variables)
    assert opened.base.commit == server.git("rev-parse", "main")
    assert opened.base.ref == "first parent of the pull request's merge commit"
    assert opened.notes[0].startswith("base is the first parent of the pull request's merge commit: ")
    authority = authority_snapshot(opened.repository, environment={**environment, **variables})
    assert authority is not None
    assert authority.commit == server.git("rev-parse", "main")
    authority.close()


@pytest.mark.parametrize(
    "changes", [{"GITHUB_REF": "refs/heads/work"}, {"GITHUB_REF": "refs/pull/7/head"}, {"GITHUB_SHA": "0" * 40}]
)
def test_another_merge_commit_does_not_stand_in(server: Any, sides: Opener, changes: dict[str, str]) -> None:
    clone = checked_out(server, depth=2)
    with pytest.raises(UnreadableError, match="no ref 'origin/main'") as raised:
        sides(clone, environment=github(clone, **changes))
    assert raised.value.remedy == "git fetch origin main:refs/remotes/origin/main"


def test_a_checkout_of_depth_1_says_what_to_do(server: Any, sides: Opener, environment: dict[str, str]) -> None:
    clone = checked_out(server, depth=1)
    variables = github(clone)
    with pytest.raises(UnreadableError, match="no ref 'origin/main'"):
        sides(clone, environment=variables)
    with pytest.raises(UnreadableError, match="no ref 'origin/main'"):
        authority_snapshot(clone.root, environment={**environment, **variables})


def test_a_shallow_branch_without_merge_base_falls_back_on_the_merge(server: Any, sides: Opener) -> None:
    clone = checked_out(server, depth=2)
    server.commit(api_yaml="3")
    server.commit(api_yaml="4")
    clone.git("fetch", "-q", "--depth=1", "origin", "+main:refs/remotes/origin/main")
    assert sides(clone, environment=github(clone)).base.commit == server.git("rev-parse", "main~2")
    with pytest.raises(UnreadableError, match="shallow clone"):
        sides(clone, environment=github(clone, GITHUB_REF="refs/heads/x"))


def test_gitlab_says_which_commit_is_the_base(server: Any, sides: Opener, environment: dict[str, str]) -> None:
    clone = checked_out(server, branches="+refs/heads/*:refs/remotes/origin/*")
    start = server.git("rev-parse", "main~1")
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": start, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "work"}
    opened = sides(clone, environment=variables)
    assert (opened.base.commit, opened.base.ref) == (start, "base of the merge request")
    authority = authority_snapshot(opened.repository, environment={**environment, **variables}, beside=opened)
    assert authority is not None
    assert authority.ref == "origin/work"
    with pytest.raises(UnreadableError) as raised:
        sides(clone, environment={"CI_MERGE_REQUEST_DIFF_BASE_SHA": "1" * 40})
    assert raised.value.remedy == f"git fetch origin {'1' * 40}"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/work"),
        ("BITBUCKET_PR_DESTINATION_BRANCH", "work"),
        ("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "work"),
        ("CHANGE_TARGET", "work"),
    ],
)
def test_other_systems(server: Any, sides: Opener, variable: str, value: str) -> None:
    clone = checked_out(server, branches="+refs/heads/*:refs/remotes/origin/*")
    opened = sides(clone, environment={"GITHUB_BASE_REF": "", variable: value})
    assert opened.base.commit == server.git("rev-parse", "work")
    assert opened.base.ref == "merge base of origin/work and HEAD"


def test_refs_that_were_named_outrank_those_of_ci(server: Any, sides: Opener) -> None:
    clone = checked_out(server, branches="+refs/heads/*:refs/remotes/origin/*")
    opened = sides(clone, "origin/work", environment=github(clone))
    assert opened.base.commit == server.git("rev-parse", "work")


def branch_name(history: Any) -> str | None:
    found = default_branch(history.root, environment=history.environment)
    return None if found is None else found.name


def test_the_default_branch(history: Any, tmp_path: Path) -> None:
    assert branch_name(history) is None
    first = history.commit(api_yaml="1")
    history.git("branch", "--move", "odd")
    assert branch_name(history) == "refs/heads/odd"
    history.git("branch", "other")
    assert branch_name(history) is None
    history.git("branch", "mine")
    history.git("config", "init.defaultBranch", "mine")
    assert branch_name(history) == "refs/heads/mine"
    history.git("branch", "master")
    assert branch_name(history) == "refs/heads/master"
    history.git("branch", "main")
    assert branch_name(history) == "refs/heads/main"
    history.git("update-ref", "refs/remotes/origin/master", first)
    assert branch_name(history) == "refs/remotes/origin/master"
    history.git("update-ref", "refs/remotes/origin/stable", first)
    history.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/stable")
    assert branch_name(history) == "refs/remotes/origin/stable"
    history.git("update-ref", "-d", "refs/remotes/origin/stable")
    assert branch_name(history) == "refs/remotes/origin/master"
    assert default_branch(tmp_path, environment=history.environment) is None


def test_the_default_branch_of_a_bare_repository_is_the_one_it_is_on(history: Any) -> None:
    history.commit(api_yaml="1")
    history.git("branch", "develop")
    bare = history.clone("bare.git", "--bare")
    bare.git("symbolic-ref", "HEAD", "refs/heads/develop")
    found = default_branch(bare.root, environment=bare.environment)
    assert found is not None
    assert (found.short, found.commit) == ("develop", history.git("rev-parse", "main"))


def test_without_a_default_branch_the_base_must_be_named(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.git("branch", "--move", "one")
    history.git("branch", "two")
    with pytest.raises(UnreadableError, match="no default branch") as raised:
        sides(history)
    assert "name the base" in raised.value.remedy
    assert authority_snapshot(history.root, environment=history.environment) is None


def test_policy_comes_from_the_default_branch_or_from_where_it_is_told(server: Any) -> None:
    server.git("checkout", "-q", "work")
    server.write(policy_yaml="looser")

    def policy(policy_from: str | None) -> tuple[str, bytes]:
        found = authority_snapshot(server.root, environment=server.environment, policy_from=policy_from)
        assert found is not None
        try:
            return found.ref, found.read(["policy.yaml"])["policy.yaml"]
        finally:
            found.close()

    assert policy(None) == ("main", b"strict")
    assert policy("work") == ("work", b"loose")
    assert policy("worktree") == ("worktree", b"looser")
    with pytest.raises(UnreadableError, match="no ref 'gone'"):
        policy("gone")


def test_without_a_repository_there_is_no_authority(tmp_path: Path, environment: dict[str, str]) -> None:
    assert authority_snapshot(None, environment=environment) is None
    assert authority_snapshot(tmp_path, environment=environment) is None
    with pytest.raises(UsageError, match="lies in no repository") as raised:
        authority_snapshot(None, environment=environment, policy_from="main")
    assert raised.value.remedy == "name a policy file instead: --config FILE"


def test_the_authority_shares_the_git_process_of_the_sides(server: Any, sides: Opener) -> None:
    opened = sides(server, "work", "main")
    authority = authority_snapshot(opened.repository, environment=server.environment, beside=opened)
    assert authority is not None
    assert authority.repository is opened.head.repository  # type: ignore[attr-defined]
    assert authority.entries is opened.head.entries
