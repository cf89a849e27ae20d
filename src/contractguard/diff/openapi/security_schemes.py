"""Security schemes (OpenAPI 3.2, section 4.27; Swagger 2.0, "Security Scheme Object").

A scheme binds where a call presents it before and after: only there a difference in how it works breaks anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.scheme_fields import (
    FLOWS,
    HINTS,
    fields_of,
    flow_of,
    identity_of,
    normal_of,
    place_of,
    same_name,
    scope_of,
    stray_fields,
)
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.openapi import Api, Operation, SecurityAlternative, SecurityScheme
from contractguard.model.values import UNSET, JsonValue, Unset, same_value

_DEPRECATED = "deprecated"
_REFRESH = "refreshUrl"


def compare_security_schemes(comparison: Comparison) -> None:
    """Compare the schemes that the descriptions define, whether or not an operation asks for them.

    One that is only called something else is the same scheme: its name is part of no call.
    """
    base, head = comparison.base.api.security_schemes, comparison.head.api.security_schemes
    new_name = {old: new for new, old in comparison.scheme_names.items()}
    pairs = [(name, new_name.get(name, name)) for name in base]
    pairs += [(name, name) for name in head if name not in base and name not in comparison.scheme_names]
    for old_name, name in pairs:
        old, new = base.get(old_name), head.get(name)
        some = new or old
        if some is None or (old is not None and new is not None and _is_same(old, new)):
            continue
        here = Spot(
            direction=Direction.INPUT,
            element=some.component or name,
            subject=f"security scheme '{some.name}'",
            uses=_uses(comparison, old, new),
        )
        if old is not None and new is not None:
            _compare_scheme(comparison, here, old, new)
        elif new is not None:
            comparison.add("security-scheme.added", Effect.NONE, here, head=new.node, after=name)
        elif old is not None:
            effect = Effect.NARROWED if old_name in _asked_for(comparison.head.api) else Effect.NONE
            comparison.add("security-scheme.removed", effect, here, base=old.node, before=old_name)


def renamed_schemes(base: Api, head: Api) -> Mapping[str, str]:
    """New name → old name of each scheme that is defined as before and only called something else, in every requirement.

    Where some operation still asks for the old name, or asked for the new one before, there are two schemes and no other name.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    still_asked, asked_before = _asked_for(head), _asked_for(base)
    for name, scheme in base.security_schemes.items():
        if name not in head.security_schemes and name not in still_asked:
            gone[identity_of(scheme)].append(name)
    names: dict[str, str] = {}
    for name, scheme in head.security_schemes.items() if gone else ():
        if name not in base.security_schemes and name not in asked_before:
            alike = gone.get(identity_of(scheme))
            if alike:
                names[name] = alike.pop(0)
    return names


def _is_same(base: SecurityScheme, head: SecurityScheme) -> bool:
    return (
        same_members(base, head)
        and same_value(dict(normal_of(fields_of(base))), dict(normal_of(fields_of(head))))
        and same_value(dict(stray_fields(base)), dict(stray_fields(head)))
        and _is_deprecated(base) == _is_deprecated(head)
    )


def _asked_for(api: Api) -> frozenset[str]:
    """The names in the requirements of all operations and webhooks. Those that share a list share the object."""
    lists = {id(operation.security): operation.security for operation in (*api.operations, *api.webhooks)}
    return frozenset(name for security in lists.values() for name in _names(security))


def _names(security: Sequence[SecurityAlternative] | None) -> frozenset[str]:
    return frozenset(name for alternative in security or () for name in alternative.schemes)


def _uses(comparison: Comparison, base: SecurityScheme | None, head: SecurityScheme | None) -> tuple[OperationUse, ...]:
    """The operations whose callers may present the scheme: on both sides, or on the one side that has it."""

    def is_reached(old: Operation, new: Operation) -> bool:
        return (base is None or base.name in _names(old.security)) and (
            head is None or head.name in _names(new.security)
        )

    return comparison.uses_where(is_reached)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schemes:
    """A scheme on both sides: where it is told of, and its fields."""

    comparison: Comparison
    spot: Spot
    base: SecurityScheme
    head: SecurityScheme
    before: Mapping[str, JsonValue]
    after: Mapping[str, JsonValue]

    def add(self, kind: str, effect: Effect, name: str, key: str | None = None) -> None:
        """Record a change of a field, or of a whole flow. `key` is the detail that names it."""
        self.comparison.add(
            kind,
            effect,
            self.spot,
            base=place_of(self.base.node, name),
            head=place_of(self.head.node, name),
            before=self.before.get(name, UNSET),
            after=self.after.get(name, UNSET),
            details={"name": key} if key is not None else {"keyword": name},
        )


def _compare_scheme(comparison: Comparison, spot: Spot, base: SecurityScheme, head: SecurityScheme) -> None:
    schemes = _Schemes(
        comparison=comparison, spot=spot, base=base, head=head, before=fields_of(base), after=fields_of(head)
    )
    if not same_value(schemes.before.get("type"), schemes.after.get("type")):
        _changed(schemes, "type")  # another type has other fields: they are no changes of their own
    else:
        _compare_fields(schemes)
    for name in _differing(stray_fields(base), stray_fields(head)):
        schemes.add("unjudged.changed", Effect.INCOMPARABLE, name)
    _compare_deprecation(schemes)
    compare_members(comparison, spot, base, head)


def _compare_fields(schemes: _Schemes) -> None:
    flows: set[str] = set()
    for name in _differing(normal_of(schemes.before), normal_of(schemes.after)):
        if name == "name" and same_name(schemes.before, schemes.after):
            continue  # where the key is sent changed, which is told
        flow, scope = flow_of(name), scope_of(name)
        if flow and not (_has_flow(schemes.before, flow) and _has_flow(schemes.after, flow)):
            if flow not in flows:
                flows.add(flow)
                _flow_changed(schemes, flow)
        elif name in HINTS or (scope is not None and name in schemes.before and name in schemes.after):
            schemes.add("documentation.changed", Effect.NONE, name)
        elif scope is not None and name in schemes.before:
            _scope_removed(schemes, name, scope)
        elif name in schemes.before or not _only_adds(name):
            _changed(schemes, name)
        else:
            schemes.add("metadata.changed", Effect.NONE, name)


def _only_adds(name: str) -> bool:
    """Whether a field that was not there takes nothing from anybody: a scope, where tokens are refreshed, what tells of flows."""
    return scope_of(name) is not None or name.endswith(f"/{_REFRESH}") or name == "oauth2MetadataUrl"


def _flow_changed(schemes: _Schemes, flow: str) -> None:
    """A flow that came is one more way to a token; one that went is told once, at the flow."""
    if _has_flow(schemes.after, flow):
        schemes.add("metadata.changed", Effect.NONE, flow)
    else:
        _changed(schemes, flow)


def _scope_removed(schemes: _Schemes, name: str, scope: str) -> None:
    other_flows = {other for other in schemes.after if scope_of(other) == scope}
    is_needed = not other_flows and scope in _scopes_needed(schemes.comparison.head.api, schemes.head.name)
    effect = Effect.NARROWED if is_needed else Effect.NONE
    schemes.add("security-scheme.scope-removed", effect, name, scope)


def _scopes_needed(api: Api, scheme: str) -> frozenset[str]:
    """The scopes of a scheme that some operation asks for."""
    return frozenset(
        scope
        for operation in (*api.operations, *api.webhooks)
        for alternative in operation.security or ()
        for scope in alternative.schemes.get(scheme, ())
    )


def _changed(schemes: _Schemes, name: str) -> None:
    effect = Effect.INCOMPARABLE if schemes.spot.uses else Effect.NONE
    schemes.add("security-scheme.changed", effect, name)


def _compare_deprecation(schemes: _Schemes) -> None:
    was, is_now = _is_deprecated(schemes.base), _is_deprecated(schemes.head)
    if was != is_now:
        schemes.comparison.add(
            "deprecation.added" if is_now else "deprecation.removed",
            Effect.NONE,
            schemes.spot,
            base=place_of(schemes.base.node, _DEPRECATED),
            head=place_of(schemes.head.node, _DEPRECATED),
            before=was,
            after=is_now,
            facts={"of": "security-scheme"},
        )


def _is_deprecated(scheme: SecurityScheme) -> bool:
    return isinstance(scheme.value, dict) and scheme.value.get(_DEPRECATED) is True


def _differing(before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> Iterable[str]:
    """The names of the fields that are not the same, in the order of base, then of head."""
    for name in [*before, *(name for name in after if name not in before)]:
        old: JsonValue | Unset = before.get(name, UNSET)
        new: JsonValue | Unset = after.get(name, UNSET)
        if old is UNSET or new is UNSET or not same_value(old, new):
            yield name


def _has_flow(fields: Mapping[str, JsonValue], flow: str) -> bool:
    return any(flow_of(name) == flow for name in fields) or FLOWS in fields
