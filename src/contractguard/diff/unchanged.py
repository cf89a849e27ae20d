"""Skipping what is equal: two nodes are unchanged when their values are the same and all that they refer to is, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from contractguard.errors import UnreadableError
from contractguard.model.places import Conjunction, Node, Scoped, scope_of
from contractguard.model.schema import DYNAMIC_REFERENCES, SchemaReader
from contractguard.model.values import JsonValue, same_value
from contractguard.semantics.likeness import Likeness

_Pair: TypeAlias = tuple[Node, Node]
_Identity: TypeAlias = tuple[object, ...]
_Way: TypeAlias = "tuple[_Way, str | int] | None"
"""A walk down from a value: the way before, and the last token."""
_DYNAMIC = frozenset(DYNAMIC_REFERENCES.values())
_REFERENCES = ("$ref", *sorted(_DYNAMIC))


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference below a value: as written, and the tokens from there to the schema whose identifier it is relative to."""

    keyword: str
    resource: tuple[str | int, ...]
    written: str


def _identity(node: Node) -> _Identity:
    """What a node is told from others by: its place, its value (another reading of a place has another one), the scope in which
    it is read, all parts of a conjunction.

    It is valid as long as the value is kept: another one could get its `id` later.
    """
    if isinstance(node, Conjunction):
        return tuple(_identity(part) for part in node.parts)
    own = (node.path, node.pointer, id(node.value))
    scope = scope_of(node)
    return (*own, *((name, *anchor.key) for name, anchor in scope)) if scope else own


def _values(node: Node) -> list[JsonValue]:
    """The values behind the identity of a node."""
    return [value for part in node.parts for value in _values(part)] if isinstance(node, Conjunction) else [node.value]


def _target(schemas: SchemaReader, origin: Node, reference: str) -> Node | None:
    """Where a reference leads, None where it leads nowhere."""
    try:
        return schemas.resolve(origin, reference)
    except UnreadableError:
        return None


class Unchanged:
    """Answers whether two nodes of the two sides say the same, references included. Cycles are coinductive: a reference met
    again while it is being looked into counts as unchanged until something differs.
    """

    def __init__(self, base: SchemaReader, head: SchemaReader, *, same_dialect: bool = True) -> None:
        self._same_dialect = same_dialect
        self.likeness = Likeness()
        """Nodes that are unchanged have equal keys, so the others need not be asked about."""
        self._base = base
        self._head = head
        self._references: dict[int, tuple[_Reference, ...]] = {}
        self._settled: dict[tuple[_Identity, _Identity], bool] = {}
        self._same: dict[tuple[int, int], bool] = {}
        self._alive: list[JsonValue] = []
        """The values whose `id` is a key above."""

    def __call__(self, base: Node, head: Node) -> bool:
        """Whether `base` and `head` are the same, to the last referenced definition.

        Between two dialects nothing is: the same text may mean something else. A difference in where they lie does not
        count; nor does a reference that resolves on no side.
        """
        if not self._same_dialect:
            return False
        key = (_identity(base), _identity(head))
        answer = self._settled.get(key)
        if answer is None:
            answer = self._at_once(base, head)
            if answer is None:
                self._settle(base, head)
                answer = self._settled[key]
            else:
                self._settled[key] = answer
                self._alive += (*_values(base), *_values(head))
        return answer

    def _at_once(self, base: Node, head: Node) -> bool | None:
        """The answer where it needs no look at references that were not looked into before; else None."""
        linked = self._linked(base, head)
        if linked is None:
            return False
        known = [self._settled.get((_identity(one), _identity(other))) for one, other in linked]
        if False in known:
            return False
        return None if None in known else True

    def _settle(self, base: Node, head: Node) -> None:
        """Find all pairs reachable by reference from this one, and spread "changed" backwards along the references."""
        referrers: dict[tuple[_Identity, _Identity], list[tuple[_Identity, _Identity]]] = {}
        met: dict[tuple[_Identity, _Identity], _Pair] = {(_identity(base), _identity(head)): (base, head)}
        changed: list[tuple[_Identity, _Identity]] = []
        stack: list[_Pair] = [(base, head)]
        while stack:
            base_node, head_node = stack.pop()
            pair = (_identity(base_node), _identity(head_node))
            linked = None if self._settled.get(pair) is False else self._linked(base_node, head_node)
            if linked is None:
                changed.append(pair)
                continue
            for base_target, head_target in linked:
                target = (_identity(base_target), _identity(head_target))
                if self._settled.get(target) is True:
                    continue
                referrers.setdefault(target, []).append(pair)
                if target not in met:
                    met[target] = (base_target, head_target)
                    stack.append((base_target, head_target))
        for pair, nodes in met.items():
            self._settled[pair] = True
            for node in nodes:
                self._alive += _values(node)
        while changed:
            pair = changed.pop()
            self._settled[pair] = False
            changed.extend(referrer for referrer in referrers.get(pair, ()) if self._settled[referrer])

    def _linked(self, base: Node, head: Node) -> list[_Pair] | None:
        """The pairs that must be unchanged for this one to be; None where it has changed whatever they are."""
        if isinstance(base, Conjunction) or isinstance(head, Conjunction):
            base_parts, head_parts = ((node.parts if isinstance(node, Conjunction) else ()) for node in (base, head))
            return list(zip(base_parts, head_parts, strict=True)) if len(base_parts) == len(head_parts) else None
        if not self._same_text(base.value, head.value):
            return None
        pairs: list[_Pair] = []
        for reference in self._references_in(base.value):
            origin = _below(base, reference.resource)
            is_dynamic = reference.keyword in _DYNAMIC
            if is_dynamic and DYNAMIC_REFERENCES.get(self._base.dialect_at(origin)) != reference.keyword:
                continue  # it means nothing in this dialect
            base_target = _target(self._base, origin, reference.written)
            head_target = _target(self._head, _below(head, reference.resource), reference.written)
            if base_target is None or head_target is None:
                if base_target is not head_target:
                    return None  # it was broken or mended
                continue  # data in an example that looks like a reference; a schema that needs it fails when read
            pairs.append((base_target, head_target))
            if is_dynamic:
                met = [dict(_met(target)) for target in (base_target, head_target)]
                if met[0].keys() != met[1].keys():
                    return None
                pairs += [(anchor, met[1][name]) for name, anchor in met[0].items()]
        return pairs

    def _same_text(self, base: JsonValue, head: JsonValue) -> bool:
        if base is head:
            return True
        if not isinstance(base, dict | list):
            return same_value(base, head)
        key = (id(base), id(head))
        answer = self._same.get(key)
        if answer is None:
            # `==` and `repr` run in C; only where they disagree (key order, 1 and 1.0) does the slow walk decide.
            answer = base == head and (repr(base) == repr(head) or same_value(base, head))
            self._same[key] = answer
            self._alive += [base, head]
        return answer

    def _references_in(self, value: JsonValue) -> tuple[_Reference, ...]:
        """The distinct references below a value, in the order in which a walk meets them."""
        if not isinstance(value, dict | list):
            return ()
        known = self._references.get(id(value))
        if known is None:
            known = tuple(_references_below(value))
            self._references[id(value)] = known
            self._alive.append(value)
        return known


def _references_below(value: JsonValue) -> dict[_Reference, None]:
    found: dict[_Reference, None] = {}
    stack: list[tuple[JsonValue, _Way, _Way]] = [(value, None, None)]
    while stack:
        item, way, resource = stack.pop()
        if isinstance(item, dict):
            if isinstance(item.get("$id", item.get("id")), str):
                resource = way
            for keyword in _REFERENCES:
                written = item.get(keyword)
                if isinstance(written, str):
                    found[_Reference(keyword, _tokens(resource), written)] = None
            children: Iterable[tuple[str | int, JsonValue]] = item.items()
        elif isinstance(item, list):
            children = enumerate(item)
        else:
            continue
        for token, child in children:
            if isinstance(child, dict | list):
                stack.append((child, (way, token), resource))
    return found


def _tokens(way: _Way) -> tuple[str | int, ...]:
    tokens: list[str | int] = []
    while way is not None:
        way, token = way
        tokens.append(token)
    return tuple(reversed(tokens))


def _below(node: Node, tokens: tuple[str | int, ...]) -> Node:
    for token in tokens:
        node = node.child(token)
    return node


def _met(target: Node) -> Iterator[tuple[str, Node]]:
    """The places that a dynamic reference may reach instead of its target, each in the scope of that."""
    scope = scope_of(target)
    for name, anchor in scope:
        yield name, Scoped(anchor.value, anchor.path, anchor.pointer, scope)
