"""Files with many registered schemas in them, such as a dump of a registry's topic: each schema becomes a file of its own."""

from __future__ import annotations

from contractguard.documents.exports.artifacts import is_artifact_version, unpack_artifacts
from contractguard.documents.exports.records import unpack_records
from contractguard.documents.exports.unpacked import Unpacked

__all__ = ["Unpacked", "is_artifact_version", "unpack_artifacts", "unpack_records"]
