"""JSON values for a person to read, and as the JSON text of the report."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def finite(value: JsonValue) -> JsonValue:
    """The value with numbers that JSON cannot write replaced by the strings `NaN`, `Infinity` and `-Infinity`.

    These strings are those of Avro's JSON encoding for the same numbers.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return value


def json_text(value: JsonValue, *, indent: int | None = None) -> str:
    """The value as JSON in UTF-8; characters that a terminal obeys, that hide, or that UTF-8 cannot carry are escaped."""
    text = json.dumps(finite(value), ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def brief(value: JsonValue) -> str:
    """The value as a person would write it in a sentence: a string without quotes where nothing else could be meant by it."""
    return value if isinstance(value, str) and speaks_for_itself(value) else json_text(value)


def speaks_for_itself(text: str) -> bool:
    """Whether a string without its quotes can be taken for nothing else: no number, no `null`, no white space at its ends."""
    if not text.isprintable() or text != text.strip() or not text or text[0] in '"[{' or "→" in text:
        return False
    try:
        float(text)
    except ValueError:
        return text not in {"true", "false", "null"}
    return False


def clipped(text: str, limit: int) -> str:
    """The text, cut to `limit` characters with an ellipsis at the end where it is longer."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def middle_cut(text: str, limit: int) -> str:
    """The text in at most `limit` characters; of a longer one, most of the beginning and some of the end."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 3].rstrip()} … {text[len(text) - tail :].lstrip()}"


def json_outline(value: JsonValue, depth: int) -> str:
    """The value as JSON in which arrays and objects `depth` levels deep are only hinted at: `{"items": {…}}`."""
    if not isinstance(value, list | dict) or not value:
        return json_text(value)
    if isinstance(value, dict):
        members = (f"{json_text(name)}: {json_outline(item, depth - 1)}" for name, item in value.items())
        return f"{{{', '.join(members)}}}" if depth else "{…}"
    return f"[{', '.join(json_outline(item, depth - 1) for item in value)}]" if depth else "[…]"


def joined(items: list[str], shown: int, *, separator: str = ", ") -> str:
    """A list in words, cut: `a, b, and 3 more`. One item more than `shown` is shown rather than counted."""
    if len(items) <= shown + 1:
        return separator.join(items)
    return f"{separator.join(items[:shown])}{separator}and {len(items) - shown} more"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 contract`, `2 contracts`; `many` where an s does not make the plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
