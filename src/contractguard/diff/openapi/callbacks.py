"""Callbacks and webhooks: calls that the other side makes (OpenAPI 3.2, sections 4.8.2 and 4.18 "Callback Object").

The name of a callback only tells it from others in the description; what is called is the address that its expression finds. So
callbacks are the same by their name, or else by their expressions. A webhook has no address in the description, only its name.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.openapi import Operation

CompareOperations: TypeAlias = Callable[[Comparison, Spot, Operation, Operation], None]
_MOST_ALIKE = 64
"""Webhooks with the same text that are compared each with each; of more than that none is told to be renamed."""
_Callback: TypeAlias = Mapping[str, tuple[Operation, ...]]
"""Expression → what is called there."""


def compare_callbacks(
    comparison: Comparison, spot: Spot, base: Operation, head: Operation, compare_operations: CompareOperations
) -> None:
    """Compare the callbacks of two operations: calls that the other side makes, so the direction flips."""
    new_names = _renamed(base.callbacks, head.callbacks)
    renamed = frozenset(new_names.values())
    for name, old in base.callbacks.items():
        new_name = new_names.get(name, name)
        new = head.callbacks.get(new_name)
        here = _callback_spot(spot, name if new is None else new_name)
        node = base.callback_nodes.get(name)
        if new is None:
            comparison.add("callback.removed", Effect.NARROWED, here, base=node)
            continue
        if new_name != name:
            new_node = head.callback_nodes.get(new_name)
            comparison.add("callback.renamed", Effect.NONE, here, base=node, head=new_node, before=name, after=new_name)
        _compare_callback(comparison, here, old, new, compare_operations)
    for name in head.callbacks:
        if name not in base.callbacks and name not in renamed:
            here = _callback_spot(spot, name)
            comparison.add("callback.added", Effect.WIDENED, here, head=head.callback_nodes.get(name))


def tell_renamed_webhooks(comparison: Comparison) -> Collection[int]:
    """Tell of webhooks that only have another name, and return the identities of their operations on both sides.

    What is renamed must be the same to the last definition, and must be so with no other webhook.
    """
    alike_ones: dict[Hashable, tuple[list[Operation], list[Operation]]] = defaultdict(lambda: ([], []))
    for base, head in comparison.webhooks:
        if base is not None and head is None:
            alike_ones[_key(comparison, base)][0].append(base)
        elif head is not None and base is None:
            alike_ones[_key(comparison, head)][1].append(head)
    told: set[int] = set()
    for gone, come in alike_ones.values():
        if max(len(gone), len(come)) > _MOST_ALIKE:
            continue
        for old in gone:
            alike = [new for new in come if _is_same(comparison, old, new)]
            if len(alike) == 1 and sum(_is_same(comparison, other, alike[0]) for other in gone) == 1:
                (new,) = alike
                told |= {id(old), id(new)}
                _webhook_renamed(comparison, old, new)
    return told


def webhook_spot(operation: Operation) -> Spot:
    """Where an operation of a webhook is compared: the provider sends it."""
    return Spot(
        direction=Direction.OUTPUT,
        element=f"webhook {operation.path} > {operation.method}",
        subject=f"webhook '{operation.path}'",
        use=OperationUse(operation.method, operation.path),
    )


def _is_same(comparison: Comparison, base: Operation, head: Operation) -> bool:
    return base.parameters.keys() == head.parameters.keys() and comparison.says_the_same(base.node, head.node)


def _key(comparison: Comparison, operation: Operation) -> Hashable:
    return operation.method, comparison.unchanged.likeness.key(operation.node)


def _webhook_renamed(comparison: Comparison, base: Operation, head: Operation) -> None:
    here = webhook_spot(head)
    comparison.add(
        "webhook.renamed", Effect.NONE, here, base=base.node, head=head.node, before=base.path, after=head.path
    )


def _callback_spot(spot: Spot, name: str) -> Spot:
    return spot.flipped().below(f"callback {name}", f"callback '{name}'", place=f"callback {name}")


def _renamed(base: Mapping[str, _Callback], head: Mapping[str, _Callback]) -> Mapping[str, str]:
    """Old name → new name of each callback that is called something else and has the same expressions."""
    free: dict[frozenset[tuple[str, str]], deque[str]] = defaultdict(deque)
    for name, callback in head.items():
        if name not in base:
            free[_calls(callback)].append(name)
    names: dict[str, str] = {}
    for name, callback in base.items():
        found = free.get(_calls(callback)) if name not in head else None
        if found:
            names[name] = found.popleft()
    return names


def _calls(callback: _Callback) -> frozenset[tuple[str, str]]:
    return frozenset((operation.method, expression) for expression, group in callback.items() for operation in group)


def _compare_callback(
    comparison: Comparison, spot: Spot, base: _Callback, head: _Callback, compare_operations: CompareOperations
) -> None:
    for old_expression, expression in _expressions(base, head):
        old = _by_method(base.get(old_expression or "", ()))
        new = _by_method(head.get(expression or "", ()))
        if old_expression and expression and old_expression != expression:
            _address_changed(comparison, spot, old, new)
        for method in dict.fromkeys([*old, *new]):
            here = spot.below(f"{method} {expression or old_expression}", spot.subject)
            before, after = old.get(method), new.get(method)
            if before is None and after is not None:
                comparison.add("callback.added", Effect.WIDENED, here, head=after.node)
            elif before is not None and after is None:
                comparison.add("callback.removed", Effect.NARROWED, here, base=before.node)
            elif before is not None and after is not None:
                _compare_call(comparison, here, before, after, compare_operations)


def _expressions(base: _Callback, head: _Callback) -> list[tuple[str | None, str | None]]:
    """Pairs of expressions: the same one, or the only ones that are left on both sides, else each for itself."""
    gone = [expression for expression in base if expression not in head]
    come = [expression for expression in head if expression not in base]
    pairs: list[tuple[str | None, str | None]] = [(expression, expression) for expression in base if expression in head]
    if len(gone) == len(come) == 1:
        return [*pairs, (gone[0], come[0])]
    return [*pairs, *((expression, None) for expression in gone), *((None, expression) for expression in come)]


def _by_method(operations: Iterable[Operation]) -> dict[str, Operation]:
    return {operation.method: operation for operation in operations}


def _address_changed(
    comparison: Comparison, spot: Spot, base: Mapping[str, Operation], head: Mapping[str, Operation]
) -> None:
    for method, old in base.items():
        new = head.get(method)
        if new is not None:
            comparison.add(
                "callback.address-changed",
                Effect.INCOMPARABLE,
                spot,
                base=old.node,
                head=new.node,
                before=old.path,
                after=new.path,
            )


def _compare_call(
    comparison: Comparison, spot: Spot, base: Operation, head: Operation, compare_operations: CompareOperations
) -> None:
    """One call of a callback, once for each operation of the description that it belongs to, however callbacks are shared."""
    if spot.use is None:
        return
    key = (base.node.key, head.node.key, spot.direction, spot.use.method, spot.use.path)
    if key not in comparison.callbacks_done:
        comparison.callbacks_done.add(key)
        here = replace(spot, use_prefix=f"{spot.use.place} ")
        # An address is found by an expression, which has no parameters as a path has: what differs in it was told.
        compare_operations(comparison, here, replace(base, path=head.path), head)
