"""Documents: from bytes to values with positions, within limits; references inside the snapshot; which files are contracts.

Every byte is untrusted: nothing is fetched, nothing executed, and work is bounded by `Limits` and by the depth that the model
promises.
"""

from __future__ import annotations

from contractguard.documents.cache import DocumentCache
from contractguard.documents.detection import detect, detect_document
from contractguard.documents.discovery import Discovery, FoundContract, discover
from contractguard.documents.document_set import DocumentSet
from contractguard.documents.histories import (
    History,
    Rank,
    VersionFile,
    VersionForm,
    VersionName,
    version_in_path,
    version_of_tag,
)
from contractguard.documents.limits import Limits
from contractguard.documents.positions import locate
from contractguard.documents.reader import read_document
from contractguard.documents.references import DanglingReferenceError

__all__ = [
    "DanglingReferenceError",
    "Discovery",
    "DocumentCache",
    "DocumentSet",
    "FoundContract",
    "History",
    "Limits",
    "Rank",
    "VersionFile",
    "VersionForm",
    "VersionName",
    "detect",
    "detect_document",
    "discover",
    "locate",
    "read_document",
    "version_in_path",
    "version_of_tag",
]
