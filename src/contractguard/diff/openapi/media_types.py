"""Media types and ranges (RFC 9110, section 8.3.1; OpenAPI 3.2, section 4.13 on ranges as keys)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_NO_CHARSET = ("/json", "+json")
"""RFC 8259, section 11: no charset parameter is defined for JSON; adding one really has no effect."""


@dataclass(frozen=True, slots=True, order=True)
class MediaRange:
    """A media type or range: type and subtype in lower case, parameters sorted by name."""

    essence: str
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "; ".join([self.essence, *(f"{name}={value}" if value else name for name, value in self.parameters)])

    def covers(self, other: MediaRange) -> bool:
        """Whether everything of media type (or range) `other` is of this one as well."""
        main = self.essence.partition("/")[0]
        is_within = self.essence in ("*/*", other.essence) or (
            self.essence == f"{main}/*" and other.essence.startswith(f"{main}/")
        )
        return is_within and set(self.parameters) <= set(other.parameters)

    @property
    def precision(self) -> tuple[int, int]:
        """How exactly this names a media type: of several keys that apply "only the most specific is applicable"."""
        level = 0 if self.essence == "*/*" else 1 if self.essence.endswith("/*") else 2
        return (level, len(self.parameters))


def parse(name: str) -> MediaRange:
    """A media type as written. Parameters have no order; their names and the value of `charset` have no case."""
    essence, *rest = (part.strip() for part in name.split(";"))
    essence = essence.lower()
    parameters = set()
    for part in rest:
        key, _, value = part.partition("=")
        key, value = key.strip().lower(), value.strip().strip('"')
        if not key or (key == "charset" and essence.endswith(_NO_CHARSET)):
            continue
        parameters.add((key, value.lower() if key == "charset" else value))
    return MediaRange("*/*" if essence == "*" else essence, tuple(sorted(parameters)))


def most_specific(wanted: MediaRange, among: Iterable[MediaRange]) -> MediaRange | None:
    """The key that describes a media type: itself, or the most specific range that covers it; None where nothing does."""
    fitting = [candidate for candidate in among if candidate.covers(wanted)]
    return max(fitting, key=lambda candidate: candidate.precision) if fitting else None
