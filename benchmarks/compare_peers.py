"""Time and memory of whole runs beside those of oasdiff, on the same files and in the same minutes.

    python benchmarks/compare_peers.py [--runs 5] [--pair NAME]... [--real FOLDER] [--oasdiff PROGRAM]

The two programs take turns, after one run each that does not count. Figures are printed, not asserted: a busy machine is no
reason for a failing test. A ratio below 1 means that we are faster, or need less memory; there is none where a run failed.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measuring import REAL, Cost, compile_ours, installed_peer, ours, pairs, run, sides

PAIRS = (
    "openapi-github-adjacent-release",
    "openapi-stripe-json-adjacent-release",
    "openapi-discord-adjacent",
    "openapi-petstore-small",
)
HEADINGS = ("pair", "program", "best s", "median s", "median CPU s", "peak MiB", "exit")


@dataclass(frozen=True)
class Figures:
    """What remains of several runs of one program on one pair."""

    best: float
    median: float
    cpu: float
    peak: float
    exit_codes: str


def main() -> None:
    """Measure, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pair", action="append", choices=PAIRS)
    parser.add_argument("--real", type=Path, default=REAL)
    parser.add_argument("--oasdiff", default=None)
    options = parser.parse_args()
    peer = options.oasdiff or installed_peer()
    print(_machine(peer))
    compile_ours()
    chosen = options.pair or PAIRS
    measured = {}
    for pair in pairs(options.real):
        if pair["name"] in chosen:
            base, head = sides(options.real, pair)
            measured[pair["name"]] = _take_turns(base, head, peer, max(1, options.runs))
    _print_figures(measured)
    if peer is not None:
        _print_ratios(measured)


def _machine(peer: str | None) -> str:
    words = f"Python {platform.python_version()}, {platform.machine()}"
    if peer is None:
        return f"{words}\nSKIPPED: oasdiff is not installed (benchmarks/peers.sh), so there is nothing to compare with"
    stamp = Path(peer).with_name("oasdiff.version")
    if stamp.is_file():
        return f"{words}, oasdiff {stamp.read_text(encoding='utf-8').strip()}"
    told = subprocess.run([peer, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{words}, {told}"


def _take_turns(base: str, head: str, peer: str | None, runs: int) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as folder:
        commands = {"contractguard": ours(base, head, Path(folder) / "report.json")}
        if peer is not None:
            commands["oasdiff"] = [peer, "changelog", base, head]
        for command in commands.values():
            run(command)
        costs: dict[str, list[Cost]] = {program: [] for program in commands}
        for _ in range(runs):
            for program, command in commands.items():
                costs[program].append(run(command))
    return {program: _figures(taken) for program, taken in costs.items()}


def _figures(costs: list[Cost]) -> Figures:
    return Figures(
        best=min(cost.seconds for cost in costs),
        median=statistics.median(cost.seconds for cost in costs),
        cpu=statistics.median(cost.cpu_seconds for cost in costs),
        peak=max(cost.peak_mib for cost in costs),
        exit_codes=", ".join(str(code) for code in sorted({cost.exit_code for cost in costs})),
    )


def _print_figures(measured: dict[str, dict[str, Figures]]) -> None:
    print(f"\n| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    for pair, programs in measured.items():
        for program, of in programs.items():
            times = f"{of.best:.2f} | {of.median:.2f} | {of.cpu:.2f}"
            print(f"| {pair} | {program} | {times} | {of.peak:.0f} | {of.exit_codes} |")


def _print_ratios(measured: dict[str, dict[str, Figures]]) -> None:
    print("\nRatios, contractguard to oasdiff:\n")
    print("| pair | best | median | CPU | memory |\n| --- | --- | --- | --- | --- |")
    for pair, programs in measured.items():
        us, them = programs["contractguard"], programs["oasdiff"]
        if (us.exit_codes, them.exit_codes) != ("0", "0"):
            print(f"| {pair} | a run failed: exit {us.exit_codes} against {them.exit_codes} | | | |")
            continue
        ratios = (us.best / them.best, us.median / them.median, us.cpu / max(them.cpu, 0.001), us.peak / them.peak)
        print(f"| {pair} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")


if __name__ == "__main__":
    main()
