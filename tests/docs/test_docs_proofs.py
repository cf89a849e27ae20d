"""The page about proofs knows every word and every limit with which a search can stop, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from contractguard.semantics import inclusion

PAGE = Path(__file__).resolve().parents[2] / "docs" / "proofs.md"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(inclusion.__file__).parent.glob("*.py")))
STOPS = re.compile(r"(?:\bnote\(|\bUndecidedError\(|\bunknown\(\[)(?P<what>[^()]*(?:\"[^()]*)+)[\])]")
WORD = re.compile(r"\"([^\"]+)\"")
LIMIT = re.compile(r"^_?(?:MOST_\w+|AUTOMATON_STEPS) = ([\d_]+)$", re.MULTILINE)


def table() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text[text.index("| word | what happened |") : text.index("Beside these:")]


def test_every_word_that_stops_a_search_is_explained_and_no_other() -> None:
    said = {word for stop in STOPS.finditer(CODE) for word in WORD.findall(stop["what"])}
    explained = {
        word for row in re.findall(r"^\| (`[^|]*`) \|", table(), re.MULTILINE) for word in re.findall(r"`([^`]+)`", row)
    }
    assert {"budget", "pattern", "$ref", "unevaluatedItems", "minItems"} <= said
    assert explained == said


def test_every_limit_of_the_search_is_named() -> None:
    limits = {int(number) for number in LIMIT.findall(re.sub(r"^_MOST_DIGITS = .*$", "", CODE, flags=re.MULTILINE))}
    numbers = {int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]*\b", table())}
    assert {60_000, 20_000} <= limits
    assert limits - numbers == set()
