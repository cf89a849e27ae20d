"""What all shapes are made of: a shape is a function from a size to the two sides of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = Any
Sides = tuple[Json, Json]
Shape = Callable[[int], Sides]
Entry = tuple[str, Shape, int]
"""The kind of contract, the shape, and the largest size that is measured."""


def names(count: int, prefix: str = "p") -> list[str]:
    """So many names."""
    return [f"{prefix}{number}" for number in range(count)]


def branch(number: int, kind: str) -> dict[str, Any]:
    """An alternative that overlaps with its like."""
    return {
        "type": "object",
        "properties": {"n": {"type": "integer"}, f"p{number}": {"type": kind}},
        "required": [f"p{number}"],
    }
