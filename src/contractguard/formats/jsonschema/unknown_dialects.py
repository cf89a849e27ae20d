"""What is said of a `$schema` that names no dialect that is known, and what a file of the snapshot with that name tells about it.

A meta-schema in the snapshot only helps to say what to write into the policy. What a name means is not taken from it: the change
under review could rewrite it. Vocabularies are those of JSON Schema 2020-12 and 2019-09 core, 8.1.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from contractguard.errors import ContractguardError, UnreadableError
from contractguard.model.dialects import NAMEABLE, old_draft
from contractguard.model.document import Documents
from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

_SHOWN: Final = 200
_MOST_FOLLOWED: Final = 8
"""Meta-schemas that build on one another; there are two or three in what people write."""

_OF_SCHEMAS: Final = frozenset(
    {"type", "properties", "items", "enum", "allOf", "anyOf", "oneOf", "$defs", "definitions"}
)

_VOCABULARIES: Final = {
    "https://json-schema.org/draft/2019-09/vocab/": Dialect.DRAFT_2019_09,
    "https://json-schema.org/draft/2020-12/vocab/": Dialect.DRAFT_2020_12,
}
_ASSERTING: Final = {
    Dialect.DRAFT_2019_09: ("applicator", "validation"),
    Dialect.DRAFT_2020_12: ("applicator", "unevaluated", "validation"),
}
"""The vocabularies without which keywords that restrict payloads restrict nothing."""
_OF_ANNOTATIONS: Final = frozenset({"core", "meta-data", "content", "format", "format-annotation", "hyper-schema"})
_ASSERTS_FORMATS: Final = {"format-assertion": (True, False), "format": (True,)}
"""The vocabularies with which `format` is asserted, with these values (2020-12 validation, 7.2.2; 2019-09 validation, 7.2)."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a meta-schema says: the draft that it builds on, None where it does not say; and how it differs from that draft."""

    base: Dialect | None
    difference: str = ""
    remedy: str = ""


def looks_like_a_schema(value: JsonValue) -> bool:
    """Whether a file is a schema or a library of schemas; a part of an OpenAPI description has a `$schema` for editors only."""
    return isinstance(value, dict) and not _OF_SCHEMAS.isdisjoint(value)


def unknown_dialect(documents: Documents, namer: Node) -> UnreadableError:
    """The error for the `$schema` at `namer`, with the lines of policy that mend it."""
    uri = str(namer.value)
    place = documents.locate([namer.key])[namer.key]
    message, remedy = _told(documents, namer, uri)
    return UnreadableError(message, path=place.path, line=place.line, column=place.column, remedy=remedy)


def _told(documents: Documents, namer: Node, uri: str) -> tuple[str, str]:
    shown = repr(shortened_uri(uri))
    old = old_draft(uri)
    if old is not None:
        newer = f"bring the schema to {Dialect.DRAFT_04} or a later draft, and name that"
        return f"{old} is not supported ($schema {shown})", newer
    message = f"the dialect {shown} is not known"
    meta_schema = _meta_schema(documents, namer, uri)
    if meta_schema is None:
        return message, f"say in the policy which dialect it is, one of {', '.join(NAMEABLE)}: {_line(uri, 'draft-07')}"
    meaning = _meaning(documents, meta_schema)
    if meaning.base is None:
        named = f"{message}; {meta_schema.path} has this name and {meaning.difference}"
        return (
            named,
            f"say in the policy which dialect is meant, one of {', '.join(NAMEABLE)}: {_line(uri, 'draft-07')}",
        )
    if not meaning.difference:
        remedy = f"{meta_schema.path} has this name and builds on {meaning.base}; say so in the policy: "
        return message, remedy + _line(uri, meaning.base)
    named = f"{message}; {meta_schema.path} has this name, builds on {meaning.base}, and {meaning.difference}"
    return named, f"{meaning.remedy}: {_line(uri, meaning.base)}"


def shortened_uri(uri: str) -> str:
    """A URI as it is shown."""
    return uri if len(uri) <= _SHOWN else f"{uri[:_SHOWN]}…"


def policy_line(uri: str, dialect: str) -> str:
    """What to write into the policy, in YAML, to say what a `$schema` stands for."""
    return f"`dialects: {{{json.dumps(shortened_uri(uri), ensure_ascii=False)}: {dialect}}}`"


def _line(uri: str, dialect: str) -> str:
    return f"{policy_line(uri, dialect)}, or `--dialect {shortened_uri(uri)}={dialect}`"


def _meta_schema(documents: Documents, namer: Node, uri: str) -> Node | None:
    """The file of the snapshot with this `$id`, None where there is none."""
    try:
        found = documents.resolve(namer, uri)
    except ContractguardError:
        return None
    return found if found.path != namer.path and isinstance(found.value, dict) else None


def _meaning(documents: Documents, meta_schema: Node) -> _Meaning:
    vocabularies = meta_schema.get("$vocabulary")
    if vocabularies is not None and isinstance(vocabularies.value, dict):
        return _of_vocabularies(vocabularies.value)
    bases = _bases(documents, meta_schema)
    if len(bases) == 1:
        return _Meaning(bases.pop())
    if not bases:
        return _Meaning(None, "builds on no draft by `$ref` or `allOf`")
    return _Meaning(None, f"builds on {' and '.join(sorted(bases))}")


def _bases(documents: Documents, meta_schema: Node) -> set[Dialect]:
    """The dialects of the meta-schemas that one refers to in place, at once or through others of the snapshot."""
    found: set[Dialect] = set()
    met: set[tuple[str, str]] = set()
    stack = [meta_schema]
    while stack and len(met) < _MOST_FOLLOWED:
        node = stack.pop()
        if node.key in met or not isinstance(node.value, dict):
            continue
        met.add(node.key)
        branches = node.get("allOf")
        stack += branches.items() if branches is not None else []
        reference = node.value.get("$ref")
        if isinstance(reference, str):
            base = documents.dialects.named(reference)
            target = None if base is not None else _meta_schema(documents, node, reference)
            found |= {base} if base is not None else set()
            stack += [target] if target is not None else []
    return found


def _of_vocabularies(listed: Mapping[str, JsonValue]) -> _Meaning:
    """What a `$vocabulary` says. Whoever does not know a vocabulary that must be understood must not go on (core, 8.1.2)."""
    drafts = {dialect for start, dialect in _VOCABULARIES.items() if f"{start}core" in listed}
    if len(drafts) != 1:
        return _Meaning(None, "lists no vocabulary `core`, by which the draft could be told")
    base = drafts.pop()
    start = next(start for start, dialect in _VOCABULARIES.items() if dialect is base)
    known = {f"{start}{name}": name for name in (*_ASSERTING[base], *_OF_ANNOTATIONS, *_ASSERTS_FORMATS)}
    foreign = sorted(uri for uri, must in listed.items() if must is True and uri not in known)
    missing = [name for name in _ASSERTING[base] if f"{start}{name}" not in listed]
    if foreign:
        asked = f"asks for the vocabulary {shortened_uri(foreign[0])!r}, which contractguard does not know"
        return _Meaning(base, asked, "only where schemas restrict the same payloads without it, say in the policy")
    if missing:
        left_out = f"leaves out the vocabulary `{missing[0]}`, so that its keywords restrict nothing"
        return _Meaning(
            base, left_out, "contractguard reads them as restrictions; where that is right, say in the policy"
        )
    if any(
        f"{start}{name}" in listed and listed[f"{start}{name}"] in values for name, values in _ASSERTS_FORMATS.items()
    ):
        return _Meaning(base, "asserts formats", "set `formats: assertions` and say in the policy")
    return _Meaning(base)
