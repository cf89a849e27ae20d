"""The graph of compared pairs: the ways into payloads, the pairs that decide, and which roots reach what."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import cast

import pytest

from contractguard.diff.schema.pair import Pair
from contractguard.diff.visits import Reach, Visit, Ways
from contractguard.model.change import Direction, OperationUse, Polarity
from contractguard.model.places import Node
from contractguard.semantics.inclusion.literals import Side, Step, Where

INPUT, OUTPUT = Direction.INPUT, Direction.OUTPUT
BASE, HEAD = Node(1, "base.json", ""), Node(2, "head.json", "")


def into(name: str) -> Step:
    return Step(Where.PROPERTY, name)


def visit(*parents: tuple[Visit, str | None], polarity: Polarity = Polarity.POSITIVE, **roots: str) -> Visit:
    """A pair below others, each with the name of the property that leads to it; `roots` by direction, with a path."""
    pair = cast("Pair", SimpleNamespace(polarity=polarity, base="base schema", head="head schema"))
    made = Visit(pair, BASE, HEAD)
    made.parents = [(parent, None if name is None else into(name)) for parent, name in parents]
    made.roots = {Direction(direction): {OperationUse("GET", path)} for direction, path in roots.items()}
    return made


def ways(made: Visit, direction: Direction, *, each_once: bool) -> Ways:
    """The ways from payload roots of a direction."""
    return Ways(made, lambda outer: direction in outer.roots, beyond=True, each_once=each_once)


def names(found: Ways) -> tuple[list[tuple[Visit, str]], bool]:
    """Roots with the way into their payload as a path, and whether these are all."""
    told = [(root, "/".join(step.name for step in steps)) for root, steps in found]
    return told, found.are_all


def test_the_sides_of_a_pair() -> None:
    made = visit()
    assert (made.node(Side.BASE), made.node(Side.HEAD)) == (BASE, HEAD)
    assert (made.schema(Side.BASE), made.schema(Side.HEAD)) == ("base schema", "head schema")


# ways


@pytest.mark.parametrize("each_once", [False, True])
def test_a_root_is_reached_without_a_step(each_once: bool) -> None:
    root = visit(input="/a")
    assert names(ways(root, INPUT, each_once=each_once)) == ([(root, "")], True)
    assert names(ways(root, OUTPUT, each_once=each_once)) == ([], True)


@pytest.mark.parametrize("each_once", [False, True])
def test_steps_lead_from_the_root_inward(each_once: bool) -> None:
    root = visit(input="/a")
    same = visit((visit((root, "a")), None))
    assert names(ways(visit((same, "b")), INPUT, each_once=each_once)) == ([(root, "a/b")], True)


@pytest.mark.parametrize("each_once", [False, True])
def test_the_shortest_way_comes_first(each_once: bool) -> None:
    near, far = visit(input="/near"), visit(input="/far")
    made = visit((visit((visit((far, "x")), "y")), "z"), (near, "a"))
    assert names(ways(made, INPUT, each_once=each_once)) == ([(near, "a"), (far, "x/y/z")], True)


@pytest.mark.parametrize("each_once", [False, True])
def test_a_root_may_be_inside_another_one(each_once: bool) -> None:
    outer = visit(input="/outer")
    inner = visit((outer, "a"), input="/inner")
    assert names(ways(visit((inner, "b")), INPUT, each_once=each_once)) == ([(inner, "b"), (outer, "a/b")], True)


def test_several_ways_from_one_root() -> None:
    root = visit(input="/a")
    made = visit((root, "a"), (root, "b"))
    assert names(ways(made, INPUT, each_once=True)) == ([(root, "a")], False)
    assert names(ways(made, INPUT, each_once=False)) == ([(root, "a"), (root, "b")], True)


def test_ways_that_part_and_meet_again() -> None:
    root = visit(input="/a")
    middle = [visit((root, name)) for name in "ab"]
    made = visit((middle[0], "c"), (middle[1], "d"))
    assert names(ways(made, INPUT, each_once=True)) == ([(root, "a/c")], False)
    assert names(ways(made, INPUT, each_once=False)) == ([(root, "a/c"), (root, "b/d")], True)


@pytest.mark.parametrize("each_once", [False, True])
def test_round_a_cycle_there_are_ever_longer_ways(each_once: bool) -> None:
    root = visit(input="/a")
    tree = visit((root, "tree"))
    tree.parents.append((tree, into("next")))
    assert names(ways(tree, INPUT, each_once=each_once)) == ([(root, "tree")], False)


@pytest.mark.parametrize("each_once", [False, True])
def test_a_cycle_of_two(each_once: bool) -> None:
    root = visit(input="/a")
    first = visit((root, "first"))
    second = visit((first, "second"))
    first.parents.append((second, into("back")))
    assert names(ways(second, INPUT, each_once=each_once)) == ([(root, "first/second")], False)


@pytest.mark.parametrize("each_once", [False, True])
def test_four_ways_are_enough(each_once: bool) -> None:
    roots = [visit(input=f"/{number}") for number in range(6)]
    found, are_all = names(ways(visit(*((root, "a") for root in roots)), INPUT, each_once=each_once))
    assert [root for root, _ in found] == roots[:4]
    assert not are_all


@pytest.mark.parametrize("each_once", [False, True])
def test_four_ways_may_be_all(each_once: bool) -> None:
    roots = [visit(input=f"/{number}") for number in range(4)]
    found, are_all = names(ways(visit(*((root, "a") for root in roots)), INPUT, each_once=each_once))
    assert [root for root, _ in found] == roots
    assert are_all


@pytest.mark.parametrize("each_once", [False, True])
def test_four_ways_are_not_all_where_the_last_root_lies_inside_something(each_once: bool) -> None:
    roots = [visit(input=f"/{number}") for number in range(3)]
    last = visit((visit(output="/out"), "x"), input="/last")
    found, are_all = names(ways(visit(*((root, "a") for root in [*roots, last])), INPUT, each_once=each_once))
    assert len(found) == 4
    assert not are_all


@pytest.mark.parametrize("each_once", [False, True])
def test_four_ways_are_not_all_where_a_cycle_was_met(each_once: bool) -> None:
    roots = [visit(input=f"/{number}") for number in range(4)]
    made = visit(*((root, "a") for root in roots))
    made.parents.insert(0, (made, into("self")))
    found, are_all = names(ways(made, INPUT, each_once=each_once))
    assert len(found) == 4
    assert not are_all


@pytest.mark.parametrize("each_once", [False, True])
def test_roots_of_the_other_direction_are_passed_by(each_once: bool) -> None:
    outer = visit(input="/in")
    inner = visit((outer, "a"), output="/out")
    made = visit((inner, "b"))
    assert names(ways(made, INPUT, each_once=each_once)) == ([(outer, "a/b")], True)
    assert names(ways(made, OUTPUT, each_once=each_once)) == ([(inner, "b")], True)


def _ladder(rungs: int) -> tuple[Visit, Visit]:
    """A root and a pair with twice as many ways for each rung between them."""
    root = visit(input="/a")
    lowest = root
    for _ in range(rungs):
        lowest = visit((lowest, "a"), (lowest, "b"))
    return root, lowest


def test_more_pairs_than_are_looked_at() -> None:
    root, lowest = _ladder(12)
    assert names(ways(lowest, INPUT, each_once=False)) == ([], False)
    assert names(ways(lowest, INPUT, each_once=True)) == ([(root, "/".join("a" * 12))], False)


def test_a_chain_as_long_as_what_is_looked_at() -> None:
    for length, are_all in ((399, True), (400, False)):
        root = visit(input="/a")
        made = root
        for _ in range(length):
            made = visit((made, "a"))
        found, are_told = names(ways(made, INPUT, each_once=False))
        assert are_told is are_all
        assert bool(found) is are_all
        assert names(ways(made, INPUT, each_once=True))[1]


def test_a_way_ends_where_nothing_beyond_is_asked_for() -> None:
    outermost = visit(input="/outermost")
    outer = visit((outermost, "a"), input="/outer")
    other = visit((outermost, "b"), input="/other")
    made = visit((outer, "c"), (other, "d"))
    nearest = Ways(made, lambda around: INPUT in around.roots, beyond=False, each_once=False)
    assert names(nearest) == ([(outer, "c"), (other, "d")], True)


# polarity


def test_a_pair_of_known_polarity_decides_itself() -> None:
    for polarity in (Polarity.POSITIVE, Polarity.NEGATIVE):
        made = visit((visit(), "a"), polarity=polarity)
        assert made.determined() == [made]


def test_the_nearest_pairs_of_known_polarity_decide_for_others() -> None:
    first, second = visit((visit(), "x")), visit(polarity=Polarity.NEGATIVE)
    middle = visit((second, "b"), polarity=Polarity.UNDETERMINED)
    made = visit((first, "a"), (middle, "c"), polarity=Polarity.UNDETERMINED)
    assert made.determined() == [first, second]


def test_each_deciding_pair_is_named_once() -> None:
    root = visit()
    middle = [visit((root, name), polarity=Polarity.UNDETERMINED) for name in "ab"]
    made = visit((middle[0], "c"), (middle[1], "d"), polarity=Polarity.UNDETERMINED)
    assert made.determined() == [root]


def test_a_cycle_of_unknown_polarity_ends() -> None:
    root = visit()
    made = visit((root, "a"), polarity=Polarity.UNDETERMINED)
    made.parents.insert(0, (made, into("self")))
    assert made.determined() == [root]


# names declared around


def _declaring(made: Visit, *declared: str) -> Visit:
    schema = SimpleNamespace(properties=dict.fromkeys(declared))
    made.pair = cast("Pair", SimpleNamespace(polarity=Polarity.POSITIVE, base=schema, head=schema))
    return made


def test_a_name_is_declared_around_a_branch() -> None:
    outer = _declaring(visit(input="/a"), "x")
    branch = _declaring(visit((outer, None)))
    inner = _declaring(visit((branch, None)), "y")
    assert branch.is_declared_around("x", Side.HEAD)
    assert inner.is_declared_around("x", Side.BASE)
    assert not inner.is_declared_around("y", Side.HEAD)
    assert not outer.is_declared_around("x", Side.HEAD)


def test_a_name_is_not_declared_around_where_the_branch_is_met_elsewhere_too() -> None:
    outer, other = _declaring(visit(input="/a"), "x"), _declaring(visit(input="/b"))
    assert not visit((outer, None), (other, None)).is_declared_around("x", Side.HEAD)
    assert not visit((outer, None), (outer, "x")).is_declared_around("x", Side.HEAD)
    below = visit((outer, None))
    below.roots = {INPUT: set()}
    assert not below.is_declared_around("x", Side.HEAD)


def test_names_are_looked_for_in_few_schemas_around() -> None:
    made = _declaring(visit(input="/a"), "x")
    found = []
    for _ in range(10):
        made = _declaring(visit((made, None)))
        found.append(made.is_declared_around("x", Side.HEAD))
    assert found == [True] * 8 + [False] * 2


# reach


def _reached(reach: Reach, made: Visit) -> dict[str, list[str]]:
    return {str(way): sorted(use.path for use in uses) for way, uses in reach.reached(made).items()}


def test_what_roots_reach() -> None:
    first, second = visit(input="/a"), visit(output="/b")
    shared = visit((first, "x"), (second, "y"))
    below, beside = visit((shared, "z")), visit((second, "w"))
    alone = visit()
    reach = Reach([first, second, shared, below, beside, alone])
    assert _reached(reach, below) == {"input": ["/a"], "output": ["/b"]}
    assert list(reach.reached(below)) == [INPUT, OUTPUT]
    assert _reached(reach, beside) == {"output": ["/b"]}
    assert _reached(reach, first) == {"input": ["/a"]}
    assert _reached(reach, alone) == {}
    assert reach.roots_in(below, INPUT) == [first]
    assert reach.roots_in(below, OUTPUT) == [second]
    assert reach.roots_in(first, OUTPUT) == []


def test_one_bit_for_each_root_and_direction() -> None:
    both, other = visit(input="/a", output="/b"), visit(input="/c")
    below = visit((both, "x"), (other, "y"))
    reach = Reach([both, other, below])
    bits = [reach.mask(both, INPUT), reach.mask(both, OUTPUT), reach.mask(other, INPUT)]
    assert len(set(bits)) == 3
    assert all(bit.bit_count() == 1 for bit in bits)
    assert reach.mask(below, INPUT) == bits[0] | bits[2]
    assert reach.mask(below, OUTPUT) == bits[1]
    assert reach.mask(other, OUTPUT) == 0


def test_uses_of_all_roots_are_joined_by_direction() -> None:
    first, second = visit(input="/a", output="/o"), visit(input="/b")
    below = visit((first, "x"), (second, "y"))
    reach = Reach([first, second, below])
    assert _reached(reach, below) == {"input": ["/a", "/b"], "output": ["/o"]}
    assert reach.roots_in(below, INPUT) == [first, second]


def test_cycles_are_reached_whole() -> None:
    root = visit(input="/a")
    first = visit((root, "x"))
    second = visit((first, "y"))
    first.parents.append((second, into("back")))
    reach = Reach([root, first, second])
    assert _reached(reach, first) == _reached(reach, second) == {"input": ["/a"]}


@pytest.mark.parametrize("seed", range(20))
def test_the_nearest_way_is_one_of_the_shortest(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (dice, no secret)
    visits = [visit(input="/a"), visit(input="/b")]
    for _ in range(10):
        above = [(random.choice(visits), random.choice("xyz")) for _ in range(random.choice((1, 2)))]
        visits.append(visit(*above))
    visits[3].parents.append((visits[8], into("back")))
    reach = Reach(visits)
    for made in visits:
        root, steps = reach.nearest_way(made, INPUT)
        assert len(steps) == min(len(way) for _, way in ways(made, INPUT, each_once=False))
        at = [root]
        for step in steps:
            at = [inner for inner in visits if any((outer, step) in inner.parents for outer in at)]
        assert made in at


@pytest.mark.parametrize("seed", range(20))
def test_reach_is_what_a_walk_upward_finds(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (dice, no secret)
    visits = [visit() for _ in range(12)]
    for made in visits:
        made.parents = [(random.choice(visits), into("a")) for _ in range(random.choice((0, 1, 1, 2)))]
        for direction in Direction:
            if random.random() < 0.2:
                made.roots[direction] = {OperationUse("GET", f"/{visits.index(made)}")}
    reach = Reach(visits)
    for made in visits:
        above = {id(made)}
        stack = [made]
        while stack:
            for parent, _ in stack.pop().parents:
                if id(parent) not in above:
                    above.add(id(parent))
                    stack.append(parent)
        for direction in Direction:
            expected = [other for other in visits if id(other) in above and direction in other.roots]
            assert reach.roots_in(made, direction) == expected
            uses = set().union(*(other.roots[direction] for other in expected))
            assert reach.reached(made).get(direction, set()) == uses
