"""Schemas that are put elsewhere: into definitions, under names of their own, into other files. No payload changes by that."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractguard import Report, compare_documents, compare_files

D4, D7 = "http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#"
D19, D20 = "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema"
Json = Any
Way = tuple[str | int, ...]


def serious(report: Report) -> list[str]:
    assert [error for contract in report.contracts for error in contract.errors] == []
    findings = [finding for contract in report.contracts for finding in contract.findings]
    return [finding.rule for finding in findings if finding.impact in {"breaking", "risky"}]


def compared(folder: Path, base: dict[str, Json], head: dict[str, Json]) -> Report:
    for name, files in (("old", base), ("new", head)):
        for path, value in files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(json.dumps(value), encoding="utf-8")
    return compare_files(folder / "old", folder / "new", reading="strict")


def leading_to(reference: str, **more: Json) -> dict[str, Json]:
    return {"$schema": D20, "type": "object", "properties": {"a": {"$ref": reference}}, **more}


TEXT = {"type": "string", "maxLength": 9}
ONE = {
    "inline": {"main.json": {"$schema": D20, "type": "object", "properties": {"a": TEXT}}},
    "definitions": {"main.json": leading_to("#/definitions/x", definitions={"x": TEXT})},
    "$defs": {"main.json": leading_to("#/$defs/x", **{"$defs": {"x": TEXT}})},
    "anchor": {"main.json": leading_to("#here", **{"$defs": {"x": {"$anchor": "here", **TEXT}}})},
    "identifier": {
        "main.json": leading_to("x", **{"$id": "https://x.org/s/main", "$defs": {"y": {"$id": "x", **TEXT}}})
    },
    "urn": {"main.json": leading_to("urn:example:x", **{"$defs": {"x": {"$id": "urn:example:x", **TEXT}}})},
    "another version of itself": {
        "main.json": leading_to("https://x.org/1.1#/$defs/x", **{"$id": "https://x.org/1.1", "$defs": {"x": TEXT}})
    },
    "file": {"main.json": leading_to("parts/x.json"), "parts/x.json": {"$schema": D20, **TEXT}},
    "file by its name": {
        "main.json": leading_to("https://x.org/x"),
        "far/away.json": {"$id": "https://x.org/x", **TEXT},
    },
    "part of a file": {"main.json": leading_to("my%20x.json#/$defs/a~1b"), "my x.json": {"$defs": {"a/b": TEXT}}},
    "anchor of a file": {
        "main.json": leading_to("x.json#t"),
        "x.json": {"$schema": D20, "$defs": {"y": {"$anchor": "t", **TEXT}}},
    },
    "embedded in a file": {
        "main.json": leading_to("https://x.org/inner"),
        "x.json": {"$schema": D20, "$id": "https://x.org/x", "$defs": {"y": {"$id": "inner", **TEXT}}},
    },
    "embedded in another dialect": {
        "main.json": leading_to("urn:x", **{
            "$defs": {"x": {"$id": "urn:x", "$schema": D7, "definitions": {"t": TEXT}, "allOf": [{"$ref": "#/definitions/t"}]}}
        }),
    },
    "file of an old draft": {"main.json": leading_to("x.json"), "x.json": {"$schema": D4, "id": "https://x.org/x", **TEXT}},
}  # fmt: skip


@pytest.mark.parametrize("head", ONE)
@pytest.mark.parametrize("base", ["inline", "file", "embedded in a file"])
def test_where_a_schema_stands_says_nothing_about_payloads(tmp_path: Path, base: str, head: str) -> None:
    report = compared(tmp_path, ONE[base], ONE[head])
    (contract,) = [contract for contract in report.contracts if contract.path == "main.json"]
    assert contract.verdict in {"unchanged", "compatible"}
    assert serious(report) == []


@pytest.mark.parametrize("where", ONE)
def test_what_changes_is_seen_wherever_it_stands(tmp_path: Path, where: str) -> None:
    text = json.dumps(ONE[where])
    shorter = json.loads(text.replace('"maxLength": 9', '"maxLength": 8'))
    report = compared(tmp_path, ONE[where], shorter)
    (contract,) = [contract for contract in report.contracts if contract.path == "main.json"]
    (finding,) = [finding for finding in contract.findings if finding.impact == "breaking"]
    assert (finding.rule, finding.evidence.kind) == ("bound-tightened", "witness")
    assert finding.evidence.payload == {"a": "text" + "t" * 5} or len(finding.evidence.payload["a"]) == 9


@pytest.mark.parametrize(
    "keyword", ["confluent:tags", "confluent:version", "x-data-classification", "meta:enum", "title:de"]
)
@pytest.mark.parametrize("compatibility", ["BACKWARD", "FORWARD", "FULL"])
def test_tags_are_told_and_break_nobody(keyword: str, compatibility: str) -> None:
    schemas = [{"$schema": D20, "type": "string", **tag} for tag in ({}, {keyword: ["PII"]}, {keyword: ["public"]})]
    for base in schemas:
        for head in schemas:
            report = compare_documents(base, head, kind="jsonschema", compatibility=compatibility, profile="everything")
            rules = {
                (finding.rule, str(finding.impact)) for contract in report.contracts for finding in contract.findings
            }
            assert rules == (set() if base == head else {("extension-changed", "info")})


@pytest.mark.parametrize("keyword", [":tags", "tags", "connect.type"])
def test_a_keyword_that_may_be_anything_is_not_taken_for_a_tag(keyword: str) -> None:
    base, head = ({"$schema": D20, "type": "string", keyword: value} for value in (1, 2))
    assert serious(compare_documents(base, head, kind="jsonschema")) == ["unjudged-change"]


def test_bounds_are_told_as_they_are_written() -> None:
    base, head = (
        {"$schema": D20, "type": "integer", **bounds} for bounds in ({"exclusiveMinimum": 3}, {"exclusiveMinimum": 5})
    )
    ((finding,),) = [contract.findings for contract in compare_documents(base, head, kind="jsonschema").contracts]
    assert "from > 3 to > 5" in finding.message
    same = {"$schema": D20, "type": "integer", "minimum": 4}
    assert compare_documents(base, same, kind="jsonschema").verdict == "unchanged"


NAMES = ("a", "b", "c")


def some_schema(dice: random.Random, depth: int = 3) -> dict[str, Json]:
    """A schema of keywords that mean the same in all dialects but draft-04."""
    if depth == 0 or dice.random() < 0.3:
        plain = (
            {"type": "string", "maxLength": dice.randint(0, 4)},
            {"type": "integer", "minimum": dice.randint(-2, 3)},
        )
        return dict(
            dice.choice((*plain, {"enum": [1, "x", None]}, {"type": ["string", "null"]}, {"pattern": "^a"}, {}))
        )
    kind = dice.randrange(4)
    if kind == 0:
        closed = {"additionalProperties": False} if dice.random() < 0.3 else {}
        names = dice.sample(NAMES, 2)
        return {
            "type": "object",
            "properties": {name: some_schema(dice, depth - 1) for name in names},
            "required": names[:1],
            **closed,
        }
    if kind == 1:
        return {"type": "array", "items": some_schema(dice, depth - 1), "minItems": dice.randint(0, 2)}
    if kind == 2:
        return {"not": some_schema(dice, depth - 1)}
    return {dice.choice(("allOf", "anyOf", "oneOf")): [some_schema(dice, depth - 1) for _ in range(2)]}


def ways(schema: Json, way: Way = ()) -> Iterator[Way]:
    """The ways to all subschemas."""
    if way:
        yield way
    for keyword, value in schema.items():
        if keyword == "properties":
            below: list[tuple[Way, Json]] = [((keyword, name), child) for name, child in value.items()]
        elif keyword in {"allOf", "anyOf", "oneOf"}:
            below = [((keyword, index), child) for index, child in enumerate(value)]
        else:
            below = [((keyword,), value)] if keyword in {"items", "not"} else []
        for step, child in below:
            yield from ways(child, (*way, *step))


def moved(dice: random.Random, schema: dict[str, Json], dialect: str) -> dict[str, Json]:
    """The files of the same schema with some of its parts elsewhere."""
    main = copy.deepcopy(schema)
    files: dict[str, Json] = {"main.json": main}
    for number in range(dice.randint(1, 4)):
        inner = [way for way in ways(main) if "$ref" not in _at(main, way)]
        if not inner:
            break
        way = dice.choice(inner)
        part, name = _at(main, way), f"n{number}"
        alone = all("$ref" not in _at(part, below) for below in ways(part))
        how = dice.choice(("definition", "identifier", "file", "named file", "part")) if alone else "definition"
        definitions = dice.choice(("$defs", "definitions")) if dialect in {D19, D20} else "definitions"
        if how in {"definition", "identifier"}:
            names = {"$id": f"urn:x:{name}"} if how == "identifier" else {}
            main.setdefault(definitions, {})[name] = {**names, **part}
            reference = f"urn:x:{name}" if names else f"#/{definitions}/{name}"
        elif how == "file":
            files[f"parts/{name}.json"], reference = {"$schema": dialect, **part}, f"parts/{name}.json"
        elif how == "named file":
            files[f"other/{number}.json"], reference = (
                {"$schema": dialect, "$id": f"urn:f:{name}", **part},
                f"urn:f:{name}",
            )
        else:
            files[f"{name}.json"], reference = (
                {"$schema": dialect, definitions: {"p q": part}},
                f"{name}.json#/{definitions}/p%20q",
            )
        _at(main, way[:-1])[way[-1]] = {"$ref": reference}
    return files


def _at(schema: Json, way: Way) -> Json:
    for step in way:
        schema = schema[step]
    return schema


@pytest.mark.parametrize("dialect", [D7, D19, D20])
@pytest.mark.parametrize("seed", range(30))
def test_any_schema_may_be_spread_over_files(tmp_path: Path, dialect: str, seed: int) -> None:
    dice = random.Random(f"{dialect} {seed}")  # noqa: S311  (it hides nothing)
    schema = {"$schema": dialect, **some_schema(dice)}
    files = moved(dice, schema, dialect)
    for number, (base, head) in enumerate((({"main.json": schema}, files), (files, {"main.json": schema}))):
        report = compared(tmp_path / str(number), base, head)
        whole = [contract for contract in report.contracts if contract.path == "main.json"]
        assert [str(contract.verdict) for contract in whole] in (["unchanged"], ["compatible"])
        assert [finding.rule for finding in whole[0].findings if finding.impact in {"breaking", "risky"}] == []
