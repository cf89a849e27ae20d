"""Finding a string: lengths, patterns, and strings to keep away from; one that looks like its format, where that is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Witness, unknown
from contractguard.semantics.languages import Budget, Emptiness, find_string, matches

_EXAMPLES = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "user@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uri-reference": "/path",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "byte": "dGV4dA==",
}
"""What a string of a format looks like, so that a witness looks like data. Formats restrict nothing by themselves."""
_PLAIN = "text"


@dataclass(slots=True)
class StringFacts:
    """What must hold of a string. Lengths are in code points (2020-12 validation, 6.3)."""

    min_length: int = 0
    max_length: int | None = None
    matching: list[str] = field(default_factory=list)
    avoiding: list[str] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    formats: list[str] = field(default_factory=list)


def find_text(facts: StringFacts, steps: int | Budget) -> Outcome:
    """A string for which all facts hold, short and readable, or the proof that there is none."""
    if facts.max_length is not None and facts.max_length < facts.min_length:
        return EMPTY
    for example in (*(_EXAMPLES.get(name, "") for name in facts.formats), _PLAIN):
        if example and _fits(example, facts):
            return Witness(example)
    found = find_string(
        matching=tuple(dict.fromkeys(facts.matching)),
        avoiding=tuple(dict.fromkeys(facts.avoiding)),
        min_length=facts.min_length,
        max_length=facts.max_length,
        excluded=frozenset(facts.excluded),
        steps=steps,
    )
    if isinstance(found, str):
        return Witness(found)
    return EMPTY if found is Emptiness.EMPTY else unknown(["pattern"])


def _fits(text: str, facts: StringFacts) -> bool:
    if len(text) < facts.min_length or (facts.max_length is not None and len(text) > facts.max_length):
        return False
    if text in facts.excluded:
        return False
    return all(matches(pattern, text) is True for pattern in facts.matching) and all(
        matches(pattern, text) is False for pattern in facts.avoiding
    )
