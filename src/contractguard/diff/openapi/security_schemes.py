"""Security schemes (OpenAPI 3.2, section 4.27; Swagger 2.0, "Security Scheme Object").

Both write into the form of OpenAPI 3, flattened: `type`, `scheme`, `flows/implicit/authorizationUrl`, … So a difference is
told for each field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.openapi import Api, SecurityAlternative, SecurityScheme
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, canonical, same_value

_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_OF_FLOW = ("authorizationUrl", "tokenUrl", "refreshUrl", "scopes")
_SAYS_NOTHING = frozenset({"description", "bearerFormat"})
"""`bearerFormat` is "a hint to the client … primarily for documentation purposes"."""


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
            comparison.add("security-scheme.removed", Effect.NONE, here, base=old.node, before=old_name)


def _is_same(base: SecurityScheme, head: SecurityScheme) -> bool:
    return same_members(base, head) and same_value(dict(_fields(base)), dict(_fields(head)))


def renamed_schemes(base: Api, head: Api) -> Mapping[str, str]:
    """New name → old name of each scheme that is defined as before and only called something else, in every requirement.

    Where some operation still asks for the old name, or asked for the new one before, there are two schemes and no other name.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    still_asked, asked_before = _asked_for(head), _asked_for(base)
    for name, scheme in base.security_schemes.items():
        if name not in head.security_schemes and name not in still_asked:
            gone[canonical(dict(_fields(scheme)))].append(name)
    names: dict[str, str] = {}
    for name, scheme in head.security_schemes.items() if gone else ():
        if name not in base.security_schemes and name not in asked_before:
            alike = gone.get(canonical(dict(_fields(scheme))))
            if alike:
                names[name] = alike.pop(0)
    return names


def _asked_for(api: Api) -> frozenset[str]:
    """The names in the requirements of all operations and webhooks. Those that share a list share the object."""
    lists = {id(operation.security): operation.security for operation in (*api.operations, *api.webhooks)}
    return frozenset(name for security in lists.values() for name in _names(security))


def _names(security: Sequence[SecurityAlternative] | None) -> frozenset[str]:
    return frozenset(name for alternative in security or () for name in alternative.schemes)


def _uses(comparison: Comparison, base: SecurityScheme | None, head: SecurityScheme | None) -> tuple[OperationUse, ...]:
    """The operations whose callers may present the scheme: on both sides, or on the one side that has it."""
    return comparison.uses_where(
        lambda old, new: (
            (base is None or base.name in _names(old.security)) and (head is None or head.name in _names(new.security))
        )
    )


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
