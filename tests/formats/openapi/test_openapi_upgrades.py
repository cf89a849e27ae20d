"""The same API in another version of OpenAPI is the same API: nothing but information is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from contractguard import Impact, compare_documents
from contractguard.rules.examples import wrapped
from contractguard.rules.files import Wrap

FILE = Path(__file__).parents[3] / "fixtures" / "openapi" / "upgrades.yaml"
PAIRS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SAME = [pair for pair in PAIRS if pair["verdict"] == pair["back"] == "compatible"]
SAYS_NOTHING = {"specification-changed", "documentation-changed", "metadata-changed"}


def rules(base: Any, head: Any) -> set[tuple[str, str]]:
    report = compare_documents(base, head, kind="openapi", profile="everything")
    (contract,) = report.contracts
    assert contract.errors == ()
    assert contract.notes == ()
    found = contract.findings
    return {(finding.impact, finding.rule) for finding in found if not finding.change.startswith("version.")}


def test_there_are_pairs_for_every_step() -> None:
    steps = {tuple(str(pair[side].get("openapi", "2.0"))[:3] for side in ("base", "head")) for pair in SAME}
    assert steps >= {("2.0", "3.0"), ("2.0", "3.1"), ("3.0", "3.1"), ("3.1", "3.2")}
    assert len(SAME) >= 30


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair["name"]) for pair in SAME])
def test_the_same_api_is_the_same_in_another_version(pair: dict[str, Any]) -> None:
    base, head = (wrapped(Wrap.DESCRIPTION, pair[side]) for side in ("base", "head"))
    for told in (rules(base, head), rules(head, base)):
        assert (Impact.INFO, "specification-changed") in told
        assert {rule for _, rule in told} <= SAYS_NOTHING
        assert {impact for impact, _ in told} == {Impact.INFO}
