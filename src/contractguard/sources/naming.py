"""What users write for a side, understood: a ref, a path at a ref, something staged, a file, a folder, or a pipe."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
import stat
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources.repository.discovery import Repository, open_repository, work_tree_top
from contractguard.sources.repository.refs import Resolved, find_commit, missing_ref, need_commit

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """The kinds of side."""

    COMMIT = "commit"
    INDEX = "index"
    WORKTREE = "worktree"
    FOLDER = "folder"
    FILE = "file"
    STREAM = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A side as named. `path` is a path within the repository (of `ref:path`), `place` a path on disk."""

    kind: Kind
    text: str
    commit: str | None = None
    path: str | None = None
    place: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def in_git(self) -> bool:
        """Whether the side comes from a repository."""
        return self.kind in (Kind.COMMIT, Kind.INDEX, Kind.WORKTREE)


@dataclass
class Surroundings:
    """Where sides are named: `cwd`, from which paths count, and the repository it lies in, found when first needed."""

    cwd: Path
    environment: Mapping[str, str]

    @cached_property
    def repository(self) -> Repository | None:
        """The repository that `cwd` lies in. Raises `UnreadableError` for one that git refuses to open."""
        return open_repository(self.cwd, self.environment)

    def need_repository(self) -> Repository:
        """The repository. Raises `UsageError` where there is none."""
        if self.repository is None:
            msg = f"{self.cwd} is not in a git repository"
            raise UsageError(msg, remedy="name two files or two folders to compare")
        return self.repository


def name_side(text: str, around: Surroundings) -> Named:
    """Understand one side.

    What begins with `./`, `../` or `/`, and `.` and `..`, is always a path; `-` is standard input. Anything else is a ref if
    there is one of that name (gitrevisions), then `ref:path` or `:path` (staged), then a path. A ref that is a path, too,
    gets a note. Raises `UnreadableError` for what is neither, with the command that would bring such a ref.
    """
    if not text or "\0" in text:
        msg = "an empty name, or one with a NUL in it, names nothing"
        raise UsageError(msg, remedy="name a ref, a file or a folder")
    if text == "-":
        return Named(kind=Kind.STREAM, text=text)
    repository = None if is_explicit_path(text) else around.repository
    if repository is not None:
        named = _name_in_repository(text, repository, around)
        if named is not None:
            return named
    return _name_on_disk(text, around, repository)


def split_range(text: str, around: Surroundings) -> tuple[Resolved, Resolved, bool] | None:
    """The two ends of `A..B` or `A...B`, and whether the merge base is meant (three dots); None for what is no range.

    An end left out is HEAD, as in git. Raises `UnreadableError` where one end is a ref and the other is not.
    """
    if ".." not in text or is_explicit_path(text):
        return None
    match = re.fullmatch(r"(.*?)(\.\.\.?)(.*)", text, re.DOTALL)
    repository = around.repository
    if match is None or repository is None:
        return None
    left, right = match[1] or "HEAD", match[3] or "HEAD"
    ends = find_commit(repository, left), find_commit(repository, right)
    if ends[0] is None and ends[1] is None and _on_disk(around.cwd / text) is not None:
        return None
    return ends[0] or need_commit(repository, left), ends[1] or need_commit(repository, right), match[2] == "..."


def is_explicit_path(text: str) -> bool:
    """Whether a name can only be meant as a path."""
    return text in (".", "..") or text.startswith(("./", "../", "/")) or Path(text).is_absolute()


def _name_in_repository(text: str, repository: Repository, around: Surroundings) -> Named | None:
    if text.startswith(":") and not text.startswith(":/"):
        return _name_staged(text, repository)
    before, colon, path = text.partition(":")
    if colon and before:
        resolved = find_commit(repository, before)
        if resolved is not None:
            inner = _inner_path(path, repository, text)
            return Named(kind=Kind.COMMIT, text=text, commit=resolved.commit, path=inner, notes=_notes(resolved.note))
    resolved = find_commit(repository, text)
    if resolved is None:
        return None
    also_path = None
    if _on_disk(around.cwd / text) is not None:
        also_path = f"{text} is a ref and a path; the ref is compared. For the path write ./{text}"
    return Named(kind=Kind.COMMIT, text=text, commit=resolved.commit, notes=_notes(resolved.note, also_path))


def _name_staged(text: str, repository: Repository) -> Named:
    stage = re.match(r":([0-3]):", text)
    if stage is not None and stage[1] != "0":
        msg = f"{text} names one side of a merge conflict"
        raise UsageError(msg, remedy="resolve the conflict first, or name the commit of that side")
    path = text[3:] if stage is not None else text[1:]
    return Named(kind=Kind.INDEX, text=text, path=_inner_path(path, repository, text))


def _inner_path(path: str, repository: Repository, text: str) -> str:
    """The path of `ref:path`, from the top of the repository; what begins with `./` or `../` counts from `cwd`, as in git."""
    if path.startswith(("./", "../")) or path in (".", ".."):
        path = posixpath.join(repository.prefix, path)
    inner = posixpath.normpath(path) if path else "."
    if inner == ".." or inner.startswith(("../", "/")):
        msg = f"{text} leads out of the repository"
        raise UsageError(msg, remedy="name a path below the top of the repository")
    return "" if inner == "." else inner


def _name_on_disk(text: str, around: Surroundings, repository: Repository | None) -> Named:
    place = around.cwd / text
    status = _on_disk(place)
    if status is None:
        raise _nothing_there(text, around, repository)
    if stat.S_ISDIR(status.st_mode):
        return Named(kind=Kind.FOLDER, text=text, place=place.resolve())
    if stat.S_ISREG(status.st_mode):
        return Named(kind=Kind.FILE, text=text, place=_followed(place, text))
    if stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
        return Named(kind=Kind.STREAM, text=text, place=place)
    msg = "it is neither a file nor a folder"
    raise UnreadableError(msg, path=text)


def _followed(place: Path, text: str) -> Path:
    """The file itself, where the user's own name for it is a link. A link within a working tree may not lead out of it: it is
    part of what is under review.
    """
    top = work_tree_top(Path(os.path.abspath(place)).parent)  # noqa: PTH100 - resolve() would follow the link
    file = place.resolve()
    if top is not None and not file.is_relative_to(top.resolve()):
        msg = "it is a symbolic link that leads out of the repository"
        raise UnreadableError(msg, path=text, remedy=f"name the file itself: {shlex.quote(str(file))}")
    return file


def _on_disk(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except (OSError, ValueError):
        return None


def _nothing_there(text: str, around: Surroundings, repository: Repository | None) -> UnreadableError:
    near = _near(text, around)
    meant = None if near is None else f"did you mean {shlex.quote(near)}?"
    if is_explicit_path(text):
        return UnreadableError("there is no such file or folder", path=text, remedy=meant or "check the path")
    if repository is None:
        msg = f"there is no file or folder {text!r}, and no repository at {around.cwd} in which it could be a ref"
        return UnreadableError(msg, remedy=meant or "check the path, or run this inside a clone")
    before, colon, _ = text.partition(":")
    error = missing_ref(repository, before if colon else text, also="" if colon else ", file or folder")
    error.remedy = meant or error.remedy
    return error


def _near(text: str, around: Surroundings) -> str | None:
    """A file or folder with nearly the name that was given, in the same place; None for what does not look like a path."""
    import difflib  # noqa: PLC0415 - only an error needs it

    folder, slash, name = text.rpartition("/")
    if not slash and not Path(name).suffix:
        return None
    try:
        names = sorted(path.name for path in (around.cwd / (folder or slash or ".")).iterdir())
    except (OSError, ValueError):
        return None
    close = difflib.get_close_matches(name, names, n=1)
    return f"{folder}{slash}{close[0]}" if close else None


def _notes(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
