"""`contractguard rules` and `contractguard explain RULE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractguard.cli.program import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_of_a_rule_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "enum-value-removed"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("enum-value-removed:")
    sections = ["What it sees", "What it means", "Why", "What to do", "Examples"]
    assert [line for line in page.splitlines() if line in sections] == sections
    for word in ("input", "output", "breaking", "compatible", "consumer", "provider"):
        assert f" {word}" in page
    assert max(map(len, page.splitlines())) <= 80


def test_an_unknown_rule_is_wrong_use_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "enum-value-remove"]) == 2
    err = capsys.readouterr().err
    assert "enum-value-removed" in err


def test_rules_are_listed_by_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list"]) == 0
    everything = capsys.readouterr().out
    assert run(["rules", "list", "--family", "enums"]) == 0
    family = capsys.readouterr().out
    assert "  enum-value-removed  " in family
    assert len(family) < len(everything)
    assert run(["rules", "list", "--family", "enum"]) == 2


def test_the_list_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--format", "json"]) == 0
    rules = {rule["id"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert rules["enum-value-removed"]["family"] == "enums"
    assert rules["enum-value-removed"]["impact"]["input"] == {"level": "breaking", "bump": "major"}
    assert rules["enum-value-removed"]["origin"] == "built-in"


def test_the_vocabulary(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--vocabulary"]) == 0
    out = capsys.readouterr().out
    assert "enum.value-removed:" in out
    assert "has_default" in out


def test_a_new_rule_works_as_it_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "new", "gateway-allow-list"]) == 0
    path = folder / ".contractguard" / "rules" / "gateway-allow-list.yaml"
    assert path.exists()
    assert run(["rules", "test", str(path.relative_to(folder))]) == 0
    assert "1 rule, 1 example: 0 failed" in capsys.readouterr().err
    assert run(["rules", "list"]) == 0
    assert "gateway-allow-list" in capsys.readouterr().out
    assert run(["explain", "gateway-allow-list"]) == 0


def test_a_new_rule_replaces_none(folder: Path) -> None:
    path = folder / ".contractguard" / "rules" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    assert run(["rules", "new", "mine"]) == 2
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["Not Kebab", "../escape", ""])
def test_the_id_of_a_new_rule_is_kebab_case(folder: Path, name: str) -> None:
    assert run(["rules", "new", name]) == 2
    assert list(folder.iterdir()) == []


def test_an_example_that_does_not_hold_is_shown_with_what_fired(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["rules", "new", "mine"])
    path = folder / ".contractguard" / "rules" / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("expect: [optional-parameter-added, mine]", "expect: [mine]"), encoding="utf-8")
    assert run(["rules", "test", ".contractguard/rules"]) == 1
    out, err = capsys.readouterr()
    assert "✗ mine: a parameter is added" in out
    assert "optional-parameter-added" in out
    assert "1 failed" in err


def test_a_mistake_in_a_rule_has_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "new", "mine"])
    path = folder / ".contractguard" / "rules" / "mine.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: preview", "stats: preview"), encoding="utf-8")
    assert run(["rules", "test"]) == 2
    assert "mine.yaml:5:" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert run(["completion", shell]) == 0
    assert "_CONTRACTGUARD_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("contractguard ch", "check"),
        ("contractguard check --format ", "markdown"),
        ("contractguard explain enum-", "enum-added"),
    ],
)
def test_completion_suggests(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str, expected: str
) -> None:
    monkeypatch.setenv("_CONTRACTGUARD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert run([]) == 0
    assert f"plain,{expected}" in capsys.readouterr().out
