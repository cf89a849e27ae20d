"""The patterns of real contracts."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from contractguard.semantics.languages import Emptiness, find_string, matches
from contractguard.semantics.languages.language import language_of

REAL = Path(__file__).parents[3].parent / "shared" / "real"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.exists(), reason="real contracts are not here")]

_MOST_BYTES = 1_500_000


def patterns_in(value: Any) -> set[str]:
    found: set[str] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                found.add(part["pattern"])
            if isinstance(part.get("patternProperties"), dict):
                found.update(key for key in part["patternProperties"] if isinstance(key, str))
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return found


@pytest.fixture(scope="module")
def patterns() -> list[str]:
    found: set[str] = set()
    for file in sorted(REAL.joinpath("pairs").rglob("*.json")):
        if file.is_file() and file.stat().st_size < _MOST_BYTES and b'"pattern' in (text := file.read_bytes()):
            found |= patterns_in(json.loads(text))
    return sorted(found)


def test_nearly_all_are_understood_and_have_a_readable_string(patterns: list[str]) -> None:
    assert len(patterns) > 50
    unknown = [pattern for pattern in patterns if language_of(pattern) is None]
    assert len(unknown) <= 1, "one of them lacks a closing bracket"
    for pattern in patterns:
        found = find_string(matching=[pattern])
        if pattern not in unknown and found is not Emptiness.EMPTY:
            assert isinstance(found, str), pattern
            assert found.isprintable(), pattern
            assert matches(pattern, found) is True


def test_pairs_are_compared_quickly_and_soundly(patterns: list[str]) -> None:
    strings = {pattern: find_string(matching=[pattern]) for pattern in patterns}
    times = []
    for index, first in enumerate(patterns):
        for second in patterns[index % 9 :: 9]:
            start = time.process_time()
            found = find_string(matching=[first], avoiding=[second])
            times.append(time.process_time() - start)
            example = strings[first]
            if found is Emptiness.EMPTY and isinstance(example, str):
                assert matches(second, example) is True, (first, second)
    assert sorted(times)[len(times) // 2] < 0.003
