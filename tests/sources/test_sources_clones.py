"""Clones that lack something: history, objects, refs, LFS content. Each error gives the command that helps, and it helps."""

from __future__ import annotations

import hashlib
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from contractguard.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]


def obey(history: Any, remedy: str) -> None:
    """Run the git command of a remedy."""
    command = remedy.partition(" (")[0]
    history.git(*shlex.split(command)[1:])


def test_a_shallow_clone_without_merge_base(history: Any, sides: Opener) -> None:
    start = history.commit(api_yaml="1")
    history.git("checkout", "-q", "-b", "work")
    history.commit(api_yaml="2")
    history.git("checkout", "-q", "main")
    history.commit(api_yaml="3")
    clone = history.clone("shallow", "--depth=1", "--no-single-branch")
    with pytest.raises(UnreadableError, match="shallow clone") as raised:
        sides(clone, "origin/main...origin/work")
    assert "fetch-depth: 0" in raised.value.remedy
    obey(clone, raised.value.remedy)
    assert sides(clone, "origin/main...origin/work").base.commit == start


@pytest.mark.parametrize("name", ["HEAD~1", "id"])
def test_an_older_commit_in_a_shallow_clone(history: Any, sides: Opener, name: str) -> None:
    first = history.commit(api_yaml="1")
    history.commit(api_yaml="2")
    clone = history.clone("shallow", "--depth=1")
    text = first if name == "id" else name
    with pytest.raises(UnreadableError) as raised:
        sides(clone, text, "HEAD")
    assert raised.value.remedy.startswith("git fetch --unshallow origin")
    obey(clone, raised.value.remedy)
    assert sides(clone, text, "HEAD").base.commit == first


def test_a_branch_that_was_not_fetched(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.git("branch", "release/1")
    clone = history.clone("single", "--single-branch")
    with pytest.raises(UnreadableError) as raised:
        sides(clone, "origin/release/1", "HEAD")
    assert raised.value.remedy == "git fetch origin release/1:refs/remotes/origin/release/1"
    obey(clone, raised.value.remedy)
    assert sides(clone, "origin/release/1", "HEAD").base.commit
    with pytest.raises(UnreadableError) as raised:
        sides(clone, "v9", "HEAD")
    assert "git fetch origin v9:refs/remotes/origin/v9, then name origin/v9" in raised.value.remedy
    assert "git fetch --tags origin" in raised.value.remedy


def test_a_commit_that_was_not_fetched(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    clone = history.clone("older")
    later = history.commit(api_yaml="2")
    with pytest.raises(UnreadableError) as raised:
        sides(clone, "HEAD", later)
    assert raised.value.remedy == f"git fetch origin {later}"
    obey(clone, raised.value.remedy)
    assert sides(clone, "HEAD", later).head.commit == later


def test_unrelated_histories(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.git("checkout", "-q", "--orphan", "other")
    history.commit(api_yaml="2")
    with pytest.raises(UnreadableError, match="no common commit") as raised:
        sides(history, "main...other")
    assert "main..other" in raised.value.remedy


def test_a_partial_clone_names_each_missing_file(history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    history.commit(**{f"f{number}": f"old {number}" for number in range(40)}, same="s")
    history.commit(**{f"f{number}": f"new {number}" for number in range(40)})
    clone = history.clone("partial", "--filter=blob:none")
    opened = sides(clone, "HEAD~1", "HEAD")
    paths = sorted(opened.base.entries)
    started: list[str] = []
    store = opened.base.repository.store  # type: ignore[attr-defined]
    original = type(store._git).start
    monkeypatch.setattr(
        type(store._git), "start", lambda git, *line: (started.append(line[1]), original(git, *line))[1]
    )
    contents, errors = opened.base.read_each(paths)
    assert contents == {"same": b"s"}
    assert sorted(errors) == [path for path in paths if path != "same"]
    assert len(started) == 3  # one that dies, one that looks which objects there are, one that reads what is left
    assert opened.head.read(["f1"]) == {"f1": b"new 1"}
    error = errors["f1"]
    assert error.exit_code == 3
    assert error.remedy == "git fetch --refetch --no-filter origin"
    obey(clone, error.remedy)
    assert sides(clone, "HEAD~1", "HEAD").base.read(["f1"]) == {"f1": b"old 1"}


def test_a_clone_without_trees(history: Any, sides: Opener) -> None:
    history.commit(d__api_yaml="1")
    history.commit(d__api_yaml="2")
    clone = history.clone("treeless", "--filter=tree:0")
    with pytest.raises(UnreadableError, match="cannot be listed") as raised:
        sides(clone, "HEAD~1", "HEAD")
    obey(clone, raised.value.remedy)
    assert sides(clone, "HEAD~1", "HEAD").base.read(["d/api.yaml"]) == {"d/api.yaml": b"1"}


def test_a_damaged_object_is_an_error_of_its_own_file(history: Any, sides: Opener) -> None:
    history.commit(a_yaml="1", b_yaml="2", c_yaml="3")
    blob = history.git("rev-parse", "HEAD:b.yaml")
    place = history.root / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"damage")
    contents, errors = sides(history, "HEAD", "HEAD").base.read_each(["a.yaml", "b.yaml", "c.yaml"])
    assert contents == {"a.yaml": b"1", "c.yaml": b"3"}
    assert "damaged" in str(errors["b.yaml"])


def test_a_bare_repository_has_no_working_tree(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.commit(api_yaml="2")
    bare = history.clone("bare.git", "--bare")
    opened = sides(bare, "HEAD~1..HEAD")
    assert opened.repository == bare.root
    assert opened.base.read(["api.yaml"]) == {"api.yaml": b"1"}
    assert sides(bare, "HEAD~1:api.yaml", "main").head_focus == "api.yaml"
    for base in (None, "HEAD~1"):
        with pytest.raises(UsageError, match="without a working tree"):
            sides(bare, base)


def pointer(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n".encode()


def test_lfs_pointers_stand_for_what_was_fetched(history: Any, tmp_path: Path, sides: Opener) -> None:
    content = b"openapi: 3.1.0\n"
    commit = history.commit(api_yaml=pointer(content), other_yaml="o")
    opened = sides(history, "HEAD", "HEAD")
    contents, errors = opened.base.read_each(["api.yaml", "other.yaml"])
    assert contents == {"other.yaml": b"o"}
    assert errors["api.yaml"].remedy == f"git lfs fetch origin {commit}"
    with pytest.raises(UnreadableError, match="LFS pointer") as raised:
        sides(history, "HEAD").head.read(["api.yaml"])
    assert raised.value.remedy == "git lfs pull"
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "api.yaml").write_bytes(pointer(content))
    with pytest.raises(UnreadableError, match="LFS pointer"):
        sides(tmp_path, "plain", "plain").base.read(["api.yaml"])
    digest = hashlib.sha256(content).hexdigest()
    place = history.put(f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}", content)
    assert opened.base.read(["api.yaml"]) == {"api.yaml": content} == sides(history, "HEAD").head.read(["api.yaml"])
    place.write_bytes(b"other content!\n")
    with pytest.raises(UnreadableError):
        opened.base.read(["api.yaml"])


def test_a_contract_that_only_begins_like_a_pointer_is_a_contract(history: Any, sides: Opener) -> None:
    text = pointer(b"x") + b"#" * 2000
    history.commit(api_yaml=text)
    assert sides(history, "HEAD", "HEAD").base.read(["api.yaml"]) == {"api.yaml": text}


def test_a_repository_of_somebody_else_is_not_opened(
    history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.commit(api_yaml="1")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UnreadableError, match="belongs to another user") as raised:
        sides(history, "HEAD")
    assert raised.value.remedy.endswith(f"git config --global --add safe.directory {history.root}")


def test_a_broken_repository_says_so(history: Any, sides: Opener) -> None:
    history.put(".git/config", "[core]\n\trepositoryformatversion = 99\n")
    with pytest.raises(UnreadableError, match="git does not open"):
        sides(history, "HEAD")


def test_git_is_not_installed(history: Any, tmp_path: Path, sides: Opener) -> None:
    history.commit(a_yaml="1", b_yaml="2")
    with pytest.raises(UnreadableError, match="git is not installed"):
        sides(history, "HEAD", environment={"PATH": str(tmp_path)})
    assert sides(history, "./a.yaml", "./b.yaml", environment={"PATH": str(tmp_path)}).base_focus == "a.yaml"
