"""Git LFS: a blob may be a pointer, whose content lies outside the object database (git-lfs, docs/spec.md)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError
from contractguard.sources.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_START = b"version https://git-lfs.github.com/spec/v1"
_OBJECT = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_MAX_POINTER_BYTES = 1024


def is_pointer(data: bytes) -> bool:
    """Whether these bytes are an LFS pointer instead of the content of a file."""
    return data.startswith(_START) and len(data) <= _MAX_POINTER_BYTES


def content_of(pointer: bytes, common_dir: Path | None) -> bytes | None:
    """The content that a pointer stands for, from what `git lfs fetch` has put below `common_dir`; None where it has not.

    The content is checked against the digest in the pointer, so that no other bytes can take its place.
    """
    match = _OBJECT.search(pointer)
    if match is None or common_dir is None:
        return None
    digest = match[1].decode("ascii")
    place = common_dir / "lfs" / "objects" / digest[:2] / digest[2:4] / digest
    try:
        if place.stat().st_size > MAX_FILE_BYTES:
            return None
        data = place.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def not_fetched(path: str, *, commit: str | None) -> UnreadableError:
    """The error for a pointer whose content is not here. `commit` is where it was met, None for files on disk."""
    remedy = f"git lfs fetch origin {commit}" if commit else "git lfs pull"
    return UnreadableError(
        "the file is a Git LFS pointer, and its content is not in this clone", path=path, remedy=remedy
    )
