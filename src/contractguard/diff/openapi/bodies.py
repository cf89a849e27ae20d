"""Request bodies (OpenAPI 3.2, section 4.13)."""

from __future__ import annotations

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.content import compare_content
from contractguard.diff.openapi.members import compare_members
from contractguard.diff.openapi.places import body_place
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Body, Operation

_SUBJECT = "the request body"
_PLACE = "request body"


def compare_bodies(comparison: Comparison, spot: Spot, base_operation: Operation, head_operation: Operation) -> None:
    """Compare what two operations take; `spot` is that of the operation."""
    base, head = base_operation.body, head_operation.body
    if base is None or head is None:
        here = spot.below("request", _SUBJECT, place=_PLACE)
        if head is not None:
            effect = Effect.NARROWED if head.required else Effect.WIDENED
            place = body_place(head_operation, head)
            comparison.add("body.added", effect, here, head=place, facts={"required": head.required})
        elif base is not None:
            comparison.add("body.removed", Effect.NARROWED, here, base=body_place(base_operation, base))
        return
    here = spot.below("request", _SUBJECT, (base, head), place=_PLACE)
    if base.required != head.required and not (_is_form(comparison.base, base) and _is_form(comparison.head, head)):
        kind, effect = (
            ("body.became-required", Effect.NARROWED) if head.required else ("body.became-optional", Effect.WIDENED)
        )
        comparison.add_flag(kind, effect, here, (base, head), "required", after=head.required)
    compare_content(comparison, here, base.content, head.content)
    compare_members(comparison, here, base, head)


def _is_form(contract: OpenApiContract, body: Body) -> bool:
    """Whether a body is made of `formData` parameters: then it is required where one of its fields is, which is told there."""
    return contract.api.specification.startswith("2.") and body.node.get("in") is None
