"""Regular expressions of contracts, matched by RE2 in linear time (never by `re`, which an attacker can stall)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:  # noqa: ANN401  (re2 has no types)
    import re2  # noqa: PLC0415  (only contracts with patterns need it)

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None


def matches(pattern: str, text: str) -> bool | None:
    """Whether `pattern` matches somewhere in `text` (ECMA-262 search semantics: not anchored).

    None where RE2 does not take the pattern (look-around, back references), so that nobody can say.
    """
    compiled = _compiled(pattern)
    return None if compiled is None else compiled.search(text) is not None
