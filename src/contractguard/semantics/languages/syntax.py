"""The parts of a regular expression. Groups leave no trace: captures and laziness do not change which strings match."""

from __future__ import annotations

from collections.abc import Sequence as SequenceOf
from enum import Enum

from contractguard.semantics.languages.charsets import Ranges, ranges_of

UNBOUNDED = 1 << 62
"""Stands for "no greatest length" and "no greatest number of repetitions"; larger than anything a pattern can write."""


class Edge(Enum):
    """Conditions on a position between two characters."""

    START = "^"
    END = "$"
    WORD = "\\b"
    NOT_WORD = "\\B"


class Node:
    """A part of a pattern, never changed. Parts are compared by identity, so that nothing ever recurses into a deep one.

    `shortest` and `longest` bound the length of what it matches, `optional` tells that it matches the empty string wherever it
    stands, `opens` that it cannot do without the start of the text, `looks` that a look-around is inside.
    """

    __slots__ = ("longest", "looks", "opens", "optional", "shortest")

    def __init__(
        self, shortest: int, longest: int, *, optional: bool = False, opens: bool = False, looks: bool = False
    ) -> None:
        self.shortest = min(shortest, UNBOUNDED)
        self.longest = min(longest, UNBOUNDED)
        self.optional = optional
        self.opens = opens
        self.looks = looks


class Chars(Node):
    """One character of a set, which may be empty."""

    __slots__ = ("ranges",)

    def __init__(self, ranges: Ranges) -> None:
        super().__init__(1, 1)
        self.ranges = ranges


class Assertion(Node):
    """A condition on the position; consumes nothing."""

    __slots__ = ("edge",)

    def __init__(self, edge: Edge) -> None:
        super().__init__(0, 0, opens=edge is Edge.START)
        self.edge = edge


class Sequence(Node):
    """One part after the other."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Node, ...]) -> None:
        super().__init__(
            sum(item.shortest for item in items),
            sum(item.longest for item in items),
            optional=all(item.optional for item in items),
            opens=any(item.opens for item in items),
            looks=any(item.looks for item in items),
        )
        self.items = items


class Choice(Node):
    """One of at least two parts."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[Node, ...]) -> None:
        super().__init__(
            min(option.shortest for option in options),
            max(option.longest for option in options),
            optional=any(option.optional for option in options),
            opens=all(option.opens for option in options),
            looks=any(option.looks for option in options),
        )
        self.options = options


class Repeat(Node):
    """A part `least` to `most` times (UNBOUNDED: any number)."""

    __slots__ = ("item", "least", "most")

    def __init__(self, item: Node, least: int, most: int) -> None:
        super().__init__(
            item.shortest * least,
            item.longest * most,
            optional=least == 0 or item.optional,
            opens=least > 0 and item.opens,
            looks=item.looks,
        )
        self.item = item
        self.least = least
        self.most = most


class Look(Node):
    """A look-ahead, or a look-behind."""

    __slots__ = ("behind", "item", "negative")

    def __init__(self, item: Node, *, behind: bool, negative: bool) -> None:
        super().__init__(0, 0, looks=True)
        self.item = item
        self.behind = behind
        self.negative = negative


EMPTY = Sequence(())


def sequence(items: SequenceOf[Node]) -> Node:
    """The items one after the other, with sequences among them laid flat."""
    flat: list[Node] = []
    for item in items:
        if isinstance(item, Sequence):
            flat.extend(item.items)
        else:
            flat.append(item)
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat)) if flat else EMPTY


def choice(options: SequenceOf[Node]) -> Node:
    """Any of the options; single characters are gathered into one set, choices among the options laid flat."""
    others: list[Node] = []
    pairs: list[tuple[int, int]] = []
    for option in options:
        for part in option.options if isinstance(option, Choice) else (option,):
            if isinstance(part, Chars):
                pairs.extend(part.ranges)
            else:
                others.append(part)
    if pairs or not others:
        others.insert(0, Chars(ranges_of(pairs)))
    return others[0] if len(others) == 1 else Choice(tuple(others))


def repeat(item: Node, least: int, most: int) -> Node:
    """The item `least` to `most` times. What matches only the empty string need not be tried twice."""
    if item.longest == 0:
        most = min(most, 1)
        least = min(least, 1)
    if item.optional:
        least = 0
    if most == 0 or (item.longest == 0 and least == 0):
        return EMPTY
    return item if least == most == 1 else Repeat(item, least, most)
