"""The working tree and the index, and that their ids are those that git would give."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractguard.errors import InternalError, UnreadableError, UsageError
from contractguard.sources import open_sides
from contractguard.sources.identity import git_identity, plain_identity
from contractguard.sources.reasons import UNMERGED_REASON
from contractguard.sources.repository import worktree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]

LONG_AGO = 1_000_000_000


def age(history: Any) -> None:
    """Make all files older than the index, as they are some time after a checkout."""
    for place in history.root.rglob("*"):
        if place.is_file() and ".git" not in place.relative_to(history.root).parts:
            os.utime(place, (LONG_AGO, LONG_AGO))
    history.git("update-index", "--refresh", check=False)


def test_tracked_changed_deleted_untracked_and_ignored(history: Any, sides: Opener) -> None:
    history.commit(**{".gitignore": "x"}, kept_yaml="k", edited_yaml="1", gone_yaml="g")
    history.put(".gitignore", "*.tmp\n")
    history.write(edited_yaml="2", new__file_yaml="n", noise_tmp="t")
    (history.root / "gone.yaml").unlink()
    opened = sides(history, "HEAD")
    assert list(opened.head.entries) == [".gitignore", "edited.yaml", "kept.yaml", "new/file.yaml"]
    assert len(opened.head.entries) == 4
    assert "gone.yaml" not in opened.head.entries
    assert opened.head.entries["kept.yaml"].blob_id == opened.base.entries["kept.yaml"].blob_id
    for path, entry in opened.head.entries.items():
        assert entry.path == path
        assert entry.blob_id == history.git("hash-object", path)
        assert entry.size == (history.root / path).stat().st_size
    assert opened.head.read(["edited.yaml", "kept.yaml", "new/file.yaml"]) == {
        "edited.yaml": b"2",
        "kept.yaml": b"k",
        "new/file.yaml": b"n",
    }
    with pytest.raises(UnreadableError, match="no such file at worktree"):
        opened.head.read(["gone.yaml"])


def test_unchanged_files_are_not_read(history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    history.commit(a_yaml="1", b_yaml="2")
    age(history)
    history.write(b_yaml="3")
    read: list[str] = []
    original = worktree.Disk.entry
    monkeypatch.setattr(worktree.Disk, "entry", lambda disk, path: (read.append(path), original(disk, path))[1])
    opened = sides(history, "HEAD")
    assert dict(opened.head.entries).keys() == {"a.yaml", "b.yaml"}
    assert read == ["b.yaml"]


@pytest.mark.parametrize("change", ["content", "same size", "same size and time", "replaced"])
def test_every_change_is_noticed(history: Any, sides: Opener, change: str) -> None:
    history.commit(a_yaml="one")
    age(history)
    place = history.root / "a.yaml"
    if change == "replaced":
        history.put("b", "two").rename(place)
        os.utime(place, (LONG_AGO, LONG_AGO))
    else:
        place.write_text("other" if change == "content" else "two")
        if change == "same size and time":
            os.utime(place, (LONG_AGO, LONG_AGO))
    assert sides(history, "HEAD").head.entries["a.yaml"].blob_id == history.git("hash-object", "--no-filters", "a.yaml")


def test_a_change_in_the_moment_of_the_commit_is_noticed(history: Any, sides: Opener) -> None:
    """Git's "racy" files: same size, and a time that is not before that of the index."""
    for number in range(20):
        history.commit(a_yaml=f"{number:02d}")
        history.write(a_yaml=f"{number + 50:02d}")
        opened = sides(history, "HEAD")
        assert opened.head.entries["a.yaml"].blob_id != opened.base.entries["a.yaml"].blob_id


def test_a_file_as_young_as_the_index_is_not_taken_as_seen(history: Any) -> None:
    status = history.put("a.yaml", "1").stat()
    changed, changed_ns = divmod(status.st_ctime_ns, 10**9)
    modified, modified_ns = divmod(status.st_mtime_ns, 10**9)
    seen = (changed, changed_ns, modified, modified_ns, status.st_ino, 1)
    file = worktree.Tracked("a.yaml", "100644", "id", "0", left_out=False, seen=seen)
    assert worktree._is_as_seen(file, status, status.st_mtime_ns + 1)
    assert not worktree._is_as_seen(file, status, status.st_mtime_ns)
    for place, number in enumerate(seen):
        other = (*seen[:place], number + 1, *seen[place + 1 :])
        assert not worktree._is_as_seen(file._replace(seen=other), status, status.st_mtime_ns + 1)
    assert not worktree._is_as_seen(file._replace(seen=None), status, status.st_mtime_ns + 1)


def test_files_are_identified_by_content_where_git_prints_something_new(
    history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = history.commit(a_yaml="1")
    answer = worktree._parse
    asked: list[bytes] = []

    def once_unknown(output: bytes, repository: Any) -> Any:
        asked.append(output)
        return None if b"ctime" in output else answer(output, repository)

    monkeypatch.setattr(worktree, "_parse", once_unknown)
    assert sides(history, commit).head.entries["a.yaml"].blob_id == history.git("hash-object", "a.yaml")
    assert len(asked) == 2
    monkeypatch.setattr(worktree, "_parse", lambda *_: None)
    with pytest.raises(InternalError, match="not understood"):
        sides(history, commit)


@pytest.mark.parametrize("noise", [b"H 100644 abc 0\tx\0  ctime: what\n", b"X", b"? a\0\n? b\0", b"? a\0?"])
def test_an_answer_that_is_not_understood_is_not_half_read(history: Any, sides: Opener, noise: bytes) -> None:
    history.commit(a_yaml="1")
    assert worktree._parse(noise, sides(history, "HEAD").head.repository) is None  # type: ignore[attr-defined]


def test_a_sparse_checkout_still_has_all_files(history: Any, sides: Opener) -> None:
    history.commit(apis__api_yaml="1", other__api_yaml="2", readme="r")
    history.git("sparse-checkout", "set", "--no-cone", "/other/")
    assert not (history.root / "apis").exists()
    opened = sides(history, "HEAD")
    assert dict(opened.head.entries).keys() == dict(opened.base.entries).keys()
    assert opened.head.read(["apis/api.yaml", "other/api.yaml"]) == {"apis/api.yaml": b"1", "other/api.yaml": b"2"}
    history.put("apis/api.yaml", "here after all")
    assert sides(history, "HEAD").head.read(["apis/api.yaml"]) == {"apis/api.yaml": b"here after all"}


def test_a_conflict_is_refused_when_staged_and_read_as_it_lies_on_disk(history: Any, sides: Opener) -> None:
    history.commit(a_yaml="1\n")
    history.git("checkout", "-q", "-b", "work")
    history.commit(a_yaml="2\n")
    history.git("checkout", "-q", "main")
    history.commit(a_yaml="3\n")
    history.git("merge", "-q", "work", check=False)
    staged = sides(history, "HEAD", use_index=True).head
    assert staged.refused["a.yaml"] == UNMERGED_REASON
    assert "a.yaml" not in staged.entries
    assert b"<<<<<<<" in sides(history, "HEAD").head.read(["a.yaml"])["a.yaml"]


def test_line_ends_converted_by_checkout_are_no_change(history: Any, sides: Opener) -> None:
    history.put(".gitattributes", "*.yaml text eol=crlf\n")
    history.commit(a_yaml="a\nb\n")
    (history.root / "a.yaml").unlink()
    history.git("checkout", "--", "a.yaml")
    age(history)
    opened = sides(history, "HEAD")
    assert opened.head.entries["a.yaml"].blob_id == opened.base.entries["a.yaml"].blob_id
    assert opened.head.read(["a.yaml"]) == {"a.yaml": b"a\r\nb\r\n"}


def test_a_file_without_permission_is_an_error_of_its_own(
    history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.commit(a_yaml="1", b_yaml="2")
    history.write(a_yaml="3", b_yaml="4")
    real_open = os.open

    def closed(name: str, *arguments: Any, **options: Any) -> int:
        if str(name).endswith("a.yaml"):
            raise PermissionError(13, "Permission denied")
        return real_open(name, *arguments, **options)

    monkeypatch.setattr(os, "open", closed)
    head = sides(history, "HEAD").head
    assert head.entries["a.yaml"].blob_id.startswith("unread:")
    contents, errors = head.read_each(["a.yaml", "b.yaml"])
    assert contents == {"b.yaml": b"4"}
    assert str(errors["a.yaml"]) == "a.yaml: it cannot be read: Permission denied"


def test_a_linked_work_tree_and_the_git_folder_itself(history: Any, sides: Opener, environment: dict[str, str]) -> None:
    history.commit(a_yaml="1")
    history.git("worktree", "add", "-q", "../linked")
    linked = history.root.parent / "linked"
    (linked / "a.yaml").write_text("2")
    opened = sides(linked, "HEAD")
    assert opened.repository == linked
    assert opened.head.read(["a.yaml"]) == {"a.yaml": b"2"}
    with pytest.raises(UsageError, match="without a working tree"):
        open_sides("HEAD", None, cwd=history.root / ".git", environment=environment, stdin=None)


def test_hooks_see_the_index_of_the_commit_being_made(history: Any, sides: Opener) -> None:
    history.commit(a_yaml="1", docs__x="x")
    other = str(history.root / ".git" / "next-index")
    index = {"GIT_INDEX_FILE": other}
    blob = history.git("hash-object", "-w", "--stdin", data=b"2")
    history.environment.update(index)
    history.git("read-tree", "HEAD")
    history.git("update-index", "--cacheinfo", f"100644,{blob},a.yaml")
    del history.environment["GIT_INDEX_FILE"]
    as_in_a_hook = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/next-index"}
    assert sides(history, "HEAD", use_index=True, environment=as_in_a_hook).head.read(["a.yaml"]) == {"a.yaml": b"2"}
    assert sides(history, "HEAD", use_index=True).head.read(["a.yaml"]) == {"a.yaml": b"1"}


def test_a_repository_named_by_the_environment(history: Any, tmp_path: Path, sides: Opener) -> None:
    history.commit(a_yaml="1")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    named = {"GIT_DIR": str(history.root / ".git"), "GIT_WORK_TREE": str(history.root)}
    opened = sides(elsewhere, "HEAD", environment=named)
    assert opened.repository == history.root
    assert opened.head.read(["a.yaml"]) == {"a.yaml": b"1"}


def test_an_unborn_branch(history: Any, sides: Opener) -> None:
    history.write(a_yaml="1", b_yaml="2")
    with pytest.raises(UnreadableError, match="no ref 'HEAD'"):
        sides(history)
    assert sides(history, "./a.yaml", "./b.yaml").repository == history.root


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200))
def test_ids_are_those_of_git(history: Any, data: bytes) -> None:
    assert git_identity("sha1")(data) == history.git("hash-object", "--stdin", data=data)


def test_a_repository_with_sha256(
    tmp_path_factory: Any, sides: Opener, environment: dict[str, str], history: Any
) -> None:
    root = tmp_path_factory.mktemp("sha256")
    other = type(history)(root.resolve(), environment)
    other.git("init", "-q", "--object-format=sha256", "--initial-branch=main")
    other.commit(a_yaml="1", b_yaml="2")
    other.write(a_yaml="3")
    opened = sides(other, "HEAD", "./a.yaml")
    assert opened.head.entries["a.yaml"].blob_id == git_identity("sha256")(b"3") == other.git("hash-object", "a.yaml")
    assert opened.base.read(["a.yaml", "b.yaml"]) == {"a.yaml": b"1", "b.yaml": b"2"}
    assert len(opened.base.commit or "") == 64


def test_plain_ids_differ_from_those_of_git() -> None:
    assert plain_identity(b"x") == "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
