"""Every form in which two sides can be named."""

from __future__ import annotations

import io
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contractguard.sources import ReadableSnapshot, Sides

    Opener = Callable[..., Sides]


def content(snapshot: ReadableSnapshot, path: str = "api.yaml") -> str:
    return snapshot.read([path])[path].decode()


@pytest.fixture
def three(history: Any) -> Any:
    """Versions 1, 2, 3 of `api.yaml`: 1 on main (tag v1), 2 on main (tag v2), 3 on branch `work`, which parted at v1."""
    history.commit(api_yaml="1", docs__note_md="n")
    history.git("tag", "v1")
    history.git("branch", "work")
    history.commit(api_yaml="2")
    history.git("tag", "--annotate", "--message", "two", "v2")
    history.git("checkout", "--quiet", "work")
    history.commit(api_yaml="3")
    return history


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("v1", "v2", ("1", "2")),
        ("v2", "work", ("2", "3")),
        ("main", "HEAD", ("2", "3")),
        ("HEAD~1", "HEAD", ("1", "3")),
        ("main~", "main", ("1", "2")),
        ("refs/tags/v2", "refs/heads/work", ("2", "3")),
        ("v1..v2", None, ("1", "2")),
        ("main..work", None, ("2", "3")),
        ("main...work", None, ("1", "3")),
        ("main..", None, ("2", "3")),
        ("main...", None, ("1", "3")),
        ("..main", None, ("3", "2")),
        ("main", None, ("2", "edited")),
        (":api.yaml", None, ("staged", "edited")),
        ("v1:api.yaml", None, ("1", "edited")),
        ("v1:api.yaml", "v2:api.yaml", ("1", "2")),
        ("v1:api.yaml", "./api.yaml", ("1", "edited")),
        ("v1:./api.yaml", "api.yaml", ("1", "edited")),
        ("v1", "api.yaml", ("1", "edited")),
        ("api.yaml", "v2", ("edited", "2")),
        ("v2", ":api.yaml", ("2", "staged")),
        ("v2", ":0:api.yaml", ("2", "staged")),
        (None, None, ("1", "edited")),
        (None, "work", ("1", "3")),
        (None, "v2", ("2", "2")),
    ],
)
def test_forms_in_a_repository(
    three: Any, sides: Opener, base: str | None, head: str | None, expected: tuple[str, str]
) -> None:
    three.write(api_yaml="staged")
    three.git("add", "api.yaml")
    three.write(api_yaml="edited")
    opened = sides(three, base, head)
    assert (content(opened.base), content(opened.head)) == expected
    assert opened.repository == three.root
    named_file = any(side is not None and "api.yaml" in side for side in (base, head))
    assert (opened.base_focus, opened.head_focus) == (("api.yaml", "api.yaml") if named_file else (None, None))


def test_commits_are_resolved_to_full_ids_and_others_have_none(three: Any, sides: Opener) -> None:
    opened = sides(three, "v2", None)
    assert opened.base.ref == "v2"
    assert opened.base.commit == three.git("rev-parse", "v2^{commit}")
    assert opened.head.ref == "worktree"
    assert opened.head.commit is None


def test_short_and_full_ids_are_refs(three: Any, sides: Opener) -> None:
    commit = three.git("rev-parse", "v2^{commit}")
    assert sides(three, commit[:9], commit).base.commit == commit


def test_the_index_is_compared_with_the_merge_base(three: Any, sides: Opener) -> None:
    three.write(api_yaml="staged")
    three.git("add", "api.yaml")
    three.write(api_yaml="edited")
    opened = sides(three, use_index=True)
    assert (content(opened.base), content(opened.head)) == ("1", "staged")
    assert content(sides(three, "v2", use_index=True).head) == "staged"
    assert opened.head.ref == "index"


def test_notes_say_what_was_chosen(three: Any, sides: Opener) -> None:
    start = three.git("rev-parse", "v1")[:12]
    assert sides(three).notes == (f"base is the merge base of main and HEAD: {start}",)
    assert sides(three, "main...work").notes == (f"base is the merge base of main and work: {start}",)
    assert sides(three, "v1", "v2").notes == ()


def test_a_ref_wins_over_a_path_of_the_same_name_and_says_so(three: Any, sides: Opener) -> None:
    three.write(v1="a file")
    opened = sides(three, "v1", "v2")
    assert opened.base.commit == three.git("rev-parse", "v1")
    assert opened.notes == ("v1 is a ref and a path; the ref is compared. For the path write ./v1",)
    assert sides(three, "./v1", "./api.yaml").base_focus == "v1"


def test_a_tag_and_a_branch_of_one_name_give_a_note(three: Any, sides: Opener) -> None:
    three.git("branch", "v1", "main")
    opened = sides(three, "v1", "main")
    assert content(opened.base) == "1"
    assert "more than one ref is called v1" in opened.notes[0]


def test_a_renamed_branch_is_found_by_its_new_name_only(three: Any, sides: Opener) -> None:
    three.git("branch", "--move", "work", "better-work")
    assert content(sides(three, "main", "better-work").head) == "3"
    with pytest.raises(UnreadableError):
        sides(three, "main", "work")


def test_paths_of_refs_count_from_the_top_or_with_a_dot_from_here(three: Any, sides: Opener) -> None:
    docs = three.root / "docs"
    assert sides(three, "v1:docs/note.md", "v2:./note.md", cwd=docs).head_focus == "docs/note.md"
    assert sides(three, "v1:../api.yaml", "v2:api.yaml", cwd=docs).base_focus == "api.yaml"
    assert sides(three, "v1", "note.md", cwd=docs).base_focus == "docs/note.md"
    with pytest.raises(UnreadableError) as raised:
        sides(three, "v1:note.md", "v2:note.md", cwd=docs)
    assert raised.value.remedy == "paths count from the top of the repository; write docs/note.md, or ./note.md"
    with pytest.raises(UsageError, match="leads out of the repository"):
        sides(three, "v1:../../x", "v2", cwd=docs)


def test_a_folder_of_a_ref_is_compared_with_the_folder_of_another(three: Any, sides: Opener) -> None:
    opened = sides(three, "v1:docs", "v2:docs/")
    assert list(opened.base.entries) == ["note.md"] == list(opened.head.entries)
    assert opened.base.entries["note.md"].path == "note.md"
    assert content(opened.base, "note.md") == "n"
    assert list(sides(three, "v1:", "v2").base.entries) == ["api.yaml", "docs/note.md"]


def test_a_folder_of_the_working_tree_is_compared_with_that_folder_of_the_ref(three: Any, sides: Opener) -> None:
    three.write(docs__note_md="new")
    opened = sides(three, "v1", "docs")
    assert (content(opened.base, "note.md"), content(opened.head, "note.md")) == ("n", "new")
    assert opened.notes == ("v1 is compared below docs only",)
    assert content(sides(three, "docs", "v1").base, "note.md") == "new"


def test_the_top_folder_is_the_working_tree(three: Any, sides: Opener) -> None:
    three.put(".gitignore", "built/\n")
    three.write(built__api_yaml="x")
    assert "built/api.yaml" not in sides(three, "v1", ".").head.entries
    assert list(sides(three, "v1:", "./built").head.entries) == ["api.yaml"]
    with pytest.raises(UnreadableError, match="there is no built at v1"):
        sides(three, "v1", "built")


def test_two_folders_compare_by_relative_path(tmp_path: Path, sides: Opener) -> None:
    for side in ("old", "new"):
        (tmp_path / side / "sub").mkdir(parents=True)
        (tmp_path / side / "sub" / "api.yaml").write_text(side)
        (tmp_path / side / "same.json").write_text("{}")
    opened = sides(tmp_path, "old", "new")
    assert list(opened.base.entries) == ["same.json", "sub/api.yaml"] == list(opened.head.entries)
    assert opened.base.entries["same.json"].blob_id == opened.head.entries["same.json"].blob_id
    assert opened.base.entries["sub/api.yaml"].blob_id != opened.head.entries["sub/api.yaml"].blob_id
    assert opened.base.entries["same.json"].blob_id.startswith("sha256:")
    assert opened.repository is None


def test_two_files_need_no_common_name(tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "old.yaml").write_text("1")
    (tmp_path / "new.json").write_text("2")
    opened = sides(tmp_path, "old.yaml", str(tmp_path / "new.json"))
    assert (opened.base_focus, opened.head_focus) == ("old.yaml", "new.json")
    assert (opened.base.ref, opened.base.commit) == ("old.yaml", None)
    assert content(opened.base, "old.yaml") == "1"
    assert "new.json" in opened.base.entries


def test_files_of_a_repository_have_its_top_as_root(three: Any, sides: Opener) -> None:
    three.write(docs__b_yaml="b")
    opened = sides(three, "./note.md", "./b.yaml", cwd=three.root / "docs")
    assert (opened.base_focus, opened.head_focus) == ("docs/note.md", "docs/b.yaml")
    assert content(opened.base) == "3"
    assert opened.repository == three.root


def test_a_file_elsewhere_is_not_matched_by_its_name(three: Any, tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "api.yaml").write_text("generated")
    opened = sides(three, "v1", str(tmp_path / "api.yaml"))
    assert (opened.base_focus, opened.head_focus) == (None, "api.yaml")
    assert opened.repository == three.root


def test_standard_input_is_one_file(three: Any, sides: Opener) -> None:
    opened = sides(three, "v1:api.yaml", "-", stdin=io.BytesIO(b"1"))
    assert opened.head_focus == "stdin"
    assert list(opened.head.entries) == ["stdin"]
    assert opened.head.entries["stdin"].blob_id == opened.base.entries["api.yaml"].blob_id
    assert content(opened.head, "stdin") == "1"
    assert opened.head.refused == {}
    with pytest.raises(UnreadableError):
        opened.head.read(["other"])
    assert sides(three, "v1", "-", stdin=io.BytesIO(b"1")).base_focus is None


def test_a_named_pipe_is_read_once(tmp_path: Path, sides: Opener) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "old.yaml").write_text("1")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"piped",))
    writer.start()
    opened = sides(tmp_path, "old.yaml", "pipe")
    writer.join()
    assert content(opened.head, "pipe") == "piped"


@pytest.mark.parametrize(
    ("base", "head", "options", "words"),
    [
        ("api.yaml", None, {}, "compared with nothing"),
        ("docs", None, {}, "compared with nothing"),
        ("-", None, {"stdin": io.BytesIO()}, "compared with nothing"),
        ("-", "-", {"stdin": io.BytesIO()}, "both sides cannot be read"),
        ("v1", "-", {}, "no standard input"),
        ("v1..v2", "work", {}, "names both sides already"),
        ("v1", "v1...v2", {}, "names both sides already"),
        ("v1..v2", None, {"use_index": True}, "names both sides"),
        ("v1", "v2", {"use_index": True}, "what is staged is the head"),
        ("./api.yaml", "docs", {}, "is one file"),
        ("v1:docs", "v2:api.yaml", {}, "is one file"),
        (":1:api.yaml", None, {}, "merge conflict"),
        ("", "v1", {}, "names nothing"),
        ("v\0", "v1", {}, "names nothing"),
    ],
)
def test_combinations_without_meaning(
    three: Any, sides: Opener, *, base: str, head: str, options: Any, words: str
) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        sides(three, base, head, **options)
    assert raised.value.remedy


def test_outside_a_repository_two_sides_must_be_named(tmp_path: Path, sides: Opener) -> None:
    with pytest.raises(UsageError, match="not in a git repository"):
        sides(tmp_path)
    with pytest.raises(UnreadableError, match="no repository at"):
        sides(tmp_path, "v1", "v2")
    with pytest.raises(UnreadableError, match="no such file"):
        sides(tmp_path, "./nothing.yaml", "./nothing.yaml")
    with pytest.raises(UsageError, match="is not a folder"):
        sides(tmp_path / "nowhere", "a", "b")


def test_paths_with_two_dots_are_paths(tmp_path: Path, three: Any, sides: Opener) -> None:
    (tmp_path / "old.yaml").write_text("old")
    three.put("a..b.yaml", "dots")
    assert content(sides(three, "../old.yaml", "a..b.yaml").head, "a..b.yaml") == "dots"
    with pytest.raises(UsageError, match="compared with nothing"):
        sides(three, "a..b.yaml")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("gone", "see which refs there are"),
        ("v1:gone.yaml", "git ls-tree -r --name-only"),
        (":gone.yaml", "git ls-files"),
    ],
)
def test_what_is_not_there_is_an_error_with_exit_code_3(three: Any, sides: Opener, name: str, remedy: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        sides(three, name, "v1")
    assert raised.value.exit_code == 3
    assert remedy in (raised.value.remedy or "")


def test_one_missing_end_of_a_range_is_named(three: Any, sides: Opener) -> None:
    with pytest.raises(UnreadableError, match="no ref 'gone'"):
        sides(three, "v1..gone")


def test_a_single_snapshot(three: Any, environment: dict[str, str]) -> None:
    tagged, _ = open_snapshot("v1", cwd=three.root, environment=environment)
    assert content(tagged) == "1"
    tagged.close()
    assert content(open_snapshot(None, cwd=three.root, environment=environment)[0]) == "3"
    beside, file = open_snapshot("./api.yaml", cwd=three.root, environment=environment)
    assert (content(beside), file) == ("3", "api.yaml")
