"""Files below one folder, by relative path: looked at without following links, read without waiting on what is no file."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from contractguard.errors import ContractguardError, LimitError, UnreadableError
from contractguard.model.snapshot import Entry
from contractguard.sources.limits import MAX_FILE_BYTES, MAX_FOLDER_FILES, MAX_KEPT_BYTES
from contractguard.sources.reasons import LINK_REASON, NOT_A_FILE_REASON, ODD_NAME_REASON, display_name, is_odd
from contractguard.sources.snapshots import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contractguard.sources.identity import Identify

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Disk:
    """The files below `root`, which must be a path without links. `identify` gives their bytes a blob id."""

    def __init__(self, root: Path, identify: Identify) -> None:
        self._root = str(root)
        self._start = self._root if self._root.endswith("/") else f"{self._root}/"
        self._identify = identify
        self._folders: dict[str, str | None] = {"": None}
        self._kept: dict[str, bytes] = {}
        self._kept_bytes = 0

    def status(self, path: str) -> os.stat_result | None:
        """What lies at a relative path, or None: nothing, or something below a link or below a `.git`."""
        if is_odd(path) or self._folder_reason(path.rpartition("/")[0]) is not None:
            return None
        try:
            return os.lstat(self._start + path)
        except (OSError, ValueError):
            return None

    def is_file(self, path: str) -> bool:
        """Whether a regular file lies at a relative path."""
        status = self.status(path)
        return status is not None and stat.S_ISREG(status.st_mode) and not _is_git(path)

    def refusal(self, path: str) -> str | None:
        """Why what lies at a relative path, or above it, is not read; None for a file, a folder or nothing."""
        if is_odd(path):
            return ODD_NAME_REASON
        reason = self._folder_reason(path.rpartition("/")[0])
        if reason is not None:
            return reason
        status = self.status(path)
        return None if status is None else refusal_of(status.st_mode)

    def entry(self, path: str) -> Entry:
        """The entry of a file. One that cannot be read gets an id that equals no other, and its error when it is read."""
        try:
            data = self._read(path)
        except ContractguardError:
            return Entry(path, f"unread:{self._start}{path}")
        if self._kept_bytes + len(data) <= MAX_KEPT_BYTES:
            self._kept_bytes += len(data) - len(self._kept.get(path, b""))
            self._kept[path] = data
        return Entry(path, self._identify(data), len(data))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `UnreadableError` or `LimitError`."""
        kept = self._kept.pop(path, None)
        if kept is None:
            return self._read(path)
        self._kept_bytes -= len(kept)
        return kept

    def walk(self) -> Iterator[tuple[str, str | None]]:
        """Every file below the root with None, and everything refused with its reason; in no particular order.

        `.git` is left out. Raises `LimitError` where there are more than `MAX_FOLDER_FILES`.
        """
        pending, count = [""], 0
        while pending:
            folder = pending.pop()
            try:
                with os.scandir(self._start + folder) as items:
                    for item in items:
                        count += 1
                        if count > MAX_FOLDER_FILES:
                            msg = f"the folder holds more than the {MAX_FOLDER_FILES} files that are looked at"
                            raise LimitError(msg, path=self._root, remedy="name a smaller folder, a file or a git ref")
                        path = f"{folder}{item.name}"
                        if item.name == ".git":
                            continue
                        if is_odd(item.name):
                            yield display_name(path), ODD_NAME_REASON
                        elif item.is_dir(follow_symlinks=False):
                            pending.append(f"{path}/")
                        else:
                            yield path, _reason_of(item)
            except OSError as error:
                if not folder:
                    msg = f"the folder cannot be read: {error.strerror}"
                    raise UnreadableError(msg, path=self._root) from error
                yield folder.rstrip("/"), f"the folder cannot be read: {error.strerror}"

    def _read(self, path: str) -> bytes:
        if not self.is_file(path):
            raise UnreadableError(self.refusal(path) or "there is no such file", path=path)
        return read_file(self._start + path, path)

    def _folder_reason(self, folder: str) -> str | None:
        """Why a folder, "" for the root, is not descended into; None where it may be."""
        if folder in self._folders:
            return self._folders[folder]
        reason, place = None, ""
        for part in folder.split("/"):
            place = f"{place}/{part}" if place else part
            if reason is None:
                reason = self._folders[place] if place in self._folders else self._link_reason(place)
            self._folders[place] = reason
        return reason

    def _link_reason(self, folder: str) -> str | None:
        try:
            mode = os.lstat(self._start + folder).st_mode
        except (OSError, ValueError):
            return None
        return f"it lies below {folder}: {LINK_REASON}" if stat.S_ISLNK(mode) else None


def read_file(place: str, path: str) -> bytes:
    """The bytes of the regular file at `place`, which errors call `path`.

    Raises `UnreadableError` where it is no regular file or cannot be opened, `LimitError` where it is too large.
    """
    try:
        with open(place, "rb", opener=lambda name, _: os.open(name, _FLAGS)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(NOT_A_FILE_REASON, path=path)
            if status.st_size > MAX_FILE_BYTES:
                raise too_large(path, status.st_size)
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        raise UnreadableError(message, path=path, remedy="check that it is there and may be read: ls -l") from error
    if len(data) > MAX_FILE_BYTES:
        raise too_large(path, None)
    return data


def refusal_of(mode: int) -> str | None:
    """Why something with this file mode is not read; None for regular files and folders."""
    if stat.S_ISLNK(mode):
        return LINK_REASON
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else NOT_A_FILE_REASON


def _reason_of(item: os.DirEntry[str]) -> str | None:
    if item.is_symlink():
        return LINK_REASON
    return None if item.is_file(follow_symlinks=False) else NOT_A_FILE_REASON


def _is_git(path: str) -> bool:
    return path.startswith(".git/") or "/.git/" in path or path == ".git" or path.endswith("/.git")
