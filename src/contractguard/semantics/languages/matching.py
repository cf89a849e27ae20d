"""Regular expressions of contracts, matched by RE2 in linear time (never by `re`, which an attacker can stall)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from contractguard.semantics.languages.language import Lengths, Literal, language_of

_MEMORY = 8 << 20


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:  # noqa: ANN401  (re2 has no types)
    import re2  # noqa: PLC0415  (only contracts with patterns need it)

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(source, options)
    except (re2.error, UnicodeEncodeError):  # lone surrogates have no UTF-8 form
        return None


def _found(source: str, text: str) -> bool | None:
    compiled = _compiled(source)
    if compiled is None:
        return None
    try:
        return compiled.search(text) is not None
    except UnicodeEncodeError:
        return None


def matches(pattern: str, text: str) -> bool | None:
    """Whether `pattern` matches somewhere in `text` (ECMA-262 search semantics: not anchored).

    A pattern of ECMA-262 is put into the syntax of RE2 first; another one goes to RE2 as it is. None where RE2 does not take
    it (look-around at no fixed position, back references, very large counts) or the text, so that nobody can say.
    """
    language = language_of(pattern)
    if language is None:
        return _found(pattern, text)
    verdicts = [_all_hold(conjunction, text) for conjunction in language]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _all_hold(conjunction: tuple[Literal, ...], text: str) -> bool | None:
    verdicts = [_holds(literal, text) for literal in conjunction]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _holds(literal: Literal, text: str) -> bool | None:
    if isinstance(literal.language, Lengths):
        found: bool | None = literal.language.least <= len(text) <= literal.language.most
    else:
        found = _found(literal.language.source(), text)
    return found if found is None else found == literal.wanted
