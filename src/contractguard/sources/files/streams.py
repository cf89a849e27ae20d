"""Standard input and other pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources.limits import MAX_FILE_BYTES
from contractguard.sources.snapshots import too_large

if TYPE_CHECKING:
    from pathlib import Path


def read_stream(stream: BinaryIO | None, name: str = "stdin") -> bytes:
    """All that a stream gives. Raises `LimitError` where that is too much, `UsageError` where there is no stream."""
    if stream is None:
        msg = "there is no standard input to read from"
        raise UsageError(msg, remedy="name a file")
    parts: list[bytes] = []
    left = MAX_FILE_BYTES + 1
    while left > 0:
        part = stream.read(left)
        if not part:
            return b"".join(parts)
        parts.append(part)
        left -= len(part)
    raise too_large(name, None)


def read_pipe(place: Path, name: str) -> bytes:
    """All that a named pipe or a device gives, such as a shell's `<(command)`. Raises as `read_stream`, and
    `UnreadableError` where it cannot be opened.
    """
    try:
        with place.open("rb") as stream:
            return read_stream(stream, name)
    except OSError as error:
        msg = f"it cannot be read: {error.strerror}"
        raise UnreadableError(msg, path=name) from error
