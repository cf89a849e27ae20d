"""The driver on searches made by hand: goals that wait for each other, go in circles, stop, or take too long."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, cast

import pytest

from contractguard.errors import UnreadableError
from contractguard.semantics.inclusion.driver import (
    MOST_STEPS,
    MOST_STEPS_IN_ALL,
    Budget,
    Driver,
    OutOfStepsError,
    Search,
)
from contractguard.semantics.inclusion.literals import Goal
from contractguard.semantics.inclusion.outcome import EMPTY, Doubts, Outcome, Unknown, Witness, unknown

Ways = list[list[str]]
"""The ways to make a goal true: all goals of one of them must be. A way without goals makes it true at once."""
TRUE: Ways = [[]]


def _goal(name: str) -> Goal:
    return cast("Goal", (name,))


class Graph:
    """Goals with their ways, a driver that solves them, and a record of the searches that it began."""

    def __init__(
        self, ways: Mapping[str, Ways], budget: Budget | None = None, open_goals: tuple[str, ...] = ()
    ) -> None:
        self.ways = dict(ways)
        self.open_goals = open_goals
        self.unreadable: set[str] = set()
        self.begun: list[str] = []
        self.driver = Driver(self._search, budget or Budget())

    def solve(self, name: str) -> Outcome:
        return self.driver.solve(_goal(name))

    def said(self, *names: str) -> list[Outcome]:
        """The outcomes of some goals, solved in this order."""
        return [self.solve(name) for name in names]

    def _search(self, goal: Goal) -> Search:
        name = str(goal[0])
        self.begun.append(name)
        doubts = Doubts()
        for way in self.ways[name]:
            found: list[Any] = []
            for wanted in way:
                outcome = yield _goal(wanted)
                if not isinstance(outcome, Witness):
                    doubts.take(outcome)
                    break
                found.append(outcome.value)
            else:
                return Witness([name, *found])
        if name in self.unreadable:
            raise UnreadableError(f"{name} cannot be read")
        if name in self.open_goals:
            return unknown([name])
        return doubts.verdict()


def _true_goals(ways: Mapping[str, Ways], given: tuple[str, ...] = ()) -> set[str]:
    """The least fixpoint: what is true whatever the way to find out."""
    true = set(given)
    while True:
        more = {name for name, options in ways.items() if any(true.issuperset(way) for way in options)} - true
        if not more:
            return true
        true |= more


# answers


def test_a_goal_that_needs_nothing_has_a_witness() -> None:
    assert Graph({"a": TRUE}).solve("a") == Witness(["a"])


def test_a_goal_without_a_way_is_empty() -> None:
    assert Graph({"a": []}).solve("a") is EMPTY


def test_answers_are_handed_to_the_search_that_asked() -> None:
    graph = Graph({"a": [["b", "c"]], "b": [["d"]], "c": TRUE, "d": TRUE})
    assert graph.solve("a") == Witness(["a", ["b", ["d"]], ["c"]])
    assert graph.begun == ["a", "b", "d", "c"]


def test_one_empty_goal_spoils_its_way_and_not_the_others() -> None:
    graph = Graph({"a": [["b", "c"], ["b"]], "b": TRUE, "c": []})
    assert graph.solve("a") == Witness(["a", ["b"]])


def test_a_goal_is_searched_once_for_all_questions() -> None:
    graph = Graph({"a": [["b"], ["c"]], "b": [["c", "d"]], "c": TRUE, "d": []})
    assert graph.said("a", "b", "c", "d", "a") == [
        Witness(["a", ["c"]]),
        EMPTY,
        Witness(["c"]),
        EMPTY,
        Witness(["a", ["c"]]),
    ]
    assert graph.begun == ["a", "b", "c", "d"]


def test_an_undecided_goal_is_remembered_with_its_reasons() -> None:
    graph = Graph({"a": [["b"], ["c"]], "b": [], "c": []}, open_goals=("b", "c"))
    assert graph.said("a", "a") == [unknown(["b", "c"])] * 2
    assert graph.begun == ["a", "b", "c"]


def test_a_witness_counts_though_another_way_is_undecided() -> None:
    assert Graph({"a": [["b"], ["c"]], "b": [], "c": TRUE}, open_goals=("b",)).solve("a") == Witness(["a", ["c"]])


# circles


def test_a_goal_that_needs_itself_is_empty() -> None:
    graph = Graph({"a": [["a"]]})
    assert graph.said("a", "a") == [EMPTY, EMPTY]
    assert graph.begun == ["a"]


def test_a_circle_without_a_way_out_is_empty_and_remembered_whole() -> None:
    graph = Graph({"a": [["b"]], "b": [["c"]], "c": [["a"]]})
    assert graph.said("a", "c", "b") == [EMPTY, EMPTY, EMPTY]
    assert graph.begun == ["a", "b", "c"]


def test_a_circle_with_a_way_out_has_witnesses_all_round() -> None:
    graph = Graph({"a": [["b"]], "b": [["c"]], "c": [["a"], ["d"]], "d": TRUE})
    assert graph.said("a", "b", "c") == [
        Witness(["a", ["b", ["c", ["d"]]]]),
        Witness(["b", ["c", ["d"]]]),
        Witness(["c", ["d"]]),
    ]


def test_what_was_assumed_of_a_goal_is_forgotten_when_the_goal_has_a_witness() -> None:
    graph = Graph({"a": [["b"], []], "b": [["a"]]})
    assert graph.said("a", "b") == [Witness(["a"]), Witness(["b", ["a"]])]
    assert graph.begun == ["a", "b", "b"]


def test_what_was_assumed_of_a_goal_is_forgotten_when_the_goal_stays_undecided() -> None:
    graph = Graph({"a": [["b"]], "b": [["a"]]}, open_goals=("a",))
    assert graph.said("a", "b") == [unknown(["a"]), unknown(["a"])]


def test_a_provisional_answer_serves_while_the_assumption_stands() -> None:
    graph = Graph({"a": [["b"], ["c"]], "b": [["a"]], "c": [["b"], ["b"]]})
    assert graph.said("a", "b", "c") == [EMPTY, EMPTY, EMPTY]
    assert graph.begun == ["a", "b", "c"]


def test_a_circle_inside_a_search_is_settled_when_its_own_entry_is_left() -> None:
    """`b` and `c` need only each other: that is known for good, though `a` has a witness afterwards."""
    graph = Graph({"a": [["b"], []], "b": [["c"]], "c": [["b"]]})
    assert graph.said("a", "b", "c") == [Witness(["a"]), EMPTY, EMPTY]
    assert graph.begun == ["a", "b", "c"]


def test_an_answer_follows_what_the_goal_it_was_assumed_of_depends_on() -> None:
    """`r` is empty if `q` is, and `q` if `p` is. When `s` asks for `r` it hangs on `p`, not on what stands where `q` stood."""
    graph = Graph({"p": [["q"], ["s"], []], "q": [["r"], ["p"]], "r": [["q"]], "s": [["r"]]})
    assert graph.solve("p") == Witness(["p"])
    assert [graph.solve(name) is EMPTY for name in ("s", "r", "q")] == [False, False, False]


def test_an_answer_follows_through_several_levels() -> None:
    ways = {
        "p": [["q"], ["s"], []],
        "q": [["r"], ["p"]],
        "r": [["t"], ["q"]],
        "t": [["u"], ["r"]],
        "u": [["t"]],
        "s": [["v"]],
        "v": [["w"]],
        "w": [["u"]],
    }
    graph = Graph(ways)
    assert graph.solve("p") == Witness(["p"])
    assert all(isinstance(outcome, Witness) for outcome in graph.said("w", "v", "s", "u", "t", "r", "q"))


def test_a_group_settles_with_the_larger_one_that_it_became_part_of() -> None:
    graph = Graph({"p": [["q"], ["s"]], "q": [["r"], ["p"]], "r": [["q"]], "s": [["r"]]})
    assert graph.said("p", "q", "r", "s") == [EMPTY] * 4
    assert graph.begun == ["p", "q", "r", "s"]


def test_a_witness_below_forgets_only_what_was_concluded_below_it() -> None:
    """`b` hangs on `a` and stays provisional when `c`, searched later, has a witness."""
    graph = Graph({"a": [["b"], ["c", "b"]], "b": [["a"]], "c": [["d"], []], "d": [["c"]]})
    assert graph.solve("a") is EMPTY
    assert graph.begun == ["a", "b", "c", "d"]
    assert graph.said("b", "c", "d") == [EMPTY, Witness(["c"]), Witness(["d", ["c"]])]


def _random_ways(random: Random) -> dict[str, Ways]:
    names = [f"g{number}" for number in range(random.randint(2, 9))]
    return {
        name: [
            [random.choice(names) for _ in range(random.choice((1, 1, 1, 2, 2, 3)))]
            for _ in range(random.choice((0, 1, 1, 2, 2, 3)))
        ]
        + (TRUE if random.random() < 0.15 else [])
        for name in names
    }


@pytest.mark.parametrize("seed", range(20))
def test_answers_are_those_of_the_least_fixpoint(seed: int) -> None:
    for number in range(100):
        random = Random(1000 * seed + number)  # noqa: S311  (dice, no secret)
        graph = Graph(_random_ways(random))
        true = _true_goals(graph.ways)
        questions = random.sample(list(graph.ways), len(graph.ways))
        for name in questions:
            outcome = graph.solve(name)
            assert isinstance(outcome, Witness) is (name in true), (graph.ways, questions, name)
            assert (outcome is EMPTY) is (name not in true)


@pytest.mark.parametrize("seed", range(5))
def test_goals_that_stay_open_make_no_answer_wrong(seed: int) -> None:
    for number in range(100):
        random = Random(1000 * seed + number)  # noqa: S311
        ways = _random_ways(random)
        graph = Graph(ways, open_goals=tuple(random.sample(list(ways), 2)))
        least, most = _true_goals(ways), _true_goals(ways, graph.open_goals)
        for name in random.sample(list(ways), len(ways)):
            outcome = graph.solve(name)
            assert outcome is not EMPTY or name not in most, (ways, graph.open_goals, name)
            assert not isinstance(outcome, Witness) or name in least


@pytest.mark.parametrize("seed", range(5))
def test_a_small_budget_makes_no_answer_wrong(seed: int) -> None:
    for number in range(100):
        random = Random(1000 * seed + number)  # noqa: S311
        graph = Graph(_random_ways(random), Budget(question=random.randint(0, 8)))
        true = _true_goals(graph.ways)
        for name in random.choices(list(graph.ways), k=12):
            outcome = graph.solve(name)
            assert outcome in (EMPTY, unknown(["budget"])) if name not in true else outcome is not EMPTY, graph.ways


def test_a_search_does_not_begin_twice_while_its_assumption_stands() -> None:
    """Without provisional answers this takes a number of searches that doubles with each rung."""
    ladder: dict[str, Ways] = {f"g{rung}": [["g0"], [f"g{rung + 1}"], [f"g{rung + 1}"]] for rung in range(60)}
    graph = Graph({**ladder, "g60": [["g0"]]})
    assert graph.solve("g0") is EMPTY
    assert len(graph.begun) == 61


# budgets


def _chain(length: int, last: Ways) -> dict[str, Ways]:
    chain: dict[str, Ways] = {f"g{number}": [[f"g{number + 1}"]] for number in range(length - 1)}
    return {**chain, f"g{length - 1}": last}


def test_each_goal_asked_for_is_a_step() -> None:
    assert isinstance(Graph(_chain(10, TRUE), Budget(question=9)).solve("g0"), Witness)
    assert Graph(_chain(10, TRUE), Budget(question=8)).solve("g0") == Unknown(frozenset({"budget"}))


def test_a_question_that_needs_no_step_needs_no_budget() -> None:
    assert Graph({"a": TRUE}, Budget(question=0)).solve("a") == Witness(["a"])


def test_each_question_has_its_own_steps() -> None:
    graph = Graph({"a": [["b"]], "b": TRUE, "c": [["d"]], "d": []}, Budget(question=1))
    assert graph.said("a", "c") == [Witness(["a", ["b"]]), EMPTY]


def test_all_questions_together_have_a_limit() -> None:
    graph = Graph({"a": [["b"]], "b": TRUE, "c": [["d"]], "d": []}, Budget(question=5, in_all=1))
    assert graph.said("a", "c", "d", "a") == [Witness(["a", ["b"]]), unknown(["budget"]), EMPTY, Witness(["a", ["b"]])]


def test_steps_of_a_question_are_never_more_than_those_left_in_all() -> None:
    budget = Budget(question=5, in_all=7)
    budget.restart()
    budget.step(5)
    budget.restart()
    budget.step(2)
    with pytest.raises(OutOfStepsError):
        budget.step()


def test_a_step_may_count_for_several() -> None:
    budget = Budget(question=3)
    budget.restart()
    budget.step(3)
    with pytest.raises(OutOfStepsError):
        budget.step()


def test_a_budget_that_was_not_started_has_no_steps() -> None:
    with pytest.raises(OutOfStepsError):
        Budget().step()


def test_the_usual_budget() -> None:
    budget = Budget()
    budget.restart()
    budget.step(60_000)
    with pytest.raises(OutOfStepsError):
        budget.step()
    large = Budget(question=10_000_000)
    large.restart()
    large.step(250_000)
    with pytest.raises(OutOfStepsError):
        large.step()
    assert (MOST_STEPS, MOST_STEPS_IN_ALL) == (60_000, 250_000)


def test_what_was_assumed_when_the_budget_ended_is_forgotten() -> None:
    """`b` is empty if `a` is; `a` has a witness, only the budget did not suffice to find it."""
    graph = Graph({"a": [["b"], ["g0"]], "b": [["a"]], **_chain(4, TRUE)}, Budget(question=3))
    assert graph.solve("a") == unknown(["budget"])
    assert all(isinstance(outcome, Witness) for outcome in graph.said("g2", "g0", "a"))
    assert graph.solve("b") == Witness(["b", ["a", ["g0", ["g1", ["g2", ["g3"]]]]]])


def test_goals_that_were_left_before_the_budget_ended_are_remembered() -> None:
    graph = Graph({"a": [["b"], ["c"], ["d"]], "b": [], "c": [], "d": []}, Budget(question=2))
    assert graph.solve("a") == unknown(["budget"])
    assert graph.said("b", "c") == [EMPTY, EMPTY]
    assert graph.begun == ["a", "b", "c"]


def test_a_search_that_runs_out_of_steps_itself_ends_the_question() -> None:
    budget = Budget(question=4)

    def search(goal: Goal) -> Search:
        budget.step(2)
        if goal == _goal("b"):
            return EMPTY
        yield _goal("b")
        budget.step(5)
        return EMPTY

    driver = Driver(search, budget)
    assert driver.solve(_goal("a")) == unknown(["budget"])
    assert driver.solve(_goal("b")) is EMPTY


def test_a_hundred_thousand_goals_in_a_row() -> None:
    graph = Graph(_chain(100_000, []), Budget(question=100_000))
    assert graph.solve("g0") is EMPTY
    assert graph.said("g99999", "g50000") == [EMPTY, EMPTY]
    assert len(graph.begun) == 100_000


def test_a_hundred_thousand_goals_in_a_circle() -> None:
    graph = Graph(_chain(100_000, [["g0"]]), Budget(question=100_000))
    assert graph.solve("g0") is EMPTY
    assert graph.solve("g60000") is EMPTY
    assert len(graph.begun) == 100_000


# errors


def test_what_cannot_be_read_is_undecided() -> None:
    graph = Graph({"a": []})
    graph.unreadable = {"a"}
    assert graph.solve("a") == Unknown(frozenset({"$ref"}))


def test_a_search_goes_on_after_what_cannot_be_read() -> None:
    graph = Graph({"a": [["b"], ["c"]], "b": [], "c": TRUE, "d": [["b"], ["e"]], "e": []}, open_goals=("e",))
    graph.unreadable = {"b"}
    assert graph.said("a", "d", "b") == [Witness(["a", ["c"]]), unknown(["$ref", "e"]), unknown(["$ref"])]
    assert graph.begun.count("b") == 1


def test_what_cannot_be_read_forgets_what_was_assumed_of_it() -> None:
    graph = Graph({"a": [["b"]], "b": [["a"]]})
    graph.unreadable = {"a"}
    assert graph.said("a", "b") == [unknown(["$ref"]), unknown(["$ref"])]


def test_other_errors_are_raised_and_leave_nothing_assumed() -> None:
    fails = [True]

    def search(goal: Goal) -> Search:
        if goal == _goal("b"):
            return (yield _goal("a"))
        outcome = yield _goal("b")
        if fails:
            raise KeyError("a")
        return outcome if isinstance(outcome, Witness) else Witness("a")

    driver = Driver(search, Budget())
    with pytest.raises(KeyError, match="a"):
        driver.solve(_goal("a"))
    fails.clear()
    assert driver.solve(_goal("b")) == Witness("a")
