"""Compares our verdicts with the version steps that the owners of real schemas chose, label by label.

    python benchmarks/version_labels.py [--file iglu.jsonl]... [--real FOLDER] [--compatibility BACKWARD]
        [--reading declared] [--formats annotations]

For each file of `labelled/` it prints a Markdown table: for each label how many steps there are, what share of them we call
breaking, risky and compatible; then every step on which label and verdict disagree, with the breaks that we see. A label that
promises compatibility disagrees with `breaking`, one that announces a break with anything better than `risky`. Owners err: the
table is to be read, not to be maximised.

Schemas refer to each other by `$id`. All schemas of a file are put into one snapshot, each below the path of its `$id`, so that
what is among them is found; what is not is counted as unreadable.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from contractguard import ContractReport
from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DocumentSet
from contractguard.engine import builtin_catalogue
from contractguard.engine.catalogue import builtin_profile
from contractguard.engine.contract import compare_contract
from contractguard.engine.judging import Judge, Side, verdict_of
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Finding, Formats, Impact, Reading
from contractguard.model.schema import Dialect
from contractguard.policy import ContractRule, default_policy
from contractguard.sources.memory import MemorySnapshot
from measuring import REAL

FILES = ("iglu.jsonl", "wikimedia.jsonl", "openlineage.jsonl")
COMPATIBLE_LABELS = frozenset({"addition", "revision", "patch", "minor"})
BREAKING_LABELS = frozenset({"model", "major"})
MOST_SHOWN = 12
SELF_DESCRIBING = Dialect.DRAFT_04
VERDICTS = ("breaking", "risky", "compatible", "unchanged", "unknown")


@dataclass(frozen=True)
class Step:
    """One version step: its name and versions, what the owner calls it, and our report."""

    name: str
    versions: str
    label: str
    report: ContractReport

    @property
    def findings(self) -> list[Finding]:
        """What the contents differ in; that the step of the version is too small is no part of it."""
        return [finding for finding in self.report.findings if not finding.change.startswith("version.")]

    @property
    def verdict(self) -> str:
        """Our answer for the contents alone."""
        if not self.findings and self.report.findings:
            return "unchanged"
        return str(verdict_of(self.findings, self.report.errors))

    @property
    def disagrees(self) -> bool:
        """Whether label and verdict contradict each other."""
        verdict = self.verdict
        if self.label in COMPATIBLE_LABELS:
            return verdict == "breaking"
        return self.label in BREAKING_LABELS and verdict in {"compatible", "unchanged"}


def main() -> None:
    """Print the tables of all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", action="append", choices=FILES, default=[])
    parser.add_argument("--real", type=Path, default=REAL)
    parser.add_argument("--compatibility", type=CompatibilityMode, default=CompatibilityMode.BACKWARD)
    parser.add_argument("--reading", type=Reading, default=Reading.DECLARED)
    parser.add_argument("--formats", type=Formats, default=Formats.ANNOTATIONS)
    options = parser.parse_args()
    judge = Judge(
        catalogue=builtin_catalogue(),
        profile=builtin_profile("everything"),
        policy=default_policy(),
        today=None,
        compatibility=options.compatibility,
        reading=options.reading,
        formats=options.formats,
    )
    for name in options.file or FILES:
        lines = (options.real / "labelled" / name).read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines]
        steps = list(compared(entries, judge))
        print(f"## {name}, {options.compatibility}, {options.reading} reading, formats {options.formats}\n")
        print(table(steps))
        print("### Disagreements\n")
        for step in (step for step in steps if step.disagrees):
            print(disagreement(step))
        print()


def compared(entries: list[dict[str, Any]], judge: Judge) -> Iterator[Step]:
    """Our report on each step."""
    shared = {path: value for entry in entries for path, value in _by_identifier(entry).items()}
    for entry in entries:
        old, new = (_side(name, entry[key], shared) for name, key in (("base", "old"), ("head", "new")))
        before, after = (Candidate(side.path, ContractKind.JSONSCHEMA, "") for side in (old, new))
        pair = Counterparts(before, after, named=True)
        rule = ContractRule(id=entry["name"], dialect=SELF_DESCRIBING if _is_self_describing(entry["new"]) else None)
        report = compare_contract(old.side, new.side, pair, rule, judge)
        yield Step(entry["name"], f"{entry['from']} → {entry['to']}", entry["bump"], report)


def _is_self_describing(schema: Mapping[str, Any]) -> bool:
    """Whether a schema names the meta-schema of self-describing schemas, which extends draft-04."""
    return "/com.snowplowanalytics.self-desc/" in str(schema.get("$schema"))


@dataclass(frozen=True)
class _Opened:
    side: Side
    path: str


def _by_identifier(entry: Mapping[str, Any]) -> dict[str, Any]:
    schemas = (entry["old"], entry["new"])
    return {_path(schema["$id"]): schema for schema in schemas if isinstance(schema.get("$id"), str)}


def _path(identifier: str) -> str:
    return f"named{urlsplit(identifier).path}"


def _side(name: str, schema: dict[str, Any], shared: Mapping[str, Any]) -> _Opened:
    identifier = schema.get("$id")
    path = _path(identifier) if isinstance(identifier, str) else "schema.json"
    files = {**shared, path: schema}
    raw = {file: json.dumps(value, indent=1).encode() for file, value in files.items()}
    return _Opened(Side(name=name, documents=DocumentSet(MemorySnapshot(name, raw))), path)


def table(steps: list[Step]) -> str:
    """A row for each label."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for step in steps:
        counts[step.label][step.verdict] += 1
    rows = [f"| label | steps | {' | '.join(VERDICTS)} | share breaking |", f"|{' --- |' * (len(VERDICTS) + 3)}"]
    for label in sorted(counts):
        total = sum(counts[label].values())
        cells = [str(counts[label][verdict]) for verdict in VERDICTS]
        rows.append(f"| {label} | {total} | {' | '.join(cells)} | {counts[label]['breaking'] / total:.0%} |")
    return "\n".join(rows) + "\n"


def disagreement(step: Step) -> str:
    """The step, and the breaks in it; of a step that we call compatible, all that we see."""
    breaking = [finding for finding in step.findings if finding.impact is Impact.BREAKING]
    shown = breaking or step.findings
    lines = [f"- {step.name} {step.versions}, label {step.label}: {step.verdict}"]
    lines += [f"  - {finding.rule}: {finding.element}: {finding.message}" for finding in shown[:MOST_SHOWN]]
    lines += [f"  - error: {error.path}: {error.message}" for error in step.report.errors[:3]]
    if len(shown) > MOST_SHOWN:
        lines.append(f"  - and {len(shown) - MOST_SHOWN} more")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
