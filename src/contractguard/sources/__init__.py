"""Sources: from what a user names (git refs, files, folders, pipes) to snapshots, which are files with ids and bytes.

Git is asked for ids and bytes only: no checkout, no network, nothing run that a repository configures. Nothing below this
folder is imported by another stage; the engine and the command line use the names of this module.
"""

from __future__ import annotations

from contractguard.sources.authority import authority_snapshot, default_branch
from contractguard.sources.repository.branches import Branch
from contractguard.sources.repository.history import Revision, former_paths, revisions
from contractguard.sources.repository.tags import Tag, version_tags
from contractguard.sources.sides import Sides, open_sides, open_snapshot, open_within
from contractguard.sources.snapshots import Batch, ReadableSnapshot

__all__ = [
    "Batch",
    "Branch",
    "ReadableSnapshot",
    "Revision",
    "Sides",
    "Tag",
    "authority_snapshot",
    "default_branch",
    "former_paths",
    "open_sides",
    "open_snapshot",
    "open_within",
    "revisions",
    "version_tags",
]
