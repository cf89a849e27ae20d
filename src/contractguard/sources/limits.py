"""Limits on what is read from a repository or a folder. A limit that is hit is a `LimitError` that names the place."""

from __future__ import annotations

from typing import Final

MEBIBYTE: Final = 1 << 20

MAX_FILE_BYTES: Final = 64 * MEBIBYTE
"""The largest single file that is read."""

MAX_BATCH_BYTES: Final = 512 * MEBIBYTE
"""The most bytes that one call of `read` holds in memory at once; many calls may read more than this in all."""

MAX_ENTRIES: Final = 500_000
"""The most files in one tree, index or working tree of a repository."""

MAX_LISTING_BYTES: Final = 256 * MEBIBYTE
"""The most bytes that git may print in answer to one question, such as the list of all files."""

MAX_FOLDER_FILES: Final = 200_000
"""The most files in a folder outside git, where every file that is looked at has to be read to be identified."""

MAX_KEPT_BYTES: Final = 64 * MEBIBYTE
"""The most bytes kept from identifying files, so that a file which is read next is not read twice."""
