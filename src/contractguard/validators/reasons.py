"""One readable line about why a payload is refused or cannot be checked, however large the payload is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from contractguard.model.values import JsonValue, escape_token

LONGEST = 300
"""Characters of a reason."""

_LONGEST_PLACE = 100
_LONGEST_VALUE = 80
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def reason(message: str, path: Iterable[str | int] = (), values: Iterable[JsonValue] = ()) -> str:
    """The message, and the JSON pointer of the place in the payload where that is not the whole of it.

    Each `{}` in a message that comes with values is the next of them as JSON.
    """
    written = [_json(value) for value in values]
    if written:
        message = message.format(*written)
    pointer = "".join(f"/{escape_token(str(token))}" for token in path)
    place = f" at {shortened(_printable(pointer), _LONGEST_PLACE)}" if pointer else ""
    return shortened(_printable(message), LONGEST - len(place)) + place


def nearness(path: Iterable[str | int], values: Iterable[JsonValue], near: Sequence[str]) -> int:
    """How near an error is to a place: how many names of the way there its path has, and one more where it speaks of the next.

    `path` is where the error stands in the payload, `values` are what it speaks of; an empty name in `near` is any.
    """
    shared = 0
    for token, name in zip(path, near, strict=False):
        if name not in {"", token}:
            break
        shared += 1
    speaks = shared < len(near) and any(value == near[shared] for value in values)
    return shared + speaks


def shortened(text: str, most: int) -> str:
    """At most so many characters of the text: its beginning and its end, where the words around a large value stand."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 3
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"


def _json(value: JsonValue) -> str:
    """The beginning of the value as JSON. Costs no more than it shows and what is longest in that."""
    text = ""
    try:
        for part in _ENCODER.iterencode(value):
            text += part
            if len(text) > _LONGEST_VALUE:
                return f"{text[: _LONGEST_VALUE - 1]}…"
    except ValueError:  # Python writes no integer of more than some thousand digits
        return f"{text}…"
    return text


def _printable(text: str) -> str:
    most = LONGEST * 4
    if len(text) > most:
        text = text[: most // 2] + text[-most // 2 :]
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
