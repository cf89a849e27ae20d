"""Which dialect a `$schema` names: the drafts and OpenAPI's own dialects, a few that are widely used, and those of the user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue, nothing

_DRAFTS: Final = {
    "json-schema.org/draft-04": Dialect.DRAFT_04,
    "json-schema.org/draft-06": Dialect.DRAFT_06,
    "json-schema.org/draft-07": Dialect.DRAFT_07,
    "json-schema.org/draft/2019-09": Dialect.DRAFT_2019_09,
    "json-schema.org/draft/2020-12": Dialect.DRAFT_2020_12,
}
_FIXED: Final = {
    **{f"{draft}/{name}": dialect for draft, dialect in _DRAFTS.items() for name in ("schema", "hyper-schema")},
    "spec.openapis.org/oas/3.1/dialect/base": Dialect.OPENAPI_3_1,
    "spec.openapis.org/oas/3.2/dialect/base": Dialect.OPENAPI_3_2,
}
"""What the specifications say. Hyper-schemas add links to a draft, which restrict no payload."""
_USUAL: Final = {
    "json-schema.org/schema": Dialect.DRAFT_2020_12,  # "the latest", and there has been no later one
    # https://docs.snowplow.io/docs/api-reference/iglu: draft-04 and a `self` that names the schema.
    "iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0": Dialect.DRAFT_04,
}
"""What everybody takes these names for; a user may say otherwise."""
_DATED: Final = {
    "spec.openapis.org/oas/3.1/dialect/": Dialect.OPENAPI_3_1,
    "spec.openapis.org/oas/3.2/dialect/": Dialect.OPENAPI_3_2,
}
_OLD_DRAFT: Final = re.compile(r"json-schema\.org/(draft-0[1-35])/")

NAMEABLE: Final = (*(dialect for dialect in Dialect if not dialect.startswith("openapi")), *_DATED.values())
"""The dialects that a `$schema` can stand for, in order."""


class Dialects:
    """The dialects that are known by the URIs of their meta-schemas. `own` is URI → dialect as the user says, and comes first.

    `http` and `https`, and a `#` or `/` at the end, make no difference.
    """

    __slots__ = ("_own", "own")

    def __init__(self, own: Mapping[str, Dialect] = nothing()) -> None:
        self.own = own
        self._own = {plain_uri(uri): dialect for uri, dialect in own.items()}

    def named(self, uri: str) -> Dialect | None:
        """The dialect that a `$schema` (or `jsonSchemaDialect`) names, None for one that nobody knows."""
        name = plain_uri(uri)
        return self._own.get(name) or fixed_dialect(uri) or _USUAL.get(name)

    def of(self, value: JsonValue) -> Dialect | None:
        """The dialect that the `$schema` of a value names, None where it has none that is known."""
        named = value.get("$schema") if isinstance(value, dict) else None
        return self.named(named) if isinstance(named, str) else None


STANDARD: Final = Dialects()
"""The dialects that are known without the user."""


def fixed_dialect(uri: str) -> Dialect | None:
    """The dialect that a specification gives this name, so that nobody may give the name to another one."""
    name = plain_uri(uri)
    return _FIXED.get(name) or next((dialect for start, dialect in _DATED.items() if name.startswith(start)), None)


def old_draft(uri: str) -> str | None:
    """The draft that a URI names, where it is one that is not read: `draft-03`."""
    found = _OLD_DRAFT.match(plain_uri(uri))
    return found[1] if found else None


def plain_uri(uri: str) -> str:
    """What two URIs of the same meta-schema share, however they are written."""
    bare = uri.strip().removesuffix("#").removesuffix("/")
    return bare.removeprefix("http://").removeprefix("https://")
