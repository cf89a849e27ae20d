"""Files that decide about judgement."""

from __future__ import annotations

import pytest

from contractguard.model.snapshot import Entry
from contractguard.policy import changed_judges


def entries(**blobs: str) -> dict[str, Entry]:
    return {path: Entry(path, blob) for path, blob in blobs.items()}


def changed(base: dict[str, str], head: dict[str, str], **given: object) -> tuple[str, ...]:
    def reader(side: dict[str, str]) -> object:
        return lambda path: side[path].encode() if path in side else None

    return changed_judges(  # type: ignore[misc]
        entries(**base), entries(**head), read_base=reader(base), read_head=reader(head), **given
    )


JUDGES = ("contractguard.yaml", ".contractguard/rules/a.yaml", "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS")


@pytest.mark.parametrize("path", JUDGES)
def test_a_judge_that_is_added_removed_or_changed_is_told(path: str) -> None:
    assert changed({}, {path: "1"}) == (path,)
    assert changed({path: "1"}, {}) == (path,)
    assert changed({path: "1"}, {path: "2"}) == (path,)
    assert changed({path: "1"}, {path: "1"}) == ()


@pytest.mark.parametrize("path", ["api.yaml", "sub/contractguard.yaml", "src/CODEOWNERS", "x.contractguard/a"])
def test_other_files_are_not(path: str) -> None:
    assert changed({}, {path: "1"}) == ()


def test_they_are_sorted() -> None:
    assert changed({}, dict.fromkeys(JUDGES, "1")) == tuple(sorted(JUDGES))


def test_folders_of_rules_count() -> None:
    assert changed({}, {"style/a.yaml": "1", "stylex/a.yaml": "1"}, rule_paths=["style/"]) == ("style/a.yaml",)


TABLE = "[tool.contractguard]\nversion = 1\n"


@pytest.mark.parametrize(
    ("base", "head", "told"),
    [
        (TABLE, TABLE + "[project]\nname = 'x'\n", False),
        ("[project]\n", "[project]\nname = 'x'\n", False),
        (TABLE, TABLE + "profile = 'wire'\n", True),
        (TABLE, "[project]\n", True),
        ("", TABLE, True),
        (TABLE, "[tool.contractguard]\n= broken", True),
    ],
)
def test_pyproject_counts_when_its_table_changed(base: str, head: str, *, told: bool) -> None:
    assert changed({"pyproject.toml": base}, {"pyproject.toml": head}) == (("pyproject.toml",) if told else ())


def test_pyproject_that_comes_or_goes_counts_with_its_table() -> None:
    assert changed({}, {"pyproject.toml": TABLE}) == ("pyproject.toml",)
    assert changed({"pyproject.toml": "[project]"}, {}) == ()
