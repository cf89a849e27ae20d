"""What every snapshot shares: reading in batches, where each file has bytes or an error of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from contractguard.errors import ContractguardError, LimitError, UnreadableError
from contractguard.sources.limits import MAX_BATCH_BYTES, MAX_FILE_BYTES, MEBIBYTE

if TYPE_CHECKING:
    from contractguard.model.snapshot import Entry


class Batch(NamedTuple):
    """The answer to one reading: for each path asked for, its bytes or the error that stands in their way."""

    contents: dict[str, bytes]
    errors: dict[str, ContractguardError]


class ReadableSnapshot(ABC):
    """A snapshot (`model/snapshot.py`) that can also read around files which are unreadable."""

    def __init__(self, ref: str, commit: str | None) -> None:
        self._ref = ref
        self._commit = commit

    @property
    def ref(self) -> str:
        """What the user named, or words for what was chosen where nothing was named."""
        return self._ref

    @property
    def commit(self) -> str | None:
        """The full id of the commit that `ref` resolved to; None for working trees, indexes, folders and files."""
        return self._commit

    @property
    @abstractmethod
    def entries(self) -> Mapping[str, Entry]:
        """The regular files, by path."""

    @property
    @abstractmethod
    def refused(self) -> Mapping[str, str]:
        """Path → why what lies there is not read. Paths below a refused one are answered too."""

    @abstractmethod
    def read_each(self, paths: Collection[str]) -> Batch:
        """Bytes of the files at `paths`, or for each that cannot be read an `UnreadableError` or `LimitError`.

        For searching many files of which some may be no contract: one of them that is missing or too large does not
        keep the others from being read. Raises `LimitError` when the files are too large together.
        """

    def read(self, paths: Collection[str]) -> Mapping[str, bytes]:
        """Bytes of the files at `paths`. Raises the error of the first path, in order of names, that has one."""
        contents, errors = self.read_each(paths)
        if errors:
            raise errors[min(errors)]
        return contents

    def close(self) -> None:  # noqa: B027 - most snapshots hold nothing that must be closed
        """Give back processes and open files. Reading again opens them again."""

    def not_there(self, path: str) -> UnreadableError:
        """The error for a path that is no entry: refused, or not there at all."""
        reason = self.refused.get(path)
        message = f"not read at {self._ref}: {reason}" if reason else f"there is no such file at {self._ref}"
        return UnreadableError(message, path=path)


class Refusals(Mapping[str, str]):
    """Path → reason, for links and submodules; what lies below them is refused with them."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self._reasons = reasons

    def __getitem__(self, path: str) -> str:
        reason = self._reasons.get(path)
        if reason is not None:
            return reason
        end = path.rfind("/")
        while end > 0:
            reason = self._reasons.get(path[:end])
            if reason is not None:
                return f"it lies below {path[:end]}: {reason}"
            end = path.rfind("/", 0, end)
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._reasons)

    def __len__(self) -> int:
        return len(self._reasons)


class Budget:
    """Counts the bytes of one batch."""

    def __init__(self) -> None:
        self._left = MAX_BATCH_BYTES

    def take(self, path: str, size: int) -> None:
        """Count `size` bytes, just read from `path`. Raises `LimitError` when the batch is too large."""
        self._left -= size
        if self._left < 0:
            msg = f"the files to be read are larger together than {MAX_BATCH_BYTES // MEBIBYTE} MiB"
            raise LimitError(msg, path=path, remedy="compare fewer files: name a folder, a file or contracts")


def too_large(path: str, size: int | None) -> LimitError:
    """The error for a file beyond `MAX_FILE_BYTES`; `size` is in bytes, None where only that it is too large is known."""
    measured = f"{size // MEBIBYTE} MiB" if size is not None else "its size"
    return LimitError(
        f"{measured} is more than the {MAX_FILE_BYTES // MEBIBYTE} MiB that are read of one file",
        path=path,
        remedy="split the file, or name the contracts to compare without it",
    )
