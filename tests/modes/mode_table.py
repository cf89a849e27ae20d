"""The tables of `docs/compatibility-modes.md`: which changes each compatibility mode allows.

`fixtures/modes` holds the changes; its README explains them. Every answer is computed by comparing the two schemas:
`python tests/modes/mode_table.py` writes the page.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from contractguard import Report, Verdict, compare_documents, compare_files
from contractguard.rules.pages import installed_catalogue

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "modes"
PAGE = ROOT / "docs" / "compatibility-modes.md"
DIALECT = "draft-2020-12"
MODES = ("NONE", "BACKWARD", "FORWARD", "FULL")
ASKING = MODES[1:]
"""The modes that promise something; each has a transitive form."""
READINGS = ("declared", "strict")
_WORDS = {
    Verdict.BREAKING: "no",
    Verdict.RISKY: "warns",
    Verdict.COMPATIBLE: "yes",
    Verdict.UNCHANGED: "yes",
}
_DECIDING = {"no": "breaking", "warns": "risky"}
"""Word → the impact of the findings that it comes from."""
_NAMED: dict[str, dict[str, str]] = {
    "avro": {},
    "jsonschema": {"$schema": "https://json-schema.org/draft/2020-12/schema"},
}
"""What a file needs to be found as a contract of its kind."""
_NOTICE = "<!-- Written by `python tests/modes/mode_table.py` from fixtures/modes. Do not edit. -->\n"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a contract of a kind (`avro`, `jsonschema`): two schemas, and the sentence that explains the answers."""

    kind: str
    name: str
    why: str
    formats: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class History:
    """A contract with its versions, the oldest first: name → schema."""

    kind: str
    name: str
    why: str
    versions: dict[str, Any]


class Answer(NamedTuple):
    """`yes`, `warns` or `no`, and the rule that decided, empty for `yes`."""

    word: str
    rule: str


@dataclass(frozen=True, slots=True)
class Step:
    """A row of a history: the newer version against one older or, in the transitive modes, against all."""

    text: str
    answers: tuple[Answer, ...]


def changes(kind: str) -> list[Change]:
    """The changes of a kind, in the order of the page."""
    name = {"avro": "avro.yaml", "jsonschema": "json-schema.yaml"}[kind]
    return [
        Change(kind, item["name"], item["why"], item.get("formats", "annotations"), item["before"], item["after"])
        for item in _data(name)
    ]


def histories() -> list[History]:
    """The contracts with several versions, in the order of the page."""
    return [History(**item) for item in _data("histories.yaml")]


def _data(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))
    return items


def compared(change: Change, mode: str, reading: str = "declared") -> Report:
    """The report on a change in one mode."""
    return compare_documents(
        change.before,
        change.after,
        kind=change.kind,
        dialect=_dialect(change.kind),
        compatibility=mode,
        reading=reading,
        formats=change.formats,
    )


def _dialect(kind: str) -> str | None:
    return DIALECT if kind == "jsonschema" else None


def answer(report: Report) -> Answer:
    """What a report answers. Raises `ValueError` where nothing was compared, or a side could not be read."""
    if not report.contracts or report.verdict is Verdict.UNKNOWN:
        raise ValueError(f"no answer: {report.notes} {[contract.errors for contract in report.contracts]}")
    word = _WORDS[report.verdict]
    deciding = [
        finding.rule
        for contract in report.contracts
        for finding in contract.findings
        if finding.impact == _DECIDING.get(word)
    ]
    return Answer(word, deciding[0] if deciding else "")


def row(change: Change, reading: str = "declared") -> tuple[Answer, ...]:
    """The answers to a change, one for each mode."""
    return tuple(answer(compared(change, mode, reading)) for mode in MODES)


def readings_of(change: Change) -> list[tuple[str, tuple[Answer, ...]]]:
    """Reading → answers; one entry, `both`, where the readings answer alike. Avro knows no readings."""
    declared, strict = (row(change, reading) for reading in READINGS)
    if [one.word for one in declared] == [one.word for one in strict]:
        return [("both", declared)]
    return [("declared", declared), ("strict", strict)]


def steps(history: History) -> Iterator[Step]:
    """Each version against the one before it, the last against the first, and the last against all older ones."""
    names = list(history.versions)
    for older, newer in [*itertools.pairwise(names), (names[0], names[-1])]:
        change = Change(history.kind, "", "", "annotations", history.versions[older], history.versions[newer])
        yield Step(f"{older} → {newer}", tuple(answer(compared(change, mode)) for mode in ASKING))
    transitive = tuple(answer(compared_with_all(history, f"{mode}_TRANSITIVE")) for mode in ASKING)
    yield Step(f"{names[-1]}, transitive", transitive)


def compared_with_all(history: History, mode: str) -> Report:
    """The report on the last version, where all versions lie side by side in a folder and the last is new."""
    ending = {"avro": "avsc", "jsonschema": "schema.json"}[history.kind]
    *older, _ = history.versions
    with tempfile.TemporaryDirectory() as name:
        sides = [Path(name, side) for side in ("base", "head")]
        for side, versions in zip(sides, (older, list(history.versions)), strict=True):
            (side / "order").mkdir(parents=True)
            for version in versions:
                text = json.dumps({**_NAMED[history.kind], **history.versions[version]})
                (side / "order" / f"{version}.{ending}").write_text(text, encoding="utf-8")
        return compare_files(*sides, kind=history.kind, dialect=_dialect(history.kind), compatibility=mode)


def page() -> str:
    """The page."""
    families = {rule.id: rule.family for rule in installed_catalogue()}
    lines = [_NOTICE, *_INTRODUCTION, "", "## Avro", "", *_AVRO, "", *_heading("change", *MODES, "why")]
    lines += [_line(change.name, *_cells(row(change), families), change.why) for change in changes("avro")]
    lines += ["", "## JSON Schema", "", *_JSON_SCHEMA, "", *_heading("change", "reading", *MODES, "why")]
    for change in changes("jsonschema"):
        name, why = change.name, change.why
        for reading, answers in readings_of(change):
            lines.append(_line(name, reading, *_cells(answers, families), why))
            name, why = "", ""
    lines += ["", "## The transitive modes", "", *_TRANSITIVE]
    for history in histories():
        lines += ["", f"### {history.name[0].upper()}{history.name[1:]}", "", history.why, ""]
        lines += [f"- `{version}`: `{json.dumps(schema)}`" for version, schema in history.versions.items()]
        lines += ["", *_heading("step", *ASKING)]
        lines += [_line(step.text, *_cells(step.answers, families)) for step in steps(history)]
    return "\n".join(lines) + "\n"


def _heading(*cells: str) -> list[str]:
    return [_line(*cells), "|---" * len(cells) + "|"]


def _line(*cells: str) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _cells(answers: tuple[Answer, ...], families: dict[str, str]) -> list[str]:
    return [f"[{one.word}](rules/{families[one.rule]}.md#{one.rule})" if one.rule else one.word for one in answers]


_INTRODUCTION = (
    "# What each compatibility mode allows",
    "",
    "[Avro](#avro) · [JSON Schema](#json-schema) · [the transitive modes](#the-transitive-modes)",
    "",
    "Every answer on this page was computed by comparing the two schemas of the change; they lie in `fixtures/modes`.",
    "",
    "- `BACKWARD`: the new version reads what the old one wrote. `FORWARD`: the old version reads what the new one writes.",
    "  `FULL`: both. `NONE` promises nothing. [Compatibility](reading-modes.md#compatibility) says how to set a mode.",
    "- *yes*: the change is allowed. *no*: it breaks. *warns*: no read fails for certain, and somebody may still be hurt.",
    "  The word leads to the rule that decided.",
    "",
    "A mode also says who is upgraded first: under `BACKWARD` the readers, under `FORWARD` the writers, under `FULL` anybody.",
)
_AVRO = (
    "The sections in brackets are of the Avro 1.12 specification. [Avro](avro.md) says how it is read, and of which reads we",
    "warn although they succeed.",
)
_JSON_SCHEMA = (
    "The sections in brackets are of JSON Schema 2020-12, Core and Validation. *Reading* is",
    "[how an open object is taken](reading-modes.md#reading); *both*: the two readings answer alike. Formats are annotations,",
    "where the change does not say otherwise.",
)
_TRANSITIVE = (
    "`BACKWARD_TRANSITIVE`, `FORWARD_TRANSITIVE` and `FULL_TRANSITIVE` ask of every supported version before the new one what",
    "`BACKWARD`, `FORWARD` and `FULL` ask of the last: data of the first version are still stored, or its readers still run.",
    "That is another question, because compatible steps do not add up. In each contract below, which has three versions, no",
    "step breaks, and the two together do. The last row is the newest version in the transitive form of the mode, with all",
    "versions side by side in a folder. [Histories](histories.md#every-supported-version) says which versions count.",
)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
