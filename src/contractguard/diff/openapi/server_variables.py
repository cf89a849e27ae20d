"""Variables of base URLs (OpenAPI 3.2, section 4.6 "Server Variable Object"): what callers may put in, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterable

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.paths import renamed_by_position
from contractguard.model.change import Effect
from contractguard.model.openapi import Server, ServerVariable
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset


def compare_variables(
    comparison: Comparison, spot: Spot, base: Server, head: Server, *, changed: tuple[bool, bool]
) -> None:
    """Compare the variables of one base URL, by their positions in it: how they are called is part of no call.

    `changed` says whether base URLs are lost and whether some are gained by what the variables stand for.
    """
    old_name = renamed_by_position(base.url, head.url)
    after = {old_name.get(name, name): variable for name, variable in head.variables.items()}
    for name in [*base.variables, *(name for name in after if name not in base.variables)]:
        old = base.variables.get(name) or _undescribed(base, name)
        new = after.get(name) or _undescribed(head, name)
        here = spot.below(f"variable {name}", f"variable '{name}' of {spot.subject}")
        _compare_values(comparison, here, (old, new), changed)
        if old.default != new.default:
            comparison.add(
                "server-variable.default-changed",
                Effect.NONE,
                here,
                base=old.node.get("default") or old.node,
                head=new.node.get("default") or new.node,
                before=_said(old.default),
                after=_said(new.default),
                details={"name": name},
            )
        compare_members(comparison, here, old, new)


def same_variables(base: Server, head: Server) -> bool:
    """Whether `compare_variables` would find nothing, for servers of one URL."""
    return base.variables.keys() == head.variables.keys() and all(
        _names(old) == _names(new) and old.default == new.default and same_members(old, new)
        for old, new in ((old, head.variables[name]) for name, old in base.variables.items())
    )


def _undescribed(server: Server, name: str) -> ServerVariable:
    """A variable of which a server says nothing: any value goes."""
    return ServerVariable(node=server.node.with_value({}), name=name)


def _compare_values(
    comparison: Comparison, spot: Spot, variables: tuple[ServerVariable, ServerVariable], changed: tuple[bool, bool]
) -> None:
    base, head = variables
    before, after = base.values, head.values
    if after is not None and changed[0]:
        lost = [name for name in before or () if name not in after]
        values = _listed(lost) if before is not None else f"anything but {_listed(after)}"
        if lost or before is None:
            place = before[lost[0]] if before is not None else base.node
            removed = ("server-variable.values-removed", Effect.NARROWED, values)
            _values_changed(comparison, spot, removed, (base, head), (place, _enum_place(head)))
    if before is not None and changed[1]:
        gained = [name for name in after or () if name not in before]
        values = _listed(gained) if after is not None else "any value"
        if gained or after is None:
            place = after[gained[0]] if after is not None else head.node
            added = ("server-variable.values-added", Effect.WIDENED, values)
            _values_changed(comparison, spot, added, (base, head), (_enum_place(base), place))


def _values_changed(
    comparison: Comparison,
    spot: Spot,
    change: tuple[str, Effect, str],
    variables: tuple[ServerVariable, ServerVariable],
    places: tuple[Node, Node],
) -> None:
    """Record a change of values: `change` is its kind, its effect and the values in words."""
    kind, effect, values = change
    base, head = variables
    comparison.add(
        kind,
        effect,
        spot,
        base=places[0],
        head=places[1],
        before=UNSET if base.values is None else list[JsonValue](base.values),
        after=UNSET if head.values is None else list[JsonValue](head.values),
        details={"name": base.name, "values": values},
    )


def _enum_place(variable: ServerVariable) -> Node:
    return variable.node.get("enum") or variable.node


def _names(variable: ServerVariable) -> frozenset[str] | None:
    return None if variable.values is None else frozenset(variable.values)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _said(text: str | None) -> JsonValue | Unset:
    return UNSET if text is None else text
