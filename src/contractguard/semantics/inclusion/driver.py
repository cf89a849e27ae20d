"""Running searches that wait for each other, with a memo that is sound for recursive schemas.

A search is a generator: it yields the goals that it needs solved, gets their outcomes, and returns its own. Keeping the
searches on a stack of our own makes depth a matter of memory, not of the interpreter's recursion limit.

A goal met again while it is being searched is assumed to have no payload: a smallest payload never needs itself (DESIGN, law
8). What is concluded from such an assumption holds only if the assumption does, so "empty" is remembered for good when the
search that the assumption is about ends empty as well, and forgotten otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from contractguard.errors import UnreadableError
from contractguard.semantics.inclusion.literals import Goal
from contractguard.semantics.inclusion.outcome import EMPTY, Outcome, Proof, unknown

_T = TypeVar("_T")
Asking: TypeAlias = Generator[Goal, Outcome, _T]
"""A part of a search: it yields the goals that it needs solved."""
Search: TypeAlias = Asking[Outcome]

MOST_STEPS = 60_000
"""Steps of one question; a step is a goal entered, a case looked at, or `LOOKS_PER_STEP` looks at what a case is made of."""
MOST_STEPS_IN_ALL = 250_000
"""Steps of all questions of one comparison together."""
LOOKS_PER_STEP = 16
"""Schemas that a case takes in, or members of it that are looked through, which count as one step together."""


class Budget:
    """Counts steps: never seconds, so that the answer is the same on every machine."""

    def __init__(self, question: int = MOST_STEPS, in_all: int = MOST_STEPS_IN_ALL) -> None:
        self._question = question
        self._left_in_all = in_all
        self._left = 0
        self._looks = 0

    def restart(self) -> None:
        """A new question."""
        self._looks = 0
        self._left = min(self._question, self._left_in_all)

    def step(self, count: int = 1) -> None:
        """Take steps. Raises `OutOfStepsError`."""
        self._left -= count
        self._left_in_all -= count
        if self._left < 0:
            raise OutOfStepsError

    def look(self, count: int = 1) -> None:
        """Take what is less than a step. Raises `OutOfStepsError`."""
        self._looks += count
        if self._looks >= LOOKS_PER_STEP:
            steps, self._looks = divmod(self._looks, LOOKS_PER_STEP)
            self.step(steps)


class OutOfStepsError(Exception):
    """The budget of a question is used up."""


@dataclass(slots=True)
class _Frame:
    """A search that waits for others."""

    goal: Goal
    search: Search
    depends_on: int
    """The lowest frame whose assumed emptiness was used; the frame's own height where none was."""
    provisional_from: int
    """How many provisional conclusions there were when the search began."""


@dataclass(slots=True, eq=False)
class _Group:
    """Provisional conclusions that stand and fall together: with the search at `height`, or as part of a larger group."""

    height: int
    part_of: _Group | None = None

    def whole(self) -> _Group:
        """The largest group that this one is part of."""
        group = self
        while group.part_of is not None:
            group = group.part_of
        if group is not self:
            self.part_of = group
        return group


class Driver:
    """Solves goals, each once."""

    def __init__(self, search: Callable[[Goal], Search], budget: Budget) -> None:
        self._search = search
        self._budget = budget
        self._memo: dict[Goal, Outcome] = {}
        self._provisional: dict[Goal, _Group] = {}
        self._provisional_order: list[Goal] = []
        self._groups: list[tuple[int, _Group]] = []
        """The groups that are part of no other, with the place in the order at which each begins."""

    def solve(self, goal: Goal) -> Outcome:
        """The outcome of a goal. Undecided where the budget does not suffice."""
        self._budget.restart()
        known = self._memo.get(goal)
        if known is not None:
            return known
        frames: list[_Frame] = []
        heights: dict[Goal, int] = {}
        try:
            return self._run(goal, frames, heights)
        except OutOfStepsError:
            return unknown(["budget"])
        finally:
            self._forget_provisional(0)

    def _run(self, goal: Goal, frames: list[_Frame], heights: dict[Goal, int]) -> Outcome:
        self._enter(goal, frames, heights)
        answer: Outcome | None = None
        while True:
            frame = frames[-1]
            outcome: Outcome | None = None
            try:
                wanted = next(frame.search) if answer is None else frame.search.send(answer)
            except StopIteration as ended:
                outcome = ended.value
            except UnreadableError:
                outcome = unknown(["$ref"])
            if outcome is not None:
                self._leave(frames, heights, outcome)
                if not frames:
                    return outcome
                answer = outcome
                continue
            self._budget.step()
            answer = self._known(wanted, frame, heights)
            if answer is None:
                self._enter(wanted, frames, heights)

    def _known(self, wanted: Goal, frame: _Frame, heights: dict[Goal, int]) -> Outcome | None:
        known = self._memo.get(wanted)
        if known is not None:
            return known
        height = heights.get(wanted)
        if height is None:
            group = self._provisional.get(wanted)
            if group is None:
                return None
            height = group.whole().height
        frame.depends_on = min(frame.depends_on, height)
        return EMPTY

    def _enter(self, goal: Goal, frames: list[_Frame], heights: dict[Goal, int]) -> None:
        height = len(frames)
        heights[goal] = height
        frames.append(_Frame(goal, self._search(goal), height, len(self._provisional_order)))

    def _leave(self, frames: list[_Frame], heights: dict[Goal, int], outcome: Outcome) -> None:
        frame = frames.pop()
        height = len(frames)
        del heights[frame.goal]
        if not isinstance(outcome, Proof):
            self._forget_provisional(frame.provisional_from)
            self._memo[frame.goal] = outcome
        elif frame.depends_on >= height:
            for goal in self._provisional_order[frame.provisional_from :]:
                self._memo[goal] = EMPTY
            self._forget_provisional(frame.provisional_from)
            self._memo[frame.goal] = EMPTY
        else:
            # What was concluded below now hangs on what this frame hangs on: its own height will mean another search.
            group = _Group(frame.depends_on)
            while self._groups and self._groups[-1][0] >= frame.provisional_from:
                self._groups.pop()[1].part_of = group
            self._groups.append((frame.provisional_from, group))
            self._provisional[frame.goal] = group
            self._provisional_order.append(frame.goal)
        if frames and isinstance(outcome, Proof):
            frames[-1].depends_on = min(frames[-1].depends_on, frame.depends_on)

    def _forget_provisional(self, keep: int) -> None:
        for goal in self._provisional_order[keep:]:
            del self._provisional[goal]
        del self._provisional_order[keep:]
        while self._groups and self._groups[-1][0] >= keep:
            self._groups.pop()
