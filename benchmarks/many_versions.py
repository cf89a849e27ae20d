"""Time whole runs on repositories with many versions and many contracts, beside the least that anybody must do.

    python benchmarks/many_versions.py [NAME ...]

The least is one process that lists both commits with git, reads the files that differ through one `git cat-file --batch`
(for `--within`, all files) and parses them as JSON. Seconds are those of the processor, with those of child processes; the
ratio says how many times as long contractguard takes. Each case is run at half its size, too: a factor near 2 grows with the
size, one near 4 with its square. Nothing is kept.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LEAST = """
import json, subprocess, sys
def git(*arguments, given=None):
    return subprocess.run(["git", *arguments], input=given, capture_output=True, check=True).stdout
def listed(ref):
    return dict(reversed(line.split(b"\\t")) for line in git("ls-tree", "-r", "-z", ref).split(b"\\0") if line)
head, base = listed("HEAD"), listed("HEAD~1")
wanted = head.values() if sys.argv[1] == "all" else {*head.values()} ^ {*base.values()}
ids = b"".join(entry.split(b" ")[2] + b"\\n" for entry in wanted)
stream, place = git("cat-file", "--batch", given=ids), 0
while place < len(stream):
    end = stream.index(b"\\n", place)
    size = int(stream[place:end].split(b" ")[2])
    json.loads(stream[end + 1 : end + 1 + size])
    place = end + size + 2
"""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """`build` makes the files of base and those that head changes, from a size; `arguments` follow `contractguard diff`."""

    size: int
    build: Callable[[int], tuple[Files, Files]]
    arguments: tuple[str, ...]

    @property
    def reads_all(self) -> bool:
        """Whether every file must be read, not only what differs."""
        return "--within" in self.arguments


def record(name: str, fields: int) -> bytes:
    """An Avro record with so many fields, each with a default but the first."""
    listed = [{"name": f"f{number}", "type": "string", "default": ""} for number in range(fields)]
    first = {"name": "id", "type": "long"}
    return json.dumps({"type": "record", "name": name, "namespace": "x", "fields": [first, *listed]}).encode()


def subjects(size: int) -> tuple[Files, Files]:
    """`size` versions of subjects, ten of each; a tenth of the subjects gets another version."""
    base = {
        f"subjects/s{subject}/versions/{number}.avsc": record(f"S{subject}", 10 + number)
        for subject in range(size // 10)
        for number in range(1, 11)
    }
    return base, {f"subjects/s{number}/versions/11.avsc": record(f"S{number}", 21) for number in range(size // 100)}


def one_subject(size: int) -> tuple[Files, Files]:
    """`size` versions of one subject, and one more."""
    base = {f"orders-value/{number}.avsc": record("Order", 10 + number % 7) for number in range(1, size + 1)}
    return base, {f"orders-value/{size + 1}.avsc": record("Order", 20)}


def contracts(size: int) -> tuple[Files, Files]:
    """`size` contracts in folders of a hundred, of which one changes."""

    def schema(number: int, kind: str) -> bytes:
        properties = {f"p{number}_{index}": {"type": kind} for index in range(8)}
        dialect = "https://json-schema.org/draft/2020-12/schema"
        return json.dumps({"$schema": dialect, "type": "object", "properties": properties}).encode()

    base = {f"schemas/g{number // 100}/c{number}.json": schema(number, "string") for number in range(size)}
    return base, {"schemas/g0/c1.json": schema(1, "integer")}


CASES = {
    "subjects, some new versions": Case(2000, subjects, ("HEAD~1", "HEAD")),
    "subjects, every step": Case(2000, subjects, ("--within", "HEAD")),
    "one subject, new version": Case(300, one_subject, ("HEAD~1", "HEAD")),
    "one subject, new version, transitive": Case(
        300, one_subject, ("HEAD~1", "HEAD", "--compatibility", "FULL_TRANSITIVE")
    ),
    "one subject, every step": Case(300, one_subject, ("--within", "HEAD")),
    "contracts, one changed": Case(5000, contracts, ("HEAD~1", "HEAD")),
}


def git(root: Path, *arguments: str) -> None:
    """Run git in a repository."""
    names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env={**os.environ, **names})


def commit(root: Path, files: Files) -> None:
    """Write files and commit them."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    git(root, "add", "--all")
    git(root, "-c", "gc.auto=0", "commit", "--quiet", "--message", "change")


def seconds(root: Path, *command: str) -> float:
    """Seconds of the processor that a command takes: the least of three runs."""
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr.decode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def measured(case: Case, size: int) -> tuple[float, float]:
    """Seconds of contractguard, and of the least, for a case at a size."""
    base, head = case.build(size)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        git(root, "init", "--quiet")
        commit(root, base)
        commit(root, head)
        git(root, "gc", "--quiet")
        ours = seconds(root, "-m", "contractguard", "diff", *case.arguments, "--format", "json")
        return ours, seconds(root, "-c", LEAST, "all" if case.reads_all else "changed")


def lines(names: list[str]) -> Iterator[str]:
    """One line for each case."""
    yield f"{'case':40}{'size':>6}{'seconds':>9}{'least':>8}{'ratio':>7}{'growth':>8}"
    for name, case in CASES.items():
        if names and not any(wanted in name for wanted in names):
            continue
        half, _ = measured(case, case.size // 2)
        ours, least = measured(case, case.size)
        yield f"{name:40}{case.size:>6}{ours:>9.2f}{least:>8.2f}{ours / least:>7.1f}{ours / half:>8.2f}"


if __name__ == "__main__":
    for line in lines(sys.argv[1:]):
        print(line, flush=True)
