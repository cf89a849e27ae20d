"""Media types and ranges (RFC 9110, section 8.3.1; OpenAPI 3.2, section 4.13 on ranges as keys)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NO_CHARSET = ("/json", "+json")
"""RFC 8259, section 11: no charset parameter is defined for JSON; adding one really has no effect."""
_OF_JSON = frozenset({"utf-8", "utf8", "us-ascii"})
"""What JSON is written in anyway (RFC 8259, section 8.1). Another charset says that something else is meant."""
_NOTATIONS = (
    "json",
    "xml",
    "yaml",
    "json-seq",
    "jsonl",
    "ndjson",
    "csv",
    "cbor",
    "msgpack",
    "protobuf",
    "graphql",
    "query",
)
_TEXTUAL = frozenset({"application/x-www-form-urlencoded", "application/javascript", "application/sql"})


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
        if not is_within:
            return False
        has_charset = not self.essence.endswith(_NO_CHARSET) or self._charset == other._charset
        return has_charset and set(self.parameters) <= set(other.parameters)

    @property
    def _charset(self) -> str | None:
        return dict(self.parameters).get("charset")

    @property
    def is_text(self) -> bool:
        """Whether content of it is one text, with no notation that tells numbers from strings."""
        return self.essence == "text/plain"

    @property
    def is_structured(self) -> bool:
        """Whether content of it has a structure that a schema can describe, or may have one: all but bytes of one kind."""
        main, _, subtype = self.essence.partition("/")
        is_notation = subtype.endswith(_NOTATIONS) or self.essence in _TEXTUAL
        return main in {"*", "text", "multipart"} or is_notation or self.essence == "application/*"

    @property
    def may_be_xml(self) -> bool:
        """Whether content of it is XML, may be, or may have parts that are: all but what is known to be something else."""
        main, _, subtype = self.essence.partition("/")
        if subtype == "*" or subtype.endswith("xml") or main == "multipart":
            return True
        return main == "application" and not subtype.endswith(_NOTATIONS) and self.essence not in _TEXTUAL

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
        value = value.lower() if key == "charset" else value
        if key and not (key == "charset" and value in _OF_JSON and essence.endswith(_NO_CHARSET)):
            parameters.add((key, value))
    return MediaRange("*/*" if essence == "*" else essence, tuple(sorted(parameters)))


def by_essence(ranges: Iterable[MediaRange]) -> dict[str, list[MediaRange]]:
    """Media types and ranges by type and subtype, in their order."""
    found: dict[str, list[MediaRange]] = {}
    for each in ranges:
        found.setdefault(each.essence, []).append(each)
    return found


def around(wanted: MediaRange, ranges: Mapping[str, list[MediaRange]]) -> list[MediaRange]:
    """Those of the ranges, given by essence, that may cover a media type or range."""
    main = wanted.essence.partition("/")[0]
    essences = dict.fromkeys((wanted.essence, f"{main}/*", "*/*"))
    return [each for essence in essences for each in ranges.get(essence, ())]


def most_specific(wanted: MediaRange, among: Iterable[MediaRange]) -> MediaRange | None:
    """The key that describes a media type: itself, or the most specific range that covers it; None where nothing does."""
    fitting = [candidate for candidate in among if candidate.covers(wanted)]
    return max(fitting, key=lambda candidate: candidate.precision) if fitting else None
