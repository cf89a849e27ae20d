"""Blobs of a repository through one `git cat-file --batch`, which stays open as long as it is needed."""

from __future__ import annotations

import threading
import weakref
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from contractguard.sources.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from contractguard.sources.repository.command import Git

_REQUEST_BYTES = 4096
"""Ids are sent in portions that fit into a pipe of the smallest size there is, so that git and we never both wait to write."""


class Lack(Enum):
    """Why an object has no bytes for us."""

    MISSING = "missing"
    NO_BLOB = "no blob"
    TOO_LARGE = "too large"


class Unavailable(NamedTuple):
    """An object that is not given out, and its size in bytes where git said it."""

    lack: Lack
    size: int | None = None


Found: TypeAlias = dict[str, bytes | Unavailable]
_Process: TypeAlias = "subprocess.Popen[bytes]"


class _InterruptedError(Exception):
    """The process ended, or had to be ended, before it had answered for all ids."""

    def __init__(self, *, died: bool) -> None:
        super().__init__()
        self.died = died


class ObjectStore:
    """The objects of one repository, by full id. Safe to share between threads; closes itself when forgotten."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._end: Callable[[], object] = lambda: None

    def read(self, ids: Iterable[str], take: Callable[[str, int], None]) -> Found:
        """Bytes of each blob, or why there are none. `take` is called with id and size before a blob is read; what it
        raises ends the reading.
        """
        wanted = list(dict.fromkeys(ids))
        found: Found = {}
        surveyed = False
        with self._lock:
            while wanted:
                try:
                    for portion in _portions(wanted):
                        self._read_portion(portion, found, take)
                except _InterruptedError as interruption:
                    self._stop()
                    wanted = [name for name in wanted if name not in found]
                    # git dies at the first object that a partial clone lacks: look once which others it lacks, too.
                    if interruption.died and not surveyed:
                        surveyed = True
                        found.update(dict.fromkeys(self._lacking(wanted), Unavailable(Lack.MISSING)))
                except BaseException:
                    self._stop()
                    raise
                wanted = [name for name in wanted if name not in found]
        return found

    def close(self) -> None:
        """End the process. The next reading starts another one."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        self._end()
        self._process = None
        self._end = lambda: None

    def _running(self) -> _Process:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
            self._end = weakref.finalize(self, _end, self._process)
        return self._process

    def _read_portion(self, portion: Sequence[str], found: Found, take: Callable[[str, int], None]) -> None:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise _InterruptedError(died=True)
        with suppress(BrokenPipeError):  # it has died; the missing answer says at which object
            process.stdin.write("".join(f"{name}\n" for name in portion).encode("ascii"))
            process.stdin.flush()
        for name in portion:
            header = process.stdout.readline().split()
            if not header:
                found[name] = Unavailable(Lack.MISSING)
                raise _InterruptedError(died=True)
            if header[1] == b"missing":
                found[name] = Unavailable(Lack.MISSING)
                continue
            kind, size = header[1], int(header[2])
            if size > MAX_FILE_BYTES:
                found[name] = Unavailable(Lack.TOO_LARGE, size)
                raise _InterruptedError(died=False)
            take(name, size)
            data = process.stdout.read(size + 1)
            if len(data) != size + 1:
                found[name] = Unavailable(Lack.MISSING)
                raise _InterruptedError(died=True)
            found[name] = data[:-1] if kind == b"blob" else Unavailable(Lack.NO_BLOB, size)

    def _lacking(self, wanted: Sequence[str]) -> list[str]:
        """Those of `wanted` that this clone does not hold."""
        lacking = set(wanted)
        process = self._git.start("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
        try:
            for line in process.stdout or ():
                lacking.discard(line[:-1].decode("ascii"))
        finally:
            _end(process)
        return sorted(lacking)


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    step = max(1, _REQUEST_BYTES // (len(ids[0]) + 1))
    for start in range(0, len(ids), step):
        yield ids[start : start + step]


def _end(process: _Process) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.kill()
    process.wait()
