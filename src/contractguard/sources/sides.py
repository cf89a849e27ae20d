"""The two sides of a comparison, from what the user named, or chosen where nothing was."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Self

from contractguard.errors import UnreadableError, UsageError
from contractguard.sources.ci import default_base
from contractguard.sources.files.snapshots import FolderSnapshot
from contractguard.sources.files.streams import read_pipe, read_stream
from contractguard.sources.identity import Identify, plain_identity
from contractguard.sources.memory import MemorySnapshot
from contractguard.sources.naming import Kind, Named, Surroundings, is_explicit_path, name_side, split_range
from contractguard.sources.repository.branches import merge_base
from contractguard.sources.repository.discovery import Repository, work_tree_top
from contractguard.sources.repository.refs import Resolved, need_commit
from contractguard.sources.repository.stored import StoredSnapshot, commit_snapshot, index_snapshot
from contractguard.sources.repository.worktree import WorktreeSnapshot, need_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from contractguard.sources.snapshots import ReadableSnapshot


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison.

    `base_focus` and `head_focus` are paths within the snapshots where the user named one file, else None; the two may differ,
    and one of them may be None, where the other side has no file of that path. `repository` is the top of the working tree,
    or the git folder of a bare repository. `notes` tell the reader what was chosen for them. Close the sides when done, or use
    them in a `with` statement.
    """

    base: ReadableSnapshot
    head: ReadableSnapshot
    base_focus: str | None
    head_focus: str | None
    repository: Path | None
    notes: tuple[str, ...] = ()

    def close(self) -> None:
        """Give back processes and open files."""
        self.base.close()
        self.head.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_sides(
    base: str | None,
    head: str | None,
    *,
    cwd: Path,
    environment: Mapping[str, str],
    stdin: BinaryIO | None,
    use_index: bool = False,
) -> Sides:
    """Open the sides that BASE and HEAD of the command line name (DESIGN section 7).

    - `BASE` alone, a ref: that very ref against the working tree. `BASE..HEAD` and `BASE HEAD`: one ref against the other.
      `BASE...HEAD`: their merge base against HEAD.
    - nothing: the merge base with the default branch, or in CI with the target of the pull request, against the working tree.
    - `use_index`: what is staged instead of the working tree.
    - files, folders, `-` (`stdin`), `ref:path`, `:path` (staged), in any combination that has a meaning. A path that the one side
      names is looked for on the other, where that is a whole tree.
    - a name that is a ref and a path means the ref, and a note says so; `./name` means the path.

    Paths count from `cwd`, those of `ref:path` from the top of the repository. `environment` is that of the process: the
    variables of CI systems, and of git. Raises `UnreadableError` for what is missing, with the command that helps,
    `LimitError` for too many files, `UsageError` for combinations without meaning.
    """
    around = Surroundings(cwd, environment)
    named_base, named_head = _name_both(base, head, around, use_index=use_index)
    named_base, named_head = _aligned(named_base, named_head, around)
    if named_base.kind is Kind.STREAM and named_head.kind is Kind.STREAM and named_base.text == named_head.text:
        msg = f"both sides cannot be read from {named_base.text}"
        raise UsageError(msg, remedy="write one of them to a file")
    opener = _Opener(around, stdin, named_base.in_git or named_head.in_git)
    opened_base, base_focus = opener.open(named_base)
    opened_head, head_focus = opener.open(named_head)
    if base_focus is None and head_focus is not None:
        base_focus = _same_path((named_base, opened_base), (named_head, head_focus), around)
    elif head_focus is None and base_focus is not None:
        head_focus = _same_path((named_head, opened_head), (named_base, base_focus), around)
    return Sides(
        base=opened_base,
        head=opened_head,
        base_focus=base_focus,
        head_focus=head_focus,
        repository=_repository_root(named_base, named_head, around),
        notes=(*named_base.notes, *named_head.notes),
    )


def open_snapshot(
    name: str | None, *, cwd: Path, environment: Mapping[str, str], stdin: BinaryIO | None = None
) -> tuple[ReadableSnapshot, str | None]:
    """Open one side by its name, in any form of `open_sides`, and tell the file in it that the name is of, None for a whole tree.

    None as a name is the working tree. Raises as `open_sides`.
    """
    around = Surroundings(cwd, environment)
    named = Named(kind=Kind.WORKTREE, text="worktree") if name is None else name_side(name, around)
    return _Opener(around, stdin, named.in_git).open(named)


def open_within(name: str | None, *, cwd: Path, environment: Mapping[str, str]) -> Sides:
    """Open one ref or folder as both sides: what lies in it is compared with itself. None is the working tree.

    Raises as `open_sides`, and `UsageError` for a single file.
    """
    around = Surroundings(cwd, environment)
    named = _working_side(around, use_index=False) if name is None else name_side(name, around)
    if named.kind in (Kind.FILE, Kind.STREAM):
        msg = f"{named.text} is one file, which has no versions beside it"
        raise UsageError(msg, remedy="name the folder that it lies in, or a ref")
    opened, focus = _Opener(around, None, named.in_git).open(named)
    if focus is not None:
        opened.close()
        msg = f"{named.text} is one file, which has no versions beside it"
        raise UsageError(msg, remedy="name the folder that it lies in")
    return Sides(opened, opened, None, None, _repository_root(named, named, around), named.notes)


def _name_both(base: str | None, head: str | None, around: Surroundings, *, use_index: bool) -> tuple[Named, Named]:
    if use_index and head is not None:
        msg = "what is staged is the head, so that no other head can be named"
        raise UsageError(msg, remedy=f"leave out {shlex.quote(head)}")
    if base is not None and head is None:
        ends = split_range(base, around)
        if ends is not None:
            if use_index:
                msg = f"{base} names both sides, so that what is staged is neither"
                raise UsageError(msg, remedy="name the base alone")
            return _name_range(ends, around.need_repository())
    for text in (base, head):
        if text is not None and head is not None and ".." in text and _is_range(text, around):
            msg = f"{text} names both sides already"
            raise UsageError(msg, remedy="give either one range or two sides")
    named_head = name_side(head, around) if head is not None else None
    if base is None:
        return _default_base(named_head, around), named_head or _working_side(around, use_index=use_index)
    named_base = name_side(base, around)
    if named_head is None and not named_base.in_git:
        msg = f"{base} is compared with nothing: name the other side, too"
        raise UsageError(msg, remedy=_other_side(named_base))
    return named_base, named_head or _working_side(around, use_index=use_index)


def _is_range(text: str, around: Surroundings) -> bool:
    """Whether a text is a range whose two ends exist."""
    try:
        return not is_explicit_path(text) and split_range(text, around) is not None
    except UnreadableError:
        return False


def _other_side(named: Named) -> str:
    if named.kind is Kind.FILE:
        return f"contractguard diff HEAD:./{named.text.removeprefix('./')} {shlex.quote(named.text)}"
    return f"contractguard diff HEAD {shlex.quote(named.text)}"


def _name_range(ends: tuple[Resolved, Resolved, bool], repository: Repository) -> tuple[Named, Named]:
    left, right, from_merge_base = ends
    notes = tuple(note for note in (left.note, right.note) if note)
    base = Named(kind=Kind.COMMIT, text=left.text, commit=left.commit, notes=notes)
    if from_merge_base:
        commit = merge_base(repository, left, right)
        text = f"merge base of {left.text} and {right.text}"
        base = Named(kind=Kind.COMMIT, text=text, commit=commit, notes=(*notes, f"base is the {text}: {commit[:12]}"))
    return base, Named(kind=Kind.COMMIT, text=right.text, commit=right.commit)


def _default_base(named_head: Named | None, around: Surroundings) -> Named:
    repository = around.need_repository()
    if named_head is not None and named_head.kind is Kind.COMMIT and named_head.commit is not None:
        head = Resolved(named_head.text, named_head.commit)
    else:
        head = need_commit(repository, "HEAD")
    base = default_base(repository, head, around.environment)
    note = f"base is the {base.text}: {base.commit[:12]}"
    return Named(kind=Kind.COMMIT, text=base.text, commit=base.commit, notes=(note,))


def _working_side(around: Surroundings, *, use_index: bool) -> Named:
    if use_index:
        return Named(kind=Kind.INDEX, text="index")
    need_work_tree(around.need_repository())
    return Named(kind=Kind.WORKTREE, text="worktree")


def _aligned(base: Named, head: Named, around: Surroundings) -> tuple[Named, Named]:
    """Give two sides the same root: a folder of the working tree is compared with that folder of the other side."""
    if base.kind is Kind.FOLDER and head.in_git:
        base, head = _align(base, head, around)
    elif head.kind is Kind.FOLDER and base.in_git:
        head, base = _align(head, base, around)
    return base, head


def _align(folder: Named, other: Named, around: Surroundings) -> tuple[Named, Named]:
    top = around.need_repository().work_tree
    if top is None or folder.place is None or other.path is not None or not folder.place.is_relative_to(top):
        return folder, other
    inner = folder.place.relative_to(top).as_posix()
    if inner == ".":
        return replace(folder, kind=Kind.WORKTREE, text="worktree"), other
    note = f"{other.text} is compared below {inner} only"
    return folder, replace(other, path=inner, notes=(*other.notes, note))


@dataclass(frozen=True, slots=True)
class _Opener:
    around: Surroundings
    stdin: BinaryIO | None
    beside_git: bool

    @property
    def identify(self) -> Identify:
        """Git's ids where one side has them, so that the ids of both sides can be compared."""
        return self.around.need_repository().identify if self.beside_git else plain_identity

    def open(self, named: Named) -> tuple[ReadableSnapshot, str | None]:
        """The snapshot, and the path of the one file in it that was named."""
        if named.kind is Kind.STREAM:
            name = "stdin" if named.place is None else named.place.name
            data = read_stream(self.stdin) if named.place is None else read_pipe(named.place, named.text)
            return MemorySnapshot(named.text, {name: data}, self.identify), name
        if named.kind is Kind.FOLDER and named.place is not None:
            return FolderSnapshot(named.place, self.identify, ref=named.text), None
        if named.kind is Kind.FILE and named.place is not None:
            root = work_tree_top(named.place.parent) or named.place.parent
            focus = named.place.relative_to(root).as_posix()
            return FolderSnapshot(root, self.identify, ref=named.text), focus
        return self._open_in_git(named)

    def _open_in_git(self, named: Named) -> tuple[ReadableSnapshot, str | None]:
        repository = self.around.need_repository()
        if named.kind is Kind.WORKTREE:
            return WorktreeSnapshot(repository, ref=named.text), None
        if named.kind is Kind.INDEX:
            return _narrowed(index_snapshot(repository, ref=named.text), named)
        if named.commit is None:
            msg = f"{named.text} names nothing"
            raise UsageError(msg)
        return _narrowed(commit_snapshot(repository, named.commit, ref=named.text), named)


def _narrowed(snapshot: StoredSnapshot, named: Named) -> tuple[ReadableSnapshot, str | None]:
    """The snapshot that `ref:path` names: all of it, with `path` in focus where that is a file, or what is below a folder."""
    path = named.path
    if not path:
        return snapshot, None
    if path in snapshot.entries:
        return snapshot, path
    below = snapshot.below(path)
    if below.entries:
        return below, None
    raise _no_such_path(snapshot, path, named.text)


def _no_such_path(snapshot: StoredSnapshot, path: str, text: str) -> UnreadableError:
    if path in snapshot.refused:
        return snapshot.not_there(path)
    prefix = snapshot.repository.prefix
    message = f"there is no {path} at {text.partition(':')[0] or 'the index'}"
    if prefix and f"{prefix}/{path}" in snapshot.entries:
        return UnreadableError(
            message, remedy=f"paths count from the top of the repository; write {prefix}/{path}, or ./{path}"
        )
    listing = f"git ls-tree -r --name-only {snapshot.commit}" if snapshot.commit else "git ls-files"
    return UnreadableError(message, remedy=f"see which files there are: {listing}")


def _same_path(tree: tuple[Named, ReadableSnapshot], file: tuple[Named, str], around: Surroundings) -> str | None:
    """The file of a whole tree that the one file of the other side is compared with: the one of the same path, if any."""
    named_tree, opened = tree
    named_file, focus = file
    if named_tree.kind is Kind.FOLDER or named_tree.path:
        msg = f"{named_file.text} is one file, and {named_tree.text} is a folder"
        raise UsageError(msg, remedy="name two files or two folders")
    if named_file.kind is Kind.FILE:
        root = around.need_repository().root
        from_here = named_file.place is not None and named_file.place.is_relative_to(root)
    else:
        from_here = named_file.in_git
    return focus if from_here and focus in opened.entries else None


def _repository_root(base: Named, head: Named, around: Surroundings) -> Path | None:
    if base.in_git or head.in_git:
        return around.need_repository().root
    tops = (
        work_tree_top(named.place)
        for named in (head, base)
        if named.place is not None and named.kind is not Kind.STREAM
    )
    return next((top for top in tops if top is not None), None)
