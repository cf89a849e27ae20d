"""Skipping what is equal: two nodes are unchanged when their values are the same and all that they refer to is, too."""

from __future__ import annotations

from contractguard.errors import UnreadableError
from contractguard.model.places import Node
from contractguard.model.schema import SchemaReader
from contractguard.model.values import JsonValue, same_value

_Pair = tuple[Node, Node]


class Unchanged:
    """Answers whether two nodes of the two sides say the same, references included. Cycles are coinductive: a reference met
    again while it is being looked into counts as unchanged until something differs.
    """

    def __init__(self, base: SchemaReader, head: SchemaReader, *, same_dialect: bool = True) -> None:
        self._same_dialect = same_dialect
        self._base = base
        self._head = head
        self._references: dict[int, tuple[str, ...]] = {}
        self._settled: dict[tuple[tuple[str, str], tuple[str, str]], bool] = {}
        self._same: dict[tuple[int, int], bool] = {}
        self._alive: list[JsonValue] = []

    def __call__(self, base: Node, head: Node) -> bool:
        """Whether `base` and `head` are the same, to the last referenced definition.

        Between two dialects nothing is: the same text may mean something else. A difference in where they lie does not
        count; nor does a reference that resolves on no side.
        """
        if not self._same_dialect:
            return False
        key = (base.key, head.key)
        answer = self._settled.get(key)
        if answer is None:
            self._settle(base, head)
            answer = self._settled[key]
        return answer

    def _settle(self, base: Node, head: Node) -> None:
        """Find all pairs reachable by reference from this one, and spread "changed" backwards along the references."""
        referrers: dict[tuple[tuple[str, str], tuple[str, str]], list[tuple[tuple[str, str], tuple[str, str]]]] = {}
        met: set[tuple[tuple[str, str], tuple[str, str]]] = {(base.key, head.key)}
        changed: list[tuple[tuple[str, str], tuple[str, str]]] = []
        stack: list[_Pair] = [(base, head)]
        while stack:
            base_node, head_node = stack.pop()
            pair = (base_node.key, head_node.key)
            if self._settled.get(pair) is False or not self._same_text(base_node.value, head_node.value):
                changed.append(pair)
                continue
            for reference in self._references_in(base_node.value):
                try:
                    base_target = self._base.resolve(base_node, reference)
                    head_target = self._head.resolve(head_node, reference)
                except UnreadableError:
                    continue  # data in an example that looks like a reference; a schema that needs it fails when read
                target = (base_target.key, head_target.key)
                if self._settled.get(target) is True:
                    continue
                referrers.setdefault(target, []).append(pair)
                if target not in met:
                    met.add(target)
                    stack.append((base_target, head_target))
        for pair in met:
            self._settled[pair] = True
        while changed:
            pair = changed.pop()
            self._settled[pair] = False
            changed.extend(referrer for referrer in referrers.get(pair, ()) if self._settled[referrer])

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

    def _references_in(self, value: JsonValue) -> tuple[str, ...]:
        """The distinct reference strings below a value, in the order in which a walk meets them."""
        if not isinstance(value, dict | list):
            return ()
        known = self._references.get(id(value))
        if known is None:
            found: dict[str, None] = {}
            stack: list[JsonValue] = [value]
            while stack:
                item = stack.pop()
                if isinstance(item, dict):
                    reference = item.get("$ref")
                    if isinstance(reference, str):
                        found[reference] = None
                    stack.extend(child for child in item.values() if isinstance(child, dict | list))
                elif isinstance(item, list):
                    stack.extend(child for child in item if isinstance(child, dict | list))
            known = tuple(found)
            self._references[id(value)] = known
            self._alive.append(value)
        return known
