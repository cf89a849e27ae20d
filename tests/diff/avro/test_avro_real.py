"""Real contracts: all are read, and what the comparison says agrees with resolution."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from avro_memory import MemoryDocuments

from contractguard.diff.avro import compare, incompatibilities
from contractguard.diff.collector import Collector
from contractguard.formats.avro import read
from contractguard.model.change import Direction, Effect
from contractguard.model.contract import AvroContract

PAIRS = Path(__file__).resolve().parents[4] / "shared" / "real" / "pairs"
MAIN = {
    "avro-cloudevents-cloudevents-compact": ("old.avsc", "new.avsc"),
    "avro-datahub-mce-1.6.0-1.7.0.16": ("old.avsc", "new.avsc"),
    "avro-lsst-3_0-to-4_0": ("old/lsst.v3_0.alert.avsc", "new/lsst.v4_0.alert.avsc"),
    "avro-lsst-6_0-to-6_1": ("old/lsst.v6_0.alert.avsc", "new/lsst.v6_1.alert.avsc"),
    "avro-lsst-7_4-to-8_0": ("old/lsst.v7_4.alert.avsc", "new/lsst.v8_0.alert.avsc"),
    "avro-ztf-2018-03-29-7a0e": ("old/alert.avsc", "new/alert.avsc"),
    "avro-ztf-2018-05-30-020d": ("old/alert.avsc", "new/alert.avsc"),
    "avro-ztf-2018-07-18-69a1": ("old/alert.avsc", "new/alert.avsc"),
}

pytestmark = [pytest.mark.real, pytest.mark.skipif(not PAIRS.exists(), reason="the real contracts are not here")]


def contracts(folder: Path) -> dict[str, AvroContract]:
    """Every schema below a folder, with types found by the full name that a file defines at its top."""
    files = {str(path.relative_to(folder)): json.loads(path.read_bytes()) for path in sorted(folder.rglob("*.avsc"))}
    types = {}
    for path, value in files.items():
        types[".".join(part for part in (value.get("namespace", ""), value["name"]) if part)] = path
    return {path: read(MemoryDocuments(files), path, find_type=types.get) for path in files}


@pytest.mark.parametrize("name", sorted(MAIN))
def test_changes_agree_with_resolution(name: str) -> None:
    sides = []
    for relative in MAIN[name]:
        path = PAIRS / name / relative
        sides.append(contracts(path.parent)[path.name])
    base, head = sides
    collector = Collector()
    compare(base, head, collector)
    found = [change for change in collector.changes() if change.direction is Direction.INPUT]
    effects = {change.effect for change in found}
    assert found
    assert bool(effects & {Effect.NARROWED, Effect.INCOMPARABLE}) is bool(incompatibilities(head, base))
    assert bool(effects & {Effect.WIDENED, Effect.INCOMPARABLE}) is bool(incompatibilities(base, head))


@pytest.mark.parametrize("side", ["old", "new"])
def test_every_file_of_a_large_tree_is_read(side: str) -> None:
    assert len(contracts(PAIRS / "avro-radar-v0.7.0-v0.8.0" / side)) > 140
