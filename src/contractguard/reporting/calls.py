"""The HTTP call around a payload, written as its consumer meets it: `POST /orders`, `GET /orders?limit=500`, `HTTP 200`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from contractguard.model.values import UNSET, Unset, pointer_tokens
from contractguard.reporting.values import json_text, speaks_for_itself

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.model.change import OperationUse
    from contractguard.model.finding import Finding
    from contractguard.model.values import JsonValue

_PARAMETER = re.compile(r"(path|query|header|cookie|querystring) parameter (.+)\Z", re.DOTALL)
_RESPONSE_HEADER = re.compile(r"response header (.+)\Z", re.DOTALL)
_CALLBACK = re.compile(
    r"(callback .+) (?:request body|response|(?:path|query|header|cookie) parameter .+|response header .+)\Z"
)
_SCHEMA_KEYS = {"schema", "itemSchema"}
_LONGEST_INLINE = 60
"""Characters of a parameter that is written into its call; a longer one stands below it."""
_IN_OPERATION = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Call:
    """Lines that say which call it is, and what of the payload they do not say.

    `body` is UNSET where the lines hold all of the payload; `opening` stands before it (`query parameter limit = `).
    """

    lines: tuple[str, ...]
    body: JsonValue | Unset
    opening: str = ""
    part: str = "body"
    """`body`, `parameter` or `header`."""
    answer: bool = False
    """Whether it is a response."""


def call_around(finding: Finding, payload: JsonValue) -> Call | None:
    """The call that carries the payload of a finding; None where the payload is not known to be the whole of one."""
    use = _use_of(finding)
    return None if use is None else _call(use, payload)


def _use_of(finding: Finding) -> OperationUse | None:
    """The operation and place whose whole content the payload is, told by where its schema stands."""
    evidence = finding.evidence
    places = [place.pointer for place in (evidence.base_schema, evidence.head_schema) if place is not None]
    for pointer in places:
        found = _use_at(pointer, finding.operations)
        if found is not None:
            return found
    if places:
        return None
    return next(
        (use for use in finding.operations if use.place and _normal(finding.element).startswith(f"{_name(use)} > ")),
        None,
    )


def _use_at(pointer: str, uses: tuple[OperationUse, ...]) -> OperationUse | None:
    tokens = pointer_tokens(pointer)
    if tokens[:1] == ["components"]:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0] in {"paths", "webhooks"}:
        path, rest = _normal(tokens[1]), tokens[2:]
        method = rest[0].upper() if rest and rest[0] != "parameters" else None
        near = [use for use in uses if _normal(use.path) == path and method in {None, use.method}]
        return next((use for use in near if _fits(use, rest)), None)
    return next((use for use in uses if _fits(use, tokens)), None)


def _fits(use: OperationUse, tokens: list[str]) -> bool:
    """Whether the place of a use is the one that a pointer leads to: its first telling token, status and media type.

    Parameters and headers of Swagger 2 are their own schemas.
    """
    if not _SCHEMA_KEYS & {*tokens[-1:]} and tokens[-2:-1] not in (["parameters"], ["headers"]):
        return False
    if _SCHEMA_KEYS & {*tokens[:-1]}:
        return False
    kinds: dict[str, Callable[[str], bool]] = {
        "headers": lambda place: _RESPONSE_HEADER.search(place) is not None,
        "parameters": lambda place: _PARAMETER.search(place) is not None or place.endswith("request body"),
        "requestBody": lambda place: place.endswith("request body"),
        "requestBodies": lambda place: place.endswith("request body"),
        "responses": lambda place: place.endswith("response"),
    }
    kind = next((kinds[name] for name in kinds if name in tokens), None)
    if kind is None or not kind(use.place) or ("callbacks" in tokens) != use.place.startswith("callback "):
        return False
    if "content" in tokens and use.media_type and use.media_type not in tokens:
        return False
    return not ("responses" in tokens and use.status and tokens[0] != "responses" and use.status not in tokens)


def _call(use: OperationUse, payload: JsonValue) -> Call | None:
    address = _address(use)
    parameter, header = _PARAMETER.search(use.place), _RESPONSE_HEADER.search(use.place)
    if header:
        return _with_header((f"{address} → {_status(use)}",), header[1], payload, answer=True)
    if parameter:
        return _with_parameter(address, parameter[1], parameter[2], payload)
    if use.place.endswith("request body"):
        return Call((address, *_content_type(use)), payload)
    if use.place.endswith("response"):
        return Call((f"{address} → {_status(use)}", *_content_type(use)), payload, answer=True)
    return None


def _with_parameter(address: str, location: str, name: str, payload: JsonValue) -> Call:
    if location == "header":
        return _with_header((address,), name, payload, answer=False)
    text = _inline(payload)
    if text is None or (location == "path" and f"{{{name}}}" not in address):
        return Call((address,), payload, f"{location} parameter {name} = ", "parameter")
    if location == "path":
        return Call((address.replace(f"{{{name}}}", quote(text, safe="")),), UNSET, part="parameter")
    if location == "cookie":
        return Call((address, f"Cookie: {name}={text}"), UNSET, part="parameter")
    return Call((f"{address}?{quote(name, safe='[]')}={quote(text, safe=',:')}",), UNSET, part="parameter")


def _with_header(lines: tuple[str, ...], name: str, payload: JsonValue, *, answer: bool) -> Call:
    text = _inline(payload)
    if text is None:
        return Call(lines, payload, f"{name}: ", "header", answer)
    return Call((*lines, f"{name}: {text}"), UNSET, part="header", answer=answer)


def _inline(payload: JsonValue) -> str | None:
    """A value as it stands in a URL or a header, where nothing else could be meant by that."""
    if isinstance(payload, str):
        return payload if len(payload) <= _LONGEST_INLINE and speaks_for_itself(payload) else None
    return None if payload is None or isinstance(payload, list | dict) else json_text(payload)


def _content_type(use: OperationUse) -> tuple[str, ...]:
    """The header, with a remark where the body is on the wire in another form than we show it."""
    if not use.media_type:
        return ()
    name = use.media_type.partition(";")[0].strip().lower()
    remark = "" if name.endswith("json") or "*" in name else " (as JSON)"
    return (f"Content-Type: {use.media_type}{remark}",)


def _status(use: OperationUse) -> str:
    return f"HTTP {use.status}" if use.status not in {"", "default"} else "HTTP, any other status"


def _address(use: OperationUse) -> str:
    callback = _CALLBACK.match(use.place)
    path = use.path if use.path.startswith("/") or not use.path else f"webhook {use.path}"
    name = f"{use.method} {path}".strip()
    return f"{callback[1]} of {name}" if callback else name


def _name(use: OperationUse) -> str:
    return _normal(f"{use.method} {use.path}")


def _normal(text: str) -> str:
    """Without the names of path parameters, which may differ between the sides."""
    return _IN_OPERATION.sub("{}", text)
