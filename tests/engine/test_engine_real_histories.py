"""Histories that their owners keep as files: LSST's alerts (Avro) and Wikimedia's events (JSON Schema)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from contractguard import Report
from contractguard.engine import Request, run
from contractguard.model.change import EvidenceKind
from contractguard.model.finding import CompatibilityMode, Impact

BUNDLES = Path(__file__).parents[3] / "shared" / "real" / "bundles"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not BUNDLES.is_dir(), reason="the real contracts are not here"),
]


def within(bundle: str, ref: str, to: Path, mode: str, *contracts: str) -> Report:
    if not to.exists():
        subprocess.run(["git", "clone", "--quiet", BUNDLES / bundle, to], check=True)
    return run(
        Request(
            base=ref,
            cwd=to,
            within=True,
            contracts=contracts,
            apply_policy=False,
            compatibility=CompatibilityMode(mode),
            environment=dict(os.environ),
        )
    )


def breaks(report: Report) -> list[str]:
    return [contract.versions.head or "" for contract in report.contracts if contract.verdict == "breaking"]


def test_the_steps_of_lsst(tmp_path: Path) -> None:
    clone = tmp_path / "lsst"
    steps = {
        mode: within("lsst+alert_packet.bundle", "HEAD", clone, mode, "*.alert.avsc")
        for mode in ("BACKWARD", "FORWARD")
    }
    assert [contract.versions.head for contract in steps["BACKWARD"].contracts] == [
        *("4.0", "5.0", "6.0", "6.1", "7.0", "7.1", "7.2", "7.3", "7.4", "8.0", "9.0", "10.0", "11.0")
    ]
    assert breaks(steps["BACKWARD"]) == ["5.0", "7.0", "7.1", "8.0", "9.0", "10.0", "11.0"]
    assert breaks(steps["FORWARD"]) == ["5.0", "6.0", "7.0", "8.0", "9.0"]
    for report in steps.values():
        for contract in report.contracts:
            assert contract.errors == ()
            kinds = {finding.evidence.kind for finding in contract.findings if finding.impact is Impact.BREAKING}
            assert kinds <= {EvidenceKind.WITNESS}


def test_the_events_of_wikimedia(tmp_path: Path) -> None:
    report = within("wikimedia+schemas-event-primary.bundle", "HEAD~1", tmp_path / "wikimedia", "BACKWARD")
    assert len(report.contracts) > 15
    assert [contract.path for contract in report.contracts if contract.errors] == []
    unannounced = [
        contract.path
        for contract in report.contracts
        if contract.verdict == "breaking" and contract.declared_bump != "major"
    ]
    assert unannounced == []
