"""All known edits, and the hand-written schemas that each suits."""

from __future__ import annotations

from typing import Any

from law_edits import BASES, Edit
from law_edits_of_structures import ARRAYS, COMPOSITIONS, OBJECTS
from law_edits_of_values import NUMBERS, STRINGS, VALUES

OF_VALUES: tuple[Edit, ...] = (*NUMBERS, *STRINGS, *VALUES)
EDITS: tuple[Edit, ...] = (*OF_VALUES, *ARRAYS, *OBJECTS, *COMPOSITIONS)


def suited(edit: Edit) -> list[tuple[Any, Any]]:
    """Up to ten of the hand-written schemas that an edit suits, each with what it makes of them."""
    found = [(base, new) for base in BASES if (new := edit.apply(base)) is not None]
    return found[:: -(-len(found) // 10)] if found else []
