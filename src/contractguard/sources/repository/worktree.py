"""The working tree: tracked files as they lie on disk, and untracked ones that git does not ignore."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from contractguard.errors import InternalError, UsageError
from contractguard.model.snapshot import Entry
from contractguard.sources.files.disk import Disk, refusal_of
from contractguard.sources.files.snapshots import read_from_disk
from contractguard.sources.reasons import NESTED_REASON, ODD_NAME_REASON, SUBMODULE_REASON, display_name, is_odd
from contractguard.sources.repository.listing import check_count, reason_against
from contractguard.sources.repository.stored import read_blobs
from contractguard.sources.snapshots import Batch, ReadableSnapshot, Refusals

if TYPE_CHECKING:
    from contractguard.sources.repository.discovery import Repository

_LIST: Final = ("ls-files", "-z", "-t", "-s", "--cached", "--others", "--exclude-standard")
_RECORD: Final = re.compile(
    rb"(?:\? (?P<untracked>[^\0]+)\0"
    rb"|(?P<tag>[A-Z]) (?P<mode>\d{6}) (?P<id>[0-9a-f]+) (?P<stage>\d)\t(?P<path>[^\0]+)\0"
    rb"(?:  ctime: (?P<ctime>\d+):(?P<ctime_ns>\d+)\n  mtime: (?P<mtime>\d+):(?P<mtime_ns>\d+)\n"
    rb"  dev: \d+\tino: (?P<inode>\d+)\n  uid: \d+\tgid: \d+\n  size: (?P<size>\d+)\tflags: [0-9a-f]+\n)?)"
)
_SECOND: Final = 1_000_000_000
_WORD: Final = 0xFFFF_FFFF
"""The index keeps the lowest 32 bits of each number (gitformat-index)."""


class Tracked(NamedTuple):
    """A file of the index. `seen` is what `lstat` said when its id was last known to be that of the file on disk."""

    path: str
    mode: str
    blob_id: str
    stage: str
    left_out: bool
    """Whether a sparse checkout leaves the file out of the working tree."""
    seen: tuple[int, ...] | None


@dataclass(slots=True)
class _Found:
    """What lies in the working tree: entries, where None still has to be identified; and what is refused."""

    entries: dict[str, Entry | None] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    """Path → blob id of files that a sparse checkout leaves out: they are there all the same, in the object database."""


class WorktreeSnapshot(ReadableSnapshot):
    """The working tree of a repository.

    Files that git knows to be as in the index keep the id that they have there, without being read. Their bytes may then differ
    from the blob's by what checkout does to them (line ends, LFS).
    """

    def __init__(self, repository: Repository, *, ref: str = "worktree") -> None:
        super().__init__(ref, None)
        self._repository = repository
        self._disk = Disk(need_work_tree(repository), repository.identify)
        self._found = _look(repository, self._disk)
        self._entries = _Entries(self._found.entries, self._disk)
        self._refused = Refusals(self._found.refused)

    @property
    def repository(self) -> Repository:
        """The repository whose working tree this is."""
        return self._repository

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The regular files, by path; a changed file is read when its entry is first asked for."""
        return self._entries

    @property
    def refused(self) -> Mapping[str, str]:
        """Links, submodules, nested repositories and names that are no paths, with the reason."""
        return self._refused

    def read_each(self, paths: Collection[str]) -> Batch:
        """Bytes of these files as they lie on disk; see `ReadableSnapshot.read_each`."""
        stored = {path: self._found.left_out[path] for path in paths if path in self._found.left_out}
        on_disk = [path for path in paths if path not in stored]
        batch = read_from_disk(self, self._disk, on_disk, self._repository.common_dir)
        if stored:
            read_blobs(self._repository, stored, batch, commit=None, ref=self.ref)
        return batch

    def close(self) -> None:
        """End the git process behind the object database."""
        self._repository.store.close()


def need_work_tree(repository: Repository) -> Path:
    """The top of the working tree. Raises `UsageError` in a bare repository."""
    if repository.work_tree is None:
        msg = f"{repository.git_dir} is a bare repository, without a working tree"
        raise UsageError(msg, remedy="name both sides, such as: v1.0..v1.1")
    return repository.work_tree


class _Entries(Mapping[str, Entry]):
    def __init__(self, found: dict[str, Entry | None], disk: Disk) -> None:
        self._found = found
        self._disk = disk

    def __getitem__(self, path: str) -> Entry:
        entry = self._found[path]
        if entry is None:
            entry = self._found[path] = self._disk.entry(path)
        return entry

    def __contains__(self, path: object) -> bool:
        return path in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _look(repository: Repository, disk: Disk) -> _Found:
    index_time = _index_time(repository)
    found = _Found()
    tracked, untracked = _list(repository)
    for file in tracked:
        _place_tracked(file, disk, index_time, found)
    for path in untracked:
        if path.endswith("/"):
            found.refused[display_name(path[:-1])] = NESTED_REASON
        elif is_odd(path):
            found.refused[display_name(path)] = ODD_NAME_REASON
        else:
            _place_on_disk(path, disk.status(path), found)
    found.entries = dict(sorted(found.entries.items()))
    return found


def _place_tracked(file: Tracked, disk: Disk, index_time: int, found: _Found) -> None:
    reason = reason_against(file.path, file.mode)
    if reason in (ODD_NAME_REASON, SUBMODULE_REASON):
        found.refused[display_name(file.path)] = reason
        return
    status = disk.status(file.path)
    if status is None:
        if file.left_out and reason is None:
            found.entries[file.path] = Entry(file.path, file.blob_id)
            found.left_out[file.path] = file.blob_id
        return
    if file.stage == "0" and _is_as_seen(file, status, index_time):
        if reason is None:
            found.entries[file.path] = Entry(file.path, file.blob_id, status.st_size)
        else:
            found.refused[file.path] = reason
        return
    _place_on_disk(file.path, status, found)


def _place_on_disk(path: str, status: os.stat_result | None, found: _Found) -> None:
    if status is None or stat.S_ISDIR(status.st_mode):
        return
    reason = refusal_of(status.st_mode)
    if reason is None:
        found.entries[path] = None
    else:
        found.refused[path] = reason


def _is_as_seen(file: Tracked, status: os.stat_result, index_time: int) -> bool:
    """Whether the file is the one that git saw, by git's own rule; not where it may have changed within the same tick of
    the clock in which the index was written (git's "racy" files).
    """
    if file.seen is None or status.st_mtime_ns >= index_time:
        return False
    changed, changed_ns = divmod(status.st_ctime_ns, _SECOND)
    modified, modified_ns = divmod(status.st_mtime_ns, _SECOND)
    times = (changed & _WORD, changed_ns, modified & _WORD, modified_ns)
    return file.seen == (*times, status.st_ino & _WORD, status.st_size & _WORD)


def _index_time(repository: Repository) -> int:
    """When the index was written, in nanoseconds; 0 where there is none, so that no file counts as seen."""
    place = repository.git.environment.get("GIT_INDEX_FILE") or repository.git_dir / "index"
    try:
        return Path(place).stat().st_mtime_ns
    except OSError:
        return 0


def _list(repository: Repository) -> tuple[list[Tracked], list[str]]:
    """What is tracked, and the names that are not. `--debug` adds what git saw of each file, so that git need not compare:
    where it does that itself it may run filters that the repository configures.
    """
    listed = _parse(repository.git.demand(*_LIST, "--debug").output, repository)
    if (
        listed is None
    ):  # git warns that what --debug prints may change: go without, and identify every file by its bytes
        listed = _parse(repository.git.demand(*_LIST).output, repository)
    if listed is None:
        msg = "git ls-files answers in a form that is not understood"
        raise InternalError(msg, remedy="report this with the output of: git version")
    return listed


def _parse(output: bytes, repository: Repository) -> tuple[list[Tracked], list[str]] | None:
    check_count(output, str(repository.root))
    tracked: list[Tracked] = []
    untracked: list[str] = []
    end = 0
    for match in _RECORD.finditer(output):
        if match.start() != end:
            return None
        end = match.end()
        if match["untracked"] is not None:
            untracked.append(os.fsdecode(match["untracked"]))
        else:
            tracked.append(_tracked(match))
    return (tracked, untracked) if end == len(output) else None


def _tracked(match: re.Match[bytes]) -> Tracked:
    seen = None
    if match["ctime"] is not None:
        seen = tuple(map(int, match.group("ctime", "ctime_ns", "mtime", "mtime_ns", "inode", "size")))
    tag, mode, blob_id, stage, path = match.group("tag", "mode", "id", "stage", "path")
    return Tracked(os.fsdecode(path), mode.decode(), blob_id.decode(), stage.decode(), tag == b"S", seen)
