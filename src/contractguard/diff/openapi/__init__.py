"""Comparing two OpenAPI descriptions: `compare` is the way in, and `settle_xml` the last step, when all changes are known."""

from __future__ import annotations

from contractguard.diff.openapi.description import compare
from contractguard.diff.openapi.xml_messages import settle_xml

__all__ = ["compare", "settle_xml"]
