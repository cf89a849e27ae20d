"""Open lists of values: as an extension, as examples that the description calls so, and as a union in plain JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields

from contractguard.errors import UnreadableError
from contractguard.formats.jsonschema.dialects import DOCUMENTATION
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, OpenEnum, Schema, is_among, is_unsaid, type_of
from contractguard.model.values import JsonValue, canonical

_EXTENSION = "x-extensible-enum"
_SAYS_SO = re.compile(r"\s{0,9}extensible enum\b", re.ASCII | re.IGNORECASE)
_TYPES_AND_VALUES = frozenset({"type", "enum", "const", "nullable"})
_MOST_BRANCHES = 30
_SAID_BY_A_BRANCH = frozenset(
    "node dialect component origins boolean types enum open_enum documentation extensions".split()
)


def take_open_list(extensions: dict[str, Node], documentation: dict[str, Node]) -> Node | None:
    """The list of values that are possible today, taken out of what binds nobody; None where there is none.

    Zalando guidelines, rule 112: `x-extensible-enum`; since October 2025 `examples`, where the description begins with
    "Extensible enum".
    """
    if _has_values(extensions.get(_EXTENSION)):
        return extensions.pop(_EXTENSION)
    description = documentation.get("description")
    text = description.value if description is not None else None
    if isinstance(text, str) and _SAYS_SO.match(text) and _has_values(documentation.get("examples")):
        return documentation.pop("examples")
    return None


def _has_values(member: Node | None) -> bool:
    items = [] if member is None else member.items()
    return bool(items) and not any(isinstance(item.value, dict | list) for item in items)


def distinct(items: Iterable[Node]) -> tuple[Node, ...]:
    """The items without those whose value came before."""
    found: dict[str, Node] = {}
    for item in items:
        found.setdefault(canonical(item.value), item)
    return tuple(found.values())


def may_list_values(branches: Sequence[Node], resolve: Callable[[Node, str], Node]) -> bool:
    """Whether it is worth reading these branches of an `anyOf` for `open_list`: as written, they are types and values only.

    Branches are read when they are needed, since a union may lead back to itself; here each definition is looked at once, and
    not many of them.
    """
    seen: set[tuple[str, str]] = set()
    waiting = list(branches)
    while waiting:
        branch = waiting.pop()
        if branch.key in seen or len(seen) >= _MOST_BRANCHES or not isinstance(branch.value, dict):
            return False
        seen.add(branch.key)
        keywords = {name for name in branch.value if name not in DOCUMENTATION and not name.startswith("x-")}
        reference, inner = branch.value.get("$ref"), branch.get("anyOf")
        if isinstance(reference, str) and keywords == {"$ref"}:
            try:
                waiting.append(resolve(branch, reference))
            except UnreadableError:
                return False
        elif inner is not None and keywords <= {"anyOf", "type"}:
            waiting += inner.items()
        elif not keywords <= _TYPES_AND_VALUES:
            return False
    return True


def open_list(schema: Schema, branches: Sequence[Schema]) -> Schema | None:
    """What an `anyOf` with these branches says, where all it does is to list values of a type that may have others.

    Each branch is nothing, or nothing but a type, or values; every value is one of the types that stand alone. None for any
    other union.
    What the branches document is kept, whatever their order.
    """
    if not all(_is_plain(branch) for branch in branches):
        return None
    types = _types([branch for branch in branches if branch.enum is None])
    listed = [item for branch in branches for item in _values(branch)]
    if not listed or not all(is_among(type_of(item.value), types) for item in listed):
        return None
    place = schema.origin("any_of")
    return Schema(
        node=schema.node,
        dialect=schema.dialect,
        origins={"types": place, "open_enum": _place_of_values(branches)},
        types=types,
        open_enum=OpenEnum(distinct(listed), complete=False),
        documentation=_gathered(place, branches, "documentation"),
        extensions=_gathered(place, branches, "extensions"),
    )


def _is_plain(branch: Schema) -> bool:
    """Whether a branch says nothing, or nothing but a type or values."""
    if branch.boolean is False:
        return False
    return all(
        is_unsaid(getattr(branch, field.name)) for field in fields(branch) if field.name not in _SAID_BY_A_BRANCH
    )


def _types(branches: Sequence[Schema]) -> frozenset[JsonType] | None:
    """The types that stand alone, none at all where no branch is without values; None where a branch takes anything."""
    if any(branch.types is None for branch in branches):
        return None
    types = frozenset(kind for branch in branches for kind in branch.types or ())
    return types - {JsonType.INTEGER} if JsonType.NUMBER in types else types


def _values(branch: Schema) -> tuple[Node, ...]:
    if branch.enum is not None:
        return branch.enum
    return branch.open_enum.values if branch.open_enum is not None else ()


def _place_of_values(branches: Sequence[Schema]) -> Node:
    """Where values are listed first: the same place, wherever a shared list is used."""
    listing = next(branch for branch in branches if _values(branch))
    return listing.origin("enum" if listing.enum is not None else "open_enum")


def _gathered(place: Node, branches: Sequence[Schema], name: str) -> dict[str, Node]:
    """What the branches say under one of the fields that bind nobody, as one member `anyOf`; empty where they say nothing."""
    said = [{key: node.value for key, node in getattr(branch, name).items()} for branch in branches]
    values: list[JsonValue] = [*sorted((each for each in said if each), key=canonical)]
    return {"anyOf": place.with_value(values)} if values else {}
