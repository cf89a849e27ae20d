"""Regular expressions by RE2, in linear time: `re` can be stalled by whoever writes the pattern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_MEMORY = 8 << 20


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:  # noqa: ANN401  (re2 has no types)
    import re2  # noqa: PLC0415  (only schemas with patterns need it)

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeError):
        return None


def found_in(pattern: str, text: str) -> bool | None:
    """Whether `pattern` matches somewhere in `text` (2020-12 validation, 6.3.3: not anchored).

    None where RE2 does not take the pattern (look-around, back references) or the text (a lone surrogate).
    """
    compiled = _compiled(pattern)
    if compiled is None:
        return None
    try:
        return compiled.search(text) is not None
    except UnicodeError:
        return None
