"""Comparing two OpenAPI descriptions: `compare` is the way in."""

from __future__ import annotations

from contractguard.diff.openapi.description import compare

__all__ = ["compare"]
