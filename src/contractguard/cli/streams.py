"""Standard output as bytes: the same on every machine, and no traceback when its reader goes away."""

from __future__ import annotations

import contextlib
import os
import sys


def write_standard_output(text: str) -> None:
    """Write all of `text`, UTF-8 unless a terminal asks for something else. A reader that went away is no error: it has read
    what it wanted, and the exit code still tells the answer.
    """
    encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, errors="backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        abandon_standard_output()


def abandon_standard_output() -> None:
    """Send the rest nowhere, so that flushing at interpreter shutdown does not fail once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):  # a standard output that is no file needs no such care
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
