"""Known edits to real schemas get the known verdict, in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from law_catalogue import EDITS
from law_edits import Edit, at, plain_places, replaced
from law_payloads import DRAFT_2020, values_in
from test_law_edits import assert_known

REAL = Path(__file__).parents[3] / "shared" / "real" / "pairs"
DIALECTS = {"draft-07": "draft-07", "2020-12": DRAFT_2020}
_MOST_PLACES = 3
_NEWER = {"draft-07": ("prefixItems", "unevaluated", "Contains", "dependent"), "2020-12": ()}


def real_roots() -> Iterator[Any]:
    """The real JSON Schemas that stand alone, and each of their definitions with all the others beside it."""
    for folder in sorted(REAL.glob("jsonschema-*")):
        file = next(file for file in sorted(folder.rglob("*")) if file.name.startswith("old") and file.is_file())
        root = json.loads(file.read_text(encoding="utf-8"))
        if not all(str(value).startswith("#") for keyword, value in values_in(root) if keyword == "$ref"):
            continue
        yield root
        shared = {key: root[key] for key in ("$schema", "definitions") if key in root}
        yield from ({**shared, **named} for named in root.get("definitions", {}).values() if isinstance(named, dict))


def real_cases(edit: Edit, dialect: str) -> Iterator[tuple[Any, Any]]:
    """Whole real schemas in a dialect with one edit at a plain place below the root."""
    for root in real_roots():
        for path in plain_places(root):
            if path and dialect in root.get("$schema", "") and isinstance(at(root, path), dict):
                edited = edit.apply(at(root, path))
                if edited is not None and not any(word in json.dumps(edited) for word in _NEWER[dialect]):
                    yield root, replaced(root, path, edited)
                    break


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="there are no real contracts")
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_in_real_schemas(edit: Edit) -> None:
    for name, dialect in DIALECTS.items():
        for base, new in islice(real_cases(edit, name), _MOST_PLACES):
            assert_known(base, new, edit.truth, dialect)
