"""Witnesses on file: valid under the older schema of a pair, refused by the newer one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_cases import holds

_PAIRS = Path(__file__).parents[4] / "shared" / "conformance" / "jsonschema.jsonl"


def _takes_other_words(row: dict[str, Any]) -> bool:
    """Whether the row hangs on letters beyond ASCII being `\\w`, as they are to Python and are not to ECMA-262."""
    return "\\w" in str(row["new"]) and not str(row["witness"]).isascii()


@pytest.mark.real
@pytest.mark.skipif(not _PAIRS.exists(), reason="the conformance data are not here")
def test_witnesses_on_file_are_told_apart() -> None:
    rows = [json.loads(line) for line in _PAIRS.read_text("utf-8").splitlines()]
    rows = [row for row in rows if not row["compatible"] and "witness" in row and not _takes_other_words(row)]
    assert len(rows) > 100
    wrong = []
    for row in rows:
        # Some schemas carry keywords of a tool, which its validator passed over.
        options = {"dialect": row["draft"], "unknown_is_annotation": True}
        sides = tuple(holds(row[side], row["witness"], **options) for side in ("old", "new"))
        if sides != (True, False):
            wrong.append((row["id"], *sides))
    assert wrong == []
