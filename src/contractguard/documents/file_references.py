"""Which other files a file refers to: read off the bytes where they leave no doubt, off the parsed value where they do.

A file that is overlooked here would hide a change in it, so whatever is not written in one of the plain ways counts as doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from contractguard.model.values import JsonValue

_KEYWORDS: Final = ("$ref", "$dynamicRef")
_KEY: Final = rb"""\$(?:ref|dynamicRef)["']?\s*:"""
_ANY = re.compile(_KEY)
_PLAINLY_WRITTEN = re.compile(
    _KEY
    + rb"""\s*(?:"((?:[^"\\\n]|\\/)*+)"|'([^'\n]*+)'(?!')|[{\[]"""
    + rb"""|([^\s"'&*!|>?%@`{}\[\],#$][^\s{}\[\],"'$]*+)[ \t]*+(?:#[^\n]*+)?(?:\r?\n|\Z))"""
)
"""In double quotes without escapes but `\\/`, in single quotes, plain to the end of the line; or no string. No part can run over
the next `$ref`, so that no text takes more than one pass."""

_ESCAPED_LETTER = re.compile(rb"""\\(?:u00|x|U000000)(?:24|72|65|66)""")
"""An escape of a letter of `$ref`."""

_ESCAPED_BREAK = re.compile(rb"""\\\r?\n""")
_KEY_OVER_LINES = re.compile(rb"""\?\s*"[^"\n]*+(?<=\\)\r?\n""")
_KEYWORD = re.compile(rb"""\$(?:ref|dynamicRef)\b""")
_LOOK_BACK: Final = 300
"""Longer than the tags and anchors that people write; whatever is longer before a key counts as doubt."""

_NEXT_LINE = re.compile(rb"""(?:[ \t]*\r?\n)*( *)(?:\Z|#|(?:- +)*["']?[^\s"'#,:{}\[\]]+["']?[ \t]*:(?:\s|\Z))""")
"""A line after a plain scalar that is no part of it, since it ends the file or has a key: of one word, as nearly all are."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A `$ref` to another file: the part before `#`, as written, and whether it means the whole of that file."""

    target: str
    whole: bool


def references_in_bytes(raw: bytes) -> tuple[Reference, ...] | None:
    """The references of a JSON or YAML file to other files, in file order. None where only parsing can tell."""
    if _spelled_otherwise(raw):
        return None
    written: dict[bytes, None] = {}
    count = 0
    for found in _PLAINLY_WRITTEN.finditer(raw):
        plain = found.group(3)
        if plain is not None and _goes_on(raw, found):
            return None
        written[plain or found.group(1) or found.group(2) or b""] = None
        count += 1
    if count < len(_ANY.findall(raw)):
        return None
    return _to_other_files(text.decode(errors="replace").replace("\\/", "/") for text in written)


def _spelled_otherwise(raw: bytes) -> bool:
    """Whether a `$ref` may stand here in other letters: escaped, over several lines, or with a tag or an anchor before it."""
    if _ESCAPED_LETTER.search(raw):
        return True
    if _ESCAPED_BREAK.search(raw) and _KEY_OVER_LINES.search(raw):
        return True
    return any(_may_have_property(raw, found.start()) for found in _KEYWORD.finditer(raw))


def _may_have_property(raw: bytes, start: int) -> bool:
    """Whether a tag or an anchor may stand before the scalar at `start` (YAML 1.2.2, 6.9)."""
    before = raw[max(0, start - _LOOK_BACK) : start].rstrip(b"\"'")
    if not before[-1:].isspace():
        return False
    words = before.rsplit(maxsplit=1)
    if not words or (len(words) == 1 and not before[:1].isspace()):
        # The window may hold no more than the end of the word.
        return start > _LOOK_BACK or bool(words and words[0][:1] in b"&!")
    return words[-1][:1] in b"&!"


def _goes_on(raw: bytes, found: re.Match[bytes]) -> bool:
    """Whether a plain scalar may go on in the next line (YAML 1.2.2, 7.3.3): one indented deeper, or any between brackets."""
    following = _NEXT_LINE.match(raw, found.end())
    column = found.start() - (raw.rfind(b"\n", 0, found.start()) + 1)
    return following is None or len(following.group(1)) > column


def references_in_value(value: JsonValue) -> tuple[Reference, ...]:
    """The references of a parsed file to other files."""
    found: dict[str, None] = {}
    met: set[int] = set()
    stack: list[JsonValue] = [value]
    while stack:
        item = stack.pop()
        if not isinstance(item, dict | list) or id(item) in met:
            continue
        met.add(id(item))
        if isinstance(item, dict):
            for keyword in _KEYWORDS:
                reference = item.get(keyword)
                if isinstance(reference, str):
                    found[reference] = None
            stack.extend(item.values())
        else:
            stack.extend(item)
    return _to_other_files(sorted(found))


def _to_other_files(texts: Iterable[str]) -> tuple[Reference, ...]:
    found: dict[Reference, None] = {}
    for text in texts:
        target, _, fragment = text.partition("#")
        if target:
            found[Reference(target, whole=fragment in ("", "/"))] = None
    return tuple(found)
