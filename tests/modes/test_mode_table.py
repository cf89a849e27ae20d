"""The table of allowed changes: it is current, obeys the laws of the modes, and others come to the same answers."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import avro.schema
import pytest
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType
from jsonschema import Draft202012Validator
from mode_table import (
    ASKING,
    MODES,
    PAGE,
    READINGS,
    Change,
    History,
    changes,
    compared,
    compared_with_all,
    histories,
    page,
    readings_of,
    row,
    steps,
)

from contractguard import Impact
from contractguard.model.values import UNSET

AVRO, JSON_SCHEMA = changes("avro"), changes("jsonschema")
CHANGES = [*AVRO, *JSON_SCHEMA]
HISTORIES = histories()
WORST = ("no", "warns", "yes")
SECTION = {
    "avro": re.compile(r"\((Schema Resolution|Aliases|Complex Types|Logical Types|Sort Order)\b[\w ;,]*\)\.$"),
    "jsonschema": re.compile(r"\((Core|Validation) \d+(\.\d+)+[\w .,]*\)\.$"),
}
EITHER_WAY = (("BACKWARD", "before", "after"), ("FORWARD", "after", "before"))
"""Mode, the side that writes, the side that reads."""


def name_of(item: Change | History) -> str:
    return item.name


@cache
def answers(name: str, reading: str) -> dict[str, str]:
    (change,) = [change for change in CHANGES if change.name == name]
    return dict(zip(MODES, (one.word for one in row(change, reading)), strict=True))


every_change = pytest.mark.parametrize("change", CHANGES, ids=name_of)
every_reading = pytest.mark.parametrize("reading", READINGS)


@pytest.mark.source
def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/modes/mode_table.py"


def test_changes_have_names_of_their_own_and_are_many() -> None:
    assert len({change.name for change in CHANGES}) == len(CHANGES)
    assert min(len(AVRO), len(JSON_SCHEMA)) >= 25


@every_change
def test_each_change_has_a_sentence_with_its_section(change: Change) -> None:
    assert change.before != change.after
    assert SECTION[change.kind].search(change.why)
    assert ". " not in change.why


@every_change
@every_reading
def test_none_allows_everything_and_full_is_the_worse_of_both_ways(change: Change, reading: str) -> None:
    words = answers(change.name, reading)
    assert words["NONE"] == "yes"
    assert words["FULL"] == min(words["BACKWARD"], words["FORWARD"], key=WORST.index)


@every_change
@every_reading
def test_strict_never_allows_more(change: Change, reading: str) -> None:
    for mode in MODES:
        assert WORST.index(answers(change.name, "strict")[mode]) <= WORST.index(answers(change.name, reading)[mode])


@every_change
@every_reading
def test_the_change_taken_back_breaks_the_other_way(change: Change, reading: str) -> None:
    back = Change(change.kind, "back", "", change.formats, change.after, change.before)
    words = answers(change.name, reading)
    taken_back = dict(zip(MODES, (one.word for one in row(back, reading)), strict=True))
    for mode, other in (("BACKWARD", "FORWARD"), ("FORWARD", "BACKWARD")):
        assert (taken_back[mode] == "no") == (words[other] == "no")


@pytest.mark.parametrize("change", AVRO, ids=name_of)
def test_another_checker_of_avro_agrees(change: Change) -> None:
    """A warning is about reads that succeed, so this is yes for both."""
    for mode, writer, reader in EITHER_WAY:
        read, written = (avro.schema.parse(json.dumps(getattr(change, side))) for side in (reader, writer))
        checker = ReaderWriterCompatibilityChecker()  # type: ignore[no-untyped-call]
        result = checker.get_compatibility(read, written).compatibility
        assert (answers(change.name, "declared")[mode] == "no") == (result is SchemaCompatibilityType.incompatible)


@pytest.mark.parametrize("change", JSON_SCHEMA, ids=name_of)
@every_reading
def test_each_no_of_json_schema_has_a_payload_that_the_reader_refuses(change: Change, reading: str) -> None:
    for mode, writer, reader in EITHER_WAY:
        payloads = refused(change, mode, reading)
        assert bool(payloads) == (answers(change.name, reading)[mode] == "no")
        for payload in payloads:
            assert Draft202012Validator(getattr(change, writer)).is_valid(payload)
            assert not Draft202012Validator(getattr(change, reader)).is_valid(payload)


def refused(change: Change, mode: str, reading: str) -> list[Any]:
    (contract,) = compared(change, mode, reading).contracts
    breaking = [finding for finding in contract.findings if finding.impact is Impact.BREAKING]
    return [finding.evidence.payload for finding in breaking if finding.evidence.payload is not UNSET]


def test_avro_knows_no_readings() -> None:
    assert {len(readings_of(change)) for change in AVRO} == {1}


@pytest.mark.parametrize(
    ("name", "reading", "words"),
    [
        ("a field with a default is added", "declared", "yes yes yes yes"),
        ("a field without a default is added", "declared", "yes no yes no"),
        ("a field without a default is removed", "declared", "yes yes no no"),
        ("a field is renamed with an alias", "declared", "yes yes no no"),
        ("long becomes double", "declared", "yes warns no no"),
        ("a symbol is removed from an enum with a default", "declared", "yes warns yes warns"),
        ("a fixed type gets another size", "declared", "yes no no no"),
        ("an optional property is added to an open object", "declared", "yes yes yes yes"),
        ("an optional property is added to an open object", "strict", "yes no yes no"),
        ("an optional property is added to a closed object", "declared", "yes yes no no"),
        ("an optional property becomes required", "declared", "yes no yes no"),
        ("values of an enum change their order", "strict", "yes yes yes yes"),
        ("a branch that overlaps another is added to a oneOf", "declared", "yes no no no"),
    ],
)
def test_answers_that_are_beyond_doubt(name: str, reading: str, words: str) -> None:
    assert list(answers(name, reading).values()) == words.split()


@pytest.mark.parametrize("history", HISTORIES, ids=name_of)
def test_no_step_breaks_and_the_whole_does(history: History) -> None:
    *single, whole, transitive = [[one.word for one in step.answers] for step in steps(history)]
    assert len(single) == len(history.versions) - 1
    assert all("no" not in words for words in single)
    assert "no" in whole
    assert transitive == [min(words, key=WORST.index) for words in zip(*single[-1:], whole, strict=True)]


@pytest.mark.parametrize("history", HISTORIES, ids=name_of)
@pytest.mark.parametrize("mode", ASKING)
def test_the_plain_mode_asks_of_the_last_version_alone(history: History, mode: str) -> None:
    report = compared_with_all(history, mode)
    assert len(report.contracts) == len(history.versions)
    assert report.verdict != "breaking"
