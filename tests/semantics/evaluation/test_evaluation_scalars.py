"""Types, listed values, numbers and strings."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_cases import holds
from schema_dice import DRAFTS

_VALUES: dict[str, Any] = {
    "null": None,
    "boolean": True,
    "integer": 3,
    "number": 2.5,
    "string": "a",
    "array": [],
    "object": {},
}


@pytest.mark.parametrize("kind", _VALUES)
@pytest.mark.parametrize("other", _VALUES)
def test_a_type_takes_its_values_and_no_others(kind: str, other: str) -> None:
    assert holds({"type": kind}, _VALUES[other]) is (kind == other or (kind, other) == ("number", "integer"))


@pytest.mark.parametrize("dialect", [*DRAFTS, "openapi-2.0", "openapi-3.0", "openapi-3.1", "openapi-3.2"])
def test_whole_numbers_are_integers_however_they_are_written(dialect: str) -> None:
    assert holds({"type": "integer"}, 1.0, dialect=dialect) is True
    assert holds({"type": "integer"}, 1, dialect=dialect) is True
    assert holds({"type": "number"}, 1.0, dialect=dialect) is True
    assert holds({"minimum": 1}, 1.0, dialect=dialect) is True
    assert holds({"type": "integer"}, 1.5, dialect=dialect) is False


def test_booleans_are_schemas() -> None:
    assert holds(True, {"a": [1]}) is True  # noqa: FBT003
    assert holds(False, None) is False  # noqa: FBT003
    assert holds({}, 1) is True
    assert holds({"not": {}}, 1) is False


@pytest.mark.parametrize(
    ("listed", "value", "expected"),
    [
        (1, 1.0, True),
        (1.0, 1, True),
        (1, True, False),
        (True, 1, False),
        (0, False, False),
        (False, 0, False),
        (None, None, True),
        (None, False, False),
        (None, 0, False),
        ("a", "a", True),
        ("1", 1, False),
        ("", None, False),
        ([1, True], [1.0, True], True),
        ([1, True], [1, 1], False),
        ([1, 2], [2, 1], False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([], {}, False),
        ("[]", [], False),
        (0.1, 0.1, True),
        (2**53, float(2**53), True),
        (2**53, 2**53 + 1, False),
        (2**60 + 1, float(2**60), False),
        (-(2**60), -float(2**60), True),
        (1e308, 1e308, True),
        (1e308, int(1e308), True),
    ],
)
def test_listed_values_are_equal_as_json_values_are(listed: Any, value: Any, expected: bool) -> None:
    assert holds({"const": listed}, value) is expected
    assert holds({"enum": ["other", listed]}, value) is expected
    assert holds({"not": {"enum": [listed]}}, value) is not expected
    assert holds({"uniqueItems": True}, ["x", listed, value]) is not expected


def test_numbers_too_large_to_write_are_compared_where_that_is_possible() -> None:
    huge = 10**6000
    assert holds({"const": 1}, huge) is False
    assert holds({"uniqueItems": True}, [huge, 1, 2]) is True
    assert holds({"uniqueItems": True}, [huge, 1, huge + 1]) is None
    assert holds({"uniqueItems": True}, [huge, 1, huge + 1, 1]) is False


@pytest.mark.parametrize(
    ("schema", "inside", "outside"),
    [
        ({"minimum": 2}, [2, 2.0, 3, 2**80], [1, 1.9, -3]),
        ({"exclusiveMinimum": 2}, [2.1, 3], [2, 2.0, 1]),
        ({"maximum": 2}, [2, 2.0, 1, -(2**80)], [3, 2.1]),
        ({"exclusiveMaximum": 2}, [1.9, 1], [2, 2.0, 3]),
        ({"minimum": 0.1}, [0.1, 1], [0, 0.09]),
        ({"minimum": 1, "exclusiveMinimum": 1}, [2], [1]),
        ({"minimum": 3, "exclusiveMinimum": 1}, [3], [2]),
    ],
)
def test_bounds(schema: Any, inside: list[Any], outside: list[Any]) -> None:
    assert [holds(schema, value) for value in inside] == [True] * len(inside)
    assert [holds(schema, value) for value in outside] == [False] * len(outside)
    assert holds(schema, "text") is True
    assert holds(schema, True) is True  # noqa: FBT003  (no number)


@pytest.mark.parametrize(
    ("divisor", "multiples", "others"),
    [
        (2, [0, 2, -4, 6.0, 2**70], [1, -1, 0.5, 2**70 + 1]),
        (0.1, [0.3, 0.7, 1.1, 4, 1e20], [0.25, 0.05]),
        (0.01, [19.99, 0.07, 1], [0.001]),
        (2.5, [2.5, 5, 7.5, 10.0], [2, 3.5]),
        (1e-7, [3e-7, 1], [1e-8]),
        (1e308, [1e308, 0, 2 * int(1e308)], [1, 1e307]),
        (5e-324, [5e-324, 1], []),
        (3.0, [3, 9.0], [4]),
    ],
)
def test_multiples_are_exact_in_decimal(divisor: float, multiples: list[Any], others: list[Any]) -> None:
    schema = {"multipleOf": divisor}
    assert [holds(schema, value) for value in multiples] == [True] * len(multiples)
    assert [holds(schema, value) for value in others] == [False] * len(others)
    assert holds(schema, "1") is True


def test_integers_beyond_measure_are_not_divided() -> None:
    assert holds({"multipleOf": 3}, (1 << 65536) - 1) is True
    assert holds({"multipleOf": 3}, 1 << 65536) is None
    assert holds({"multipleOf": 3, "maximum": 5}, 1 << 65536) is False


def test_lengths_count_code_points() -> None:
    assert holds({"minLength": 2}, "\U0001f600") is False
    assert holds({"maxLength": 1}, "\U0001f600") is True
    assert [holds({"minLength": 2, "maxLength": 3}, "x" * n) for n in range(5)] == [False, False, True, True, False]
    assert holds({"minLength": 2, "maxLength": 1}, 5) is True


def test_patterns_match_anywhere() -> None:
    assert holds({"pattern": "b+"}, "abba") is True
    assert holds({"pattern": "^b+"}, "abba") is False
    assert holds({"pattern": "^b+"}, 7) is True


def test_formats_and_contents_are_annotations() -> None:
    schema = {
        "format": "date",
        "contentEncoding": "base64",
        "contentMediaType": "application/json",
        "contentSchema": False,
    }
    assert holds(schema, "no date") is True


def test_old_bounds_are_exclusive_by_a_flag() -> None:
    for dialect in ("draft-04", "openapi-3.0"):
        assert holds({"minimum": 1, "exclusiveMinimum": True}, 1, dialect=dialect) is False
        assert holds({"maximum": 1, "exclusiveMaximum": False}, 1, dialect=dialect) is True


def test_nullable_adds_null_to_a_type() -> None:
    assert holds({"type": "string", "nullable": True}, None, dialect="openapi-3.0") is True
    assert holds({"type": "string", "nullable": False}, None, dialect="openapi-3.0") is False
