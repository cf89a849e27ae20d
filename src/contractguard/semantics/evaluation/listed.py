"""Values that must be one of a list (`enum`, `const`), and items that must differ (`uniqueItems`): equality of JSON values.

JSON Schema 2020-12 core, 4.2.2: `1` and `1.0` are the same, `1` and `true` are not, the order of members does not count.
"""

from __future__ import annotations

from collections.abc import Hashable

from contractguard.model.schema import Schema
from contractguard.model.values import JsonValue, canonical
from contractguard.semantics.evaluation.judge import Check, Judge, Verdict

_EXACT = 1 << 53
"""Python's hash of larger numbers is easy to make collide, so that sets of them become slow; text has no such weakness."""

_NO_KEY = object()
"""Of a value that has no text: an integer of more digits than Python writes."""


def listed_check(schema: Schema) -> tuple[Check, ...]:
    """The assertion of `enum`, if there is one."""
    if schema.enum is None:
        return ()
    known = frozenset(_key(item.value) for item in schema.enum)
    some_without_key = _NO_KEY in known

    def check(_judge: Judge, value: JsonValue, _level: int) -> Verdict:
        key = _key(value)
        if key is _NO_KEY:
            return None if some_without_key else False
        return key in known

    return (check,)


def unique_items(judge: Judge, items: list[JsonValue], _level: int) -> Verdict:
    """Whether no two items are the same, in time linear in their size."""
    if not judge.spend(len(items)):
        return None
    seen = set()
    some_without_key = 0
    for item in items:
        key = _key(item)
        if key is _NO_KEY:
            some_without_key += 1
        elif key in seen:
            return False
        else:
            seen.add(key)
    return True if some_without_key <= 1 else None


def _key(value: JsonValue) -> Hashable:
    """What two values share exactly when they are the same; `_NO_KEY` where there is nothing of the kind."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return (value,)
    if isinstance(value, int | float) and -_EXACT < value < _EXACT:
        return value
    try:
        return ("", canonical(value))
    except ValueError:
        return _NO_KEY
