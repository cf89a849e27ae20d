"""Tags of releases, and one side as both."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources import open_snapshot, open_within, version_tags


def git(root: Path, *arguments: str) -> None:
    names = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "apis").mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    for number, tag in enumerate(("v1.0.0", "team/v1.1.0", None, "v2.0.0")):
        (root / "apis" / "a.json").write_text(f"[{number}]", encoding="utf-8")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", str(number))
        if tag:
            git(root, "tag", *(["--annotate", "--message", tag] if number else []), tag)
    return root


def test_the_tags_before_a_commit_with_their_files(clone: Path) -> None:
    snapshot, _ = open_snapshot("HEAD~1", cwd=clone, environment={})
    tags = version_tags(snapshot)
    assert [tag.name for tag in tags] == ["team/v1.1.0", "v1.0.0"]
    opened = [tag.open() for tag in tags]
    assert [dict(found.read(["apis/a.json"])) for found in opened] == [{"apis/a.json": b"[1]"}, {"apis/a.json": b"[0]"}]
    assert [found.commit == tag.commit for found, tag in zip(opened, tags, strict=True)] == [True, True]
    snapshot.close()


def test_a_tag_of_the_commit_itself_counts(clone: Path) -> None:
    snapshot, _ = open_snapshot("HEAD", cwd=clone, environment={})
    assert [tag.name for tag in version_tags(snapshot)] == ["team/v1.1.0", "v1.0.0", "v2.0.0"]


def test_below_a_folder_the_files_of_tags_are_those_below_it(clone: Path) -> None:
    snapshot, _ = open_snapshot("HEAD:apis", cwd=clone, environment={})
    assert sorted(version_tags(snapshot)[0].open().entries) == ["a.json"]


def test_a_working_tree_has_no_tags(clone: Path) -> None:
    snapshot, _ = open_snapshot(None, cwd=clone, environment={})
    assert version_tags(snapshot) == []


def test_a_shallow_clone_cannot_tell(clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", clone.as_uri(), "shallow")
    snapshot, _ = open_snapshot("HEAD", cwd=tmp_path / "shallow", environment={})
    with pytest.raises(UnreadableError) as caught:
        version_tags(snapshot)
    assert "git fetch --unshallow origin" in (caught.value.remedy or "")


@pytest.mark.parametrize(
    ("name", "path"), [("HEAD", "apis/a.json"), (None, "apis/a.json"), ("HEAD:apis", "a.json"), ("./apis", "a.json")]
)
def test_one_side_as_both(clone: Path, name: str | None, path: str) -> None:
    with open_within(name, cwd=clone, environment={}) as sides:
        assert sides.base is sides.head
        assert path in sides.head.entries
        assert (sides.base_focus, sides.head_focus, sides.repository) == (None, None, clone)


@pytest.mark.parametrize("name", ["HEAD:apis/a.json", "./apis/a.json", "-"])
def test_one_file_is_no_side_with_versions(clone: Path, name: str) -> None:
    with pytest.raises(UsageError, match="one file"):
        open_within(name, cwd=clone, environment={})
