"""Lifecycle marks of operations, parameters, headers and whole descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contractguard.diff.marks import deprecation_details, mark_changes
from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.model.change import Direction, Effect
from contractguard.model.lifecycle import DEPRECATED, SUNSET, mark_text, says_deprecated
from contractguard.model.openapi import Api, Operation, Parameter, Part
from contractguard.model.places import Node

_CONTRACT = Spot(direction=Direction.INPUT, element="contract", subject="the contract")


@dataclass(frozen=True, slots=True)
class _Marked:
    """One side of what is compared."""

    node: Node
    extensions: Mapping[str, Node]
    is_deprecated: bool
    deprecated_place: Node


def compare_lifecycle(
    comparison: Comparison, spot: Spot, of: str, base: Part, head: Part, *, outer: Spot | None = None
) -> None:
    """Compare the marks of two objects. `of` is the fact of the vocabulary: `operation`, `parameter` or `header`.

    `outer` is the spot of the path item whose marks an operation has, too.
    """
    _compare(comparison, spot, of, (_marked(base), _marked(head)), outer)


def compare_contract_marks(comparison: Comparison) -> None:
    """Compare the marks of two whole descriptions."""
    _compare(comparison, _CONTRACT, "contract", (_whole(comparison.base.api), _whole(comparison.head.api)))


def is_contract_mark(comparison: Comparison, node: Node | None) -> bool:
    """Whether an extension of `info` is a mark that `compare_contract_marks` tells of."""
    marks = (*comparison.base.api.marks.values(), *comparison.head.api.marks.values())
    return node is not None and any(mark.key == node.key for mark in marks)


def is_deprecated(part: Part) -> bool:
    """Whether an object is marked deprecated."""
    if isinstance(part, Operation):
        return part.lifecycle.deprecated
    return isinstance(part, Parameter) and part.deprecated


def sunset_detail(part: Part) -> Mapping[str, str]:
    """The detail `sunset` of a change; empty where none is said."""
    text = mark_text(part.extensions, SUNSET)
    return {} if text is None else {"sunset": text}


def _marked(part: Part) -> _Marked:
    place = part.extensions.get(DEPRECATED) or keyword(part, "deprecated")
    return _Marked(part.node, part.extensions, is_deprecated(part), place)


def _whole(api: Api) -> _Marked:
    return _Marked(api.node, api.marks, says_deprecated(api.marks), api.marks.get(DEPRECATED) or api.node)


def _compare(
    comparison: Comparison, spot: Spot, of: str, sides: tuple[_Marked, _Marked], outer: Spot | None = None
) -> None:
    base, head = sides
    if base.is_deprecated != head.is_deprecated:
        comparison.add(
            "deprecation.added" if head.is_deprecated else "deprecation.removed",
            Effect.NONE,
            spot,
            base=base.deprecated_place,
            head=head.deprecated_place,
            before=base.is_deprecated,
            after=head.is_deprecated,
            facts={"of": of},
            details=deprecation_details(head.extensions) if head.is_deprecated else None,
        )
    moved = head.is_deprecated != base.is_deprecated
    for change in mark_changes(base.extensions, head.extensions, deprecation_moved=moved):
        is_own = outer is None or _is_below(change.base, base.node) or _is_below(change.head, head.node)
        comparison.add(
            change.kind,
            Effect.NONE,
            spot if is_own or outer is None else outer,
            base=change.base or (base.node if is_own else None),
            head=change.head or (head.node if is_own else None),
            before=change.before,
            after=change.after,
            facts=change.facts,
            details=change.details,
        )


def _is_below(node: Node | None, holder: Node) -> bool:
    return node is not None and node.path == holder.path and node.pointer.startswith(f"{holder.pointer}/")
