"""The operations of `paths`: those that stayed, moved, came or went, and who answers a call afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from contractguard.diff.openapi.answering import Answered, Answers, are_alike
from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.lifecycle import is_deprecated, sunset_detail
from contractguard.diff.openapi.operations import added, compare_operation, removed
from contractguard.diff.openapi.paths import fronts, with_shared_path_parameters, without_names
from contractguard.diff.openapi.places import method_place
from contractguard.diff.openapi.servers import fronts_in_urls
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation
from contractguard.model.places import Node

_Pair: TypeAlias = tuple[Operation, Operation]


@dataclass(frozen=True, slots=True)
class _Move:
    """Operations that moved in one go: all those of a path, all those below a prefix, or one."""

    pairs: Sequence[_Pair]
    element: str
    subject: str
    before: str
    after: str
    places: tuple[Node, Node]


def compare_paths(comparison: Comparison) -> None:
    """Compare the operations of `paths`. A call is input: the provider accepts it."""
    answers = Answers(comparison)
    moved: list[_Pair] = []
    for base, head in comparison.operations:
        if base is not None and head is not None:
            if without_names(base.path) == without_names(head.path):
                compare_operation(comparison, _spot(head), base, head)
                continue
            if fronts_in_urls(comparison, base, head) == ("", ""):
                moved.append((base, head))
            compare_operation(comparison, _spot(head), *with_shared_path_parameters(base, head))
        elif head is not None:
            added(comparison, "operation", _spot(head), head)
            _tell_captured(comparison, head, answers.of_new(head))
        elif base is not None:
            _tell_gone(comparison, base, answers)
    for move in _moves(comparison, moved):
        _tell_moved(comparison, move)


def _spot(operation: Operation) -> Spot:
    return Spot(
        direction=Direction.INPUT,
        element=f"{operation.method} {without_names(operation.path)}",
        subject=f"operation {operation.method} {operation.path}",
        use=OperationUse(operation.method, operation.path),
    )


def _tell_gone(comparison: Comparison, base: Operation, answers: Answers) -> None:
    """An operation that head does not have: gone, or others answer all its calls, and are alike."""
    spot = _spot(base)
    answered = answers.of_gone(base)
    listed = answers.of_listed(base)
    place = method_place(comparison.base, base)
    if answered is not None and are_alike(comparison, base, answered.narrowed, spot):
        comparison.add(
            "operation.absorbed",
            Effect.NONE,
            spot,
            base=place,
            head=method_place(comparison.head, answered.operation),
            facts={"listed": answered.is_listed},
            details=_answer_details(answered),
        )
    elif listed is not None and all(are_alike(comparison, old, new, spot) for old, new in listed):
        paths = ", ".join(new.path for _, new in listed)
        comparison.add(
            "operation.split",
            Effect.NONE,
            spot,
            base=place,
            head=method_place(comparison.head, listed[0][1]),
            details={"paths": paths},
        )
    else:
        removed(comparison, "operation", spot, base)


def _tell_captured(comparison: Comparison, head: Operation, answered: Answered | None) -> None:
    """A new operation whose calls were those of a templated path, which is still there."""
    if answered is None:
        return
    comparison.add(
        "operation.captured",
        Effect.NONE,
        _spot(answered.operation),
        base=method_place(comparison.base, answered.operation),
        head=method_place(comparison.head, head),
        after=head.path,
        facts={"alike": are_alike(comparison, answered.narrowed, head, _spot(head))},
        details=_answer_details(answered),
    )


def _answer_details(answered: Answered) -> dict[str, str]:
    operation = answered.operation
    values = " and ".join(f"'{value}'" for value in answered.values)
    return {"name": values, "operation": f"{operation.method} {operation.path}"}


def _tell_moved(comparison: Comparison, move: _Move) -> None:
    """One change for all operations of a move; those that were announced to end are told apart, each by its date."""
    groups: dict[tuple[bool, tuple[tuple[str, str], ...]], list[OperationUse]] = defaultdict(list)
    for base, _ in move.pairs:
        key = (is_deprecated(base), tuple(sunset_detail(base).items()))
        groups[key].append(OperationUse(base.method, base.path))
    for (deprecated, sunset), uses in groups.items():
        comparison.add(
            "operation.moved",
            Effect.INCOMPARABLE,
            Spot(direction=Direction.INPUT, element=move.element, subject=move.subject, uses=tuple(uses)),
            base=move.places[0],
            head=move.places[1],
            before=move.before,
            after=move.after,
            facts={"deprecated": deprecated},
            details=dict(sunset),
        )


def _moves(comparison: Comparison, moved: Sequence[_Pair]) -> list[_Move]:
    """Moved operations by what moved: a whole prefix where it took several paths and nothing stayed below it, else each path."""
    by_fronts: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for base, head in moved:
        by_fronts[fronts(base.path, head.path)].append((base, head))
    gone = {id(base) for base, _ in moved}
    stayed = {base.path for base, head in comparison.operations if base and head and id(base) not in gone}
    left = Counter(path[:place] for path in stayed for place, letter in enumerate(path) if letter == "/")
    moves: list[_Move] = []
    for (front, now), pairs in by_fronts.items():
        paths = {base.path for base, _ in pairs}
        if len(paths) > 1 and not left[front]:
            moves.append(_prefix_move(comparison, pairs, front, now))
        else:
            moves += _path_moves(comparison, pairs)
    return moves


def _prefix_move(comparison: Comparison, pairs: Sequence[_Pair], front: str, now: str) -> _Move:
    return _Move(
        pairs,
        element=f"paths > {without_names(front) or '/'}",
        subject=f"all paths below {front}" if front else "all paths",
        before=front or "/",
        after=now or "/",
        places=(_paths_node(comparison.base), _paths_node(comparison.head)),
    )


def _path_moves(comparison: Comparison, pairs: Sequence[_Pair]) -> list[_Move]:
    by_paths: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for base, head in pairs:
        by_paths[base.path, head.path].append((base, head))
    methods = Counter(base.path for base, _ in comparison.operations if base is not None)
    moves = []
    for (before, after), group in by_paths.items():
        base, head = group[0]
        if methods[before] > 1 and len(group) == 1:
            element, subject = f"{base.method} {without_names(before)}", f"operation {base.method} {before}"
            places = (method_place(comparison.base, base), method_place(comparison.head, head))
        else:
            element, subject = without_names(before), f"path {before}"
            places = (_path_node(comparison.base, base), _path_node(comparison.head, head))
        moves.append(_Move(group, element, subject, before, after, places))
    return moves


def _paths_node(contract: OpenApiContract) -> Node:
    return contract.root.get("paths") or contract.root


def _path_node(contract: OpenApiContract, operation: Operation) -> Node:
    return _paths_node(contract).get(operation.path) or operation.node
