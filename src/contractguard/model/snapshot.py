"""One side of a comparison: the files of a repository, directory or single file at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file of a snapshot.

    `blob_id` identifies its bytes: equal ids mean equal bytes, within and across snapshots of one comparison. It is git's
    object id, or `sha256:` and a digest for bytes that no repository holds. `size` is in bytes, None where not known yet.
    """

    path: str
    blob_id: str
    size: int | None = None


class Snapshot(Protocol):
    """Files by path. Reading goes through `read`, in batches, because one round trip to git serves a thousand blobs.

    `ref` is what the user named (`v1.2.0`, `worktree`, `old.yaml`), `commit` the full commit id it resolved to, or None.
    Paths are relative to the root, with `/`, never with `..`. Symlinks and submodules are not entries; they are in
    `refused`: path → the reason, to be raised only if a contract needs that path.
    """

    @property
    def ref(self) -> str:
        """What the user named."""
        ...

    @property
    def commit(self) -> str | None:
        """The full commit id, or None."""
        ...

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The regular files, by path."""
        ...

    @property
    def refused(self) -> Mapping[str, str]:
        """Path → why what lies there is not read."""
        ...

    def read(self, paths: Collection[str]) -> Mapping[str, bytes]:
        """Bytes of these entries. Raises `UnreadableError` (missing blob, LFS pointer) or `LimitError` (too large)."""
        ...
