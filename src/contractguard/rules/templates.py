"""Sentences of the catalogue with values of a change filled in.

`{before}` is a value as short JSON, strings in single quotes; `{before!s}` leaves the quotes away. Where `{before}` and `{after}`
would be cut to the same text, both show where they differ. Everything in
`[[double square brackets]]` is left out where a value named in it is missing. `{{` and `}}` are plain braces.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from contractguard.model.change import Change
from contractguard.model.values import UNSET, JsonValue, Unset

MAX_LENGTH = 60
"""Longer values are cut, in characters."""

_MOST_COMPARED = 10_000
"""Characters of two long values in which a difference is looked for."""

_CONTEXT = 20
"""Characters before the difference that are shown with it."""

ABSENT = "none"
"""What is written for a value that is missing outside double square brackets."""

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{(?P<name>[^{}!]*)(?P<plain>!s)?\}|[{}]")
_BIG_INTEGER_BITS = 4096


class TemplateError(ValueError):
    """A template that cannot be read: the message says why."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{name}`, or `{name!s}` where `plain`."""

    name: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Template:
    """Parts in order, each optional as a whole or not."""

    parts: tuple[tuple[bool, tuple[str | Placeholder, ...]], ...]

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names used, in order."""
        return tuple(item.name for _, part in self.parts for item in part if isinstance(item, Placeholder))


@lru_cache(maxsize=4096)
def parse_template(text: str) -> Template:
    """Read a template. Raises `TemplateError` for braces and brackets that do not pair."""
    parts: list[tuple[bool, tuple[str | Placeholder, ...]]] = []
    current: list[str | Placeholder] = []
    optional = False
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            current.append(text[end : match.start()])
        end = match.end()
        token = match[0]
        if match["name"] is not None:
            current.append(Placeholder(match["name"], bool(match["plain"])))
        elif token in ("{{", "}}"):
            current.append(token[0])
        elif token == ("]]" if optional else "[["):
            parts.append((optional, tuple(current)))
            current, optional = [], not optional
        else:
            msg = f"'{token}' at character {match.start() + 1} has no partner"
            raise TemplateError(msg)
    if optional:
        msg = "'[[' is never closed"
        raise TemplateError(msg)
    current.append(text[end:])
    parts.append((False, tuple(current)))
    return Template(tuple(parts))


class Values:
    """The values of one change, rendered when a template first asks for them."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._texts: dict[tuple[str, bool], str | None] = {}

    def text(self, name: str, *, plain: bool) -> str | None:
        """The text for a placeholder; None where the change has no such value."""
        key = (name, plain)
        if key not in self._texts:
            self._texts[key] = self._render(name, plain=plain)
        return self._texts[key]

    def _render(self, name: str, *, plain: bool) -> str | None:
        change = self._change
        if name in ("before", "after"):
            value, other = change.before, change.after
            if name == "after":
                value, other = other, value
            return None if value is UNSET else _told_apart(value, other, plain=plain)
        if name in ("subject", "element"):
            return printable(change.subject if name == "subject" else change.element)
        if name in change.facts:
            return str(change.facts[name])
        detail = change.details.get(name)
        return None if not detail else printable(_cut(detail))


def fill(text: str, values: Values) -> str:
    """The sentence with the values in it."""
    written: list[str] = []
    for optional, part in parse_template(text).parts:
        filled = [item if isinstance(item, str) else values.text(item.name, plain=item.plain) for item in part]
        if optional and None in filled:
            continue
        written += [ABSENT if item is None else item for item in filled]
    return "".join(written)


def short_value(value: JsonValue | Unset, *, plain: bool = False) -> str:
    """A value for a sentence, at most about `MAX_LENGTH` characters. Control characters are written as escapes."""
    return _shown(value, _cut(_text(value, MAX_LENGTH, plain=plain)), plain=plain)


def _told_apart(value: JsonValue | Unset, other: JsonValue | Unset, *, plain: bool) -> str:
    """A value as `short_value` writes it, or where it differs from the other one if that begins in the same way."""
    short = short_value(value, plain=plain)
    if other is UNSET or short != short_value(other, plain=plain):
        return short
    text, other_text = (_text(each, _MOST_COMPARED, plain=plain) for each in (value, other))
    start = _common(text, other_text) - _CONTEXT
    if start <= 0 or text == other_text:
        return short
    return _shown(value, "…" + _cut(text[start:]), plain=plain)


def _common(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(a, b, strict=False)
    return next((index for index, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _text(value: JsonValue | Unset, room: int, *, plain: bool) -> str:
    """What is written for a value, complete in its first `room` characters; that of a string without quotes or escapes."""
    if isinstance(value, str):
        return value[: room + 1]
    if plain and isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(str(item)[: room + 1] for item in value[: room + 1])
    parts: list[str] = []
    _write(value, parts, room)
    return "".join(parts)


def _shown(value: JsonValue | Unset, text: str, *, plain: bool) -> str:
    text = printable(text)
    return f"'{text}'" if isinstance(value, str) and not plain else text


def printable(text: str) -> str:
    """The text on one line: what does not print (line ends, escapes, marks that turn the direction) as JSON escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def _write(value: JsonValue | Unset, parts: list[str], room: int) -> int:
    """Append JSON to `parts` until about `room` characters are used; the characters left. Costs no more than it shows."""
    if isinstance(value, dict):
        return _write_members(value, parts, room)
    if isinstance(value, list):
        parts.append("[")
        room -= 2
        for index, item in enumerate(value):
            if room < 0:
                break
            parts.append(", " if index else "")
            room = _write(item, parts, room - 2)
        parts.append("]")
        return room
    text = _scalar(value, room)
    parts.append(text)
    return room - len(text)


def _write_members(value: dict[str, JsonValue], parts: list[str], room: int) -> int:
    parts.append("{")
    room -= 2
    for index, (name, item) in enumerate(value.items()):
        if room < 0:
            break
        key = _scalar(name, room)
        parts.append(f"{', ' if index else ''}{key}: ")
        room = _write(item, parts, room - len(key) - 4)
    parts.append("}")
    return room


def _scalar(value: JsonValue | Unset, room: int) -> str:
    if isinstance(value, str):
        return printable(json.dumps(value[: max(room, MAX_LENGTH) + 1], ensure_ascii=False))
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > _BIG_INTEGER_BITS:
        return (
            f"an integer of {value.bit_length()} bits"  # writing it out in decimal is quadratic, and Python may refuse
        )
    return json.dumps(None if isinstance(value, Unset) else value)
