"""The graph of the schema pairs that were compared: what each found, and how it is reached from payload roots."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from contractguard.diff.schema.pair import Found, Pair
from contractguard.model.change import Direction, OperationUse, Polarity
from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.semantics.inclusion.literals import Side
from contractguard.semantics.inclusion.literals import Step as Into

_MOST_WAYS = 4
"""Ways from payload roots to a pair that are tried for a witness."""
_MOST_LOOKED_AT = 400
"""Pairs looked at to find them."""


@dataclass(slots=True, eq=False)
class Visit:
    """A pair of schemas in the graph of what was compared: what it found, and from where it is reached."""

    pair: Pair
    base_node: Node | None
    """The schema as it stands where the pair was first met; None where base has none there, so that anything is valid."""
    head_node: Node | None
    found: list[Found] = field(default_factory=list)
    parents: list[tuple[Visit, Into | None]] = field(default_factory=list)
    """The pairs around this one, and which part of their payload it is about; None for the same payload."""
    roots: dict[Direction, set[OperationUse]] = field(default_factory=dict)

    def node(self, side: Side) -> Node | None:
        """The schema of one side."""
        return self.base_node if side is Side.BASE else self.head_node

    def schema(self, side: Side) -> Schema:
        """The schema of one side in normal form; one that anything is valid under where the side has none."""
        return self.pair.base if side is Side.BASE else self.pair.head

    def reached(self) -> dict[Direction, set[OperationUse]]:
        """The directions and operations from whose payloads the pair is reached; input first."""
        reached: dict[Direction, set[OperationUse]] = defaultdict(set)
        for ancestor in self._ancestors():
            for direction, uses in ancestor.roots.items():
                reached[direction] |= uses
        return {direction: reached[direction] for direction in Direction if direction in reached}

    def roots_in(self, direction: Direction) -> list[Visit]:
        """The payload roots of one direction from which the pair is reached, nearest first."""
        return [ancestor for ancestor in self._ancestors() if direction in ancestor.roots]

    def determined(self) -> list[Visit]:
        """The pair itself, or the nearest ones around it of which polarity says how they count (DESIGN, law 1)."""
        found: list[Visit] = []
        met = {id(self)}
        queue = deque([self])
        while queue:
            visit = queue.popleft()
            if visit.pair.polarity is not Polarity.UNDETERMINED:
                found.append(visit)
                continue
            for parent, _ in visit.parents:
                if id(parent) not in met:
                    met.add(id(parent))
                    queue.append(parent)
        return found

    def ways(self, direction: Direction) -> tuple[list[tuple[Visit, tuple[Into, ...]]], bool]:
        """Ways from payload roots of a direction to this pair, the shortest first, and whether these are all."""
        found: list[tuple[Visit, tuple[Into, ...]]] = []
        queue: deque[tuple[Visit, tuple[Into, ...], frozenset[int]]] = deque([(self, (), frozenset({id(self)}))])
        complete, looked_at = True, 0
        while queue:
            visit, steps, met = queue.popleft()
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                return found, False
            if direction in visit.roots:
                found.append((visit, steps))
                if len(found) >= _MOST_WAYS:
                    return found, complete and not queue and not visit.parents
            for parent, into in visit.parents:
                if id(parent) in met:
                    complete = False  # round a cycle there are ever longer ways
                else:
                    queue.append((parent, steps if into is None else (into, *steps), met | {id(parent)}))
        return found, complete

    def _ancestors(self) -> Iterator[Visit]:
        met = {id(self)}
        queue = deque([self])
        while queue:
            current = queue.popleft()
            yield current
            for parent, _ in current.parents:
                if id(parent) not in met:
                    met.add(id(parent))
                    queue.append(parent)
