"""How the time of a comparison grows when one thing in a contract grows: the ratio when it doubles.

    python benchmarks/scaling.py [--only TEXT]... [--long SECONDS] [--limit SECONDS]

Each shape (`scaling_shapes.py`) is made in growing sizes and compared through `compare_documents`, each time in a process of
its own, until one takes `--long` seconds of processor time or the largest size is reached (contracts of 0.1 to 3 MB). The row
shows the last two sizes. A ratio of 2 is work in proportion to the contract, one of 4 grows with its square; a limit that
was reached between the two sizes shows as a ratio below 2. Loading the program does not count. A comparison is stopped after
`--limit` seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection

from contractguard import ContractguardError, compare_documents
from scaling_shapes import SHAPES

SMALLEST = 16
HEADINGS = ("shape", "n", "kB", "verdict", "findings", "seconds", "at 2 n", "ratio", "peak MiB")
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Run:
    """What one comparison took: processor seconds, peak memory in MiB, the size of the contract in bytes, what was found."""

    seconds: float
    peak_mib: float
    size: int
    verdict: str
    findings: int


def main() -> None:
    """Print a row for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="shapes with that text in their name")
    parser.add_argument("--long", type=float, default=1.0, help="sizes stop growing where a comparison takes so long")
    parser.add_argument("--limit", type=float, default=60.0, help="a comparison is stopped after so many seconds")
    options = parser.parse_args()
    print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    for name, (_, _, largest) in SHAPES.items():
        if not options.only or any(text in name for text in options.only):
            print(f"| {' | '.join(row(name, largest, options.long, options.limit))} |", flush=True)


def row(name: str, largest: int, long: float, limit: float) -> list[str]:
    """What the last two sizes of a shape took."""
    size = min(SMALLEST, largest // 2)
    last = measured(name, size, limit)
    before = last
    while last is not None and 2 * size <= largest and (last is before or last.seconds < long):
        size, before = 2 * size, last
        last = measured(name, size, limit)
    if before is None or last is None:
        return [name, str(size), "", f"stopped after {limit:g} s", "", "", "", "", ""]
    times = [f"{before.seconds:.2f}", f"{last.seconds:.2f}", f"{last.seconds / max(before.seconds, 0.001):.1f}"]
    return [
        *(name, str(size // 2), f"{last.size / 1000:.0f}", last.verdict, str(last.findings)),
        *(*times, f"{last.peak_mib:.0f}"),
    ]


def measured(name: str, size: int, limit: float) -> Run | None:
    """One comparison in a process of its own; None where it was stopped."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=compare, args=(name, size, there))
    process.start()
    found: Run | None = here.recv() if here.poll(limit) else None
    if found is None:
        process.kill()
    process.join()
    return found


def compare(name: str, size: int, told: Connection) -> None:
    """Make and compare the two sides of a shape, and tell what it took."""
    kind, shape, _ = SHAPES[name]
    base, head = shape(size)
    _warm_up(kind)
    start = time.process_time()
    try:
        report = compare_documents(base, head, kind=kind)
        verdict, findings = str(report.verdict), sum(len(contract.findings) for contract in report.contracts)
    except ContractguardError as error:
        verdict, findings = type(error).__name__, 0
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 2**20
    told.send(Run(seconds, peak, len(json.dumps(head)), verdict, findings))


def _warm_up(kind: str) -> None:
    """A small comparison with a payload to confirm, so that everything is loaded."""
    base, head = SHAPES[
        {"avro": "Avro types narrowed", "openapi": "responses changed"}.get(kind, "properties changed")
    ][1](2)
    compare_documents(base, head, kind=kind)


if __name__ == "__main__":
    main()
