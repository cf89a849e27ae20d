"""How the date from which something may be gone moved, whatever kind of contract says it."""

from __future__ import annotations

import re

from contractguard.model.values import UNSET, JsonValue, Unset

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def sunset_moved(before: JsonValue | Unset, after: JsonValue | Unset) -> str:
    """The fact `moved` of `sunset.changed`. Dates and times of RFC 3339 compare by their day; nothing else can be compared."""
    if before is UNSET:
        return "added"
    if after is UNSET:
        return "removed"
    old, new = (_DATE.match(text) if isinstance(text, str) else None for text in (before, after))
    if old is None or new is None or old[0] == new[0]:
        return "unclear"
    return "earlier" if new[0] < old[0] else "later"
