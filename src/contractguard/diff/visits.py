"""The graph of the schema pairs that were compared: what each found, and how it is reached from payload roots."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from contractguard.diff.schema.pair import Found, Pair
from contractguard.model.change import Direction, OperationUse, Polarity
from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.semantics.inclusion.literals import Side
from contractguard.semantics.inclusion.literals import Step as Into

_MOST_WAYS = 4
"""Ways from payload roots to a pair that are tried for a witness."""
_MOST_LEVELS = 8
"""Schemas around one, each a branch of the next, that are asked for a name."""
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

    def is_declared_around(self, name: str, side: Side, levels: int = _MOST_LEVELS) -> bool:
        """Whether schemas around this one that hold of the same payload declare a property, wherever the pair is met."""
        if self.roots or not self.parents or not levels:
            return False
        return all(
            into is None
            and (name in parent.schema(side).properties or parent.is_declared_around(name, side, levels - 1))
            for parent, into in self.parents
        )

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


Way = tuple[Visit, tuple[Into, ...]]
"""A payload root, and which part of its payload a pair is about."""


class Ways:
    """The ways outward from a pair to those around it that are ends, the shortest first, each found when it is asked for.

    With `beyond` an end may lie on the way to another one. With `each_once` no pair is passed twice, which finds the shortest way
    from each end and is done soon; without, several ways from each are found, as far as a limited look goes. `are_all` says
    afterwards whether there are no others.
    """

    def __init__(self, inner: Visit, is_end: Callable[[Visit], bool], *, beyond: bool, each_once: bool) -> None:
        self._inner = inner
        self._is_end = is_end
        self._beyond = beyond
        self._each_once = each_once
        self.are_all = False

    def __iter__(self) -> Iterator[Way]:
        """Go outward from the pair, breadth first."""
        met = {id(self._inner)}
        queue: deque[tuple[Visit, tuple[Into, ...], set[int]]] = deque([(self._inner, (), met)])
        complete, found, looked_at = True, 0, 0
        while queue:
            visit, steps, met = queue.popleft()
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT and not self._each_once:
                return
            if self._is_end(visit):
                found += 1
                yield visit, steps
                is_last = not queue and not (self._beyond and visit.parents)
                if found >= _MOST_WAYS:
                    complete = complete and is_last
                    break
                if not self._beyond:
                    continue
            for parent, into in visit.parents:
                if id(parent) in met:
                    complete = False  # round a cycle there are ever longer ways
                    continue
                if self._each_once:
                    met.add(id(parent))
                queue.append(
                    (parent, steps if into is None else (into, *steps), met if self._each_once else met | {id(parent)})
                )
        self.are_all = complete


class Reach:
    """From which payload roots each pair is reached: found for all pairs at once, as sets in the bits of integers."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        self._roots = [(visit, direction) for visit in visits for direction in Direction if direction in visit.roots]
        self._in_direction = {
            direction: sum(1 << index for index, (_, way) in enumerate(self._roots) if way is direction)
            for direction in Direction
        }
        self._uses: dict[int, set[OperationUse]] = {}
        self._children = _children(visits)
        self._bits = self._spread(visits)
        self._inward: dict[Direction, dict[int, tuple[Visit, Into | None]]] = {}
        """Direction → pair → the pair around it on the shortest way from a root, and what of that it is about."""

    def mask(self, visit: Visit, direction: Direction) -> int:
        """The payload roots of a direction from which the pair is reached, one bit each."""
        return self._bits[id(visit)] & self._in_direction[direction]

    def roots_in(self, visit: Visit, direction: Direction) -> list[Visit]:
        """The payload roots of a direction from which the pair is reached, in the order in which they were met."""
        return self._roots_of(self.mask(visit, direction))

    def reached(self, visit: Visit) -> dict[Direction, set[OperationUse]]:
        """The directions and operations from whose payloads the pair is reached; input first."""
        masks = {direction: self.mask(visit, direction) for direction in Direction}
        return {direction: self._uses_of(mask, direction) for direction, mask in masks.items() if mask}

    def children(self, visit: Visit) -> Sequence[tuple[Visit, Into | None]]:
        """The pairs within one, each with the part of its payload that it is about."""
        return self._children.get(id(visit), ())

    def nearest_way(self, visit: Visit, direction: Direction) -> Way:
        """The way from one of the nearest payload roots of a direction from which the pair is reached."""
        inward = self._inward.get(direction)
        if inward is None:
            inward = self._inward[direction] = self._grown_from_roots(direction)
        steps: list[Into] = []
        while direction not in visit.roots:
            visit, into = inward[id(visit)]
            steps += [] if into is None else [into]
        return visit, tuple(reversed(steps))

    def _grown_from_roots(self, direction: Direction) -> dict[int, tuple[Visit, Into | None]]:
        roots = [root for root, way in self._roots if way is direction]
        inward: dict[int, tuple[Visit, Into | None]] = {}
        queue = deque(roots)
        while queue:
            visit = queue.popleft()
            for child, into in self.children(visit):
                if id(child) not in inward:
                    inward[id(child)] = (visit, into)
                    queue.append(child)
        return inward

    def _uses_of(self, mask: int, direction: Direction) -> set[OperationUse]:
        uses = self._uses.get(mask)
        if uses is None:
            uses = self._uses[mask] = set().union(*(root.roots[direction] for root in self._roots_of(mask)))
        return uses

    def _roots_of(self, mask: int) -> list[Visit]:
        found = []
        while mask:
            lowest = mask & -mask
            found.append(self._roots[lowest.bit_length() - 1][0])
            mask ^= lowest
        return found

    def _spread(self, visits: Sequence[Visit]) -> dict[int, int]:
        """What each root reaches, spread along the graph until nothing is added."""
        bits = dict.fromkeys(map(id, visits), 0)
        queue: deque[Visit] = deque()
        for index, (root, _) in enumerate(self._roots):
            bits[id(root)] |= 1 << index
            queue.append(root)
        while queue:
            visit = queue.popleft()
            mask = bits[id(visit)]
            for child, _ in self.children(visit):
                if mask & ~bits[id(child)]:
                    bits[id(child)] |= mask
                    queue.append(child)
        return bits


def _children(visits: Sequence[Visit]) -> Mapping[int, list[tuple[Visit, Into | None]]]:
    """The pairs within each one, and which part of its payload they are about."""
    children: dict[int, list[tuple[Visit, Into | None]]] = defaultdict(list)
    for visit in visits:
        for parent, into in visit.parents:
            children[id(parent)].append((visit, into))
    return children
