"""What we say of the test cases of oasdiff, beside what oasdiff itself says of them.

    python benchmarks/peer_cases.py [--cases FOLDER] [--show none|open|all] [--profile NAME]

oasdiff's tests hold some 1,500 pairs of OpenAPI descriptions; most are made in Go, by changing a loaded description. They are
taken where the tests hand them to the comparison: the module's source in the Go module cache (`peers.sh` puts it there) is
copied, the copy's comparison writes down what it is given, and the tests are run. Pairs are kept in `.cache/peer_cases`; without
Go or without the module there is nothing to compare, and it says so. Nothing is downloaded.

Each pair is compared once by us, in one process, and once by `oasdiff changelog`. Printed are

- the table of verdicts: oasdiff's worst level (ERR, WARN, INFO, none, error) against our verdict;
- agreement: the share of pairs where both say that something may break (ERR or WARN; breaking or risky), or both that nothing
  does. oasdiff judges keywords and we judge payloads, so full agreement is no aim: a pair on which we differ is `argued` where
  one of the reasons below covers it, else `open`, and to be read by a person;
- the pairs that are open (or all on which we differ): the test, oasdiff's changes, our verdict and rules;
- crashes and pairs that we could not read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contractguard import compare_documents
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.finding import Impact
from contractguard.model.report import Report, Verdict
from measuring import ROOT, installed_peer

MODULE = "github.com/oasdiff/oasdiff"
LEVELS = {3: "ERR", 2: "WARN", 1: "INFO"}
LOUD = ("ERR", "WARN")
_BAD = (Verdict.BREAKING, Verdict.RISKY)
_CAPTURE = """package diff

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/getkin/kin-openapi/openapi3"
)

var captured atomic.Int64

func capture(base, revision *openapi3.T) {
	folder := os.Getenv("PEER_CASES")
	if folder == "" || base == nil || revision == nil {
		return
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	test := ""
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.File, "_test.go") {
			test = frame.Function[strings.LastIndex(frame.Function, "/")+1:]
		}
		if !more {
			break
		}
	}
	text, err := json.Marshal(map[string]any{"test": test, "base": base, "head": revision})
	if err == nil {
		name := fmt.Sprintf("%d-%06d.json", os.Getpid(), captured.Add(1))
		_ = os.WriteFile(filepath.Join(folder, name), text, 0o644)
	}
}
"""
_HOOKS = (
    ("s1, s2", "return nil, err", "capture(s1, s2)"),
    ("s1.Spec, s2.Spec", "return nil, nil, err", "capture(s1.Spec, s2.Spec)"),
)
"""Where descriptions are compared: the arguments, what follows an error, and the call that goes behind it."""

_CYCLES = "(?i)circular|cycl"
"""Tests whose descriptions are cyclic in memory and cannot be written down."""

_QUIET_REASONS = (
    (r"-(min|max)(-contains|-length|-items|-properties)?-|exclusive-(min|max)-", "the keyword excludes no payload"),
    (r"(any|one|all)-of|wrapped-in-one-of|became-required|became-optional", "inclusion is proved"),
    (r"type-changed|list-of-types-narrowed|pattern-changed|enum-value-removed", "inclusion is proved"),
    (r"sunset|stability", "a lifecycle policy of its own"),
    (r"media-type-parameter", "JSON has no charset (RFC 8259, section 11)"),
    (r"^request-body-became-required$", "a webhook's body is sent by the provider"),
    (r"default-parameter-to-existing-path", "header names have no case (RFC 9110, section 5.1)"),
)
"""Why we may stay quiet where oasdiff is loud: a pattern for each of its loud changes, and the reason."""

_LOUD_REASONS = (
    (r"operation-removed|property-removed|property-ignored|parameter-removed|scope-removed", "removed is removed"),
    (r"^version-", "the declared version does not fit"),
    (r"contract-invalid|unjudged-change", "head is not a valid description"),
    (r"^default-|^discriminator-|write-only-added|open-enum-", "the meaning changes"),
    (r"response-(added|removed)|header-removed|^media-type-|^server-", "the answers change"),
    (r"sunset|stability", "a lifecycle policy of its own"),
    (r"^(pattern|enum|const|type|bound|one-of|payload)-|schema-allowed|became-required", "a payload shows it"),
)
"""Why we may be loud where oasdiff is quiet: a pattern for each of our loud rules, and the reason."""


@dataclass(frozen=True)
class Case:
    """A pair of descriptions, with the test that made it."""

    test: str
    base: dict[str, Any]
    head: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What both say of a case: oasdiff's worst level and its loud change ids, our verdict and our loud rules."""

    case: Case
    level: str
    changes: tuple[str, ...]
    verdict: str
    rules: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether both see a possible break, or neither does."""
        return (self.level in LOUD) is (self.verdict in _BAD)

    @property
    def reason(self) -> str | None:
        """Why we differ, where one reason covers everything that only one of the two calls a break."""
        reasons, loud = (_QUIET_REASONS, self.changes) if self.level in LOUD else (_LOUD_REASONS, self.rules)
        found = {next((why for pattern, why in reasons if re.search(pattern, name)), None) for name in loud}
        return None if not found or None in found else "; ".join(sorted(why for why in found if why))


def main() -> None:
    """Take the cases, ask both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=None, help="where the pairs are kept")
    parser.add_argument("--show", choices=("none", "open", "all"), default="open")
    parser.add_argument("--profile", default=None)
    options = parser.parse_args()
    peer = installed_peer()
    if peer is None:
        sys.exit("SKIPPED: oasdiff is not installed (benchmarks/peers.sh)")
    folder = options.cases or _taken(_version(peer))
    cases = _unique(folder)
    answers = [_answer(case, peer, options.profile) for case in cases]
    _print_table(answers)
    _print_agreement(answers)
    if options.show != "none":
        _print_differences(answers, everything=options.show == "all")


def _version(peer: str) -> str:
    stamp = Path(peer).with_name("oasdiff.version")
    told = stamp.read_text(encoding="utf-8") if stamp.is_file() else _output([peer, "--version"]).split()[-1]
    return "v" + told.strip().removeprefix("v")


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _taken(version: str) -> Path:
    """The folder of the pairs of a version of oasdiff; its tests are run where they have not been taken yet."""
    folder = ROOT / ".cache" / "peer_cases" / version
    if folder.is_dir():
        return folder
    if shutil.which("go") is None:
        sys.exit("SKIPPED: there is no Go toolchain on the PATH, so oasdiff's tests cannot be run")
    source = Path(_output(["go", "env", "GOMODCACHE"])) / f"{MODULE}@{version}"
    if not source.is_dir():
        sys.exit(f"SKIPPED: {MODULE} {version} is not in the Go module cache (benchmarks/peers.sh puts it there)")
    with tempfile.TemporaryDirectory() as work:
        _run_tests(source, Path(work), folder)
    return folder


def _run_tests(source: Path, work: Path, folder: Path) -> None:
    copy, pairs = work / "oasdiff", work / "pairs"
    shutil.copytree(source, copy, copy_function=shutil.copyfile)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    pairs.mkdir()
    (copy / "diff" / "capture.go").write_text(_CAPTURE, encoding="utf-8")
    hooked = copy / "diff" / "diff.go"
    text = hooked.read_text(encoding="utf-8")
    for arguments, way_out, hook in _HOOKS:
        lines = f"\tdiff, err := getDiff(config, newState(), {arguments})\n\tif err != nil {{\n\t\t{way_out}\n\t}}\n"
        if text.count(lines) != 1:
            sys.exit(f"SKIPPED: oasdiff's comparison is not where it was: getDiff({arguments}) is not in diff/diff.go")
        text = text.replace(lines, f"{lines}\t{hook}\n")
    hooked.write_text(text, encoding="utf-8")
    offline = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "PEER_CASES": str(pairs)}
    command = ["go", "test", "-count=1", "-p=1", f"-skip={_CYCLES}", "./..."]
    subprocess.run(command, cwd=copy, env={**os.environ, **offline}, capture_output=True, check=False)
    if not any(pairs.iterdir()):
        sys.exit("SKIPPED: oasdiff's tests could not be run offline (benchmarks/peers.sh fetches what they need)")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(pairs, folder)


def _unique(folder: Path) -> list[Case]:
    """The cases in a folder, each pair once, in the order of the tests' names."""
    found: dict[bytes, Case] = {}
    for path in sorted(folder.glob("*.json")):
        case = Case(**json.loads(path.read_bytes()))
        key = hashlib.sha256(json.dumps([case.base, case.head], sort_keys=True).encode()).digest()
        if key not in found or case.test < found[key].test:
            found[key] = case
    return sorted(found.values(), key=lambda case: (case.test, json.dumps(case.head, sort_keys=True)))


def _answer(case: Case, peer: str, profile: str | None) -> Answer:
    level, changes = _theirs(case, peer)
    try:
        report = compare_documents(case.base, case.head, kind="openapi", profile=profile)
    except (LimitError, UnreadableError) as error:
        return Answer(case, level, changes, "error", (str(error),))
    except Exception as error:  # noqa: BLE001  (a crash is what is looked for)
        return Answer(case, level, changes, "crash", (repr(error),))
    return Answer(case, level, changes, report.verdict, _loud_rules(report))


def _loud_rules(report: Report) -> tuple[str, ...]:
    errors = [error.message for contract in report.contracts for error in contract.errors]
    loud = (Impact.BREAKING, Impact.RISKY)
    rules = {each.rule for contract in report.contracts for each in contract.findings if each.impact in loud}
    return (*errors, *sorted(rules))


def _theirs(case: Case, peer: str) -> tuple[str, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as work:
        base, head = Path(work) / "base.json", Path(work) / "head.json"
        base.write_text(json.dumps(case.base), encoding="utf-8")
        head.write_text(json.dumps(case.head), encoding="utf-8")
        told = _output([peer, "changelog", "--format", "json", str(base), str(head)])
    try:
        rows: list[dict[str, Any]] = json.loads(told) if told else []
    except ValueError:
        return "error", ()
    worst = max((row["level"] for row in rows), default=0)
    loud = {row["id"] for row in rows if LEVELS[row["level"]] in LOUD}
    return LEVELS.get(worst, "none"), tuple(sorted(loud))


def _print_table(answers: list[Answer]) -> None:
    cells = Counter((answer.level, answer.verdict) for answer in answers)
    verdicts = [*Verdict, "error", "crash"]
    columns = [verdict for verdict in verdicts if any(cells[level, verdict] for level, _ in cells)]
    print(f"| oasdiff | {' | '.join(columns)} |\n|{' --- |' * (len(columns) + 1)}")
    for level in (*LEVELS.values(), "none", "error"):
        counts = [cells[level, verdict] for verdict in columns]
        if any(counts):
            print(f"| {level} | {' | '.join(str(count) for count in counts)} |")


def _print_agreement(answers: list[Answer]) -> None:
    judged = [answer for answer in answers if answer.level != "error" and answer.verdict in set(Verdict) - {"unknown"}]
    differing = [answer for answer in judged if not answer.agrees]
    argued = Counter(answer.reason for answer in differing)
    agreed = len(judged) - len(differing)
    print(f"\n{len(answers)} pairs, {len(judged)} judged by both; {agreed} agreed ({agreed / max(1, len(judged)):.1%})")
    print(f"{len(differing)} differ: {len(differing) - argued[None]} argued, {argued[None]} open")
    for reason, count in argued.most_common():
        if reason is not None:
            print(f"  {count:4}  {reason}")
    unread = [answer for answer in answers if answer.verdict in ("error", "crash", "unknown")]
    for answer in unread:
        print(f"  {answer.verdict}: {answer.case.test}: {', '.join(answer.rules)}")


def _print_differences(answers: list[Answer], *, everything: bool) -> None:
    for answer in answers:
        if answer.agrees or answer.level == "error" or not (everything or answer.reason is None):
            continue
        print(f"\n{answer.case.test}" + (f" ({answer.reason})" if answer.reason else ""))
        print(f"  oasdiff        {answer.level}  {', '.join(answer.changes)}")
        print(f"  contractguard  {answer.verdict}  {', '.join(answer.rules)}")


if __name__ == "__main__":
    main()
