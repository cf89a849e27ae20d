"""Names for bytes: equal names mean equal bytes, whichever side of a comparison they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeAlias

Identify: TypeAlias = Callable[[bytes], str]
"""Bytes → their blob id."""


def git_identity(object_format: str) -> Identify:
    """The naming of a git repository with this object format (`sha1` or `sha256`): what `git hash-object` says.

    Needed wherever a file is compared with a blob of a repository (gitformat-pack, "Object names").
    """

    def identify(data: bytes) -> str:
        digest = hashlib.new(object_format, b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    return identify


def plain_identity(data: bytes) -> str:
    """The naming where no repository is involved. Not git's: two files made to collide under SHA-1 would pass as equal."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
