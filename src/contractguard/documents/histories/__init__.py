"""Histories kept as files: several versions of one contract that lie side by side in one snapshot."""

from __future__ import annotations

from contractguard.documents.histories.grouping import History, VersionFile, histories_of
from contractguard.documents.histories.names import Rank, VersionForm, VersionName, version_in_path, version_of_tag

__all__ = [
    "History",
    "Rank",
    "VersionFile",
    "VersionForm",
    "VersionName",
    "histories_of",
    "version_in_path",
    "version_of_tag",
]
