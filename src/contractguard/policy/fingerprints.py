"""The fingerprint of a finding: the same cause keeps it, however the message is worded and wherever the line moves."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from contractguard.model.values import UNSET, JsonValue, Unset

if TYPE_CHECKING:
    from contractguard.model.change import Direction

_VERSION = "fp1"
_DIGITS = 16
_LARGE = 1 << 64


def fingerprint(
    *,
    contract_id: str,
    rule: str,
    direction: Direction,
    element: str,
    before: JsonValue | Unset = UNSET,
    after: JsonValue | Unset = UNSET,
) -> str:
    """`fp1:` and 16 hexadecimal digits over what makes a finding this finding (DESIGN section 2).

    A value that is not there differs from null. Messages and line numbers do not count, so rewording a rule or moving a
    definition keeps decisions and waivers alive.
    """
    named: dict[str, JsonValue | Unset] = {
        "contract": contract_id,
        "rule": rule,
        "direction": str(direction),
        "element": element,
        "before": before,
        "after": after,
    }
    content: JsonValue = {name: value for name, value in named.items() if not isinstance(value, Unset)}
    digest = hashlib.sha256(canonical(content).encode("ascii")).hexdigest()
    return f"{_VERSION}:{digest[:_DIGITS]}"


def canonical(value: JsonValue) -> str:
    """One ASCII text for each JSON value: members sorted, no spaces, `1` and `1.0` alike, `1` and `true` apart."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and abs(value) >= _LARGE:
        # Python refuses to write integers of thousands of digits in decimal; hexadecimal has no such limit. A string can
        # look the same, which only a document made for that purpose would do, and it would gain one shared fingerprint.
        return hex(value)
    return value
