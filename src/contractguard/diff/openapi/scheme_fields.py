"""The fields of a security scheme in the form of OpenAPI 3 (OpenAPI 3.2, sections 4.27 to 4.29; Swagger 2.0, "Security Scheme
Object").

Both spellings read into one flat mapping: `type`, `scheme`, `flows/implicit/authorizationUrl`, … So a difference is told for each
field. Only the fields that count for the type of the scheme are there; the others say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.diff.openapi.urls import normal_url
from contractguard.model.openapi import SecurityScheme
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, canonical

FLOWS = "flows"
SCOPES = "scopes"
HINTS = frozenset({"bearerFormat"})
"""`bearerFormat` is "a hint to the client … primarily for documentation purposes"."""
_ALWAYS_READ = frozenset({"type", "description", "deprecated", "$ref"})
_OF_TYPE: Mapping[JsonValue, frozenset[str]] = {
    "apiKey": frozenset({"name", "in"}),
    "http": frozenset({"scheme", "bearerFormat"}),
    "oauth2": frozenset({"flows", "oauth2MetadataUrl"}),
    "openIdConnect": frozenset({"openIdConnectUrl"}),
    "mutualTLS": frozenset(),
}
_KNOWN = _ALWAYS_READ.union(*_OF_TYPE.values())
_SWAGGER_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_URLS = frozenset(
    "openIdConnectUrl oauth2MetadataUrl authorizationUrl tokenUrl refreshUrl deviceAuthorizationUrl".split()
)
_OF_FLOW = ("authorizationUrl", "tokenUrl", "refreshUrl", "scopes")


def fields_of(scheme: SecurityScheme) -> Mapping[str, JsonValue]:
    """The fields that say how a scheme works, nested ones with their way as name, hints among them."""
    fields = _in_form_of_3(scheme)
    of_type = _OF_TYPE.get(fields.get("type"))
    flat: dict[str, JsonValue] = {
        name: item
        for name, item in fields.items()
        if name == "type" or (name != FLOWS and (of_type is None or name in of_type) and name not in _ALWAYS_READ)
    }
    flows = fields.get(FLOWS) if of_type is None or FLOWS in of_type else None
    if isinstance(flows, dict):
        for name, flow in flows.items():
            if not name.startswith("x-"):
                flat |= _flat_flow(f"{FLOWS}/{name}", flow)
    elif flows is not None:
        flat[FLOWS] = flows
    return flat


def normal_of(fields: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    """The fields of a scheme without what makes no difference in how they are written."""
    return {name: _normal(fields, name, item) for name, item in fields.items()}


def same_name(base: Mapping[str, JsonValue], head: Mapping[str, JsonValue]) -> bool:
    """Whether two API keys have one name, where it is that of a header field on at least one side, and so has no case."""
    names = (base.get("name"), head.get("name"))
    return "header" in (base.get("in"), head.get("in")) and len({str(name).lower() for name in names}) == 1


def identity_of(scheme: SecurityScheme) -> str:
    """The same text for two schemes that work alike, whatever they are called and whatever else is said of them."""
    fields = normal_of(fields_of(scheme))
    # The text of a scope explains it and nothing more.
    return canonical(
        {name: None if scope_of(name) is not None else item for name, item in fields.items() if name not in HINTS}
    )


def stray_fields(scheme: SecurityScheme) -> Mapping[str, JsonValue]:
    """The fields that no version of the specification knows."""
    return {name: item for name, item in _in_form_of_3(scheme).items() if name not in _KNOWN}


def flow_of(name: str) -> str:
    """`flows/implicit` of `flows/implicit/tokenUrl`; empty for a field that stands in no flow."""
    tokens = name.split("/", 2)
    return "/".join(tokens[:2]) if tokens[0] == FLOWS and len(tokens) > 1 else ""


def scope_of(name: str) -> str | None:
    """`read` of `flows/implicit/scopes/read`; None for a field that is no scope."""
    tokens = name.split("/", 3)
    return tokens[3] if len(tokens) > 3 and tokens[2] == SCOPES else None  # noqa: PLR2004 (flows, flow, "scopes", scope)


def place_of(node: Node, name: str) -> Node:
    """The node of a flattened field, or the nearest one above it that stands in the file."""
    tokens = name.split("/", 3)
    if tokens[0] == FLOWS and node.get(FLOWS) is None:
        tokens = tokens[2:]
    for token in tokens:
        below = node.get(token)
        if below is None:
            break
        node = below
    return node


def _normal(fields: Mapping[str, JsonValue], name: str, item: JsonValue) -> JsonValue:
    if not isinstance(item, str) or scope_of(name) is not None:
        return item
    if name.rpartition("/")[2] in _URLS:
        return normal_url(item)
    # RFC 9110: names of authentication schemes (11.1) and of header fields (5.1) have no case.
    is_caseless = name == ("scheme" if fields.get("type") == "http" else "name" if fields.get("in") == "header" else "")
    return item.lower() if is_caseless else item


def _in_form_of_3(scheme: SecurityScheme) -> dict[str, JsonValue]:
    value = scheme.value if isinstance(scheme.value, dict) else {}
    fields = {name: item for name, item in value.items() if not name.startswith("x-")}
    if fields.get("type") == "basic":
        fields |= {"type": "http", "scheme": "basic"}
    flow = fields.get("flow")
    if isinstance(flow, str) and FLOWS not in fields:
        del fields["flow"]
        of_flow: dict[str, JsonValue] = {name: fields.pop(name) for name in _OF_FLOW if name in fields}
        scopes = of_flow.get(SCOPES)
        if isinstance(scopes, dict):  # an object of its own in 2.0, which may be extended
            of_flow[SCOPES] = {name: text for name, text in scopes.items() if not name.startswith("x-")}
        fields[FLOWS] = {_SWAGGER_FLOWS.get(flow, flow): of_flow}
    return fields


def _flat_flow(prefix: str, flow: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(flow, dict):
        return {prefix: flow}
    flat: dict[str, JsonValue] = {prefix: {}}  # the flow itself, though nothing stands in it
    for name, item in flow.items():
        if name.startswith("x-") or (name == "refreshUrl" and _same_url(item, flow.get("tokenUrl"))):
            continue  # a token is refreshed where it comes from when nothing else is said (RFC 6749, section 6)
        if name == SCOPES and isinstance(item, dict):
            flat |= {f"{prefix}/{SCOPES}/{scope}": text for scope, text in item.items()}
        else:
            flat[f"{prefix}/{name}"] = item
    return flat


def _same_url(one: JsonValue, other: JsonValue) -> bool:
    return isinstance(one, str) and isinstance(other, str) and normal_url(one) == normal_url(other)
