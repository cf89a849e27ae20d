"""Two sides of an OpenAPI description out of YAML text, and what the comparison says of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "formats" / "openapi"))

from openapi_memory import read_files

from contractguard.diff.collector import Collector
from contractguard.diff.openapi import compare
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.model.change import Change
from contractguard.model.contract import OpenApiContract
from contractguard.model.finding import Reading

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"


def changes_of(base: OpenApiContract, head: OpenApiContract) -> list[Change]:
    """All changes, those of payloads included."""
    unchanged = Unchanged(base.schemas, head.schemas)
    payloads = Payloads(base.schemas, head.schemas, unchanged, Reading.DECLARED)
    collector = Collector()
    compare(base, head, collector, payloads, unchanged)
    payloads.changes_into(collector)
    return collector.changes()


def changes_between(base: str | Mapping[str, str], head: str | Mapping[str, str]) -> list[Change]:
    """All changes between two descriptions; files, or the text of `api.yaml`."""
    sides = ({"api.yaml": side} if isinstance(side, str) else side for side in (base, head))
    before, after = (read_files(files) for files in sides)
    return changes_of(before, after)


def real_side(pair: str, side: str) -> OpenApiContract:
    """One side of a real pair in JSON."""
    text = (REAL / "pairs" / pair / f"{side}.json").read_text(encoding="utf-8")
    return read_files({"api.json": text}, "api.json")
