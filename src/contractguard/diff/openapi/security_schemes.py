"""Security schemes (OpenAPI 3.2, section 4.27; Swagger 2.0, "Security Scheme Object").

Both write into the form of OpenAPI 3, flattened: `type`, `scheme`, `flows/implicit/authorizationUrl`, … So a difference is
told for each field.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members
from contractguard.model.change import Direction, Effect
from contractguard.model.openapi import SecurityScheme
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, canonical, same_value

_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_OF_FLOW = ("authorizationUrl", "tokenUrl", "refreshUrl", "scopes")
_SAYS_NOTHING = frozenset({"description", "bearerFormat"})
"""`bearerFormat` is "a hint to the client … primarily for documentation purposes"."""


def compare_security_schemes(comparison: Comparison) -> None:
    """Compare the schemes that the descriptions define, whether or not an operation asks for them."""
    base, head = comparison.base.api.security_schemes, comparison.head.api.security_schemes
    for name in [*base, *(name for name in head if name not in base)]:
        old, new = base.get(name), head.get(name)
        some = old or new
        if some is None:
            continue
        shared = old.component if old and new and old.component == new.component else None
        here = Spot(
            direction=Direction.INPUT,
            element=shared or some.component or name,
            subject=f"security scheme '{name}'",
            component=shared,
        )
        if old is not None and new is not None:
            _compare_scheme(comparison, here, old, new)
        elif new is not None:
            comparison.add("security-scheme.added", Effect.NONE, here, head=new.node, after=name)
        elif old is not None:
            comparison.add("security-scheme.removed", Effect.NONE, here, base=old.node, before=name)


def renamed_schemes(base: Mapping[str, SecurityScheme], head: Mapping[str, SecurityScheme]) -> Mapping[str, str]:
    """New name → old name of each scheme that is defined as before and only called something else."""
    gone = {canonical(dict(_fields(scheme))): name for name, scheme in base.items() if name not in head}
    if not gone:
        return {}
    new = ((name, gone.get(canonical(dict(_fields(scheme))))) for name, scheme in head.items() if name not in base)
    return {name: old for name, old in new if old is not None}


def _compare_scheme(comparison: Comparison, spot: Spot, base: SecurityScheme, head: SecurityScheme) -> None:
    before, after = _fields(base), _fields(head)
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name, UNSET), after.get(name, UNSET)
        if old is not UNSET and new is not UNSET and same_value(old, new):
            continue
        kind, effect = _judged(name, before, after)
        comparison.add(
            kind,
            effect,
            spot,
            base=_place(base.node, name),
            head=_place(head.node, name),
            before=old,
            after=new,
            details={"keyword": name},
        )
    compare_members(comparison, spot, base, head)


def _judged(name: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> tuple[str, Effect]:
    """A scope or flow that is new takes nothing from anybody, and the text of a scope explains it; all else matters."""
    flow, _, field = name.partition("/")[2].partition("/")
    if name in _SAYS_NOTHING or (field.startswith("scopes/") and name in before and name in after):
        return "documentation.changed", Effect.NONE
    is_new_flow = bool(flow) and not any(known.startswith(f"flows/{flow}/") for known in before)
    if name not in before and (
        field.startswith("scopes/") or (is_new_flow and after.get("type") == before.get("type"))
    ):
        return "metadata.changed", Effect.NONE
    return "security-scheme.changed", Effect.INCOMPARABLE


def _fields(scheme: SecurityScheme) -> Mapping[str, JsonValue]:
    """The fields of a scheme in the form of OpenAPI 3, nested ones with their way as name; without documentation."""
    value = scheme.value if isinstance(scheme.value, dict) else {}
    fields = {name: item for name, item in value.items() if name != "description" and not name.startswith("x-")}
    if fields.get("type") == "basic":
        fields = {**fields, "type": "http", "scheme": "basic"}
    flow = fields.pop("flow", None)
    if isinstance(flow, str):
        of_flow: dict[str, JsonValue] = {name: fields.pop(name) for name in _OF_FLOW if name in fields}
        fields["flows"] = {_FLOWS.get(flow, flow): of_flow}
    if isinstance(fields.get("scheme"), str) or fields.get("in") == "header":
        # RFC 9110: names of authentication schemes (11.1) and of header fields (5.1) have no case.
        caseless = ("scheme", "name")
        fields |= {name: text.lower() for name in caseless if isinstance(text := fields.get(name), str)}
    flat: dict[str, JsonValue] = {name: item for name, item in fields.items() if name != "flows"}
    flows = fields.get("flows")
    if isinstance(flows, dict):
        for flow_name, item in flows.items():
            flat |= _flat_flow(f"flows/{flow_name}", item)
    elif flows is not None:
        flat["flows"] = flows
    return flat


def _flat_flow(prefix: str, flow: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(flow, dict):
        return {prefix: flow}
    flat: dict[str, JsonValue] = {}
    for name, item in flow.items():
        if name.startswith("x-"):
            continue
        if name == "scopes" and isinstance(item, dict):
            flat |= {f"{prefix}/scopes/{scope}": text for scope, text in item.items()}
        else:
            flat[f"{prefix}/{name}"] = item
    return flat


def _place(node: Node, name: str) -> Node:
    """The node of a flattened field, or the nearest one above it that stands in the file."""
    tokens = name.split("/", 3)
    if tokens[0] == "flows" and node.get("flows") is None:
        tokens = tokens[2:]
    for token in tokens:
        below = node.get(token)
        if below is None:
            break
        node = below
    return node
