"""Who is let in: alternatives of schemes with scopes (OpenAPI 3.2, section 4.30 "Security Requirement Object")."""

from __future__ import annotations

from collections.abc import Sequence

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.model.change import Effect
from contractguard.model.openapi import Operation, SecurityAlternative
from contractguard.model.values import JsonValue

_Alternatives = Sequence[dict[str, frozenset[str]]]
_ROOT = "/security"
_KINDS = {
    Effect.NARROWED: "security.tightened",
    Effect.WIDENED: "security.relaxed",
    Effect.INCOMPARABLE: "security.changed",
    Effect.NONE: "security.alternatives-changed",
}


def compare_security(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """Compare the callers that two operations let in. What both have from the root is reported there, once."""
    if same_security(comparison, base, head):
        return
    effect = security_effect(comparison, base, head)
    is_from_root = all(node is None or node.pointer == _ROOT for node in (base.security_node, head.security_node))
    here = spot.below("security", f"the security of {spot.subject}")
    root = Spot(direction=spot.direction, element="security", subject="the security of the contract", use=spot.use)
    comparison.add(
        _KINDS[effect],
        effect,
        root if is_from_root else here,
        base=base.security_node or (None if is_from_root else base.node),
        head=head.security_node or (None if is_from_root else head.node),
        before=_spelled(base.security),
        after=_spelled(head.security),
    )


def same_security(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Whether two operations name the same ways in. The order is nothing, and nothing said is the same as no way that asks."""
    if security_effect(comparison, base, head) is not Effect.NONE:
        return False
    before, after = _alternatives(base.security), _in_old_names(comparison, head.security)
    return all(way in after for way in before) and all(way in before for way in after)


def security_effect(comparison: Comparison, base: Operation, head: Operation) -> Effect:
    """What becomes of the set of callers that are let in. A scheme that only got another name is the same scheme."""
    key = (id(base.security), id(head.security))
    effect = comparison.security_effects.get(key)
    if effect is None:
        effect = comparison.security_effects[key] = _effect(comparison, base.security, head.security)
    return effect


def _effect(
    comparison: Comparison, base: Sequence[SecurityAlternative] | None, head: Sequence[SecurityAlternative] | None
) -> Effect:
    before = _alternatives(base)
    after = _in_old_names(comparison, head)
    refuses, admits = not _lets_in(after, before), not _lets_in(before, after)
    if refuses:
        return Effect.INCOMPARABLE if admits else Effect.NARROWED
    return Effect.WIDENED if admits else Effect.NONE


def _in_old_names(comparison: Comparison, head: Sequence[SecurityAlternative] | None) -> _Alternatives:
    return [
        {comparison.scheme_names.get(name, name): scopes for name, scopes in alternative.items()}
        for alternative in _alternatives(head)
    ]


def _alternatives(security: Sequence[SecurityAlternative] | None) -> _Alternatives:
    """The ways in. Nothing said and no alternative both mean anybody: one way that asks for nothing."""
    return [dict(alternative.schemes) for alternative in security or ()] or [{}]


def _lets_in(door: _Alternatives, callers: _Alternatives) -> bool:
    """Whether everybody who satisfies one of `callers` satisfies some alternative of `door`."""
    return all(
        any(all(name in caller and scopes <= caller[name] for name, scopes in way.items()) for way in door)
        for caller in callers
    )


def _spelled(security: Sequence[SecurityAlternative] | None) -> JsonValue:
    return [
        {name: list[JsonValue](sorted(scopes)) for name, scopes in alternative.schemes.items()}
        for alternative in security or ()
    ]
