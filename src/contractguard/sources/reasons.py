"""Why something in a tree or folder is not read, and how to mend it."""

from __future__ import annotations

import re
from typing import Final

LINK_REASON = (
    "it is a symbolic link, and links are not followed: "
    "put the file itself in its place, or name the path that the link leads to"
)
SUBMODULE_REASON = (
    "it is a submodule, whose files belong to another repository: "
    "run contractguard there, or keep a copy of the contract here"
)
NESTED_REASON = "it is a git repository of its own: run contractguard there, or keep a copy of the contract here"
UNMERGED_REASON = "it has an unresolved merge conflict: resolve it, then run: git add"
ODD_NAME_REASON = "its name is not a plain relative path in UTF-8: rename it"
NOT_A_FILE_REASON = "it is not a regular file: put a file in its place"

_ODD: Final = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)|[\ud800-\udfff]")
"""An empty part, `.` or `..`; or what stands for a byte that is no UTF-8 (PEP 383)."""


def is_odd(path: str) -> bool:
    """Whether a path is not plain, relative and UTF-8. Git lets hand-made trees contain `..`, and any bytes as names."""
    return _ODD.search(path) is not None


def display_name(path: str) -> str:
    r"""A path that is safe to write: bytes that are no UTF-8 as `\xNN`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
