"""Running a program once and saying what it cost; and where the real contracts are."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What one run took: wall clock and processor time in seconds, peak resident memory in MiB, and how it ended.

    Memory is that of the program alone; it cannot come out lower than that of `one_run.py`, about 10 MiB. Of a run that was
    stopped because it took too long, only the wall clock is known.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    exit_code: int
    complaint: str


def run(command: list[str], *, limit: float | None = None) -> Cost:
    """Run a program to its end, or for `limit` seconds, with its output dropped."""
    wrapped = [sys.executable, "-S", "-E", str(ROOT / "benchmarks" / "one_run.py"), *command]
    with subprocess.Popen(
        wrapped,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            told, complaint = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired as late:
            os.killpg(process.pid, signal.SIGKILL)
            return Cost(late.timeout, 0.0, 0.0, -signal.SIGKILL, f"stopped after {late.timeout:g} seconds")
    cost = json.loads(told)
    peak_mib = cost["peak"] * _RSS_UNIT / 2**20
    return Cost(cost["seconds"], cost["cpu_seconds"], peak_mib, cost["exit_code"], complaint.strip())


def installed_peer() -> str | None:
    """The oasdiff that `peers.sh` has installed, else one on the PATH, else None."""
    own = ROOT / ".cache" / "bin" / "oasdiff"
    return str(own) if own.is_file() else shutil.which("oasdiff")


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


def compile_ours() -> None:
    """Compile our modules, as pip does with what it installs; Python may be told not to keep what it compiles."""
    compileall.compile_dir(ROOT / "src", quiet=1)


def ours(base: str, head: str, report: Path) -> list[str]:
    """Our command line, which writes a JSON report to a file."""
    return [sys.executable, "-m", "contractguard", "diff", base, head, "--format", f"json:{report}"]
