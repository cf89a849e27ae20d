"""Membership of one text, asked of the automaton and of RE2."""

from __future__ import annotations

from contractguard.semantics.languages import Emptiness, find_string, matches


def exactly(text: str) -> str:
    """A pattern that matches `text` and nothing else."""
    return "^" + "".join(f"\\u{{{ord(char):x}}}" for char in text) + "$"


def accepts(pattern: str, text: str) -> bool | None:
    """Whether the automata say that `pattern` matches `text`, asked in both ways; None where they do not know."""
    inside = find_string(matching=[pattern, exactly(text)])
    outside = find_string(matching=[exactly(text)], avoiding=[pattern])
    assert {inside, outside} & {Emptiness.EMPTY, Emptiness.UNKNOWN}, (pattern, text)
    if Emptiness.UNKNOWN in (inside, outside):
        return None
    assert {inside, outside} == {text, Emptiness.EMPTY}, (pattern, text, inside, outside)
    return inside == text


def agree(pattern: str, text: str) -> bool | None:
    """As `accepts`, where RE2 must say the same."""
    said = accepts(pattern, text)
    assert matches(pattern, text) is said, (pattern, text)
    return said
