"""Operations: those that came, those that went, and what differs in those that stayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from contractguard.diff.openapi.bodies import compare_bodies
from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.diff.openapi.content import same_media_types
from contractguard.diff.openapi.lifecycle import compare_lifecycle, is_deprecated, sunset_detail
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.parameters import compare_parameters
from contractguard.diff.openapi.paths import match_operations, renamed, without_names
from contractguard.diff.openapi.places import method_place
from contractguard.diff.openapi.responses import compare_responses
from contractguard.diff.openapi.security import compare_security, security_effect
from contractguard.diff.openapi.servers import compare_own_servers, same_servers
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.openapi import Operation
from contractguard.model.places import Node
from contractguard.model.values import UNSET


def compare_paths(comparison: Comparison) -> None:
    """Compare the operations of `paths`. A call is input: the provider accepts it."""
    for base, head in comparison.operations:
        _compare_either(comparison, "operation", _call_spot, base, head)


def compare_webhooks(comparison: Comparison) -> None:
    """Compare webhooks: calls that the provider makes, so everything goes the other way."""
    for base, head in comparison.webhooks:
        _compare_either(comparison, "webhook", _webhook_spot, base, head)


def _call_spot(operation: Operation) -> Spot:
    return Spot(
        direction=Direction.INPUT,
        element=f"{operation.method} {without_names(operation.path)}",
        subject=f"operation {operation.method} {operation.path}",
        use=OperationUse(operation.method, operation.path),
    )


def _webhook_spot(operation: Operation) -> Spot:
    return Spot(
        direction=Direction.OUTPUT,
        element=f"webhook {operation.path} > {operation.method}",
        subject=f"webhook '{operation.path}'",
        use=OperationUse(operation.method, operation.path),
    )


def _compare_either(
    comparison: Comparison,
    thing: str,
    spot_of: Callable[[Operation], Spot],
    base: Operation | None,
    head: Operation | None,
) -> None:
    """Compare an operation that one side or both have. `thing` is what the kinds of change call it."""
    if base is not None and head is not None:
        compare_operation(comparison, spot_of(head), base, head)
    elif head is not None:
        place = method_place(comparison.head, head)
        comparison.add(f"{thing}.added", Effect.WIDENED, spot_of(head), head=place)
    elif base is not None:
        comparison.add(
            f"{thing}.removed",
            Effect.NARROWED,
            spot_of(base),
            base=method_place(comparison.base, base),
            facts={"deprecated": is_deprecated(base)},
            details=sunset_detail(base),
        )


def compare_operation(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """Compare two versions of one operation, whatever it belongs to."""
    if _is_unchanged(comparison, base, head):
        return
    outer = replace(
        spot,
        element=without_names(head.path) if head.path.startswith("/") else spot.element,
        subject=f"path {head.path}",
    )
    _compare_names(comparison, spot, outer, base, head)
    compare_lifecycle(comparison, spot, "operation", base, head)
    compare_parameters(comparison, spot, base, head)
    compare_bodies(comparison, spot, base, head)
    compare_responses(comparison, spot, base, head)
    compare_security(comparison, spot, base, head)
    compare_own_servers(comparison, spot, base, head)
    compare_callbacks(comparison, spot, base, head)
    compare_members(comparison, spot, base, head, outer=outer)


def _is_unchanged(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Whether nothing differs: neither what the operation says, nor what it has from its path and from the root."""
    return (
        base.path == head.path
        and same_members(base, head)
        and security_effect(comparison, base, head) is Effect.NONE
        and same_servers(comparison, base, head)
        and comparison.says_the_same(base.node, head.node)
        and _same_parameters(comparison, base, head)
        and _same_swagger_media_types(comparison, base, head)
    )


def _same_parameters(comparison: Comparison, base: Operation, head: Operation) -> bool:
    if base.parameters.keys() != head.parameters.keys():
        return False
    own = f"{base.node.pointer}/"
    return all(
        (old.node.path == base.node.path and old.node.pointer.startswith(own))
        or (same_members(old, head.parameters[key]) and comparison.says_the_same(old.node, head.parameters[key].node))
        for key, old in base.parameters.items()
    )


def _same_swagger_media_types(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Swagger 2.0 has `consumes` and `produces` at the root, and bodies among the parameters of the path."""
    if not comparison.head.api.specification.startswith("2."):
        return True
    if (base.body is None) != (head.body is None):
        return False
    if base.body is not None and head.body is not None:
        is_own = base.body.node.pointer.startswith(f"{base.node.pointer}/")
        if not is_own or not same_media_types(base.body.content, head.body.content):
            return False
    return base.responses.keys() == head.responses.keys() and all(
        same_media_types(response.content, head.responses[status].content)
        for status, response in base.responses.items()
    )


def _compare_names(comparison: Comparison, spot: Spot, outer: Spot, base: Operation, head: Operation) -> None:
    if base.operation_id != head.operation_id:
        comparison.add(
            "operation.id-changed",
            Effect.NONE,
            spot,
            base=keyword(base, "operationId"),
            head=keyword(head, "operationId"),
            before=UNSET if base.operation_id is None else base.operation_id,
            after=UNSET if head.operation_id is None else head.operation_id,
        )
    if set(base.tags) != set(head.tags) or base.tags[:1] != head.tags[:1]:
        comparison.add(
            "operation.tags-changed",
            Effect.NONE,
            spot,
            base=keyword(base, "tags"),
            head=keyword(head, "tags"),
            before=list(base.tags),
            after=list(head.tags),
        )
    for new, old in renamed(base.path, head.path).items():
        comparison.add(
            "path.parameter-renamed",
            Effect.NONE,
            outer.below(f"path parameter {old}", f"path parameter '{old}'"),
            base=_path_node(comparison.base.root, base),
            head=_path_node(comparison.head.root, head),
            before=old,
            after=new,
        )


def _path_node(root: Node, operation: Operation) -> Node:
    """The path item as the description names it, so that all its operations are told of together."""
    paths = root.get("paths")
    return (None if paths is None else paths.get(operation.path)) or operation.node


def compare_callbacks(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """Compare the callbacks of two operations: calls that the other side makes, so the direction flips."""
    if not base.callbacks and not head.callbacks:
        return
    for name in [*base.callbacks, *(name for name in head.callbacks if name not in base.callbacks)]:
        here = spot.flipped().below(f"callback {name}", f"callback '{name}'", place=f"callback {name}")
        old, new = base.callbacks.get(name), head.callbacks.get(name)
        if old is None:
            comparison.add("callback.added", Effect.WIDENED, here, head=head.callback_nodes.get(name))
        elif new is None:
            comparison.add("callback.removed", Effect.NARROWED, here, base=base.callback_nodes.get(name))
        else:
            _compare_callback(comparison, here, _flat(old), _flat(new))


def _flat(by_expression: Mapping[str, tuple[Operation, ...]]) -> list[Operation]:
    return [operation for group in by_expression.values() for operation in group]


def _compare_callback(comparison: Comparison, spot: Spot, base: Sequence[Operation], head: Sequence[Operation]) -> None:
    for old, new in match_operations(base, head, templated=False):
        some = new or old
        if some is None:
            continue
        here = spot.below(f"{some.method} {some.path}", spot.subject)
        if old is None and new is not None:
            comparison.add("callback.added", Effect.WIDENED, here, head=new.node)
        elif new is None and old is not None:
            comparison.add("callback.removed", Effect.NARROWED, here, base=old.node)
        elif old is not None and new is not None:
            _compare_call(comparison, here, old, new)


def _compare_call(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """One call of a callback, once for each operation of the description that it belongs to, however callbacks are shared."""
    if spot.use is None:
        return
    key = (id(base), id(head), spot.direction, spot.use.method, spot.use.path)
    if key not in comparison.callbacks_done:
        comparison.callbacks_done.add(key)
        prefix = f"{spot.use.place} "
        compare_operation(comparison, replace(spot, use_prefix=prefix), base, head)
