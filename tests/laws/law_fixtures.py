"""The pairs of `fixtures/readings` and `fixtures/refactorings`; the README of each folder explains the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

_FIXTURES = Path(__file__).parents[2] / "fixtures"
_REFACTORINGS = _FIXTURES / "refactorings"
REFACTORINGS: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(_REFACTORINGS.glob("*.yaml"))
}
_READINGS = _FIXTURES / "readings"
PAIRS: list[dict[str, Any]] = [
    pair for file in sorted(_READINGS.glob("*.yaml")) for pair in yaml.safe_load(file.read_text(encoding="utf-8"))
]
CASES = [
    pytest.param(pair, direction, reading, id=f"{pair['name']}-{direction}-{reading}")
    for pair in PAIRS
    for direction in ("BACKWARD", "FORWARD")
    for reading in ("strict", "declared")
]


def sides(pair: dict[str, Any], direction: str, reading: str) -> tuple[Any, Any]:
    """The emitting side as the reading takes it, and the side that must accept."""
    emitting, accepting = ("base", "head") if direction == "BACKWARD" else ("head", "base")
    prime = f"{emitting}_prime" if reading == "declared" else emitting
    return pair.get(prime, pair[emitting]), pair[accepting]
