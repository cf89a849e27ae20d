"""The demonstration: two releases of an example repository, and what the second breaks.

Builds the history of `fixtures/histories/orders` in a temporary folder, runs `contractguard check` between two of its tags,
and leaves the report as JSON and Markdown in `demo-output/`. Other tags: `python demo/run.py v1.2.1 v1.3.0`.
"""

# ruff: noqa: INP001, T201  # a script, which prints

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from build_history import build_history

ROOT = Path(__file__).resolve().parent.parent
HISTORY = ROOT / "fixtures" / "histories" / "orders"
OUTPUT = ROOT / "demo-output"
BASE, HEAD, TODAY = "v1.3.0", "v2.0.0", "2026-03-02"
PASSED, FAILED = 0, 1
CI_VARIABLES = ("GITHUB_", "CI_", "SYSTEM_", "BITBUCKET_", "BUILDKITE_", "CHANGE_", "CONTRACTGUARD_")


def main(arguments: list[str]) -> int:
    """Run the demonstration; returns 0 although the gate fails, since that is what it shows."""
    if len(arguments) not in (0, 2):
        print("usage: python demo/run.py [BASE HEAD]", file=sys.stderr)
        return 2
    base, head = arguments or (BASE, HEAD)
    OUTPUT.mkdir(exist_ok=True)
    reports = {"json": OUTPUT / "report.json", "markdown": OUTPUT / "report.md"}
    with tempfile.TemporaryDirectory(prefix="contractguard-demo-") as folder:
        repository = Path(folder) / "orders"
        build_history(HISTORY, repository)
        options = ["--format", "text", "--today", TODAY]
        for name, path in reports.items():
            options += ["--format", f"{name}:{path}"]
        print(f"$ contractguard check {base} {head} --today {TODAY}\n", flush=True)
        command = [sys.executable, "-m", "contractguard", "check", base, head, *options]
        code = subprocess.run(command, cwd=repository, env=outside_ci(), check=False).returncode  # noqa: S603
    if code not in (PASSED, FAILED):
        return code
    print(explanation(base, head, code))
    return 0


def outside_ci() -> dict[str, str]:
    """The environment without the words of CI systems: a pull request of ours says nothing about the example."""
    return {name: value for name, value in os.environ.items() if not name.startswith(CI_VARIABLES)}


def explanation(base: str, head: str, code: int) -> str:
    """What the reader has seen, in two lines."""
    gate = "fails (exit code 1): a consumer would break" if code == FAILED else "passes (exit code 0)"
    return (
        f"\nThat is what callers and readers of {base} meet when {head} is released; the gate {gate}.\n"
        f"The same report is in {OUTPUT.name}/report.md, to paste into a pull request, and in {OUTPUT.name}/report.json."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
