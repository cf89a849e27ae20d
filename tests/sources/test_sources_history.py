"""Earlier versions of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contractguard.errors import UnreadableError
from contractguard.sources import revisions

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.sources import Sides

    Opener = Callable[..., Sides]

DAY = 86_400


def texts(found: list[Any], path: str) -> list[str]:
    return [revision.snapshot.read([path])[path].decode() for revision in found]


def test_versions_along_first_parents_newest_first(history: Any, sides: Opener) -> None:
    first = history.commit(d__api_yaml="1", other="x")
    history.git("checkout", "-q", "-b", "work")
    history.commit(d__api_yaml="tried")
    history.commit(d__api_yaml="2")
    history.git("checkout", "-q", "main")
    history.commit(other="y")
    history.git("merge", "-q", "--no-ff", "--no-edit", "work")
    merged = history.git("rev-parse", "HEAD")
    history.commit(other="z")
    opened = sides(history, "HEAD", None)
    found = list(revisions(opened.base, "d/api.yaml"))
    assert [revision.commit for revision in found] == [merged, first]
    assert texts(found, "d/api.yaml") == ["2", "1"]
    assert found[0].committed - found[1].committed == 3 * DAY
    assert found[1].snapshot.ref == f"HEAD at {first[:12]}"
    assert [revision.commit for revision in revisions(opened.base, "d/api.yaml", most=1)] == [merged]
    assert list(revisions(opened.head, "d/api.yaml")) == []
    assert list(revisions(opened.base, "nothing.yaml")) == []


def test_versions_below_a_folder_and_around_a_deletion(history: Any, sides: Opener) -> None:
    history.commit(d__api_yaml="1", d__o="o")
    (history.root / "d" / "api.yaml").unlink()
    history.commit()
    history.commit(d__api_yaml="3")
    base = sides(history, "HEAD:d", "HEAD:d").base
    assert texts(list(revisions(base, "api.yaml")), "api.yaml") == ["3", "1"]


def test_names_are_no_patterns_and_no_options(history: Any, sides: Opener) -> None:
    history.put("*.yaml", "1")
    history.put("--all", "1")
    history.commit()
    history.commit(api_yaml="2")
    base = sides(history, "HEAD", "HEAD").base
    assert len(list(revisions(base, "*.yaml"))) == 1
    assert len(list(revisions(base, "--all"))) == 1


def test_a_clone_without_trees(history: Any, sides: Opener) -> None:
    history.commit(d__api_yaml="1")
    history.commit(d__api_yaml="2")
    clone = history.clone("treeless", "--filter=tree:0")
    with pytest.raises(UnreadableError, match="cannot be followed") as raised:
        list(revisions(sides(clone, "HEAD", "HEAD").base, "d/api.yaml"))
    assert raised.value.remedy == "git fetch --refetch --no-filter origin"
