"""How the date from which something may be gone moved, whatever kind of contract says it."""

from __future__ import annotations

from contractguard.model.dates import sunset_date
from contractguard.model.values import UNSET, JsonValue, Unset


def sunset_moved(before: JsonValue | Unset, after: JsonValue | Unset) -> str:
    """The fact `moved` of `sunset.changed`. Dates of all forms compare by their day; nothing else can be compared."""
    if before is UNSET:
        return "added"
    if after is UNSET:
        return "removed"
    old, new = (sunset_date(text) if isinstance(text, str) else None for text in (before, after))
    if old is None or new is None or old == new:
        return "unclear"
    return "earlier" if new < old else "later"
