"""The pairs of `fixtures/openapi`; its README explains the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from contractguard.rules.examples import wrapped
from contractguard.rules.files import Wrap

FOLDER = Path(__file__).parents[2] / "fixtures" / "openapi"
PAIRS: list[dict[str, Any]] = [
    pair for file in sorted(FOLDER.glob("*.yaml")) for pair in yaml.safe_load(file.read_text(encoding="utf-8"))
]
FIELDS = {"name", "section", "why", "wrap", "base", "head", "verdict", "findings", "back", "witness"}
NEEDED = {"name", "section", "why", "base", "head", "verdict", "back"}


def sides(pair: dict[str, Any]) -> tuple[Any, Any]:
    """Both descriptions of a pair, whole."""
    wrap = Wrap(pair.get("wrap", "description"))
    return wrapped(wrap, pair["base"]), wrapped(wrap, pair["head"])
