"""Against pairs labelled by truth: what is breaking is never missed (a keyword may warn too often; proofs come on top)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from schema_pairs import changes

from contractguard.model.change import Effect
from contractguard.model.finding import Reading

PAIRS = Path(__file__).parents[4] / "shared" / "conformance" / "jsonschema.jsonl"


@pytest.mark.real
@pytest.mark.skipif(not PAIRS.is_file(), reason="the labelled pairs are not here")
def test_no_break_is_missed() -> None:
    rows: list[dict[str, Any]] = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    missed = [row["id"] for row in rows if not row["compatible"] and not breaks(row)]
    assert missed == []


def breaks(row: dict[str, Any]) -> bool:
    effects = {
        change.payload_effect()
        for change in changes(row["old"], row["new"], dialect=row["draft"], reading=Reading.STRICT)
    }
    return bool(effects & {Effect.NARROWED, Effect.INCOMPARABLE})
