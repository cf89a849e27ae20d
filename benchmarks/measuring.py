"""Running a program once and saying what it cost; and where the real contracts are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What one run took: wall clock and processor time in seconds, peak resident memory in MiB, and how it ended.

    Memory cannot come out lower than that of the process which starts the program, about 20 MiB.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    exit_code: int
    complaint: str


def run(command: list[str]) -> Cost:
    """Run a program to its end, with its output dropped."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        complaint = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu_seconds, usage.ru_maxrss * _RSS_UNIT / 2**20, process.returncode, complaint.strip())


def pairs(real: Path) -> list[dict[str, Any]]:
    """The index of the real pairs, in its own order. Exits where there are none."""
    index = real / "index.json"
    if not index.is_file():
        sys.exit(f"SKIPPED: there are no real contracts at {real}")
    found: list[dict[str, Any]] = json.loads(index.read_text(encoding="utf-8"))
    return found


def sides(real: Path, pair: dict[str, Any]) -> tuple[str, str]:
    """What to compare for a pair: two files, or for a contract of many files the folders that hold them."""
    folder = real / "pairs" / pair["name"]
    if "file_count" in pair:
        return str(folder / "old"), str(folder / "new")
    old, new = pair["files"]
    return str(real / "pairs" / old), str(real / "pairs" / new)


def ours(base: str, head: str, report: Path) -> list[str]:
    """Our command line, which writes a JSON report to a file."""
    return [sys.executable, "-m", "contractguard", "diff", base, head, "--format", f"json:{report}"]
