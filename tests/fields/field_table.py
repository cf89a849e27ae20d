"""The table of all fields of OpenAPI, `docs/openapi-fields.md`: what a change to each means.

`fixtures/openapi-fields` holds small pairs for each field; its README explains them. Every pair is compared in each version that
has the field, and what is found goes into the table: `python tests/fields/field_table.py` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from contractguard import Finding, Impact, Report, compare_documents
from contractguard.rules.pages import installed_catalogue

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "openapi-fields"
PAGE = ROOT / "docs" / "openapi-fields.md"
HERE = "HERE"
"""In a frame: the place of the two sides of a pair."""
ABSENT = "ABSENT"
"""In a side that is a whole description: the member is not there."""

_NAMED = {
    "2.0": {"swagger": "2.0"},
    "3.0": {"openapi": "3.0.4"},
    "3.1": {"openapi": "3.1.1"},
    "3.2": {"openapi": "3.2.0"},
}
_ORDER = (Impact.BREAKING, Impact.RISKY, Impact.COMPATIBLE, Impact.INFO)
_NOTICE = "<!-- Written by `python tests/fields/field_table.py` from fixtures/openapi-fields. Do not edit. -->\n"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Cell = tuple[tuple[Impact, str], ...]
"""Impact and rule of each finding, the worst first; no finding at all is empty."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One change of a field in one version of OpenAPI: two whole descriptions."""

    object: str
    field: str
    version: str
    change: str
    base: Any
    head: Any
    directions: tuple[str, ...]

    @property
    def id(self) -> str:
        """What tells it apart from all others."""
        return f"{self.version} {self.object} {self.field}: {self.change}"


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table, or several: a field of an object. `unjudged`: the specification gives it no meaning."""

    name: str
    versions: tuple[str, ...]
    says: str
    why: str
    unjudged: bool
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ObjectFields:
    """A section of the page: an object with its fields. `has_directions` is False for what is said once for the contract."""

    title: str
    file: str
    versions: tuple[str, ...]
    about: str
    has_directions: bool
    fields: tuple[Field, ...]


@dataclass(slots=True)
class Judged:
    """What the comparison finds in a pair: a cell for each direction in which its object occurs."""

    cells: dict[str, Cell]
    notes: tuple[str, ...] = field(default=())


def objects() -> list[ObjectFields]:
    """All objects, in the order of the files."""
    return [_object(path) for path in sorted(FIXTURES.glob("*.yaml"))]


def judged(pair: Pair) -> Judged:
    """Compare the two sides of a pair."""
    report: Report = compare_documents(pair.base, pair.head, kind="openapi", profile="everything")
    (contract,) = report.contracts
    assert contract.errors == (), (pair.id, contract.errors)
    # What is said once, of the contract or of an operation, counts as input: it belongs to the only direction that there is.
    is_one = len(pair.directions) == 1
    cells = {one: _cell(contract.findings, None if is_one else one) for one in pair.directions}
    return Judged(cells, contract.notes)


def _cell(findings: tuple[Finding, ...], direction: str | None) -> Cell:
    found = {
        (finding.impact, finding.rule)
        for finding in findings
        if direction in (None, finding.direction)
        if not finding.change.startswith("version.")  # both sides name the same version, which is another matter
    }
    return tuple(sorted(found, key=lambda entry: (_ORDER.index(entry[0]), entry[1])))


def _object(path: Path) -> ObjectFields:
    data = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  (plain values only)
    versions = tuple(data["versions"].split())
    has_directions = any(frame["directions"] != "none" for frame in data["frames"])
    fields = tuple(_field(data, name, item, versions) for name, item in data["fields"].items())
    return ObjectFields(data["object"], path.name, versions, data["about"], has_directions, fields)


def _field(data: Mapping[str, Any], name: str, item: Mapping[str, Any], versions: tuple[str, ...]) -> Field:
    of_field = tuple(item.get("versions", " ".join(versions)).split())
    shared = {key: item[key] for key in ("frames", "directions") if key in item}
    pairs = [pair for change in item["changes"] for pair in _pairs(data, name, {**shared, **change}, of_field)]
    return Field(name, of_field, item["says"], item.get("why", ""), "unjudged" in item, tuple(pairs))


def _pairs(data: Mapping[str, Any], name: str, change: Mapping[str, Any], versions: tuple[str, ...]) -> Iterator[Pair]:
    usual = {} if change.get("bare") else data.get("usual", {})
    sides = [side if isinstance(side, bool | str) else {**usual, **side} for side in (change["base"], change["head"])]
    for version in change.get("versions", " ".join(versions)).split():
        frames = change.get("frames", data["frames"])
        frame = next(one for one in frames if version in one["versions"].split())
        directions = tuple(change.get("directions", frame["directions"]).split())
        for told, way in ((change["change"], sides), (change.get("back"), sides[::-1])):
            if told is not None:
                base, head = (_description(version, frame, side, change) for side in way)
                yield Pair(data["object"], name, version, told, base, head, directions)


def _description(version: str, frame: Mapping[str, Any], side: Any, change: Mapping[str, Any]) -> Any:
    """A whole description with `side` at its place. `with` of a change adds members at the root."""
    usual: dict[str, Any] = {"info": {"title": "Things", "version": "1.0.0"}, "paths": {}}
    framed = frame["description"]
    if framed == HERE:
        return {name: item for name, item in {**_NAMED[version], **usual, **side}.items() if item != ABSENT}
    return {**_NAMED[version], **usual, **_merged(_filled(framed, side), change.get("with", {}))}


def _merged(value: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    merged = dict(value)
    for name, item in more.items():
        held = merged.get(name)
        merged[name] = _merged(held, item) if isinstance(held, dict) and isinstance(item, dict) else item
    return merged


def _filled(frame: Any, side: Any) -> Any:
    if frame == HERE:
        return side
    if isinstance(frame, dict):
        return {name: _filled(item, side) for name, item in frame.items()}
    return [_filled(item, side) for item in frame] if isinstance(frame, list) else frame


def page(found: Mapping[str, Judged]) -> str:
    """The page, from what was found in each pair by its id."""
    sections = objects()
    lines = [_NOTICE, *_INTRODUCTION, ""]
    for section in sections:
        lines += [f"- [{_heading(section)}](#{_anchor(_heading(section))})"]
    families = {rule.id: rule.family for rule in installed_catalogue()}
    for section in sections:
        lines += ["", f"## {_heading(section)}", "", section.about, ""]
        columns = ("input", "output") if section.has_directions else ("impact",)
        lines += [
            f"| field | in | what it says | change | {' | '.join(columns)} |",
            "|---" * (4 + len(columns)) + "|",
        ]
        for one in section.fields:
            lines += _rows(one, found, families, columns)
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "# The fields of OpenAPI",
    "",
    "For every field of every object of OpenAPI 2.0, 3.0, 3.1 and 3.2: what a change to it means. Each row was compared by",
    "contractguard in every version that it names. *input* is what the provider accepts (requests), *output* what it emits",
    "(responses); in callbacks and webhooks the two are the other way round, and a parameter of such a call is output. A dash:",
    "the object does not occur in this direction. *nothing*: there is no finding, and the row says why. A field that the",
    "specification does not know is an [unjudged-change](rules/unjudged.md#unjudged-change).",
)


def _heading(section: ObjectFields) -> str:
    return f"{section.title} ({_versions(section.versions)})"


def _versions(versions: tuple[str, ...]) -> str:
    return ", ".join(versions)


def _anchor(heading: str) -> str:
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " -")
    return "".join(kept).replace(" ", "-")


def _rows(
    one: Field, found: Mapping[str, Judged], families: Mapping[str, str], columns: tuple[str, ...]
) -> Iterator[str]:
    """A row for each change; versions in which the outcome differs have rows of their own."""
    says = " ".join(f"{one.says} {one.why}".split()).replace("|", "\\|")
    name = f"`{one.name}`"
    changes = dict.fromkeys(pair.change for pair in one.pairs)
    for change in changes:
        outcomes: dict[tuple[str, ...], list[str]] = {}
        for pair in one.pairs:
            if pair.change == change:
                cells = found[pair.id].cells
                texts = tuple(
                    _text(cells.get("none" if column == "impact" else column), families) for column in columns
                )
                outcomes.setdefault(texts, []).append(pair.version)
        for texts, versions in outcomes.items():
            cells_of_row = (name, _versions(tuple(versions)), says, change, *texts)
            yield f"| {' | '.join(cells_of_row)} |"
            name, says = "", ""


def _text(cell: Cell | None, families: Mapping[str, str]) -> str:
    if cell is None:
        return "-"
    if not cell:
        return "nothing"
    return "; ".join(f"{impact}: [{rule}](rules/{families[rule]}.md#{rule})" for impact, rule in cell)


def judged_all() -> dict[str, Judged]:
    """What is found in every pair, by its id."""
    return {pair.id: judged(pair) for section in objects() for one in section.fields for pair in one.pairs}


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(judged_all()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
