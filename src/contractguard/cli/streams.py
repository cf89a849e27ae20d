"""Standard output as bytes: the same on every machine, and no traceback when its reader goes away."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from contractguard.errors import UsageError

if TYPE_CHECKING:
    from typing import TextIO

_PLAIN = str.maketrans(
    {"✗": "x", "✓": "v", "·": "-", "→": "->", "…": "...", "×": "x", "–": "-", "━": "=", "─": "-"}  # noqa: RUF001  # what is replaced
)
"""Our own signs, for terminals that lack them."""
_ELSEWHERE = "write it to a file: --format FORMAT:PATH"


def write_standard_output(text: str) -> None:
    """Write all of `text`, UTF-8 unless a terminal asks for something else. A reader that went away is no error: it has read
    what it wanted, and the exit code still tells the answer. Raises `UsageError` where nothing can be written.
    """
    if sys.stdout is None:  # a process that was started without one, as by `>&-`
        raise UsageError("nothing was written: standard output is closed", remedy=_ELSEWHERE)
    raw = (
        _encoded(text, sys.stdout.encoding or "utf-8")
        if sys.stdout.isatty()
        else text.encode(errors="backslashreplace")
    )
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        abandon_standard_output()
    except OSError as error:
        abandon_standard_output()
        why = error.strerror or str(error)
        raise UsageError(f"standard output could not be written: {why}", remedy=_ELSEWHERE) from error


def _encoded(text: str, encoding: str) -> bytes:
    """The text for a terminal: what it lacks is written with plainer signs, or as escapes."""
    try:
        return text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN).encode("ascii", errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sees what is written there."""
    return stream is not None and stream.isatty()


def abandon_standard_output() -> None:
    """Send the rest nowhere, so that flushing at interpreter shutdown does not fail once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):  # a standard output that is no file needs no such care
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
