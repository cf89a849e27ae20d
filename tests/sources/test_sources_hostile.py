"""Repositories and names chosen by somebody who means harm: nothing runs, nothing is fetched, nothing outside is read."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import pytest

from contractguard.errors import ContractguardError, LimitError, UnreadableError
from contractguard.sources import limits, snapshots
from contractguard.sources.files import disk
from contractguard.sources.reasons import LINK_REASON, NESTED_REASON, ODD_NAME_REASON, SUBMODULE_REASON
from contractguard.sources.repository import listing, objects

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]

HOSTILE = [
    "--upload-pack=touch pwned",
    "-x",
    "--all",
    "--output=pwned",
    "-",
    "$(touch pwned)",
    "HEAD;touch pwned",
    "@{",
    "\n",
    "v1\nHEAD",
]


@pytest.mark.parametrize("text", [name for name in HOSTILE if name != "-"])
def test_refs_are_never_options(history: Any, sides: Opener, text: str) -> None:
    history.commit(api_yaml="1")
    for base, head in (
        (text, "HEAD"),
        ("HEAD", text),
        (f"{text}..HEAD", None),
        (f"{text}:api.yaml", "HEAD"),
        (f"HEAD:{text}", "HEAD"),
    ):
        with pytest.raises(ContractguardError):
            sides(history, base, head)
    assert sorted(place.name for place in history.root.iterdir()) == [".git", "api.yaml"]


def test_a_branch_that_looks_like_an_option_is_a_branch(history: Any, sides: Opener) -> None:
    first = history.commit(api_yaml="1")
    history.commit(api_yaml="2")
    history.git("update-ref", "refs/heads/--upload-pack=x", first)
    assert sides(history, "--upload-pack=x", "main").base.commit == first
    assert sides(history, "--upload-pack=x...main").base.commit == first


def trap(history: Any, name: str) -> str:
    """A command that leaves a mark when it is run."""
    place = history.root.parent / f"{name}.sh"
    place.write_text(f'#!/bin/sh\ntouch "{history.root.parent}/ran-{name}"\ncat\n')
    place.chmod(0o755)
    return str(place)


def test_nothing_that_a_repository_configures_runs(history: Any, sides: Opener) -> None:
    history.put(".gitattributes", "*.yaml filter=evil diff=evil\n")
    history.commit(api_yaml="1", other_yaml="x")
    for key in (
        "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv",
        "diff.evil.command", "diff.external", "core.sshCommand", "core.askPass", "core.pager", "core.editor",
        "gpg.program", "credential.helper", "core.gitProxy", "core.alternateRefsCommand", "alias.ls-files", "alias.cat-file",
    ):  # fmt: skip
        history.git("config", key, trap(history, key))
    history.git("config", "log.showSignature", "true")
    hooks = history.root.parent / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman", "query-watchman"):
        (hooks / hook).write_bytes((history.root.parent / "core.pager.sh").read_bytes())
        (hooks / hook).chmod(0o755)
    history.git("config", "core.hooksPath", str(hooks))
    for mark in history.root.parent.glob("ran-*"):
        mark.unlink()
    history.write(api_yaml="2")
    for options in ({}, {"use_index": True}):
        opened = sides(history, "HEAD", **options)
        assert opened.head.read(list(opened.head.entries)).keys() == {".gitattributes", "api.yaml", "other.yaml"}
        opened.base.read(list(opened.base.entries))
    assert list(history.root.parent.glob("ran-*")) == []


def test_a_partial_clone_fetches_nothing(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.commit(api_yaml="2")
    clone = history.clone("partial", "--filter=blob:none")
    for option in ("protocol.allow", "protocol.file.allow", "protocol.ext.allow"):
        clone.git("config", option, "always")
    clone.git("config", "remote.origin.url", f"ext::sh {trap(history, 'ext')}")
    opened = sides(clone, "HEAD~1", "HEAD")
    assert opened.head.read(["api.yaml"]) == {"api.yaml": b"2"}
    with pytest.raises(UnreadableError, match="missing from this clone"):
        opened.base.read(["api.yaml"])
    assert list(history.root.parent.glob("ran-*")) == []


def test_replaced_and_grafted_objects_are_seen_as_they_were(history: Any, sides: Opener) -> None:
    first = history.commit(api_yaml="1")
    second = history.commit(api_yaml="2")
    history.git(
        "replace", history.git("rev-parse", f"{second}:api.yaml"), history.git("rev-parse", f"{first}:api.yaml")
    )
    third = history.commit(api_yaml="3")
    history.put(".git/info/grafts", f"{third} {first}\n")
    opened = sides(history, "HEAD~1", "HEAD")
    assert opened.base.commit == second
    assert opened.base.read(["api.yaml"]) == {"api.yaml": b"2"}


def test_links_are_refused_on_every_side(history: Any, tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "secret.yaml").write_text("secret")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "a.yaml").write_text("secret")
    (history.root / "link.yaml").symlink_to("../secret.yaml")
    (history.root / "specs").symlink_to("../secrets")
    history.commit(api_yaml="1")
    for base, head in (
        ("HEAD", None),
        ("HEAD", ":api.yaml"),
        ("./api.yaml", "./api.yaml"),
        ("HEAD:", f"{history.root}/../repository/."),
    ):
        for snapshot in (opened := sides(history, base, head)).base, opened.head:
            assert list(snapshot.entries) == ["api.yaml"]
            assert snapshot.refused["link.yaml"] == LINK_REASON
            assert "below specs" in snapshot.refused["specs/a.yaml"]
            assert "api.yaml" not in snapshot.refused
            assert sorted(snapshot.refused) == ["link.yaml", "specs"]
            assert len(snapshot.refused) == 2
            assert "specs/a.yaml" not in snapshot.entries
            for path in ("link.yaml", "specs/a.yaml"):
                with pytest.raises(UnreadableError, match="symbolic link") as raised:
                    snapshot.read([path])
                assert raised.value.path == path


def test_a_tracked_file_that_became_a_link_is_not_read(history: Any, tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "a.yaml").write_text("secret")
    history.commit(api_yaml="1", specs__a_yaml="1")
    (history.root / "api.yaml").unlink()
    (history.root / "api.yaml").symlink_to("/etc/hostname")
    (history.root / "specs" / "a.yaml").unlink()
    (history.root / "specs").rmdir()
    (history.root / "specs").symlink_to("../secrets")
    head = sides(history, "HEAD").head
    assert list(head.entries) == []
    assert head.refused["api.yaml"] == LINK_REASON


def test_a_named_link_may_not_lead_out_of_its_repository(history: Any, tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "secret.yaml").write_text("secret")
    history.commit(api_yaml="1", v2__api_yaml="2")
    (history.root / "out.yaml").symlink_to("../secret.yaml")
    (history.root / "current.yaml").symlink_to("v2/api.yaml")
    with pytest.raises(UnreadableError, match="leads out of the repository"):
        sides(history, "HEAD", "out.yaml")
    assert sides(history, "./api.yaml", "./current.yaml").head_focus == "v2/api.yaml"
    (tmp_path / "outside.yaml").symlink_to("secret.yaml")
    assert sides(tmp_path, "outside.yaml", "secret.yaml").base_focus == "secret.yaml"


def test_submodules_and_nested_repositories_are_refused(history: Any, sides: Opener) -> None:
    first = history.commit(api_yaml="1")
    history.git("init", "--quiet", "inner")
    history.put("inner/api.yaml", "1")
    history.git("update-index", "--add", "--cacheinfo", f"160000,{first},module")
    (history.root / "module").mkdir()
    history.git("commit", "-q", "-m", "module")
    opened = sides(history, "HEAD", use_index=True)
    assert opened.base.refused["module"] == SUBMODULE_REASON == opened.head.refused["module"]
    working = sides(history, "HEAD").head
    assert "below module" in working.refused["module/api.yaml"]
    assert working.refused["inner"] == NESTED_REASON
    assert list(working.entries) == ["api.yaml"]
    with pytest.raises(UnreadableError, match="submodule"):
        sides(history, "HEAD:module", "HEAD")


def test_names_that_lead_elsewhere_are_refused(history: Any, sides: Opener) -> None:
    blob = history.git("hash-object", "-w", "--stdin", data=b"1")
    inner = history.git("mktree", data=f"100644 blob {blob}\tx.yaml\n".encode())
    raw = b"".join(
        mode + b" " + name + b"\0" + bytes.fromhex(target)
        for mode, name, target in (
            (b"40000", b"..", inner),
            (b"100644", b"\xff.yaml", blob),
            (b"100644", b"ok.yaml", blob),
        )
    )
    tree = history.git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", data=raw)
    commit = history.git("commit-tree", tree, "-m", "odd")
    base = sides(history, commit, commit).base
    assert list(base.entries) == ["ok.yaml"]
    assert dict(base.refused) == {"../x.yaml": ODD_NAME_REASON, "\\xff.yaml": ODD_NAME_REASON}


def test_a_tree_that_names_a_file_twice_is_refused(history: Any, sides: Opener) -> None:
    blob = history.git("hash-object", "-w", "--stdin", data=b"1")
    raw = b"100644 a.yaml\0" + bytes.fromhex(blob)
    tree = history.git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", data=raw + raw)
    commit = history.git("commit-tree", tree, "-m", "twice")
    with pytest.raises(UnreadableError, match="names a file twice"):
        sides(history, commit, commit)


def test_a_tree_posing_as_a_file_is_an_error_of_that_file(history: Any, sides: Opener) -> None:
    blob = history.git("hash-object", "-w", "--stdin", data=b"1")
    inner = history.git("mktree", data=f"100644 blob {blob}\tx\n".encode())
    raw = b"100644 a.yaml\0" + bytes.fromhex(inner) + b"100644 b.yaml\0" + bytes.fromhex(blob)
    commit = history.git(
        "commit-tree", history.git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", data=raw), "-m", "x"
    )
    contents, errors = sides(history, commit, commit).base.read_each(["a.yaml", "b.yaml"])
    assert contents == {"b.yaml": b"1"}
    assert "no file under the id" in str(errors["a.yaml"])


def test_odd_but_honest_names(history: Any, sides: Opener) -> None:
    names = [
        "with space.yaml",
        "ünïcode/日本.yaml",
        "new\nline.yaml",
        "tab\there.yaml",
        'quote".yaml',
        "back\\slash",
        "100644 x",
        ".dot./..a",
    ]
    for name in names:
        history.put(name, name)
    history.commit()
    history.put("? untracked\n.yaml", "u")
    fake = f"100644 {'a' * 40} 0\tapi.yaml"
    history.put(fake, "u")
    opened = sides(history, "HEAD")
    assert sorted(opened.base.entries) == sorted(names)
    assert sorted(opened.head.entries) == sorted([*names, "? untracked\n.yaml", fake])
    assert opened.base.read(names) == {name: name.encode() for name in names} == opened.head.read(names)
    folder = sides(history, "HEAD:", f"{history.root}/ünïcode").head
    assert list(folder.entries) == ["日本.yaml"]


def test_paths_that_leave_the_root_are_not_in_a_folder(tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "api.yaml").write_text("1")
    (tmp_path / "secret").write_text("s")
    (tmp_path / "old" / ".git").mkdir()
    (tmp_path / "old" / ".git" / "config").write_text("s")
    base = sides(tmp_path, "old", "old").base
    for path in (
        "../secret",
        "./api.yaml",
        "/etc/hostname",
        str(tmp_path / "secret"),
        ".git/config",
        "a//b",
        "",
        "a\0b",
        "x" * 9000,
        "d/" * 5000 + "f",
    ):
        assert path not in base.entries
        with pytest.raises((UnreadableError, KeyError)):
            _ = base.entries[path]
        assert path in base.read_each([path]).errors
    assert list(base.entries) == ["api.yaml"]


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, sides: Opener) -> None:
    (tmp_path / "old").mkdir()
    os.mkfifo(tmp_path / "old" / "pipe.yaml")
    base = sides(tmp_path, "old", "old").base
    assert list(base.entries) == []
    assert "not a regular file" in base.refused["pipe.yaml"]
    with pytest.raises(UnreadableError, match="not a regular file"):
        disk.read_file(str(tmp_path / "old" / "pipe.yaml"), "pipe.yaml")


def test_limits_name_the_place(history: Any, tmp_path: Path, sides: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    history.commit(big_yaml="x" * 3000, small_yaml="s", other_yaml="o" * 900)
    history.put("untracked.yaml", "x" * 3000)
    for module in (disk, objects, snapshots):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", 1000)
    opened = sides(history, "HEAD")
    for snapshot in (opened.base, opened.head):
        contents, errors = snapshot.read_each(["big.yaml", "small.yaml"])
        assert contents == {"small.yaml": b"s"}
        assert errors.keys() == {"big.yaml"}
        with pytest.raises(LimitError) as raised:
            snapshot.read(["small.yaml", "big.yaml"])
        assert raised.value.path == "big.yaml"
    with pytest.raises(LimitError):
        opened.head.read(["untracked.yaml"])
    assert opened.head.entries["untracked.yaml"].blob_id.startswith("unread:")
    monkeypatch.setattr(snapshots, "MAX_BATCH_BYTES", 900)
    for snapshot in (opened.base, opened.head):
        assert snapshot.read(["other.yaml"])
        with pytest.raises(LimitError, match="larger together"):
            snapshot.read(["other.yaml", "small.yaml"])
        assert snapshot.read(["small.yaml"])
    monkeypatch.setattr(disk, "MAX_FOLDER_FILES", 2)
    for number in range(3):
        history.put(f"many/{number}", "")
    with pytest.raises(LimitError) as raised:
        list(sides(tmp_path, str(history.root / "many"), str(history.root / "many")).base.entries)
    assert raised.value.path == str(history.root / "many")
    monkeypatch.setattr(listing, "MAX_ENTRIES", 2)
    for base, head, options in (("HEAD", "HEAD", {}), ("HEAD:big.yaml", None, {"use_index": True})):
        with pytest.raises(LimitError, match="more than the 2"):
            sides(history, base, head, **options)
    assert limits.MAX_ENTRIES > 2


def test_an_answer_of_git_that_is_too_long_is_cut_off(
    history: Any, sides: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.commit(**{f"file_{number}": "x" for number in range(50)})
    monkeypatch.setattr("contractguard.sources.repository.command.MAX_LISTING_BYTES", 1000)
    with pytest.raises(LimitError, match="git ls-tree answers"):
        sides(history, "HEAD", "HEAD")


def test_standard_input_is_bounded(tmp_path: Path, sides: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("1")
    monkeypatch.setattr("contractguard.sources.files.streams.MAX_FILE_BYTES", 10)
    assert sides(tmp_path, "a", "-", stdin=io.BytesIO(b"x" * 10)).head_focus == "stdin"
    with pytest.raises(LimitError):
        sides(tmp_path, "a", "-", stdin=io.BytesIO(b"x" * 11))
