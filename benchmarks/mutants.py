"""Mutation testing of `src/contractguard/semantics`: how many small changes to it go unnoticed by the tests.

    python benchmarks/mutants.py [--count 400] [--seed 1] [--workers 2] [--only TEXT]... [--most-tests 400]

A seeded sample of all mutants (`mutations.py`) is made, one at a time, in copies of the tree. First each test of
`tests/semantics` and `tests/laws` runs once on the unchanged copy, and the lines that it runs are written down (`line_map.py`).
A mutant then meets the tests that run its line, quickest first and at most `--most-tests` of them, and where these let it live,
those of `test_law_algebra.py` that do. It is killed when a test fails or time runs out. The share killed is therefore
a lower bound.

mutmut is not used: it has no seeded sample, runs every mutant of a folder, and does not order tests by what they cost.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import ROOT
from mutations import Mutant, mutants_of

SUBJECT = "src/contractguard/semantics"
TESTS = ("tests/semantics", "tests/laws")
COPIED = ("src", "rules", "schemas", "fixtures", "tests", "pyproject.toml", "README.md")
LAST_RESORT = "test_law_algebra.py"
_OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
_SPARE_SECONDS = 60.0
_FILLED_UP_TO = 100


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: `killed`, `timeout` or `survived`; and whether any test runs its line."""

    mutant: Mutant
    fate: str
    covered: bool


@dataclass(frozen=True)
class Test:
    """A test with the time it took, traced, and the lines of the subject that it runs."""

    id: str
    seconds: float
    lines: dict[str, frozenset[int]]


def main() -> None:
    """Make the mutants, run the tests against each, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", action="append", default=[], help="mutants of files with that text in their path")
    parser.add_argument("--most-tests", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        trees = [_copy(Path(temporary) / f"tree{number}") for number in range(options.workers)]
        chosen = _sample(trees[0], options.count, options.seed, options.only)
        print(f"{len(chosen)} mutants with seed {options.seed}; writing down which test runs which line", flush=True)
        start = time.perf_counter()
        tests = _line_map(trees)
        print(f"{len(tests)} tests run lines of {SUBJECT}; took {time.perf_counter() - start:.0f} s", flush=True)
        outcomes = _judge_all(chosen, tests, trees, options.most_tests)
    _print(outcomes, time.perf_counter() - start)


def _copy(tree: Path) -> Path:
    tree.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif source.is_file():
            shutil.copy(source, tree / name)
    return tree


def _sample(tree: Path, count: int, seed: int, only: list[str]) -> list[Mutant]:
    everything: list[Mutant] = []
    for file in sorted((tree / SUBJECT).rglob("*.py")):
        path = file.relative_to(tree / SUBJECT).as_posix()
        if not only or any(text in path for text in only):
            everything += mutants_of(path, file.read_bytes())
    chance = random.Random(seed)  # noqa: S311  (repeatable, and nothing secret)
    chosen = chance.sample(everything, min(count, len(everything)))
    print(f"{len(everything)} mutants can be made")
    return sorted(chosen)


def _run(tree: Path, arguments: list[str], limit: float | None = None, **environment: str) -> int | None:
    """The exit code of pytest in a tree, None where time ran out."""
    settings = {
        **os.environ,
        **environment,
        "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(ROOT / "benchmarks")]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", *_OPTIONS, *arguments]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=tree, stdout=quiet, stderr=quiet, env=settings, start_new_session=True
    ) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None


def _line_map(trees: list[Path]) -> list[Test]:
    files = sorted(file for folder in TESTS for file in (trees[0] / folder).rglob("test_*.py"))
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for tree in trees:
        free.put(tree)

    def mapped(file: Path) -> dict[str, Any]:
        tree = free.get()
        name = file.relative_to(trees[0]).as_posix()
        target = tree / "lines.json"
        code = _run(tree, ["-p", "line_map", name], LINE_MAP=str(target), LINE_MAP_OF=str(tree / SUBJECT))
        if code not in (0, 5):
            sys.exit(f"{name} fails without any mutant")
        found: dict[str, Any] = json.loads(target.read_bytes())
        free.put(tree)
        return found

    with ThreadPoolExecutor(len(trees)) as pool:
        maps = list(pool.map(mapped, files))
    tests = [
        Test(name, entry["seconds"], {path: frozenset(lines) for path, lines in entry["lines"].items()})
        for found in maps
        for name, entry in found.items()
    ]
    return [test for test in tests if test.lines]


def _judge_all(chosen: list[Mutant], tests: list[Test], trees: list[Path], most: int) -> list[Outcome]:
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for tree in trees:
        free.put(tree)
    done = 0

    def judged(mutant: Mutant) -> Outcome:
        nonlocal done
        tree = free.get()
        outcome = _judge(mutant, tests, tree, most)
        free.put(tree)
        done += 1
        print(f"{done}/{len(chosen)} {outcome.fate} {mutant.path}:{mutant.line} {mutant.what}", flush=True)
        return outcome

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(pool.map(judged, chosen))


def _judge(mutant: Mutant, tests: list[Test], tree: Path, most: int) -> Outcome:
    file = tree / SUBJECT / mutant.path
    source = file.read_bytes()
    file.write_bytes(mutant.applied(source))
    try:
        stages = _stages(mutant, tests, most)
        for stage in stages:
            names = tree / "tests.txt"
            names.write_text("\n".join(test.id for test in stage) + "\n", encoding="utf-8")
            code = _run(tree, [f"@{names}"], _SPARE_SECONDS + 2 * sum(test.seconds for test in stage))
            if code not in (0, 5):
                return Outcome(mutant, "timeout" if code is None else "killed", covered=True)
        return Outcome(mutant, "survived", covered=bool(stages))
    finally:
        file.write_bytes(source)


def _stages(mutant: Mutant, tests: list[Test], most: int) -> list[list[Test]]:
    """The tests that run the line of a mutant, filled up with some that run its module, and then the last resort.

    A line that runs while its module loads, or once for all in a function that remembers its answers, shows in few tests or none,
    whichever depend on it.
    """
    by_cost = sorted(tests, key=lambda test: (test.seconds, test.id))
    running = [test for test in by_cost if mutant.line in test.lines.get(mutant.path, ())]
    beside = [test for test in by_cost if mutant.path in test.lines and mutant.line not in test.lines[mutant.path]]
    first = [test for test in running if LAST_RESORT not in test.id][:most]
    first += [test for test in beside if LAST_RESORT not in test.id][: max(0, _FILLED_UP_TO - len(first))]
    last = [test for test in running or beside if LAST_RESORT in test.id]
    return [stage for stage in (first, last) if stage]


def _print(outcomes: list[Outcome], seconds: float) -> None:
    fates = Counter(outcome.fate for outcome in outcomes)
    survivors = [outcome for outcome in outcomes if outcome.fate == "survived"]
    print(f"\nsurvivors: {len(survivors)}")
    for outcome in survivors:
        mutant = outcome.mutant
        source = (ROOT / SUBJECT / mutant.path).read_bytes()
        before = source[mutant.start : mutant.end].decode()
        remark = "" if outcome.covered else "  (no test runs this line)"
        print(f"  {mutant.path}:{mutant.line} {mutant.what}{remark}")
        print(f"    - {' '.join(before.split())}\n    + {' '.join(mutant.text.split())}")
    killed = len(outcomes) - len(survivors)
    share = 100 * killed / max(1, len(outcomes))
    print(f"\nkilled {killed} of {len(outcomes)} ({share:.1f} %), {fates['timeout']} of them by time; {seconds:.0f} s")


if __name__ == "__main__":
    main()
