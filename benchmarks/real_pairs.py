"""Runs `contractguard diff` on every real pair and prints a Markdown table of what it found and what it cost.

    python benchmarks/real_pairs.py [--only TEXT]... [--real FOLDER] [--keep FOLDER]

`--only` takes the pairs with that text in their name, `--keep` leaves the JSON reports in a folder.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from measuring import REAL, Cost, ours, pairs, run, sides

IMPACTS = ("breaking", "risky", "compatible", "info")
HEADINGS = ("pair", "verdict", "bump", "contracts", *IMPACTS, "seconds", "peak MiB", "exit", "remark")


def main() -> None:
    """Compare each pair once and print a row for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--real", type=Path, default=REAL)
    parser.add_argument("--keep", type=Path, default=None)
    options = parser.parse_args()
    print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for pair in pairs(options.real):
            name = pair["name"]
            if not options.only or any(text in name for text in options.only):
                report = folder / f"{name}.json"
                report.unlink(missing_ok=True)
                cost = run(ours(*sides(options.real, pair), report))
                print(_row(name, cost, _loaded(report)), flush=True)


def _loaded(report: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(report.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _row(name: str, cost: Cost, report: dict[str, Any] | None) -> str:
    what = ["no report", "", "", "", "", "", ""] if report is None else _what(report)
    costs = [f"{cost.seconds:.2f}", f"{cost.peak_mib:.0f}", str(cost.exit_code)]
    return f"| {' | '.join([name, *what, *costs, _remark(cost, report)])} |"


def _what(report: dict[str, Any]) -> list[str]:
    contracts = report["contracts"]
    findings = [*report["findings"], *(finding for contract in contracts for finding in contract["findings"])]
    impacts = Counter(finding["impact"] for finding in findings)
    counts = [str(impacts[impact]) for impact in IMPACTS]
    return [report["verdict"], report["required_bump"], str(len(contracts)), *counts]


def _remark(cost: Cost, report: dict[str, Any] | None) -> str:
    """The first error of the report, or where there is none the first line of what the program complained of."""
    errors: list[dict[str, Any]] = []
    if report is not None:
        contracts = report["contracts"]
        errors = [*report.get("errors", []), *(error for contract in contracts for error in contract["errors"])]
    if errors:
        text = f"{len(errors)} errors; first: {errors[0]['message']}"
    else:
        text = cost.complaint.splitlines()[0] if cost.exit_code and cost.complaint else ""
    return text.replace("|", "\\|").replace("\n", " ")[:160]


if __name__ == "__main__":
    main()
