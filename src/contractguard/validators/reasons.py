"""One readable line about why a payload is refused or cannot be checked, however large the payload is."""

from __future__ import annotations

from collections.abc import Iterable

from contractguard.model.values import escape_token

LONGEST = 300
"""Characters of a reason."""

_LONGEST_PLACE = 100


def reason(message: str, path: Iterable[str | int] = ()) -> str:
    """The message, and the JSON pointer of the place in the payload where that is not the whole of it."""
    pointer = "".join(f"/{escape_token(str(token))}" for token in path)
    place = f" at {shortened(_printable(pointer), _LONGEST_PLACE)}" if pointer else ""
    return shortened(_printable(message), LONGEST - len(place)) + place


def shortened(text: str, most: int) -> str:
    """At most so many characters of the text: its beginning and its end, where the words around a large value stand."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 3
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"


def _printable(text: str) -> str:
    most = LONGEST * 4
    if len(text) > most:
        text = text[: most // 2] + text[-most // 2 :]
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
