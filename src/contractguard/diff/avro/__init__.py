"""Comparing Avro schemas by schema resolution (Avro 1.12 specification, "Schema Resolution")."""

from __future__ import annotations

from contractguard.diff.avro.comparison import compare, resolutions
from contractguard.diff.avro.reasons import incompatibilities

__all__ = ["compare", "incompatibilities", "resolutions"]
