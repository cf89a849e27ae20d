"""From bytes to text, and from an offset in the text to line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from contractguard.errors import UnreadableError

_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
_ZEROS_OF_WIDE_TEXT = (
    (False, True, False, True),
    (True, False, True, False),
    (False, True, True, True),
    (True, True, True, False),
)
"""Where the zero bytes of the first characters are, when those are ASCII: UTF-16 and UTF-32, each in two byte orders."""

_BREAK = re.compile(r"\r\n|\n|\r")


class Lines:
    """Turns offsets in a text into 1-based lines and columns; a column counts code points.

    Lines end at LF, CR LF and a lone CR (YAML 1.2.2, 5.4), as editors show them.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self._text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`; offsets outside the text count as its ends."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def without_mark(raw: bytes) -> bytes:
    """The bytes after a UTF-8 byte order mark, which is allowed and says nothing."""
    return raw[3:] if raw.startswith(_UTF8_MARK) else raw


def decode(raw: bytes, path: str) -> str:
    """The text of a file, without byte order mark. Raises `UnreadableError` where it is not UTF-8 (RFC 8259, 8.1)."""
    if looks_like_utf16(raw):
        raise UnreadableError(
            "the file is not UTF-8 but UTF-16 or UTF-32", path=path, line=1, column=1, remedy="save the file as UTF-8"
        )
    body = without_mark(raw)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        line, column = Lines(body[: error.start].decode()).position(len(body))
        raise UnreadableError(
            f"the file is not UTF-8: byte 0x{body[error.start]:02x} belongs to no character",
            path=path,
            line=line,
            column=column,
            remedy="save the file as UTF-8",
        ) from None


def looks_like_utf16(raw: bytes) -> bool:
    """Whether the bytes begin as UTF-16 or UTF-32 text does: with a mark, or with ASCII characters and zero bytes in turn."""
    zeros = tuple(byte == 0 for byte in raw[:4])
    return raw.startswith(_OTHER_MARKS) or zeros in _ZEROS_OF_WIDE_TEXT
