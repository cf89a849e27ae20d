"""Operations: those that came, those that went, and what differs in those that stayed."""

from __future__ import annotations

from dataclasses import replace

from contractguard.diff.openapi.bodies import compare_bodies
from contractguard.diff.openapi.callbacks import compare_callbacks, tell_renamed_webhooks, webhook_spot
from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.diff.openapi.content import same_media_types
from contractguard.diff.openapi.lifecycle import compare_lifecycle, is_deprecated, sunset_detail
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.parameters import compare_parameters
from contractguard.diff.openapi.paths import renamed, without_names
from contractguard.diff.openapi.places import method_place
from contractguard.diff.openapi.responses import compare_responses
from contractguard.diff.openapi.security import compare_security, same_security
from contractguard.diff.openapi.servers import compare_own_servers, same_servers
from contractguard.model.change import Effect
from contractguard.model.openapi import Operation
from contractguard.model.places import Node
from contractguard.model.values import UNSET


def compare_webhooks(comparison: Comparison) -> None:
    """Compare webhooks: calls that the provider makes, so everything goes the other way."""
    renamed_ones = tell_renamed_webhooks(comparison)
    for base, head in comparison.webhooks:
        if id(base) in renamed_ones or id(head) in renamed_ones:
            continue
        if base is not None and head is not None:
            compare_operation(comparison, webhook_spot(head), base, head)
        elif head is not None:
            added(comparison, "webhook", webhook_spot(head), head)
        elif base is not None:
            removed(comparison, "webhook", webhook_spot(base), base)


def added(comparison: Comparison, thing: str, spot: Spot, operation: Operation) -> None:
    """Tell of an operation that only head has. `thing` is what the kinds of change call it."""
    comparison.add(f"{thing}.added", Effect.WIDENED, spot, head=method_place(comparison.head, operation))


def removed(comparison: Comparison, thing: str, spot: Spot, operation: Operation) -> None:
    """Tell of an operation that only base has."""
    comparison.add(
        f"{thing}.removed",
        Effect.NARROWED,
        spot,
        base=method_place(comparison.base, operation),
        facts={"deprecated": is_deprecated(operation)},
        details=sunset_detail(operation),
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
    compare_lifecycle(comparison, spot, "operation", base, head, outer=outer)
    compare_parameters(comparison, spot, base, head)
    compare_bodies(comparison, spot, base, head)
    compare_responses(comparison, spot, base, head)
    compare_security(comparison, spot, base, head)
    compare_own_servers(comparison, spot, outer, base, head)
    compare_callbacks(comparison, spot, base, head, compare_operation)
    compare_members(comparison, spot, base, head, outer=outer)


def _is_unchanged(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Whether nothing differs: neither what the operation says, nor what it has from its path and from the root."""
    return (
        base.path == head.path
        and same_members(base, head)
        and same_security(comparison, base, head)
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
