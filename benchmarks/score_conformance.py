"""Scores the comparison of JSON Schemas on labelled pairs, and lists the pairs that are not answered right.

    python benchmarks/score_conformance.py [--file PATH]... [--rows A-B] [--show wrong|undecided|all|none]

Each pair is compared once through the public `compare_documents` (BACKWARD, strict reading), in one process and in the order
of the file; loading the program does not count towards the times. Findings about annotations (evidence `rule`) are no answer
about payloads and are left out; how often they turned the verdict of the report is printed. A pair is answered

- `compatible`: no payload is lost, and the report says so without reserve;
- `breaking`: a finding shows a payload that old accepts and new refuses;
- `undecided`: a breaking or risky finding rests on neither proof nor payload;
- `error`: the report says that something could not be compared, or there is no report.

Undecided and error count as wrong in the share that is right. Each payload shown is checked with plain `jsonschema`, which
shares no code with the comparison: one that old refuses or new accepts is a false witness. The files lie in
`../shared/conformance` beside the repository, or in the folder that `CONTRACTGUARD_CONFORMANCE` names; rows count from 1.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from contractguard import compare_documents
from contractguard.model.finding import Finding, Impact
from contractguard.model.report import Report, Verdict
from measuring import ROOT

FOLDER = Path(os.environ.get("CONTRACTGUARD_CONFORMANCE", str(ROOT.parent / "shared" / "conformance")))
FILES = ("jsonschema.jsonl", "jsonschema_containment.jsonl")
TARGETS = "98 % right (95 % where left is no finite enum), no false witness, median 10 ms, 95th percentile 100 ms"
_LOST = (Impact.BREAKING, Impact.RISKY)
_NOT_READ = "contract.base-unreadable"
_SHOWN_WIDTH = 400


class Answer(StrEnum):
    """What the comparison says of a pair."""

    COMPATIBLE = "compatible"
    BREAKING = "breaking"
    UNDECIDED = "undecided"
    ERROR = "error"


@dataclass(frozen=True)
class Scored:
    """One pair with what was said of it, and the payloads shown that prove nothing."""

    number: int
    row: dict[str, Any]
    answer: Answer
    milliseconds: float
    note: str = ""
    false_witnesses: tuple[object, ...] = ()
    turned_by: tuple[str, ...] = ()
    """The rules about annotations that made the verdict of the report worse than the answer."""

    @property
    def right(self) -> bool:
        """Whether the answer is the label."""
        return self.answer is (Answer.COMPATIBLE if self.row["compatible"] else Answer.BREAKING)

    @property
    def wrong(self) -> bool:
        """Whether the opposite of the label was said; undecided is not."""
        return not self.right and self.answer in (Answer.COMPATIBLE, Answer.BREAKING)


@dataclass
class Score:
    """The pairs of one file."""

    name: str
    pairs: list[Scored] = field(default_factory=list)


def main() -> None:
    """Score each file and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", action="append", type=Path, default=[])
    parser.add_argument("--rows", type=_range, default=None, help="first and last row, such as 10-20, or one row")
    parser.add_argument("--show", choices=("wrong", "undecided", "all", "none"), default="all")
    options = parser.parse_args()
    files = options.file or [FOLDER / name for name in FILES]
    if missing := [file for file in files if not file.is_file()]:
        sys.exit(f"SKIPPED: there is no labelled data at {missing[0]}")
    compare_documents({"type": "string"}, {"minLength": 1}, kind="jsonschema", reading="strict")
    for file in files:
        _print(_scored(file, options.rows), options.show)


def _range(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _rows(file: Path, chosen: range | None) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if chosen is None or number in chosen:
                yield number, json.loads(line)


def _scored(file: Path, chosen: range | None) -> Score:
    score = Score(file.name)
    watched = sys.stderr.isatty()
    for number, row in _rows(file, chosen):
        score.pairs.append(_score(number, row))
        if watched:
            print(f"\r{file.name} {number}", end="", file=sys.stderr, flush=True)
    if watched:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return score


def _score(number: int, row: dict[str, Any]) -> Scored:
    start = time.perf_counter()
    try:
        report = compare_documents(
            row["old"], row["new"], kind="jsonschema", dialect=row["draft"], compatibility="BACKWARD", reading="strict"
        )
    except Exception as error:  # noqa: BLE001  (a crash is an answer to be counted, whatever it is)
        elapsed = (time.perf_counter() - start) * 1000
        last = traceback.extract_tb(error.__traceback__)[-1]
        note = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        return Scored(number, row, Answer.ERROR, elapsed, note)
    elapsed = (time.perf_counter() - start) * 1000
    answer, note = _answer(report)
    false = tuple(payload for payload in _payloads(report) if not _confirmed(row, payload))
    turned_by = tuple(sorted({finding.rule for finding in _lost(report)})) if answer is Answer.COMPATIBLE else ()
    return Scored(number, row, answer, elapsed, note, false, turned_by)


def _findings(report: Report) -> list[Finding]:
    return [*report.findings, *(finding for contract in report.contracts for finding in contract.findings)]


def _lost(report: Report) -> list[Finding]:
    return [finding for finding in _findings(report) if finding.impact in _LOST]


def _answer(report: Report) -> tuple[Answer, str]:
    errors = [*report.errors, *(error for contract in report.contracts for error in contract.errors)]
    if errors or report.verdict is Verdict.UNKNOWN:
        return Answer.ERROR, errors[0].message if errors else "the verdict is unknown"
    if any(finding.change == _NOT_READ for finding in _findings(report)):
        return Answer.ERROR, "old could not be read"
    for kind, answer in (("witness", Answer.BREAKING), ("unproved", Answer.UNDECIDED)):
        for finding in _lost(report):
            if finding.evidence.kind == kind:
                shown = _short(finding.evidence.payload) if kind == "witness" else finding.evidence.note or ""
                return answer, f"{finding.rule}: {shown}"
    return Answer.COMPATIBLE, ""


def _payloads(report: Report) -> list[object]:
    return [finding.evidence.payload for finding in _findings(report) if finding.evidence.kind == "witness"]


def _confirmed(row: dict[str, Any], payload: object) -> bool:
    """Whether plain jsonschema accepts a payload under old and refuses it under new."""
    return _valid(row["old"], payload, row["draft"]) and not _valid(row["new"], payload, row["draft"])


def _valid(schema: Any, payload: object, draft: str) -> bool:  # noqa: ANN401  (a schema is any JSON value)
    import jsonschema  # noqa: PLC0415  (only pairs that break need it)
    from jsonschema.validators import validator_for  # noqa: PLC0415

    named = {
        "draft-04": jsonschema.Draft4Validator,
        "draft-06": jsonschema.Draft6Validator,
        "draft-07": jsonschema.Draft7Validator,
        "2019-09": jsonschema.Draft201909Validator,
        "2020-12": jsonschema.Draft202012Validator,
    }
    validator: Any = validator_for(schema, default=named[draft])
    return bool(validator(schema).is_valid(payload))


def _print(score: Score, show: str) -> None:
    pairs = score.pairs
    print(f"\n{score.name}: {len(pairs)} pairs (targets: {TARGETS})")
    if not pairs:
        return
    wrong = [pair for pair in pairs if pair.wrong]
    undecided = [pair for pair in pairs if pair.answer is Answer.UNDECIDED]
    errors = [pair for pair in pairs if pair.answer is Answer.ERROR]
    missed = [pair for pair in wrong if pair.answer is Answer.COMPATIBLE]
    on_file = sum("witness" in pair.row for pair in missed)
    print(f"  right      {_share(pairs)}")
    if open_ended := [pair for pair in pairs if not _is_finite(pair.row["old"])]:
        print(f"             {_share(open_ended)} of those whose left side is no finite enum")
    print(f"  wrong      {len(wrong)}: {len(missed)} missed breaks ({on_file} with a witness on file), ", end="")
    print(f"{len(wrong) - len(missed)} false breaks")
    print(
        f"  undecided  {len(undecided)}: {sum(pair.row['compatible'] for pair in undecided)} of them labelled compatible"
    )
    print(f"  errors     {len(errors)}")
    print(f"  witnesses  {sum(len(pair.false_witnesses) for pair in pairs)} false")
    _print_turned(pairs)
    _print_times(pairs)
    _print_pairs([pair for pair in pairs if pair.false_witnesses], "false witnesses")
    if show in ("wrong", "all"):
        _print_pairs(wrong, "wrong")
        _print_pairs(errors, "errors")
    if show in ("undecided", "all"):
        _print_pairs(undecided, "undecided")


def _print_turned(pairs: list[Scored]) -> None:
    turned = [pair for pair in pairs if pair.turned_by]
    rules = Counter(rule for pair in turned for rule in pair.turned_by)
    named = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    print(f"  annotations  {len(turned)} verdicts of compatible pairs are risky or breaking for {named or 'none'}")


def _print_times(pairs: list[Scored]) -> None:
    times = sorted(pair.milliseconds for pair in pairs)
    slowest = max(pairs, key=lambda pair: pair.milliseconds)
    print(f"  time       median {statistics.median(times):.1f} ms, ", end="")
    print(f"95th percentile {times[int(len(times) * 0.95)]:.1f} ms, ", end="")
    print(f"slowest {slowest.milliseconds:.0f} ms (row {slowest.number})", flush=True)


def _share(pairs: list[Scored]) -> str:
    right = sum(pair.right for pair in pairs)
    return f"{100 * right / len(pairs):.2f} % ({right} of {len(pairs)})"


def _is_finite(schema: object) -> bool:
    return isinstance(schema, dict) and ("enum" in schema or "const" in schema)


def _print_pairs(pairs: list[Scored], title: str) -> None:
    if not pairs:
        return
    histogram = Counter(keyword for pair in pairs for keyword in sorted(_keywords(pair.row)))
    print(f"\n  {title}, keywords: {', '.join(f'{keyword} {count}' for keyword, count in histogram.most_common())}")
    for pair in pairs:
        row = pair.row
        label = "compatible" if row["compatible"] else "breaking"
        print(
            f"  row {pair.number} {row['id']} {row['draft']}: said {pair.answer}, label {label}; {pair.note[:_SHOWN_WIDTH]}"
        )
        print(f"    old {_short(row['old'])}\n    new {_short(row['new'])}")
        if "witness" in row:
            print(f"    witness on file {_short(row['witness'])}")
        for payload in pair.false_witnesses:
            print(f"    false witness {_short(payload)}")


def _keywords(row: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting: list[object] = [row["old"], row["new"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found.update(value.keys() & KEYWORDS)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


KEYWORDS = frozenset(
    "$dynamicRef $recursiveRef $ref additionalItems additionalProperties allOf anyOf const contains dependencies"
    " dependentRequired dependentSchemas else enum exclusiveMaximum exclusiveMinimum format if items maxContains maximum"
    " maxItems maxLength maxProperties minContains minimum minItems minLength minProperties multipleOf not oneOf pattern"
    " patternProperties prefixItems properties propertyNames required then type unevaluatedItems unevaluatedProperties"
    " uniqueItems".split()
)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN_WIDTH else f"{text[:_SHOWN_WIDTH]}…"


if __name__ == "__main__":
    main()
