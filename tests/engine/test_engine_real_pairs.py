"""Whole comparisons of real contracts: they end in a report, and every place in it is the line of the key that it names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from contractguard import Finding, Location, Report, Verdict, compare_files
from contractguard.model.values import pointer_tokens

PAIRS = Path(__file__).parents[3] / "shared" / "real" / "pairs"
NAMES = sorted(path.name for path in PAIRS.iterdir()) if PAIRS.is_dir() else []
INCOMPLETE = {"jsonschema-cyclonedx-1.5-1.6"}
"""Pairs that refer to files which are not beside them."""

pytestmark = [pytest.mark.real, pytest.mark.skipif(not NAMES, reason="the real contracts are not here")]


def sides(name: str) -> tuple[Path, Path]:
    folder = PAIRS / name
    base, head = (next(folder.glob(f"{side}*")) for side in ("old", "new"))
    return base, head


def compared(name: str) -> Report:
    base, head = sides(name)
    return compare_files(base, head, profile="everything")


@pytest.mark.parametrize("name", NAMES)
def test_every_place_is_the_line_of_the_key_that_it_names(name: str) -> None:
    report = compared(name)
    assert (report.verdict is Verdict.UNKNOWN) == (name in INCOMPLETE)
    base, head = sides(name)
    wrong = [
        f"{finding.rule}: {place.path}:{place.line} {place.pointer}"
        for finding in findings(report)
        for root, place in ((base, finding.base), (head, finding.head))
        if place is not None and not names_its_key(root, place)
    ]
    assert wrong == []


def findings(report: Report) -> Iterator[Finding]:
    for contract in report.contracts:
        yield from contract.findings


def names_its_key(root: Path, place: Location) -> bool:
    """Whether the key stands at the line and column; an item of an array has none, and the whole document neither."""
    tokens = pointer_tokens(place.pointer)
    if not tokens or tokens[-1].isdecimal():
        return True
    text = lines(root if root.is_file() else root / place.path)[place.line - 1][place.column - 1 :]
    key = tokens[-1]
    return text.startswith((key, json.dumps(key), json.dumps(key, ensure_ascii=False), f"'{key}'"))


@lru_cache(maxsize=4)
def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_compared_with_itself_is_unchanged(name: str) -> None:
    for side in sides(name):
        assert compare_files(side, side).verdict is Verdict.UNCHANGED


def test_every_path_that_kubernetes_removed_is_reported() -> None:
    name = "openapi-k8s-v1.24-v1.25"
    truth = set(json.loads((PAIRS / name / "truth.json").read_text(encoding="utf-8"))["paths_removed"])
    removed = {
        use.path
        for finding in findings(compared(name))
        if finding.change == "operation.removed"
        for use in finding.operations
    }
    assert truth <= removed


def test_a_tree_of_fragments_is_one_contract() -> None:
    assert len(compared("openapi-digitalocean-adjacent-small").contracts) == 1
