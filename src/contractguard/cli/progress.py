"""A progress bar on standard error, for a person who waits."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING, Self, TextIO

from contractguard.cli.messages import plain
from contractguard.cli.streams import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_PATIENCE = 0.5
"""Seconds before the bar appears: short work shows nothing."""
_PAUSE = 0.1
"""Seconds between two drawings."""
_BAR_WIDTH = 20


class Progress:
    """Draws `━━━━━━━─────── 12/40 comparing orders-api` while a comparison runs, and clears it when the work is done."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._drawn = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Take note of progress; draw it when it is time. `total` is 0 where nobody knows how much there is."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _PAUSE
        full = min(_BAR_WIDTH, _BAR_WIDTH * done // total) if total > 0 else 0
        line = f"{'━' * full}{'─' * (_BAR_WIDTH - full)} {done}/{total} {plain(what)}" if total > 0 else plain(what)
        self._write(f"\r\x1b[2K{line[: shutil.get_terminal_size().columns - 1]}")
        self._drawn = True

    def __enter__(self) -> Self:
        """The bar appears later, if at all."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave a clean line behind, whatever happened."""
        if self._drawn:
            self._write("\r\x1b[2K")

    def _write(self, text: str) -> None:
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        self._stream.write(text.encode(encoding, errors="replace").decode(encoding))
        self._stream.flush()


def watched(*, quiet: bool) -> bool:
    """Whether a person watches standard error and wants to."""
    return not quiet and is_terminal(sys.stderr)
