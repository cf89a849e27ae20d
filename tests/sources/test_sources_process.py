"""The one git process: it is shared, survives large and many blobs, and is gone afterwards; and what it all costs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contractguard.sources import open_sides
from contractguard.sources.repository.command import Git, first_complaint
from contractguard.sources.repository.objects import ObjectStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]

BUNDLES = sorted((Path(__file__).parents[3] / "shared" / "real" / "bundles").glob("*.bundle"))


def process_of(opened: Sides) -> Any:
    return opened.base.repository.store._process  # type: ignore[attr-defined]


def test_both_sides_read_through_one_process(history: Any, sides: Opener) -> None:
    history.commit(api_yaml="1")
    history.commit(api_yaml="2")
    opened = sides(history, "HEAD~1", "HEAD")
    assert opened.base.repository.store is opened.head.repository.store  # type: ignore[attr-defined]
    opened.base.read(["api.yaml"])
    process = process_of(opened)
    opened.head.read(["api.yaml"])
    assert process_of(opened) is process
    opened.close()
    assert process.returncode is not None
    assert opened.base.read(["api.yaml"]) == {"api.yaml": b"1"}


def test_a_forgotten_process_ends(history: Any, environment: dict[str, str]) -> None:
    history.commit(api_yaml="1")
    opened = open_sides("HEAD", "HEAD", cwd=history.root, environment=environment, stdin=None)
    opened.base.read(["api.yaml"])
    process = process_of(opened)
    del opened
    gc.collect()
    assert process.returncode is not None


def test_sides_close_at_the_end_of_a_block(history: Any, environment: dict[str, str]) -> None:
    history.commit(api_yaml="1")
    with open_sides("HEAD", None, cwd=history.root, environment=environment, stdin=None) as opened:
        opened.base.read(["api.yaml"])
        process = process_of(opened)
    assert process.returncode is not None


def test_a_process_that_died_is_replaced(history: Any, sides: Opener) -> None:
    history.commit(a_yaml="1", b_yaml="2")
    opened = sides(history, "HEAD", "HEAD")
    opened.base.read(["a.yaml"])
    process_of(opened).kill()
    process_of(opened).wait()
    contents, errors = opened.base.read_each(["a.yaml", "b.yaml"])
    assert contents.keys() | errors.keys() == {"a.yaml", "b.yaml"}
    assert opened.base.read(["a.yaml", "b.yaml"]) == {"a.yaml": b"1", "b.yaml": b"2"}


def test_many_large_blobs_do_not_block_the_pipes(history: Any, sides: Opener) -> None:
    for number in range(400):
        history.put(f"{number:03d}.json", b"%03d" % number + b"x" * 9000)
    history.put("large.json", b"y" * 3_000_000)
    history.commit()
    base = sides(history, "HEAD", "HEAD").base
    contents = base.read(list(base.entries))
    assert len(contents) == 401
    assert all(contents[f"{number:03d}.json"].startswith(b"%03d" % number) for number in range(400))
    assert len(contents["large.json"]) == 3_000_000


def test_equal_blobs_are_read_once_and_given_to_every_path(history: Any, sides: Opener) -> None:
    history.commit(a_yaml="same", b_yaml="same")
    base = sides(history, "HEAD", "HEAD").base
    assert base.read(["a.yaml", "b.yaml"]) == {"a.yaml": b"same", "b.yaml": b"same"}
    assert base.read([]) == {}


def test_threads_may_share_a_snapshot(history: Any, sides: Opener) -> None:
    for number in range(60):
        history.put(f"{number}.json", f"{number}" * 500)
    history.commit()
    base = sides(history, "HEAD", "HEAD").base
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda number: base.read([f"{number}.json"]), range(60)))
    assert read == [{f"{number}.json": (f"{number}" * 500).encode()} for number in range(60)]


def test_an_interrupted_reading_leaves_the_store_usable(history: Any) -> None:
    history.commit(a_yaml="1", b_yaml="2")
    ids = [history.git("rev-parse", f"HEAD:{name}") for name in ("a.yaml", "b.yaml")]
    store = ObjectStore(Git(history.root, history.environment))

    def interrupt(_: str, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.read(ids, interrupt)
    assert store.read(ids, lambda *_: None) == dict(zip(ids, (b"1", b"2"), strict=True))
    store.close()
    store.close()


def test_what_git_complains_of() -> None:
    assert first_complaint("warning: x\nfatal: no\n") == "no"
    assert first_complaint("odd\n") == "odd"
    assert first_complaint("") == "it did not say why"


def test_files_are_compared_without_git_and_without_heavy_imports(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    code = (
        "import sys, subprocess\n"
        "from pathlib import Path\n"
        "subprocess.Popen.__init__ = lambda *_, **__: sys.exit('a process was started')\n"
        "from contractguard.sources import open_sides\n"
        "opened = open_sides('./a.yaml', 'a.yaml', cwd=Path.cwd(), environment={}, stdin=None)\n"
        "assert opened.base.entries['a.yaml'] == opened.head.entries['a.yaml']\n"
        "heavy = {'git', 'jsonschema', 'rich', 'click', 'yaml', 'fastavro', 'msgspec'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_one_file_costs_one_file(tmp_path: Path, sides: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("1")
    monkeypatch.setattr(os, "scandir", lambda _: pytest.fail("the folder was walked"))
    opened = sides(tmp_path, "a.yaml", "a.yaml")
    assert opened.base.read(["a.yaml"]) == {"a.yaml": b"1"}
    assert "b.yaml" not in opened.base.entries
    assert "b.yaml" not in opened.base.refused


@pytest.mark.real
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda place: place.stem)
def test_every_commit_of_a_real_history_is_listed_and_read_as_git_does(
    bundle: Path, tmp_path: Path, history: Any, sides: Opener
) -> None:
    history.git("clone", "-q", str(bundle), str(tmp_path / "real"))
    clone = type(history)(tmp_path / "real", history.environment)
    for commit in clone.git("rev-list", "--max-count=4", "HEAD").split():
        base = sides(clone, commit, commit).base
        assert len(base.entries) + len(base.refused) == len(clone.git("ls-tree", "-r", commit).splitlines())
        sample = sorted(base.entries)[:3]
        for path, data in base.read(sample).items():
            assert clone.git("hash-object", "--stdin", data=data) == base.entries[path].blob_id
    assert sides(clone, "HEAD~1").head.entries.keys() == sides(clone, "HEAD", "HEAD").head.entries.keys()
