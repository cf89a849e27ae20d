"""Which branches of two unions (or of two `allOf`) are the same thing on both sides.

Keys decide which branches are looked at together, so that the work grows with their number and not with its square.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from contractguard.diff.schema.discriminators import SharedValues
from contractguard.diff.schema.pair import Pair, effective_types
from contractguard.model.places import Node
from contractguard.model.schema import Schema, SchemaReader

_T = TypeVar("_T")

_MOST_LOOKED_AT = 64
"""Branches with one key of which each is looked at until one fits."""


class Waiting(Generic[_T]):
    """Things that wait for a partner, by a key that they have in common with it, None where they have none."""

    def __init__(self, things: Iterable[tuple[_T, Hashable]]) -> None:
        self._by_key: dict[Hashable, deque[_T]] = defaultdict(deque)
        for thing, key in things:
            if key is not None:
                self._by_key[key].append(thing)

    def take(self, keys: Iterable[Hashable], fits: Callable[[_T], bool]) -> _T | None:
        """Take the first thing with one of these keys that fits; None where none does."""
        for key in keys:
            waiting = self._by_key.get(key, ())
            for index, thing in zip(range(_MOST_LOOKED_AT), waiting, strict=False):
                if fits(thing):
                    del self._by_key[key][index]
                    return thing
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One branch, what it is in normal form, and what identifies it among its like."""

    node: Node
    schema: Schema
    label: str


Labelled: TypeAlias = tuple[Node, str]
Matched: TypeAlias = tuple[Node, Node, str]
_Keys: TypeAlias = tuple[Callable[[Branch], Iterable[Hashable]], Callable[[Branch], Hashable]]
"""The keys that a branch of base may share, and the one of a branch of head."""
_Fits: TypeAlias = Callable[[Branch, Branch], bool]


def match_branches(
    pair: Pair, base: Sequence[Node], head: Sequence[Node]
) -> tuple[list[Matched], list[Labelled], list[Labelled]]:
    """Pairs of branches that are the same thing on both sides, and what is left over on each.

    First what is equal, then what has the same name (component, title, constant property), then what the same value of the
    discriminator leads to, then what has the same type, then what declares the same under another name.
    """
    old, new = _read(pair.base_reader, base), _read(pair.head_reader, head)
    matched: list[Matched] = []
    for (keys_of_base, key_of_head), fits in _rounds(pair):
        if not old or not new:
            break
        waiting = Waiting((branch, key_of_head(branch)) for branch in new)
        taken: set[int] = set()
        for candidate in old:
            partner = waiting.take(keys_of_base(candidate), partial(fits, candidate))
            if partner is not None:
                taken |= {id(candidate), id(partner)}
                matched.append((candidate.node, partner.node, partner.label))
        old, new = ([branch for branch in side if id(branch) not in taken] for side in (old, new))
    gone, come = ([(branch.node, branch.label) for branch in side] for side in (old, new))
    return matched, gone, come


def _rounds(pair: Pair) -> list[tuple[_Keys, _Fits]]:
    """What branches must have in common to be one thing, the surest first: a key, and what is looked at beyond it."""
    likeness = pair.unchanged.likeness
    shared = SharedValues(pair)

    def both(key_of: Callable[[Branch], Hashable]) -> _Keys:
        return lambda one: (key_of(one),), key_of

    return [
        (both(lambda one: likeness.key(one.node)), lambda a, b: pair.unchanged(a.node, b.node)),
        (both(lambda one: likeness.key(one.schema.node)), lambda a, b: pair.unchanged(a.schema.node, b.schema.node)),
        (both(lambda one: one.label), _any),
        ((lambda one: shared.partners(one.schema), lambda one: one.schema.node.key), _any),
        (both(lambda one: effective_types(one.schema)), _are_not_both_named),
        (both(_members), _any),
    ]


def _read(reader: SchemaReader, nodes: Sequence[Node]) -> list[Branch]:
    return [Branch(node, reader.read(node), label_of(reader, node)) for node in nodes]


def _any(_: Branch, __: Branch) -> bool:
    return True


def _are_not_both_named(base: Branch, head: Branch) -> bool:
    """Two names: two things."""
    return base.schema.component is None or head.schema.component is None


def _members(branch: Branch) -> Hashable:
    """What a definition with another name declares too if it is the same one, renamed."""
    schema = branch.schema
    if not schema.properties:
        return None
    return frozenset(schema.properties), frozenset(schema.required), effective_types(schema)


def label_of(reader: SchemaReader, node: Node) -> str:
    """What identifies a branch among its like, whatever its index: component, title, a constant property, else its types."""
    schema = reader.read(node)
    if schema.component is not None:
        return schema.component.rpartition("/")[2]
    title = schema.documentation.get("title")
    if title is not None and isinstance(title.value, str):
        return title.value
    for name in schema.required:
        declared = schema.properties.get(name)
        if declared is not None:
            enum = reader.read(declared).enum
            if enum is not None and len(enum) == 1:
                return f"{name}={enum[0].value}"
    types = effective_types(schema)
    if types:
        text = "|".join(sorted(types))
        return f"{text}:{'|'.join(sorted(schema.required))}" if schema.required else text
    return ", ".join(sorted(schema.required)) or "any"
