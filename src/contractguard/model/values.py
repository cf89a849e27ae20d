"""JSON values: their type, exact equality, JSON pointers (RFC 6901)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"


class Unset(Enum):
    """The type of `UNSET`: a value that is not there, as opposed to a JSON null."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET

_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


def nothing() -> Mapping[Any, Any]:
    """The empty mapping, shared: the default factory of the optional mappings of the model."""
    return _NOTHING


MAX_DEPTH: Final = 256
"""Documents nested deeper than this are refused when they are read, so walks below may recurse once a level."""


def same_value(a: JsonValue, b: JsonValue) -> bool:
    """Whether two JSON values are the same, telling `1` from `true`, but not `1` from `1.0` (JSON Schema, 4.2.2).

    Python's own `==` calls 1, 1.0 and True equal, so it decides only when it says "different".
    """
    if a is b:
        return True
    if a != b:
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return all(same_value(value, b[key]) for key, value in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return all(same_value(x, y) for x, y in zip(a, b, strict=True))
    return isinstance(a, bool) == isinstance(b, bool)


def canonical(value: JsonValue) -> str:
    """A text that two JSON values share exactly when `same_value` holds: key order and `1.0` against `1` do not count."""
    return json.dumps(_plain_numbers(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain_numbers(value: JsonValue) -> JsonValue:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    return value


def escape_token(token: str) -> str:
    """One reference token of a JSON pointer, escaped (RFC 6901, section 4)."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape_token(token: str) -> str:
    """The reverse of `escape_token`."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def pointer_tokens(pointer: str) -> list[str]:
    """The unescaped tokens of a JSON pointer; `""` is the whole document and has none."""
    return [unescape_token(token) for token in pointer.split("/")[1:]]
